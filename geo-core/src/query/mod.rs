//! Questions about the items of an index: which are near, within, or overlap, hang together or lie
//! in one another; the ground that they cover together, part by part, or serve; and buffers.
//!
//! Each follows the same steps: the tree yields candidates by the least distance their boxes can
//! have, the candidates are measured on the ellipsoid, and the answers are ordered by distance,
//! then id. What is overlaid is overlaid in the lon/lat plane, where shapes promise straight edges,
//! and measured on the ellipsoid.

mod across;
mod along;
mod answer;
mod area;
mod asked;
mod bbox;
mod buffer;
mod combine;
mod components;
mod gaps;
mod hierarchy;
mod join;
mod near;
mod overlap;
mod pairs;
mod service;

pub use along::Stop;
pub use answer::{Answer, Counted, Explain};
pub use combine::Part;
pub use components::{Component, Joint};
pub use gaps::Gap;
pub use hierarchy::{Branch, Parent};
pub use join::{JoinBy, Match};
pub use near::Hit;
pub use overlap::{Overlap, Pair, SharedArea, overlap_of};
pub use pairs::NearPair;
