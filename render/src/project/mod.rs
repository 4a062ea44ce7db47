//! From degrees to page units: the only place where positions on the earth become points on paper.

mod choose;
mod clip;
mod frame;
mod join;
mod place;
mod relief;
mod shape;

pub use choose::{Choice, choose};
pub(crate) use clip::{clip_line, clip_ring};
pub use frame::Frame;
pub use place::MapPlace;
pub(crate) use relief::{Light, shade};
pub use shape::PageShape;
