//! What a place costs because of the obstacles.

use super::grid::Grid;
use super::segment::{Leader, bounds, length_inside, touch};
use super::{Candidate, Obstacles};
use crate::scene::{Point, Rect};

/// A leader line over a soft box costs this share of covering it.
const OVER_SOFT: f64 = 0.5;
/// A leader line over a line costs as much as a box that covers this much of it, pt.
const OVER_LINE_PT: f64 = 4.0;
/// How far the start of a leader line may lie outside of the symbol that it belongs to, pt: what
/// rounding does.
const AT_SYMBOL_PT: f32 = 0.02;

/// The obstacles, to find those in the way of a place.
pub(super) struct Costs<'a> {
    obstacles: &'a Obstacles,
    hard: Grid,
    soft: Grid,
    lines: Grid,
    /// The segments of all lines: ends, cost per pt.
    segments: Vec<(Point, Point, f64)>,
}

impl<'a> Costs<'a> {
    pub(super) fn new(page: &Rect, obstacles: &'a Obstacles) -> Self {
        let (mut hard, mut soft) = (Grid::new(page), Grid::new(page));
        obstacles.hard.iter().enumerate().for_each(|(i, rect)| hard.insert(i, rect));
        obstacles.soft.iter().enumerate().for_each(|(i, (rect, _))| soft.insert(i, rect));
        let mut lines = Grid::new(page);
        let mut segments = Vec::new();
        for line in &obstacles.lines {
            for (a, b) in line.points.iter().zip(line.points.iter().skip(1)) {
                lines.insert(segments.len(), &bounds(*a, *b));
                segments.push((*a, *b, line.cost_per_pt));
            }
        }
        Self { obstacles, hard, soft, lines, segments }
    }

    /// The cost of `candidate` beyond its own, `None` if a hard obstacle is in the way.
    pub(super) fn of(&self, candidate: &Candidate) -> Option<f64> {
        let blocked = |rect: &Rect| self.hard.any(rect, |_, r| r.overlaps(rect));
        if candidate.boxes.iter().any(blocked) {
            return None;
        }
        let over_boxes: f64 = candidate.boxes.iter().map(|rect| self.of_box(rect)).sum();
        match &candidate.leader {
            Some(leader) => Some(over_boxes + self.of_leader(leader)?),
            None => Some(over_boxes),
        }
    }

    fn of_box(&self, rect: &Rect) -> f64 {
        let mut cost = 0.0;
        for i in self.soft.near(rect, |_, r| r.overlaps(rect)) {
            let (other, whole) = self.obstacles.soft[i];
            let width = rect.x1.min(other.x1) - rect.x0.max(other.x0);
            let height = rect.y1.min(other.y1) - rect.y0.max(other.y0);
            cost += whole * f64::from(width * height / (other.width() * other.height()));
        }
        for i in self.lines.near(rect, |_, r| touch(r, rect)) {
            let (a, b, per_pt) = self.segments[i];
            cost += per_pt * length_inside(rect, a, b);
        }
        cost
    }

    fn of_leader(&self, leader: &Leader) -> Option<f64> {
        let rect = leader.bounds();
        let start = bounds(leader.from, leader.from).expanded(AT_SYMBOL_PT);
        if self.hard.any(&rect, |_, r| leader.crosses(r) && !touch(r, &start)) {
            return None;
        }
        let mut cost = 0.0;
        for i in self.soft.near(&rect, |_, r| leader.crosses(r) && !touch(r, &start)) {
            cost += OVER_SOFT * self.obstacles.soft[i].1;
        }
        for i in self.lines.near(&rect, |_, r| touch(r, &rect)) {
            let (a, b, per_pt) = self.segments[i];
            if leader.meets(a, b) {
                cost += per_pt * OVER_LINE_PT;
            }
        }
        Some(cost)
    }
}
