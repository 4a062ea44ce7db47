//! Edges that mean the same whether read as geodesics or as straight lines in longitude and
//! latitude.

use geo_types::Coord;

use super::{EdgeModel, LonLat};
use crate::measure::Geodesic;
use crate::unit::{Angle, Length};

/// Beyond this latitude meridians crowd, and edges are halved until they fit.
const STEEP: f64 = 85.0;
/// Degrees: along the equator an edge needs no other position, but one of half a turn could be
/// read as a geodesic over a pole.
const WIDEST: f64 = 90.0;
/// Halvings of one edge: 2^26 pieces of the longest geodesic are a third of a metre each, and what is
/// left of an edge over a pole is within a metre whichever way it is read.
const MOST_HALVINGS: u32 = 26;

/// Adds positions to a chain until geodesic and straight lon/lat edges lie within `tolerance` of
/// each other; longitudes run on without a jump.
///
/// Cost: nothing much for edges that are short enough, a geodesic inverse for others and a direct
/// for each added position.
pub(super) fn densify(chain: &[Coord], edges: EdgeModel, tolerance: Length) -> Vec<Coord> {
    // Room for some more, so that the chain of a base map is not moved for a few positions.
    let mut dense = Vec::with_capacity(chain.len() + chain.len() / 8 + 8);
    dense.extend(chain.first());
    let slope = steepest(chain);
    for pair in chain.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if slope.is_some_and(|slope| is_short(from, to, slope, tolerance)) {
            dense.push(to);
        } else {
            divide(from, to, edges, tolerance, &mut dense);
        }
    }
    dense
}

/// Pushes the positions after `from` up to and including `to`: bit for bit those of the edge that runs
/// the other way, as that of a neighbour may do.
fn divide(from: Coord, to: Coord, edges: EdgeModel, tolerance: Length, dense: &mut Vec<Coord>) {
    if (from.y, from.x) <= (to.y, to.x) {
        divide_upwards(from, to, edges, tolerance, dense);
        return;
    }
    let start = dense.len();
    divide_upwards(to, from, edges, tolerance, dense);
    dense.pop();
    dense[start..].reverse();
    dense.push(to);
}

/// Whether no edge of a chain needs a position in between; it may say no for one that needs none.
pub(super) fn is_dense(chain: &[Coord], tolerance: Length) -> bool {
    let longest = chain.windows(2).map(|pair| square(pair[0], pair[1])).fold(0.0, f64::max);
    longest <= WIDEST * WIDEST
        && steepest(chain).is_some_and(|slope| {
            bulge(longest * METRES_PER_DEGREE.powi(2), slope, 1.0) <= tolerance.to_m()
        })
}

/// The largest tangent of a latitude of a chain; `None` when it comes near a pole.
fn steepest(chain: &[Coord]) -> Option<f64> {
    let steepest = chain.iter().map(|c| c.y.abs()).fold(0.0, f64::max);
    (steepest < STEEP).then(|| steepest.to_radians().tan())
}

/// Whether an edge is short enough wherever the tangent of the latitude is at most `slope`, whatever
/// its azimuth.
fn is_short(from: Coord, to: Coord, slope: f64, tolerance: Length) -> bool {
    let degrees = square(from, to);
    degrees <= WIDEST * WIDEST
        && bulge(degrees * METRES_PER_DEGREE.powi(2), slope, 1.0) <= tolerance.to_m()
}

/// The square of the length of an edge in the lon/lat plane, degrees².
fn square(from: Coord, to: Coord) -> f64 {
    (to.x - from.x).powi(2) + (to.y - from.y).powi(2)
}

fn divide_upwards(
    from: Coord,
    to: Coord,
    edges: EdgeModel,
    tolerance: Length,
    dense: &mut Vec<Coord>,
) {
    let (width, height) = ((to.x - from.x).abs(), (to.y - from.y).abs());
    let steepest = from.y.abs().max(to.y.abs());
    // A meridian is a geodesic, and so is what it shrinks to at a pole.
    if width == 0.0 || (height == 0.0 && steepest == 90.0) {
        dense.push(to);
        return;
    }
    let (straight, slant) = course(from, to);
    if steepest < STEEP && width < 1.0 {
        let slope = steepest.to_radians().tan();
        if bulge(straight, slope, slant) <= tolerance.to_m() {
            dense.push(to);
            return;
        }
    }
    match edges {
        EdgeModel::LonLat => {
            if steepest >= STEEP {
                halve(from, to, edges, tolerance, MOST_HALVINGS, dense);
                return;
            }
            let bulge = bulge(straight, steepest.to_radians().tan(), slant);
            for t in parts(bulge, width, tolerance) {
                dense.push(on_straight(from, to, t));
            }
        }
        EdgeModel::Geodesic => {
            let (start, end) = (LonLat::wrap(from.x, from.y), LonLat::wrap(to.x, to.y));
            let (length, out, back) = Geodesic::inverse(start, end);
            let highest = summit(start, steepest, out, back);
            // A geodesic over half a turn has no lon/lat edge beside it until it is cut.
            if highest >= STEEP || width >= 180.0 {
                halve(from, to, edges, tolerance, MOST_HALVINGS, dense);
                return;
            }
            // Clairaut's relation: a geodesic runs most across the meridians where it is highest.
            let slant = out.to_radians().sin().abs() * start.lat().to_radians().cos()
                / highest.to_radians().cos();
            let slope = highest.to_radians().tan();
            let bulge = bulge(length.to_m().powi(2), slope, slant.min(1.0));
            let geodesic = Geodesic::line(start, out);
            for t in parts(bulge, width, tolerance) {
                let curved = geodesic.at(length * t);
                let x = nearest_turn(curved.lon(), on_straight(from, to, t).x);
                dense.push(Coord { x, y: curved.lat() });
            }
        }
    }
    dense.push(to);
}

