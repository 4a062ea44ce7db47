//! The ground within a distance of a shape, and rings of such ground around it.

use geo::BooleanOps;
use geo::algorithm::bool_ops::unary_union;
use geo_types::{Coord, MultiPolygon};
use geographiclib_rs::DirectGeodesic;

use super::area::{area_of, without_slivers};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::{EdgeModel, LonLat, Shape};
use crate::measure::seam::real_edges;
use crate::measure::{Geodesic, corners_of_circle};
use crate::predicate::plane::{area_window, areas_in_one_plane, free_meridian};
use crate::unit::{Angle, Length};

/// Farther from a line, lines square to it draw together towards the pole of its great circle.
const FARTHEST: Length = Length::km(5_000.0);

/// Longer edges are cut, so that no strip around one holds both poles.
const LONGEST_EDGE: f64 = 500_000.0;

/// So many pieces are united at once: few, so that what is hidden inside is gone early.
const AT_ONCE: usize = 8;

impl Geodesic {
    /// How far the boundary of a [`buffer`](Self::buffer) may lie from where it should be: a
    /// thousandth of the distance, and a metre at least; edges read as straight in lon/lat add
    /// [`Shape::EDGE_TOLERANCE`].
    pub fn buffer_tolerance(distance: Length) -> Length {
        (distance * 1e-3).max(Length::m(1.0))
    }

    /// The ground at most `distance` away from a shape of any kind, the shape included.
    ///
    /// The union of circles around points and of strips along edges, whose long sides are found by
    /// going `distance` square to the geodesic. Before, lines and boundaries are thinned out by up
    /// to half the [tolerance](Self::buffer_tolerance). Cost: for each edge that is left a
    /// strip of some 150 positions, and unions of these by halves.
    ///
    /// # Errors
    /// [`ErrorKind::Geometry`] for a distance below a metre; above 5 000 km around lines and areas,
    /// above 19 900 km around points.
    ///
    /// ```
    /// use geo_types::line_string;
    /// use tumen_geo_core::{EdgeModel, Length, LonLat, Shape, measure::Geodesic, predicate::contains};
    /// // The lowest stretch of the Tumen, and the ground within 20 km of it.
    /// let river = line_string![(x: 130.6, y: 42.42), (x: 130.7, y: 42.29)];
    /// let river = Shape::new(river.into(), EdgeModel::Geodesic)?;
    /// let near = Geodesic::buffer(&river, Length::km(20.0))?;
    /// assert!(contains(&near, LonLat::new(130.806, 42.406)?));
    /// assert!(!contains(&near, LonLat::new(130.366, 42.868)?));
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn buffer(shape: &Shape, distance: Length) -> Result<Shape> {
        let tolerance = Self::buffer_tolerance(distance);
        if let [point] = shape.points() {
            let center = LonLat::wrap(point.x(), point.y());
            return Self::circle_within(center, distance, tolerance * 0.5);
        }
        if shape.dimension() > 0 && !(Self::LEAST_RADIUS <= distance && distance <= FARTHEST) {
            return Err(Error::new(
                ErrorKind::Geometry,
                format!("there is no buffer of {} m around a line or area", distance.to_m()),
            )
            .with_hint("distances run from 1 m to 5 000 km"));
        }
        let mut pieces = Vec::new();
        for point in shape.points() {
            let center = LonLat::wrap(point.x(), point.y());
            pieces.push(Self::circle_within(center, distance, tolerance * 0.5)?);
        }
        for chain in chains(shape) {
            for edge in thinned(&chain, tolerance * 0.5).windows(2) {
                for (from, to) in cut(edge[0], edge[1]) {
                    pieces.push(strip(from, to, distance, tolerance * 0.25)?);
                }
            }
        }
        if shape.dimension() == 2 {
            pieces.push(shape.clone());
        }
        let west = free_meridian(&pieces.iter().collect::<Vec<_>>());
        let pieces: Vec<MultiPolygon> =
            pieces.iter().map(|piece| area_window(piece, west)).collect();
        area_of(united(&pieces), EdgeModel::LonLat).ok_or_else(|| {
            Error::new(ErrorKind::Geometry, "the buffer has no area")
                .with_hint("give a distance above a metre")
        })
    }

    /// The ground around a shape in rings: that within the first distance, that beyond it and
    /// within the second, and so on. As exact as [`Geodesic::buffer`], whose cost it has once for
    /// each distance.
    ///
    /// # Errors
    /// As for [`Geodesic::buffer`], and when the distances do not grow.
    ///
    /// ```
    /// use tumen_geo_core::{Length, LonLat, Shape, measure::Geodesic};
    /// let vladivostok = Shape::point(LonLat::new(131.885, 43.115)?);
    /// let rings = Geodesic::rings(&vladivostok, &[50.0, 100.0, 150.0].map(Length::km))?;
    /// let areas = rings.iter().map(|ring| Geodesic::area(ring).to_km2());
    /// for (area, expected) in areas.zip([7_854.0, 23_562.0, 39_270.0]) {
    ///     assert!((area / expected - 1.0_f64).abs() < 1e-3, "{area}");
    /// }
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn rings(shape: &Shape, distances: &[Length]) -> Result<Vec<Shape>> {
        let mut rings = Vec::with_capacity(distances.len());
        let mut inner: Option<(Length, Shape)> = None;
        for &distance in distances {
            let outer = Self::buffer(shape, distance)?;
            rings.push(match &inner {
                None => outer.clone(),
                Some((before, inner)) => {
                    let [outer, inner] = &areas_in_one_plane(&[&outer, inner])[..] else {
                        continue;
                    };
                    let ring = area_of(without_slivers(outer.difference(inner)), EdgeModel::LonLat);
                    ring.filter(|_| *before < distance).ok_or_else(|| {
                        let (before, after) = (before.to_km(), distance.to_km());
                        Error::new(
                            ErrorKind::Geometry,
                            format!("there is no ring from {before} km to {after} km"),
                        )
                        .with_hint("give distances that grow, by some metres at least")
                    })?
                }
            });
            inner = Some((distance, outer));
        }
        Ok(rings)
    }
}

