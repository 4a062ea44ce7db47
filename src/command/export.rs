//! `tumen export`: features to files for a GIS, a gazetteer, a table.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::options::{Input, Selection};
use crate::error::{Error, Result};
use crate::export::{self, BASE, File, Selected};
use crate::prose::count_of;

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Format of the file.
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write, or the folder for several; standard output when left out.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// GeoJSON: a file for each kind, into a folder.
    #[arg(long)]
    per_kind: bool,
    /// Linked Places: what stands before an id to make it a URI.
    #[arg(long, value_name = "URI", default_value = BASE)]
    base: String,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    input: Input,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Format {
    /// RFC 7946: WGS 84, longitude first, geodesic edges densified to 1 m.
    Geojson,
    /// A row for each feature with all names, geometry as WKT (RFC 4180, UTF-8).
    Csv,
    /// Linked Places format 1.2: JSON-LD with timespans, names, sources and relations.
    Lpf,
    /// Frictionless data package: tables of features, links, series and sources with their schema,
    /// and GeoJSON for each kind, into a folder.
    Datapackage,
}

/// Writes the features that the arguments choose.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    if arguments.per_kind && arguments.format != Format::Geojson {
        return Err(Error::usage("only GeoJSON is written per kind")
            .with_hint("--kind chooses one kind in any format"));
    }
    let catalogue = arguments.input.catalogue()?;
    let chosen = catalogue.features().iter().filter(|f| arguments.selection.takes(f));
    let selected = Selected {
        catalogue: &catalogue,
        features: chosen.collect(),
        year: arguments.selection.year,
    };
    let to = arguments.out.as_deref();
    let text = match arguments.format {
        Format::Geojson if arguments.per_kind => {
            return into_folder(to, &export::geojson_per_kind(&selected)?, out);
        }
        Format::Datapackage => return into_folder(to, &export::datapackage(&selected)?, out),
        Format::Geojson => export::geojson(&selected)?,
        Format::Csv => export::csv(&selected)?,
        Format::Lpf => export::lpf(&selected, &arguments.base)?,
    };
    match to {
        None => out.write_all(text.as_bytes())?,
        Some(path) => {
            super::write_file(path, text.as_bytes())?;
            writeln!(
                out,
                "Wrote {} to {}.",
                count_of(selected.features.len(), "feature"),
                path.display()
            )?;
        }
    }
    Ok(())
}

/// Writes files into a folder, which is made when it is not there.
fn into_folder(folder: Option<&Path>, files: &[File], out: &mut dyn Write) -> Result<()> {
    let folder = folder.ok_or_else(|| {
        Error::usage("several files need a folder").with_hint("name one, as in -o tumen-data")
    })?;
    std::fs::create_dir_all(folder).map_err(|e| Error::file("make", folder, &e))?;
    for file in files {
        super::write_file(&folder.join(&file.name), file.text.as_bytes())?;
    }
    writeln!(out, "Wrote {} files to {}.", files.len(), folder.display())?;
    Ok(())
}
