//! The geometry that every format writes.

use geo_types::{
    Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

use crate::error::{Error, ErrorKind, Result};
use crate::geometry::Shape;
use crate::predicate::plane::window;

/// The decimals of a degree that are written: 1 cm.
pub const DECIMALS: usize = 7;

/// The geometry of a shape as files have it: degrees, longitude first, within ±180°, cut there,
/// exteriors counter-clockwise and holes clockwise, an area over a pole with its ring along ±180°
/// and the pole, positions rounded to [`DECIMALS`].
///
/// A geometry of one part is no `Multi…`.
///
/// # Errors
/// [`ErrorKind::Geometry`] for a shape that is smaller than the last decimal.
///
/// ```
/// use tumen_geo_core::{LonLat, Shape, raw::exported};
/// let rajin = Shape::point(LonLat::new(130.300_000_04, 42.25)?);
/// assert_eq!(exported(&rajin)?, geo_types::Point::new(130.3, 42.25).into());
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn exported(shape: &Shape) -> Result<Geometry> {
    let gone = || {
        Error::new(ErrorKind::Geometry, "the shape is smaller than the last decimal written, 1 cm")
            .with_hint("leave it out, or write it as a point")
    };
    let geometry = match window(shape, -180.0) {
        Geometry::MultiPoint(points) => {
            let mut points: Vec<Point> =
                points.0.into_iter().map(|p| Point(rounded(p.0))).collect();
            match points.len() {
                1 => points.pop().map(Geometry::Point),
                0 => None,
                _ => Some(Geometry::MultiPoint(MultiPoint(points))),
            }
        }
        Geometry::MultiLineString(lines) => {
            let mut lines: Vec<LineString> =
                lines.0.into_iter().filter_map(|line| chain(line, 2)).collect();
            match lines.len() {
                1 => lines.pop().map(Geometry::LineString),
                0 => None,
                _ => Some(Geometry::MultiLineString(MultiLineString(lines))),
            }
        }
        Geometry::MultiPolygon(areas) => {
            let mut areas: Vec<Polygon> = areas.0.into_iter().filter_map(polygon).collect();
            match areas.len() {
                1 => areas.pop().map(Geometry::Polygon),
                0 => None,
                _ => Some(Geometry::MultiPolygon(MultiPolygon(areas))),
            }
        }
        _ => None,
    };
    geometry.ok_or_else(gone)
}

fn polygon(polygon: Polygon) -> Option<Polygon> {
    let (exterior, holes) = polygon.into_inner();
    let holes = holes.into_iter().filter_map(|hole| chain(hole, 4)).collect();
    Some(Polygon::new(chain(exterior, 4)?, holes))
}

/// The positions of a line or ring, those left out that rounding makes the same as the one before;
/// `None` when fewer than `least` remain.
fn chain(mut line: LineString, least: usize) -> Option<LineString> {
    for at in &mut line.0 {
        *at = rounded(*at);
    }
    line.0.dedup();
    (line.0.len() >= least).then_some(line)
}

/// Without a negative zero.
fn rounded(at: Coord) -> Coord {
    let round = |value: f64| (value * SCALE).round() / SCALE + 0.0;
    Coord { x: round(at.x), y: round(at.y) }
}

const SCALE: f64 = 1e7;
