//! `tumen export`: features to a file for a GIS.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use tumen_geo_core::geojson::{self, Item};

use super::list::Row;
use super::{Input, Selection};
use crate::error::Result;

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Format of the file.
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write; standard output when left out.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    input: Input,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// RFC 7946: WGS 84, longitude first, geodesic edges densified to 1 m.
    Geojson,
}

/// Writes the features that the arguments choose.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let catalogue = arguments.input.catalogue()?;
    let chosen = catalogue.features().iter().filter(|f| arguments.selection.takes(f));
    let year = arguments.selection.year;
    let items: Vec<Item> = chosen
        .map(|f| Item { id: &f.id, shape: &f.shape, properties: Row::of(f, year).properties() })
        .collect();
    let Format::Geojson = arguments.format;
    let text = geojson::write(&items);
    match &arguments.out {
        None => out.write_all(text.as_bytes())?,
        Some(path) => {
            super::write_file(path, text.as_bytes())?;
            writeln!(out, "Wrote {} features to {}.", items.len(), path.display())?;
        }
    }
    Ok(())
}
