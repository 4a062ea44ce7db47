//! Features in the formats of other programs: GeoJSON, CSV, Linked Places, a Frictionless data
//! package. The same features give the same bytes.

mod csv;
mod datapackage;
mod geojson;
mod lpf;
mod sheet;
mod tables;
mod wkt;

pub use self::csv::csv;
pub use datapackage::datapackage;
pub use geojson::{geojson, geojson_per_kind};
pub use lpf::{BASE, lpf};
pub use wkt::wkt;

use tumen_geo_core::model::{Catalogue, Feature};

/// What is to be written.
#[derive(Debug)]
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
