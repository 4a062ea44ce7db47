//! Edges that mean the same whether read as geodesics or as straight lines in longitude and
//! latitude.

use geo_types::Coord;

use super::{EdgeModel, LonLat};
use crate::measure::Geodesic;
use crate::unit::Length;

/// Halvings of one edge: 2^24 pieces of the longest geodesic are one metre each.
const MOST_HALVINGS: u32 = 24;

/// Adds positions to a chain until geodesic and straight lon/lat edges lie within `tolerance` of
/// each other; longitudes run on without a jump.
///
/// Cost: two geodesic inverses and a direct for each edge and each added position.
pub(super) fn densify(chain: &[Coord], edges: EdgeModel, tolerance: Length) -> Vec<Coord> {
    let mut dense = Vec::with_capacity(chain.len());
    dense.extend(chain.first());
    for pair in chain.windows(2) {
        halve(pair[0], pair[1], edges, tolerance, MOST_HALVINGS, &mut dense);
    }
    dense
}

/// Pushes the positions after `from` up to and including `to`.
fn halve(
    from: Coord,
    to: Coord,
    edges: EdgeModel,
    tolerance: Length,
    depth: u32,
    dense: &mut Vec<Coord>,
) {
    let straight = Coord { x: f64::midpoint(from.x, to.x), y: f64::midpoint(from.y, to.y) };
    let on_a_pole = from.y == to.y && from.y.abs() == 90.0;
    if depth == 0 || on_a_pole || gap_is_surely_below(from, to, tolerance) {
        dense.push(to);
        return;
    }
    let (start, end) = (LonLat::wrap(from.x, from.y), LonLat::wrap(to.x, to.y));
    let (length, bearing, _) = Geodesic::inverse(start, end);
    let curved = Geodesic::destination(start, bearing, length * 0.5);
    let half_turn = (to.x - from.x).abs() >= 180.0;
    if !half_turn
        && quarter_gap(from, to, start, bearing, length).max(gap(straight, curved)) <= tolerance
    {
        dense.push(to);
        return;
    }
    let middle = match edges {
        EdgeModel::LonLat => straight,
        EdgeModel::Geodesic => Coord { x: nearest_turn(curved.lon(), straight.x), y: curved.lat() },
    };
    halve(from, middle, edges, tolerance, depth - 1, dense);
    halve(middle, to, edges, tolerance, depth - 1, dense);
}

/// Whether the two models of an edge cannot differ by `tolerance`: the geodesic curvature of a
/// straight lon/lat line on the sphere is at most 1.089 tan φ / R, its bulge an eighth of that
/// times the length squared; 2 covers the ellipsoid and the slope of tan φ along the edge.
fn gap_is_surely_below(from: Coord, to: Coord, tolerance: Length) -> bool {
    const METRES_PER_DEGREE: f64 = 111_700.0;
    const SMALLEST_RADIUS: f64 = 6_335_439.0;
    let steepest = from.y.abs().max(to.y.abs());
    if steepest > 85.0 {
        return false;
    }
    let (width, height) = ((to.x - from.x).abs(), (to.y - from.y).abs());
    if width > 5.0 || height > 5.0 {
        return false;
    }
    let squared = (width * width + height * height) * METRES_PER_DEGREE * METRES_PER_DEGREE;
    2.0 * squared * steepest.to_radians().tan() / (8.0 * SMALLEST_RADIUS) <= tolerance.to_m()
}

/// The gap between the models at the quarters: an edge across the equator has none in its middle.
fn quarter_gap(
    from: Coord,
    to: Coord,
    start: LonLat,
    bearing: crate::unit::Angle,
    length: Length,
) -> Length {
    [0.25, 0.75]
        .map(|t| {
            let straight =
                Coord { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) };
            gap(straight, Geodesic::destination(start, bearing, length * t))
        })
        .into_iter()
        .fold(Length::ZERO, Length::max)
}

fn gap(straight: Coord, curved: LonLat) -> Length {
    Geodesic::distance(LonLat::wrap(straight.x, straight.y), curved)
}

/// `lon` shifted by whole turns to lie within half a turn of `near`.
pub(super) fn nearest_turn(lon: f64, near: f64) -> f64 {
    lon + 360.0 * ((near - lon) / 360.0).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coords(positions: &[(f64, f64)]) -> Vec<Coord> {
        positions.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn both_models_agree_after_densifying() {
        let chongjin_vladivostok = coords(&[(129.7757, 41.7956), (131.8735, 43.1056)]);
        for edges in [EdgeModel::Geodesic, EdgeModel::LonLat] {
            let dense = densify(&chongjin_vladivostok, edges, Length::m(1.0));
            assert!(dense.len() > 20);
            for pair in dense.windows(2) {
                let middle = Geodesic::midpoint(
                    LonLat::wrap(pair[0].x, pair[0].y),
                    LonLat::wrap(pair[1].x, pair[1].y),
                );
                let straight = Coord {
                    x: f64::midpoint(pair[0].x, pair[1].x),
                    y: f64::midpoint(pair[0].y, pair[1].y),
                };
                assert!(gap(straight, middle) <= Length::m(1.0));
            }
        }
    }

    #[test]
    fn longitudes_run_on_over_the_antimeridian() {
        let dense = densify(
            &coords(&[(170.0, 50.0), (190.0, 50.0)]),
            EdgeModel::Geodesic,
            Length::m(100.0),
        );
        assert!(dense.windows(2).all(|pair| pair[1].x > pair[0].x));
        assert!(dense.iter().any(|c| c.y > 50.4), "a geodesic bends to the pole");
    }

    #[test]
    fn an_edge_over_the_pole_ends() {
        let dense =
            densify(&coords(&[(0.0, 80.0), (180.0, 80.0)]), EdgeModel::Geodesic, Length::m(1.0));
        assert!(dense.iter().any(|c| c.y > 89.9999), "{:?}", dense.len());
    }
}
