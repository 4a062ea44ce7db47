//! `tumen within`: a distance, an area or a box.

use std::io::Write;

use tumen_geo_core::Bbox;
use tumen_geo_core::model::{Catalogue, Feature};
use tumen_geo_core::query::Answer;

use super::hits::{self, Row};
use super::options::{Options, explained, timed};
use super::target::{Target, length};
use crate::error::{Error, Result};
use crate::prose::count_of;

/// Arguments of `within`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A distance (100km, 500m) and then what from; or a feature that is an area.
    #[arg(conflicts_with = "bbox")]
    distance_or_area: Option<String>,
    /// A feature (id or name), or a position as longitude,latitude.
    #[arg(allow_hyphen_values = true)]
    of: Option<String>,
    /// What lies in a box: west,south,east,north in degrees; west > east crosses ±180°.
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true, value_parser = bbox)]
    bbox: Option<Bbox>,
    #[command(flatten)]
    options: Options,
}

/// A box as the value of an option.
pub(super) fn bbox(text: &str) -> std::result::Result<Bbox, String> {
    text.parse().map_err(|e| explained(&e))
}

/// What lies within a distance, an area or a box.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.catalogue()?;
    let index = options.index(&catalogue);
    match (&arguments.distance_or_area, &arguments.of, &arguments.bbox) {
        (Some(distance), Some(of), _) => {
            let radius = length(distance)?;
            let target = Target::find(&catalogue, of)?;
            let (answer, took) = timed(|| {
                index.within_distance(&target.shape, radius, |feature| {
                    target.id.as_deref() != Some(&feature.id)
                })
            });
            let explained = options.explained(&answer.explain, took);
            hits::print(answer.value.iter().map(Row::of_hit), options.json(), &explained, out)?;
            if !options.json() {
                let km = radius.to_km();
                writeln!(
                    out,
                    "\n{} within {km} km of {}",
                    count_of(answer.value.len(), "feature"),
                    target.name
                )?;
            }
            Ok(())
        }
        (Some(area), None, _) => {
            let area = area_named(&catalogue, area)?;
            let other = |feature: &&Feature| area.id.as_deref() != Some(&feature.id);
            let ask = || index.within_area(&area.shape, other);
            print(ask, &area.name, options, out)
        }
        (None, _, Some(bbox)) => {
            let name = format!(
                "{},{} to {},{}, by parallels and meridians",
                bbox.west, bbox.south, bbox.east, bbox.north
            );
            print(|| index.within_bbox(bbox, |_| true), &name, options, out)
        }
        (None, _, None) => Err(Error::usage("a distance, an area or a box is needed")
            .with_hint("as in tumen within 100km hunchun, or tumen within --bbox 129,41,133,44")),
    }
}

fn area_named(catalogue: &Catalogue, text: &str) -> Result<Target> {
    let area = Target::find(catalogue, text).map_err(|e| match length(text) {
        Ok(_) => Error::usage("a distance needs something to be measured from")
            .with_hint("as in tumen within 100km hunchun"),
        Err(_) => e,
    })?;
    if area.shape.dimension() < 2 {
        return Err(Error::usage(format!("{} is not an area", area.name))
            .with_hint("give a distance first, as in tumen within 100km hunchun"));
    }
    Ok(area)
}

fn print<'a>(
    ask: impl FnOnce() -> Answer<Vec<&'a &'a Feature>>,
    name: &str,
    options: &Options,
    out: &mut dyn Write,
) -> Result<()> {
    let (answer, took) = timed(ask);
    let explained = options.explained(&answer.explain, took);
    hits::print(answer.value.iter().map(|f| Row::of(f)), options.json(), &explained, out)?;
    if !options.json() {
        writeln!(out, "\n{} within {name}", count_of(answer.value.len(), "feature"))?;
    }
    Ok(())
}
