//! Geometries of KML, on the ground.

use std::fmt::Write;

use geo_types::{Coord, Geometry, LineString, Polygon};

/// Edges follow the ground.
const ON_GROUND: &str = "<tessellate>1</tessellate><altitudeMode>clampToGround</altitudeMode>";

/// Appends a geometry. Its edges are short enough to mean the same as the geodesics that Google
/// Earth draws.
pub(super) fn write(geometry: &Geometry, text: &mut String) {
    match geometry {
        Geometry::Point(point) => {
            text.push_str("<Point>");
            coordinates(&[point.0], text);
            text.push_str("</Point>\n");
        }
        Geometry::LineString(chain) => line(chain, text),
        Geometry::Line(one) => line(&LineString(vec![one.start, one.end]), text),
        Geometry::Polygon(area) => polygon(area, text),
        Geometry::Rect(rect) => polygon(&rect.to_polygon(), text),
        Geometry::Triangle(triangle) => polygon(&triangle.to_polygon(), text),
        Geometry::MultiPoint(points) => {
            several(points.iter().map(|&point| Geometry::Point(point)), text);
        }
        Geometry::MultiLineString(lines) => {
            several(lines.iter().cloned().map(Geometry::LineString), text);
        }
        Geometry::MultiPolygon(areas) => {
            several(areas.iter().cloned().map(Geometry::Polygon), text);
        }
        Geometry::GeometryCollection(parts) => several(parts.iter().cloned(), text),
    }
}

fn several(parts: impl Iterator<Item = Geometry>, text: &mut String) {
    text.push_str("<MultiGeometry>\n");
    for part in parts {
        write(&part, text);
    }
    text.push_str("</MultiGeometry>\n");
}

fn line(line: &LineString, text: &mut String) {
    text.push_str("<LineString>");
    text.push_str(ON_GROUND);
    coordinates(&line.0, text);
    text.push_str("</LineString>\n");
}

fn polygon(area: &Polygon, text: &mut String) {
    text.push_str("<Polygon>");
    text.push_str(ON_GROUND);
    boundary("outerBoundaryIs", area.exterior(), text);
    for hole in area.interiors() {
        boundary("innerBoundaryIs", hole, text);
    }
    text.push_str("</Polygon>\n");
}

fn boundary(name: &str, ring: &LineString, text: &mut String) {
    text.extend(["<", name, "><LinearRing>"]);
    coordinates(&ring.0, text);
    text.extend(["</LinearRing></", name, ">"]);
}

fn coordinates(line: &[Coord], text: &mut String) {
    text.push_str("<coordinates>");
    for (index, at) in line.iter().enumerate() {
        if index > 0 {
            text.push(' ');
        }
        let _ = write!(text, "{},{}", at.x, at.y);
    }
    text.push_str("</coordinates>");
}
