//! Files of one format into another, feature by feature.

use std::path::Path;

use serde_json::Value;
use tumen_geo_core::EdgeModel;
use tumen_geo_core::raw::Record;

use super::field::Field;
use super::layer::{Layer, Row, Writer};
use super::schema::{Schema, cell};
use crate::error::Result;
use crate::import::{self, Options};

/// What there is to say of a conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// Number of features written.
    pub count: usize,
    /// Remarks on the file that was read.
    pub notes: Vec<String>,
}

/// Writes the features of a file that `takes` takes, with the columns that they have there, through
/// the writer that `open` makes for their layer.
///
/// The file is read twice, first for its columns; no more than a feature of it is in memory.
///
/// # Errors
/// When the file cannot be read, a feature is wrong, or the writer fails.
pub fn convert<'a>(
    path: &Path,
    options: &Options,
    takes: impl Fn(&Record) -> Result<bool>,
    open: impl FnOnce(&Layer) -> Result<Box<dyn Writer + 'a>>,
) -> Result<Conversion> {
    let mut schema = Schema::default();
    for feature in import::open(path, options)? {
        schema.add(&feature?.read()?);
    }
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let layer = schema.layer(&name.unwrap_or_default());
    let mut writer = open(&layer)?;
    let source = import::open(path, options)?;
    let notes = source.notes.clone();
    let within = |e: tumen_geo_core::Error| e.within(path.display().to_string());
    let mut count = 0;
    for feature in source {
        let record = feature?.read()?.record(EdgeModel::LonLat).map_err(within)?;
        if takes(&record)? {
            count += 1;
            let shape = record.shape.clone();
            writer.write(&Row { shape: &shape, cells: &cells(record, &layer.fields) })?;
        }
    }
    writer.finish()?;
    Ok(Conversion { count, notes: notes.told() })
}

/// The properties of a record in the order of the columns.
fn cells(record: Record, fields: &[Field]) -> Vec<Value> {
    let mut cells = vec![Value::Null; fields.len()];
    cells[0] = Value::String(record.id);
    let mut next = 1;
    for (name, value) in record.properties {
        // Most features have their properties in the order of the columns.
        let expected = fields.get(next).is_some_and(|field| *field.name == name);
        let place = if expected { Some(next) } else { fields.iter().position(|f| *f.name == name) };
        if let Some(place) = place.filter(|place| *place > 0) {
            cells[place] = cell(value, fields[place].of);
            next = place + 1;
        }
    }
    cells
}
