//! The points and edges of a shape in earth-centred metres, in runs that can be skipped.

use geo_types::Coord;

use super::Geodesic;
use super::ecef::{AXIS_POINTS, Ecef, EcefBox, bulge, chord, dot, ground_at_most, to_ecef};
use super::inside::holds;
use super::seam::real_edges;
use crate::geometry::{LonLat, Shape};

/// Edges and runs to a run: wide enough that few boxes are kept, narrow enough that they prune.
pub(crate) const RUN: usize = 8;

/// Longer edges are cut, so that their bulge stays below 8 m.
const LONGEST_EDGE: f64 = 20_000.0;

/// A piece of the outline: an edge of at most 20 km, or a point (both ends the same).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) from: Coord,
    pub(crate) to: Coord,
    /// The edge of the shape that this is a piece of: exact where it is straight in lon/lat.
    pub(crate) whole: (Coord, Coord),
    /// The ends, earth-centred.
    pub(crate) ends: (Ecef, Ecef),
    /// How far the geodesic between the ends may leave their chord, metres.
    pub(crate) bulge: f64,
}

impl Edge {
    pub(crate) fn is_point(&self) -> bool {
        self.from == self.to
    }

    /// The box around the geodesic.
    pub(crate) fn bounds(&self) -> EcefBox {
        EcefBox::around(self.ends.0, self.ends.1, self.bulge)
    }
}

/// What of a shape can be nearest to something outside it, or meet something: its points, lines
/// and boundaries, without the seams at which a ring over a pole or at ±180° is cut.
///
/// Neighbouring edges of a boundary are neighbours on the ground, so that boxes around runs of
/// [`RUN`] of them, and around runs of runs, make a search tree without any sorting.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    edges: Vec<Edge>,
    /// `levels[0]` holds a box for each [`RUN`] edges, each further level one for each [`RUN`]
    /// boxes of the level before; the last level has one box, or there is none at all.
    levels: Vec<Vec<EcefBox>>,
    bounds: EcefBox,
}

impl Outline {
    /// Cost: about 50 ns for each position of the shape.
    pub(crate) fn of(shape: &Shape) -> Self {
        let mut edges = Vec::new();
        let mut points: Vec<Coord> = shape.points().iter().map(|p| p.0).collect();
        bring_neighbours_together(&mut points);
        for point in points {
            let at = to_ecef(point);
            let whole = (point, point);
            edges.push(Edge { from: point, to: point, whole, ends: (at, at), bulge: 0.0 });
        }
        let mut before: Option<(Coord, Ecef)> = None;
        for (from, to) in real_edges(shape) {
            let start = match before {
                Some((end, at)) if end == from => at,
                _ => to_ecef(from),
            };
            let end = to_ecef(to);
            before = Some((to, end));
            push_cut(&mut edges, from, to, (start, end));
        }
        let mut levels: Vec<Vec<EcefBox>> = Vec::new();
        let mut level: Vec<EcefBox> =
            edges.chunks(RUN).map(|run| merged(run.iter().map(Edge::bounds))).collect();
        while level.len() > 1 {
            let above = level.chunks(RUN).map(|run| merged(run.iter().copied())).collect();
            levels.push(std::mem::replace(&mut level, above));
        }
        levels.push(level);
        // The straight lon/lat edge may lie a tolerance beside the geodesic one.
        let around = levels.iter().rev().find_map(|top| top.first().copied());
        let mut bounds = around.unwrap_or(EcefBox::EMPTY).padded(Shape::EDGE_TOLERANCE.to_m());
        if shape.dimension() == 2 {
            for (degrees, at) in AXIS_POINTS {
                if holds(shape, degrees) {
                    bounds = bounds.merge(EcefBox::around(at, at, 0.0));
                }
            }
        }
        Self { edges, levels, bounds }
    }

    pub(crate) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// A box that the whole shape lies in, its inside and both meanings of its edges included.
    pub(crate) fn bounds(&self) -> EcefBox {
        self.bounds
    }

    /// The root of the runs; `None` for the one shape without a boundary, the whole earth.
    pub(crate) fn root(&self) -> Option<Node> {
        if self.edges.is_empty() {
            return None;
        }
        Some(Node { level: self.levels.len(), index: 0 })
    }

    /// The box of a node.
    pub(crate) fn node_bounds(&self, node: Node) -> EcefBox {
        match node.level.checked_sub(1) {
            None => self.edges[node.index].bounds(),
            Some(level) => self.levels[level][node.index],
        }
    }

