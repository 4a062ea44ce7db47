//! What is wrong with features as files have them, where, and the least that makes them valid.
//!
//! Edges are taken as straight in longitude and latitude, as RFC 7946 has them; what a valid polygon
//! is OGC 06-103r4 (Simple Feature Access) says, 6.1.11 and 6.1.14.

mod areas;
mod chain;
mod feature;
mod geometry;
pub mod limit;
mod meeting;
mod mend;
mod nesting;
mod overlay;
mod problem;
mod repair;

pub use feature::FileCheck;
pub use geometry::problems;
pub use problem::{Findings, Place, Problem, ProblemKind, Severity};
pub use repair::{Change, Outcome, Repair, repair};
