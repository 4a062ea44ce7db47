//! `tumen check`: the claims of the sources beside what the geometry gives.

use std::io::Write;

use serde::Serialize;
use tumen_geo_core::model::{Checked, Verdict, check};

use super::json_line;
use crate::basemap::Embedded;
use crate::error::Result;
use crate::table::{Table, grouped};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only claims about this feature (id or name).
    id: Option<String>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// A claim in a listing.
#[derive(Serialize)]
pub struct Row<'a> {
    id: &'a str,
    quantity: String,
    about: &'static str,
    claimed: Option<f64>,
    computed: Option<f64>,
    unit: &'static str,
    difference_percent: Option<f64>,
    verdict: String,
    text: &'a str,
    source: String,
}

impl<'a> Row<'a> {
    /// The row of a claim.
    pub fn of(checked: &Checked<'a>) -> Self {
        let claim = checked.claim;
        let difference = match (claim.value, checked.computed) {
            (Some(claimed), Some(computed)) if claimed != 0.0 => {
                Some(((computed - claimed) / claimed * 1000.0).round() / 10.0)
            }
            _ => None,
        };
        Self {
            id: &checked.feature.id,
            quantity: claim.quantity.describe(),
            about: claim.about.name(),
            claimed: claim.value,
            computed: checked.computed.map(|number| (number * 1e3).round() / 1e3),
            unit: checked.unit,
            difference_percent: difference,
            verdict: checked.verdict.describe(),
            text: &claim.text,
            source: claim.source.to_string(),
        }
    }
}

/// Prints every claim with its computation.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let catalogue = crate::catalogue()?;
    let only = match &arguments.id {
        Some(id) => Some(catalogue.find(id)?.id.as_str()),
        None => None,
    };
    let checked: Vec<Checked> = check(&catalogue, &Embedded)
        .into_iter()
        .filter(|checked| only.is_none_or(|id| checked.feature.id == id))
        .collect();
    if arguments.json {
        for one in &checked {
            json_line(out, &Row::of(one))?;
        }
        return Ok(());
    }
    let mut table =
        Table::new(&["feature", "quantity", "claimed", "computed", "verdict", "source"]);
    let number = |value: Option<f64>, unit: &str| {
        value.map_or(String::new(), |v| {
            let decimals = usize::from(v < 100.0 && !unit.is_empty());
            format!("{} {unit}", grouped(v, decimals)).trim_end().to_owned()
        })
    };
    for one in &checked {
        let row = Row::of(one);
        let claimed = match row.about {
            "exactly" => number(row.claimed, row.unit),
            about if row.claimed.is_some() => format!("{about} {}", number(row.claimed, row.unit)),
            _ => String::new(),
        };
        let quantity = shortened(&row.quantity, 44);
        let computed = number(row.computed, row.unit);
        table.row([row.id.to_owned(), quantity, claimed, computed, row.verdict, row.source]);
    }
    table.write(out)?;
    let count =
        |wanted: fn(&Verdict) -> bool| checked.iter().filter(|c| wanted(&c.verdict)).count();
    writeln!(
        out,
        "\n{} claims: {} agree or hold, {} differ or fail, {} cannot be computed. \
         'about' allows 10 %, a bare number 1 %, 'near' 10 km, a relation the error of the position.",
        checked.len(),
        count(|v| matches!(v, Verdict::Agrees | Verdict::Holds)),
        count(|v| matches!(v, Verdict::Differs { .. } | Verdict::Fails { .. })),
        count(|v| matches!(v, Verdict::NotComputable { .. })),
    )?;
    Ok(())
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
