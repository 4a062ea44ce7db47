//! GeoJSON (RFC 7946).

use std::io::Write;

use serde_json::Value;
use tumen_geo_core::{Shape, geojson};

use super::layer::{Layer, Row};
use crate::error::Result;

/// A collection, a feature to a line; the properties are the cells.
pub struct Writer<W: Write> {
    out: W,
    names: Vec<String>,
    rows: Vec<(String, Shape, Vec<(String, Value)>)>,
}

impl<W: Write> Writer<W> {
    /// A collection of features with the fields of the layer.
    pub fn new(out: W, layer: &Layer) -> Self {
        let names = layer.fields.iter().map(|field| field.name.to_string()).collect();
        Self { out, names, rows: Vec::new() }
    }
}

impl<W: Write> super::Writer for Writer<W> {
    fn write(&mut self, row: &Row<'_>) -> Result<()> {
        let properties = self.names.iter().cloned().zip(row.cells.iter().cloned()).collect();
        self.rows.push((row.id().to_owned(), row.shape.clone(), properties));
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        let rows =
            self.rows.iter().map(|(id, shape, properties)| geojson::Row { id, shape, properties });
        Ok(self.out.write_all(geojson::write(rows)?.as_bytes())?)
    }
}
