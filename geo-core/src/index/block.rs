//! Boxes in blocks of sixteen, and how far they are.

use crate::measure::ecef::{EcefBox, chord_at_most, chord_surely_within};

/// Boxes to a block: a block is tested as a whole, four boxes to an instruction.
pub(super) const FANOUT: usize = 16;

/// A box along the earth-centred axes in metres, rounded outwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) low: [f32; 3],
    pub(super) high: [f32; 3],
}

impl Bounds {
    /// The box that holds nothing: it is farther from everything than the earth is wide.
    pub(super) const EMPTY: Self = Self { low: [f32::INFINITY; 3], high: [f32::NEG_INFINITY; 3] };

    pub(super) fn around(bounds: &EcefBox) -> Self {
        let down = |v: f64| {
            let near = v as f32;
            if f64::from(near) > v { near.next_down() } else { near }
        };
        let up = |v: f64| {
            let near = v as f32;
            if f64::from(near) < v { near.next_up() } else { near }
        };
        Self { low: bounds.low.map(down), high: bounds.high.map(up) }
    }

    /// Whether it holds anything; a box whose sides are no numbers does not.
    pub(super) fn holds_something(&self) -> bool {
        (0..3).all(|i| self.low[i] <= self.high[i])
    }

    /// The middle of a box.
    pub(super) fn middle(&self) -> [f32; 3] {
        std::array::from_fn(|i| f32::midpoint(self.low[i], self.high[i]))
    }

    pub(super) fn merge(self, other: Self) -> Self {
        Self {
            low: std::array::from_fn(|i| self.low[i].min(other.low[i])),
            high: std::array::from_fn(|i| self.high[i].max(other.high[i])),
        }
    }
}

impl From<Bounds> for EcefBox {
    fn from(bounds: Bounds) -> Self {
        Self { low: bounds.low.map(f64::from), high: bounds.high.map(f64::from) }
    }
}

/// Sixteen boxes, axis by axis; those that are left over hold nothing and are near to nothing.
#[derive(Clone, Debug)]
pub(super) struct Block {
    low: [[f32; FANOUT]; 3],
    high: [[f32; FANOUT]; 3],
}

impl Block {
    pub(super) fn of(boxes: &[Bounds]) -> Self {
        let mut block =
            Self { low: [[f32::INFINITY; FANOUT]; 3], high: [[f32::NEG_INFINITY; FANOUT]; 3] };
        for (lane, bounds) in boxes.iter().enumerate() {
            for axis in 0..3 {
                block.low[axis][lane] = bounds.low[axis];
                block.high[axis][lane] = bounds.high[axis];
            }
        }
        block
    }

    pub(super) fn bounds(&self, lane: usize) -> Bounds {
        Bounds { low: self.low.map(|low| low[lane]), high: self.high.map(|high| high[lane]) }
    }

    /// Puts the box that holds nothing in place of one.
    pub(super) fn empty(&mut self, lane: usize) {
        for axis in 0..3 {
            self.low[axis][lane] = f32::INFINITY;
            self.high[axis][lane] = f32::NEG_INFINITY;
        }
    }

    /// The squares of the straight distances to a box, metres². Rounding makes them too great by
    /// less than a part in 2²¹.
    pub(super) fn nearest(&self, from: &Bounds) -> [f32; FANOUT] {
        let mut squares = [0.0; FANOUT];
        for axis in 0..3 {
            for (lane, square) in squares.iter_mut().enumerate() {
                let above = self.low[axis][lane] - from.high[axis];
                let below = from.low[axis] - self.high[axis][lane];
                let gap = if above > below { above } else { below };
                let gap = if gap > 0.0 { gap } else { 0.0 };
                *square += gap * gap;
            }
        }
        squares
    }

    /// The squares of the straight distances between the farthest corners, metres². Rounding makes
    /// them too small by less than a part in 2²¹.
    pub(super) fn farthest(&self, from: &Bounds) -> [f32; FANOUT] {
        let mut squares = [0.0; FANOUT];
        for axis in 0..3 {
            for (lane, square) in squares.iter_mut().enumerate() {
                let above = self.high[axis][lane] - from.low[axis];
                let below = from.high[axis] - self.low[axis][lane];
                let reach = if above > below { above } else { below };
                *square += reach * reach;
            }
        }
        squares
    }
}

/// What squares of straight distances say about distances on the ground.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// Up to this the ground may be within reach.
    may: f32,
    /// Up to this it surely is.
    pub(super) surely: f32,
}

impl Reach {
    /// Of so many metres on the ground; `f64::INFINITY` reaches everything, and what is less than
    /// nothing or no number reaches nothing.
    pub(super) fn ground(metres: f64) -> Self {
        // More than the rounding of a square, and less than the distance of a box that is not there.
        const ROUNDING: f64 = 1e-6;
        const BEYOND_THE_EARTH: f64 = 2e7;
        if metres.is_nan() || metres < 0.0 {
            return Self { may: -1.0, surely: -1.0 };
        }
        let chord = chord_at_most(metres).min(BEYOND_THE_EARTH);
        let sure = chord_surely_within(metres);
        let surely = if sure > 0.0 { (sure * sure * (1.0 - ROUNDING)) as f32 } else { -1.0 };
        Self { may: ((chord * chord * (1.0 + ROUNDING)) as f32).next_up(), surely }
    }

    pub(super) fn may_hold(self, square: f32) -> bool {
        square <= self.may
    }
}
