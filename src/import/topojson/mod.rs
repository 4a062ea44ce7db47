//! `TopoJSON`: geometries that share their arcs.

mod arcs;

use std::io::Read;
use std::path::Path;

use serde_json::{Map, Value};
use tumen_geo_core::geojson::flat;
use tumen_geo_core::raw::{RawFeature, RawGeometry};

use self::arcs::Arcs;
use super::lonlat::ToLonLat;
use super::{Notes, Options, Unread, text};
use crate::error::{Error, Result};

/// The features of a topology, object by object.
pub(super) fn features(
    path: &Path,
    options: &Options,
    notes: &Notes,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    let mut bytes = Vec::new();
    let read = text::open(path, options)?.read_to_end(&mut bytes);
    read.map_err(|e| Error::file("read", path, &e))?;
    let mut topology: Value = serde_json::from_slice(&bytes)
        .map_err(|e| Error::failure(format!("the file is not JSON: {e}")))?;
    if topology["type"] != "Topology" {
        return Err(Error::failure("the file is no topology of TopoJSON"));
    }
    let arcs = Arcs::of(&topology)?;
    let objects = match topology["objects"].take() {
        Value::Object(objects) => chosen(objects, options, notes)?,
        _ => return Err(Error::failure("the topology has no objects")),
    };
    let several = objects.len() > 1;
    let given = ToLonLat::given(options, notes)?;
    let mut index = 0;
    let features = objects.into_iter().flat_map(move |(name, object)| {
        let layer = several.then_some(name);
        members(object).into_iter().map(move |member| (layer.clone(), member))
    });
    Ok(features.map(move |(layer, member)| {
        let mut feature = feature(member, index, layer, &arcs)?;
        index += 1;
        if let Some(way) = &given {
            feature = way.feature(feature)?;
        }
        Ok(Unread::Raw(Box::new(feature)))
    }))
}

/// The object that is meant, or all of them.
fn chosen(
    mut objects: Map<String, Value>,
    options: &Options,
    notes: &Notes,
) -> Result<Vec<(String, Value)>> {
    let names = objects.keys().cloned().collect::<Vec<_>>().join(", ");
    if let Some(layer) = &options.layer {
        let object = objects.remove(layer).ok_or_else(|| {
            Error::usage(format!("the topology has no object '{layer}'"))
                .with_hint(format!("there are: {names}"))
        })?;
        return Ok(vec![(layer.clone(), object)]);
    }
    if objects.len() > 1 {
        notes.say(format!("the objects {names} are read one after the other, named in 'layer'"));
    }
    Ok(objects.into_iter().collect())
}

/// The geometries of a collection as features of their own, others as they are.
fn members(mut object: Value) -> Vec<Value> {
    match object["geometries"].take() {
        Value::Array(members) if object["type"] == "GeometryCollection" => members,
        _ => vec![object],
    }
}

fn feature(
    mut member: Value,
    index: usize,
    layer: Option<String>,
    arcs: &Arcs,
) -> Result<RawFeature> {
    let mut properties = match member["properties"].take() {
        Value::Object(members) => flat(members),
        _ => Vec::new(),
    };
    if let Some(layer) = layer.filter(|_| properties.iter().all(|(name, _)| name != "layer")) {
        properties.push(("layer".to_owned(), layer.into()));
    }
    let id = match &member["id"] {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    };
    let mut feature = RawFeature { id, index, properties, ..RawFeature::default() };
    feature.geometry =
        geometry(&member, arcs).map_err(|e| e.within(&format!("feature '{}'", feature.name())))?;
    Ok(feature)
}

/// A geometry; JSON is not nested deep enough to be a danger to the stack.
fn geometry(member: &Value, arcs: &Arcs) -> Result<Option<RawGeometry>> {
    let (points, lines) = (&member["coordinates"], &member["arcs"]);
    Ok(Some(match member["type"].as_str() {
        None if member["type"].is_null() => return Ok(None),
        Some("Point") => RawGeometry::Point(arcs.position(points)?),
        Some("MultiPoint") => RawGeometry::MultiPoint(each(points, |at| arcs.position(at))?),
        Some("LineString") => RawGeometry::LineString(arcs.chain(lines)?),
        Some("MultiLineString") => {
            RawGeometry::MultiLineString(each(lines, |line| arcs.chain(line))?)
        }
        Some("Polygon") => RawGeometry::Polygon(each(lines, |ring| arcs.chain(ring))?),
        Some("MultiPolygon") => {
            RawGeometry::MultiPolygon(each(lines, |area| each(area, |ring| arcs.chain(ring)))?)
        }
        Some("GeometryCollection") => RawGeometry::GeometryCollection(
            each(&member["geometries"], |part| geometry(part, arcs))?
                .into_iter()
                .flatten()
                .collect(),
        ),
        _ => {
            return Err(Error::failure(format!("there is no geometry of type {}", member["type"])));
        }
    }))
}

fn each<T>(list: &Value, read: impl FnMut(&Value) -> Result<T>) -> Result<Vec<T>> {
    let list = list.as_array().ok_or_else(|| {
        Error::failure("a list of positions or arcs is missing")
            .with_hint("points have coordinates, lines and polygons have arcs")
    })?;
    list.iter().map(read).collect()
}
