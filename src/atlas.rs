//! The features of a map's layers: from the base map, the catalogue, or a user's file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use geo_types::{Coord, Geometry, MultiLineString, MultiPolygon, Point};
use tumen_geo_core::Bbox;
use tumen_geo_core::model::{Catalogue, Feature, Kind};
use tumen_render::spec::{LayerSpec, MapData, MapFeature, Relief, Value};
use tumen_render::{Error, ErrorKind, Result};

use crate::basemap::{self, Layer, Object, Parts, degrees};

/// Everything that maps are made of.
#[derive(Debug)]
pub struct Atlas {
    catalogue: Catalogue,
    folder: PathBuf,
}

impl Atlas {
    /// The features of `catalogue`; files that a spec names are looked for in `folder`.
    pub fn new(catalogue: Catalogue, folder: impl Into<PathBuf>) -> Self {
        Self { catalogue, folder: folder.into() }
    }

    fn chosen(
        layer: &LayerSpec,
        catalogue: &Catalogue,
        year: Option<i32>,
    ) -> Result<Vec<MapFeature>> {
        let query = Query::read(layer)?;
        for id in &query.ids {
            catalogue.find(id)?;
        }
        let wanted = |feature: &&Feature| {
            query.takes(feature) && year.is_none_or(|year| feature.span.shown_in(year))
        };
        Ok(catalogue.features().iter().filter(wanted).map(|f| map_feature(f, year)).collect())
    }

    fn file(&self, layer: &LayerSpec, path: &str, year: Option<i32>) -> Result<Vec<MapFeature>> {
        let path = self.folder.join(Path::new(path));
        let catalogue = crate::read_geojson(&path).map_err(|e| {
            let error = Error::new(ErrorKind::Data, e.to_string());
            match e.hint() {
                Some(hint) => error.with_hint(hint),
                None => error,
            }
        })?;
        Self::chosen(layer, &catalogue, year)
    }
}

impl MapData for Atlas {
    fn features(
        &self,
        layer: &LayerSpec,
        frame: &Bbox,
        year: Option<i32>,
    ) -> Result<Vec<MapFeature>> {
        if let Some(name) = layer.source.strip_prefix("base:") {
            return from_base(name, frame);
        }
        if let Some(path) = layer.source.strip_prefix("file:") {
            return self.file(layer, path, year);
        }
        if layer.source == "catalogue" {
            return Self::chosen(layer, &self.catalogue, year);
        }
        Err(Error::new(ErrorKind::Data, format!("there is no source '{}'", layer.source))
            .with_hint("sources are 'catalogue', 'base:…' and 'file:PATH'"))
    }

    fn relief(&self, frame: &Bbox) -> Option<Relief> {
        basemap::relief(frame).filter(|_| detailed(frame))
    }

    fn credits(&self, sources: &[&str]) -> Vec<String> {
        let uses = |names: &[&str]| names.iter().any(|name| sources.contains(name));
        let mut credits = Vec::new();
        let osm = ["units", "coast", "borders", "border-rivers", "rail", "countries"]
            .map(|name| format!("base:{name}"));
        if osm.iter().any(|name| sources.contains(&name.as_str())) {
            credits.push("© OpenStreetMap contributors (ODbL)".to_owned());
        }
        if uses(&["base:rivers", "base:lakes", "base:admin"]) {
            credits.push("GSHHG and DCW (LGPL)".to_owned());
        }
        if uses(&["base:places", "catalogue"]) {
            credits.push("GeoNames (CC BY 4.0)".to_owned());
        }
        if uses(&["base:units", "base:rivers", "base:countries"]) {
            credits.push("Natural Earth".to_owned());
        }
        if uses(&["base:relief"]) {
            credits.push("relief: NASA SRTM".to_owned());
        }
        credits
    }

    fn extent_of(&self, ids: &[String]) -> Result<Bbox> {
        let mut positions: Vec<Coord> = Vec::new();
        for id in ids {
            let shape = &self.catalogue.find(id)?.shape;
            // Parts of a shape over ±180° may be given on either side of it.
            let near = |lon: f64| match positions.first() {
                Some(first) => lon + 360.0 * ((first.x - lon) / 360.0).round(),
                None => lon,
            };
            let moved: Vec<Coord> =
                shape.positions().map(|c| Coord { x: near(c.x), y: c.y }).collect();
            positions.extend(moved);
        }
        Bbox::around(positions).ok_or_else(|| {
            Error::new(ErrorKind::Spec, "the extent names no features")
                .with_hint("give extent = { features = [\"rajin\"] } or extent = { bbox = […] }")
        })
    }
}

/// What a layer asks of a catalogue.
struct Query {
    ids: Vec<String>,
    kinds: Vec<Kind>,
    subs: Vec<String>,
    countries: Vec<String>,
    borders: Vec<String>,
}

