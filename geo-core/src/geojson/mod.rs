//! GeoJSON (RFC 7946), read leniently and written strictly.

mod catalogue;
mod coordinates;
mod document;
mod geometry;
mod read;
mod stream;
mod write;

pub use catalogue::feature;
pub use read::read;
pub use stream::{FeatureText, Features};
pub use write::{Row, geometry, write};

/// The foreign member by which a collection says that its edges mean the same either way.
const EDGES_MEMBER: &str = "edges";
/// What a file says whose edges are short enough to be straight in lon/lat and geodesic alike.
pub const DENSIFIED: &str = "geodesic edges, densified to 1 m";
/// What the same member says in a feature whose edges are geodesics between its positions; others
/// are straight.
const GEODESIC: &str = "geodesic";
