//! Where the edges of rings meet, and whether they cross there.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo::line_intersection::{LineIntersection, line_intersection};
use geo_types::{Coord, Line};

use super::chain::Chain;
use super::problem::Place;
use crate::geometry::runs::Runs;

/// A ring among others.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    pub(super) chain: Chain,
    pub(super) place: Place,
    /// Which polygon it is of.
    pub(super) polygon: usize,
    /// 0 for the exterior.
    pub(super) number: usize,
    /// A copy a turn to the west of a ring that runs on over ±180°.
    pub(super) copy: bool,
    /// Not to be compared with others.
    pub(super) alone: bool,
}

impl Ring {
    /// Whether it is to be compared with another: copies are not, where the rings are.
    pub(super) fn faces(&self, other: &Self) -> bool {
        !(self.copy && other.copy)
            && !(self.polygon == other.polygon && (self.copy || other.copy))
            && !(self.alone || other.alone)
    }
}

/// Where on a ring: at a corner, or between one and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    Corner(usize),
    Edge(usize),
}

impl Node {
    /// The first corner of it.
    pub(super) fn corner(self) -> usize {
        match self {
            Self::Corner(corner) | Self::Edge(corner) => corner,
        }
    }
}

/// How edges of two rings, or of one, meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum How {
    /// They go through one another.
    Cross,
    /// They share a stretch.
    Along,
    /// They share a position, and stay on their sides.
    Touch,
}

/// A place where two rings meet, or one meets itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    /// The rings, in rising order, and where on them.
    pub(super) rings: [usize; 2],
    pub(super) nodes: [Node; 2],
    pub(super) how: How,
    pub(super) at: Coord,
}

/// The edges of rings, searched by place.
pub(super) struct Edges<'a> {
    pub(super) rings: &'a [Ring],
    lines: Vec<Line>,
    /// The ring and the corner from which each edge goes.
    of: Vec<(usize, usize)>,
}

impl<'a> Edges<'a> {
    /// Rings that lie near each other come after one another, as boxes around runs of edges want it.
    pub(super) fn new(rings: &'a [Ring]) -> Self {
        let mut order: Vec<usize> = (0..rings.len()).collect();
        order.sort_by_cached_key(|&ring| nearness(rings[ring].chain.corners[0]));
        let count = rings.iter().map(|ring| ring.chain.corners.len()).sum();
        let (mut lines, mut of) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for ring in order {
            let chain = &rings[ring].chain;
            for (corner, &from) in chain.corners.iter().enumerate() {
                lines.push(Line::new(from, chain.corners[chain.next(corner)]));
                of.push((ring, corner));
            }
        }
        Self { rings, lines, of }
    }

