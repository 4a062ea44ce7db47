//! The shortest line between two shapes.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use geo_types::Coord;
use geographiclib_rs::{DirectGeodesic, InverseGeodesic};

use super::Geodesic;
use super::contact::{Measured, contact};
use super::ecef::{
    Ecef, LARGEST_RADIUS, chord, foot, ground_at_least, ground_at_most, segment_chord,
};
use super::outline::{Edge, Node, Outline};
use super::short::ground;
use crate::geometry::{LonLat, Shape};
use crate::unit::Length;

/// How near two shapes come, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// The distance on the ellipsoid; zero when the shapes share a point.
    pub distance: Length,
    /// The nearest position of the first shape.
    pub from: LonLat,
    /// The nearest position of the second shape.
    pub to: LonLat,
}

impl Nearest {
    /// Where two shapes share a position.
    pub(crate) fn at(position: Coord) -> Self {
        let at = LonLat::wrap(position.x, position.y);
        Self { distance: Length::ZERO, from: at, to: at }
    }

    /// The shortest line between two points, each in degrees (its longitude in ±180) and earth-centred.
    pub(crate) fn of_points(from: (Coord, Ecef), to: (Coord, Ecef)) -> Self {
        let [start, end] = [from.0, to.0].map(|at| LonLat::wrap(at.x, at.y));
        let distance = match ground(from.1, to.1) {
            Some(metres) => Length::m(metres),
            None => Geodesic::distance(start, end),
        };
        if distance.to_m() < TOUCH {
            return Self::at(from.0);
        }
        Self { distance, from: start, to: end }
    }

    /// The same line seen from the other end.
    pub fn reversed(self) -> Self {
        Self { distance: self.distance, from: self.to, to: self.from }
    }
}

/// Shapes nearer than this, in metres, touch: the rounding of a position is finer, no survey is.
pub(crate) const TOUCH: f64 = 1e-4;

/// Beyond this, in metres, a chord says little about the ground, and a geodesic between samples
/// of two nodes, less what the nodes reach from them, says more.
const FAR: f64 = 3e6;

/// Another pair of edges is looked at only when it can be nearer by this, in metres.
const GAIN: f64 = 1e-3;

impl Geodesic {
    /// The shortest distance between two shapes of any kind: zero when they share a point, be it
    /// that one lies in the other.
    ///
    /// Error: some nanometres between two points, 2 mm otherwise, for edges read as geodesics;
    /// shapes nearer than 0.1 mm touch. Cost: about 0.1 µs for each position of both shapes, and
    /// some microseconds for each edge that may be the nearest.
    ///
    /// ```
    /// use geo_types::line_string;
    /// use tumen_geo_core::{EdgeModel, LonLat, Shape, measure::Geodesic};
    /// // From Hunchun to the lowest stretch of the Tumen river, as a straight line.
    /// let river = line_string![(x: 130.6, y: 42.42), (x: 130.7, y: 42.29)];
    /// let river = Shape::new(river.into(), EdgeModel::Geodesic)?;
    /// let hunchun = Shape::point(LonLat::new(130.366, 42.862)?);
    /// let distance = Geodesic::distance_between(&hunchun, &river);
    /// assert!((distance.to_km() - 52.7).abs() < 0.1, "{distance:?}");
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn distance_between(a: &Shape, b: &Shape) -> Length {
        Self::nearest(a, b).distance
    }

    /// The shortest line between two shapes: the distance as [`Geodesic::distance_between`] has
    /// it, and the positions at its ends. When the shapes share a point, both ends are one that
    /// they share.
    pub fn nearest(a: &Shape, b: &Shape) -> Nearest {
        let (left, right) = (Outline::of(a), Outline::of(b));
        let a = Measured { shape: a, outline: &left };
        let b = Measured { shape: b, outline: &right };
        // Only the whole earth has no outline, and it shares a point with everything.
        nearest_within(a, b, f64::INFINITY).unwrap_or(Nearest {
            distance: Length::ZERO,
            from: LonLat::wrap(0.0, 0.0),
            to: LonLat::wrap(0.0, 0.0),
        })
    }
}

