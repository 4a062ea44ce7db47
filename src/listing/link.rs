//! The row of a link.

use serde::Serialize;
use tumen_geo_core::model::{About, Amount, Catalogue, Event, Feature, Link, Linked};

use crate::error::Result;
use crate::table::grouped;

/// A link in a listing.
#[derive(Debug, Serialize)]
pub struct LinkRow<'a> {
    pub id: &'a str,
    pub kind: &'static str,
    pub direction: &'static str,
    pub through: &'a str,
    pub partner: &'a str,
    pub partner_name: &'a str,
    pub from: &'a str,
    pub from_name: &'a str,
    pub to: &'a str,
    pub to_name: &'a str,
    pub both_ways: bool,
    pub along: Option<&'a str>,
    pub along_name: Option<&'a str>,
    pub distance_km: f64,
    pub edtf: String,
    pub year_from: Option<i32>,
    pub year_to: Option<i32>,
    pub span: Vec<String>,
    pub amounts: Vec<AmountRow<'a>>,
    pub note: Option<&'a str>,
    pub sources: Vec<String>,
}

/// An amount in a listing.
#[derive(Debug, Serialize)]
pub struct AmountRow<'a> {
    value: f64,
    unit: &'a str,
    year: Option<i32>,
    about: &'static str,
}

impl<'a> AmountRow<'a> {
    fn of(amount: &'a Amount) -> Self {
        let Amount { value, unit, year, about } = amount;
        Self { value: *value, unit, year: *year, about: about.name() }
    }
}

impl<'a> LinkRow<'a> {
    /// The row of a link; with a year, its amounts of that year and those of none.
    pub fn of(linked: &Linked<'a>, catalogue: &'a Catalogue, year: Option<i32>) -> Result<Self> {
        let link = linked.link;
        let name = |id: &str| catalogue.get(id).map(Feature::name);
        let (year_from, year_to) = link.span.years();
        let km = catalogue.span_of(link)?.to_km();
        Ok(Self {
            id: &link.id,
            kind: link.kind.name(),
            direction: linked.direction.name(),
            through: &linked.through.id,
            partner: &linked.partner.id,
            partner_name: linked.partner.name(),
            from: &link.from,
            from_name: name(&link.from).unwrap_or(&link.from),
            to: &link.to,
            to_name: name(&link.to).unwrap_or(&link.to),
            both_ways: link.both_ways,
            along: link.along.as_deref(),
            along_name: link.along.as_deref().and_then(name),
            distance_km: (km * 1e3).round() / 1e3,
            edtf: link.span.edtf(),
            year_from,
            year_to,
            span: link.span.events().iter().map(Event::to_string).collect(),
            amounts: amounts(link, year).map(AmountRow::of).collect(),
            note: link.note.as_deref(),
            sources: link.sources.iter().map(ToString::to_string).collect(),
        })
    }

    /// `→ China`, `Rajin ⇄ Niigata`: the way it runs; where it starts only when that is not `here`.
    pub fn way(&self, here: Option<&str>) -> String {
        let arrow = match (self.direction, self.both_ways) {
            ("in", _) => "←",
            (_, true) => "⇄",
            (_, false) => "→",
        };
        if here == Some(self.through) {
            return format!("{arrow} {}", self.partner_name);
        }
        let start = if self.through == self.from { self.from_name } else { self.to_name };
        format!("{start} {arrow} {}", self.partner_name)
    }

    /// The amounts for people, those of a unit together: `3.6 (1989), 4.3 (1990) US$ billion`.
    pub fn amounts(&self) -> String {
        let mut texts: Vec<String> = Vec::new();
        for (index, amount) in self.amounts.iter().enumerate() {
            let earlier = |other: &AmountRow| other.unit == amount.unit;
            if self.amounts[..index].iter().any(earlier) {
                continue;
            }
            let alike = self.amounts.iter().filter(|other| other.unit == amount.unit);
            let numbers: Vec<String> = alike.map(number).collect();
            texts.push(format!("{} {}", numbers.join(", "), amount.unit));
        }
        texts.join("; ")
    }
}

fn number(amount: &AmountRow<'_>) -> String {
    let about = if amount.about == About::Exactly.name() {
        String::new()
    } else {
        format!("{} ", amount.about.replace('-', " "))
    };
    let printed = amount.value.to_string();
    let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let year = amount.year.map_or(String::new(), |year| format!(" ({year})"));
    format!("{about}{}{year}", grouped(amount.value, decimals))
}

impl LinkRow<'_> {
    /// Id, distance and corridor, for people.
    pub fn facts(&self) -> String {
        let km = grouped(self.distance_km, usize::from(self.distance_km < 100.0));
        let along = self.along_name.map_or(String::new(), |name| format!(", along {name}"));
        format!("{}, {km} km{along}", self.id)
    }
}

/// Whether a link belongs to a year: it was there then, and of what it carries in single years,
/// something is of that one.
pub fn of_year(link: &Link, year: i32) -> bool {
    link.span.shown_in(year)
        && (link.amounts.is_empty() || amounts(link, Some(year)).next().is_some())
}

fn amounts(link: &Link, year: Option<i32>) -> impl Iterator<Item = &Amount> {
    link.amounts
        .iter()
        .filter(move |amount| year.is_none() || amount.year.is_none() || amount.year == year)
}
