//! `tumen list`: one feature a line.

use std::io::Write;

use tumen_geo_core::model::Feature;

use super::json_line;
use super::options::{Kinds, Listing};
use crate::error::Result;
use crate::listing::Row;
use crate::prose::count_of;
use crate::table::Table;

/// Arguments of `list`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to list: ports, border-ports, seaports, zones, triangles, regions, corridors, places,
    /// borders; everything when left out.
    #[arg(value_name = "WHAT", value_parser = Kinds::parse)]
    what: Option<Kinds>,
    #[command(flatten)]
    listing: Listing,
}

/// Lists the features that the arguments choose.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let catalogue = arguments.listing.input.catalogue()?;
    let wanted = |feature: &&Feature| {
        let listed = arguments.what.as_ref().is_none_or(|kinds| kinds.has(feature));
        listed && arguments.listing.selection.takes(feature)
    };
    let year = arguments.listing.selection.year;
    let rows = catalogue.features().iter().filter(wanted).map(|feature| Row::of(feature, year));
    if arguments.listing.json {
        for row in rows {
            json_line(out, &row)?;
        }
        return Ok(());
    }
    let mut table = Table::new(&["id", "kind", "name", "countries", "years", "status", "size"]);
    let mut count = 0;
    for row in rows {
        count += 1;
        let (size, years) = (row.size(), row.years());
        table.row([
            row.id.to_owned(),
            row.sub.or(row.kind).unwrap_or("").to_owned(),
            row.name.to_owned(),
            row.countries,
            years,
            row.status.to_owned(),
            size,
        ]);
    }
    table.write(out)?;
    writeln!(out, "\n{}; 'tumen show ID' tells all about one", count_of(count, "feature"))?;
    Ok(())
}
