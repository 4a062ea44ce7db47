//! `tumen export`: features to files for a GIS, a gazetteer, a table.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use tumen_geo_core::model::Feature;
use tumen_geo_core::{Bbox, geojson};

use super::export_map::{self, OfMap};
use super::options::{Input, Selection};
use super::progress;
use super::unfinished::Unfinished;
use super::within::bbox;
use crate::error::{Error, Result};
use crate::export::{self, BASE, File, Selected, Split, catalogue};
use crate::import;
use crate::prose::count_of;

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Format of the file.
    #[arg(long, value_enum, required_unless_present = "qgis")]
    format: Option<Format>,
    /// The file to write, or the folder for several; standard output when left out.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// A file for each kind of feature, into a folder.
    #[arg(long)]
    per_kind: bool,
    /// A file each for points, lines and areas, into a folder: for programs such as ArcGIS that take
    /// one type of geometry at a time.
    #[arg(long, conflicts_with = "per_kind")]
    per_geometry: bool,
    /// Linked Places: what stands before an id to make it a URI.
    #[arg(long, value_name = "URI", default_value = BASE)]
    base: String,
    /// Only features whose boxes touch this one: west,south,east,north in degrees; west > east crosses
    /// ±180°. A file with an index is not read whole.
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true, value_parser = bbox,
        conflicts_with_all = ["map", "qgis"])]
    bbox: Option<Bbox>,
    #[command(flatten)]
    map: OfMap,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    input: Input,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Format {
    /// RFC 7946: WGS 84, longitude first, geodesic edges densified to 1 m.
    Geojson,
    /// GeoJSON, a feature to a line and nothing else (GeoJSONL, newline-delimited).
    Geojsonseq,
    /// A row for each feature with all names, geometry as WKT (RFC 4180, UTF-8).
    Csv,
    /// KML 2.2 for Google Earth: folders and styles by kind, time spans, all columns as typed data.
    Kml,
    /// KML in a zip archive, smaller.
    Kmz,
    /// FlatGeobuf with its spatial index, to a file.
    Flatgeobuf,
    /// GeoParquet 1.1: WKB, box of each feature, for DuckDB, geopandas and QGIS, to a file.
    Geoparquet,
    /// GeoPackage 1.3: a layer for each kind with its index, and tables of names, links, series, claims
    /// and sources, in one file; of a file that is converted, one layer.
    Geopackage,
    /// Linked Places format 1.2: JSON-LD with timespans, names, sources and relations.
    Lpf,
    /// Frictionless data package: tables of features, links, series and sources with their schema,
    /// and GeoJSON for each kind, into a folder.
    Datapackage,
}

impl Format {
    /// The format of one layer that it is, if it is one.
    fn of_layers(self) -> Option<export::Format> {
        match self {
            Self::Geojson => Some(export::Format::Geojson),
            Self::Geojsonseq => Some(export::Format::Geojsonseq),
            Self::Csv => Some(export::Format::Csv),
            Self::Kml => Some(export::Format::Kml),
            Self::Kmz => Some(export::Format::Kmz),
            Self::Flatgeobuf => Some(export::Format::Flatgeobuf),
            Self::Geoparquet => Some(export::Format::Geoparquet),
            Self::Geopackage => Some(export::Format::Geopackage),
            Self::Lpf | Self::Datapackage => None,
        }
    }
}

/// Writes the features that the arguments choose.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let split = match (arguments.per_kind, arguments.per_geometry) {
        (true, _) => Some(Split::Kind),
        (_, true) => Some(Split::Geometry),
        _ => None,
    };
    let of_layers = arguments.format.and_then(Format::of_layers);
    if arguments.map.is_wanted() {
        if arguments.format.is_some() && of_layers.is_none() {
            return Err(Error::usage("the layers of a map are written in formats of layers"));
        }
        let (to, year) = (arguments.out.as_deref(), arguments.selection.year);
        return export_map::run(&arguments.map, of_layers, to, &arguments.input, year, out);
    }
    let format = of_layers;
    if split.is_some() && format.is_none() {
        return Err(Error::usage("only formats of layers are written in several files")
            .with_hint("--kind chooses one kind in any format"));
    }
    let binary = format.is_some_and(|format| !format.is_text());
    if binary && arguments.out.is_none() && std::io::stdout().is_terminal() {
        return Err(Error::usage("what the format writes is no text for a terminal")
            .with_hint("name a file, as in -o zones.fgb, or send it through a pipe"));
    }
    if let (Some(format), Some(path), None) = (format, arguments.input.file(), split) {
        return convert(arguments, format, path, out);
    }
    let catalogue = arguments.input.catalogue()?;
    let touches = |f: &Feature| arguments.bbox.is_none_or(|bbox| f.shape.bbox().intersects(&bbox));
    let chosen = catalogue.features().iter().filter(|f| arguments.selection.takes(f) && touches(f));
    let selected = Selected {
        catalogue: &catalogue,
        features: chosen.collect(),
        year: arguments.selection.year,
    };
    let to = arguments.out.as_deref();
    match (format, split, arguments.format) {
        (Some(format), Some(split), _) => return several(to, &selected, format, split, out),
        (Some(format), None, _) => one(to, &selected, format, out)?,
        (None, _, Some(Format::Datapackage)) => {
            return into_folder(to, &export::datapackage(&selected)?, out);
        }
        (None, _, _) => {
            let text = export::lpf(&selected, &arguments.base)?;
            match to {
                None => out.write_all(text.as_bytes())?,
                Some(path) => super::write_file(path, text.as_bytes())?,
            }
        }
    }
    told(selected.features.len(), to, out)
}

