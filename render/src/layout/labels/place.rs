//! Label placement on the page, knowing nothing of geography.
//!
//! Every label brings the places it could take, each one box or several; the rest of the page is a
//! set of obstacles. Labels are placed greedily by priority, then id, each at the free place that
//! costs least; then a bounded search moves placed labels aside (at most two per step, each of which
//! may move one more) to let in labels that were left out, and to lower the total cost. The result
//! depends on nothing but the input.
//!
//! The approach, and that moving neighbours aside beats one pass of greed, is that of Christensen,
//! Marks and Shieber (1995), "An empirical study of algorithms for point-feature label placement",
//! ACM Transactions on Graphics 14(3); the preference among positions follows Imhof (1975),
//! "Positioning names on maps".

mod board;
mod costs;
mod grid;
mod positions;
mod segment;

use self::board::Board;
pub use self::positions::{area_positions, leader_positions, point_positions};
pub use self::segment::{LEADER_CLEAR_PT, Leader};
use crate::scene::{Point, Rect};

/// A place that a label could take.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The boxes that it fills: one for a text that stands level, one for each letter of a text that
    /// is turned or bent. They may overlap each other.
    pub boxes: Vec<Rect>,
    /// How much worse than the best place it is: 0 for the best, about 1 for the last that is fine
    /// without a leader line. Soft obstacles add to it.
    pub cost: f64,
    /// The line that joins it to its point, where it stands too far away to do without.
    pub leader: Option<Leader>,
}

impl Candidate {
    /// A place of one box without a leader line.
    pub fn level(rect: Rect, cost: f64) -> Self {
        Self { boxes: vec![rect], cost, leader: None }
    }

    /// The box around its boxes, `None` without any.
    pub fn bounds(&self) -> Option<Rect> {
        self.boxes.iter().copied().reduce(|a, b| a.union(&b))
    }
}

/// A label that wants a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Lower comes first.
    pub priority: i32,
    /// Decides between labels of the same priority.
    pub id: String,
    /// Where it could go.
    pub candidates: Vec<Candidate>,
}

/// A line that labels had better not cross.
#[derive(Clone, Debug, PartialEq)]
pub struct SoftLine {
    /// Its points.
    pub points: Vec<Point>,
    /// Cost per pt of it that a box covers.
    pub cost_per_pt: f64,
}

/// What is on the page already.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Obstacles {
    /// Boxes that no label may overlap: furniture, symbols. Touching is allowed.
    pub hard: Vec<Rect>,
    /// Lines that labels avoid where they can: borders, rivers, edges of zones.
    pub lines: Vec<SoftLine>,
    /// Boxes that labels avoid where they can, with the cost of covering one wholly.
    pub soft: Vec<(Rect, f64)>,
}

/// Chooses a candidate for each label, in the order of `labels`; `None` for those left out.
///
/// # Guarantees
///
/// No boxes of two chosen candidates overlap, none overlaps a hard obstacle, and all lie on `page`
/// (touching is allowed). No chosen leader line meets another or comes nearer than [`LEADER_CLEAR_PT`]
/// to a box of another label or to a hard obstacle, except those that it starts in or on the edge of
/// (its own symbol, and symbols that share its place). At least as many labels are placed as by greed alone. Equal input
/// gives equal output.
///
/// Cost: near linear in the boxes for a map's labels; some milliseconds for a thousand labels.
pub fn place(page: &Rect, labels: &[Label], obstacles: &Obstacles) -> Vec<Option<usize>> {
    let mut board = Board::new(page, labels, obstacles);
    board.fill();
    board.improve();
    board.result()
}

#[cfg(test)]
mod tests;
