//! Areas by a ring and a position inside: the one reading of a ring that no pole can upset.

use geo::Winding;
use geo_types::{Coord, LineString, Polygon};

use super::validity::check_ring;
use super::{EdgeModel, LonLat, Shape};
use crate::error::{Error, ErrorKind, Result};
use crate::measure::inside::holds;

impl Shape {
    /// The area that a ring of geodesic edges bounds and that holds `inside`, be it larger than a
    /// hemisphere or around one pole or both. The last position is joined to the first.
    ///
    /// A ring alone bounds two areas; [`Shape::new`] takes that in the lon/lat plane, or that with
    /// the pole of its hemisphere. Cost: n log n for n positions.
    ///
    /// # Errors
    /// [`ErrorKind::Geometry`] when the ring crosses itself or has no extent.
    ///
    /// ```
    /// use tumen_geo_core::{LonLat, Shape, measure::Geodesic};
    /// // The small Tumen triangle, and all the rest of the earth.
    /// let at = |lon, lat| LonLat::new(lon, lat);
    /// let ring = [at(130.298, 42.249)?, at(130.366, 42.862)?, at(130.806, 42.651)?];
    /// let triangle = Shape::enclosing(&ring, at(130.5, 42.6)?)?;
    /// let rest = Shape::enclosing(&ring, at(-76.1, 42.6)?)?;
    /// assert!((Geodesic::area(&triangle).to_km2() - 1_293.0).abs() < 5.0);
    /// let earth = Geodesic::area(&triangle) + Geodesic::area(&rest);
    /// assert!((earth.to_km2() - 510_065_621.7).abs() < 0.1);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn enclosing(ring: &[LonLat], inside: LonLat) -> Result<Self> {
        let closed = ring.iter().chain(ring.first()).map(|&at| Coord::from(at)).collect();
        let chain = Self::new(LineString(closed).into(), EdgeModel::Geodesic)?;
        let chain = chain.lines().first().map_or(&[][..], |line| &line.0);
        let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
            return Err(two_sides_lost());
        };
        let turns = ((last.x - first.x) / 360.0).round();
        let candidates = if turns == 0.0 {
            let ring = checked(chain.to_vec())?;
            [Some(Polygon::new(ring.clone(), vec![])), outside(ring)]
        } else if turns.abs() == 1.0 {
            let over = |pole: f64| checked(over_pole(chain, pole, 360.0 * turns));
            [Some(Polygon::new(over(90.0)?, vec![])), Some(Polygon::new(over(-90.0)?, vec![]))]
        } else {
            return Err(two_sides_lost());
        };
        (candidates.into_iter().flatten())
            .map(|polygon| Self::made(polygon.into(), EdgeModel::Geodesic))
            .find(|shape| holds(shape, inside.into()))
            .ok_or_else(two_sides_lost)
    }
}

fn two_sides_lost() -> Error {
    Error::new(ErrorKind::Geometry, "the ring does not part the earth in two")
        .with_hint("give three positions or more, in their order around the area")
}

/// The ring counter-clockwise, if it is one.
fn checked(ring: Vec<Coord>) -> Result<LineString> {
    check_ring(&ring)?;
    let mut ring = LineString(ring);
    ring.make_ccw_winding();
    Ok(ring)
}

/// A chain that ends `turn` degrees east of its start, closed by way of a pole: up the meridian of
/// its position nearest to that pole, which it meets nowhere else.
fn over_pole(chain: &[Coord], pole: f64, turn: f64) -> Vec<Coord> {
    let corners = &chain[..chain.len() - 1];
    let nearest = (0..corners.len())
        .max_by(|&a, &b| (corners[a].y * pole).total_cmp(&(corners[b].y * pole)))
        .unwrap_or(0);
    let ahead = corners[..nearest].iter().map(|c| Coord { x: c.x + turn, y: c.y });
    let mut ring: Vec<Coord> = corners[nearest..].iter().copied().chain(ahead).collect();
    let start = ring[0];
    let east = start.x + turn;
    ring.extend([
        Coord { x: east, y: start.y },
        Coord { x: east, y: pole },
        Coord { x: start.x, y: pole },
        start,
    ]);
    ring.dedup();
    ring
}

/// The whole earth but for what a counter-clockwise ring encloses in the plane.
fn outside(mut ring: LineString) -> Option<Polygon> {
    let (low, high) = (ring.0.iter())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), c| (low.min(c.x), high.max(c.x)));
    if high - low >= 360.0 {
        return None;
    }
    ring.make_cw_winding();
    let west = f64::midpoint(low, high) - 180.0;
    let corner = |x: f64, y: f64| Coord { x, y };
    let earth = vec![
        corner(west, -90.0),
        corner(west + 360.0, -90.0),
        corner(west + 360.0, 90.0),
        corner(west, 90.0),
        corner(west, -90.0),
    ];
    Some(Polygon::new(LineString(earth), vec![ring]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Geodesic;

    fn ring(positions: &[(f64, f64)]) -> Vec<LonLat> {
        positions.iter().map(|&(lon, lat)| LonLat::wrap(lon, lat)).collect()
    }

    /// Both sides of a ring make up the earth, wherever the poles are and whichever way it runs.
    #[test]
    fn both_sides_of_a_ring_are_the_earth() {
        let earth = 510_065_621_724_088.44;
        let around_the_pole = [(10., 70.), (100., 72.), (-170., 65.), (-80., 70.)];
        let across = [(170., 50.), (-170., 50.), (-175., 55.)];
        let between_the_poles = [(0., 10.), (90., -5.), (180., 10.), (-90., -5.)];
        let at_the_pole = [(0., 80.), (0., 90.), (90., 80.)];
        for (positions, inside, outside) in [
            (&around_the_pole[..], (0., 90.), (0., -90.)),
            (&across, (-175., 52.), (0., 52.)),
            (&between_the_poles, (20., 80.), (20., -80.)),
            (&at_the_pole, (45., 85.), (-135., 85.)),
        ] {
            let mut ring = ring(positions);
            for _ in 0..2 * ring.len() {
                ring.rotate_left(1);
                ring.reverse();
                let of = |(lon, lat)| {
                    let at = LonLat::wrap(lon, lat);
                    let shape = Shape::enclosing(&ring, at).unwrap();
                    assert!(holds(&shape, at.into()));
                    shape
                };
                let (one, other) = (of(inside), of(outside));
                let sum = (Geodesic::area(&one) + Geodesic::area(&other)).to_m2();
                assert!((sum - earth).abs() < 10.0, "{positions:?} {sum}");
                let rims = Geodesic::perimeter(&one) - Geodesic::perimeter(&other);
                assert!(rims.abs().to_m() < 1e-3, "{positions:?} {rims:?}");
            }
        }
    }

    #[test]
    fn what_is_no_ring_is_refused() {
        let at = LonLat::wrap(1.0, 1.0);
        assert!(Shape::enclosing(&[], at).is_err());
        assert!(Shape::enclosing(&ring(&[(0., 0.), (1., 0.)]), at).is_err());
        let bow = ring(&[(0., 0.), (2., 2.), (2., 0.), (0., 2.)]);
        assert!(Shape::enclosing(&bow, at).is_err());
    }
}
