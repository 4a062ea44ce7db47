//! `tumen nearest-pair`.

use std::collections::BTreeSet;
use std::io::Write;

use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::model::{Catalogue, Feature};

use super::json_line;
use super::options::{Options, timed};
use super::target::Other;
use super::way::Way;
use crate::error::{Error, Result};
use crate::table::{Table, grouped};

/// Arguments of `nearest-pair`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Two features (ids or names); when left out, --kind and --with choose.
    #[arg(num_args = 2, value_names = ["FEATURE", "FEATURE"])]
    of: Vec<String>,
    #[command(flatten)]
    other: Other,
    /// How many pairs.
    #[arg(short, long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    k: u16,
    #[command(flatten)]
    options: Options,
}

/// The nearest pairs of two selections.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.catalogue()?;
    let file = arguments.other.read()?;
    let [first, second] = sides(arguments, &catalogue, file.as_ref())?.map(SpatialIndex::new);
    // A pair of one selection with itself comes in one order only, and nothing with itself.
    let ids = |index: &SpatialIndex<&Feature>| -> BTreeSet<String> {
        index.items().iter().map(|f| f.id.clone()).collect()
    };
    let (in_first, in_second) = (ids(&first), ids(&second));
    let in_both = |id: &str| in_first.contains(id) && in_second.contains(id);
    let (answer, took) = timed(|| {
        first.nearest_pairs(&second, usize::from(arguments.k), |a, b| {
            // A feature of a file is another one, whatever its id.
            file.is_some() || a.id != b.id && (a.id < b.id || !(in_both(&a.id) && in_both(&b.id)))
        })
    });
    let rows = answer.value.iter();
    let rows = rows.map(|pair| Way::of(&pair.first.id, &pair.second.id, &pair.nearest));
    if options.json() {
        for row in rows {
            json_line(out, &row)?;
        }
    } else {
        let mut table = Table::new(&["km", "first", "second", "from", "to"]);
        for row in rows {
            let [from, to] = row.ends();
            let km = grouped(row.distance_km, 1);
            table.row([km, row.first.to_owned(), row.second.to_owned(), from, to]);
        }
        table.write(out)?;
    }
    options.explained(&answer.explain, took).print(out)?;
    Ok(())
}

/// The two selections.
fn sides<'a>(
    arguments: &Arguments,
    catalogue: &'a Catalogue,
    file: Option<&'a Catalogue>,
) -> Result<[Vec<&'a Feature>; 2]> {
    if let [first, second] = &arguments.of[..] {
        return Ok([vec![catalogue.find(first)?], vec![catalogue.find(second)?]]);
    }
    let (options, other) = (&arguments.options, &arguments.other);
    let own = options.selection().kind.is_some() || options.listing.input.input.is_some();
    if !own && !other.is_given() {
        return Err(Error::usage("two selections are needed")
            .with_hint("as in tumen nearest-pair --kind seaport --with border-port"));
    }
    let chosen = catalogue.features().iter().filter(|f| options.selection().takes(f));
    let first: Vec<&Feature> = chosen.collect();
    let second = other.features(options.selection(), catalogue, file)?;
    let second = second.unwrap_or_else(|| first.clone());
    Ok([first, second])
}
