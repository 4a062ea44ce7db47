//! The area between an edge and the equator.

use geo_types::Coord;
use geographiclib_rs::InverseGeodesic;

use super::Geodesic;
use super::ecef::{ECCENTRICITY_SQUARED, SEMI_MAJOR};

/// Area of WGS 84 in square metres, as GeographicLib has it (`Geodesic::WGS84().EllipsoidArea()`).
const EARTH_AREA: f64 = 510_065_621_724_088.44;

/// The area between a geodesic edge and the equator, square metres: positive north of the equator
/// for an edge that runs east.
pub(super) fn under_geodesic(from: Coord, to: Coord) -> f64 {
    let width = to.x - from.x;
    if width == 0.0 {
        0.0
    } else if width < 0.0 {
        -under_geodesic(to, from)
    } else if from.y == to.y && from.y.abs() == 90.0 {
        from.y.signum() * EARTH_AREA / 2.0 * width / 360.0
    } else if width > 180.0 {
        // Only the last halvings of an edge over a pole are as wide, and they are tiny.
        let middle = Coord { x: f64::midpoint(from.x, to.x), y: f64::midpoint(from.y, to.y) };
        under_geodesic(from, middle) + under_geodesic(middle, to)
    } else {
        let (.., area, _): (f64, f64, f64, f64, f64, f64, f64, f64) =
            Geodesic::ellipsoid().inverse(from.y, from.x, to.y, to.x);
        area
    }
}

/// As [`under_geodesic`], for an edge that is straight in longitude and latitude.
///
/// Gauss–Legendre quadrature over its latitudes, exact to rounding: with n nodes the error is a
/// share of h²ⁿ/4320 (n = 2) or h²ⁿ/2016000 (n = 3), h radians of latitude in a piece.
pub(super) fn under_straight(from: Coord, to: Coord) -> f64 {
    const WIDTH_OF_TWO_NODES: f64 = 0.1;
    const WIDTH_OF_THREE_NODES: f64 = 2.0;
    let width = (to.x - from.x).to_radians();
    let height = to.y - from.y;
    let middle = f64::midpoint(from.y, to.y);
    if width == 0.0 {
        0.0
    } else if height.abs() <= WIDTH_OF_TWO_NODES {
        let off = height / (2.0 * 3_f64.sqrt());
        width * 0.5 * (below_parallel(middle - off) + below_parallel(middle + off))
    } else {
        let pieces = (height.abs() / WIDTH_OF_THREE_NODES).ceil();
        let off = 0.6_f64.sqrt() * height / (2.0 * pieces);
        let sum = (0..pieces as u32).map(|piece| {
            let middle = from.y + height * (f64::from(piece) + 0.5) / pieces;
            let sides = below_parallel(middle - off) + below_parallel(middle + off);
            (5.0 * sides + 8.0 * below_parallel(middle)) / 18.0
        });
        width * sum.sum::<f64>() / pieces
    }
}

/// The area between a parallel and the equator for each radian of longitude, square metres.
///
/// J. P. Snyder, Map projections: a working manual (1987), equation 3-12, with its logarithm as the
/// series of the inverse hyperbolic tangent.
fn below_parallel(lat: f64) -> f64 {
    const HALF_B2: f64 = 0.5 * SEMI_MAJOR * SEMI_MAJOR * (1.0 - ECCENTRICITY_SQUARED);
    let sine = lat.to_radians().sin();
    let z = ECCENTRICITY_SQUARED * sine * sine;
    // The next term is below 1e-17.
    let arctanh = (1..=7).rev().fold(0.0, |sum, n| z * (sum + 1.0 / f64::from(2 * n + 1)));
    HALF_B2 * sine * (1.0 / (1.0 - z) + 1.0 + arctanh)
}
