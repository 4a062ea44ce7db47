//! The repaired file: what needs no repair stays as it was, byte for byte.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tumen_geo_core::geojson::{self, EDGES_VALUE};
use tumen_geo_core::raw::RawFeature;
use tumen_geo_core::validity::{Outcome, Repair};

use crate::command::unfinished::Unfinished;
use crate::error::{Error, Result};
use crate::import::Unread;

/// A collection of GeoJSON that is being written.
pub(super) struct Repaired {
    to: BufWriter<std::fs::File>,
    unfinished: Unfinished,
    path: PathBuf,
    count: usize,
}

impl Repaired {
    pub(super) fn new(path: &Path) -> Result<Self> {
        let unfinished = Unfinished::new(path)?;
        let file = unfinished.file.try_clone().map_err(|e| Error::file("write", path, &e))?;
        Ok(Self { to: BufWriter::new(file), unfinished, path: path.to_owned(), count: 0 })
    }

    /// Writes a feature as its repair has it, unless it is left out.
    pub(super) fn feature(
        &mut self,
        mut feature: RawFeature,
        kept: &Unread,
        repair: Option<Repair>,
        swapped: bool,
    ) -> Result<()> {
        let text = match kept {
            Unread::Text(text, _) if text.crs().is_none() => Some(text),
            Unread::Text(..) | Unread::Raw(_) => None,
        };
        let changed = match repair.map(|repair| repair.outcome) {
            None | Some(Outcome::Kept) => swapped,
            Some(Outcome::LeftOut(_)) => return Ok(()),
            Some(Outcome::Mended(mended)) => {
                feature.geometry = Some(mended);
                true
            }
            Some(Outcome::Emptied) => {
                feature.geometry = None;
                true
            }
        };
        let line = match text {
            Some(text) if changed => {
                // With two geometries it is not known which to replace.
                let text = text.with_geometry(feature.geometry.as_ref());
                text.unwrap_or_else(|_| geojson::verbatim(&feature)).into_bytes()
            }
            Some(text) if text.is_feature() => text.as_bytes().to_vec(),
            Some(_) | None => geojson::verbatim(&feature).into_bytes(),
        };
        let failed = |e: std::io::Error| Error::file("write", &self.path, &e);
        if self.count == 0 {
            let dense = text.is_some_and(|text| text.is_densified());
            begin(&mut self.to, dense).map_err(failed)?;
        } else {
            self.to.write_all(b",").map_err(failed)?;
        }
        self.to.write_all(b"\n").and_then(|()| self.to.write_all(&line)).map_err(failed)?;
        self.count += 1;
        Ok(())
    }

    /// The number of features, once all are written.
    pub(super) fn finish(mut self) -> Result<usize> {
        let begun = if self.count == 0 { begin(&mut self.to, false) } else { Ok(()) };
        (begun.and_then(|()| self.to.write_all(b"\n]}\n")))
            .and_then(|()| self.to.flush())
            .map_err(|e| Error::file("write", &self.path, &e))?;
        self.unfinished.finish()?;
        Ok(self.count)
    }
}

fn begin(to: &mut impl Write, dense: bool) -> std::io::Result<()> {
    to.write_all(b"{\"type\":\"FeatureCollection\",")?;
    if dense {
        write!(to, "\"edges\":\"{EDGES_VALUE}\",")?;
    }
    to.write_all(b"\"features\":[")
}
