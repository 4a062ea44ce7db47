//! GeoJSON (RFC 7946), read leniently and written strictly.

mod around;
mod blocks;
mod catalogue;
mod coordinates;
mod cursor;
mod document;
mod fault;
mod geometry;
mod number;
mod properties;
mod read;
mod remarks;
mod stream;
mod verbatim;
mod write;

pub use catalogue::feature;
pub use properties::flat;
pub use read::read;
pub use stream::{FeatureText, Features};
pub use verbatim::verbatim;
pub use write::{Framing, Row, Writer, geometry, write};

/// The foreign member by which a collection says that its edges mean the same either way.
const EDGES_MEMBER: &str = "edges";
/// What it says; files of other formats that can say such a thing use the same words.
pub const EDGES_VALUE: &str = "geodesic edges, densified to 1 m";
/// What the same member says in a feature whose edges are geodesics between its positions; others
/// are straight.
const GEODESIC: &str = "geodesic";
/// Both, in a feature that stands for itself.
const GEODESIC_DENSE: &str = "geodesic, densified to 1 m";
