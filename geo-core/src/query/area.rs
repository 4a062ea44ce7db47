//! Areas from parts of the lon/lat plane, as overlays leave them.

use geo::{Area as _, BoundingRect, Euclidean, Length as _, MapCoords};
use geo_types::{Coord, MultiPolygon, Polygon};

use crate::geometry::{EdgeModel, Shape};

/// An area from what an overlay left; `None` when that has no area, or less than the grid can hold.
pub(super) fn area_of(mut parts: MultiPolygon) -> Option<Shape> {
    // Slivers can fold on the grid; each is smaller than the error that is stated.
    parts.0.retain(|part| Shape::new(part.clone().into(), EdgeModel::LonLat).is_ok());
    Shape::new(parts.into(), EdgeModel::LonLat).ok()
}

/// The parts that are no slivers: their area is at least a metre along their boundary, which is
/// what boundaries known to a metre can make or lose.
pub(super) fn without_slivers(mut parts: MultiPolygon) -> MultiPolygon {
    parts.0.retain(|part| !is_sliver(part));
    parts
}

/// Measured in a plane that is true to scale at the middle of the part.
fn is_sliver(part: &Polygon) -> bool {
    const METRES_PER_DEGREE: f64 = 111_200.0;
    let Some(bounds) = part.bounding_rect() else { return true };
    let narrowed = bounds.center().y.to_radians().cos();
    let metres = part.map_coords(|c| Coord {
        x: (c.x - bounds.min().x) * narrowed * METRES_PER_DEGREE,
        y: (c.y - bounds.min().y) * METRES_PER_DEGREE,
    });
    let rings = std::iter::once(metres.exterior()).chain(metres.interiors());
    let perimeter: f64 = rings.map(|ring| Euclidean.length(ring)).sum();
    metres.unsigned_area() < perimeter * Shape::EDGE_TOLERANCE.to_m()
}
