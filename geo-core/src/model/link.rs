//! Links: what runs, or flows, between two features.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use super::claim::About;
use super::record::{self, EventRecord, ReferenceRecord};
use super::source::Reference;
use super::span::{TimeSpan, When};
use crate::error::{Error, ErrorKind, Result};

/// What a link is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// Goods sold or bartered.
    Trade,
    /// Capital, firms, projects, credits.
    Investment,
    /// People who settle or flee.
    Migration,
    /// Workers under contract or for a season.
    Labour,
    /// Travellers.
    Tourism,
    /// A treaty, accord or formal cooperation.
    Agreement,
    /// Kinship and culture.
    Community,
    /// A railway.
    Rail,
    /// A road or bridge.
    Road,
    /// A cable.
    Fibre,
    /// Telephone, radio, exchange: no cable named.
    Telecom,
    /// A line in the air.
    Air,
    /// A ship for passengers.
    Ferry,
    /// Ships with goods, or the use of a port for them.
    Shipping,
}

impl LinkKind {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::Trade,
        Self::Investment,
        Self::Migration,
        Self::Labour,
        Self::Tourism,
        Self::Agreement,
        Self::Community,
        Self::Rail,
        Self::Road,
        Self::Fibre,
        Self::Telecom,
        Self::Air,
        Self::Ferry,
        Self::Shipping,
    ];

    /// The name used in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trade => "trade",
            Self::Investment => "investment",
            Self::Migration => "migration",
            Self::Labour => "labour",
            Self::Tourism => "tourism",
            Self::Agreement => "agreement",
            Self::Community => "community",
            Self::Rail => "rail",
            Self::Road => "road",
            Self::Fibre => "fibre",
            Self::Telecom => "telecom",
            Self::Air => "air",
            Self::Ferry => "ferry",
            Self::Shipping => "shipping",
        }
    }
}

impl fmt::Display for LinkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for LinkKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
            Error::new(ErrorKind::Format, format!("there is no kind of link '{text}'"))
                .with_hint(format!("one of {}", Self::ALL.map(Self::name).join(", ")))
        })
    }
}

/// How much a link carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// The number as printed.
    pub value: f64,
    /// What it counts, with its multiplier: `US$ million`, `persons a year`.
    pub unit: String,
    /// The year it is of, if printed.
    pub year: Option<i32>,
    /// How the source qualifies it.
    pub about: About,
}

/// An edge between two features.
///
/// # Guarantees
/// In a catalogue read from TOML both ends and the corridor exist, and the link has a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Stable slug, unique among the links of the catalogue.
    pub id: String,
    /// Id of the feature it starts from: the exporter, investor or home of those who move.
    pub from: String,
    /// Id of the feature it leads to.
    pub to: String,
    /// What it is made of.
    pub kind: LinkKind,
    /// Whether it runs both ways alike, as turnover and railways do.
    pub both_ways: bool,
    /// Id of the corridor that it runs along.
    pub along: Option<String>,
    /// When it existed.
    pub span: TimeSpan,
    /// What it carries, in order of year; those without a year first.
    pub amounts: Vec<Amount>,
    /// What to know about it.
    pub note: Option<String>,
    /// Who speaks of it.
    pub sources: Vec<Reference>,
}

impl Link {
    /// What it carries in `year`, of several amounts the first.
    pub fn amount(&self, year: i32) -> Option<&Amount> {
        self.amounts.iter().find(|amount| amount.year == Some(year))
    }

    /// The features it speaks of.
    pub(super) fn mentions(&self) -> impl Iterator<Item = &str> {
        [&self.from, &self.to].into_iter().chain(&self.along).map(String::as_str)
    }

    /// Its references to sources, those of its dates among them.
    pub(super) fn references(&self) -> impl Iterator<Item = &Reference> {
        let dated = self.span.events().iter().filter_map(|event| event.source.as_ref());
        self.sources.iter().chain(dated)
    }
}

/// What runs, or flows, between two features.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct LinkRecord {
    /// Slug, unique among the links.
    pub id: String,
    /// Id of the exporter, investor or home of those who move.
    from: String,
    /// Id of the feature that it leads to.
    to: String,
    /// What it is made of.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = LinkKind::ALL.map(LinkKind::name))))]
    kind: String,
    /// Whether it runs both ways alike, as turnover and railways do.
    #[serde(default)]
    both_ways: bool,
    /// Id of the corridor that it runs along.
    along: Option<String>,
    /// When it existed.
    #[serde(default)]
    span: Vec<EventRecord>,
    /// What it carries.
    #[serde(default)]
    amount: Vec<AmountRecord>,
    /// What to know about it.
    note: Option<String>,
    /// Who speaks of it: at least one.
    source: Vec<ReferenceRecord>,
}

/// How much a link carries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct AmountRecord {
    /// The number as printed.
    value: f64,
    /// What it counts, with its multiplier: US$ million, persons a year.
    unit: String,
    /// The year it is of.
    year: Option<i32>,
    /// How the number is qualified; exactly when left out.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = About::ALL.map(About::name))))]
    about: Option<String>,
}

impl AmountRecord {
    fn resolve(self) -> Result<Amount> {
        if !(self.value.is_finite() && self.value >= 0.0) {
            return Err(Error::new(ErrorKind::Catalogue, "an amount is a number of 0 or more"));
        }
        Ok(Amount {
            value: self.value,
            unit: self.unit,
            year: self.year.map(When::check_year).transpose()?,
            about: self.about.as_deref().map_or(Ok(About::Exactly), str::parse)?,
        })
    }
}

impl LinkRecord {
    pub(super) fn resolve(self) -> Result<Link> {
        if self.from == self.to {
            return Err(Error::new(ErrorKind::Catalogue, "the link leads back to where it starts"));
        }
        let amounts: Result<Vec<Amount>> =
            self.amount.into_iter().map(AmountRecord::resolve).collect();
        let mut amounts = amounts?;
        amounts.sort_by_key(|amount| amount.year);
        Ok(Link {
            id: self.id,
            from: self.from,
            to: self.to,
            kind: self.kind.parse()?,
            both_ways: self.both_ways,
            along: self.along,
            span: record::span(self.span)?,
            amounts,
            note: self.note,
            sources: self.source.into_iter().map(Reference::from).collect(),
        })
    }
}
