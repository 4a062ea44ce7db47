//! The `tumen` command: arguments in, tables, JSON lines and files out.

mod along;
mod atlas;
mod buffer;
mod check;
mod components;
mod export;
mod export_map;
mod hierarchy;
mod hits;
mod join;
mod links;
mod list;
mod made;
mod map;
mod measure;
mod near;
mod nearest_pair;
mod options;
mod overlap;
mod progress;
mod search;
mod service_areas;
mod show;
mod sources;
mod target;
mod unfinished;
mod validate;
mod way;
mod within;

use std::io::Write;
use std::path::Path;

use clap::{Parser, Subcommand};
use tumen_geo_core::geojson;

use crate::error::{Error, Result};

/// Border ports, special zones and growth triangles: spatial answers on the ellipsoid, and maps.
#[derive(Debug, Parser)]
#[command(name = "tumen", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List features: ports, zones, triangles, regions, corridors, places, borders.
    List(list::Arguments),
    /// Search all names in all scripts and spellings, near misses too.
    Search(search::Arguments),
    /// Show one feature as an encyclopaedia would: names, time, relations, claims, sources.
    Show(show::Arguments),
    /// What links a feature with others: trade, investment, railways, agreements.
    Links(links::Arguments),
    /// The nearest features to a feature or a position.
    Near(near::Arguments),
    /// What lies within a distance of a feature or position, within an area, or in a box.
    Within(within::Arguments),
    /// Which features share ground, and how much: by pairs, as a matrix, or part by part.
    Overlap(overlap::Arguments),
    /// Which areas lie in which.
    Hierarchy(hierarchy::Arguments),
    /// What touches or lies near enough to hang together, and what would part it.
    Components(components::Arguments),
    /// What lies along a border, river or corridor, in order, with the way between.
    Along(along::Arguments),
    /// The nearest pairs of two features or two selections of them.
    NearestPair(nearest_pair::Arguments),
    /// Join each feature of a layer, of any size, with those of another: rows as CSV or JSON.
    Join(join::Arguments),
    /// How large, how long, where, and how well that is known.
    Measure(measure::Arguments),
    /// The ground within a distance, or in rings, as GeoJSON.
    Buffer(buffer::Arguments),
    /// The ground nearer to one port than to any other, as GeoJSON.
    ServiceAreas(service_areas::Arguments),
    /// The claims of the sources beside what the geometry gives.
    Check(check::Arguments),
    /// Everything that is wrong with a file of features, where, and the file repaired.
    Validate(validate::Arguments),
    /// The bibliography, also as BibTeX or CSL-JSON.
    Sources(sources::Arguments),
    /// Write features to files: GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, KML, CSV and others, from any
    /// file that is read; or a QGIS project.
    Export(export::Arguments),
    /// Draw a map: a preset, or a spec file of your own.
    Map(map::Arguments),
    /// Write the atlas: all presets, and a page for each zone and growth triangle, in one PDF.
    Atlas(atlas::Arguments),
}

/// Runs a command; output goes to `out`.
///
/// # Errors
/// Whatever the command met; see [`Error::exit_code`].
pub fn run(cli: Cli, out: &mut dyn Write) -> Result<()> {
    match cli.command {
        Command::List(arguments) => list::run(&arguments, out),
        Command::Search(arguments) => search::run(&arguments, out),
        Command::Show(arguments) => show::run(&arguments, out),
        Command::Links(arguments) => links::run(&arguments, out),
        Command::Near(arguments) => near::run(&arguments, out),
        Command::Within(arguments) => within::run(&arguments, out),
        Command::Overlap(arguments) => overlap::run(&arguments, out),
        Command::Hierarchy(arguments) => hierarchy::run(&arguments, out),
        Command::Components(arguments) => components::run(&arguments, out),
        Command::Along(arguments) => along::run(&arguments, out),
        Command::NearestPair(arguments) => nearest_pair::run(&arguments, out),
        Command::Join(arguments) => join::run(&arguments, out),
        Command::Measure(arguments) => measure::run(&arguments, out),
        Command::Buffer(arguments) => buffer::run(&arguments, out),
        Command::ServiceAreas(arguments) => service_areas::run(&arguments, out),
        Command::Check(arguments) => check::run(&arguments, out),
        Command::Validate(arguments) => validate::run(&arguments, out),
        Command::Sources(arguments) => sources::run(&arguments, out),
        Command::Export(arguments) => export::run(&arguments, out),
        Command::Map(arguments) => map::run(&arguments, out),
        Command::Atlas(arguments) => atlas::run(&arguments, out),
    }
}

/// Writes bytes to a file, or says why not.
fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).map_err(|e| Error::file("write", path, &e))
}

/// Writes a value as one line of JSON.
fn json_line(out: &mut dyn Write, value: &impl serde::Serialize) -> Result<()> {
    let line = serde_json::to_string(value).map_err(|e| Error::failure(e.to_string()))?;
    Ok(writeln!(out, "{line}")?)
}

/// Writes features to a GeoJSON file.
fn write_geojson<'a>(path: &Path, rows: impl IntoIterator<Item = geojson::Row<'a>>) -> Result<()> {
    write_file(path, geojson::write(rows)?.as_bytes())
}

/// A number to so many decimals, as JSON has it.
fn rounded(value: f64, digits: i32) -> f64 {
    (value * 10f64.powi(digits)).round() / 10f64.powi(digits)
}
