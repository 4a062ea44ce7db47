//! What a page says of its feature, in words.

use tumen_geo_core::check::Checked;
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::{Catalogue, Certainty, Event, Feature, Kind};
use tumen_geo_core::query::Overlap;

use super::Library;
use super::ground::{Shared, is_compared};
use crate::basemap;
use crate::bibliography::References;
use crate::report;
use crate::table::grouped;

/// More ports than this within a feature are counted, not named.
const NAMED: usize = 12;
/// More zones than this that share ground are counted, not named.
const ALIKE: usize = 8;
/// Ports farther away than this say nothing about a feature, km.
const NEAR_KM: f64 = 500.0;

/// A fact: its label and what is to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub label: &'static str,
    /// One line each, to be wrapped.
    pub lines: Vec<FactLine>,
}

/// A line of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactLine {
    /// What is said.
    pub text: String,
    /// Id of the feature that it tells of, if that has a page of its own.
    pub about: Option<String>,
}

impl From<String> for FactLine {
    fn from(text: String) -> Self {
        Self { text, about: None }
    }
}

/// The facts about `feature` beside its names, kind and countries; those that there are, with the sources last: numbered as they are
/// cited. Cost: some milliseconds for a feature that shares ground with others.
pub fn facts(feature: &Feature, library: &Library<'_>) -> Vec<Fact> {
    let overlaps = library.index.overlap(&feature.shape, |other| is_compared(feature, other));
    facts_over(feature, library, overlaps.value)
}

/// [`facts`], where it is known what the feature shares with others, ordered by their ids.
pub(super) fn facts_over(
    feature: &Feature,
    library: &Library<'_>,
    overlaps: Vec<Shared<'_>>,
) -> Vec<Fact> {
    let mut references = References::default();
    for reference in &feature.sources {
        references.cite(reference);
    }
    let catalogue = library.catalogue;
    let mut facts: Vec<Fact> = Vec::new();
    let mut say = |label: &'static str, lines: Vec<FactLine>| {
        if !lines.is_empty() {
            facts.push(Fact { label, lines });
        }
    };
    let plain = |texts: Vec<String>| texts.into_iter().map(FactLine::from).collect();
    say("Also called", plain(also(feature)));
    say("Status", plain(vec![feature.span.status(i32::MAX).name().to_owned()]));
    let events = feature.span.events().iter();
    say("Time", plain(events.map(|e| event(e, &mut references)).collect()));
    say("Size", plain(vec![size(feature)]));
    let checked = library.checked.get(feature.id.as_str());
    let claims = checked.into_iter().flatten();
    say("Claims", plain(claims.map(|c| claim(c, catalogue, &mut references)).collect()));
    say("Outline", plain(vec![outline(feature)]));
    let several = feature.provenance.members.len() > 1;
    say(if several { "Members" } else { "Place" }, plain(members(feature, catalogue)));
    say("Seaport", plain(nearest(feature, &library.index, Kind::Seaport)));
    say("Border port", plain(nearest(feature, &library.index, Kind::BorderPort)));
    say("Shares ground", shared(feature, overlaps));
    say("Note", plain(feature.note.iter().cloned().collect()));
    say("Sources", plain(references.bibliography(catalogue)));
    facts
}

/// The sort of a feature: `growth triangle: de facto`, `free economic zone`.
pub(crate) fn kind(feature: &Feature) -> String {
    let kind = feature.kind.map_or("feature", Kind::name).replace('-', " ");
    match feature.sub.as_ref().map(|sub| sub.replace('-', " ")) {
        Some(sub) if sub.ends_with(&kind) => sub,
        Some(sub) => format!("{kind}: {sub}"),
        None => kind,
    }
}

