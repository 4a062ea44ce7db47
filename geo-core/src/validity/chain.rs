//! A line or ring as reading takes it, and what is wrong with it by itself.

use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo_types::Coord;

use super::problem::{Findings, Place, Problem, ProblemKind};
use crate::geometry::shape::{over_the_pole, running_on, signed_area};

/// A line or ring whose longitudes run on, without repeated positions; a ring without its first
/// position at the end.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) corners: Vec<Coord>,
    /// The place of each corner in the file.
    pub(super) positions: Vec<usize>,
    /// Once around a pole, and closed over it.
    pub(super) around_pole: bool,
}

impl Chain {
    /// A line; `None` when it has fewer than two different positions.
    pub(super) fn line(coords: &[Coord], place: Place, findings: &mut Findings) -> Option<Self> {
        if coords.is_empty() {
            findings.add(Problem::new(ProblemKind::Empty, "the line is empty").in_place(place));
            return None;
        }
        let line = Self::running(coords, place, findings);
        if line.corners.len() < 2 {
            let what = "a line needs two different positions";
            findings.add(
                Problem::new(ProblemKind::TooShort, what).in_place(place).near(line.corners[0]),
            );
            return None;
        }
        Some(line)
    }

    /// A ring, closed where it is not; `None` when it holds no area.
    pub(super) fn ring(coords: &[Coord], place: Place, findings: &mut Findings) -> Option<Self> {
        let (Some(&first), Some(&last)) = (coords.first(), coords.last()) else {
            findings.add(Problem::new(ProblemKind::Empty, "the ring is empty").in_place(place));
            return None;
        };
        let mut ring = Self::running(coords, place, findings);
        let closed = coords.len() > 1
            && (first == last || (first.y == last.y && (first.x - last.x).abs() == 360.0));
        let short = if closed { ring.corners.len() < 4 } else { ring.corners.len() < 3 };
        if short {
            let different = ring.corners.len() - usize::from(closed && ring.corners.len() > 1);
            let count = if different == 1 { "1 position" } else { "2 positions" };
            let what = format!("a ring needs three different positions, this one has {count}");
            findings.add(Problem::new(ProblemKind::TooShort, what).in_place(place).near(first));
            return None;
        }
        if !closed {
            let what = format!(
                "the ring is not closed: it starts at ({}, {}) and ends at ({}, {})",
                first.x, first.y, last.x, last.y
            );
            let place = place.at(coords.len() - 1);
            findings.add(Problem::new(ProblemKind::RingNotClosed, what).in_place(place).near(last));
            let end = ring.corners[ring.corners.len() - 1];
            ring.corners.push(Coord { x: running_on(first.x, last.x, end.x), y: first.y });
            ring.positions.push(0);
        }
        let ends = (ring.corners[0], ring.corners[ring.corners.len() - 1]);
        if ends.0.x != ends.1.x && ends.0.y == ends.1.y {
            let count = ring.corners.len();
            ring.corners = over_the_pole(ring.corners);
            ring.around_pole = ring.corners.len() > count;
            ring.positions.resize(ring.corners.len(), coords.len() - 1);
        }
        if ring.around_pole {
            let what = "the ring goes around a pole: programs that know only the plane take it for \
                        another area, or for none";
            findings.add(Problem::new(ProblemKind::AroundPole, what).in_place(place).near(first));
        }
        ring.corners.pop();
        ring.positions.pop();
        if ring.is_straight() {
            let what = "the ring has no area: its positions lie on one line";
            findings
                .add(Problem::new(ProblemKind::RingWithoutArea, what).in_place(place).near(first));
            return None;
        }
        for (corner, &tip) in ring.corners.iter().enumerate() {
            if ring.is_spike(corner) {
                let what = "the ring goes to this position and straight back";
                let place = place.at(ring.positions[corner]);
                findings.add(Problem::new(ProblemKind::Spike, what).in_place(place).near(tip));
            }
        }
        Some(ring)
    }

