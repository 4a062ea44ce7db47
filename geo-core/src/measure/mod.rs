//! Distance, length, area, bearing and destination on the ellipsoid, between shapes of any kind.

pub(crate) mod bisector;
mod centroid;
mod chainage;
mod circle;
pub(crate) mod contact;
mod crossing;
pub(crate) mod ecef;
mod geodesic;
mod haversine;
pub(crate) mod inside;
mod known;
mod nearest;
pub(crate) mod outline;
pub(crate) mod seam;
pub(crate) mod shared;
pub(crate) mod short;
mod size;
pub(crate) mod slabs;
pub(crate) mod under;

pub use chainage::{Chainage, Place, Side};
pub(crate) use circle::corners_of_circle;
pub use geodesic::Geodesic;
pub use haversine::Haversine;
pub use nearest::Nearest;
pub(crate) use nearest::{TOUCH, nearest_within};
