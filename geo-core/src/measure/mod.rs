//! Distance, length, area, bearing and destination on the ellipsoid.

mod geodesic;

pub use geodesic::Geodesic;
