//! Questions about the items of an index: which are near, within, or overlap.
//!
//! Each follows the same steps: the tree yields candidates by the least distance their boxes can
//! have, the candidates are measured on the ellipsoid, and the answers are ordered by distance,
//! then id.

mod answer;
mod area;
mod combine;
mod near;
mod overlap;
mod service;

pub use answer::{Answer, Explain};
pub use combine::Part;
pub use near::Hit;
pub use overlap::{Overlap, Pair, overlap_of};
