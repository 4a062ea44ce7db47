//! `tumen check`: the claims of the sources beside what geometries and figures give.

use std::io::Write;

use serde::Serialize;
use tumen_geo_core::check::{Checked, check_some};
use tumen_geo_core::model::{Catalogue, Claim, Computation};

use super::json_line;
use super::options::Input;
use crate::basemap::Embedded;
use crate::error::Result;
use crate::report::{self, Tally};
use crate::table::{Table, shortened};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only claims about this feature (id or name).
    id: Option<String>,
    #[command(flatten)]
    input: Input,
    /// One JSON object a line.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// The report of all claims, to be cited.
    #[arg(long)]
    markdown: bool,
    /// Print the JSON Schema of catalogue files, for editors that check while one writes.
    #[arg(long, conflicts_with_all = ["json", "markdown"])]
    print_schema: bool,
}

/// A claim in a listing.
#[derive(Serialize)]
pub struct Row<'a> {
    id: &'a str,
    features: Vec<&'a str>,
    quantity: String,
    compute: Option<&'a str>,
    about: &'static str,
    claimed: Option<f64>,
    computed: Option<f64>,
    unit: &'a str,
    difference_percent: Option<f64>,
    verdict: String,
    text: &'a str,
    note: Option<&'a str>,
    source: String,
}

impl<'a> Row<'a> {
    /// The row of a claim.
    pub fn of(checked: &Checked<'a>, catalogue: &Catalogue) -> Self {
        let claim = checked.claim;
        let difference = match (claim.value, checked.computed) {
            (Some(claimed), Some(computed)) if claimed != 0.0 => {
                Some(((computed - claimed) / claimed * 1000.0).round() / 10.0)
            }
            _ => None,
        };
        Self {
            id: &claim.id,
            features: claim.features(),
            quantity: report::computation(claim, catalogue),
            compute: match &claim.computation {
                Computation::Of(text, _) => Some(text),
                Computation::None(_) => None,
            },
            about: claim.about.name(),
            claimed: claim.value,
            computed: checked.computed.map(|number| (number * 1e3).round() / 1e3),
            unit: checked.unit,
            difference_percent: difference,
            verdict: checked.verdict.describe(),
            text: &claim.text,
            note: claim.note.as_deref(),
            source: claim.source.to_string(),
        }
    }
}

/// Prints every claim with its computation.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    if arguments.print_schema {
        return Ok(out.write_all(crate::schema::catalogue()?.as_bytes())?);
    }
    let catalogue = arguments.input.catalogue()?;
    let claims: Vec<&Claim> = match &arguments.id {
        Some(id) => catalogue.claims_of(&catalogue.find(id)?.id),
        None => catalogue.claims().iter().collect(),
    };
    let checked = check_some(claims, &catalogue, &Embedded);
    if arguments.markdown {
        return Ok(report::markdown(out, &checked, &catalogue)?);
    }
    if arguments.json {
        for one in &checked {
            json_line(out, &Row::of(one, &catalogue))?;
        }
        return Ok(());
    }
    let mut table = Table::new(&["claim", "of", "claimed", "computed", "verdict", "source"]);
    for one in &checked {
        let of = shortened(&report::computation(one.claim, &catalogue), 60);
        let verdict = shortened(&one.verdict.describe(), 60);
        let source = one.claim.source.to_string();
        let [claimed, computed] = [report::claimed(one), report::computed(one)];
        table.row([one.claim.id.clone(), of, claimed, computed, verdict, source]);
    }
    table.write(out)?;
    writeln!(out, "\n{} {}", Tally::of(&checked), report::TOLERANCES)?;
    Ok(())
}
