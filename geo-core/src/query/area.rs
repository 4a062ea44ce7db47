//! Areas from parts of the lon/lat plane, as overlays leave them.

use geo::{Area as _, BoundingRect, Euclidean, Length as _, MapCoords};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use crate::geometry::{Bbox, EdgeModel, Shape};
use crate::unit::{Area, Length};

/// Metres to a degree of latitude, or of longitude on the equator, to half a percent.
const METRES_PER_DEGREE: f64 = 111_200.0;

/// Shapes whose edges an overlay may read as straight in longitude and latitude.
pub(super) struct Straightened {
    pub(super) shapes: Vec<Shape>,
    /// What edges between the positions of a part mean.
    pub(super) parts: EdgeModel,
    /// How far the edges of the parts may lie from the true ones.
    pub(super) off: Length,
}

/// The shapes with positions added along their geodesic edges, near enough for the `least` area
/// that matters.
pub(super) fn straightened(shapes: &[&Shape], least: Area) -> Straightened {
    // Along a boundary of five times the size, this gives a millionth of the area.
    const CLOSE: f64 = 2e-7;
    // Below a step of the grid that the widest shape asks for there is nothing to gain.
    const GRID: f64 = 2e-9;
    let boxes: Vec<Bbox> = shapes.iter().map(|shape| shape.bbox()).collect();
    let widest = boxes.iter().map(|bbox| METRES_PER_DEGREE * span(bbox));
    let grid = Length::m(GRID * widest.fold(0.0, f64::max));
    let close = Length::m(CLOSE * least.to_m2().sqrt()).max(grid).min(Shape::EDGE_TOLERANCE);
    let is_straight = |shape: &&Shape| shape.edge_model() == EdgeModel::LonLat;
    let off = if shapes.iter().all(is_straight) { Length::ZERO } else { close };
    let mixed = shapes.iter().any(is_straight);
    let parts = if mixed { EdgeModel::LonLat } else { EdgeModel::Geodesic };
    let others = |place: usize| -> Vec<Bbox> {
        let others = boxes.iter().enumerate().filter(|(other, _)| *other != place);
        others.map(|(_, bbox)| *bbox).collect()
    };
    let refined = shapes.iter().enumerate().map(|(i, shape)| shape.refined(close, &others(i)));
    Straightened { shapes: refined.collect(), parts, off }
}

/// The greater side of a box, degrees.
fn span(bbox: &Bbox) -> f64 {
    bbox.width_degrees().max(bbox.north - bbox.south)
}

/// An area from what an overlay left, between whose positions edges mean `model`; `None` when that
/// has no area, or less than the grid can hold.
pub(super) fn area_of(mut parts: MultiPolygon, model: EdgeModel) -> Option<Shape> {
    for part in &mut parts.0 {
        *part = Polygon::new(
            unambiguous(part.exterior()),
            part.interiors().iter().map(unambiguous).collect(),
        );
    }
    // Slivers can fold on the grid; each is smaller than the error that is stated.
    parts.0.retain(|part| Shape::new(part.clone().into(), model).is_ok());
    Shape::new(parts.into(), model).ok()
}

/// The ring on the edges of the plane where its grid left it just beside them, and without edges
/// that could be read the other way around the earth: an overlay joins those that lie in one
/// straight line, such as along the equator.
fn unambiguous(ring: &LineString) -> LineString {
    const WIDEST: f64 = 90.0;
    let mut whole: Vec<Coord> = Vec::with_capacity(ring.0.len());
    let ring: Vec<Coord> = ring.0.iter().map(|&c| on_the_edge(c)).collect();
    for edge in ring.windows(2) {
        let (from, to) = (edge[0], edge[1]);
        let pieces = ((to.x - from.x).abs() / WIDEST).ceil().max(1.0) as u32;
        whole.extend((0..pieces).map(|piece| {
            let part = f64::from(piece) / f64::from(pieces);
            Coord { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) }
        }));
    }
    whole.extend(ring.last());
    LineString(whole)
}

/// A position at a pole or ±180° instead of a step of the grid beside it.
fn on_the_edge(c: Coord) -> Coord {
    const STEP: f64 = 5e-7;
    let near = |v: f64, edge: f64| if (v.abs() - edge).abs() < STEP { edge.copysign(v) } else { v };
    Coord { x: near(c.x, 180.0), y: near(c.y, 90.0) }
}

/// The parts that are no slivers: their area is at least a metre along their boundary, which is
/// what boundaries known to a metre can make or lose.
pub(super) fn without_slivers(mut parts: MultiPolygon) -> MultiPolygon {
    parts.0.retain(|part| !is_sliver(part));
    parts
}

/// Measured in a plane that is true to scale at the middle of the part.
fn is_sliver(part: &Polygon) -> bool {
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
