//! The formats that layers are written in.

use std::io::Write;
use std::path::Path;

use super::layer::{Layer, Writer};
use super::{csv, geojson, kml};
use crate::error::{Error, Result};

/// A format of one layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON (RFC 7946).
    Geojson,
    /// A table with the geometry as WKT.
    Csv,
    /// KML (OGC, version 2.2).
    Kml,
    /// KML in a zip archive.
    Kmz,
}

impl Format {
    /// The usual end of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Geojson => "geojson",
            Self::Csv => "csv",
            Self::Kml => "kml",
            Self::Kmz => "kmz",
        }
    }

    /// Whether it may go to a terminal or through a pipe to one.
    pub fn is_text(self) -> bool {
        match self {
            Self::Geojson | Self::Csv | Self::Kml => true,
            Self::Kmz => false,
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
            Self::Kml => Box::new(kml::Writer::new(out, layer, kml::default_styles())?),
            Self::Kmz => Box::new(kml::Kmz::new(out, layer, kml::default_styles())?),
        })
    }

    /// A writer of a layer to a file, which is made or emptied.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn file(self, path: &Path, layer: &Layer) -> Result<Box<dyn Writer>> {
        let file = std::fs::File::create(path).map_err(|e| Error::file("write", path, &e))?;
        self.stream(std::io::BufWriter::with_capacity(1 << 16, file), layer)
    }
}