/// The countries by their English names.
pub(crate) fn countries(feature: &Feature) -> String {
    let name = |code: &String| {
        let mut names = basemap::country_names(code);
        let mut world = basemap::world().objects.iter();
        let far = || world.find(|o| o.properties.id == *code)?.properties.names().remove("en");
        names.remove("en").or_else(far).unwrap_or_else(|| code.clone())
    };
    feature.countries.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn also(feature: &Feature) -> Vec<String> {
    let mut lines = Vec::new();
    if !feature.names.also.is_empty() {
        lines.push(feature.names.also.join(", "));
    }
    if !feature.names.printed.is_empty() {
        lines.push(format!("printed as “{}”", feature.names.printed.join("”, “")));
    }
    lines
}

pub(crate) fn event(event: &Event, references: &mut References) -> String {
    let note = event.note.as_ref().map_or(String::new(), |note| format!(": {note}"));
    let source =
        event.source.as_ref().map_or(String::new(), |r| format!(" {}", references.cite(r)));
    format!("{} {}{note}{source}", event.when, event.what.name())
}

fn size(feature: &Feature) -> String {
    if feature.shape.dimension() < 2 {
        return "no extent known: it stands at a point".to_owned();
    }
    let area = Geodesic::area(&feature.shape).to_km2();
    let around = Geodesic::perimeter(&feature.shape).to_km();
    let decimals = |number: f64| usize::from(number < 100.0);
    format!(
        "area {} km², perimeter {} km, computed on the WGS 84 ellipsoid",
        number(area, decimals(area)),
        number(around, decimals(around))
    )
}

pub(crate) fn claim(
    checked: &Checked<'_>,
    catalogue: &Catalogue,
    references: &mut References,
) -> String {
    let claim = checked.claim;
    let mut text = report::computation(claim, catalogue);
    let [claimed, computed] = [report::claimed(checked), report::computed(checked)];
    if !claimed.is_empty() {
        text.extend([": claimed ", &claimed]);
    }
    if !computed.is_empty() {
        let join = if claimed.is_empty() { ":" } else { "," };
        text.extend([join, " computed ", &computed]);
    }
    let cited = references.cite(&claim.source);
    format!("{text}; {}. “{}” {cited}", checked.verdict.describe(), claim.text)
}

pub(crate) fn outline(feature: &Feature) -> String {
    let meaning = match feature.certainty {
        Some(Certainty::Surveyed) => "surveyed: traced from survey or satellite data",
        Some(Certainty::Administrative) => "administrative: the limit of a unit",
        Some(Certainty::Digitised) => "digitised: drawn by hand from what the record names",
        Some(Certainty::Schematic) => "schematic: a simple shape that stands for it",
        Some(Certainty::Conceptual) => "conceptual: no limit that anybody drew",
        None => "of unknown certainty",
    };
    let from = &feature.provenance.from;
    let error = feature.provenance.error;
    let error = error.map_or(String::new(), |e| format!("; off by up to {} km", e.to_km()));
    format!("{meaning}{error}. From: {from}")
}

fn members(feature: &Feature, catalogue: &Catalogue) -> Vec<String> {
    let members = feature.provenance.members.iter();
    let names: Vec<&str> = members.filter_map(|id| catalogue.get(id)).map(Feature::name).collect();
    if names.is_empty() { Vec::new() } else { vec![names.join(" · ")] }
}

/// The ports of a kind within the feature, and the nearest outside it.
pub(crate) fn nearest(feature: &Feature, index: &SpatialIndex<Feature>, kind: Kind) -> Vec<String> {
    let of_kind = |other: &Feature| other.kind == Some(kind);
    let within: Vec<&Feature> = match feature.shape.dimension() {
        2 => index.intersecting(&feature.shape, of_kind).value,
        _ => Vec::new(),
    };
    let outside = |other: &Feature| {
        of_kind(other) && other.id != feature.id && within.iter().all(|w| w.id != other.id)
    };
    let hits = index.near(&feature.shape, 1, outside).value;
    let near = hits.into_iter().filter(|hit| hit.distance().to_km() <= NEAR_KM);
    let word = if within.is_empty() { "" } else { "nearest outside: " };
    let names: Vec<&str> = within.iter().map(|port| port.name()).collect();
    let mut lines = Vec::new();
    if names.len() > NAMED {
        lines.push(format!("within: {} of them", names.len()));
    } else if !names.is_empty() {
        lines.push(format!("within: {}", names.join(" · ")));
    }
    lines.extend(
        near.map(|hit| {
            format!("{word}{}, {} km", hit.item.name(), number(hit.distance().to_km(), 1))
        }),
    );
    lines
}

/// The zones and triangles that a feature shares ground with; those at points within it in one line.
fn shared(feature: &Feature, overlaps: Vec<Shared<'_>>) -> Vec<FactLine> {
    let area = feature.shape.dimension() == 2;
    let (points, mut others): (Vec<_>, Vec<_>) =
        overlaps.into_iter().partition(|(other, _)| area && other.shape.dimension() == 0);
    // Those that are most nearly the same ground; the large ones that hold a whole coast say little.
    let alike = |overlap: &Overlap| overlap.share_of_first * overlap.share_of_second;
    others.sort_by(|(_, a), (_, b)| alike(b).total_cmp(&alike(a)));
    let more = others.len().saturating_sub(ALIKE);
    others.truncate(ALIKE);
    let line = |(other, overlap): (&Feature, Overlap)| {
        let km2 = overlap.area.to_km2();
        let what = if overlap.shared.is_some() {
            format!(
                "{} km², {} of this and {} of that",
                number(km2, usize::from(km2 < 100.0)),
                percent(overlap.share_of_first),
                percent(overlap.share_of_second),
            )
        } else if area {
            "touches this".to_owned()
        } else if other.shape.dimension() == 2 {
            "this stands in it".to_owned()
        } else {
            "at the same place".to_owned()
        };
        FactLine { text: format!("{}: {what}", other.name()), about: Some(other.id.clone()) }
    };
    let mut lines: Vec<FactLine> = others.into_iter().map(line).collect();
    if more > 0 {
        lines.push(format!("and less alike ground with {more} others").into());
    }
    if !points.is_empty() {
        let names: Vec<&str> = points.iter().map(|(other, _)| other.name()).collect();
        lines.push(format!("stand in this: {}", names.join(" · ")).into());
    }
    lines
}

/// `23 %`; small shares with a decimal.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 0.05 {
        return "less than 0.1\u{A0}%".to_owned();
    }
    let decimals = usize::from(percent < 10.0);
    format!("{percent:.decimals$}\u{A0}%")
}

/// A grouped number whose groups stay in one line.
fn number(value: f64, decimals: usize) -> String {
    grouped(value, decimals).replace(' ', "\u{202F}")
}
