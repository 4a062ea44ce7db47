//! Geometries as well-known text (OGC 06-103r4, and with the SRID that `PostGIS` puts before it).

use geo_types::Coord;
use tumen_geo_core::raw::RawGeometry;
use wkt::Wkt;
use wkt::types::{Coord as WktCoord, LineString, Point, Polygon};

use crate::error::{Error, Result};

/// The words that geometries start with.
const WORDS: [&str; 7] = [
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
];

/// Brackets within brackets beyond this are no geometry but an attack on the stack.
const DEEPEST: usize = 32;

/// What a text says.
pub(super) struct Parsed {
    /// The number after `SRID=`.
    pub(super) srid: Option<u32>,
    /// `None` for `EMPTY`.
    pub(super) geometry: Option<RawGeometry>,
    /// Whether positions have a height.
    pub(super) heights: bool,
    /// Whether positions have a measure.
    pub(super) measures: bool,
}

/// Whether a text starts as WKT does.
pub(super) fn is_wkt(text: &str) -> bool {
    let text = body(text).1.trim_start();
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = (text[..end].to_ascii_uppercase(), text[end..].trim_start());
    let dimension = |rest: &str| matches!(rest, "" | "Z" | "M" | "ZM");
    let geometry = WORDS.iter().any(|known| word.strip_prefix(known).is_some_and(dimension));
    let (before, bracket) = rest.split_once('(').map_or((rest, false), |(head, _)| (head, true));
    let before = before.trim().to_ascii_uppercase();
    let before = if bracket { Some(&*before) } else { before.strip_suffix("EMPTY") };
    geometry && before.is_some_and(|before| dimension(before.trim_end()))
}

/// Reads a geometry.
pub(super) fn parse(text: &str) -> Result<Parsed> {
    let (srid, body) = body(text);
    let srid = match srid {
        Some(number) => Some(number.trim().parse().map_err(|_| {
            Error::failure(format!("'{}' is not a number of a coordinate system", shown(number)))
                .with_hint("write SRID=4326; before the geometry, or nothing")
        })?),
        None => None,
    };
    let wrong = |why: &str| {
        Error::failure(format!("'{}' is not well-known text: {why}", shown(text)))
            .with_hint("write longitude first, as in POINT (130.3 42.25)")
    };
    let mut depth = 0_usize;
    for byte in body.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(wrong("its brackets are nested too deep"));
        }
    }
    let read: Wkt<f64> = body.trim().parse().map_err(wrong)?;
    let mut found = Found::default();
    let geometry = found.geometry(read);
    Ok(Parsed {
        srid: srid.filter(|&srid| srid != 0),
        geometry,
        heights: found.heights,
        measures: found.measures,
    })
}

/// The number of the coordinate system, if there is one, and the geometry.
fn body(text: &str) -> (Option<&str>, &str) {
    let start = text.trim_start();
    match start.get(..5).filter(|head| head.eq_ignore_ascii_case("SRID=")) {
        Some(_) => {
            let rest = &start[5..];
            rest.split_once(';').map_or((Some(rest), ""), |(srid, body)| (Some(srid), body))
        }
        None => (None, start),
    }
}

/// The start of a text, for messages.
fn shown(text: &str) -> String {
    let mut shown: String = text.trim().chars().take(40).collect();
    if shown.len() < text.trim().len() {
        shown.push('…');
    }
    shown
}

/// What positions have beside longitude and latitude.
#[derive(Default)]
struct Found {
    heights: bool,
    measures: bool,
}

