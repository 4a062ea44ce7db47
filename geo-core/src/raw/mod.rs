//! The door between shapes and files: features as a file has them, nothing checked, and geometries
//! as every format writes them.

mod exported;
mod feature;
mod geometry;

pub(crate) use exported::steps;
pub use exported::{DECIMALS, exported};
pub use feature::{RawFeature, Record};
pub use geometry::RawGeometry;
