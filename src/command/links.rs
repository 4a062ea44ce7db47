//! `tumen links ID`: what links a feature with others.

use std::io::Write;

use tumen_geo_core::model::{Catalogue, Direction, Link, LinkKind, Linked};

use super::json_line;
use super::options::{explained, year};
use crate::error::Result;
use crate::listing::{LinkRow, of_year};
use crate::prose::{columns, wrap};

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
    #[arg(long, value_name = "YEAR", value_parser = year)]
    year: Option<i32>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

fn kind(text: &str) -> std::result::Result<LinkKind, String> {
    text.parse().map_err(|e| explained(&e))
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
    let rows: Result<Vec<LinkRow>> =
        all.iter().filter(wanted).map(|one| LinkRow::of(one, &catalogue, arguments.year)).collect();
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
