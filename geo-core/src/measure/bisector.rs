//! The line of positions equally far from two others, and the ground on either side of it.
//!
//! On a sphere it is the great circle half way between them; on the ellipsoid it leaves that by up
//! to some tens of kilometres and is no geodesic. It is found where planes through the axis of the
//! great circle meet it, by safeguarded Newton steps on the difference of the two distances.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::Geodesic;
use super::ecef::{Ecef, SMALLEST_RADIUS, dot, minus, to_ecef};
use crate::error::Result;
use crate::geometry::{LonLat, Shape};
use crate::unit::Length;

/// The line is first looked at in so many pieces, of 313 km at most and 39 km at least: about the
/// distance of the sites, as what borders on a site is mostly as near as its neighbours.
const FEWEST_PIECES: i32 = 128;
const MOST_PIECES: i32 = 1024;

/// How far, in metres, an edge (a geodesic) may leave the line half way along it.
const TOLERANCE: f64 = 0.5;

/// Angles up to which the ground behind the line is taken as a box rather than up to the axis.
const LOW: f64 = 1.2;

/// A position is on the line when a step towards it is below this, metres.
const STEP: f64 = 1e-3;

/// The positions equally far from two sites.
///
/// Directions from the earth's centre: `across` from the first site to the second, `middle` half
/// way between them, `along` square to both. The line is `angle ↦ (middle cos + along sin) cos α +
/// across sin α` for the α, near zero, at which both sites are equally far.
pub(crate) struct Bisector {
    sites: [LonLat; 2],
    across: Ecef,
    middle: Ecef,
    along: Ecef,
    /// Half the angle between the sites.
    half: f64,
    pieces: i32,
}

impl Bisector {
    /// Of two different positions, at least a metre apart.
    pub(crate) fn new(first: LonLat, second: LonLat) -> Self {
        let (a, b) = (unit(to_ecef(first.into())), unit(to_ecef(second.into())));
        let difference = minus(b, a);
        let across = unit(difference);
        let sum = minus(b, a.map(|v| -v));
        // Antipodes have no middle; any direction square to the axis will do.
        let middle = if dot(sum, sum) > 1e-12 { unit(sum) } else { unit(square_to(across)) };
        let half = (dot(difference, difference).sqrt() / 2.0).min(1.0).asin();
        let mut pieces = FEWEST_PIECES;
        while pieces < MOST_PIECES && TAU / f64::from(pieces) > half {
            pieces *= 2;
        }
        let along = cross(across, middle);
        Self { sites: [first, second], across, middle, along, half, pieces }
    }

    /// The ground nearer to one of the sites (0 or 1) than to the other, or at least what of it is
    /// no farther than `reach` metres from the other. Its boundary along the line is the same
    /// whichever side is asked for, to within 1 m of the true line.
    ///
    /// Cost: some ten geodesics for each piece of the line, and a check of the ring.
    pub(crate) fn side(&self, of: usize, reach: f64) -> Result<Shape> {
        let last = self.pieces_within(reach);
        if last >= self.pieces / 2 - 2 {
            let mut ring = self.line(-self.pieces / 2, self.pieces / 2);
            ring.pop();
            return Shape::enclosing(&ring, self.sites[of]);
        }
        let mut ring = self.line(-last, last);
        let sign = if of == 0 { -1.0 } else { 1.0 };
        let piece = TAU / f64::from(self.pieces);
        let tilt = self.half.max(reach / SMALLEST_RADIUS) + piece;
        let end = piece * f64::from(last);
        if end.max(tilt) < LOW {
            // Behind the line a geodesic between equal tilts runs at greater ones.
            ring.extend([end, -end].map(|angle| self.tilted(angle, sign * tilt)));
        } else {
            ring.push(self.tilted(0.0, sign * FRAC_PI_2));
        }
        Shape::enclosing(&ring, self.sites[of])
    }

