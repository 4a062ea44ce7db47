//! The `tumen` command: arguments in, tables, JSON lines and files out.

mod along;
mod atlas;
mod check;
mod export;
mod links;
mod list;
mod map;
mod nearest_pair;
mod query;
mod search;
mod show;
mod sources;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};
use tumen_geo_core::model::{Catalogue, When};
use tumen_geo_core::{Length, LonLat, Shape, geojson};

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
    Near(query::NearArguments),
    /// What lies within a distance of a feature or position, or within an area.
    Within(query::WithinArguments),
    /// Which features share ground, and how much.
    Overlap(query::OverlapArguments),
    /// What lies along a border, river or corridor, in order, with the way between.
    Along(along::Arguments),
    /// The nearest pairs of two features or two selections of them.
    NearestPair(nearest_pair::Arguments),
    /// The claims of the sources beside what the geometry gives.
    Check(check::Arguments),
    /// The bibliography, also as BibTeX or CSL-JSON.
    Sources(sources::Arguments),
    /// Write features to files: GeoJSON, CSV, Linked Places, a Frictionless data package.
    Export(export::Arguments),
    /// Draw a map: a preset, or a spec file of your own.
    Map(map::Arguments),
    /// Write the atlas: all presets, and a page for each zone and growth triangle, in one PDF.
    Atlas(atlas::Arguments),
}

/// Where the features come from.
#[derive(Debug, clap::Args)]
struct Input {
    /// Your own features instead of the built-in catalogue: GeoJSON, or a catalogue as a folder of
    /// TOML files.
    #[arg(long, value_name = "FILE|FOLDER")]
    input: Option<PathBuf>,
}

impl Input {
    fn catalogue(&self) -> Result<Catalogue> {
        match &self.input {
            None => crate::catalogue(),
            Some(path) => crate::read_catalogue(path),
        }
    }
}

/// Which of them are meant.
#[derive(Clone, Debug, Default, clap::Args)]
struct Selection {
    /// Only this kind: border-port, seaport, port, zone, growth-triangle, region, corridor, place,
    /// natural-feature, border-segment.
    #[arg(long, value_name = "KIND", value_parser = Kinds::parse)]
    kind: Option<Kinds>,
    /// Only features that touch this country (ISO 3166-1, as in CN).
    #[arg(long, value_name = "CC")]
    country: Option<String>,
    /// Only what was proposed or in force in this year.
    #[arg(long, value_name = "YEAR", value_parser = year)]
    year: Option<i32>,
}

/// One kind, or a word for several.
#[derive(Clone, Debug)]
struct Kinds(Vec<tumen_geo_core::model::Kind>);

impl Kinds {
    fn parse(text: &str) -> std::result::Result<Self, String> {
        use tumen_geo_core::model::Kind;
        if matches!(text, "port" | "ports") {
            return Ok(Self(vec![Kind::BorderPort, Kind::Seaport]));
        }
        text.parse().map(|kind| Self(vec![kind])).map_err(|e| explained(&e))
    }
}

fn year(text: &str) -> std::result::Result<i32, String> {
    let year = text.parse().map_err(|_| format!("'{text}' is not a year"))?;
    When::check_year(year).map_err(|e| explained(&e))
}

fn explained(error: &tumen_geo_core::Error) -> String {
    match error.hint() {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    }
}

impl Selection {
    fn takes(&self, feature: &tumen_geo_core::model::Feature) -> bool {
        let kind = self
            .kind
            .as_ref()
            .is_none_or(|kinds| feature.kind.is_some_and(|k| kinds.0.contains(&k)));
        let country = self
            .country
            .as_ref()
            .is_none_or(|code| feature.countries.iter().any(|c| c.eq_ignore_ascii_case(code)));
        kind && country && self.year.is_none_or(|year| feature.span.shown_in(year))
    }
}

/// A feature or a position, as a person names it.
struct Target {
    /// Id of the feature, if it is one.
    id: Option<String>,
    name: String,
    shape: Shape,
}

impl Target {
    fn find(catalogue: &Catalogue, text: &str) -> Result<Self> {
        let numeric = text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
        if numeric && text.contains(',') {
            let position: LonLat = text.parse().map_err(|e| Error::from(e).as_usage())?;
            let shape = Shape::point(position);
            return Ok(Self { id: None, name: position.to_string(), shape });
        }
        let feature = catalogue.find(text)?;
        Ok(Self {
            id: Some(feature.id.clone()),
            name: feature.name().to_owned(),
            shape: feature.shape.clone(),
        })
    }
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
        Command::Near(arguments) => query::near(&arguments, out),
        Command::Within(arguments) => query::within(&arguments, out),
        Command::Overlap(arguments) => query::overlap(&arguments, out),
        Command::Along(arguments) => along::run(&arguments, out),
        Command::NearestPair(arguments) => nearest_pair::run(&arguments, out),
        Command::Check(arguments) => check::run(&arguments, out),
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

/// A length with its unit: `100km`, `2.5 km`, `500m`.
fn length(text: &str) -> Result<Length> {
    let wrong =
        || Error::usage(format!("'{text}' is not a distance")).with_hint("write 100km or 500m");
    let (number, metres): (&str, bool) = match text.strip_suffix("km") {
        Some(number) => (number, false),
        None => (text.strip_suffix('m').ok_or_else(wrong)?, true),
    };
    let number: f64 = number.trim().parse().map_err(|_| wrong())?;
    if !(number.is_finite() && number >= 0.0) {
        return Err(wrong());
    }
    Ok(if metres { Length::m(number) } else { Length::km(number) })
}

/// A [`length`] as the value of an option.
fn distance(text: &str) -> std::result::Result<Length, String> {
    length(text).map_err(|e| e.hint().map_or(e.to_string(), |hint| format!("{e} ({hint})")))
}
