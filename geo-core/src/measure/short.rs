//! Distances on the ground between near positions, from their earth-centred coordinates alone.
//!
//! A curve of curvature κ that is s long has a chord c with c² = s² − κ² s⁴ / 12 + …, as a circle of
//! radius 1/κ has: s = (2/κ) asin(c κ / 2). For a geodesic, whose curvature is the normal curvature of
//! the surface in its direction, take κ at its middle, to which the chord is parallel: what remains
//! are the second derivative of κ, (s/R)⁵ R e² times a small number, and the torsion, e² smaller
//! still (D. J. Struik, Lectures on Classical Differential Geometry, 1961, sections 1-6 and 2-5).
//! On the ellipsoid x·A x = 1 the normal curvature at p in the direction u is
//! (u·A u) / (u·u |A p|) (ibid., section 2-6; for p off the surface, |A p| / √(p·A p)).

use super::ecef::{ECCENTRICITY_SQUARED, Ecef, SEMI_MAJOR, dot, minus};

/// Up to this straight distance, metres, [`ground`] answers.
const SHORT: f64 = 40_000.0;

/// The distance on the ground, metres, of two positions on the ellipsoid whose straight distance is at
/// most 40 km; `None` of others. About 10 ns.
///
/// Error: below 7 nm, as far as `geographiclib-rs` can tell, most of it the rounding of earth-centred
/// coordinates. The leading term that is left out comes to 3 nm at 40 km and grows by the fifth power.
pub(crate) fn ground(a: Ecef, b: Ecef) -> Option<f64> {
    // A, times the square of the greater axis.
    const AXES: Ecef = [1.0, 1.0, 1.0 / (1.0 - ECCENTRICITY_SQUARED)];
    let chord = minus(b, a);
    let square = dot(chord, chord);
    if square > SHORT * SHORT {
        return None;
    }
    if square == 0.0 {
        return Some(0.0);
    }
    let middle: Ecef = std::array::from_fn(|i| f64::midpoint(a[i], b[i]));
    let scaled = |v: Ecef| -> Ecef { std::array::from_fn(|i| AXES[i] * v[i]) };
    let normal = scaled(middle);
    let along = dot(chord, scaled(chord));
    // The square of half the chord times the curvature.
    let bend = along * along * dot(middle, normal)
        / (4.0 * SEMI_MAJOR * SEMI_MAJOR * square * dot(normal, normal));
    // asin(x) / x in x².
    Some(square.sqrt() * (1.0 + bend * (1.0 / 6.0 + bend * (3.0 / 40.0 + bend * (5.0 / 112.0)))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::LonLat;
    use crate::measure::Geodesic;
    use crate::measure::ecef::to_ecef;
    use geographiclib_rs::{DirectGeodesic, InverseGeodesic};

    /// Expected: `geographiclib-rs`, itself good to some nanometres.
    #[test]
    fn short_distances_agree_with_geographiclib() {
        let mut seed = 5_u64;
        let mut random = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        let earth = Geodesic::ellipsoid();
        let mut worst: f64 = 0.0;
        for round in 0..200_000 {
            let far = match round % 4 {
                0 => 39_900.0,
                1 => 40_000.0 * random(),
                _ => 10_f64.powf(random() * 8.6 - 4.0),
            };
            // A tenth each at the poles, at ±180° and on the equator; bearings along the axes too.
            let lat = match round % 10 {
                0 => 90.0 - 0.3 * random(),
                1 => -90.0,
                2 => 0.1 * random() - 0.05,
                3 => 0.0,
                _ => (2.0 * random() - 1.0).asin().to_degrees(),
            };
            let lon =
                if round % 7 == 0 { 180.0 - 0.1 * random() } else { 360.0 * random() - 180.0 };
            let bearing =
                if round % 5 == 0 { 90.0 * (4.0 * random()).floor() } else { 360.0 * random() };
            let (lat2, lon2): (f64, f64) = earth.direct(lat, lon, bearing, far);
            let expected: f64 = earth.inverse(lat, lon, lat2, lon2);
            let [a, b] =
                [(lon, lat), (lon2, lat2)].map(|(lon, lat)| to_ecef(LonLat::wrap(lon, lat).into()));
            if let Some(found) = ground(a, b) {
                worst = worst.max((found - expected).abs());
            }
        }
        assert!(worst < 7e-9, "{worst}");
    }
}
