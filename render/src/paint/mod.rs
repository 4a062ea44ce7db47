//! Painters: a scene becomes a file. They decide nothing.
//!
//! Each format is a folder with the same files and functions: `shape` (`fill`, `stroke`), `text`,
//! `image`, and the walk over the items with `group` in `mod`; `tiff` is another container for the
//! pixels of `png`. What all of them must keep:
//!
//! * Items are painted in order. Text items that follow each other directly are one batch: first all
//!   their halos, then all their letters, so that no halo cuts into a neighbour's letters.
//! * Paths are filled by the even-odd rule, glyphs by the non-zero rule.
//! * A group is painted on what lies below it and the result laid over that with the coverage of its
//!   clip times its opacity; so edges inside a clip never bleed.

mod metadata;
mod pdf;
mod png;
mod svg;
mod tiff;

pub use metadata::Metadata;
pub use pdf::{PdfDocument, PdfPage, pdf};
pub use png::{PngOptions, pixels, png};
pub use svg::{SvgOptions, svg};
pub use tiff::{GeoPlace, GeoValue, TiffOptions, tiff};
