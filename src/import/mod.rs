//! Features from files of other programs: what is in them, in degrees on WGS 84, longitude first,
//! nothing checked yet.

mod archive;
mod csv;
mod flatgeobuf;
mod format;
mod geojson;
#[cfg(feature = "geopackage")]
mod geopackage;
mod geoparquet;
mod kml;
mod lonlat;
mod notes;
mod ranges;
mod shapefile;
mod single;
mod text;
mod topojson;
mod window;
mod wkb;
mod wkt;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tumen_geo_core::geojson::FeatureText;
use tumen_geo_core::model::Catalogue;
use tumen_geo_core::raw::RawFeature;
use tumen_geo_core::{Bbox, EdgeModel};

use geojson::Ways;

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
    features: Box<dyn Iterator<Item = Result<Unread>> + Send>,
}

/// A feature that is found but perhaps not yet read, so that several threads can do that.
#[derive(Clone, Debug)]
pub enum Unread {
    /// The text of a feature of GeoJSON.
    Text(Box<FeatureText>, Arc<Ways>),
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
            Self::Text(text, ways) => ways.feature(&text)?,
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
    let features = features(path, format, options, &notes);
    let features = features.map_err(|e| e.within(&path.display().to_string()))?;
    let name: PathBuf = path.to_owned();
    let placed =
        move |feature: Result<Unread>| feature.map_err(|e| e.within(&name.display().to_string()));
    let mut features: Box<dyn Iterator<Item = Result<Unread>> + Send> =
        Box::new(features.map(placed));
    if let Some(window) = options.bbox.filter(|_| !format.is_asked_for_boxes()) {
        features = Box::new(features.filter_map(move |feature| within(feature, &window)));
    }
    Ok(Source { format, notes, features })
}

/// The feature, read, if its box touches the other one.
fn within(feature: Result<Unread>, window: &Bbox) -> Option<Result<Unread>> {
    match feature.and_then(Unread::read) {
        Ok(feature) if !window::touches(&feature, window) => None,
        feature => Some(feature.map(|feature| Unread::Raw(Box::new(feature)))),
    }
}

/// The features of a file of a format.
fn features(
    path: &Path,
    format: Format,
    options: &Options,
    notes: &Notes,
) -> Result<Box<dyn Iterator<Item = Result<Unread>> + Send>> {
    Ok(match format {
        Format::GeoJson => Box::new(geojson::features(path, options, notes)?),
        Format::TopoJson => Box::new(topojson::features(path, options, notes)?),
        Format::FlatGeobuf => Box::new(flatgeobuf::features(path, options, notes)?),
        Format::GeoParquet => Box::new(geoparquet::features(path, options, notes)?),
        #[cfg(feature = "geopackage")]
        Format::GeoPackage => Box::new(geopackage::features(path, options, notes)?),
        #[cfg(not(feature = "geopackage"))]
        Format::GeoPackage => return Err(crate::Error::not_built("GeoPackage", "geopackage")),
        Format::Csv => Box::new(csv::features(path, options, notes)?),
        Format::Kml => Box::new(kml::features(path, options, notes)?),
        Format::Kmz => Box::new(kml::zipped(path, options, notes)?),
        Format::Shapefile => Box::new(shapefile::features(path, options, notes)?),
        Format::ZippedShapefile => Box::new(shapefile::zipped(path, options, notes)?),
    })
}

/// A catalogue of the features of a file, see [`Catalogue::of_records`], with what there is to say
/// of the reading.
///
/// # Errors
/// As [`open`], and for features that are wrong.
pub fn catalogue(path: &Path, options: &Options) -> Result<(Catalogue, Vec<String>)> {
    let within = |e: tumen_geo_core::Error| e.within(path.display().to_string());
    let source = open(path, options)?;
    let notes = source.notes.clone();
    let mut records = Vec::new();
    for feature in source {
        records.push(feature?.read()?.record(EdgeModel::LonLat).map_err(within)?);
    }
    let catalogue = Catalogue::of_records(records.into_iter().map(Ok)).map_err(within)?;
    Ok((catalogue, notes.told()))
}
