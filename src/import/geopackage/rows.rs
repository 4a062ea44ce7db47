//! The features of layers, row by row.

use std::fmt::Write;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Rows, Statement, params_from_iter};
use serde_json::{Number, Value};
use tumen_geo_core::Bbox;
use tumen_geo_core::raw::RawFeature;

use super::super::window::{planar, touches};
use super::super::{Notes, Wkb};
use super::layers::{Column, Layer, place};
use super::{binary, damaged, quoted};
use crate::error::{Error, Result};

/// What is read, and who is told.
pub(super) struct Reading {
    pub layers: Vec<Layer>,
    pub bbox: Option<Bbox>,
    /// Whether the file says that its edges are short enough.
    pub densified: bool,
    pub notes: Notes,
}

impl Reading {
    /// Gives the features of all layers to `take` until it wants no more, and tells `read` of
    /// bytes.
    pub fn run(
        &self,
        connection: &Connection,
        read: &dyn Fn(usize),
        take: &mut dyn FnMut(RawFeature) -> bool,
    ) -> Result<()> {
        let mut index = 0;
        for layer in &self.layers {
            let within = |e: Error| e.within(&place(&layer.name));
            let mut statement =
                connection.prepare(&self.sql(layer)).map_err(|e| within(damaged(&e)))?;
            let mut rows = self.rows(layer, &mut statement).map_err(within)?;
            while let Some(row) = rows.next().map_err(|e| within(damaged(&e)))? {
                let Some(feature) = self.feature(layer, row, index, read).map_err(within)? else {
                    continue;
                };
                index += 1;
                if !take(feature) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The key, the geometry and the columns of a layer's rows.
    fn sql(&self, layer: &Layer) -> String {
        let key = layer.key.as_deref().map_or("NULL".to_owned(), quoted);
        let columns = layer.columns.iter().map(|column| &column.name);
        let columns: String = std::iter::once(&layer.geometry)
            .chain(columns)
            .map(|name| format!(", {}", quoted(name)))
            .collect();
        let mut sql = format!("SELECT {key}{columns} FROM {}", quoted(&layer.name));
        if let (Some(index), true) = (&layer.index, self.by_index(layer)) {
            let one = "(maxx >= ? AND maxy >= ? AND minx <= ? AND miny <= ?)";
            let boxes = [one; 3].join(" OR ");
            let index = quoted(index);
            let _ = write!(sql, " WHERE {key} IN (SELECT id FROM {index} WHERE {boxes})");
        }
        if layer.key.is_some() {
            let _ = write!(sql, " ORDER BY {key}");
        }
        sql
    }

    /// Whether the R-tree of the layer tells what is in the box.
    fn by_index(&self, layer: &Layer) -> bool {
        self.bbox.is_some() && layer.index.is_some() && layer.way.is_lonlat()
    }

    fn rows<'s>(&self, layer: &Layer, statement: &'s mut Statement<'_>) -> Result<Rows<'s>> {
        let window = self.bbox.filter(|_| self.by_index(layer));
        let numbers = window.iter().flat_map(planar).flatten();
        let rows = statement.query(params_from_iter(numbers));
        rows.map_err(|e| damaged(&e))
    }

    /// The feature of a row; `None` outside of the box.
    fn feature(
        &self,
        layer: &Layer,
        row: &Row<'_>,
        index: usize,
        read: &dyn Fn(usize),
    ) -> Result<Option<RawFeature>> {
        let key = match row.get_ref(0).map_err(|e| damaged(&e))? {
            ValueRef::Integer(key) => Some(key.to_string()),
            _ => None,
        };
        let key = key.as_deref();
        let within = |e: Error| e.within(&format!("feature {}", key.unwrap_or(&index.to_string())));
        let Wkb { geometry, more: heights } = self.geometry(row, read).map_err(within)?;
        let mut properties = Vec::with_capacity(layer.columns.len() + 1);
        for (place, column) in layer.columns.iter().enumerate() {
            let value = row.get_ref(place + 2).map_err(|e| damaged(&e))?;
            properties.push((column.name.clone(), self.cell(value, column, read)));
        }
        let several = self.layers.len() > 1;
        if several && !layer.columns.iter().any(|column| column.name == LAYER) {
            properties.push((LAYER.to_owned(), layer.name.clone().into()));
        }
        let has_id = properties.iter().any(|(name, value)| name == "id" && is_id(value));
        let id = key
            .filter(|_| !has_id)
            .map(|key| if several { format!("{}.{key}", layer.name) } else { key.to_owned() });
        let densified = self.densified && layer.way.is_lonlat();
        let feature = RawFeature {
            id,
            index,
            geometry,
            properties,
            densified,
            heights,
            ..RawFeature::default()
        };
        let feature = layer.way.feature(feature)?;
        Ok(Some(feature).filter(|feature| self.bbox.is_none_or(|window| touches(feature, &window))))
    }

    fn geometry(&self, row: &Row<'_>, read: &dyn Fn(usize)) -> Result<Wkb> {
        let bytes = match row.get_ref(1).map_err(|e| damaged(&e))? {
            ValueRef::Null => return Ok(Wkb { geometry: None, more: false }),
            ValueRef::Blob(bytes) => bytes,
            _ => return Err(Error::failure("its geometry is not stored as bytes")),
        };
        read(bytes.len());
        let stored = binary::read(bytes)?;
        if stored.more {
            self.notes.count("heights and measures are left out");
        }
        Ok(stored)
    }

    fn cell(&self, value: ValueRef<'_>, column: &Column, read: &dyn Fn(usize)) -> Value {
        match value {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) if column.boolean => Value::Bool(number != 0),
            ValueRef::Integer(number) => number.into(),
            ValueRef::Real(number) => Number::from_f64(number).map_or_else(
                || {
                    self.notes.count("numbers that are infinite are left out");
                    Value::Null
                },
                Value::Number,
            ),
            ValueRef::Text(bytes) => {
                read(bytes.len());
                let text = String::from_utf8_lossy(bytes);
                if matches!(text, std::borrow::Cow::Owned(_)) {
                    self.notes.count("texts that are not UTF-8 have signs replaced by \u{fffd}");
                }
                text.into_owned().into()
            }
            ValueRef::Blob(_) => {
                self.notes.count("bytes in columns of other types are left out");
                Value::Null
            }
        }
    }
}

/// The property that tells the layer of a feature where several are read.
const LAYER: &str = "layer";

/// Whether a feature is named by its property `id`.
fn is_id(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.is_empty(),
        Value::Number(_) => true,
        _ => false,
    }
}
