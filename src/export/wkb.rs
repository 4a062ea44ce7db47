//! Well-known binary (ISO 13249-3, OGC 06-103r4), little-endian, for GeoParquet and GeoPackage.

use geo_types::{Coord, Geometry, LineString, Polygon};

/// Adds a geometry in two dimensions to `out` as WKB.
pub fn wkb(geometry: &Geometry, out: &mut Vec<u8>) {
    match geometry {
        Geometry::Point(point) => {
            head(1, out);
            positions(&[point.0], out);
        }
        Geometry::LineString(line) => {
            head(2, out);
            chain(line, out);
        }
        Geometry::Polygon(area) => polygon(area, out),
        Geometry::MultiPoint(points) => {
            parts(4, &points.0, out, |point, out| {
                head(1, out);
                positions(&[point.0], out);
            });
        }
        Geometry::MultiLineString(lines) => {
            parts(5, &lines.0, out, |line, out| {
                head(2, out);
                chain(line, out);
            });
        }
        Geometry::MultiPolygon(areas) => parts(6, &areas.0, out, polygon),
        Geometry::GeometryCollection(all) => parts(7, &all.0, out, wkb),
        Geometry::Line(line) => {
            head(2, out);
            chain(&LineString::from(*line), out);
        }
        Geometry::Rect(rect) => polygon(&rect.to_polygon(), out),
        Geometry::Triangle(triangle) => polygon(&triangle.to_polygon(), out),
    }
}

/// The byte order and the type.
fn head(kind: u32, out: &mut Vec<u8>) {
    out.push(1);
    out.extend(kind.to_le_bytes());
}

fn count(count: usize, out: &mut Vec<u8>) {
    // A geometry of more parts would not fit into memory.
    out.extend((count as u32).to_le_bytes());
}

fn parts<T>(kind: u32, all: &[T], out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    head(kind, out);
    count(all.len(), out);
    for part in all {
        write(part, out);
    }
}

fn polygon(area: &Polygon, out: &mut Vec<u8>) {
    head(3, out);
    count(1 + area.interiors().len(), out);
    chain(area.exterior(), out);
    for hole in area.interiors() {
        chain(hole, out);
    }
}

fn chain(line: &LineString, out: &mut Vec<u8>) {
    count(line.0.len(), out);
    positions(&line.0, out);
}

fn positions(all: &[Coord], out: &mut Vec<u8>) {
    out.reserve(all.len() * 16);
    for at in all {
        out.extend(at.x.to_le_bytes());
        out.extend(at.y.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As shapely 2 (GEOS) writes `POLYGON ((0 0, 4 0, 4 4, 0 0))`.
    #[test]
    fn bytes_are_those_of_geos() {
        let area = geo_types::polygon![(x: 0., y: 0.), (x: 4., y: 0.), (x: 4., y: 4.)];
        let mut bytes = Vec::new();
        wkb(&area.into(), &mut bytes);
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, GEOS);
    }

    const GEOS: &str = concat!(
        "0103000000010000000400000000000000000000000000000000000000000000",
        "0000001040000000000000000000000000000010400000000000001040000000",
        "00000000000000000000000000",
    );
}