    /// A position on a node, and how far along the ground, in metres, the node reaches from it.
    pub(crate) fn sample(&self, node: Node) -> (LonLat, f64) {
        let edge = &self.edges[node.index * RUN.pow(node.level as u32)];
        let bounds = self.node_bounds(node);
        let reach: Ecef = std::array::from_fn(|i| {
            let at = edge.ends.0[i];
            (at - bounds.low[i]).abs().max((bounds.high[i] - at).abs())
        });
        let reach = ground_at_most(dot(reach, reach).sqrt());
        (LonLat::wrap(edge.from.x, edge.from.y), reach)
    }

    /// The nodes below a node; nothing below an edge.
    pub(crate) fn children(&self, node: Node) -> impl Iterator<Item = Node> + use<> {
        let count = match node.level {
            0 => 0,
            1 => self.edges.len(),
            above => self.levels[above - 2].len(),
        };
        let first = node.index * RUN;
        let level = node.level.saturating_sub(1);
        (first..count.min(first + RUN)).map(move |index| Node { level, index })
    }
}

/// The box of a shape's outline and inside, without the outline; `None` where that is not told from
/// the ends of its edges: of long edges, and of areas that may hold an end of an axis.
pub(crate) fn quick_bounds(shape: &Shape) -> Option<EcefBox> {
    let mut around = EcefBox::EMPTY;
    let mut longest: f64 = 0.0;
    let chains = shape.chains().map(|chain| chain.0.as_slice());
    for part in shape.points().iter().map(|p| std::slice::from_ref(&p.0)).chain(chains) {
        let north = part[0].y > 0.0;
        let mut before = to_ecef(part[0]);
        for &position in part {
            // Axes end on the equator and at the poles, which an area that holds them has a corner at.
            if (position.y > 0.0) != north || position.y == 0.0 || position.y.abs() == 90.0 {
                return None;
            }
            let at = to_ecef(position);
            longest = longest.max(chord(before, at));
            around = around.merge(EcefBox { low: at, high: at });
            before = at;
        }
    }
    (longest <= LONGEST_EDGE).then(|| around.padded(bulge(longest) + Shape::EDGE_TOLERANCE.to_m()))
}

/// An edge (level 0) or a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Node {
    pub(crate) level: usize,
    pub(crate) index: usize,
}

fn merged(boxes: impl Iterator<Item = EcefBox>) -> EcefBox {
    boxes.fold(EcefBox::EMPTY, EcefBox::merge)
}

/// Adds an edge, cut along its geodesic when it is long.
fn push_cut(edges: &mut Vec<Edge>, from: Coord, to: Coord, ends: (Ecef, Ecef)) {
    let length = chord(ends.0, ends.1);
    if length <= LONGEST_EDGE {
        edges.push(Edge { from, to, whole: (from, to), ends, bulge: bulge(length) });
        return;
    }
    let (start, end) = (LonLat::wrap(from.x, from.y), LonLat::wrap(to.x, to.y));
    let (ground, bearing, _) = Geodesic::inverse(start, end);
    let pieces = (ground.to_m() * 1.001 / LONGEST_EDGE).ceil().max(2.0) as u32;
    let mut before = (from, ends.0);
    for piece in 1..=pieces {
        let next = if piece == pieces {
            (to, ends.1)
        } else {
            let part = f64::from(piece) / f64::from(pieces);
            let at: Coord = Geodesic::destination(start, bearing, ground * part).into();
            // Longitudes run on, as those of the shape do.
            let straight = from.x + part * (to.x - from.x);
            let x = at.x + 360.0 * ((straight - at.x) / 360.0).round();
            let at = Coord { x, y: at.y };
            (at, to_ecef(at))
        };
        let ends = (before.1, next.1);
        let bulge = bulge(chord(ends.0, ends.1));
        edges.push(Edge { from: before.0, to: next.0, whole: (from, to), ends, bulge });
        before = next;
    }
}

/// Orders points by halving them along the wider side of their box, so that neighbours in the
/// list are neighbours on the ground. About n log n.
fn bring_neighbours_together(points: &mut [Coord]) {
    if points.len() <= RUN {
        return;
    }
    let (mut low, mut high) = (points[0], points[0]);
    for p in points.iter() {
        low = Coord { x: low.x.min(p.x), y: low.y.min(p.y) };
        high = Coord { x: high.x.max(p.x), y: high.y.max(p.y) };
    }
    let wide = high.x - low.x > high.y - low.y;
    let middle = points.len() / 2;
    points.select_nth_unstable_by(middle, |a, b| {
        let (a, b) = if wide { ((a.x, a.y), (b.x, b.y)) } else { ((a.y, a.x), (b.y, b.x)) };
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    let (left, right) = points.split_at_mut(middle);
    bring_neighbours_together(left);
    bring_neighbours_together(right);
}
