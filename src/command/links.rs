//! `tumen links ID`: what links a feature with others.

use std::io::Write;

use serde::Serialize;
use tumen_geo_core::model::{
    About, Amount, Catalogue, Direction, Event, Feature, Link, LinkKind, Linked,
};

use super::{explained, json_line};
use crate::error::Result;
use crate::prose::{columns, wrap};
use crate::table::grouped;

/// Arguments of `links`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Id or name of the feature, in any language or printed spelling; all links when left out.
    id: Option<String>,
    /// Only this kind: trade, investment, migration, labour, tourism, agreement, community, rail,
    /// road, fibre, telecom, air, ferry, shipping.
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<LinkKind>,
    /// Only links of this year, with its amounts.
    #[arg(long, value_name = "YEAR", value_parser = super::year)]
    year: Option<i32>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

fn kind(text: &str) -> std::result::Result<LinkKind, String> {
    text.parse().map_err(|e| explained(&e))
}

/// A link in a listing.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    id: &'a str,
    kind: &'static str,
    direction: &'static str,
    through: &'a str,
    partner: &'a str,
    partner_name: &'a str,
    from: &'a str,
    from_name: &'a str,
    to: &'a str,
    to_name: &'a str,
    both_ways: bool,
    along: Option<&'a str>,
    along_name: Option<&'a str>,
    distance_km: f64,
    edtf: String,
    year_from: Option<i32>,
    year_to: Option<i32>,
    span: Vec<String>,
    amounts: Vec<AmountRow<'a>>,
    note: Option<&'a str>,
    sources: Vec<String>,
}

#[derive(Debug, Serialize)]
struct AmountRow<'a> {
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

impl<'a> Row<'a> {
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

    /// The word for what it is made of.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The amounts for people, those of a unit together: `3.6 (1989), 4.3 (1990) US$ billion`.
    fn amounts(&self) -> String {
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

fn amounts(link: &Link, year: Option<i32>) -> impl Iterator<Item = &Amount> {
    link.amounts
        .iter()
        .filter(move |amount| year.is_none() || amount.year.is_none() || amount.year == year)
}

/// Whether a link belongs to a year: it was there then, and of what it carries in single years,
/// something is of that one.
fn of_year(link: &Link, year: i32) -> bool {
    link.span.shown_in(year)
        && (link.amounts.is_empty() || amounts(link, Some(year)).next().is_some())
}

/// Prints the links that the arguments choose.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let catalogue = crate::catalogue()?;
    let here = arguments.id.as_ref().map(|id| catalogue.find(id)).transpose()?;
    let all = match here {
        Some(feature) => catalogue.links_of(feature)?,
        None => every(&catalogue)?,
    };
    let wanted = |linked: &&Linked| {
        arguments.kind.is_none_or(|kind| linked.link.kind == kind)
            && arguments.year.is_none_or(|year| of_year(linked.link, year))
    };
    let rows: Result<Vec<Row>> =
        all.iter().filter(wanted).map(|one| Row::of(one, &catalogue, arguments.year)).collect();
    let rows = rows?;
    if arguments.json {
        for row in rows {
            json_line(out, &row)?;
        }
        return Ok(());
    }
    let columns = columns();
    for (index, row) in rows.iter().enumerate() {
        if index == 0 || rows[index - 1].kind != row.kind {
            writeln!(out, "{}{}", if index == 0 { "" } else { "\n" }, row.kind)?;
        }
        let way = row.way(here.map(|feature| feature.id.as_str()));
        wrap(out, "  ", &format!("{way} ({})", row.facts()), columns)?;
        for text in row.span.iter().map(String::as_str).chain([row.amounts().as_str()]) {
            if !text.is_empty() {
                wrap(out, "      ", text, columns)?;
            }
        }
        if let Some(note) = row.note {
            wrap(out, "      ", note, columns)?;
        }
        wrap(out, "      ", &format!("[{}]", row.sources.join("; ")), columns)?;
    }
    let of = here.map_or(String::new(), |feature| format!(" of {}", feature.name()));
    let standing = match here {
        Some(_) => " and of the ports and zones that stand at it",
        None => "",
    };
    let links = if rows.len() == 1 { "link" } else { "links" };
    let end = format!(
        "{} {links}{of}{standing}; km are geodesic, between the places where the ends stand",
        rows.len()
    );
    if !rows.is_empty() {
        writeln!(out)?;
    }
    wrap(out, "", &end, columns)?;
    Ok(())
}

impl Row<'_> {
    /// Id, distance and corridor, for people.
    fn facts(&self) -> String {
        let km = grouped(self.distance_km, usize::from(self.distance_km < 100.0));
        let along = self.along_name.map_or(String::new(), |name| format!(", along {name}"));
        format!("{}, {km} km{along}", self.id)
    }
}

/// All links, each from its start, by kind, then id.
fn every(catalogue: &Catalogue) -> Result<Vec<Linked<'_>>> {
    let links = catalogue.links().iter();
    let all: Result<Vec<Linked>> = links.map(|link| from_start(link, catalogue)).collect();
    let mut all = all?;
    all.sort_by_key(|one| (one.link.kind, &one.link.id));
    Ok(all)
}

fn from_start<'a>(link: &'a Link, catalogue: &'a Catalogue) -> Result<Linked<'a>> {
    let direction = if link.both_ways { Direction::Both } else { Direction::Out };
    let (through, partner) = (catalogue.find(&link.from)?, catalogue.find(&link.to)?);
    Ok(Linked { link, through, partner, direction })
}
