//! `tumen overlap`: which features share ground, pair by pair, as a matrix, or part by part.

mod combine;
mod matrix;

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::model::{Feature, Kind};
use tumen_geo_core::query::{Answer, Overlap, Pair};

use self::matrix::Cells;
use super::options::{Explained, Options, timed};
use super::target::Other;
use super::{json_line, rounded};
use crate::error::{Error, Result};
use crate::prose::count_of;
use crate::table::{Table, grouped};

/// Arguments of `overlap`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Features (ids or names) to compare with one another; when left out, all zones and triangles,
    /// or what the options choose.
    of: Vec<String>,
    #[command(flatten)]
    other: Other,
    /// A table of all with all: of areas in km², of shares of the row's area, or of Jaccard
    /// indices.
    #[arg(
        long, value_name = "WHAT", value_enum,
        num_args = 0..=1, require_equals = true, default_missing_value = "area"
    )]
    matrix: Option<Cells>,
    /// The table as CSV.
    #[arg(long, requires = "matrix", conflicts_with = "json")]
    csv: bool,
    /// The ground that they cover, parted by which of them cover it, as GeoJSON: on the standard
    /// output when no file is named.
    #[arg(long, conflicts_with_all = ["matrix", "with"])]
    combine: bool,
    /// The file to write the parts to.
    #[arg(short, long, value_name = "FILE", requires = "combine")]
    out: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// What two features share.
#[derive(Serialize)]
struct Row<'a> {
    first: &'a str,
    second: &'a str,
    relation: String,
    area_km2: f64,
    area_error_km2: f64,
    share_of_first: f64,
    share_of_second: f64,
    jaccard: f64,
}

impl<'a> Row<'a> {
    fn of(first: &'a Feature, second: &'a Feature, overlap: &Overlap) -> Self {
        Self {
            first: &first.id,
            second: &second.id,
            relation: overlap.relation.to_string(),
            area_km2: rounded(overlap.area.to_km2(), 3),
            area_error_km2: rounded(overlap.error.to_km2(), 6),
            share_of_first: rounded(overlap.share_of_first, 6),
            share_of_second: rounded(overlap.share_of_second, 6),
            jaccard: rounded(overlap.jaccard(), 6),
        }
    }
}

/// Which features share ground.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.catalogue()?;
    let usual = [Kind::Zone, Kind::GrowthTriangle];
    let mut chosen = options.named_or_usual(&arguments.of, &usual, &catalogue)?;
    if arguments.of.is_empty() {
        chosen.retain(|f| f.shape.dimension() == 2);
    }
    let file = arguments.other.read()?;
    let other = arguments.other.features(options.selection(), &catalogue, file.as_ref())?;
    if chosen.is_empty() || (other.is_none() && chosen.len() < 2) {
        return Err(Error::usage("an overlap needs two features or more")
            .with_hint("name two, or leave them out to compare all"));
    }
    let first = SpatialIndex::new(chosen);
    if arguments.combine {
        return combine::run(&first, options, arguments.out.as_deref(), out);
    }
    let second = other.map(SpatialIndex::new);
    let (answer, took) = timed(|| match &second {
        None => first.overlaps(|_| true),
        // A feature of a file is another one, whatever its id.
        Some(second) => first.overlaps_with(second, |a, b| file.is_some() || a.id != b.id),
    });
    let explained = options.explained(&answer.explain, took);
    if let Some(cells) = arguments.matrix {
        let matrix = matrix::Matrix::new(&first, second.as_ref(), &answer.value);
        if arguments.csv {
            matrix.write_csv(cells, out)?;
            explained.print_aside();
            return Ok(());
        }
        if options.json() {
            matrix.write_json(out)?;
        } else {
            matrix.write(cells, out)?;
        }
        explained.print(out)?;
        return Ok(());
    }
    print(&first, second.as_ref().unwrap_or(&first), &answer, &explained, options, out)
}

fn print(
    first: &SpatialIndex<&Feature>,
    second: &SpatialIndex<&Feature>,
    answer: &Answer<Vec<Pair>>,
    explained: &Explained,
    options: &Options,
    out: &mut dyn Write,
) -> Result<()> {
    let rows = answer
        .value
        .iter()
        .map(|pair| Row::of(first.items()[pair.first], second.items()[pair.second], &pair.overlap));
    if options.json() {
        for row in rows {
            json_line(out, &row)?;
        }
    } else {
        let mut table = Table::new(&[
            "first",
            "relation",
            "second",
            "shared",
            "of first",
            "of second",
            "Jaccard",
        ]);
        for row in rows {
            table.row([
                row.first.to_owned(),
                row.relation,
                row.second.to_owned(),
                format!("{} km²", grouped(row.area_km2, 1)),
                format!("{:.1} %", row.share_of_first * 100.0),
                format!("{:.1} %", row.share_of_second * 100.0),
                format!("{:.3}", row.jaccard),
            ]);
        }
        table.write(out)?;
    }
    explained.print(out)?;
    if !options.json() {
        writeln!(
            out,
            "\n{} that share ground or touch; areas on the WGS 84 ellipsoid",
            count_of(answer.value.len(), "pair")
        )?;
    }
    Ok(())
}
