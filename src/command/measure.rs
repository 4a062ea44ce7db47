//! `tumen measure`: how large, how long, where, and how well that is known.

use std::io::Write;

use serde::Serialize;
use serde_json::json;
use tumen_geo_core::Shape;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::{Catalogue, Certainty, Feature, Kind};
use tumen_geo_core::query::Explain;

use super::options::{Options, timed};
use super::target::Target;
use super::{json_line, rounded};
use crate::error::Result;
use crate::table::{Table, grouped};

/// Arguments of `measure`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Features (ids or names) or positions as longitude,latitude; when left out, all that the
    /// options choose. Of two, also the distance and the bearing.
    of: Vec<String>,
    #[command(flatten)]
    options: Options,
}

/// A line of JSON.
#[derive(Serialize)]
#[serde(tag = "row", rename_all = "lowercase")]
enum Row<'a> {
    Feature(Measured<'a>),
    Between(Between<'a>),
}

/// The measures of a feature; those that its geometry does not have are left out.
#[derive(Serialize)]
struct Measured<'a> {
    id: &'a str,
    kind: Option<&'static str>,
    name: &'a str,
    certainty: Option<&'static str>,
    position_error_km: Option<f64>,
    area_km2: Option<f64>,
    perimeter_km: Option<f64>,
    length_km: Option<f64>,
    length_error_m: Option<f64>,
    west: f64,
    south: f64,
    east: f64,
    north: f64,
    centroid_lon: Option<f64>,
    centroid_lat: Option<f64>,
}

impl<'a> Measured<'a> {
    fn of(target: &'a Target, feature: Option<&Feature>) -> Self {
        let (shape, bbox) = (&target.shape, target.shape.bbox());
        let (area, line) = (shape.dimension() == 2, shape.dimension() == 1);
        let centroid = Geodesic::centroid(shape);
        let km = |length: tumen_geo_core::Length| rounded(length.to_km(), 4);
        let km2 = |area: tumen_geo_core::Area| rounded(area.to_km2(), 4);
        Self {
            id: target.key(),
            kind: feature.and_then(|f| f.kind).map(Kind::name),
            name: &target.name,
            certainty: feature.and_then(|f| f.certainty).map(Certainty::name),
            position_error_km: feature.and_then(|f| f.provenance.error).map(km),
            area_km2: area.then(|| km2(Geodesic::area(shape))),
            perimeter_km: area.then(|| km(Geodesic::perimeter(shape))),
            length_km: line.then(|| km(Geodesic::length(shape))),
            length_error_m: (area || line)
                .then(|| rounded(Geodesic::length_error(shape).to_m(), 3)),
            west: rounded(bbox.west, 6),
            south: rounded(bbox.south, 6),
            east: rounded(bbox.east, 6),
            north: rounded(bbox.north, 6),
            centroid_lon: centroid.map(|at| rounded(at.lon(), 6)),
            centroid_lat: centroid.map(|at| rounded(at.lat(), 6)),
        }
    }
}

/// The way from one to another: the shortest, and from centroid to centroid.
#[derive(Serialize)]
struct Between<'a> {
    first: &'a str,
    second: &'a str,
    distance_km: f64,
    distance_error_m: f64,
    /// At the end at the first, clockwise from true north; none when they share a point.
    bearing_deg: Option<f64>,
    first_lon: f64,
    first_lat: f64,
    second_lon: f64,
    second_lat: f64,
    centroid_distance_km: Option<f64>,
    centroid_bearing_deg: Option<f64>,
}

impl<'a> Between<'a> {
    fn of(first: &'a Target, second: &'a Target) -> Self {
        let nearest = Geodesic::nearest(&first.shape, &second.shape);
        let bearing =
            |from, to| rounded(Geodesic::bearing(from, to).to_degrees().rem_euclid(360.0), 4);
        let apart = nearest.distance.to_m() > 0.0;
        let middle = |shape: &Shape| Geodesic::centroid(shape);
        let middles = middle(&first.shape).zip(middle(&second.shape));
        Self {
            first: first.key(),
            second: second.key(),
            distance_km: rounded(nearest.distance.to_km(), 6),
            distance_error_m: Explain::DISTANCE_ERROR.to_m(),
            bearing_deg: apart.then(|| bearing(nearest.from, nearest.to)),
            first_lon: rounded(nearest.from.lon(), 6),
            first_lat: rounded(nearest.from.lat(), 6),
            second_lon: rounded(nearest.to.lon(), 6),
            second_lat: rounded(nearest.to.lat(), 6),
            centroid_distance_km: middles
                .map(|(from, to)| rounded(Geodesic::distance(from, to).to_km(), 6)),
            centroid_bearing_deg: middles
                .filter(|(from, to)| from != to)
                .map(|(from, to)| bearing(from, to)),
        }
    }
}

