//! Positions, boxes and shapes: what a geometry is before anything is measured.
//!
//! Densifying needs geodesics, so this stage and [`measure`](crate::measure) lean on each other.

mod bbox;
mod cap;
pub(crate) mod cut;
pub(crate) mod densify;
mod enclosed;
mod lonlat;
pub(crate) mod runs;
pub(crate) mod shape;
mod validity;

pub use bbox::Bbox;
pub use lonlat::LonLat;
pub use shape::{EdgeModel, Shape};