    fn running(coords: &[Coord], place: Place, findings: &mut Findings) -> Self {
        let mut chain = Self { corners: Vec::new(), positions: Vec::new(), around_pole: false };
        chain.corners.reserve(coords.len());
        chain.positions.reserve(coords.len());
        let mut before = coords[0].x;
        for (position, &Coord { x, y }) in coords.iter().enumerate() {
            let at = Coord { x, y };
            let Some(&last) = chain.corners.last() else {
                chain.corners.push(at);
                chain.positions.push(position);
                continue;
            };
            let next = Coord { x: running_on(x, before, last.x), y };
            let step = (x - before).abs();
            if step > 180.0 && step != 360.0 {
                let what = format!(
                    "the edge from ({before}, {}) jumps by {step}°: it is read the short way, over \
                     ±180°",
                    last.y
                );
                let problem = Problem::new(ProblemKind::CrossesAntimeridian, what);
                findings.add(problem.in_place(place.at(position)).near(at));
            }
            before = x;
            if next == last {
                let what = "the position is that before it";
                let problem = Problem::new(ProblemKind::RepeatedPosition, what);
                findings.add(problem.in_place(place.at(position)).near(at));
                continue;
            }
            chain.corners.push(next);
            chain.positions.push(position);
        }
        chain
    }

    /// A ring of these corners, in no file.
    pub(super) fn made(corners: Vec<Coord>) -> Self {
        Self { positions: (0..corners.len()).collect(), corners, around_pole: false }
    }

    /// The ring without its spikes; `None` when nothing is left of it.
    pub(super) fn without_spikes(self) -> Option<Self> {
        if !(0..self.corners.len()).any(|corner| self.is_spike(corner)) {
            return Some(self);
        }
        let Self { corners, positions, around_pole } = self;
        let mut kept: Vec<(Coord, usize)> = Vec::with_capacity(corners.len());
        for next in corners.into_iter().zip(positions) {
            kept.push(next);
            unspike(&mut kept);
        }
        // Over the start of the ring.
        let mut left = kept.len();
        while kept.len() >= 3 && left > 0 {
            kept.rotate_left(1);
            let before = kept.len();
            unspike(&mut kept);
            left = if kept.len() < before { kept.len() } else { left - 1 };
        }
        let (corners, positions) = kept.into_iter().unzip();
        let ring = Self { corners, positions, around_pole };
        (ring.corners.len() >= 3 && !ring.is_straight()).then_some(ring)
    }

    /// The corner after a corner of a ring.
    pub(super) fn next(&self, corner: usize) -> usize {
        if corner + 1 == self.corners.len() { 0 } else { corner + 1 }
    }

    /// The corner before a corner of a ring.
    pub(super) fn previous(&self, corner: usize) -> usize {
        corner.checked_sub(1).unwrap_or(self.corners.len() - 1)
    }

    /// Whether a ring goes to a corner and straight back.
    pub(super) fn is_spike(&self, corner: usize) -> bool {
        let [before, tip, after] =
            [self.previous(corner), corner, self.next(corner)].map(|corner| self.corners[corner]);
        turns_back(before, tip, after)
    }

    fn is_straight(&self) -> bool {
        let (first, second) = (self.corners[0], self.corners[1]);
        let rest = &self.corners[2..];
        rest.iter().all(|&c| RobustKernel::orient2d(first, second, c) == Orientation::Collinear)
    }

    /// Twice the area of a ring in the lon/lat plane, positive when counter-clockwise.
    pub(super) fn turning(&self) -> f64 {
        // The edge back to the first corner adds nothing: areas are taken from that corner.
        signed_area(&self.corners)
    }

    /// Its least and greatest longitude.
    pub(super) fn extent(&self) -> (f64, f64) {
        let lon = self.corners.iter().map(|c| c.x);
        lon.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    }

    /// The chain a number of degrees to the east.
    pub(super) fn shifted(&self, by: f64) -> Self {
        let mut chain = self.clone();
        if by != 0.0 {
            for corner in &mut chain.corners {
                corner.x += by;
            }
        }
        chain
    }
}

/// Whether a way to a position goes straight back from it.
pub(super) fn turns_back(before: Coord, tip: Coord, after: Coord) -> bool {
    let (to, from) = (before - tip, after - tip);
    RobustKernel::orient2d(before, tip, after) == Orientation::Collinear
        && to.x * from.x + to.y * from.y > 0.0
}

/// Takes the tips of spikes from the end of a chain.
fn unspike(kept: &mut Vec<(Coord, usize)>) {
    loop {
        match kept[..] {
            [.., (before, _), (last, _)] if before == last => {
                kept.pop();
            }
            [.., (before, _), (tip, _), (after, _)] if turns_back(before, tip, after) => {
                kept.remove(kept.len() - 2);
            }
            _ => return,
        }
    }
}
