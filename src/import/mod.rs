//! Features from files of other programs: what is in them, in degrees on WGS 84, longitude first,
//! nothing checked yet.

#[cfg(feature = "geopackage")]
mod bbox;
mod format;
mod geojson;
#[cfg(feature = "geopackage")]
mod geopackage;
mod notes;
mod text;
mod wkb;

use std::path::Path;
use std::sync::Arc;

use tumen_geo_core::geojson::FeatureText;
use tumen_geo_core::model::Catalogue;
use tumen_geo_core::raw::RawFeature;
use tumen_geo_core::{Bbox, EdgeModel};

pub use format::Format;
pub use notes::Notes;
pub use wkb::{Wkb, wkb};

use crate::error::Result;

/// How a file is read.
#[derive(Clone, Default)]
pub struct Options {
    /// The layer that is meant, where a file has several.
    pub layer: Option<String>,
    /// The coordinate system of the positions, as a code, a PROJ string or WKT, where the file says
    /// nothing of it or is wrong.
    pub crs: Option<String>,
    /// Only features whose boxes touch this one; a file with an index is not read whole.
    pub bbox: Option<Bbox>,
    /// Is told of bytes as they are read.
    pub watch: Option<Arc<dyn Fn(u64) + Send + Sync>>,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("layer", &self.layer)
            .field("crs", &self.crs)
            .field("bbox", &self.bbox)
            .finish_non_exhaustive()
    }
}

/// The features of a file that is open for reading, in its order.
pub struct Source {
    /// What it is read as.
    pub format: Format,
    /// What there is to say of the reading, complete after the last feature.
    pub notes: Notes,
    features: Unreads,
}

/// A feature that is found but perhaps not yet read, so that several threads can do that.
#[derive(Clone, Debug)]
pub enum Unread {
    /// The text of a feature of GeoJSON.
    Text(Box<FeatureText>),
    /// A feature that is read.
    Raw(Box<RawFeature>),
}

impl Unread {
    /// Reads the feature.
    ///
    /// # Errors
    /// When it is not what its format says it is.
    pub fn read(self) -> Result<RawFeature> {
        Ok(match self {
            Self::Text(text) => text.raw()?,
            Self::Raw(feature) => *feature,
        })
    }
}

impl Iterator for Source {
    type Item = Result<Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        self.features.next()
    }
}

/// Opens a file; its format is told by its first bytes, else by its name.
///
/// # Errors
/// When it cannot be read, is of no known format, or is in a coordinate system that is not known.
/// Features that are wrong are errors of the iteration. Messages name the file.
pub fn open(path: &Path, options: &Options) -> Result<Source> {
    let format = Format::of(path)?;
    let notes = Notes::default();
    let place = path.display().to_string();
    let features = features(path, format, options, &notes)?;
    let placed = move |feature: Result<Unread>| feature.map_err(|e| e.within(&place));
    Ok(Source { format, notes, features: Box::new(features.map(placed)) })
}

type Unreads = Box<dyn Iterator<Item = Result<Unread>> + Send>;

fn features(path: &Path, format: Format, options: &Options, notes: &Notes) -> Result<Unreads> {
    Ok(match format {
        Format::GeoJson => Box::new(geojson::features(path, options)?),
        #[cfg(feature = "geopackage")]
        Format::GeoPackage => {
            let features = geopackage::features(path, options, notes);
            Box::new(features.map_err(|e| e.within(&path.display().to_string()))?)
        }
        #[cfg(not(feature = "geopackage"))]
        Format::GeoPackage => return Err(Error::not_built("GeoPackage", "geopackage")),
    })
}

/// A catalogue of the features of a file, see [`Catalogue::of_records`].
///
/// # Errors
/// As [`open`], and for features that are wrong.
pub fn catalogue(path: &Path, options: &Options) -> Result<Catalogue> {
    let mut records = Vec::new();
    for feature in open(path, options)? {
        let record = feature?.read()?.record(EdgeModel::LonLat);
        records.push(record.map_err(|e| e.within(path.display().to_string()))?);
    }
    let catalogue = Catalogue::of_records(records.into_iter().map(Ok));
    Ok(catalogue.map_err(|e| e.within(path.display().to_string()))?)
}
