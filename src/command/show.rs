//! `tumen show ID`: everything about one feature.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::{Catalogue, Event, Feature};

use super::options::Input;
use super::{check, json_line};
use crate::book::facts;
use crate::entry::{Entry, RelationIds};
use crate::error::Result;
use crate::listing::{LinkRow, Row};
use crate::prose::{columns, wrap};

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
    names: &'a BTreeMap<String, String>,
    names_also: &'a [String],
    names_printed: &'a [String],
    names_ocr: &'a [String],
    rank: u8,
    lead: &'a str,
    admin: Option<&'a str>,
    place: Option<&'a str>,
    counterpart: Option<&'a str>,
    border: Option<&'a str>,
    modes: &'a [String],
    away: Option<&'a str>,
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
    claims_checked: Vec<check::Row<'a>>,
    relations: RelationIds<'a>,
    linked: &'a [LinkRow<'a>],
    series: Vec<&'a str>,
    links: &'a BTreeMap<String, String>,
    properties: &'a BTreeMap<String, String>,
}

impl<'a> Full<'a> {
    fn of(feature: &'a Feature, entry: &'a Entry<'a>, catalogue: &Catalogue) -> Self {
        let bbox = feature.shape.bbox();
        let area = feature.shape.dimension() == 2;
        let perimeter = area.then(|| Geodesic::perimeter(&feature.shape).to_km());
        let crossing = feature.crossing.as_ref();
        Self {
            row: Row::of(feature, None),
            names: &feature.names.by_language,
            names_also: &feature.names.also,
            names_printed: &feature.names.printed,
            names_ocr: &feature.names.ocr,
            rank: feature.rank,
            lead: &entry.lead,
            admin: feature.admin.as_deref(),
            place: feature.place.as_deref(),
            counterpart: crossing.and_then(|c| c.counterpart.as_deref()),
            border: crossing.map(|c| c.border.as_str()),
            modes: crossing.map_or(&[], |c| &c.modes),
            away: feature.away.as_deref(),
            note: feature.note.as_deref(),
            geometry: geometry_name(feature),
            geometry_from: &feature.provenance.from,
            geometry_error_km: feature.provenance.error.map(tumen_geo_core::Length::to_km),
            members: &feature.provenance.members,
            bbox: [bbox.west, bbox.south, bbox.east, bbox.north],
            perimeter_km: perimeter.map(|km| (km * 1e3).round() / 1e3),
            span: feature.span.events().iter().map(Event::to_string).collect(),
            sources: feature.sources.iter().map(ToString::to_string).collect(),
            claims: entry
                .checked
                .iter()
                .map(|one| format!("{}: {}", one.claim.source, one.claim.text))
                .collect(),
            claims_checked: entry
                .checked
                .iter()
                .map(|one| check::Row::of(one, catalogue))
                .collect(),
            relations: entry.relations.ids(),
            linked: &entry.links,
            series: entry.series.iter().map(|series| series.id.as_str()).collect(),
            links: &feature.links,
            properties: &feature.properties,
        }
    }
}

/// Shows the feature that the argument names.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let catalogue = arguments.input.catalogue()?;
    let feature = catalogue.find(&arguments.id)?;
    let entry = Entry::of(feature, &catalogue)?;
    if arguments.json {
        return json_line(out, &Full::of(feature, &entry, &catalogue));
    }
    let columns = columns();
    writeln!(out, "{} ({}) · {}", feature.name(), feature.id, facts::kind(feature))?;
    let other = feature.names.by_language.iter().filter(|(code, _)| *code != "en");
    let names: Vec<String> =
        other.map(|(code, name)| format!("{} {name}", language_name(code))).collect();
    if !names.is_empty() {
        wrap(out, "", &names.join(" · "), columns)?;
    }
    writeln!(out)?;
    wrap(out, "", &entry.lead, columns)?;
    writeln!(out)?;
    for section in &entry.sections {
        for (index, line) in section.lines.iter().enumerate() {
            let label = if index == 0 { section.label } else { "" };
            wrap(out, &format!("  {label:<12} "), line, columns)?;
        }
    }
    for (key, value) in &feature.properties {
        wrap(out, &format!("  {key:<12} "), value, columns)?;
    }
    Ok(())
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