    /// How many pieces to either side of the middle hold all of the line, and of the ground behind
    /// it, that is within `reach` metres of the site in front; one more, for the flattening.
    ///
    /// For a position at `angle` and α ≥ 0 behind the line, cos d = cos α cos angle cos half −
    /// sin α sin half ≤ cos angle cos half while d is below a quarter turn.
    fn pieces_within(&self, reach: f64) -> i32 {
        let reach = reach / SMALLEST_RADIUS;
        if reach >= FRAC_PI_2 {
            return self.pieces / 2;
        }
        let angle = (reach.cos() / self.half.cos()).min(1.0).acos();
        (angle / (TAU / f64::from(self.pieces))).ceil() as i32 + 1
    }

    /// The line from the start of piece `first` to the start of piece `end`.
    fn line(&self, first: i32, end: i32) -> Vec<LonLat> {
        let start = |piece: i32| {
            let angle = TAU * f64::from(piece) / f64::from(self.pieces);
            (angle, self.at(angle))
        };
        let mut from = start(first);
        let mut line = vec![from.1];
        for piece in first + 1..=end {
            let to = start(piece);
            self.push_between(from, to, &mut line);
            from = to;
        }
        line
    }

    /// Pushes the positions after `from` up to and including `to`.
    fn push_between(&self, from: (f64, LonLat), to: (f64, LonLat), line: &mut Vec<LonLat>) {
        const LEAST_ANGLE: f64 = 1e-7;
        let angle = f64::midpoint(from.0, to.0);
        let middle = (angle, self.at(angle));
        if to.0 - from.0 > LEAST_ANGLE && beside(from.1, to.1, middle.1) > TOLERANCE {
            self.push_between(from, middle, line);
            self.push_between(middle, to, line);
        } else {
            line.push(to.1);
        }
    }

    /// The position at an angle along the great circle half way between the sites, tilted out of
    /// its plane towards the second.
    fn tilted(&self, angle: f64, tilt: f64) -> LonLat {
        let ((sin, cos), (across, level)) = (angle.sin_cos(), tilt.sin_cos());
        under(std::array::from_fn(|i| {
            (self.middle[i] * cos + self.along[i] * sin) * level + self.across[i] * across
        }))
    }

    /// The position on the line in a plane through its axis, to a millimetre or so.
    fn at(&self, angle: f64) -> LonLat {
        let mean = f64::midpoint(SMALLEST_RADIUS, super::ecef::LARGEST_RADIUS);
        // The first site is nearer below, the second above.
        let (mut low, mut high) = (-FRAC_PI_2, FRAC_PI_2);
        let mut tilt = 0.0;
        // Newton takes three steps; halving alone would take thirty.
        for _ in 0..60 {
            let at = self.tilted(angle, tilt);
            let [first, second] = self.sites.map(|site| Geodesic::distance(site, at).to_m());
            let excess = first - second;
            if excess > 0.0 {
                high = tilt;
            } else {
                low = tilt;
            }
            // On a sphere of radius R, d(first − second) / dα = 2 R sin(half) / sin(d / R).
            let far = (f64::midpoint(first, second) / mean).min(PI).sin().max(0.05);
            let step = excess * far / (2.0 * mean * self.half.sin());
            if (step * mean).abs() < STEP || (high - low) * mean < STEP {
                return self.tilted(angle, tilt - step);
            }
            let next = tilt - step;
            tilt = if low < next && next < high { next } else { f64::midpoint(low, high) };
        }
        self.tilted(angle, tilt)
    }
}

/// How far, in metres, a position lies beside the geodesic between two others.
fn beside(from: LonLat, to: LonLat, at: LonLat) -> f64 {
    let (distance, bearing, _) = Geodesic::inverse(from, at);
    let turn = bearing.to_radians() - Geodesic::bearing(from, to).to_radians();
    let angle = distance.to_m() / SMALLEST_RADIUS;
    Length::m(SMALLEST_RADIUS * (angle.sin() * turn.sin()).asin()).abs().to_m()
}

