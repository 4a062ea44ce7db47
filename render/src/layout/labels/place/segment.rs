//! Straight lines on the page: leader lines, and what they meet.

use crate::scene::{Point, Rect};

/// Space between a leader line and what it passes by, pt.
pub const LEADER_CLEAR_PT: f32 = 0.8;

/// A leader line, from the edge of a symbol to the nearest point of a label's box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leader {
    /// At the symbol.
    pub from: Point,
    /// At the label.
    pub to: Point,
}

impl Leader {
    /// The box around it and the space that it keeps clear.
    pub fn bounds(&self) -> Rect {
        bounds(self.from, self.to).expanded(LEADER_CLEAR_PT)
    }

    /// Whether it comes nearer to `rect` than [`LEADER_CLEAR_PT`].
    pub fn crosses(&self, rect: &Rect) -> bool {
        length_inside(&rect.expanded(LEADER_CLEAR_PT), self.from, self.to) > 0.0
    }

    /// Whether it has a point in common with the segment from `a` to `b`; a start that both share
    /// counts only if they run on together.
    pub fn meets(&self, a: Point, b: Point) -> bool {
        let side = |p: Point, q: Point, r: Point| {
            let (px, py) = (f64::from(p.x), f64::from(p.y));
            let (ax, ay) = (f64::from(q.x) - px, f64::from(q.y) - py);
            let (bx, by) = (f64::from(r.x) - px, f64::from(r.y) - py);
            (ax * by - ay * bx, ax * bx + ay * by)
        };
        if self.from == a {
            let (turn, along) = side(a, self.to, b);
            return turn == 0.0 && along > 0.0;
        }
        let between = |p: Point, q: Point, r: Point| {
            let rect = bounds(p, q);
            rect.x0 <= r.x && r.x <= rect.x1 && rect.y0 <= r.y && r.y <= rect.y1
        };
        let (c, d) = (self.from, self.to);
        let (s1, s2) = (side(c, d, a).0, side(c, d, b).0);
        let (s3, s4) = (side(a, b, c).0, side(a, b, d).0);
        let opposite = |u: f64, v: f64| (u > 0.0 && v < 0.0) || (u < 0.0 && v > 0.0);
        (opposite(s1, s2) && opposite(s3, s4))
            || (s1 == 0.0 && between(c, d, a))
            || (s2 == 0.0 && between(c, d, b))
            || (s3 == 0.0 && between(a, b, c))
            || (s4 == 0.0 && between(a, b, d))
    }
}

/// The box around a segment.
pub(super) fn bounds(a: Point, b: Point) -> Rect {
    Rect { x0: a.x.min(b.x), y0: a.y.min(b.y), x1: a.x.max(b.x), y1: a.y.max(b.y) }
}

/// Whether two boxes have a point in common, edges included: level and plumb segments have boxes
/// without inside.
pub(super) fn touch(a: &Rect, b: &Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

/// The length of the segment from `a` to `b` inside `rect`, pt (Liang and Barsky 1984, "A new concept
/// and method for line clipping").
pub(super) fn length_inside(rect: &Rect, a: Point, b: Point) -> f64 {
    let (dx, dy) = (f64::from(b.x - a.x), f64::from(b.y - a.y));
    let edges = [
        (-dx, f64::from(a.x - rect.x0)),
        (dx, f64::from(rect.x1 - a.x)),
        (-dy, f64::from(a.y - rect.y0)),
        (dy, f64::from(rect.y1 - a.y)),
    ];
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (towards, room) in edges {
        if towards == 0.0 {
            if room < 0.0 {
                return 0.0;
            }
        } else if towards < 0.0 {
            enter = enter.max(room / towards);
        } else {
            leave = leave.min(room / towards);
        }
    }
    (leave - enter).max(0.0) * dx.hypot(dy)
}