/// The square of the length of a straight edge in metres, and the sine of its azimuth; both bounds
/// from above.
fn course(from: Coord, to: Coord) -> (f64, f64) {
    let (width, height) = ((to.x - from.x).abs(), (to.y - from.y).abs());
    let lowest = if from.y * to.y < 0.0 { 0.0 } else { from.y.abs().min(to.y.abs()) };
    let across = width * lowest.to_radians().cos();
    let squared = across * across + height * height;
    let slant = across / squared.sqrt().max(f64::MIN_POSITIVE);
    (squared * METRES_PER_DEGREE.powi(2), slant)
}

/// Where to part an edge that bulges by so many metres and is so many degrees wide, as shares of it.
fn parts(bulge: f64, width: f64, tolerance: Length) -> impl Iterator<Item = f64> {
    let pieces = (bulge / tolerance.to_m()).sqrt().max(width / WIDEST).ceil().max(1.0) as u32;
    (1..pieces).map(move |piece| f64::from(piece) / f64::from(pieces))
}

fn on_straight(from: Coord, to: Coord, t: f64) -> Coord {
    Coord { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) }
}

const METRES_PER_DEGREE: f64 = 111_700.0;

/// A bound in metres on the gap between the models of an edge whose length in metres is `squared`,
/// where the tangent of the latitude is at most `slope` and the sine of the azimuth at most `slant`:
/// the geodesic curvature of a straight lon/lat line on the sphere is sin α (1 + cos² α) tan φ / R,
/// which is largest at sin² α = 2/3; the bulge is an eighth of that times the length squared. A
/// tenth more covers the ellipsoid and the change along the edge.
fn bulge(squared: f64, slope: f64, slant: f64) -> f64 {
    const SMALLEST_RADIUS: f64 = 6_335_439.0;
    let turn = if slant < 0.816 { slant * (2.0 - slant * slant) } else { 1.0887 };
    1.1 * squared * slope * turn / (8.0 * SMALLEST_RADIUS)
}

/// The highest latitude (degrees, without sign) that a geodesic reaches which leaves `start` at
/// bearing `out` and ends at bearing `back`: that of an end, or by Clairaut's relation that of the
/// summit between them.
fn summit(start: LonLat, steepest: f64, out: Angle, back: Angle) -> f64 {
    let (out, back) = (out.to_radians(), back.to_radians());
    if out.cos() * back.cos() >= 0.0 {
        return steepest;
    }
    let cosine = (out.sin() * start.lat().to_radians().cos()).abs();
    // A fifth of a degree is more than reduced and geographic latitude differ by.
    (cosine.min(1.0).acos().to_degrees() + 0.2).max(steepest)
}

/// As [`divide_upwards`], by halves, measuring the gap each time: near the poles and for edges over them.
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
    if depth == 0 || on_a_pole {
        dense.push(to);
        return;
    }
    let (start, end) = (LonLat::wrap(from.x, from.y), LonLat::wrap(to.x, to.y));
    let (length, bearing, _) = Geodesic::inverse(start, end);
    let curved = Geodesic::destination(start, bearing, length * 0.5);
    let half_turn = (to.x - from.x).abs() >= 180.0;
    let gaps = || quarter_gap(from, to, start, bearing, length).max(gap(straight, curved));
    // Away from the pole the piece, written and read again, is taken for dense by its bound.
    let bounded = || {
        let (steepest, (squared, slant)) = (from.y.abs().max(to.y.abs()), course(from, to));
        steepest >= STEEP || bulge(squared, steepest.to_radians().tan(), slant) <= tolerance.to_m()
    };
    if !half_turn && bounded() && gaps() <= tolerance {
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

/// The gap between the models at the quarters: an edge across the equator has none in its middle.
fn quarter_gap(from: Coord, to: Coord, start: LonLat, bearing: Angle, length: Length) -> Length {
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
pub(crate) fn nearest_turn(lon: f64, near: f64) -> f64 {
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
    fn both_models_agree_on_edges_of_all_sorts() {
        let ends = [
            (0.0, 0.0),
            (130.0, 42.0),
            (131.0, 42.0),
            (140.0, 60.0),
            (-170.0, 71.0),
            (175.0, 71.0),
            (10.0, -84.0),
            (12.0, 84.9),
            (0.0, 88.0),
            (90.0, 86.0),
            (20.0, 85.5),
            (-30.0, 0.5),
        ];
        for edges in [EdgeModel::Geodesic, EdgeModel::LonLat] {
            for (i, from) in ends.iter().enumerate() {
                for to in &ends[i + 1..] {
                    let chain = coords(&[*from, (nearest_turn(to.0, from.0), to.1)]);
                    for pair in densify(&chain, edges, Length::m(1.0)).windows(2) {
                        if pair[0].x == pair[1].x {
                            continue; // on one meridian, whichever way one counts along it
                        }
                        let [a, b] = [pair[0], pair[1]].map(|c| LonLat::wrap(c.x, c.y));
                        let (length, bearing, _) = Geodesic::inverse(a, b);
                        for t in [0.25, 0.5, 0.75] {
                            let straight = Coord {
                                x: pair[0].x + t * (pair[1].x - pair[0].x),
                                y: pair[0].y + t * (pair[1].y - pair[0].y),
                            };
                            let off = gap(straight, Geodesic::destination(a, bearing, length * t));
                            assert!(off.to_m() < 1.001, "{from:?} {to:?} {edges:?}: {off:?}");
                        }
                    }
                }
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
