//! GeoJSON (RFC 7946), as a collection or a feature to a line.

use std::io::Write;

use tumen_geo_core::geojson::{self, Framing};

use super::layer::{Layer, Row};
use crate::error::Result;

/// Features whose properties are the cells.
pub struct Writer<W: Write> {
    features: geojson::Writer<W>,
    names: Vec<String>,
}

impl<W: Write> Writer<W> {
    /// Features with the fields of the layer.
    pub fn new(out: W, framing: Framing, layer: &Layer) -> Self {
        let names = layer.fields.iter().map(|field| field.name.to_string()).collect();
        Self { features: geojson::Writer::new(out, framing), names }
    }
}

impl<W: Write> super::Writer for Writer<W> {
    fn write(&mut self, row: &Row<'_>) -> Result<()> {
        let properties = self.names.iter().map(String::as_str).zip(row.cells);
        Ok(self.features.row(row.id(), row.shape, properties)?)
    }

    fn finish(self: Box<Self>) -> Result<()> {
        Ok(self.features.finish()?.flush()?)
    }
}
