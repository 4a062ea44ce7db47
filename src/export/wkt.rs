//! Well-known text (OGC 06-103r4), for tables.

use std::fmt::Write;

use geo_types::{Coord, Geometry, LineString, Polygon};

/// A geometry as WKT, with the shortest digits that give its numbers back.
pub fn wkt(geometry: &Geometry) -> String {
    let mut text = String::new();
    match geometry {
        Geometry::Point(point) => list("POINT ", [point.0], &mut text, position),
        Geometry::MultiPoint(points) => {
            list("MULTIPOINT ", &points.0, &mut text, |point, text| {
                list("", [point.0], text, position);
            });
        }
        Geometry::LineString(line) => {
            text.push_str("LINESTRING ");
            chain(line, &mut text);
        }
        Geometry::MultiLineString(lines) => list("MULTILINESTRING ", &lines.0, &mut text, chain),
        Geometry::Polygon(area) => {
            text.push_str("POLYGON ");
            polygon(area, &mut text);
        }
        Geometry::MultiPolygon(areas) => list("MULTIPOLYGON ", &areas.0, &mut text, polygon),
        Geometry::GeometryCollection(parts) => {
            list("GEOMETRYCOLLECTION ", &parts.0, &mut text, |part, text| {
                text.push_str(&wkt(part));
            });
        }
        Geometry::Line(line) => {
            list("LINESTRING ", [line.start, line.end], &mut text, position);
        }
        Geometry::Rect(rect) => return wkt(&rect.to_polygon().into()),
        Geometry::Triangle(triangle) => return wkt(&triangle.to_polygon().into()),
    }
    text
}

fn list<T>(
    head: &str,
    parts: impl IntoIterator<Item = T>,
    text: &mut String,
    mut part: impl FnMut(T, &mut String),
) {
    text.push_str(head);
    text.push('(');
    for (index, one) in parts.into_iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        part(one, text);
    }
    text.push(')');
}

fn polygon(area: &Polygon, text: &mut String) {
    list("", [area.exterior()].into_iter().chain(area.interiors()), text, chain);
}

fn chain(line: &LineString, text: &mut String) {
    list("", line.0.iter().copied(), text, position);
}

fn position(at: Coord, text: &mut String) {
    let _ = write!(text, "{} {}", at.x, at.y);
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{line_string, point, polygon};

    #[test]
    fn geometries_of_each_kind() {
        assert_eq!(wkt(&point!(x: 130.5, y: 42.0).into()), "POINT (130.5 42)");
        let several = geo_types::MultiPoint::from(vec![(1.0, 2.0), (3.0, 4.5)]);
        assert_eq!(wkt(&several.into()), "MULTIPOINT ((1 2), (3 4.5))");
        let line = line_string![(x: 1.0, y: 0.0), (x: 1.001, y: 0.0)];
        assert_eq!(wkt(&line.into()), "LINESTRING (1 0, 1.001 0)");
        let area = polygon![(x: 0.0, y: 0.0), (x: 0.5, y: 0.0), (x: 0.5, y: 0.5)];
        let text = "((0 0, 0.5 0, 0.5 0.5, 0 0))";
        assert_eq!(wkt(&area.clone().into()), format!("POLYGON {text}"));
        let several = geo_types::MultiPolygon(vec![area.clone(), area]);
        assert_eq!(wkt(&several.into()), format!("MULTIPOLYGON ({text}, {text})"));
    }
}
