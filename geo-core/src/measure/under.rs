//! The area between a short geodesic and the equator.
//!
//! Under a straight line in longitude and latitude it is the width times the mean of the area Q(φ)
//! under a parallel; the geodesic bows away from that line as its equation says (C. F. F. Karney,
//! Algorithms for geodesics, J. Geodesy 87 (2013), section 6, has the area in closed form; here both
//! are expanded about the middle latitude). With M and r the radii of the meridian and the parallel
//! there, x and y the differences of longitude and latitude, and s the sine of the latitude:
//!
//! x [ Q + y² (M² s + r M′) / 8 + x² r² s / 12 ] + …
//!
//! The next terms are those of the sphere, from tan(E/2) = tan(x/2) s / cos(y/2) (I. Todhunter,
//! Spherical Trigonometry, 1886, section 103), times M r.

use geo_types::Coord;
use geographiclib_rs::InverseGeodesic;

use super::Geodesic;
use super::ecef::{ECCENTRICITY_SQUARED, SEMI_MAJOR};

/// Radians: edges that are longer or wider are measured by `geographiclib-rs`.
const SHORT: f64 = 4e-3;

/// The area between an edge and the equator, m²: positive north of the equator for an edge that runs
/// east. The edge is a geodesic between two positions beyond no pole, less than half a turn apart.
/// About 40 ns for a short one, 1 µs for others. Error: below 0.02 m² below 80° of latitude, against
/// `geographiclib-rs`.
pub(crate) fn under(from: Coord, to: Coord) -> f64 {
    let (x, y) = ((to.x - from.x).to_radians(), (to.y - from.y).to_radians());
    if x == 0.0 {
        return 0.0;
    }
    if x.abs() > SHORT || y.abs() > SHORT {
        let (from, to, sign) = if x > 0.0 { (from, to, 1.0) } else { (to, from, -1.0) };
        let (.., area, _): (f64, f64, f64, f64, f64, f64, f64, f64) =
            Geodesic::ellipsoid().inverse(from.y, from.x, to.y, to.x);
        return sign * area;
    }
    let (s, c) = f64::midpoint(from.y, to.y).to_radians().sin_cos();
    let (xx, yy, ss) = (x * x, y * y, s * s);
    let w = 1.0 - ECCENTRICITY_SQUARED * ss;
    let normal = SEMI_MAJOR / w.sqrt();
    let meridian = normal * (1.0 - ECCENTRICITY_SQUARED) / w;
    let parallel = normal * c;
    let change = 3.0 * ECCENTRICITY_SQUARED * s * c * meridian / w;
    let third = yy * (meridian * meridian * s + parallel * change) / 8.0
        + xx * parallel * parallel * s / 12.0;
    let fifth = xx * xx * (1.0 / 120.0 + ss * (ss / 80.0 - 1.0 / 48.0))
        + xx * yy * (1.0 - 3.0 * ss) / 96.0
        + yy * yy * (5.0 / 384.0);
    x * (under_parallel(s) + third + meridian * normal * s * fifth)
}

/// The area between a parallel, whose latitude has the sine `s`, and the equator, m² to a radian of
/// longitude: the integral of the product of both radii of curvature, in powers of e².
fn under_parallel(s: f64) -> f64 {
    // b² (s + 2/3 e² s³ + 3/5 e⁴ s⁵ + …), term by term from 1 / (1 − e² s²)².
    const FACTOR: f64 = SEMI_MAJOR * SEMI_MAJOR * (1.0 - ECCENTRICITY_SQUARED);
    let t = ECCENTRICITY_SQUARED * s * s;
    let series = [2.0 / 3.0, 3.0 / 5.0, 4.0 / 7.0, 5.0 / 9.0, 6.0 / 11.0, 7.0 / 13.0, 8.0 / 15.0];
    FACTOR * s * (1.0 + t * series.iter().rev().fold(0.0, |sum, term| sum * t + term))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected: `geographiclib-rs`.
    #[test]
    fn areas_under_edges_agree_with_geographiclib() {
        let mut seed = 2_u64;
        let mut random = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut worst: f64 = 0.0;
        for round in 0..200_000 {
            let from = Coord { x: 20.0 * random(), y: 159.0 * random() - 79.5 };
            let reach = if round % 2 == 0 { 0.229 } else { 10_f64.powf(-7.0 * random()) };
            let to = Coord {
                x: from.x + reach * (2.0 * random() - 1.0),
                y: from.y + reach * (2.0 * random() - 1.0),
            };
            let (west, east) = if from.x <= to.x { (from, to) } else { (to, from) };
            let (.., expected, _): (f64, f64, f64, f64, f64, f64, f64, f64) =
                Geodesic::ellipsoid().inverse(west.y, west.x, east.y, east.x);
            let expected = if from.x <= to.x { expected } else { -expected };
            assert_eq!(under(from, to), -under(to, from));
            worst = worst.max((under(from, to) - expected).abs());
        }
        assert!(worst < 0.02, "{worst}");
    }
}
