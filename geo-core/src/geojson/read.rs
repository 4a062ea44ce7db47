//! Reading: any winding, heights, old `crs` members, bare geometries; nothing that is wrong.

use serde_json::Value;

use super::document::{Document, FeatureMembers, GeometryMembers, Kind};
use super::geometry::raw;
use super::{DENSIFIED, GEODESIC};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::EdgeModel;
use crate::raw::{RawFeature, Record};

/// Reads a collection, a feature or a bare geometry.
///
/// RFC 7946 says that `edges` are straight in longitude and latitude; files drawn with other
/// meanings exist, so the caller may say otherwise. Rings may run either way, a third number of a
/// position is left out, and a `crs` member that names WGS 84 is ignored.
///
/// # Errors
/// [`ErrorKind::Format`] for a text that is empty, cut off, not JSON, not GeoJSON, or in another
/// coordinate system; [`ErrorKind::Position`] and [`ErrorKind::Geometry`] for what
/// [`Shape::new`] refuses, for open rings and for features without a geometry. Each names the
/// feature by its id, and the ring.
///
/// ```
/// use tumen_geo_core::{EdgeModel, geojson};
/// let text = r#"{"type": "Feature", "properties": {"name": "Fangchuan"},
///     "geometry": {"type": "Point", "coordinates": [130.60, 42.45, 5.0]}}"#;
/// let records = geojson::read(text, EdgeModel::LonLat)?;
/// assert_eq!(records[0].id, "Fangchuan");
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn read(text: &str, edges: EdgeModel) -> Result<Vec<Record>> {
    features(text, 0)?.into_iter().map(|feature| feature.record(edges)).collect()
}

/// The features of a text, nothing checked, counted from `first`.
pub(super) fn features(text: &str, first: usize) -> Result<Vec<RawFeature>> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(nothing_in_it());
    }
    let document: Document = serde_json::from_str(text).map_err(|error| explain(text, &error))?;
    check_crs(document.crs.as_ref())?;
    let densified = is_densified(&document);
    let features = match document.kind {
        Kind::FeatureCollection => document
            .features
            .ok_or_else(|| not_geojson("the collection has no member 'features'"))?,
        Kind::Feature => {
            vec![FeatureMembers::new(document.id, document.properties, document.geometry)]
        }
        kind => {
            let geometry = GeometryMembers {
                kind,
                coordinates: document.coordinates,
                geometries: document.geometries,
            };
            vec![FeatureMembers::new(None, None, Some(geometry))]
        }
    };
    (features.into_iter().enumerate())
        .map(|(index, feature)| unchecked(feature, first + index, densified))
        .collect()
}

/// Whether a collection says that its edges were made to mean the same either way.
pub(super) fn is_densified(document: &Document) -> bool {
    document.edges.as_ref().and_then(Value::as_str) == Some(DENSIFIED)
}

/// A feature of a collection, by its place in it; errors name it.
pub(super) fn unchecked(
    feature: FeatureMembers,
    index: usize,
    densified: bool,
) -> Result<RawFeature> {
    let mut found = RawFeature {
        id: feature.id.as_ref().and_then(scalar),
        index,
        geometry: None,
        properties: feature.properties.unwrap_or_default().into_iter().collect(),
        edges: (feature.edges.as_ref().and_then(Value::as_str) == Some(GEODESIC))
            .then_some(EdgeModel::Geodesic),
        densified,
    };
    let geometry = feature.geometry.map(raw).transpose();
    found.geometry = geometry.map_err(|e| e.within(format!("feature '{}'", found.name())))?;
    Ok(found)
}

/// A text or number as an id.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A `crs` member is from before RFC 7946; only WGS 84, longitude first, is what it says today.
pub(super) fn check_crs(crs: Option<&Value>) -> Result<()> {
    let Some(crs) = crs.filter(|crs| !crs.is_null()) else { return Ok(()) };
    let name = crs.pointer("/properties/name").and_then(Value::as_str).unwrap_or_default();
    let bare = name.to_ascii_uppercase();
    let wgs84 = ["CRS84", "EPSG:4326", "EPSG::4326", "EPSG/0/4326", "WGS84", "WGS 84"];
    if wgs84.iter().any(|known| bare.ends_with(known)) {
        return Ok(());
    }
    let named = if name.is_empty() { crs.to_string() } else { name.to_owned() };
    Err(Error::new(ErrorKind::Format, format!("its coordinate system is {named}, not WGS 84"))
        .with_hint(
            "convert it first: ogr2ogr -t_srs EPSG:4326 -lco RFC7946=YES out.geojson in.geojson",
        ))
}