/// The position on the ellipsoid in a direction from the earth's centre.
fn under(direction: Ecef) -> LonLat {
    const AXES_SQUARED: f64 = 1.0 - super::ecef::ECCENTRICITY_SQUARED;
    let [x, y, z] = direction;
    let lat = z.atan2(AXES_SQUARED * x.hypot(y)).to_degrees();
    LonLat::wrap(y.atan2(x).to_degrees(), lat)
}

fn unit(v: Ecef) -> Ecef {
    let length = dot(v, v).sqrt();
    v.map(|x| x / length)
}

fn cross(a: Ecef, b: Ecef) -> Ecef {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// A direction square to another.
fn square_to(v: Ecef) -> Ecef {
    let axis = if v[2].abs() < 0.9 { [0.0, 0.0, 1.0] } else { [1.0, 0.0, 0.0] };
    cross(v, axis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::inside::holds;

    /// Farther from a site, nearly behind the earth, shortest lines to it begin to part, and the
    /// line has corners.
    const FARTHEST: Length = Length::km(19_000.0);

    const PAIRS: [[(f64, f64); 2]; 8] = [
        [(130.30, 42.25), (131.885, 43.115)],
        // At one latitude: the line runs over both poles.
        [(130.5, 42.5), (120.5, 42.5)],
        [(0.0, 10.0), (0.0, -10.0)],
        [(179.0, -16.0), (-178.0, -20.0)],
        [(130.0, 42.0), (-50.0, -41.0)],
        [(0.0, 0.0), (180.0, 0.0)],
        [(20.0, 89.0), (-150.0, 88.0)],
        [(130.366, 42.868), (130.366_5, 42.868)],
    ];

    /// Edges, at their quarters, are equally far from both sites: to a metre on the ground, which
    /// for near sites makes less of a difference of distances.
    #[test]
    fn the_line_is_equally_far() {
        for [a, b] in PAIRS.map(|pair| pair.map(|(lon, lat)| LonLat::wrap(lon, lat))) {
            let bisector = Bisector::new(a, b);
            let line = bisector.line(-bisector.pieces / 2, bisector.pieces / 2);
            for pair in line.windows(2) {
                let (length, bearing, _) = Geodesic::inverse(pair[0], pair[1]);
                for part in [0.0, 0.25, 0.5, 0.75] {
                    let at = Geodesic::destination(pair[0], bearing, length * part);
                    let (first, from_first, _) = Geodesic::inverse(at, a);
                    let (second, from_second, _) = Geodesic::inverse(at, b);
                    if first.max(second) > FARTHEST {
                        continue;
                    }
                    let parting = (from_first - from_second).to_radians() / 2.0;
                    let off = (first - second).abs().to_m() / (2.0 * parting.sin().abs());
                    assert!(off < 1.0, "{a} {b} {at}: {off} m");
                }
            }
        }
    }

    #[test]
    fn both_sides_are_the_earth_and_hold_what_is_nearer() {
        let mut seed = 7_u64;
        let mut random = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        for [a, b] in PAIRS.map(|pair| pair.map(|(lon, lat)| LonLat::wrap(lon, lat))) {
            let bisector = Bisector::new(a, b);
            for reach in [1e5, 3e6, 2.1e7] {
                let sides = [0, 1].map(|of| bisector.side(of, reach).unwrap());
                if reach > 2e7 {
                    let sum: f64 = sides.iter().map(|s| Geodesic::area(s).to_m2()).sum();
                    assert!((sum - 510_065_621_724_088.44).abs() < 10.0, "{a} {b} {sum}");
                }
                for (near, far) in [(0, 1), (1, 0)] {
                    for _ in 0..60 {
                        let bearing = crate::unit::Angle::degrees(random() * 360.0);
                        let away = Length::m(reach.min(1.9e7) * random());
                        let at = Geodesic::destination(bisector.sites[near], bearing, away);
                        let [to_near, to_far] =
                            [near, far].map(|site| Geodesic::distance(at, bisector.sites[site]));
                        if (to_near - to_far).abs().to_m() > 2.0 {
                            let beyond = holds(&sides[far], at.into());
                            assert_eq!(beyond, to_far < to_near, "{a} {b} {at}");
                        }
                    }
                }
            }
        }
    }
}
