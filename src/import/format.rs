//! What a file is.

use std::io::Read;
use std::path::Path;

use super::archive::{Archive, ZIP};
use super::shapefile::SHP;
use super::{Options, flatgeobuf, geoparquet, text};
use crate::error::{Error, Result};

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON: a collection, a feature, a geometry, or a sequence of features.
    GeoJson,
    /// `TopoJSON`: a topology, each object of it a layer.
    TopoJson,
    /// A table of texts with positions in two columns or as WKT.
    Csv,
    /// KML.
    Kml,
    /// KML in a zip archive.
    Kmz,
    /// A shapefile: a `.shp` and the files beside it.
    Shapefile,
    /// A shapefile in a zip archive.
    ZippedShapefile,
    /// FlatGeobuf 3.
    FlatGeobuf,
    /// Parquet with columns of geometries.
    GeoParquet,
    /// GeoPackage, or another database of SQLite.
    GeoPackage,
}

/// The first bytes of a database of SQLite.
const SQLITE: &[u8] = b"SQLite format 3\0";

impl Format {
    /// Whether a file of it answers which features touch a box by itself.
    pub(super) fn is_asked_for_boxes(self) -> bool {
        matches!(self, Self::FlatGeobuf | Self::GeoParquet | Self::GeoPackage)
    }

    /// The format of a file by its first bytes, gzip or not, else by its name.
    ///
    /// # Errors
    /// When it cannot be read, or is of no known format.
    pub fn of(path: &Path) -> Result<Self> {
        let mut head = Vec::new();
        let bytes = text::open(path, &Options::default())?;
        bytes.take(1024).read_to_end(&mut head).map_err(|e| Error::file("read", path, &e))?;
        if head.starts_with(ZIP) {
            return Self::of_archive(path);
        }
        if head.starts_with(&flatgeobuf::MAGIC) {
            return Ok(Self::FlatGeobuf);
        }
        if head.starts_with(geoparquet::MAGIC) {
            return Ok(Self::GeoParquet);
        }
        if head.starts_with(SQLITE) {
            return Ok(Self::GeoPackage);
        }
        if head.starts_with(&SHP) {
            return if ends(path, "shx") { Err(beside(path)) } else { Ok(Self::Shapefile) };
        }
        if ["dbf", "prj", "cpg", "sbn", "sbx"].iter().any(|end| ends(path, end)) {
            return Err(beside(path));
        }
        // Quotes and tags are ASCII in every encoding of the web.
        let start = String::from_utf8_lossy(&head);
        let start = start.trim_start_matches('\u{feff}').trim_start();
        let tag = start.starts_with('<') && (start.contains("<kml") || start.contains(":kml"));
        if tag || ends(path, "kml") {
            return Ok(Self::Kml);
        }
        if start.starts_with('<') {
            let what = format!("{} is XML but not KML", path.display());
            return Err(
                Error::failure(what).with_hint("convert it to GeoJSON first, as with ogr2ogr")
            );
        }
        if start.starts_with('{') {
            let topology = start.contains("\"Topology\"") || ends(path, "topojson");
            return Ok(if topology { Self::TopoJson } else { Self::GeoJson });
        }
        let table = ["csv", "tsv", "tab", "txt"].iter().any(|end| ends(path, end));
        Ok(if table { Self::Csv } else { Self::GeoJson })
    }

    /// What an archive holds.
    fn of_archive(path: &Path) -> Result<Self> {
        let within = |e: Error| e.within(&path.display().to_string());
        let archive = Archive::open(path).map_err(within)?;
        let has = |extension: &str| archive.of_extension(extension).next().is_some();
        if has("kml") {
            Ok(Self::Kmz)
        } else if has("shp") {
            Ok(Self::ZippedShapefile)
        } else {
            let what = format!("{} is an archive without a .kml or .shp", path.display());
            Err(Error::failure(what).with_hint("unpack it and name the file that is meant"))
        }
    }
}

/// Whether a name ends so, `.gz` left out.
fn ends(path: &Path, extension: &str) -> bool {
    let gzip = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("gz"));
    let stem = if gzip { path.file_stem().map(Path::new) } else { Some(path) };
    let end = stem.and_then(Path::extension);
    end.is_some_and(|end| end.eq_ignore_ascii_case(extension))
}

/// A file that belongs to a shapefile.
fn beside(path: &Path) -> Error {
    let shp = path.with_extension("shp");
    Error::failure(format!("{} is a part of a shapefile", path.display()))
        .with_hint(format!("name its .shp: {}", shp.display()))
}
