//! Layers of the base map.

use std::collections::BTreeMap;

use geo_types::{Geometry, MultiLineString, MultiPolygon, Point};
use tumen_geo_core::{Bbox, LonLat};
use tumen_render::Result;
use tumen_render::spec::{MapFeature, Value};

use super::query::wrong;
use crate::basemap::{self, Layer, Object, Parts, degrees};

/// Whether the detailed layers cover the frame.
pub(super) fn detailed(frame: &Bbox) -> bool {
    basemap::REGION.covers(frame)
}

pub(super) fn from_base(name: &str, frame: &Bbox, year: Option<i32>) -> Result<Vec<MapFeature>> {
    let near = detailed(frame);
    Ok(match name {
        "units" if near => objects(basemap::region(), frame),
        "countries" if near => named(basemap::countries(frame), basemap::country_names),
        "provinces" if near => named(basemap::provinces(frame), basemap::province_names),
        "units" | "countries" => objects(basemap::world(), frame),
        "coast" | "admin" | "borders" | "border-rivers" => arcs(name, near, year),
        "lakes" if near => objects(basemap::lakes(), frame),
        "rivers" if near => objects(basemap::rivers(), frame),
        "rail" if near => objects(basemap::rail(), frame),
        // Beyond the region there is no register of places: a few of it would mislead.
        "places" if !near => basemap::cities().iter().map(named_point).collect(),
        "places" => {
            let mut places = objects(basemap::places(), frame);
            for place in &mut places {
                place.rank = place_rank(place.properties.get("population"));
            }
            places
        }
        "relief" | "lakes" | "rivers" | "rail" | "provinces" => Vec::new(),
        "seas" => seas(frame),
        other => {
            return Err(wrong(format!("the base map has no 'base:{other}'")).with_hint(
                "base:relief, units, coast, lakes, rivers, border-rivers, admin, borders, rail, \
                 places, seas, provinces, countries",
            ));
        }
    })
}

fn named_point(place: &basemap::Place) -> MapFeature {
    MapFeature {
        id: place.id.clone(),
        geometry: Geometry::Point(Point::from(place.at)),
        names: place.names.clone(),
        properties: BTreeMap::new(),
        rank: place.rank,
    }
}

/// The seas; of places for the same name that are in the frame the last, which is for wide maps.
fn seas(frame: &Bbox) -> Vec<MapFeature> {
    let inside = |place: &basemap::Place| frame.contains(LonLat::wrap(place.at[0], place.at[1]));
    let all = basemap::seas();
    let again = |(i, sea): (usize, &basemap::Place)| {
        all[i + 1..].iter().any(|other| other.names == sea.names && inside(other))
    };
    let kept = all.iter().enumerate().filter(|(i, sea)| inside(sea) && !again((*i, sea)));
    kept.map(|(_, sea)| named_point(sea)).collect()
}

fn named(
    areas: Vec<(&str, MultiPolygon<f64>)>,
    names: impl Fn(&str) -> basemap::Names,
) -> Vec<MapFeature> {
    let feature = |(id, area): (&str, MultiPolygon<f64>)| MapFeature {
        id: id.to_owned(),
        geometry: Geometry::MultiPolygon(area),
        names: names(id),
        properties: BTreeMap::new(),
        rank: 1,
    };
    areas.into_iter().map(feature).collect()
}

/// The lines between units of one sort, those of one border or river as one feature.
fn arcs(name: &str, near: bool, year: Option<i32>) -> Vec<MapFeature> {
    let layer = if near { basemap::region() } else { basemap::world() };
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, arc) in layer.arc_properties.iter().enumerate() {
        let group = match name {
            "borders" if arc.k == "border" => format!("{}-{}", arc.a, arc.b),
            "border-rivers" if !arc.river.is_empty() => arc.river.clone(),
            "coast" | "admin" if arc.k == name => name.to_owned(),
            _ => continue,
        };
        groups.entry(group).or_default().push(index);
    }
    let feature = |(id, indices): (String, Vec<usize>)| MapFeature {
        geometry: Geometry::MultiLineString(basemap::joined(layer, indices)),
        names: if name == "border-rivers" { basemap::river_names(&id) } else { BTreeMap::new() },
        properties: match name {
            "borders" => BTreeMap::from([status(&id, year)]),
            _ => BTreeMap::new(),
        },
        id,
        rank: 1,
    };
    groups.into_iter().map(feature).collect()
}

/// The status of a border. The eastern section between China and Russia was disputed until the
/// agreement of 1991 (study A, lines 8833–8891); between the Koreas runs a military demarcation
/// line, which no treaty made a border (set by hand). Others are drawn as agreed, which judges no
/// claim.
fn status(border: &str, year: Option<i32>) -> (String, Value) {
    let status = match border {
        "KP-KR" => "indefinite",
        "CN-RU" if year.is_some_and(|year| year < 1991) => "disputed",
        _ => "agreed",
    };
    ("status".to_owned(), Value::Text(status.to_owned()))
}

/// The objects of a layer that may touch the frame.
fn objects(layer: &'static Layer, frame: &Bbox) -> Vec<MapFeature> {
    let touching = layer.objects.iter().enumerate().filter(|(_, object)| {
        basemap::object_bbox(layer, object).is_some_and(|bbox| bbox.intersects(frame))
    });
    touching.map(|(index, object)| object_feature(layer, index, object, frame)).collect()
}

fn object_feature(layer: &Layer, index: usize, object: &Object, frame: &Bbox) -> MapFeature {
    let of = &object.properties;
    let mut properties = BTreeMap::new();
    if of.pop > 0 {
        properties.insert("population".to_owned(), Value::Number(f64::from(of.pop)));
    }
    if of.cap {
        properties.insert("capital".to_owned(), Value::Text("yes".to_owned()));
    }
    if !of.country.is_empty() {
        properties.insert("country".to_owned(), Value::Text(of.country.clone()));
    }
    let geometry = match &object.parts {
        Parts::Areas(_) => Geometry::MultiPolygon(basemap::object_areas(layer, index)),
        Parts::Lines(_) => {
            let lines = basemap::object_lines(layer, object, Some(frame));
            Geometry::MultiLineString(MultiLineString(lines))
        }
        Parts::Point(position) => Geometry::Point(Point(degrees(*position))),
    };
    let id = if of.id.is_empty() { index.to_string() } else { of.id.clone() };
    MapFeature { id, geometry, names: of.names(), properties, rank: of.rank }
}

/// The rank of a populated place by its size; one of unknown size is small.
fn place_rank(population: Option<&Value>) -> u8 {
    let Some(Value::Number(population)) = population else { return 7 };
    let sizes = [1e6, 3e5, 1e5, 3e4, 1e4];
    sizes.iter().position(|size| population >= size).map_or(6, |place| place as u8 + 1)
}
