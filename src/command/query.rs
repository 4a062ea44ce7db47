//! `tumen near`, `within` and `overlap`.

use std::io::Write;

use serde::Serialize;
use tumen_geo_core::LonLat;
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::model::{Catalogue, Feature, Kind};
use tumen_geo_core::predicate;
use tumen_geo_core::query::{Explain, Hit};

use super::{Input, Selection, Target, json_line, length, rounded};
use crate::error::{Error, Result};
use crate::table::{Table, grouped};

/// Arguments of `near`.
#[derive(Debug, clap::Args)]
pub struct NearArguments {
    /// A feature (id or name), or a position as longitude,latitude.
    #[arg(allow_hyphen_values = true)]
    of: String,
    /// How many.
    #[arg(short, long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    k: u16,
    #[command(flatten)]
    options: Options,
}

/// Arguments of `within`.
#[derive(Debug, clap::Args)]
pub struct WithinArguments {
    /// A distance (100km, 500m) and then what from; or a feature that is an area.
    distance_or_area: String,
    /// A feature (id or name), or a position as longitude,latitude.
    #[arg(allow_hyphen_values = true)]
    of: Option<String>,
    #[command(flatten)]
    options: Options,
}

/// Arguments of `overlap`.
#[derive(Debug, clap::Args)]
pub struct OverlapArguments {
    /// Features (ids or names) to compare with one another; when left out, all zones and triangles,
    /// or what the options choose.
    of: Vec<String>,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, clap::Args)]
struct Options {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    input: Input,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
    /// Say how much work the answer took and how wrong it can be.
    #[arg(long)]
    explain: bool,
}

/// The features that are chosen; the others are not even looked at.
fn index<'a>(catalogue: &'a Catalogue, selection: &Selection) -> SpatialIndex<&'a Feature> {
    SpatialIndex::new(catalogue.features().iter().filter(|f| selection.takes(f)).collect())
}

#[derive(Serialize)]
struct HitRow<'a> {
    id: &'a str,
    kind: Option<&'static str>,
    name: &'a str,
    countries: String,
    distance_km: Option<f64>,
    nearest_lon: Option<f64>,
    nearest_lat: Option<f64>,
}

impl<'a> HitRow<'a> {
    fn of(feature: &'a Feature) -> Self {
        Self {
            id: &feature.id,
            kind: feature.kind.map(Kind::name),
            name: feature.name(),
            countries: feature.countries.join(" "),
            distance_km: None,
            nearest_lon: None,
            nearest_lat: None,
        }
    }

    fn of_hit(hit: &Hit<'_, &'a Feature>) -> Self {
        Self {
            distance_km: Some(rounded(hit.distance().to_km(), 4)),
            nearest_lon: Some(rounded(hit.nearest.to.lon(), 6)),
            nearest_lat: Some(rounded(hit.nearest.to.lat(), 6)),
            ..Self::of(hit.item)
        }
    }
}

/// The nearest features.
pub fn near(arguments: &NearArguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.input.catalogue()?;
    let target = Target::find(&catalogue, &arguments.of)?;
    let index = index(&catalogue, &options.selection);
    // What somebody stands in is not near: its kind is asked for, or it is left out.
    let around = |feature: &Feature| {
        let covers = || match target.shape.points() {
            [point] => predicate::contains(&feature.shape, LonLat::wrap(point.x(), point.y())),
            _ => predicate::covers(&feature.shape, &target.shape),
        };
        options.selection.kind.is_none() && covers()
    };
    let answer = index.near(&target.shape, usize::from(arguments.k), |feature| {
        target.id.as_deref() != Some(&feature.id)
            && (feature.shape.dimension() < 2 || !around(feature))
    });
    print_hits(answer.value.iter().map(HitRow::of_hit), &answer.explain, options, out)?;
    if !options.json {
        let left_out = if options.selection.kind.is_none() {
            "; areas that it lies in are left out (--kind region lists them)"
        } else {
            ""
        };
        writeln!(out, "\nnearest to {}; distances on the WGS 84 ellipsoid{left_out}", target.name)?;
    }
    Ok(())
}

