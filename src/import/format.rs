//! What a file is.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON: a collection, a feature, a geometry, or a sequence of features.
    GeoJson,
    /// GeoPackage, or another file of SQLite.
    GeoPackage,
}

/// The first bytes of a file of SQLite (format 3).
const SQLITE: &[u8] = b"SQLite format 3\0";

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
        Ok(if head.starts_with(SQLITE) { Self::GeoPackage } else { Self::GeoJson })
    }
}
