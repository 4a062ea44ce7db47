//! A feature as an entry of an encyclopaedia: what it is, when, where, how it relates, who says so.

mod lead;
mod relations;

pub use lead::lead;
pub use relations::{Ids as RelationIds, Relations};

use std::collections::BTreeMap;

use tumen_geo_core::check::{Checked, check_some};
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::{Catalogue, Cell, Feature, LinkKind, Series};

use crate::basemap::Embedded;
use crate::bibliography::References;
use crate::book::facts;
use crate::error::Result;
use crate::listing::LinkRow;
use crate::table::grouped;

/// What an entry says of one thing: a label and a line for each statement.
#[derive(Debug)]
pub struct Section {
    /// What it is about.
    pub label: &'static str,
    /// Statements, to be wrapped.
    pub lines: Vec<String>,
}

/// What is said of a feature beside its row in a listing.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The first sentences.
    pub lead: String,
    /// How it relates to others.
    pub relations: Relations<'a>,
    /// Its claims, computed.
    pub checked: Vec<Checked<'a>>,
    /// The figures by year that are of it or of its dealings.
    pub series: Vec<&'a Series>,
    /// Its links, compared by kind.
    pub links: Vec<LinkRow<'a>>,
    /// All of it in words, sources last, numbered as they are cited.
    pub sections: Vec<Section>,
}

impl<'a> Entry<'a> {
    /// The entry of a feature of `catalogue`. Cost: its claims and an index of the features, some
    /// tens of milliseconds.
    ///
    /// # Errors
    /// When a link mentions a feature that is not there, which one of the built-in catalogue does
    /// not.
    pub fn of(feature: &'a Feature, catalogue: &'a Catalogue) -> Result<Self> {
        let index = SpatialIndex::new(catalogue.features().to_vec());
        let checked = check_some(catalogue.claims_of(&feature.id), catalogue, &Embedded);
        let linked = catalogue.links_of(feature)?;
        let links: Result<Vec<LinkRow>> =
            linked.iter().map(|one| LinkRow::of(one, catalogue, None)).collect();
        let of_it = |series: &&Series| {
            series.of == feature.id || series.partner.as_deref() == Some(&feature.id)
        };
        let mut entry = Self {
            lead: lead(feature, catalogue),
            relations: Relations::of(feature, catalogue, &index),
            checked,
            series: catalogue.series().iter().filter(of_it).collect(),
            links: links?,
            sections: Vec::new(),
        };
        entry.sections = entry.told(feature, catalogue, &index);
        Ok(entry)
    }

    fn told(
        &self,
        feature: &Feature,
        catalogue: &Catalogue,
        index: &SpatialIndex<Feature>,
    ) -> Vec<Section> {
        let mut references = References::default();
        for reference in &feature.sources {
            references.cite(reference);
        }
        let mut sections = Vec::new();
        let mut say = |label: &'static str, lines: Vec<String>| {
            if !lines.is_empty() {
                sections.push(Section { label, lines });
            }
        };
        say("also", list(&feature.names.also));
        say("as printed", list(&feature.names.printed));
        say("as scanned", list(&feature.names.ocr));
        let events = feature.span.events().iter();
        say("time", events.map(|event| facts::event(event, &mut references)).collect());
        for (label, lines) in self.relations.told(feature, index) {
            say(label, lines);
        }
        say("links", by_kind(&self.links, feature));
        say("figures", self.series.iter().map(|one| figures(one, &mut references)).collect());
        let claims = self.checked.iter();
        say("claims", claims.map(|one| facts::claim(one, catalogue, &mut references)).collect());
        say("geometry", vec![geometry(feature), facts::outline(feature)]);
        let elsewhere = feature.links.iter().map(|(key, id)| format!("{key} {id}"));
        let elsewhere: Vec<String> = elsewhere.collect();
        say("elsewhere", list(&elsewhere));
        say("away", feature.away.iter().cloned().collect());
        say("note", feature.note.iter().cloned().collect());
        say("sources", references.bibliography(catalogue));
        sections
    }
}

fn list(texts: &[String]) -> Vec<String> {
    if texts.is_empty() { Vec::new() } else { vec![texts.join(", ")] }
}

/// `trade: ⇄ Japan, ← China`, a line for each kind of link.
fn by_kind(links: &[LinkRow<'_>], feature: &Feature) -> Vec<String> {
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in links {
        let way = row.way(Some(&feature.id));
        let ways = kinds.entry(row.kind).or_default();
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    let line = |kind: LinkKind| Some(format!("{kind}: {}", kinds.get(kind.name())?.join(", ")));
    LinkKind::ALL.into_iter().filter_map(line).collect()
}

/// A series in a line: title, first and last number, table.
fn figures(series: &Series, references: &mut References) -> String {
    let number = |value: f64| {
        let printed = value.to_string();
        grouped(value, printed.split_once('.').map_or(0, |(_, decimals)| decimals.len()))
    };
    let values: Vec<(i32, f64)> = series.values().collect();
    let text = match values[..] {
        [] => "no dated number is left".to_owned(),
        [(year, value)] => format!("{} {} in {year}", number(value), series.unit),
        [(first, from), .., (last, to)] => format!(
            "{} in {first} to {} in {last} ({} years), {}",
            number(from),
            number(to),
            values.len(),
            series.unit
        ),
    };
    let lost = series.cells().iter().filter(|(_, cell)| *cell == Cell::Lost).count();
    let lost = if lost > 0 { format!(", {lost} lost") } else { String::new() };
    let table = series.table.as_ref().map_or(String::new(), |table| format!(", table {table}"));
    let cited = references.cite(&series.source);
    format!("{}: {text}{lost}{table} {cited}", series.title.get("en"))
}

/// Where it is and how large.
fn geometry(feature: &Feature) -> String {
    let shape = &feature.shape;
    if let [point] = shape.points() {
        return format!("a point at {:.4}, {:.4} (longitude first)", point.x(), point.y());
    }
    let b = shape.bbox();
    let frame = format!(
        "within {:.3}, {:.3} and {:.3}, {:.3} (longitude first)",
        b.west, b.south, b.east, b.north
    );
    let number = |value: f64| grouped(value, usize::from(value < 100.0));
    match shape.dimension() {
        2 => format!(
            "an area of {} km², {} km around, {frame}; computed on the WGS 84 ellipsoid",
            number(Geodesic::area(shape).to_km2()),
            number(Geodesic::perimeter(shape).to_km())
        ),
        1 => format!(
            "a line of {} km, {frame}; computed on the WGS 84 ellipsoid",
            number(Geodesic::length(shape).to_km())
        ),
        _ => format!("{} points {frame}", shape.points().len()),
    }
}
