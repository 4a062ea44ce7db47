//! `tumen show ID`: everything about one feature.

use std::io::Write;

use serde::Serialize;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::{Catalogue, Event, Feature};

use super::list::Row;
use super::{Input, json_line};
use crate::error::Result;
use crate::table::grouped;

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Id or name of the feature, in any language or printed spelling.
    id: String,
    #[command(flatten)]
    input: Input,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Full<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    names: &'a std::collections::BTreeMap<String, String>,
    names_also: &'a [String],
    names_printed: &'a [String],
    admin: Option<&'a str>,
    place: Option<&'a str>,
    counterpart: Option<&'a str>,
    note: Option<&'a str>,
    geometry: &'static str,
    geometry_from: &'a str,
    geometry_error_km: Option<f64>,
    members: &'a [String],
    bbox: [f64; 4],
    perimeter_km: Option<f64>,
    span: Vec<String>,
    sources: Vec<String>,
    claims: Vec<String>,
    links: &'a std::collections::BTreeMap<String, String>,
}

/// Shows the feature that the argument names.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let catalogue = arguments.input.catalogue()?;
    let feature = catalogue.find(&arguments.id)?;
    let row = Row::of(feature, None);
    let bbox = feature.shape.bbox();
    let area = feature.shape.dimension() == 2;
    let perimeter = area.then(|| Geodesic::perimeter(&feature.shape).to_km());
    if arguments.json {
        let full = Full {
            row,
            names: &feature.names.by_language,
            names_also: &feature.names.also,
            names_printed: &feature.names.printed,
            admin: feature.admin.as_deref(),
            place: feature.place.as_deref(),
            counterpart: feature.crossing.as_ref().and_then(|c| c.counterpart.as_deref()),
            note: feature.note.as_deref(),
            geometry: geometry_name(feature),
            geometry_from: &feature.provenance.from,
            geometry_error_km: feature.provenance.error.map(tumen_geo_core::Length::to_km),
            members: &feature.provenance.members,
            bbox: [bbox.west, bbox.south, bbox.east, bbox.north],
            perimeter_km: perimeter.map(|km| (km * 1e3).round() / 1e3),
            span: feature.span.events().iter().map(event).collect(),
            sources: feature.sources.iter().map(ToString::to_string).collect(),
            claims: catalogue
                .claims_of(&feature.id)
                .map(|c| format!("{}: {}", c.source, c.text))
                .collect(),
            links: &feature.links,
        };
        return json_line(out, &full);
    }
    let mut entry = Entry { out };
    let kind = feature.sub.as_deref().or(row.kind).unwrap_or("feature");
    let countries =
        if row.countries.is_empty() { String::new() } else { format!(" · {}", row.countries) };
    writeln!(entry.out, "{} ({}) · {kind}{countries}", feature.name(), feature.id)?;
    for (language, name) in &feature.names.by_language {
        entry.line(language_name(language), name)?;
    }
    entry.line("also", &feature.names.also.join(", "))?;
    entry.line("as printed", &feature.names.printed.join(", "))?;
    entry.line("note", feature.note.as_deref().unwrap_or(""))?;
    for happened in feature.span.events() {
        entry.line(happened.what.name(), &event_time(happened))?;
    }
    entry.line("geometry", &geometry(feature))?;
    entry.line("from", &feature.provenance.from)?;
    entry.line("members", &feature.provenance.members.join(", "))?;
    if let Some(crossing) = &feature.crossing {
        let modes = crossing.modes.join(", ");
        entry.line("border", &format!("{} by {modes}", crossing.border))?;
        entry.line("opposite", crossing.counterpart.as_deref().unwrap_or(""))?;
    }
    entry.line("place", feature.place.as_deref().unwrap_or(""))?;
    entry.line("measures", &measures(&row, perimeter))?;
    for (key, value) in &feature.links {
        entry.line(key, value)?;
    }
    for reference in &feature.sources {
        entry.line("source", &cited(&catalogue, &reference.source, &reference.lines))?;
    }
    for claim in catalogue.claims_of(&feature.id) {
        let of = crate::report::computation(claim, &catalogue);
        entry.line("claim", &format!("{of} — “{}” ({})", claim.text, claim.source))?;
    }
    Ok(())
}

struct Entry<'a> {
    out: &'a mut dyn Write,
}

impl Entry<'_> {
    /// Writes a labelled line; nothing for an empty text.
    fn line(&mut self, label: &str, text: &str) -> Result<()> {
        if !text.is_empty() {
            writeln!(self.out, "  {label:<12} {text}")?;
        }
        Ok(())
    }
}

fn language_name(code: &str) -> &str {
    match code {
        "en" => "English",
        "zh" => "Chinese",
        "ko" => "Korean",
        "ru" => "Russian",
        "mn" => "Mongolian",
        "ja" => "Japanese",
        other => other,
    }
}

fn geometry_name(feature: &Feature) -> &'static str {
    match (feature.shape.dimension(), feature.shape.chains().count() + feature.shape.points().len())
    {
        (0, 1) => "point",
        (0, _) => "points",
        (1, _) => "line",
        (_, _) => "area",
    }
}

fn geometry(feature: &Feature) -> String {
    let certainty = feature.certainty.map_or(String::new(), |c| format!(", {}", c.name()));
    let error = feature.provenance.error.map_or(String::new(), |e| format!(", ± {} km", e.to_km()));
    if let [point] = feature.shape.points() {
        format!("point {:.4}, {:.4}{certainty}{error}", point.x(), point.y())
    } else {
        let b = feature.shape.bbox();
        let name = geometry_name(feature);
        format!(
            "{name} within {:.3}…{:.3} E, {:.3}…{:.3} N{certainty}{error}",
            b.west, b.east, b.south, b.north
        )
    }
}

fn measures(row: &Row, perimeter: Option<f64>) -> String {
    match perimeter {
        Some(km) => format!("{}, perimeter {} km (WGS 84)", row.size(), grouped(km, 1)),
        None if row.length_km.is_some() => format!("{} (WGS 84)", row.size()),
        None => String::new(),
    }
}

fn event_time(event: &Event) -> String {
    let note = event.note.as_ref().map_or(String::new(), |note| format!(" — {note}"));
    let source = event.source.as_ref().map_or(String::new(), |source| format!(" ({source})"));
    format!("{}{note}{source}", event.when)
}

fn event(event: &Event) -> String {
    format!("{} {}", event.what.name(), event_time(event))
}

fn cited(catalogue: &Catalogue, id: &str, lines: &str) -> String {
    let Some(source) = catalogue.sources().iter().find(|source| source.id == id) else {
        return format!("{id} {lines}");
    };
    let year = source.year.map_or(String::new(), |year| format!(" ({year})"));
    let lines = if lines.is_empty() { String::new() } else { format!(", lines {lines}") };
    let author = if source.author.is_empty() { "unnamed" } else { &source.author };
    format!("{author}{year}, {}{lines}", source.title)
}
