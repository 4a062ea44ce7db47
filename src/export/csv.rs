//! Features as a table (RFC 4180), their geometry as WKT.

use std::io::Write;

use super::layer::{Layer, Row};
use super::sheet::cell;
use super::wkt;
use crate::error::{Error, Result};

/// The column of the geometry: degrees on WGS 84 (OGC:CRS84), longitude first.
pub(super) const WKT: &str = "wkt";

/// Rows of texts: a line of names, comma, double quotes where they are needed, CRLF, UTF-8.
pub struct Writer<W: Write> {
    rows: ::csv::Writer<W>,
}

impl<W: Write> Writer<W> {
    /// A table with the columns of the layer, and `wkt`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W, layer: &Layer) -> Result<Self> {
        let mut rows =
            ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        let names = layer.fields.iter().map(|field| &*field.name);
        rows.write_record(names.chain([WKT])).map_err(|e| failed(&e))?;
        Ok(Self { rows })
    }
}

impl<W: Write> super::Writer for Writer<W> {
    fn write(&mut self, row: &Row<'_>) -> Result<()> {
        let geometry = row.geometry()?;
        let cells = row.cells.iter().map(cell).chain([wkt(&geometry)]);
        self.rows.write_record(cells).map_err(|e| failed(&e))
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        Ok(self.rows.flush()?)
    }
}

fn failed(error: &::csv::Error) -> Error {
    match error.kind() {
        ::csv::ErrorKind::Io(error) => Error::output(error),
        _ => Error::failure(format!("cannot write the table: {error}")),
    }
}
