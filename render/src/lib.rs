//! Static maps of zones: a map spec, projected and laid out into a scene, and painted.
//!
//! The modules are stages; each may use the ones named before it: [`scene`] → `text` → `spec` →
//! `project` → `layout`; painters see only the scene and the text.
//!
//! The library knows geometries, styles and pages. It does not know what a port or a zone is, reads
//! no files and carries no data: layers, fonts and the relief come from the caller.

mod error;
pub mod layout;
pub mod paint;
pub mod project;
pub mod scene;
pub mod spec;
pub mod text;

pub use error::{Error, ErrorKind, Result};
pub use layout::resolved::{Resolved, resolve};
pub use layout::{Composed, Explain, compose, sheet_size};
pub use project::MapPlace;
