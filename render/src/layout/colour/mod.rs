//! What eyes make of colours: mixing, difference, and what is left of it with colour blindness.

mod blindness;
mod difference;
pub(super) mod palette;
mod space;
pub(super) mod tone;

pub(super) use blindness::Vision;
pub(super) use difference::difference;
pub(super) use space::{Oklab, over};