/// Measures what the arguments choose.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.catalogue()?;
    let targets = targets(arguments, &catalogue)?;
    let measured =
        |target| Measured::of(target, target.id.as_deref().and_then(|id| catalogue.get(id)));
    let (rows, took) = timed(|| targets.iter().map(measured).collect::<Vec<Measured>>());
    let between = match (&arguments.of[..], &targets[..]) {
        ([_, _], [first, second]) => Some(Between::of(first, second)),
        _ => None,
    };
    let fields = json!({
        "measured": rows.len(),
        "edge_model": "as declared",
        "edge_tolerance_m": Shape::EDGE_TOLERANCE.to_m(),
        "area_error_m2": Geodesic::AREA_ERROR.to_m2(),
        "distance_error_m": Explain::DISTANCE_ERROR.to_m(),
    });
    let text = format!(
        "{} measured on WGS 84; edges within {} m of what they were declared to be, areas within \
         {} m², distances within {} mm",
        rows.len(),
        Shape::EDGE_TOLERANCE.to_m(),
        Geodesic::AREA_ERROR.to_m2(),
        Explain::DISTANCE_ERROR.to_m() * 1e3,
    );
    let explained = options.told(fields, &text, took);
    if options.json() {
        for row in rows {
            json_line(out, &Row::Feature(row))?;
        }
        if let Some(between) = between {
            json_line(out, &Row::Between(between))?;
        }
        return explained.print(out);
    }
    print(&rows, between.as_ref(), out)?;
    explained.print(out)?;
    Ok(())
}

fn targets(arguments: &Arguments, catalogue: &Catalogue) -> Result<Vec<Target>> {
    if !arguments.of.is_empty() {
        return arguments.of.iter().map(|text| Target::find(catalogue, text)).collect();
    }
    let chosen = catalogue.features().iter().filter(|f| arguments.options.selection().takes(f));
    Ok(chosen.map(Target::of).collect())
}

fn print(rows: &[Measured], between: Option<&Between>, out: &mut dyn Write) -> Result<()> {
    let number = |value: Option<f64>, digits: usize| {
        value.map_or(String::new(), |value| grouped(value, digits))
    };
    let mut table = Table::new(&[
        "id",
        "certainty",
        "km²",
        "km",
        "± m",
        "centroid",
        "west",
        "south",
        "east",
        "north",
    ]);
    for row in rows {
        let middle = row.centroid_lon.zip(row.centroid_lat);
        table.row([
            row.id.to_owned(),
            row.certainty.unwrap_or("").to_owned(),
            number(row.area_km2, 3),
            number(row.perimeter_km.or(row.length_km), 3),
            number(row.length_error_m, 3),
            middle.map_or(String::new(), |(lon, lat)| format!("{lon:.5},{lat:.5}")),
            format!("{:.4}", row.west),
            format!("{:.4}", row.south),
            format!("{:.4}", row.east),
            format!("{:.4}", row.north),
        ]);
    }
    table.write(out)?;
    if let Some(way) = between {
        let bearing = |degrees: Option<f64>| {
            degrees.map_or(String::new(), |degrees| format!(", bearing {degrees:.2}°"))
        };
        writeln!(
            out,
            "\n{} to {}: {} km{}, from {:.5},{:.5} to {:.5},{:.5}",
            way.first,
            way.second,
            grouped(way.distance_km, 3),
            bearing(way.bearing_deg),
            way.first_lon,
            way.first_lat,
            way.second_lon,
            way.second_lat,
        )?;
        if let Some(km) = way.centroid_distance_km {
            let bearing = bearing(way.centroid_bearing_deg);
            writeln!(out, "centroid to centroid: {} km{bearing}", grouped(km, 3))?;
        }
    }
    writeln!(
        out,
        "\nkm is the perimeter of an area and the length of a line; the centroid is where plumb \
         lines point their mean way;\n± is for the reading of straight edges: how well the positions are \
         known is their certainty"
    )?;
    Ok(())
}