impl Query {
    fn read(layer: &LayerSpec) -> Result<Self> {
        let mut query =
            Self { ids: vec![], kinds: vec![], subs: vec![], countries: vec![], borders: vec![] };
        for (key, value) in &layer.query {
            let texts = texts(value)
                .ok_or_else(|| wrong(format!("'{key}' is neither a text nor a list of texts")))?;
            match key.as_str() {
                "id" | "ids" => query.ids = texts,
                "sub" => query.subs = texts,
                "country" => query.countries = texts,
                "border" => query.borders = texts,
                "kind" => {
                    let kinds: tumen_geo_core::error::Result<Vec<Kind>> =
                        texts.iter().map(|text| text.parse()).collect();
                    query.kinds = kinds?;
                }
                other => {
                    return Err(wrong(format!("a query has no '{other}'"))
                        .with_hint("a query may give ids, kind, sub, country, border"));
                }
            }
        }
        Ok(query)
    }

    fn takes(&self, feature: &Feature) -> bool {
        let any = |wanted: &[String], has: &dyn Fn(&String) -> bool| {
            wanted.is_empty() || wanted.iter().any(has)
        };
        any(&self.ids, &|id| *id == feature.id)
            && any(&self.subs, &|sub| feature.sub.as_ref() == Some(sub))
            && any(&self.borders, &|b| feature.crossing.as_ref().is_some_and(|c| c.border == *b))
            && any(&self.countries, &|country| feature.countries.contains(country))
            && (self.kinds.is_empty() || feature.kind.is_some_and(|k| self.kinds.contains(&k)))
    }
}

/// The renderer names the layer.
fn wrong(what: String) -> Error {
    Error::new(ErrorKind::Spec, what)
}

fn texts(value: &toml::Value) -> Option<Vec<String>> {
    match value {
        toml::Value::String(text) => Some(vec![text.clone()]),
        toml::Value::Array(values) => {
            values.iter().map(|v| v.as_str().map(str::to_owned)).collect()
        }
        _ => None,
    }
}

fn map_feature(feature: &Feature, year: Option<i32>) -> MapFeature {
    let mut properties: BTreeMap<String, Value> = feature
        .properties
        .iter()
        .map(|(key, value)| (key.clone(), Value::Text(value.clone())))
        .collect();
    let mut set = |key: &str, value: Value| {
        properties.insert(key.to_owned(), value);
    };
    let text = |text: &str| Value::Text(text.to_owned());
    if let Some(kind) = feature.kind {
        set("kind", text(kind.name()));
    }
    if let Some(sub) = &feature.sub {
        set("sub", text(sub));
    }
    if let Some(certainty) = feature.certainty {
        set("certainty", text(certainty.name()));
    }
    if let Some(place) = &feature.place {
        set("place", text(place));
    }
    if let Some(crossing) = &feature.crossing {
        set("modes", Value::List(crossing.modes.clone()));
        set("border", text(&crossing.border));
    }
    set("countries", Value::List(feature.countries.clone()));
    set("status", text(feature.span.status(year.unwrap_or(i32::MAX)).name()));
    MapFeature {
        id: feature.id.clone(),
        geometry: feature.shape.geometry().clone(),
        names: feature.names.by_language.clone(),
        properties,
        rank: feature.rank,
    }
}

/// Whether the detailed layers cover the frame.
fn detailed(frame: &Bbox) -> bool {
    basemap::REGION.covers(frame)
}

fn from_base(name: &str, frame: &Bbox) -> Result<Vec<MapFeature>> {
    let near = detailed(frame);
    Ok(match name {
        "units" if near => objects(basemap::region(), frame),
        "countries" if near => named(basemap::countries(frame), basemap::country_names),
        "provinces" if near => named(basemap::provinces(frame), basemap::province_names),
        "units" | "countries" => objects(basemap::world(), frame),
        "coast" | "admin" | "borders" | "border-rivers" => arcs(name, near),
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
    let inside = |place: &basemap::Place| {
        frame.contains(tumen_geo_core::LonLat::wrap(place.at[0], place.at[1]))
    };
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
fn arcs(name: &str, near: bool) -> Vec<MapFeature> {
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
        id,
        properties: BTreeMap::new(),
        rank: 1,
    };
    groups.into_iter().map(feature).collect()
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
    MapFeature { id, geometry, names: of.name.clone(), properties, rank: of.rank }
}

/// The rank of a populated place by its size; one of unknown size is small.
fn place_rank(population: Option<&Value>) -> u8 {
    let Some(Value::Number(population)) = population else { return 7 };
    let sizes = [1e6, 3e5, 1e5, 3e4, 1e4];
    sizes.iter().position(|size| population >= size).map_or(6, |place| place as u8 + 1)
}