/// The edges that lie on the ground, strung together.
fn chains(shape: &Shape) -> Vec<Vec<LonLat>> {
    let mut chains: Vec<Vec<LonLat>> = Vec::new();
    let mut end: Option<Coord> = None;
    for (from, to) in real_edges(shape) {
        if end != Some(from) {
            chains.push(vec![LonLat::wrap(from.x, from.y)]);
        }
        if let Some(chain) = chains.last_mut() {
            chain.push(LonLat::wrap(to.x, to.y));
        }
        end = Some(to);
    }
    chains
}

/// A chain with fewer positions, none of those left out farther than `tolerance` from its edges.
///
/// From each position kept, a cone narrows to the bearings that pass all the following ones within
/// the tolerance; the last one in the cone, and farther than all before it, is kept next.
fn thinned(chain: &[LonLat], tolerance: Length) -> Vec<LonLat> {
    /// Bearings from one position can be compared so far, metres.
    const LONGEST: f64 = 200_000.0;
    let mut kept: Vec<LonLat> = chain.first().copied().into_iter().collect();
    let mut start = 0;
    while start + 1 < chain.len() {
        let mut next = start + 1;
        let mut farthest = 0.0_f64;
        let mut cone: Option<(f64, f64, f64)> = None;
        for (place, &at) in chain.iter().enumerate().skip(start + 1) {
            let (distance, bearing, _) = Geodesic::inverse(chain[start], at);
            let (distance, bearing) = (distance.to_m(), bearing.to_degrees());
            if distance < farthest - tolerance.to_m() || distance > LONGEST {
                break;
            }
            let (axis, low, high) = cone.unwrap_or((bearing, -180.0, 180.0));
            let turn = (bearing - axis + 180.0).rem_euclid(360.0) - 180.0;
            if distance >= farthest && (low..=high).contains(&turn) {
                next = place;
                farthest = distance;
            }
            if distance > tolerance.to_m() {
                let spread = (tolerance.to_m() / distance).asin().to_degrees();
                let narrowed = (low.max(turn - spread), high.min(turn + spread));
                if narrowed.0 > narrowed.1 {
                    break;
                }
                cone = Some((axis, narrowed.0, narrowed.1));
            }
        }
        kept.push(chain[next]);
        start = next;
    }
    kept
}

/// An edge in pieces of at most 500 km.
fn cut(from: LonLat, to: LonLat) -> Vec<(LonLat, LonLat)> {
    let (length, bearing, _) = Geodesic::inverse(from, to);
    let pieces = (length.to_m() / LONGEST_EDGE).ceil().max(1.0) as u32;
    let at = |piece: u32| match piece {
        0 => from,
        _ if piece == pieces => to,
        _ => Geodesic::destination(from, bearing, length * (f64::from(piece) / f64::from(pieces))),
    };
    (0..pieces).map(|piece| (at(piece), at(piece + 1))).collect()
}

/// The ground within a distance of a geodesic edge: two sides and two half circles.
fn strip(from: LonLat, to: LonLat, distance: Length, tolerance: Length) -> Result<Shape> {
    let (length, out, arrival) = Geodesic::inverse(from, to);
    let half_circle = corners_of_circle(distance, tolerance).div_ceil(2);
    // The sides bulge no more than circles of the earth's radius do.
    let bulges = length.to_m().powi(2) / (8.0 * 6.3e6 * tolerance.to_m());
    let pieces = bulges.sqrt().ceil().max(1.0) as u32;
    let aside =
        |at: LonLat, bearing: f64| Geodesic::destination(at, Angle::degrees(bearing), distance);
    let along = |part: f64, turn: f64| {
        let (lat, lon, bearing): (f64, f64, f64) = Geodesic::ellipsoid().direct(
            from.lat(),
            from.lon(),
            out.to_degrees(),
            length.to_m() * part,
        );
        aside(LonLat::wrap(lon, lat), bearing + turn)
    };
    let part = |piece: u32| f64::from(piece) / f64::from(pieces);
    let swing = |step: u32| 180.0 * f64::from(step) / f64::from(half_circle);
    let mut ring = Vec::new();
    ring.extend((1..pieces).map(|piece| along(part(piece), 90.0)));
    ring.extend((0..=half_circle).map(|step| aside(to, arrival.to_degrees() + 90.0 - swing(step))));
    ring.extend((1..pieces).rev().map(|piece| along(part(piece), -90.0)));
    ring.extend((0..=half_circle).map(|step| aside(from, out.to_degrees() - 90.0 - swing(step))));
    Shape::enclosing(&ring, Geodesic::midpoint(from, to))
}

/// The union of areas of one plane, by halves.
fn united(pieces: &[MultiPolygon]) -> MultiPolygon {
    if pieces.len() <= AT_ONCE {
        return unary_union(pieces);
    }
    let (left, right) = pieces.split_at(pieces.len() / 2);
    unary_union(&[united(left), united(right)])
}