/// The shortest line between two shapes, or `None` when it is longer than `limit` metres.
pub(crate) fn nearest_within(a: Measured<'_>, b: Measured<'_>, limit: f64) -> Option<Nearest> {
    if ground_at_least(a.outline.bounds().chord(&b.outline.bounds())) > limit {
        return None;
    }
    if let Some(at) = contact(a, b) {
        return Some(Nearest { distance: Length::ZERO, from: at, to: at });
    }
    let (found, _) = between_outlines(a.outline, b.outline, limit)?;
    if found.distance.to_m() < TOUCH {
        return Some(Nearest { distance: Length::ZERO, from: found.from, to: found.from });
    }
    Some(found)
}

/// Two nodes that may hold the nearest edges; the heap yields the least bound first.
struct Candidate {
    /// The ground between them is at least this far, metres.
    at_least: f64,
    nodes: (Node, Node),
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at_least.total_cmp(&self.at_least).then(other.nodes.cmp(&self.nodes))
    }
}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Candidate {}

/// Best first over both trees: the pair of nodes with the least bound is opened, pairs of edges
/// are measured, and the search ends when no bound is below what was found. With the shortest line
/// come the places of the two edges that it joins.
pub(super) fn between_outlines(
    a: &Outline,
    b: &Outline,
    limit: f64,
) -> Option<(Nearest, [usize; 2])> {
    let nodes = (a.root()?, b.root()?);
    let mut open = BinaryHeap::from([Candidate { at_least: 0.0, nodes }]);
    let mut best: Option<Nearest> = None;
    let mut edges = [0; 2];
    // No nearest line is longer than this: what is surely longer need not be kept.
    let mut at_most = limit;
    while let Some(Candidate { at_least, nodes: (left, right) }) = open.pop() {
        if best.is_some_and(|best| at_least > best.distance.to_m() - GAIN) {
            break;
        }
        if left.level == 0 && right.level == 0 {
            let below = best.map_or(f64::INFINITY, |best| best.distance.to_m());
            let found = between_edges(&a.edges()[left.index], &b.edges()[right.index], below);
            if best.is_none_or(|best| found.distance < best.distance) {
                best = Some(found);
                edges = [left.index, right.index];
                at_most = at_most.min(found.distance.to_m());
            }
            continue;
        }
        let (left_side, right_side) =
            (a.node_bounds(left).longest_side(), b.node_bounds(right).longest_side());
        let mut push = |left: Node, right: Node| {
            let chord = if left.level == 0 && right.level == 0 {
                let (mine, theirs) = (&a.edges()[left.index], &b.edges()[right.index]);
                at_most = at_most.min(ground_at_most(chord(mine.ends.0, theirs.ends.0)));
                segment_chord(mine.ends, theirs.ends) - mine.bulge - theirs.bulge
            } else {
                a.node_bounds(left).chord(&b.node_bounds(right))
            };
            let mut at_least = ground_at_least(chord);
            if at_least > FAR && at_least <= at_most {
                let ((mine, reach), (theirs, their_reach)) = (a.sample(left), b.sample(right));
                let ground = Geodesic::distance(mine, theirs).to_m();
                at_most = at_most.min(ground);
                at_least = at_least.max(ground - reach - their_reach);
            }
            if at_least <= at_most {
                open.push(Candidate { at_least, nodes: (left, right) });
            }
        };
        if right.level == 0 || (left.level > 0 && left_side >= right_side) {
            a.children(left).for_each(|child| push(child, right));
        } else {
            b.children(right).for_each(|child| push(left, child));
        }
    }
    best.filter(|best| best.distance.to_m() <= limit).map(|best| (best, edges))
}

/// The shortest line between two edges that do not cross, where it is shorter than `below`
/// metres: on a surface curved like the earth it ends at a corner of one of them.
fn between_edges(a: &Edge, b: &Edge, below: f64) -> Nearest {
    let mut best = corner_to_edge(a, b, below);
    if !(a.is_point() && b.is_point()) {
        let other = corner_to_edge(b, a, below.min(best.distance.to_m())).reversed();
        if other.distance < best.distance {
            best = other;
        }
    }
    best
}

