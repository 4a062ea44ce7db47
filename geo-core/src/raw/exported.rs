//! The geometry that every format writes.

use std::borrow::Cow;

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
/// and the pole, positions rounded to [`DECIMALS`], a half away from 0.
///
/// A geometry of one part is no `Multi…`. What already is all that, as most of what was read from a
/// file, is not copied.
///
/// # Errors
/// [`ErrorKind::Geometry`] for a shape that is smaller than the last decimal.
///
/// ```
/// use tumen_geo_core::{LonLat, Shape, raw::exported};
/// let rajin = Shape::point(LonLat::new(130.300_000_04, 42.25)?);
/// assert_eq!(*exported(&rajin)?, geo_types::Point::new(130.3, 42.25).into());
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn exported(shape: &Shape) -> Result<Cow<'_, Geometry>> {
    if is_exported(shape.geometry()) {
        return Ok(Cow::Borrowed(shape.geometry()));
    }
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
    geometry.map(Cow::Owned).ok_or_else(gone)
}

/// Whether nothing of it is cut, rounded, left out, or of one part.
fn is_exported(geometry: &Geometry) -> bool {
    let area = |area: &Polygon| {
        is_chain(area.exterior(), 4) && area.interiors().iter().all(|hole| is_chain(hole, 4))
    };
    match geometry {
        Geometry::Point(point) => is_position(point.0),
        Geometry::MultiPoint(points) => {
            points.0.len() > 1 && points.iter().all(|point| is_position(point.0))
        }
        Geometry::LineString(line) => is_chain(line, 2),
        Geometry::MultiLineString(lines) => {
            lines.0.len() > 1 && lines.iter().all(|line| is_chain(line, 2))
        }
        Geometry::Polygon(polygon) => area(polygon),
        Geometry::MultiPolygon(areas) => areas.0.len() > 1 && areas.iter().all(area),
        _ => false,
    }
}

fn is_chain(LineString(chain): &LineString, least: usize) -> bool {
    chain.len() >= least
        && chain.iter().all(|&at| is_position(at))
        && chain.windows(2).all(|edge| edge[0] != edge[1])
}

/// Whether a position is clear of ±180° and not changed by rounding.
#[inline]
fn is_position(at: Coord) -> bool {
    let there = rounded(at);
    at.x.abs() < 180.0 && there.x.to_bits() == at.x.to_bits() && there.y.to_bits() == at.y.to_bits()
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

#[inline]
fn rounded(at: Coord) -> Coord {
    let round = |value: f64| steps(value) as f64 / SCALE;
    Coord { x: round(at.x), y: round(at.y) }
}

/// Degrees in steps of the last decimal, a half rounded away from 0.
#[inline]
pub(crate) fn steps(degrees: f64) -> i64 {
    let scaled = degrees * SCALE;
    (scaled + 0.5_f64.copysign(scaled)) as i64
}

const SCALE: f64 = 1e7;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::EdgeModel;

    /// Expected: `f64::round`.
    #[test]
    fn halves_are_rounded_away_from_zero() {
        let mut state = 5_u64;
        for i in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
            let degrees = (state >> 11) as f64 / (1_u64 << 53) as f64 * 360.0 - 180.0;
            // Every other one is a half, or next to one.
            let half = (degrees * SCALE).floor() + 0.5;
            let degrees = if i % 2 == 0 { half / SCALE } else { degrees };
            assert_eq!(steps(degrees) as f64, (degrees * SCALE).round(), "{degrees}");
        }
        assert_eq!(
            (steps(-0.0), steps(-4e-8), steps(-6e-8), steps(180.0)),
            (0, 0, -1, 1_800_000_000)
        );
    }

    #[test]
    fn what_needs_no_change_is_borrowed() {
        let shape = |x: f64, y: f64| {
            let line = LineString(vec![Coord { x: 130.5, y: 42.25 }, Coord { x, y }]);
            Shape::new(line.into(), EdgeModel::LonLat).unwrap()
        };
        let borrowed = |shape: &Shape| matches!(exported(shape).unwrap(), Cow::Borrowed(_));
        assert!(borrowed(&shape(130.500_000_1, 42.25)));
        assert!(!borrowed(&shape(130.500_000_12, 42.25)));
        assert!(!borrowed(&shape(130.5, -0.0)));
        let over = [(179.9, 1.0), (-179.9, 1.0)].map(|(x, y)| Coord { x, y }).to_vec();
        let over = Shape::new(LineString(over).into(), EdgeModel::LonLat).unwrap();
        assert!(matches!(*exported(&over).unwrap(), Geometry::MultiLineString(_)));
        let one = MultiPoint(vec![Point::new(1.0, 2.0)]);
        let one = Shape::new(one.into(), EdgeModel::LonLat).unwrap();
        assert_eq!(*exported(&one).unwrap(), Point::new(1.0, 2.0).into());
    }
}