    pub(super) fn runs(&self) -> Runs<'_> {
        Runs::new(&self.lines)
    }

    /// Every meeting; `None` when there are more than `most`. Neighbours meet in their corner, and
    /// spikes along a stretch: neither is told. About n log n, and the meetings.
    pub(super) fn meetings(&self, runs: &Runs<'_>, most: usize) -> Option<Vec<Meeting>> {
        let found = RefCell::new(Vec::new());
        let touched = RefCell::new(BTreeSet::new());
        let count = Cell::new(0_usize);
        let too_many = runs.meeting(|one, other| {
            let (a, b) = if self.of[one] <= self.of[other] { (one, other) } else { (other, one) };
            let meeting = self.meeting(a, b)?;
            let key = (meeting.rings, meeting.nodes);
            if meeting.how == How::Touch && !touched.borrow_mut().insert(key) {
                return None;
            }
            found.borrow_mut().push(meeting);
            count.set(count.get() + 1);
            (count.get() > most).then_some(())
        });
        if too_many.is_some() {
            return None;
        }
        let mut found = found.into_inner();
        for meeting in found.iter_mut().filter(|meeting| meeting.how == How::Touch) {
            meeting.how = self.crossing(meeting);
        }
        found.sort_by_key(|meeting| (meeting.rings, meeting.nodes));
        Some(found)
    }

    fn meeting(&self, a: usize, b: usize) -> Option<Meeting> {
        let ((first, from), (second, to)) = (self.of[a], self.of[b]);
        let rings = [&self.rings[first], &self.rings[second]];
        let chain = &rings[0].chain;
        let apart = if first == second {
            // Neighbours; and what a copy does with itself is known.
            chain.next(from) == to || chain.next(to) == from || rings[0].copy
        } else {
            !rings[0].faces(rings[1])
        };
        if apart {
            return None;
        }
        let lines = [self.lines[a], self.lines[b]];
        let (how, at) = match line_intersection(lines[0], lines[1])? {
            LineIntersection::SinglePoint { intersection, is_proper: true } => {
                (How::Cross, intersection)
            }
            LineIntersection::SinglePoint { intersection, .. } => (How::Touch, intersection),
            LineIntersection::Collinear { intersection: along } if along.start == along.end => {
                (How::Touch, along.start)
            }
            LineIntersection::Collinear { intersection } => (How::Along, intersection.start),
        };
        let node = |ring: &Ring, corner: usize, line: Line| {
            if how != How::Touch {
                Node::Edge(corner)
            } else if at == line.start {
                Node::Corner(corner)
            } else if at == line.end {
                Node::Corner(ring.chain.next(corner))
            } else {
                Node::Edge(corner)
            }
        };
        let nodes = [node(rings[0], from, lines[0]), node(rings[1], to, lines[1])];
        let (rings, nodes) = if first == second && nodes[1] < nodes[0] {
            ([first, second], [nodes[1], nodes[0]])
        } else {
            ([first, second], nodes)
        };
        Some(Meeting { rings, nodes, how, at })
    }

    /// How rings go on from a position that they share.
    fn crossing(&self, meeting: &Meeting) -> How {
        let [one, other] = [0, 1].map(|side| self.ends(meeting.rings[side], meeting.nodes[side]));
        let at = meeting.at;
        let along = one.iter().any(|&a| other.iter().any(|&b| same_way(at, a, b)));
        if along {
            // Both share a stretch that ends here: that is told, too.
            return How::Touch;
        }
        let between = other.map(|end| in_sector(at, one[1], one[0], end));
        if between[0] == between[1] { How::Touch } else { How::Cross }
    }

    /// Where a ring comes from and goes to at a node.
    pub(super) fn ends(&self, ring: usize, node: Node) -> [Coord; 2] {
        let chain = &self.rings[ring].chain;
        let ends = match node {
            Node::Corner(corner) => [chain.previous(corner), chain.next(corner)],
            Node::Edge(corner) => [corner, chain.next(corner)],
        };
        ends.map(|corner| chain.corners[corner])
    }

    /// The rings that hold a position, which lies on none of them.
    pub(super) fn around(&self, runs: &Runs<'_>, at: Coord) -> BTreeSet<usize> {
        let mut holding = BTreeSet::new();
        let (mut low, mut high) = (at, at);
        // Eastwards for as far as there is anything.
        (low.x, high.x) = (at.x, f64::INFINITY);
        runs.in_box(low, high, &mut |edge| {
            let Line { start, end } = self.lines[edge];
            if (start.y > at.y) == (end.y > at.y) {
                return;
            }
            let left = RobustKernel::orient2d(start, end, at) == Orientation::CounterClockwise;
            if left == (end.y > start.y) {
                let ring = self.of[edge].0;
                if !holding.remove(&ring) {
                    holding.insert(ring);
                }
            }
        });
        holding
    }
}

/// Whether `a` and `b` lie in one direction from `at`.
pub(super) fn same_way(at: Coord, a: Coord, b: Coord) -> bool {
    let (to, and) = (a - at, b - at);
    RobustKernel::orient2d(at, a, b) == Orientation::Collinear && to.x * and.x + to.y * and.y > 0.0
}

/// Whether `end` lies between the directions from `at` to `from` and, counter-clockwise, to `to`; on
/// neither of them.
pub(super) fn in_sector(at: Coord, from: Coord, to: Coord, end: Coord) -> bool {
    let left = |a: Coord, b: Coord| RobustKernel::orient2d(at, a, b);
    match left(from, to) {
        Orientation::CounterClockwise => {
            left(from, end) == Orientation::CounterClockwise
                && left(end, to) == Orientation::CounterClockwise
        }
        Orientation::Clockwise => {
            left(from, end) == Orientation::CounterClockwise
                || left(end, to) == Orientation::CounterClockwise
        }
        // Straight on; or a spike, which nothing lies in.
        Orientation::Collinear => {
            !same_way(at, from, to) && left(from, end) == Orientation::CounterClockwise
        }
    }
}

/// A number that is near for what lies near, as G. M. Morton's order has it (IBM, 1966).
fn nearness(at: Coord) -> u64 {
    let spread = |value: f64| {
        let mut bits = (((value + 720.0) / 1440.0).clamp(0.0, 1.0) * f64::from(u32::MAX)) as u64;
        for (shift, mask) in [
            (16, 0x0000_ffff_0000_ffff),
            (8, 0x00ff_00ff_00ff_00ff),
            (4, 0x0f0f_0f0f_0f0f_0f0f),
            (2, 0x3333_3333_3333_3333),
            (1, 0x5555_5555_5555_5555),
        ] {
            bits = (bits | (bits << shift)) & mask;
        }
        bits
    };
    spread(at.x) | (spread(at.y) << 1)
}