/// What lies within a distance or an area.
pub fn within(arguments: &WithinArguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.input.catalogue()?;
    let index = index(&catalogue, &options.selection);
    let Some(of) = &arguments.of else {
        let area =
            Target::find(&catalogue, &arguments.distance_or_area).map_err(|e| {
                match length(&arguments.distance_or_area) {
                    Ok(_) => Error::usage("a distance needs something to be measured from")
                        .with_hint("as in tumen within 100km hunchun"),
                    Err(_) => e,
                }
            })?;
        if area.shape.dimension() < 2 {
            return Err(Error::usage(format!("{} is not an area", area.name))
                .with_hint("give a distance first, as in tumen within 100km hunchun"));
        }
        let answer =
            index.within_area(&area.shape, |feature| area.id.as_deref() != Some(&feature.id));
        print_hits(answer.value.iter().map(|f| HitRow::of(f)), &answer.explain, options, out)?;
        if !options.json {
            writeln!(out, "\n{} lie within {}", answer.value.len(), area.name)?;
        }
        return Ok(());
    };
    let radius = length(&arguments.distance_or_area)?;
    let target = Target::find(&catalogue, of)?;
    let answer = index.within_distance(&target.shape, radius, |feature| {
        target.id.as_deref() != Some(&feature.id)
    });
    print_hits(answer.value.iter().map(HitRow::of_hit), &answer.explain, options, out)?;
    if !options.json {
        let km = radius.to_km();
        writeln!(out, "\n{} within {km} km of {}", answer.value.len(), target.name)?;
    }
    Ok(())
}

fn print_hits<'a>(
    rows: impl Iterator<Item = HitRow<'a>>,
    how: &Explain,
    options: &Options,
    out: &mut dyn Write,
) -> Result<()> {
    if options.json {
        for row in rows {
            json_line(out, &row)?;
        }
        return explain(how, options, out);
    }
    let mut table = Table::new(&["km", "id", "kind", "name", "countries"]);
    for row in rows {
        table.row([
            row.distance_km.map_or(String::new(), |km| grouped(km, 1)),
            row.id.to_owned(),
            row.kind.unwrap_or("").to_owned(),
            row.name.to_owned(),
            row.countries,
        ]);
    }
    table.write(out)?;
    explain(how, options, out)
}

#[derive(Serialize)]
struct OverlapRow<'a> {
    first: &'a str,
    second: &'a str,
    relation: String,
    area_km2: f64,
    area_error_km2: f64,
    share_of_first: f64,
    share_of_second: f64,
}

/// Which features share ground.
pub fn overlap(arguments: &OverlapArguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.input.catalogue()?;
    let named: Result<Vec<&Feature>> =
        arguments.of.iter().map(|text| Ok(catalogue.find(text)?)).collect();
    let named = named?;
    let chosen: Vec<&Feature> = if named.is_empty() {
        let usual = |f: &&Feature| {
            let zones = [None, Some(Kind::Zone), Some(Kind::GrowthTriangle)];
            options.selection.kind.is_some() || zones.contains(&f.kind)
        };
        let areas = catalogue.features().iter().filter(|f| f.shape.dimension() == 2);
        areas.filter(usual).filter(|f| options.selection.takes(f)).collect()
    } else {
        named
    };
    if chosen.len() < 2 {
        return Err(Error::usage("an overlap needs two features or more")
            .with_hint("name two, or leave them out to compare all"));
    }
    let index = SpatialIndex::new(chosen);
    let answer = index.overlaps(|_| true);
    let rows = answer.value.iter().map(|pair| OverlapRow {
        first: &index.items()[pair.first].id,
        second: &index.items()[pair.second].id,
        relation: pair.overlap.relation.to_string(),
        area_km2: rounded(pair.overlap.area.to_km2(), 3),
        area_error_km2: rounded(pair.overlap.error.to_km2(), 3),
        share_of_first: rounded(pair.overlap.share_of_first, 6),
        share_of_second: rounded(pair.overlap.share_of_second, 6),
    });
    if options.json {
        for row in rows {
            json_line(out, &row)?;
        }
        return explain(&answer.explain, options, out);
    }
    let mut table = Table::new(&["first", "relation", "second", "shared", "of first", "of second"]);
    for row in rows {
        table.row([
            row.first.to_owned(),
            row.relation,
            row.second.to_owned(),
            format!("{} km²", grouped(row.area_km2, 1)),
            format!("{:.1} %", row.share_of_first * 100.0),
            format!("{:.1} %", row.share_of_second * 100.0),
        ]);
    }
    table.write(out)?;
    explain(&answer.explain, options, out)?;
    writeln!(
        out,
        "\n{} pairs share ground or touch; areas on the WGS 84 ellipsoid",
        answer.value.len()
    )?;
    Ok(())
}

fn explain(explain: &Explain, options: &Options, out: &mut dyn Write) -> Result<()> {
    if options.explain {
        writeln!(out, "{explain}")?;
    }
    Ok(())
}
