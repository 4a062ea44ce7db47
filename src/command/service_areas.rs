//! `tumen service-areas`: the ground nearer to one port than to any other.

use std::io::Write;
use std::path::PathBuf;

use geo_types::{Coord, Geometry, MultiPolygon, Polygon, Rect};
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::{BaseMap, Catalogue, Feature, Kind};
use tumen_geo_core::query::overlap_of;
use tumen_geo_core::{Bbox, Shape};

use super::made::{Made, deliver};
use super::options::{Options, timed};
use super::rounded;
use super::within::bbox;
use crate::basemap;
use crate::error::{Error, Result};

/// Arguments of `service-areas`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Sites (ids or names); when left out, all seaports, or what the options choose.
    of: Vec<String>,
    /// Only the ground of a country (ISO 3166-1, as in CN), of the land around the sites ('land'),
    /// or of an area (id or name).
    #[arg(long, value_name = "CC|land|AREA")]
    clip: Option<String>,
    /// Only the ground in a box: west,south,east,north in degrees. Without it and without a country or
    /// an area: the box around the sites, half as wide again on each side.
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true, value_parser = bbox)]
    bbox: Option<Bbox>,
    /// The GeoJSON file to write; when left out, it goes to the standard output.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// Boundaries lie within this of where they should be, metres: see
/// [`SpatialIndex::service_areas`].
const BOUNDARY_ERROR_M: f64 = 2.0;

/// Writes the service areas of what the arguments choose.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.catalogue()?;
    let mut sites = options.named_or_usual(&arguments.of, &[Kind::Seaport], &catalogue)?;
    if arguments.of.is_empty() && options.selection().kind.is_none() {
        sites.retain(|site| site.shape.points().len() == 1);
    }
    if sites.is_empty() {
        return Err(Error::usage("there are no sites").with_hint("name some, or choose a kind"));
    }
    let ground = ground(arguments, &sites, &catalogue)?;
    let whole = Geodesic::area(&ground);
    let index = SpatialIndex::new(sites);
    let (answer, took) = timed(|| index.service_areas(&ground, |_| true));
    let answer = answer.map_err(|e| Error::from(e).as_usage())?;
    let explained = options.explained(&answer.explain, took);
    let made = answer.value.into_iter().map(|(site, shape)| {
        let area = Geodesic::area(&shape);
        let error = Geodesic::perimeter(&shape).to_m() * BOUNDARY_ERROR_M / 1e6;
        Made {
            id: site.id.clone(),
            properties: vec![
                ("name", site.name().into()),
                ("kind", site.kind.map(Kind::name).into()),
                ("area_km2", rounded(area.to_km2(), 3).into()),
                ("area_error_km2", rounded(error, 3).into()),
                ("share", rounded(area / whole, 6).into()),
            ],
            shape,
        }
    });
    let made: Vec<Made> = made.collect();
    let columns = ["name", "area_km2", "area_error_km2", "share"];
    deliver(&made, &columns, arguments.out.as_deref(), options.json(), &explained, out)
}

/// The ground to be parted.
fn ground(arguments: &Arguments, sites: &[&Feature], catalogue: &Catalogue) -> Result<Shape> {
    let nothing = |what: &str| {
        Error::usage(format!("no ground of {what} lies in the box"))
            .with_hint("give another --bbox")
    };
    let (clip, area) = match arguments.clip.as_deref() {
        None => return boxed(&around(arguments, sites)?),
        Some("land") => {
            let frame = around(arguments, sites)?;
            ("land", Some((land(&frame), frame)))
        }
        Some(clip) => {
            let area = country(clip).map_or_else(|| named(clip, catalogue), Ok)?;
            let Some(frame) = arguments.bbox else { return Ok(area) };
            (clip, Some((Some(area), frame)))
        }
    };
    let part = area.and_then(|(area, frame)| Some((area?, frame)));
    let (area, frame) = part.ok_or_else(|| nothing(clip))?;
    overlap_of(&area, &boxed(&frame)?)
        .and_then(|overlap| overlap.shared)
        .ok_or_else(|| nothing(clip))
}

/// The box asked for, or one around the sites, half as wide again on each side and at least a
/// degree.
fn around(arguments: &Arguments, sites: &[&Feature]) -> Result<Bbox> {
    if let Some(bbox) = arguments.bbox {
        return Ok(bbox);
    }
    let mut positions: Vec<Coord> = Vec::new();
    for at in sites.iter().flat_map(|site| site.shape.positions()) {
        // Sites on both sides of ±180° are neighbours.
        let near = positions.first().map_or(at.x, |first: &Coord| first.x);
        let x = at.x + 360.0 * ((near - at.x) / 360.0).round();
        positions.push(Coord { x, y: at.y });
    }
    let bounds = Bbox::around(positions)
        .ok_or_else(|| Error::usage("the sites have no position").with_hint("name others"))?;
    let margin = |side: f64| (side / 2.0).max(1.0);
    let (aside, above) = (margin(bounds.width_degrees()), margin(bounds.north - bounds.south));
    let corner = |x: f64, y: f64| Coord { x, y: y.clamp(-90.0, 90.0) };
    let grown = Bbox::around([
        corner(bounds.west - aside, bounds.south - above),
        corner(bounds.east_unwrapped() + aside, bounds.north + above),
    ]);
    Ok(grown.unwrap_or(bounds))
}

fn boxed(bbox: &Bbox) -> Result<Shape> {
    let (width, height) = (bbox.width_degrees(), bbox.north - bbox.south);
    if width == 0.0 || height == 0.0 {
        return Err(Error::usage("the box has no area").with_hint("give a wider --bbox"));
    }
    let rect = Rect::new((bbox.west, bbox.south), (bbox.east_unwrapped(), bbox.north));
    // Checked, an edge of more than half a turn would go the other way around.
    Ok(Shape::from_checked(Geometry::Polygon(rect.to_polygon())))
}

/// The land that touches a box: of the detailed base map where that covers it, else of the world.
fn land(frame: &Bbox) -> Option<Shape> {
    let parts: Vec<Polygon> = if basemap::REGION.covers(frame) {
        basemap::countries(frame).into_iter().flat_map(|(_, land)| land.0).collect()
    } else {
        let world = basemap::world();
        let touching = world.objects.iter().enumerate().filter(|(_, object)| {
            basemap::object_bbox(world, object).is_some_and(|bbox| bbox.intersects(frame))
        });
        touching.flat_map(|(index, _)| basemap::object_areas(world, index).0).collect()
    };
    let some = !parts.is_empty();
    some.then(|| Shape::from_checked(Geometry::MultiPolygon(MultiPolygon(parts))))
}

/// The land of a country, if the text is the code of one.
fn country(code: &str) -> Option<Shape> {
    let code = Some(code.to_uppercase()).filter(|code| code.len() == 2)?;
    let union = basemap::Embedded.units(&[code])?;
    Some(Shape::from_checked(Geometry::MultiPolygon(union())))
}

fn named(text: &str, catalogue: &Catalogue) -> Result<Shape> {
    let feature = catalogue.find(text)?;
    if feature.shape.dimension() < 2 {
        return Err(Error::usage(format!("{} is not an area", feature.name()))
            .with_hint("clip to a country, to land or to an area"));
    }
    Ok(feature.shape.clone())
}
