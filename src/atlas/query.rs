//! What a layer asks of its source.

use std::str::FromStr;

use tumen_geo_core::model::{Catalogue, Feature, Kind};
use tumen_render::spec::LayerSpec;
use tumen_render::{Error, ErrorKind, Result};

/// The keys by which features are chosen.
const CHOICE: [&str; 6] = ["id", "ids", "kind", "sub", "country", "border"];

/// The query of a layer, whose keys are checked against those of its source.
pub(super) struct Query<'a> {
    table: &'a toml::Table,
}

impl<'a> Query<'a> {
    /// The query of `layer`, which may choose features when `chooses`, and have `keys` beside.
    pub(super) fn of(layer: &'a LayerSpec, chooses: bool, keys: &[&str]) -> Result<Self> {
        let choice: &[&str] = if chooses { &CHOICE } else { &[] };
        let known: Vec<&str> = choice.iter().chain(keys).copied().collect();
        match layer.query.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(wrong(format!("a query of '{}' has no '{key}'", layer.source))
                .with_hint(format!("it may give {}", known.join(", ")))
                .at_item(key)
                .at("query")),
            None => Ok(Self { table: &layer.query }),
        }
    }

    /// The texts of a key: one, or a list of them; none when it is not given.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>> {
        let texts = match self.table.get(key) {
            None => Some(Vec::new()),
            Some(toml::Value::String(text)) => Some(vec![text.clone()]),
            Some(toml::Value::Array(values)) => {
                values.iter().map(|v| v.as_str().map(str::to_owned)).collect()
            }
            Some(_) => None,
        };
        texts.ok_or_else(|| {
            Self::at(key, wrong(format!("'{key}' is neither a text nor a list of texts")))
        })
    }

    /// The features of `catalogue` that a key names.
    pub(super) fn found<'c>(
        &self,
        key: &str,
        catalogue: &'c Catalogue,
    ) -> Result<Vec<&'c Feature>> {
        let found =
            |id: &String| catalogue.find(id).map_err(|e| Self::at(key, Error::from(e).at_item(id)));
        self.texts(key)?.iter().map(found).collect()
    }

    /// What a key says, as kinds of what a catalogue has.
    pub(super) fn kinds<K>(&self, key: &str) -> Result<Vec<K>>
    where
        K: FromStr<Err = tumen_geo_core::Error>,
    {
        let kind =
            |text: &String| text.parse().map_err(|e| Self::at(key, Error::from(e).at_item(text)));
        self.texts(key)?.iter().map(kind).collect()
    }

    /// An error found in a key.
    pub(super) fn at(key: &str, error: Error) -> Error {
        error.at(key).at("query")
    }

    /// The numbers of a key: one, or a list of them; none when it is not given.
    pub(super) fn numbers(&self, key: &str) -> Result<Vec<f64>> {
        let number = |value: &toml::Value| match value {
            toml::Value::Integer(number) => Some(*number as f64),
            toml::Value::Float(number) => Some(*number),
            _ => None,
        };
        let numbers = match self.table.get(key) {
            None => Some(Vec::new()),
            Some(toml::Value::Array(values)) => values.iter().map(number).collect(),
            Some(value) => number(value).map(|number| vec![number]),
        };
        numbers.ok_or_else(|| {
            Self::at(key, wrong(format!("'{key}' is neither a number nor a list of numbers")))
        })
    }

    /// A year that must be given.
    pub(super) fn year(&self, key: &str) -> Result<i32> {
        let year = self.table.get(key).and_then(toml::Value::as_integer);
        let year = year.and_then(|year| i32::try_from(year).ok());
        year.ok_or_else(|| Self::at(key, wrong(format!("the query needs '{key}', a year"))))
    }

    /// Which features of `catalogue` are chosen.
    pub(super) fn choice(&self, catalogue: &Catalogue) -> Result<Choice> {
        let mut found = self.found("id", catalogue)?;
        found.extend(self.found("ids", catalogue)?);
        Ok(Choice {
            ids: found.into_iter().map(|feature| feature.id.clone()).collect(),
            kinds: self.kinds("kind")?,
            subs: self.texts("sub")?,
            countries: self.texts("country")?,
            borders: self.texts("border")?,
        })
    }
}

/// Which features of a catalogue are chosen; an empty list takes all.
pub(super) struct Choice {
    ids: Vec<String>,
    kinds: Vec<Kind>,
    subs: Vec<String>,
    countries: Vec<String>,
    borders: Vec<String>,
}

impl Choice {
    pub(super) fn takes(&self, feature: &Feature) -> bool {
        let any = |wanted: &[String], has: &dyn Fn(&String) -> bool| {
            wanted.is_empty() || wanted.iter().any(has)
        };
        any(&self.ids, &|id| *id == feature.id)
            && any(&self.subs, &|sub| feature.sub.as_ref() == Some(sub))
            && any(&self.borders, &|b| feature.crossing.as_ref().is_some_and(|c| c.border == *b))
            && any(&self.countries, &|country| feature.countries.contains(country))
            && (self.kinds.is_empty() || feature.kind.is_some_and(|k| self.kinds.contains(&k)))
    }
}

/// The renderer names the layer.
pub(super) fn wrong(what: String) -> Error {
    Error::new(ErrorKind::Spec, what)
}