impl Found {
    fn geometry(&mut self, read: Wkt<f64>) -> Option<RawGeometry> {
        Some(match read {
            Wkt::Point(point) => RawGeometry::Point(self.point(point)?),
            Wkt::LineString(line) => RawGeometry::LineString(filled(self.line(line))?),
            Wkt::Polygon(area) => RawGeometry::Polygon(filled(self.polygon(area))?),
            Wkt::MultiPoint(points) => {
                let points = points.into_inner().0.into_iter();
                RawGeometry::MultiPoint(filled(points.filter_map(|p| self.point(p)).collect())?)
            }
            Wkt::MultiLineString(lines) => {
                let lines = lines.into_inner().0.into_iter();
                RawGeometry::MultiLineString(filled(lines.map(|line| self.line(line)).collect())?)
            }
            Wkt::MultiPolygon(areas) => {
                let areas = areas.into_inner().0.into_iter();
                RawGeometry::MultiPolygon(filled(areas.map(|area| self.polygon(area)).collect())?)
            }
            Wkt::GeometryCollection(parts) => {
                let parts = parts.into_inner().0.into_iter();
                let parts = parts.filter_map(|part| self.geometry(part)).collect();
                RawGeometry::GeometryCollection(filled(parts)?)
            }
        })
    }

    fn polygon(&mut self, area: Polygon<f64>) -> Vec<Vec<Coord>> {
        area.into_inner().0.into_iter().map(|ring| self.line(ring)).collect()
    }

    fn line(&mut self, line: LineString<f64>) -> Vec<Coord> {
        line.into_inner().0.into_iter().map(|at| self.position(&at)).collect()
    }

    fn point(&mut self, point: Point<f64>) -> Option<Coord> {
        point.into_inner().0.map(|at| self.position(&at))
    }

    fn position(&mut self, at: &WktCoord<f64>) -> Coord {
        self.heights |= at.z.is_some();
        self.measures |= at.m.is_some();
        Coord { x: at.x, y: at.y }
    }
}

fn filled<T>(parts: Vec<T>) -> Option<Vec<T>> {
    (!parts.is_empty()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geometries_of_each_kind_and_dimension() {
        let at = |x, y| Coord { x, y };
        let point = parse("srid=4326; Point Z (130.3 42.25 7)").unwrap();
        assert_eq!(point.geometry, Some(RawGeometry::Point(at(130.3, 42.25))));
        assert_eq!((point.srid, point.heights, point.measures), (Some(4326), true, false));
        let measured = parse("LINESTRING M (0 0 1, 1 1 2)").unwrap();
        assert_eq!((measured.heights, measured.measures), (false, true));
        let line = RawGeometry::LineString(vec![at(0.0, 0.0), at(1.0, 1.0)]);
        assert_eq!(measured.geometry, Some(line));
        for empty in
            ["POINT EMPTY", "POLYGON EMPTY", "MULTIPOINT EMPTY", "GEOMETRYCOLLECTION EMPTY"]
        {
            assert_eq!(parse(empty).unwrap().geometry, None, "{empty}");
        }
        let plain = parse("MULTIPOINT (1 2, 3 4)").unwrap().geometry;
        assert_eq!(plain, Some(RawGeometry::MultiPoint(vec![at(1.0, 2.0), at(3.0, 4.0)])));
        assert_eq!(plain, parse("MULTIPOINT ((1 2), (3 4))").unwrap().geometry);
    }

    #[test]
    fn what_is_no_wkt_is_refused() {
        for wrong in ["", "POINT", "POINT (1)", "POINT (1 2", "SRID=x;POINT (1 2)", "SRID=4326"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        let deep = "GEOMETRYCOLLECTION (".repeat(100_000);
        assert!(parse(&deep).is_err_and(|e| e.to_string().contains("too deep")));
    }

    #[test]
    fn wkt_is_told_by_its_first_word() {
        for text in [
            "POINT (1 2)",
            " polygon((",
            "SRID=4326;POINTZ(1 2 3)",
            "MultiPolygonZM (((",
            "POINT EMPTY",
            "point z(1 2 3)",
        ] {
            assert!(is_wkt(text), "{text}");
        }
        for text in ["Point Barrow", "Point", "POINTS (1 2)", "130.5", "", "0101000020E6100000"] {
            assert!(!is_wkt(text), "{text}");
        }
    }
}