/// The shortest line from a corner of `a` to `b`, where it is shorter than `below` metres.
fn corner_to_edge(a: &Edge, b: &Edge, below: f64) -> Nearest {
    let from_start = position_to_edge(LonLat::wrap(a.from.x, a.from.y), a.ends.0, b, below);
    if a.is_point() {
        return from_start;
    }
    let below = below.min(from_start.distance.to_m());
    let from_end = position_to_edge(LonLat::wrap(a.to.x, a.to.y), a.ends.1, b, below);
    if from_end.distance < from_start.distance { from_end } else { from_start }
}

/// The shortest line from a position to an edge read as a geodesic, to a millimetre, where it is
/// shorter than `below` metres; a longer one otherwise.
///
/// Along the edge the distance grows by the cosine of the angle between the edge and the line to
/// the position; the step to where that angle is right is the one of the sphere (S. Baselga and
/// J. C. Martínez-Llario, Intersection and point-to-line solutions for geodesics on the ellipsoid,
/// Stud. Geophys. Geod. 62, 2018, 353–363), kept between the last positions on either side.
fn position_to_edge(position: LonLat, at: Ecef, edge: &Edge, below: f64) -> Nearest {
    const CLOSE_ENOUGH: f64 = 5e-4;
    const HALVED_ENOUGH: f64 = 50.0;
    const MOST_STEPS: u32 = 60;
    let ellipsoid = Geodesic::ellipsoid();
    let start = LonLat::wrap(edge.from.x, edge.from.y);
    if edge.is_point() {
        return Nearest {
            distance: Geodesic::distance(position, start),
            from: position,
            to: start,
        };
    }
    let mut best = Nearest { distance: Length::m(f64::INFINITY), from: position, to: start };
    let part = foot(at, edge.ends.0, edge.ends.1);
    let straight =
        std::array::from_fn(|i| edge.ends.0[i] + part * (edge.ends.1[i] - edge.ends.0[i]));
    if ground_at_least(chord(at, straight) - edge.bulge) > below {
        return best;
    }
    let end = LonLat::wrap(edge.to.x, edge.to.y);
    let (length, bearing, _) = Geodesic::inverse(start, end);
    let (length, bearing) = (length.to_m(), bearing.to_degrees());
    // The distance at `t` metres along the edge, and by how much it grows for each further metre.
    let mut measure = |t: f64| {
        let (lat, lon, edge_bearing): (f64, f64, f64) =
            ellipsoid.direct(start.lat(), start.lon(), bearing, t);
        let (distance, _, line_bearing, _): (f64, f64, f64, f64) =
            ellipsoid.inverse(position.lat(), position.lon(), lat, lon);
        if distance < best.distance.to_m() {
            best.distance = Length::m(distance);
            best.to = LonLat::wrap(lon, lat);
        }
        (distance, (line_bearing - edge_bearing).to_radians().cos())
    };
    let (mut low, mut high) = (0.0, length);
    let mut t = length * part;
    let mut beyond = false;
    for _ in 0..MOST_STEPS {
        let (distance, growth) = measure(t);
        if growth < 0.0 {
            low = t;
        } else {
            high = t;
        }
        let angle = distance / LARGEST_RADIUS;
        beyond = angle > 1.5;
        // The distance lies above its tangent, or above a line that falls by all it can.
        let steepest = if beyond { 1.0 } else { growth.abs() };
        if distance - steepest * (high - low) > below {
            break;
        }
        let (next, enough) = if beyond {
            // Near a quarter of the earth's girth the distance hardly bends: halving will do.
            (f64::midpoint(low, high), HALVED_ENOUGH)
        } else {
            let step = LARGEST_RADIUS * (angle.tan() * growth).atan();
            ((t - step).clamp(low, high), CLOSE_ENOUGH)
        };
        if (next - t).abs() < enough || distance < CLOSE_ENOUGH {
            break;
        }
        t = next;
    }
    // Beyond that quarter it bends the other way, and its least value is at a corner.
    if beyond {
        measure(0.0);
        measure(length);
    }
    best
}
