//! The formats that layers are written in.

use std::io::Write;
use std::path::Path;

#[cfg(feature = "geopackage")]
use super::geopackage::Package;
use super::layer::{Layer, Writer};
use super::{Selected, csv, geojson};
use crate::error::{Error, Result};

/// A format of one layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON (RFC 7946).
    Geojson,
    /// A table with the geometry as WKT.
    Csv,
    /// GeoPackage (OGC 12-128r18).
    Geopackage,
}

impl Format {
    /// The usual end of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Geojson => "geojson",
            Self::Csv => "csv",
            Self::Geopackage => "gpkg",
        }
    }

    /// Whether it may go to a terminal or through a pipe to one.
    pub fn is_text(self) -> bool {
        match self {
            Self::Geojson | Self::Csv => true,
            Self::Geopackage => false,
        }
    }

    /// A writer of a layer to `out`.
    ///
    /// # Errors
    /// When it cannot be written, or the format is only written to a file.
    pub fn stream<'a>(self, out: impl Write + 'a, layer: &Layer) -> Result<Box<dyn Writer + 'a>> {
        Ok(match self {
            Self::Geojson => Box::new(geojson::Writer::new(out, layer)),
            Self::Csv => Box::new(csv::Writer::new(out, layer)?),
            Self::Geopackage => {
                return Err(Error::usage("a GeoPackage is only written to a file")
                    .with_hint("name one, as in -o tumen.gpkg"));
            }
        })
    }

    /// A writer of a layer to a file, which is made or emptied.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn file(self, path: &Path, layer: &Layer) -> Result<Box<dyn Writer>> {
        if self == Self::Geopackage {
            return geopackage(path, layer);
        }
        let file = std::fs::File::create(path).map_err(|e| Error::file("write", path, &e))?;
        self.stream(std::io::BufWriter::with_capacity(1 << 16, file), layer)
    }
}

/// Writes what is selected into one GeoPackage: a layer for each kind, and the tables of names,
/// links, series, claims and sources.
///
/// # Errors
/// When a shape is smaller than the last decimal written, 1 cm, the file cannot be written, or
/// this build has no GeoPackage.
#[cfg(feature = "geopackage")]
pub fn package(path: &Path, selected: &Selected<'_>) -> Result<()> {
    let mut package = Package::create(path)?;
    package.catalogue(selected)?;
    package.finish()
}

#[cfg(feature = "geopackage")]
fn geopackage(path: &Path, layer: &Layer) -> Result<Box<dyn Writer>> {
    Ok(Box::new(Package::create(path)?.only(layer)?))
}

#[cfg(not(feature = "geopackage"))]
pub fn package(_: &Path, _: &Selected<'_>) -> Result<()> {
    Err(Error::not_built("GeoPackage", "geopackage"))
}

#[cfg(not(feature = "geopackage"))]
fn geopackage(_: &Path, _: &Layer) -> Result<Box<dyn Writer>> {
    Err(Error::not_built("GeoPackage", "geopackage"))
}
