//! All features, by id, name and kind.

use std::collections::BTreeMap;

use super::claim::{Claim, ClaimRecord};
use super::expression::Argument;
use super::feature::{Certainty, Crossing, Feature};
use super::kind::Kind;
use super::link::{Link, LinkRecord};
use super::names::fold;
use super::record::{self, FeatureRecord, FileRecord};
use super::resolve::{BaseMap, resolve};
use super::series::{Series, SeriesRecord};
use super::source::{Reference, Source};
use crate::error::{Error, ErrorKind, Result};

/// The features, their links, series and claims, and the sources of all.
///
/// # Guarantees
/// Ids are unique; features are ordered by kind, then id; links, series and claims by id. In a catalogue
/// read by [`Catalogue::from_toml`] every id that a feature, claim, crossing, link or series
/// mentions exists, all have a source, and counterparts name each other.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    features: Vec<Feature>,
    sources: Vec<Source>,
    links: Vec<Link>,
    series: Vec<Series>,
    claims: Vec<Claim>,
    by_id: BTreeMap<String, usize>,
}

impl Catalogue {
    /// Reads the files of a catalogue, each as its name and its text; `base` resolves unions of
    /// units and stretches of border.
    ///
    /// # Errors
    /// [`ErrorKind::Format`], [`ErrorKind::Catalogue`] or [`ErrorKind::Geometry`], placed by file
    /// and feature.
    pub fn from_toml<'a>(files: &[(&'a str, &str)], base: &dyn BaseMap) -> Result<Self> {
        let read = |&(file, text): &(&'a str, &str)| {
            let record: FileRecord = toml::from_str(text).map_err(|e| {
                let line = e.span().map_or(1, |span| text[..span.start].lines().count().max(1));
                Error::new(ErrorKind::Format, e.message().to_owned())
                    .within(format!("{file}, line {line}"))
            })?;
            Ok((file, record))
        };
        let files: Result<Vec<(&str, FileRecord)>> = files.iter().map(read).collect();
        Self::from_records(files?, base)
    }

    /// Reads a catalogue as one JSON object of its files: the same records, by file name.
    ///
    /// # Errors
    /// As [`Catalogue::from_toml`].
    pub fn from_json(files: &str, base: &dyn BaseMap) -> Result<Self> {
        let files: BTreeMap<String, FileRecord> = serde_json::from_str(files).map_err(|e| {
            Error::new(ErrorKind::Format, e.to_string()).within(format!("line {}", e.line()))
        })?;
        let (names, records): (Vec<String>, Vec<FileRecord>) = files.into_iter().unzip();
        Self::from_records(names.iter().map(String::as_str).zip(records).collect(), base)
    }

    fn from_records(files: Vec<(&str, FileRecord)>, base: &dyn BaseMap) -> Result<Self> {
        let mut records = Vec::new();
        let mut sources: Vec<Source> = Vec::new();
        let mut links = Vec::new();
        let mut series = Vec::new();
        let mut claims = Vec::new();
        for (file, parsed) in files {
            sources.extend(parsed.source.into_iter().map(Source::from));
            records.extend(parsed.feature.into_iter().map(|record| (file, record)));
            links.extend(parsed.link.into_iter().map(|record| (file, record)));
            series.extend(parsed.series.into_iter().map(|record| (file, record)));
            claims.extend(parsed.claim.into_iter().map(|record| (file, record)));
        }
        let shapes = resolve(&records, base)?;
        let features: Result<Vec<Feature>> = records
            .into_iter()
            .zip(shapes)
            .map(|((file, record), shape)| {
                let id = record.id.clone();
                feature(record, shape).map_err(|e| e.within(format!("feature '{id}'")).within(file))
            })
            .collect();
        let mut catalogue = Self::new(features?, sources)?;
        catalogue.links = resolved("link", links, |r| &r.id, LinkRecord::resolve)?;
        catalogue.series = resolved("series", series, |r| &r.id, SeriesRecord::resolve)?;
        catalogue.claims = resolved("claim", claims, |r| &r.id, ClaimRecord::resolve)?;
        catalogue.check_references()?;
        Ok(catalogue)
    }

    /// A catalogue of features, for a user's own.
    ///
    /// # Errors
    /// [`ErrorKind::Catalogue`] when two features have the same id.
    pub fn new(mut features: Vec<Feature>, sources: Vec<Source>) -> Result<Self> {
        features.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        let mut by_id = BTreeMap::new();
        for (index, feature) in features.iter().enumerate() {
            if by_id.insert(feature.id.clone(), index).is_some() {
                return Err(Error::new(
                    ErrorKind::Catalogue,
                    format!("two features have the id '{}'", feature.id),
                )
                .with_hint("give one of them another id"));
            }
        }
        Ok(Self { features, sources, by_id, ..Self::default() })
    }

    /// All features, by kind, then id.
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The bibliography.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The links between features, by id.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The figures by year, by id.
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// What the sources claim, by id.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// The claims that speak of a feature: those that name it first, then the others, by id.
    pub fn claims_of(&self, id: &str) -> Vec<&Claim> {
        let speaks = |claim: &&Claim| claim.features().contains(&id);
        let mut claims: Vec<&Claim> = self.claims.iter().filter(speaks).collect();
        claims.sort_by_key(|claim| claim.features().first() != Some(&id));
        claims
    }

    /// The feature with exactly this id.
    pub fn get(&self, id: &str) -> Option<&Feature> {
        self.by_id.get(id).map(|&index| &self.features[index])
    }

    /// The feature that a person means: by id, else by a name in any language or spelling, cities
    /// before the ports and zones that share their name.
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`] with the nearest spellings as a hint.
    pub fn find(&self, text: &str) -> Result<&Feature> {
        if let Some(feature) = self.get(text) {
            return Ok(feature);
        }
        let wanted = fold(text);
        let named = |feature: &&Feature| {
            let standard = feature.names.by_language.values().any(|name| fold(name) == wanted);
            let folded_id = fold(&feature.id) == wanted;
            let place = feature.kind == Some(Kind::Place);
            (feature.names.matches(text) || folded_id).then_some((
                !folded_id,
                !place,
                !standard,
                feature.kind,
                feature.id.clone(),
            ))
        };
        let best = self.features.iter().filter_map(|f| named(&f).map(|key| (key, f)));
        best.min_by(|a, b| a.0.cmp(&b.0)).map(|(_, feature)| feature).ok_or_else(|| {
            let found = self.search(text);
            let nearest: Vec<&str> = found.iter().take(3).map(|f| f.feature.id.as_str()).collect();
            let hint = if nearest.is_empty() {
                "'tumen list' shows all ids".to_owned()
            } else {
                format!("did you mean {}?", nearest.join(", "))
            };
            Error::new(ErrorKind::Unknown, format!("nothing is called '{text}'")).with_hint(hint)
        })
    }

    fn check_references(&self) -> Result<()> {
        for feature in &self.features {
            self.check_feature(feature)
                .map_err(|e| e.within(format!("feature '{}'", feature.id)))?;
        }
        once("link", self.links.iter().map(|link| link.id.as_str()))?;
        for link in &self.links {
            self.check_known(link.references(), link.mentions())
                .map_err(|e| e.within(format!("link '{}'", link.id)))?;
        }
        once("series", self.series.iter().map(|series| series.id.as_str()))?;
        for series in &self.series {
            self.check_known([&series.source], series.mentions())
                .map_err(|e| e.within(format!("series '{}'", series.id)))?;
        }
        once("claim", self.claims.iter().map(|claim| claim.id.as_str()))?;
        for claim in &self.claims {
            self.check_known([&claim.source], claim.features())
                .and_then(|()| self.check_figures(claim))
                .map_err(|e| e.within(format!("claim '{}'", claim.id)))?;
        }
        Ok(())
    }

    /// There are references, and sources and features that are mentioned exist.
    fn check_known<'a>(
        &self,
        references: impl IntoIterator<Item = &'a Reference>,
        mentioned: impl IntoIterator<Item = &'a str>,
    ) -> Result<()> {
        let wrong = |what: String| Err(Error::new(ErrorKind::Catalogue, what));
        let mut unsourced = true;
        for Reference { source, .. } in references {
            unsourced = false;
            if !self.sources.iter().any(|known| known.id == *source) {
                return wrong(format!("there is no source '{source}'"));
            }
        }
        if unsourced {
            return wrong("no source speaks of it".to_owned());
        }
        match mentioned.into_iter().find(|id| self.get(id).is_none()) {
            Some(id) => wrong(format!("there is no feature '{id}'")),
            None => Ok(()),
        }
    }

    /// The series and links that a claim speaks of exist.
    fn check_figures(&self, claim: &Claim) -> Result<()> {
        for figure in claim.figures() {
            let (what, id, known) = match figure {
                Argument::Series(id) => ("series", id, self.series.iter().any(|s| s.id == *id)),
                Argument::Link(id) => ("link", id, self.links.iter().any(|l| l.id == *id)),
                _ => continue,
            };
            if !known {
                return Err(Error::new(ErrorKind::Catalogue, format!("there is no {what} '{id}'")));
            }
        }
        Ok(())
    }

    fn check_feature(&self, feature: &Feature) -> Result<()> {
        let wrong = |what: String| Err(Error::new(ErrorKind::Catalogue, what));
        if feature.sources.is_empty() {
            return wrong("no source speaks of it".to_owned());
        }
        let events = feature.span.events().iter().filter_map(|event| event.source.as_ref());
        self.check_known(feature.sources.iter().chain(events), feature.place.as_deref())?;
        if let Some(other) = feature.crossing.as_ref().and_then(|c| c.counterpart.as_deref()) {
            let back = self.get(other).and_then(|f| f.crossing.as_ref());
            if back.and_then(|c| c.counterpart.as_deref()) != Some(&feature.id) {
                return wrong(format!("its counterpart '{other}' does not name it back"));
            }
        }
        Ok(())
    }
}

/// What records of a kind say, sorted by id; errors are placed by file and id.
fn resolved<R, T>(
    what: &str,
    mut records: Vec<(&str, R)>,
    id: fn(&R) -> &str,
    resolve: fn(R) -> Result<T>,
) -> Result<Vec<T>> {
    records.sort_by(|a, b| id(&a.1).cmp(id(&b.1)));
    let one = |(file, record): (&str, R)| {
        let place = format!("{what} '{}'", id(&record));
        resolve(record).map_err(|e| e.within(place).within(file))
    };
    records.into_iter().map(one).collect()
}

/// No id stands twice in a row of sorted ids.
fn once<'a>(what: &str, ids: impl Iterator<Item = &'a str>) -> Result<()> {
    let ids: Vec<&str> = ids.collect();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => {
            Err(Error::new(ErrorKind::Catalogue, format!("{what} '{}' stands twice", pair[0]))
                .with_hint("give one of them another id"))
        }
        None => Ok(()),
    }
}

fn feature(
    record: FeatureRecord,
    (shape, members): (crate::Shape, Vec<String>),
) -> Result<Feature> {
    let kind: Kind = record.kind.parse()?;
    let crossing = match (kind, record.border) {
        (Kind::BorderPort, Some(border)) => {
            Some(Crossing { border, modes: record.modes, counterpart: record.counterpart })
        }
        (Kind::BorderPort, None) => {
            return Err(Error::new(ErrorKind::Catalogue, "a border port needs its 'border'")
                .with_hint("two countries in alphabetical order, as in border = \"CN-RU\""));
        }
        (_, _) => None,
    };
    let certainty: Certainty = record.certainty.parse()?;
    let links = record.links.into_iter().map(|(key, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (key, text)
    });
    Ok(Feature {
        id: record.id,
        kind: Some(kind),
        sub: record.sub,
        countries: record.countries,
        admin: record.admin,
        rank: record.rank.unwrap_or(3),
        names: record.names.resolve()?,
        span: record::span(record.span)?,
        shape,
        certainty: Some(certainty),
        provenance: super::feature::Provenance {
            from: record.geometry.from,
            error: record.geometry.error_km.map(crate::Length::km),
            members,
        },
        crossing,
        away: record.away,
        place: record.place,
        note: record.note,
        sources: record.source.into_iter().map(Reference::from).collect(),
        links: links.collect(),
        properties: BTreeMap::new(),
    })
}
