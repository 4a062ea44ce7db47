//! `tumen search TEXT`: features by any spelling.

use std::io::Write;

use serde::Serialize;
use tumen_geo_core::model::{Found, Kind, Match};

use super::json_line;
use super::options::Listing;
use crate::error::{Error, Result};
use crate::table::Table;

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A name, or a part of one, in any script; misspellings are forgiven.
    text: String,
    /// How many to list at most.
    #[arg(short, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    k: u16,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    kind: Option<&'static str>,
    name: &'a str,
    countries: String,
    matched: &'a str,
    spelling: &'a str,
    how: &'static str,
    edits: usize,
}

impl<'a> Row<'a> {
    fn of(found: &Found<'a>) -> Self {
        Self {
            id: &found.feature.id,
            kind: found.feature.kind.map(Kind::name),
            name: found.feature.name(),
            countries: found.feature.countries.join(" "),
            matched: found.text,
            spelling: found.spelling.name(),
            how: found.how.name(),
            edits: if let Match::Fuzzy { edits } = found.how { edits } else { 0 },
        }
    }

    /// How it was found, for people.
    fn way(&self) -> String {
        match self.edits {
            0 => self.how.to_owned(),
            1 => "fuzzy, 1 edit".to_owned(),
            edits => format!("fuzzy, {edits} edits"),
        }
    }
}

/// Lists the features that answer to the text, the best first.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let text = &arguments.text;
    if !text.contains(char::is_alphanumeric) {
        return Err(Error::usage(format!("'{text}' has no letter to search for"))
            .with_hint("give a name or a part of one, as in tumen search 图们"));
    }
    let catalogue = arguments.listing.input.catalogue()?;
    let found = catalogue.search(text);
    let chosen: Vec<&Found> =
        found.iter().filter(|one| arguments.listing.selection.takes(one.feature)).collect();
    if chosen.is_empty() {
        let error = Error::usage(format!("nothing is called like '{text}'"));
        return Err(match found.first() {
            Some(other) => error.with_hint(format!(
                "the selection leaves out {} ({})",
                other.feature.id,
                other.feature.kind.map_or("feature", Kind::name)
            )),
            None => error.with_hint("'tumen list' shows all ids"),
        });
    }
    let rows = chosen.iter().take(usize::from(arguments.k)).map(|found| Row::of(found));
    if arguments.listing.json {
        for row in rows {
            json_line(out, &row)?;
        }
        return Ok(());
    }
    let mut table = Table::new(&["id", "kind", "name", "countries", "matched", "as", "how"]);
    for row in rows {
        let way = row.way();
        table.row([
            row.id.to_owned(),
            row.kind.unwrap_or("").to_owned(),
            row.name.to_owned(),
            row.countries,
            row.matched.to_owned(),
            row.spelling.to_owned(),
            way,
        ]);
    }
    table.write(out)?;
    let shown = chosen.len().min(usize::from(arguments.k));
    writeln!(out, "\n{shown} of {} found, the best first", chosen.len())?;
    Ok(())
}
