//! Positions, boxes and shapes: what a geometry is before anything is measured.

mod bbox;
mod lonlat;

pub use bbox::Bbox;
pub use lonlat::LonLat;
