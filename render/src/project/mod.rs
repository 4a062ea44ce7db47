//! From degrees to page units: the only place where positions on the earth become points on paper.

mod choose;
mod clip;
mod cutout;
mod describe;
mod distortion;
mod frame;
mod join;
mod limb;
mod named;
mod place;
mod relief;
mod round;
mod shape;
mod system;
mod window;

pub(crate) use choose::choose_round;
pub use choose::{Choice, choose};
pub(crate) use clip::{clip_line, clip_ring};
pub use cutout::cutout;
pub use distortion::Distortion;
pub use frame::Frame;
pub use place::MapPlace;
pub(crate) use relief::{Light, shade};
pub use shape::{PageShape, TOLERANCE_PT};
