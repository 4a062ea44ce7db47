//! `tumen along`.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;
use tumen_geo_core::Length;
use tumen_geo_core::geojson::Row;
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::measure::Chainage;
use tumen_geo_core::model::{Feature, Kind};
use tumen_geo_core::query::Stop;

use super::options::{Options, timed};
use super::target::{Target, distance};
use super::{json_line, rounded, write_geojson};
use crate::error::{Error, Result};
use crate::table::{Table, grouped};

/// Arguments of `along`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The line: a border, a river, a corridor (id or name).
    line: String,
    /// Only from this kilometre on.
    #[arg(long, value_name = "KM")]
    from: Option<f64>,
    /// Only up to this kilometre.
    #[arg(long, value_name = "KM")]
    to: Option<f64>,
    /// How far from the line features may lie.
    #[arg(long, value_name = "DISTANCE", default_value = "5km", value_parser = distance)]
    within: Length,
    /// Write the line, or the stretch of it that is asked for, to a GeoJSON file.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

#[derive(Serialize)]
struct StopRow<'a> {
    part: usize,
    chainage_km: f64,
    to_next_km: Option<f64>,
    offset_km: f64,
    side: &'static str,
    id: &'a str,
    kind: Option<&'static str>,
    name: &'a str,
    on_line_lon: f64,
    on_line_lat: f64,
}

impl<'a> StopRow<'a> {
    fn of(stop: &Stop<'a, &'a Feature>) -> Self {
        let (feature, place) = (*stop.item, &stop.place);
        Self {
            part: place.part + 1,
            chainage_km: rounded(place.chainage.to_km(), 4),
            to_next_km: stop.to_next.map(|next| rounded(next.to_km(), 4)),
            offset_km: rounded(place.offset.to_km(), 4),
            side: place.side.name(),
            id: &feature.id,
            kind: feature.kind.map(Kind::name),
            name: feature.name(),
            on_line_lon: rounded(place.on_line.lon(), 6),
            on_line_lat: rounded(place.on_line.lat(), 6),
        }
    }
}

/// What lies along a line: ports, unless the options choose otherwise.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.catalogue()?;
    let line = Target::find(&catalogue, &arguments.line)?;
    let chainage =
        Chainage::of(&line.shape).map_err(|e| Error::from(e).within(&line.name).as_usage())?;
    let end = |km: Option<f64>, otherwise: Length| km.map_or(otherwise, Length::km);
    let (from, to) = (end(arguments.from, Length::ZERO), end(arguments.to, chainage.length(0)));
    if !(Length::ZERO <= from && from < to && from < chainage.length(0)) {
        return Err(Error::usage(format!(
            "nothing lies from km {} to km {}",
            from.to_km(),
            to.to_km()
        ))
        .with_hint(format!(
            "{} runs from km 0 to km {:.1}",
            line.name,
            chainage.length(0).to_km()
        )));
    }
    let ports = [Kind::BorderPort, Kind::Seaport];
    let chosen = |f: &&Feature| {
        options.selection().takes_usual(f, &ports) && line.id.as_deref() != Some(&f.id)
    };
    let index = SpatialIndex::new(catalogue.features().iter().filter(chosen).collect());
    let (answer, took) = timed(|| index.along(&line.shape, arguments.within, from..=to, |_| true));
    let answer = answer?;
    if let Some(path) = &arguments.out {
        let stretch = chainage.between(0, from, to).ok_or_else(|| {
            Error::failure("the stretch has no length").with_hint("ask for a longer one")
        })?;
        let properties = [
            ("name".to_owned(), line.name.clone().into()),
            ("from_km".to_owned(), from.to_km().into()),
            ("to_km".to_owned(), to.min(chainage.length(0)).to_km().into()),
        ];
        let id = line.id.as_deref().unwrap_or("line");
        write_geojson(path, [Row { id, shape: &stretch, properties: &properties }])?;
    }
    let rows = answer.value.iter().map(StopRow::of);
    if options.json() {
        for row in rows {
            json_line(out, &row)?;
        }
    } else {
        let mut table =
            Table::new(&["part", "km", "to next", "off line", "side", "id", "kind", "name"]);
        for row in rows {
            table.row([
                row.part.to_string(),
                grouped(row.chainage_km, 1),
                row.to_next_km.map_or(String::new(), |km| grouped(km, 1)),
                grouped(row.offset_km, 1),
                row.side.to_owned(),
                row.id.to_owned(),
                row.kind.unwrap_or("").to_owned(),
                row.name.to_owned(),
            ]);
        }
        table.write(out)?;
    }
    options.explained(&answer.explain, took).print(out)?;
    if !options.json() {
        let parts = match chainage.parts() {
            1 => String::new(),
            parts => format!(
                "; it has {parts} parts that do not hang together, each counted from its own start"
            ),
        };
        writeln!(
            out,
            "\n{} within {} km of {}, which is {} km long on the WGS 84 ellipsoid{parts}",
            answer.value.len(),
            arguments.within.to_km(),
            line.name,
            grouped(chainage.length(0).to_km(), 1),
        )?;
    }
    Ok(())
}
