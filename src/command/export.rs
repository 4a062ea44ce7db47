//! `tumen export`: features to a file for a GIS.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::Value;
use tumen_geo_core::geojson;
use tumen_geo_core::model::Feature;

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
    let features: Vec<(&Feature, Vec<(String, Value)>)> =
        chosen.map(|feature| (feature, properties(feature, year))).collect();
    let rows = features.iter().map(|(feature, properties)| geojson::Row {
        id: &feature.id,
        shape: &feature.shape,
        properties,
    });
    let Format::Geojson = arguments.format;
    let text = geojson::write(rows)?;
    match &arguments.out {
        None => out.write_all(text.as_bytes())?,
        Some(path) => {
            super::write_file(path, text.as_bytes())?;
            writeln!(out, "Wrote {} features to {}.", features.len(), path.display())?;
        }
    }
    Ok(())
}

/// The flat properties of a feature: those of a listing, then a user's own.
fn properties(feature: &Feature, year: Option<i32>) -> Vec<(String, Value)> {
    let row = Row::of(feature, year).properties();
    let own = feature.properties.iter().map(|(key, value)| (key.clone(), value.as_str().into()));
    row.into_iter().map(|(key, value)| (key.to_owned(), value)).chain(own).collect()
}
