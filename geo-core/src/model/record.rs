//! The catalogue as it is written: TOML records, one table a feature.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::claim::{About, Claim, Quantity};
use super::link::LinkRecord;
use super::names::Names;
use super::series::SeriesRecord;
use super::source::{Journal, Reference, Source};
use super::span::{Event, TimeSpan};
use crate::error::{Error, ErrorKind, Result};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileRecord {
    #[serde(default)]
    pub feature: Vec<FeatureRecord>,
    #[serde(default)]
    pub source: Vec<SourceRecord>,
    #[serde(default)]
    pub link: Vec<LinkRecord>,
    #[serde(default)]
    pub series: Vec<SeriesRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(super) struct SourceRecord {
    id: String,
    kind: String,
    author: String,
    title: String,
    year: Option<i32>,
    publisher: String,
    journal: String,
    volume: String,
    issue: String,
    pages: String,
    version: String,
    url: String,
    licence: String,
    note: String,
}

impl From<SourceRecord> for Source {
    fn from(record: SourceRecord) -> Self {
        let journal = (!record.journal.is_empty()).then_some(Journal {
            title: record.journal,
            volume: record.volume,
            issue: record.issue,
            pages: record.pages,
        });
        let in_journal = journal.as_ref().map(ToString::to_string).unwrap_or_default();
        let publisher = [in_journal, record.publisher, record.version]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        Self {
            id: record.id,
            kind: record.kind,
            author: record.author,
            title: record.title,
            year: record.year,
            publisher,
            journal,
            url: record.url,
            licence: record.licence,
            note: record.note,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeatureRecord {
    pub id: String,
    pub kind: String,
    pub sub: Option<String>,
    #[serde(default)]
    pub countries: Vec<String>,
    pub admin: Option<String>,
    pub rank: Option<u8>,
    pub names: NamesRecord,
    pub note: Option<String>,
    pub certainty: String,
    pub geometry: GeometryRecord,
    #[serde(default)]
    pub span: Vec<EventRecord>,
    #[serde(default)]
    pub source: Vec<ReferenceRecord>,
    #[serde(default)]
    pub claim: Vec<ClaimRecord>,
    #[serde(default)]
    pub links: BTreeMap<String, toml::Value>,
    pub border: Option<String>,
    #[serde(default)]
    pub modes: Vec<String>,
    pub counterpart: Option<String>,
    pub place: Option<String>,
    pub away: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct NamesRecord {
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    printed: Vec<String>,
    #[serde(flatten)]
    by_language: BTreeMap<String, String>,
}

impl NamesRecord {
    pub(super) fn resolve(self) -> Result<Names> {
        const LANGUAGES: [&str; 6] = ["en", "zh", "ko", "ru", "mn", "ja"];
        if let Some(other) =
            self.by_language.keys().find(|language| !LANGUAGES.contains(&language.as_str()))
        {
            return Err(Error::new(ErrorKind::Format, format!("there is no name '{other}'"))
                .with_hint(format!("names are {}, also, printed", LANGUAGES.join(", "))));
        }
        if self.by_language.is_empty() {
            return Err(Error::new(ErrorKind::Catalogue, "the feature has no name")
                .with_hint("give at least names = { en = \"…\" }"));
        }
        Ok(Names { by_language: self.by_language, also: self.also, printed: self.printed })
    }
}

/// Exactly one of the shape keys is set.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct GeometryRecord {
    pub point: Option<[f64; 2]>,
    pub ring: Option<Vec<[f64; 2]>>,
    pub edges: Option<String>,
    pub members: Option<Vec<String>>,
    pub of: Option<Vec<String>>,
    pub at: Option<String>,
    pub schematic: Option<SchematicRecord>,
    pub hull: Option<Vec<String>>,
    pub through: Option<Vec<String>>,
    pub border: Option<String>,
    pub from_feature: Option<String>,
    pub to_feature: Option<String>,
    pub from: String,
    pub error_km: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchematicRecord {
    pub at: Vec<String>,
    pub area_km2: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventRecord {
    what: String,
    when: String,
    source: Option<String>,
    #[serde(default)]
    lines: String,
    note: Option<String>,
}

pub(super) fn span(records: Vec<EventRecord>) -> Result<TimeSpan> {
    let events: Result<Vec<Event>> = records
        .into_iter()
        .map(|record| {
            let lines = record.lines;
            Ok(Event {
                what: record.what.parse()?,
                when: record.when.parse()?,
                source: record.source.map(|source| Reference { source, lines }),
                note: record.note,
            })
        })
        .collect();
    TimeSpan::new(events?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReferenceRecord {
    id: String,
    #[serde(default)]
    lines: String,
}

impl From<ReferenceRecord> for Reference {
    fn from(record: ReferenceRecord) -> Self {
        Self { source: record.id, lines: record.lines }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimRecord {
    quantity: String,
    value: Option<f64>,
    unit: Option<String>,
    about: Option<String>,
    to: Option<String>,
    others: Option<Vec<String>>,
    #[serde(default)]
    text: String,
    source: String,
    #[serde(default)]
    lines: String,
}

impl ClaimRecord {
    pub(super) fn resolve(self) -> Result<Claim> {
        let quantity_name = self.quantity.clone();
        let missing = |key: &str| {
            Error::new(ErrorKind::Catalogue, format!("a claim of {quantity_name} needs '{key}'"))
        };
        let to = || self.to.clone().ok_or_else(|| missing("to"));
        let others = || self.others.clone().ok_or_else(|| missing("others"));
        let quantity = match self.quantity.as_str() {
            "area" => Quantity::Area,
            "length" => Quantity::Length,
            "distance" => Quantity::Distance { to: to()? },
            "distance-to-border" => Quantity::DistanceToBorder { to: to()? },
            "distance-to-coast" => Quantity::DistanceToCoast,
            "distance-to-river" => Quantity::DistanceToRiver { to: to()? },
            "covers" => Quantity::Covers { others: others()? },
            "within" => Quantity::Within { to: to()? },
            "order" => Quantity::WestOf { to: to()? },
            "count" => Quantity::Count { others: others()? },
            other => {
                return Err(Error::new(ErrorKind::Format, format!("nothing computes '{other}'"))
                    .with_hint(
                        "quantities are area, length, distance, distance-to-border, \
                         distance-to-coast, distance-to-river, covers, within, order, count",
                    ));
            }
        };
        let wanted = match quantity {
            Quantity::Area => Some("km2"),
            Quantity::Length
            | Quantity::Distance { .. }
            | Quantity::DistanceToBorder { .. }
            | Quantity::DistanceToCoast
            | Quantity::DistanceToRiver { .. } => Some("km"),
            Quantity::Covers { .. }
            | Quantity::Within { .. }
            | Quantity::WestOf { .. }
            | Quantity::Count { .. } => None,
        };
        let value = match (self.value, self.unit.as_deref(), wanted) {
            (Some(value), unit, wanted) if unit == wanted => Some(value),
            (Some(value), Some("m"), Some("km")) => Some(value / 1e3),
            (None, _, _) => None,
            (Some(_), unit, _) => {
                return Err(Error::new(
                    ErrorKind::Catalogue,
                    format!(
                        "{quantity_name} cannot be in '{}'",
                        unit.unwrap_or("a number without unit")
                    ),
                )
                .with_hint("areas are in km2, lengths and distances in km or m"));
            }
        };
        let about = self.about.as_deref().map_or(Ok(About::Exactly), str::parse)?;
        Ok(Claim {
            quantity,
            value,
            about,
            text: self.text,
            source: Reference { source: self.source, lines: self.lines },
        })
    }
}
