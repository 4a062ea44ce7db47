//! The catalogue as it is written: TOML records, one table a feature.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::claim::ClaimRecord;
use super::link::LinkRecord;
use super::names::Names;
use super::series::SeriesRecord;
use super::source::{Reference, Source};
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
    #[serde(default)]
    pub claim: Vec<ClaimRecord>,
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
    version: String,
    licence: String,
    note: String,
}

impl From<SourceRecord> for Source {
    fn from(record: SourceRecord) -> Self {
        let publisher = [record.publisher, record.version]
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
    pub links: BTreeMap<String, serde_json::Value>,
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
    #[serde(default)]
    ocr: Vec<String>,
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
                .with_hint(format!("names are {}, also, printed, ocr", LANGUAGES.join(", "))));
        }
        if self.by_language.is_empty() {
            return Err(Error::new(ErrorKind::Catalogue, "the feature has no name")
                .with_hint("give at least names = { en = \"…\" }"));
        }
        let Self { by_language, also, printed, ocr } = self;
        Ok(Names { by_language, also, printed, ocr })
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
    pub river: Option<String>,
    pub lake: Option<String>,
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
