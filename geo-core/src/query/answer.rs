//! An answer and how it was found.

use std::fmt;

use crate::geometry::Shape;
use crate::unit::Length;

/// An answer that can explain itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<V> {
    /// What was asked for.
    pub value: V,
    /// How it was found.
    pub explain: Explain,
}

/// What the work of an answer is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Items, of a question about one shape.
    Items,
    /// Pairs of items.
    Pairs,
}

impl Counted {
    /// The word used in listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Pairs => "pairs",
        }
    }
}

/// How an answer was found.
///
/// # Guarantees
/// `pruned + candidates` is all that could have been an answer; `refined` is at most `candidates`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Explain {
    /// Items in the index, or in both of two indexes.
    pub indexed: usize,
    /// What the next three count.
    pub counted: Counted,
    /// Those whose boxes could not rule them out.
    pub candidates: usize,
    /// Candidates that were measured or tested on the ellipsoid: the others were left out by the
    /// caller's filter, no longer mattered, or had their boxes wholly within a radius.
    pub refined: usize,
    /// Those that their boxes ruled out.
    pub pruned: usize,
    /// How far the true edge may lie from either reading of it: geodesic, or straight in lon/lat.
    pub edge_tolerance: Length,
    /// The worst error of a distance, for edges read as geodesics.
    pub distance_error: Length,
}

impl Explain {
    /// Worst error of a distance: a millimetre for leaving out edges that cannot be nearer by
    /// more, and one for the foot of the perpendicular.
    pub const DISTANCE_ERROR: Length = Length::m(2e-3);

    /// Of a question that looks at items.
    pub(super) fn new(indexed: usize) -> Self {
        Self {
            indexed,
            counted: Counted::Items,
            candidates: 0,
            refined: 0,
            pruned: 0,
            edge_tolerance: Shape::EDGE_TOLERANCE,
            distance_error: Self::DISTANCE_ERROR,
        }
    }

    /// Of a question that looks at pairs of items.
    pub(super) fn of_pairs(indexed: usize) -> Self {
        Self { counted: Counted::Pairs, ..Self::new(indexed) }
    }

    /// The same, all but the candidates of the pairs among `count` items being ruled out.
    pub(super) fn among(mut self, count: usize) -> Self {
        let pairs = count.saturating_mul(count.saturating_sub(1)) / 2;
        self.pruned = pairs.saturating_sub(self.candidates);
        self
    }
}

impl fmt::Display for Explain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.counted {
            Counted::Items => write!(f, "{} indexed, {} pruned", self.indexed, self.pruned)?,
            Counted::Pairs => {
                let pairs = self.pruned.saturating_add(self.candidates);
                write!(f, "{} indexed; of {pairs} pairs {} pruned", self.indexed, self.pruned)?;
            }
        }
        write!(
            f,
            " by their boxes, {} candidates, {} measured on WGS 84; \
             edges within {} m of geodesics, distances within {} mm",
            self.candidates,
            self.refined,
            self.edge_tolerance.to_m(),
            self.distance_error.to_m() * 1e3,
        )
    }
}
