//! `tumen buffer`: the ground within a distance, or in rings.

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::Catalogue;
use tumen_geo_core::{Length, Shape};

use super::made::{Made, deliver};
use super::options::{Options, timed};
use super::target::{Target, length};
use super::{progress, rounded};
use crate::error::{Error, Result};

/// Arguments of `buffer`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How far: 25km; or several for rings, with commas between: 25km,50km,100km.
    distances: String,
    /// Features (ids or names), or positions as longitude,latitude; when left out, all that the
    /// options choose.
    of: Vec<String>,
    /// The GeoJSON file to write; when left out, it goes to the standard output.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// Writes the ground around what the arguments choose.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let distances: Result<Vec<Length>> = arguments.distances.split(',').map(length).collect();
    let distances = distances?;
    let catalogue = options.catalogue()?;
    let targets = targets(arguments, &catalogue)?;
    let bar = progress::bar(targets.len(), "done");
    let (made, took) = timed(|| {
        let around = targets.iter().map(|target| {
            let rings = around(target, &distances);
            bar.inc(1);
            rings
        });
        around.collect::<Result<Vec<Vec<Made>>>>()
    });
    bar.finish_and_clear();
    let made: Vec<Made> = made?.into_iter().flatten().collect();
    let worst = distances.iter().map(|&d| error_m(d)).fold(0.0, f64::max);
    let fields = json!({
        "buffers": made.len(),
        "edge_model": "geodesic, or straight in lon/lat",
        "edge_tolerance_m": Shape::EDGE_TOLERANCE.to_m(),
        "boundary_error_m": worst,
    });
    let text = format!(
        "{} buffers on WGS 84; boundaries within {worst} m of where they should be, edges within \
         {} m of geodesics included",
        made.len(),
        Shape::EDGE_TOLERANCE.to_m(),
    );
    let explained = options.told(fields, &text, took);
    let columns = ["from_km", "to_km", "area_km2", "error_m"];
    deliver(&made, &columns, arguments.out.as_deref(), options.json(), &explained, out)
}

fn targets(arguments: &Arguments, catalogue: &Catalogue) -> Result<Vec<Target>> {
    if !arguments.of.is_empty() {
        return arguments.of.iter().map(|text| Target::find(catalogue, text)).collect();
    }
    let selection = arguments.options.selection();
    if selection.kind.is_none() && arguments.options.listing.input.input.is_none() {
        return Err(Error::usage("a buffer needs something to lie around")
            .with_hint("as in tumen buffer 25km rajin, or tumen buffer 25km --kind seaport"));
    }
    Ok(catalogue.features().iter().filter(|f| selection.takes(f)).map(Target::of).collect())
}

/// The buffer, or the rings, around one.
fn around(target: &Target, distances: &[Length]) -> Result<Vec<Made>> {
    let rings = Geodesic::rings(&target.shape, distances)
        .map_err(|e| Error::from(e).within(target.key()).as_usage())?;
    let mut inner = Length::ZERO;
    let made = rings.into_iter().zip(distances).map(|(shape, &outer)| {
        let (from, to) = (inner.to_km(), outer.to_km());
        inner = outer;
        Made {
            id: match from {
                0.0 => format!("{} {to} km", target.key()),
                from => format!("{} {from}–{to} km", target.key()),
            },
            properties: vec![
                ("of", target.key().into()),
                ("name", target.name.as_str().into()),
                ("from_km", from.into()),
                ("to_km", to.into()),
                ("area_km2", rounded(Geodesic::area(&shape).to_km2(), 3).into()),
                ("error_m", error_m(outer).into()),
            ],
            shape,
        }
    });
    Ok(made.collect())
}

/// How far the boundary of a buffer may lie from where it should be, metres.
fn error_m(distance: Length) -> f64 {
    rounded((Geodesic::buffer_tolerance(distance) + Shape::EDGE_TOLERANCE).to_m(), 3)
}
