//! GeoParquet 1.1 and what came before it: geometries as WKB or as GeoArrow has them; Parquet whose
//! own types are of geometries, too.

mod geometry;
mod metadata;
mod table;
mod values;

use std::path::Path;

use ::parquet::record::{Field, Row};
use tumen_geo_core::Bbox;
use tumen_geo_core::raw::RawFeature;

use self::metadata::Geometries;
use self::table::{Rows, Table};
use super::lonlat::ToLonLat;
use super::ranges::Ranges;
use super::window::{planar, touches};
use super::{Notes, Options, Unread};
use crate::error::Result;

/// The first bytes, and the last.
pub(super) const MAGIC: &[u8] = b"PAR1";

/// The features of a file.
pub(super) fn features(
    path: &Path,
    options: &Options,
    notes: &Notes,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    Features::new(Ranges::open(path, options)?, options, notes)
}

struct Features {
    rows: Rows,
    geometries: Geometries,
    way: ToLonLat,
    window: Option<Bbox>,
    notes: Notes,
}

impl Features {
    fn new(file: Ranges, options: &Options, notes: &Notes) -> Result<Self> {
        let table = Table::open(file)?;
        let geometries = Geometries::of(table.metadata(), options.layer.as_deref(), notes)?;
        let way = ToLonLat::new(geometries.system.as_deref(), options, notes)?;
        let windows = options.bbox.filter(|_| way.is_lonlat()).map(|bbox| planar(&bbox));
        let windows = windows.as_ref().map_or(&[][..], |windows| &windows[..]);
        let rows = table.rows(&geometries, windows, notes)?;
        Ok(Self { rows, geometries, way, window: options.bbox, notes: notes.clone() })
    }

    fn feature(&self, index: usize, row: Row) -> Result<RawFeature> {
        let mut geometry = None;
        let mut properties = Vec::new();
        for (name, field) in row.into_columns() {
            if name == self.geometries.column {
                geometry = match field {
                    Field::Null => None,
                    field => geometry::read(&field, self.geometries.encoding, &self.notes)
                        .map_err(|e| e.within(&format!("feature {index}")))?,
                };
            } else {
                let clock = self.rows.clock(&name);
                values::flatten(name, field, clock, &mut properties);
            }
        }
        self.way.feature(RawFeature {
            index,
            geometry,
            properties,
            edges: self.geometries.edges,
            densified: self.geometries.densified,
            ..RawFeature::default()
        })
    }
}

impl Iterator for Features {
    type Item = Result<Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let row = self.rows.next()?;
            let feature = match row.and_then(|(index, row)| self.feature(index, row)) {
                Ok(feature) => feature,
                Err(error) => {
                    self.rows.stop();
                    return Some(Err(error));
                }
            };
            if self.window.is_none_or(|window| touches(&feature, &window)) {
                return Some(Ok(Unread::Raw(Box::new(feature))));
            }
        }
    }
}
