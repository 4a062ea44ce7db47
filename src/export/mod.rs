//! Features in the formats of other programs. The same features give the same bytes.
//!
//! What is written is a [`Layer`]: columns and a type of geometry, then [`Row`] by [`Row`] through
//! the [`Writer`] of a format. Features of a [`catalogue`] have the same columns in every format;
//! those of a file keep their own, see [`convert()`].

pub mod catalogue;
mod convert;
pub mod csv;
mod datapackage;
mod element;
mod field;
pub mod flatgeobuf;
mod format;
pub mod geojson;
#[cfg(feature = "geopackage")]
pub mod geopackage;
pub mod geoparquet;
pub mod kml;
mod layer;
mod lpf;
pub mod map;
pub mod qgis;
mod schema;
mod sheet;
mod split;
pub mod style;
mod tables;
mod wkb;
mod wkt;

pub use convert::{Conversion, convert};
pub use datapackage::datapackage;
pub use field::{Field, Type};
pub use format::{Format, package};
pub use layer::{GeometryType, Layer, Row, Writer};
pub use lpf::{BASE, lpf};
pub use schema::Schema;
pub use split::{Split, split};
pub use wkb::wkb;
pub use wkt::wkt;

use tumen_geo_core::model::{Catalogue, Feature};

use crate::error::{Error, Result};

/// What is to be written.
#[derive(Clone, Debug)]
pub struct Selected<'a> {
    /// Where it is from; links, series and sources are taken from it.
    pub catalogue: &'a Catalogue,
    /// The features, in the order of the catalogue.
    pub features: Vec<&'a Feature>,
    /// The year whose status is told; the present when `None`.
    pub year: Option<i32>,
}

impl Selected<'_> {
    /// Whether a feature is among them.
    fn has(&self, id: &str) -> bool {
        self.features.iter().any(|feature| feature.id == id)
    }
}

/// A file to be written into a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// UTF-8.
    pub text: String,
}

/// Writes the features that are selected, whose [`catalogue::layer`] the writer was made for.
///
/// # Errors
/// Those of the writer.
pub fn write(selected: &Selected<'_>, mut writer: Box<dyn Writer + '_>) -> Result<()> {
    for (feature, cells) in selected.features.iter().zip(catalogue::cells(selected)) {
        writer.write(&Row { shape: &feature.shape, cells: &cells })?;
    }
    writer.finish()
}

/// The features that are selected in a format that is text.
fn text(selected: &Selected<'_>, format: Format, layer: &Layer) -> Result<String> {
    let mut bytes = Vec::new();
    write(selected, format.stream(&mut bytes, layer)?)?;
    String::from_utf8(bytes).map_err(|e| Error::failure(e.to_string()))
}
