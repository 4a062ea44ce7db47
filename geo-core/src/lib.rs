//! Features of transborder zones in an R-tree, and questions about them that are answered on the
//! WGS 84 ellipsoid.
//!
//! The modules are stages; each may use the ones named before it:
//! [`mod@unit`] → [`geometry`] → [`measure`] → [`projection`] → [`predicate`] → [`index`] → [`raw`] →
//! [`validity`] → [`model`] · [`query`] → [`mod@check`] → [`geojson`].
//!
//! Everything here is pure: no files, no printing, no drawing, no data. Positions are degrees,
//! longitude first. Distances, lengths and areas are ellipsoidal.

#![allow(
    clippy::float_cmp,
    reason = "a ring closes, a meridian is shared and a pole is met bit for bit or not at all"
)]

pub mod check;
pub mod error;
pub mod geojson;
pub mod geometry;
pub mod index;
pub mod measure;
pub mod model;
pub mod predicate;
pub mod projection;
pub mod query;
pub mod raw;
pub mod unit;
pub mod validity;

pub use error::{Error, ErrorKind};
pub use geometry::{Bbox, EdgeModel, LonLat, Shape};
pub use unit::{Angle, Area, Length};
