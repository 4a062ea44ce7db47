//! Geometries as the standard stores them (clause 2.1.3): a header with the box, then WKB.

use flatgeobuf::packed_r_tree::NodeItem;
use geo_types::{Coord, Geometry};

use super::super::wkb;

/// The box of a geometry.
fn extent(geometry: &Geometry) -> NodeItem {
    let mut extent = NodeItem::create(0);
    add(geometry, &mut extent);
    extent
}

fn add(geometry: &Geometry, extent: &mut NodeItem) {
    let mut take = |positions: &[Coord]| {
        for at in positions {
            extent.expand_xy(at.x, at.y);
        }
    };
    match geometry {
        Geometry::Point(point) => take(&[point.0]),
        Geometry::MultiPoint(points) => points.iter().for_each(|point| take(&[point.0])),
        Geometry::Line(line) => take(&[line.start, line.end]),
        Geometry::LineString(line) => take(&line.0),
        Geometry::MultiLineString(lines) => lines.iter().for_each(|line| take(&line.0)),
        Geometry::Polygon(area) => take(&area.exterior().0),
        Geometry::MultiPolygon(areas) => areas.iter().for_each(|area| take(&area.exterior().0)),
        Geometry::Rect(rect) => take(&[rect.min(), rect.max()]),
        Geometry::Triangle(triangle) => take(&triangle.to_array()),
        Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| add(part, extent)),
    }
}

/// Writes a geometry over what is in `out` and tells its box.
pub(super) fn write(geometry: &Geometry, out: &mut Vec<u8>) -> NodeItem {
    let extent = extent(geometry);
    // Little-endian; a box but for points, whose position says as much.
    let point = matches!(geometry, Geometry::Point(_));
    out.clear();
    out.extend(b"GP\0");
    out.push(if point { 0b0000_0001 } else { 0b0000_0011 });
    out.extend(4326_i32.to_le_bytes());
    if !point {
        for bound in [extent.min_x, extent.max_x, extent.min_y, extent.max_y] {
            out.extend(bound.to_le_bytes());
        }
    }
    wkb(geometry, out);
    extent
}
