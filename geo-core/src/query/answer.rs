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

/// How an answer was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Explain {
    /// Items in the index.
    pub indexed: usize,
    /// Items (or pairs of items) whose boxes could not rule them out.
    pub candidates: usize,
    /// Candidates that were measured or tested on the ellipsoid: the others were left out by the
    /// caller's filter, or their boxes lay wholly within a radius.
    pub refined: usize,
    /// Items (or pairs of items) that their boxes ruled out.
    pub pruned: usize,
    /// How far the true edge may lie from either reading of it: geodesic, or straight in lon/lat.
    pub edge_tolerance: Length,
    /// The worst error of a distance, for edges read as geodesics.
    pub distance_error: Length,
}

impl Explain {
    /// Worst error of a distance: a millimetre for leaving out edges that cannot be nearer by
    /// more, and one for the foot of the perpendicular.
    const DISTANCE_ERROR: Length = Length::m(2e-3);

    pub(super) fn new(indexed: usize) -> Self {
        Self {
            indexed,
            candidates: 0,
            refined: 0,
            pruned: 0,
            edge_tolerance: Shape::EDGE_TOLERANCE,
            distance_error: Self::DISTANCE_ERROR,
        }
    }
}

impl fmt::Display for Explain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} indexed, {} pruned by their boxes, {} candidates, {} measured on WGS 84; \
             edges within {} m of geodesics, distances within {} mm",
            self.indexed,
            self.pruned,
            self.candidates,
            self.refined,
            self.edge_tolerance.to_m(),
            self.distance_error.to_m() * 1e3,
        )
    }
}
