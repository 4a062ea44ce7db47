//! The catalogue as it is written: TOML records, one table a feature.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::claim::ClaimRecord;
use super::link::LinkRecord;
use super::names::Names;
use super::series::SeriesRecord;
use super::source::{Journal, Reference, Source};
use super::span::{Event, TimeSpan};
#[cfg(feature = "schema")]
use super::{Certainty, EventKind, Kind};
use crate::error::{Error, ErrorKind, Result};

/// A file of a catalogue.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct FileRecord {
    /// Things on the ground.
    #[serde(default)]
    pub feature: Vec<FeatureRecord>,
    /// The bibliography.
    #[serde(default)]
    pub source: Vec<SourceRecord>,
    /// What runs or flows between two features.
    #[serde(default)]
    pub link: Vec<LinkRecord>,
    /// Figures by year.
    #[serde(default)]
    pub series: Vec<SeriesRecord>,
    /// What the sources say that can be computed.
    #[serde(default)]
    pub claim: Vec<ClaimRecord>,
}

/// A work or data set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct SourceRecord {
    /// Slug that references use.
    id: String,
    /// thesis, article, dataset, …
    kind: String,
    /// Author or publisher.
    author: String,
    /// Title.
    title: String,
    /// Year of publication.
    year: Option<i32>,
    /// Publisher, journal or registry.
    publisher: String,
    /// Journal of an article.
    journal: String,
    /// Its volume.
    volume: String,
    /// Its issue within the volume.
    issue: String,
    /// First and last page, as 113–132.
    pages: String,
    /// Package with its version.
    version: String,
    /// Where it can be read.
    url: String,
    /// Licence of a data set.
    licence: String,
    /// Anything to add.
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

/// A feature.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct FeatureRecord {
    /// Stable slug, unique in the catalogue.
    pub id: String,
    /// What sort of thing.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = Kind::ALL.map(Kind::name))))]
    pub kind: String,
    /// The finer sort: city, krai, free-economic-zone, rail.
    pub sub: Option<String>,
    /// ISO 3166-1 codes of the countries it touches.
    #[serde(default)]
    pub countries: Vec<String>,
    /// ISO 3166-2 code of the unit it lies in.
    pub admin: Option<String>,
    /// Weight of its label, 1 first; 3 when left out.
    pub rank: Option<u8>,
    /// Names and spellings.
    pub names: NamesRecord,
    /// What to know about it.
    pub note: Option<String>,
    /// How well its geometry is known.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = Certainty::ALL.map(Certainty::name))))]
    pub certainty: String,
    /// Where it is.
    pub geometry: GeometryRecord,
    /// What happened to it, in order of time.
    #[serde(default)]
    pub span: Vec<EventRecord>,
    /// Who speaks of it: at least one.
    #[serde(default)]
    pub source: Vec<ReferenceRecord>,
    /// Ids elsewhere: geonames, locode, wikidata.
    #[serde(default)]
    pub links: BTreeMap<String, serde_json::Value>,
    /// Border ports: the border, two countries in alphabetical order, as CN-RU.
    pub border: Option<String>,
    /// Border ports: rail, road, river.
    #[serde(default)]
    pub modes: Vec<String>,
    /// Border ports: id of the port on the other side, which names it back.
    pub counterpart: Option<String>,
    /// Id of the place that a port or zone belongs to.
    pub place: Option<String>,
    /// Why a port lies more than 3 km from its border or coast, if it does.
    pub away: Option<String>,
}

/// Names and spellings.
#[derive(Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub(super) struct NamesRecord {
    /// English name: the standard romanisation.
    en: Option<String>,
    /// Chinese name, in simplified characters.
    zh: Option<String>,
    /// Korean name, in Hangul.
    ko: Option<String>,
    /// Russian name.
    ru: Option<String>,
    /// Mongolian name, in Cyrillic.
    mn: Option<String>,
    /// Japanese name.
    ja: Option<String>,
    /// Other romanisations and former names.
    also: Vec<String>,
    /// Spellings as the sources print them.
    printed: Vec<String>,
    /// Spellings as character recognition has damaged them.
    ocr: Vec<String>,
}

impl NamesRecord {
    pub(super) fn resolve(self) -> Result<Names> {
        let Self { en, zh, ko, ru, mn, ja, also, printed, ocr } = self;
        let languages = [("en", en), ("zh", zh), ("ko", ko), ("ru", ru), ("mn", mn), ("ja", ja)];
        let named = languages.into_iter().filter_map(|(code, name)| Some((code.to_owned(), name?)));
        let by_language: BTreeMap<String, String> = named.collect();
        if by_language.is_empty() {
            return Err(Error::new(ErrorKind::Catalogue, "it has no name")
                .with_hint("give at least names = { en = \"…\" }"));
        }
        Ok(Names { by_language, also, printed, ocr })
    }
}

/// Exactly one of the shape keys is set.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct GeometryRecord {
    /// Degrees, longitude first.
    pub point: Option<[f64; 2]>,
    /// Corners of an area, degrees, longitude first; the last is the first.
    pub ring: Option<Vec<[f64; 2]>>,
    /// What the edges of a ring are: geodesic (when left out) or lonlat.
    pub edges: Option<String>,
    /// Ids of the points that are the corners of a triangle, in order.
    pub members: Option<Vec<String>>,
    /// ISO 3166 codes of units of the base map, joined.
    pub of: Option<Vec<String>>,
    /// Id of the feature that it stands at, whose point, line or area it has.
    pub at: Option<String>,
    /// A circle of the claimed area.
    pub schematic: Option<SchematicRecord>,
    /// Ids of points: the area around them.
    pub hull: Option<Vec<String>>,
    /// Ids of points: a line by geodesics from one to the next.
    pub through: Option<Vec<String>>,
    /// A border of the base map, as CN-RU.
    pub border: Option<String>,
    /// Id of a river of the base map.
    pub river: Option<String>,
    /// English name of a lake of the base map.
    pub lake: Option<String>,
    /// With border: the id of the point where the stretch begins.
    pub from_feature: Option<String>,
    /// With border: the id of the point where it ends.
    pub to_feature: Option<String>,
    /// Where the geometry is from: package and record, units, or by hand from what.
    pub from: String,
    /// How far off a position placed by hand may be, km.
    pub error_km: Option<f64>,
}

/// A circle that stands for something of known size.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct SchematicRecord {
    /// Ids of one point, or of two with the circle between them.
    pub at: Vec<String>,
    /// The area, km².
    pub area_km2: f64,
}

/// Something that happened.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct EventRecord {
    /// What.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = EventKind::ALL.map(EventKind::name))))]
    what: String,
    /// 1991, 1991-12, 1991-12-28, each also after about or by.
    when: String,
    /// Id of the source.
    source: Option<String>,
    /// Lines or pages in it.
    #[serde(default)]
    lines: String,
    /// Anything to add.
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

/// A place in a source.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ReferenceRecord {
    /// Id of the source.
    id: String,
    /// Lines or pages in it.
    #[serde(default)]
    lines: String,
}

impl From<ReferenceRecord> for Reference {
    fn from(record: ReferenceRecord) -> Self {
        Self { source: record.id, lines: record.lines }
    }
}