/// Says what was written where, unless that is the output itself.
fn told(count: usize, to: Option<&Path>, out: &mut dyn Write) -> Result<()> {
    if let Some(path) = to {
        writeln!(out, "Wrote {} to {}.", count_of(count, "feature"), path.display())?;
    }
    Ok(())
}

/// The features of a file, whatever its size.
fn convert(
    arguments: &Arguments,
    format: export::Format,
    path: &Path,
    out: &mut dyn Write,
) -> Result<()> {
    let selection = &arguments.selection;
    let takes = |record: &tumen_geo_core::raw::Record| {
        Ok(selection.is_everything() || selection.takes(&geojson::feature(record.clone())?))
    };
    // Once for the columns, once for the features.
    let options = import::Options { bbox: arguments.bbox, ..arguments.input.options() };
    let options = progress::watched(path, 2, options)?;
    let to = arguments.out.as_deref();
    let unfinished = to.map(Unfinished::new).transpose()?;
    let converted = export::convert(path, &options, takes, |layer| match &unfinished {
        Some(unfinished) => format.file(unfinished.path(), layer),
        None => format.stream(&mut *out, layer),
    })?;
    if let Some(unfinished) = unfinished {
        unfinished.finish()?;
    }
    super::options::told(&converted.notes);
    told(converted.count, to, out)
}

/// The features of a catalogue in one file.
fn one(
    to: Option<&Path>,
    selected: &Selected<'_>,
    format: export::Format,
    out: &mut dyn Write,
) -> Result<()> {
    let stem = to.and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
    let layer = catalogue::layer(selected, &stem.unwrap_or_else(|| "tumen".to_owned()), "")?;
    let Some(path) = to else {
        return export::write(selected, format.stream(out, &layer)?);
    };
    let unfinished = Unfinished::new(path)?;
    if format == export::Format::Geopackage {
        export::package(unfinished.path(), selected)?;
    } else {
        export::write(selected, format.file(unfinished.path(), &layer)?)?;
    }
    unfinished.finish()
}

/// The features of a catalogue in a file for each part, in a folder that is made when it is not
/// there.
fn several(
    to: Option<&Path>,
    selected: &Selected<'_>,
    format: export::Format,
    by: Split,
    out: &mut dyn Write,
) -> Result<()> {
    let folder = made(to)?;
    let parts = export::split(selected, by)?;
    for (name, part) in &parts {
        let layer = catalogue::layer(part, name, "")?;
        let unfinished = Unfinished::new(&folder.join(name).with_extension(format.extension()))?;
        export::write(part, format.file(unfinished.path(), &layer)?)?;
        unfinished.finish()?;
    }
    Ok(writeln!(out, "Wrote {} files to {}.", parts.len(), folder.display())?)
}

/// Writes files into a folder.
fn into_folder(folder: Option<&Path>, files: &[File], out: &mut dyn Write) -> Result<()> {
    let folder = made(folder)?;
    for file in files {
        super::write_file(&folder.join(&file.name), file.text.as_bytes())?;
    }
    Ok(writeln!(out, "Wrote {} files to {}.", files.len(), folder.display())?)
}

/// The folder for several files, which is made when it is not there.
pub(super) fn made(folder: Option<&Path>) -> Result<&Path> {
    let folder = folder.ok_or_else(|| {
        Error::usage("several files need a folder").with_hint("name one, as in -o tumen-data")
    })?;
    std::fs::create_dir_all(folder).map_err(|e| Error::file("make", folder, &e))?;
    Ok(folder)
}
