//! What a file is.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{flatgeobuf, geoparquet};
use crate::error::{Error, Result};

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON: a collection, a feature, a geometry, or a sequence of features.
    GeoJson,
    /// FlatGeobuf 3.
    FlatGeobuf,
    /// Parquet with columns of geometries.
    GeoParquet,
}

impl Format {
    /// The format of a file by its first bytes, else by its name.
    ///
    /// # Errors
    /// When it cannot be read, or is of no known format.
    pub fn of(path: &Path) -> Result<Self> {
        let unread = |e: std::io::Error| Error::file("read", path, &e);
        let mut head = Vec::new();
        let file = File::open(path).map_err(unread)?;
        file.take(1024).read_to_end(&mut head).map_err(unread)?;
        Ok(match &head[..] {
            head if head.starts_with(&flatgeobuf::MAGIC) => Self::FlatGeobuf,
            head if head.starts_with(geoparquet::MAGIC) => Self::GeoParquet,
            _ => Self::GeoJson,
        })
    }
}
