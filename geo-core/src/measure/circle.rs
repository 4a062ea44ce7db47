//! Circles on the ellipsoid: the positions at one distance from another.

use std::f64::consts::PI;

use super::Geodesic;
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::{LonLat, Shape};
use crate::unit::{Angle, Length};

/// Mean radius of the earth, metres: only for how many positions are needed.
const MEAN_RADIUS: f64 = 6_371_008.8;

impl Geodesic {
    /// The smallest radius of a [`circle`](Self::circle): edges are known to a metre.
    pub const LEAST_RADIUS: Length = Length::m(1.0);

    /// The largest radius of a [`circle`](Self::circle). Beyond 19 970 km (π times the
    /// polar radius) shortest lines begin to meet again behind the earth.
    pub const LARGEST_RADIUS: Length = Length::km(19_900.0);

    /// The ground at most `radius` away from a position, over ±180° and around the poles too.
    ///
    /// Its corners lie on the circle to some nanometres; an edge, read as a geodesic, leaves it by
    /// at most 0.5 m. Cost: a geodesic for each of the 3.2 √(radius in metres) positions
    /// (1 000 for 100 km), and a check of the ring.
    ///
    /// # Errors
    /// [`ErrorKind::Geometry`] for a radius below a metre or above 19 900 km.
    ///
    /// ```
    /// use tumen_geo_core::{Length, LonLat, measure::Geodesic, predicate::contains};
    /// let hunchun = LonLat::new(130.366, 42.868)?;
    /// let around = Geodesic::circle(hunchun, Length::km(100.0))?;
    /// // Rajin is 69 km away, Vladivostok 127 km.
    /// assert!(contains(&around, LonLat::new(130.30, 42.25)?));
    /// assert!(!contains(&around, LonLat::new(131.885, 43.115)?));
    /// assert!((Geodesic::area(&around).to_km2() - 31_415.0).abs() < 5.0);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn circle(center: LonLat, radius: Length) -> Result<Shape> {
        Self::circle_within(center, radius, Length::m(0.5))
    }

    /// A circle whose edges leave it by at most `tolerance`.
    pub(crate) fn circle_within(
        center: LonLat,
        radius: Length,
        tolerance: Length,
    ) -> Result<Shape> {
        if !(Self::LEAST_RADIUS <= radius && radius <= Self::LARGEST_RADIUS) {
            return Err(Error::new(
                ErrorKind::Geometry,
                format!("there is no circle of {} m around {center}", radius.to_m()),
            )
            .with_hint("radii run from 1 m to 19 900 km"));
        }
        let count = corners_of_circle(radius, tolerance);
        let step = 360.0 / f64::from(count);
        let ring: Vec<LonLat> = (0..count)
            .map(|i| Self::destination(center, Angle::degrees(step * f64::from(i)), radius))
            .collect();
        Shape::enclosing(&ring, center)
    }
}

/// How many corners a circle needs for its edges to leave it by at most `tolerance`.
///
/// On a sphere of radius R a circle of radius r has the geodesic curvature cot(r / R) / R, and an
/// n-th of it the length 2π R sin(r / R) / n, so that its edge bulges by κ s² / 8 =
/// π² R sin(2r / R) / 4n². The flattening changes the curvature by some permille of 1 / R, which
/// counts where the sine vanishes.
pub(crate) fn corners_of_circle(radius: Length, tolerance: Length) -> u32 {
    const FEWEST: u32 = 48;
    let angle = radius.to_m() / MEAN_RADIUS;
    let curved = (2.0 * angle).sin().abs() + 0.03 * angle.min(1.0);
    let count = PI * (MEAN_RADIUS * curved / (4.0 * tolerance.to_m())).sqrt();
    (count.ceil() as u32).max(FEWEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::inside::holds;

    /// Every edge, at its quarters, against the distance to the center.
    #[test]
    fn edges_stay_within_half_a_metre_of_the_circle() {
        let centers = [
            (130.366, 42.868),
            (179.9, -16.0),
            (0.0, 0.0),
            (-60.0, 89.999),
            (20.0, -90.0),
            (131.885, 60.0),
        ];
        for (lon, lat) in centers {
            let center = LonLat::wrap(lon, lat);
            for km in [0.001, 1.0, 100.0, 3_328.0, 7_000.0, 10_001.9, 14_000.0, 19_900.0] {
                let radius = Length::km(km);
                let circle = Geodesic::circle(center, radius).unwrap();
                assert!(holds(&circle, center.into()), "{center} {km}");
                let mut worst = 0.0_f64;
                for (from, to) in super::super::seam::real_edges(&circle) {
                    let from = LonLat::wrap(from.x, from.y);
                    let to = LonLat::wrap(to.x, to.y);
                    let (length, bearing, _) = Geodesic::inverse(from, to);
                    for part in [0.0, 0.25, 0.5] {
                        let at = Geodesic::destination(from, bearing, length * part);
                        worst = worst.max((Geodesic::distance(center, at) - radius).abs().to_m());
                    }
                }
                assert!(worst < 0.5, "{center} {km} km: {worst} m");
            }
        }
    }

    #[test]
    fn beyond_a_half_and_below_a_metre_there_is_none() {
        let rajin = LonLat::wrap(130.30, 42.25);
        for radius in [0.0, -5.0, 0.5, 2e7, f64::NAN] {
            let error = Geodesic::circle(rajin, Length::m(radius)).unwrap_err();
            assert!(error.hint().is_some(), "{error}");
        }
    }
}
