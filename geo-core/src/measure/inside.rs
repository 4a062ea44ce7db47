//! Whether an area holds a position.

use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo_types::{Coord, Polygon};

use crate::geometry::Shape;

/// Whether the area covers the position, its boundary included; false for points and lines.
///
/// A ray is cast in the lon/lat plane, in which the rings of a [`Shape`] are rings; the position is
/// tried at each whole turn at which the ring may hold it. About 5 ns for each position of a ring
/// that spans its longitude.
pub(crate) fn holds(shape: &Shape, position: Coord) -> bool {
    if position.y.abs() == 90.0 && at_pole(shape, position.y) {
        return true;
    }
    shape.polygons().iter().any(|polygon| polygon_holds(polygon, position))
}

/// The pole has every longitude: a ring that only has a corner there holds it too.
fn at_pole(shape: &Shape, pole: f64) -> bool {
    shape.polygons().iter().any(|p| p.exterior().0.iter().any(|c| c.y == pole))
}

fn polygon_holds(polygon: &Polygon, position: Coord) -> bool {
    let ring = &polygon.exterior().0;
    let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
    for corner in ring {
        west = west.min(corner.x);
        east = east.max(corner.x);
    }
    let mut x = position.x + 360.0 * ((west - position.x) / 360.0).ceil();
    while x <= east {
        let at = Coord { x, y: position.y };
        let outside =
            |hole: &geo_types::LineString| coord_pos_relative_to_ring(at, hole) != CoordPos::Inside;
        if coord_pos_relative_to_ring(at, polygon.exterior()) != CoordPos::Outside
            && polygon.interiors().iter().all(outside)
        {
            return true;
        }
        x += 360.0;
    }
    false
}
