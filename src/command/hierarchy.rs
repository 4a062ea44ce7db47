//! `tumen hierarchy`: which area lies in which.

use std::io::Write;

use serde::Serialize;
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::Kind;

use super::options::{Options, timed};
use super::{json_line, rounded};
use crate::error::{Error, Result};
use crate::table::{Table, grouped};

/// Arguments of `hierarchy`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Areas (ids or names); when left out, all zones and triangles, or what the options choose.
    of: Vec<String>,
    /// How much of the smaller must lie in the larger, above 0.5 and up to 1.
    #[arg(long, value_name = "SHARE", default_value_t = 0.99)]
    share: f64,
    #[command(flatten)]
    options: Options,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    parent: Option<&'a str>,
    share: Option<f64>,
    depth: usize,
    kind: Option<&'static str>,
    name: &'a str,
    area_km2: f64,
}

/// Which area lies in which.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.catalogue()?;
    let usual = [Kind::Zone, Kind::GrowthTriangle];
    let index = SpatialIndex::new(options.named_or_usual(&arguments.of, &usual, &catalogue)?);
    let (answer, took) = timed(|| index.hierarchy(arguments.share, |_| true));
    let answer = answer.map_err(|e| Error::from(e).as_usage())?;
    let explained = options.explained(&answer.explain, took);
    let rows = answer.value.iter().map(|branch| {
        let feature = index.items()[branch.index];
        Row {
            id: &feature.id,
            parent: branch.parent.map(|parent| index.items()[parent.index].id.as_str()),
            share: branch.parent.map(|parent| rounded(parent.share, 6)),
            depth: branch.depth,
            kind: feature.kind.map(Kind::name),
            name: feature.name(),
            area_km2: rounded(Geodesic::area(&feature.shape).to_km2(), 3),
        }
    });
    if options.json() {
        for row in rows {
            json_line(out, &row)?;
        }
    } else {
        let mut table = Table::new(&["area", "km²", "in its parent", "kind", "name"]);
        let depths: Vec<usize> = answer.value.iter().map(|branch| branch.depth).collect();
        for (line, row) in rows.enumerate() {
            table.row([
                branches(&depths, line) + row.id,
                grouped(row.area_km2, 1),
                row.share.map_or(String::new(), |share| format!("{:.1} %", share * 100.0)),
                row.kind.unwrap_or("").to_owned(),
                row.name.to_owned(),
            ]);
        }
        table.write(out)?;
    }
    explained.print(out)?;
    if !options.json() {
        writeln!(
            out,
            "\neach lies in the smallest area that has {} % of it or more; areas on the WGS 84 \
             ellipsoid",
            rounded(arguments.share * 100.0, 6),
        )?;
    }
    Ok(())
}

/// The lines of a tree before what stands at `line`: what follows it at its own depth, before
/// anything less deep, hangs on the same line.
fn branches(depths: &[usize], line: usize) -> String {
    let goes_on = |depth: usize| {
        let below = depths[line + 1..].iter().find(|&&below| below <= depth);
        below == Some(&depth)
    };
    let depth = depths[line];
    (1..=depth)
        .map(|level| match (goes_on(level), level == depth) {
            (true, true) => "├─ ",
            (false, true) => "└─ ",
            (true, false) => "│  ",
            (false, false) => "   ",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::branches;

    #[test]
    fn trees_are_drawn() {
        let depths = [0, 1, 2, 2, 1, 0, 1, 2];
        let drawn: Vec<String> = (0..depths.len()).map(|line| branches(&depths, line)).collect();
        assert_eq!(drawn, ["", "├─ ", "│  ├─ ", "│  └─ ", "└─ ", "", "└─ ", "   └─ "]);
    }
}