/// Says what a parser found wrong, and in which feature.
pub(super) fn explain(text: &str, error: &serde_json::Error) -> Error {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) if error.is_eof() => {
            return Error::new(
                ErrorKind::Format,
                format!("it ends too early, in line {}", error.line()),
            )
            .with_hint("the file is cut off: fetch or write it again");
        }
        Err(error) => {
            return not_json(&error.to_string());
        }
    };
    for (index, feature) in
        value.get("features").and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        let id = ["/id", "/properties/id", "/properties/name"]
            .iter()
            .find_map(|place| feature.pointer(place).and_then(scalar))
            .unwrap_or_else(|| index.to_string());
        if let Err(error) = serde_json::from_str::<FeatureMembers>(&feature.to_string()) {
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            return not_geojson(what).within(format!("feature '{id}'"));
        }
    }
    not_geojson(&error.to_string())
}

pub(super) fn nothing_in_it() -> Error {
    Error::new(ErrorKind::Format, "there is nothing in it")
        .with_hint("a GeoJSON text starts with {\"type\": \"FeatureCollection\"")
}

pub(super) fn cut_off() -> Error {
    Error::new(ErrorKind::Format, "it ends too early")
        .with_hint("the file is cut off: fetch or write it again")
}

pub(super) fn not_json(what: &str) -> Error {
    Error::new(ErrorKind::Format, format!("it is not JSON: {what}"))
        .with_hint("JSON has no NaN, no comments and no comma before a closing bracket")
}

pub(super) fn not_geojson(what: &str) -> Error {
    Error::new(ErrorKind::Format, format!("it is not GeoJSON: {what}")).with_hint(
        "see RFC 7946; a collection is {\"type\": \"FeatureCollection\", \"features\": […]}",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(text: &str) -> Error {
        read(text, EdgeModel::LonLat).unwrap_err()
    }

    fn polygon(id: &str, ring: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","features":[
            {{"type":"Feature","properties":{{"name":"ok"}},"geometry":{{"type":"Point","coordinates":[1,2]}}}},
            {{"type":"Feature","id":"{id}","properties":null,"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}"#
        )
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases = [
            (String::new(), "nothing in it"),
            ("   \n".to_owned(), "nothing in it"),
            (r#"{"type":"FeatureCollection","features":["#.to_owned(), "ends too early, in line 1"),
            (r#"{"type":"Point","coordinates":[NaN,2]}"#.to_owned(), "not JSON"),
            (r#"{"type":"Point","coordinates":[1]}"#.to_owned(), "two"),
            (r#"{"type":"Point","coordinates":[42.9,130.4]}"#.to_owned(), "latitude 130.4"),
            (r#"{"kind":"Point"}"#.to_owned(), "not GeoJSON"),
            (
                polygon("a", "[[0,0],[1,0],[1,1],[0,1]]"),
                "feature 'a': ring 0: the ring is not closed",
            ),
            (
                polygon("b", "[[0,0],[1,1],[1,0],[0,1],[0,0]]"),
                "feature 'b': ring 0: the ring crosses",
            ),
            (polygon("c", "[[0,0],[1,1],[0,0]]"), "feature 'c': ring 0: a ring needs at least 4"),
            (polygon("d", "[[0,0],[1,95],[1,0],[0,0]]"), "feature 'd': ring 0: the latitude 95"),
            (polygon("e", r#"[["x",0],[1,9],[1,0],[0,0]]"#), "feature 'e'"),
            (polygon("f", "[[0,0],[9,0],[9,9],[0,0]],[[1,1],[1,2]]"), "feature 'f': ring 1"),
            (
                r#"{"type":"Feature","id":7,"properties":{},"geometry":null}"#.to_owned(),
                "feature '7'",
            ),
        ];
        for (text, expected) in cases {
            let error = fails(&text);
            assert!(error.to_string().contains(expected), "{expected}: {error}");
        }
    }

    #[test]
    fn old_coordinate_systems() {
        let with = |crs: &str| {
            format!(
                r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"{crs}"}}}},"features":[]}}"#
            )
        };
        for crs in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"] {
            assert!(read(&with(crs), EdgeModel::LonLat).unwrap().is_empty());
        }
        let error = fails(&with("urn:ogc:def:crs:EPSG::32652"));
        assert!(error.to_string().contains("EPSG::32652"));
        assert!(error.hint().unwrap().contains("ogr2ogr"));
    }

    #[test]
    fn ids_and_properties() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":3,"properties":{"id":3,"b":1,"a":[1,2]},"geometry":{"type":"Point","coordinates":[1,2,3]}},
            {"type":"Feature","properties":{"id":"two","name":"x"},"geometry":{"type":"Point","coordinates":[1,2]}},
            {"type":"Feature","properties":{"name":""},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#;
        let records = read(text, EdgeModel::LonLat).unwrap();
        let ids: Vec<&str> = records.iter().map(|record| &*record.id).collect();
        assert_eq!(ids, ["3", "two", "2"]);
        let names: Vec<&str> = records[0].properties.iter().map(|p| &*p.0).collect();
        assert_eq!(names, ["b", "a"]);
        assert_eq!(records[1].properties[0].0, "name");
    }
}
