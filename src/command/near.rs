//! `tumen near`.

use std::io::Write;

use tumen_geo_core::LonLat;
use tumen_geo_core::model::Feature;
use tumen_geo_core::predicate;

use super::hits::{self, Row};
use super::options::{Options, timed};
use super::target::Target;
use crate::error::Result;

/// Arguments of `near`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A feature (id or name), or a position as longitude,latitude.
    #[arg(allow_hyphen_values = true)]
    of: String,
    /// How many.
    #[arg(short, long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    k: u16,
    #[command(flatten)]
    options: Options,
}

/// The nearest features.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.catalogue()?;
    let target = Target::find(&catalogue, &arguments.of)?;
    let index = options.index(&catalogue);
    let any_kind = options.selection().kind.is_none();
    // What somebody stands in is not near: its kind is asked for, or it is left out.
    let around = |feature: &Feature| {
        let covers = || match target.shape.points() {
            [point] => predicate::contains(&feature.shape, LonLat::wrap(point.x(), point.y())),
            _ => predicate::covers(&feature.shape, &target.shape),
        };
        any_kind && covers()
    };
    let (answer, took) = timed(|| {
        index.near(&target.shape, usize::from(arguments.k), |feature| {
            target.id.as_deref() != Some(&feature.id)
                && (feature.shape.dimension() < 2 || !around(feature))
        })
    });
    let explained = options.explained(&answer.explain, took);
    hits::print(answer.value.iter().map(Row::of_hit), options.json(), &explained, out)?;
    if !options.json() {
        let left_out = if any_kind {
            "; areas that it lies in are left out (--kind region lists them)"
        } else {
            ""
        };
        writeln!(out, "\nnearest to {}; distances on the WGS 84 ellipsoid{left_out}", target.name)?;
    }
    Ok(())
}
