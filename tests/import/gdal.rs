//! Files that GDAL wrote, and hand-made ones, beside what GDAL reads in them: `make.py`.

use std::fs;

use geo_types::Coord;
use serde_json::Value;
use tumen::geo_core::raw::RawGeometry;
use tumen::import::Options;

use super::{all, fixture, read};

/// How far positions of GDAL and ours may be apart, in degrees: 1 mm, for those in UTM.
const TOLERANCE: f64 = 1e-8;

/// The features of an answer of GDAL.
fn expected(name: &str) -> Vec<Value> {
    let text = fs::read_to_string(fixture(&format!("{name}.geojson"))).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    json["features"].as_array().unwrap().clone()
}

/// Numbers of a geometry as GeoJSON nests them.
fn nested(geometry: &RawGeometry) -> Value {
    let at = |at: &Coord| Value::from(vec![at.x, at.y]);
    let line = |line: &Vec<Coord>| Value::from(line.iter().map(at).collect::<Vec<_>>());
    let area = |area: &Vec<Vec<Coord>>| Value::from(area.iter().map(line).collect::<Vec<_>>());
    match geometry {
        RawGeometry::Point(position) => at(position),
        RawGeometry::MultiPoint(points) | RawGeometry::LineString(points) => line(points),
        RawGeometry::MultiLineString(lines) | RawGeometry::Polygon(lines) => area(lines),
        RawGeometry::MultiPolygon(areas) => Value::from(areas.iter().map(area).collect::<Vec<_>>()),
        RawGeometry::GeometryCollection(_) => panic!("a collection"),
    }
}

fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b))
        }
        (Value::Number(a), Value::Number(b)) => {
            (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() <= TOLERANCE
        }
        // GDAL 3.6 writes logical cells as T and F.
        (Value::Bool(a), Value::String(b)) => b == if *a { "T" } else { "F" },
        _ => a == b,
    }
}

/// Our polygons start their rings where the file does, those of GDAL may go the other way round.
fn same_geometry(ours: &RawGeometry, theirs: &Value) -> bool {
    let numbers = nested(ours);
    if alike(&numbers, &theirs["coordinates"]) {
        return true;
    }
    turned(&numbers, &theirs["coordinates"])
}

/// As [`alike`], with any line of theirs turned.
fn turned(ours: &Value, theirs: &Value) -> bool {
    let (Some(a), Some(b)) = (ours.as_array(), theirs.as_array()) else { return false };
    let is_line = a.first().is_some_and(|at| at.get(0).is_some_and(Value::is_number));
    if is_line {
        let back: Vec<Value> = b.iter().rev().cloned().collect();
        return alike(ours, theirs) || alike(ours, &Value::from(back));
    }
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| turned(a, b))
}

fn compare(name: &str, file: &str, options: &Options) -> Vec<String> {
    let (features, notes) = read(&fixture(file), options).unwrap();
    let expected = expected(name);
    assert_eq!(features.len(), expected.len(), "{name}");
    assert!(!features.is_empty());
    for (ours, theirs) in features.iter().zip(&expected) {
        let geometry = ours.geometry.as_ref().unwrap();
        assert_eq!(geometry.type_name(), theirs["geometry"]["type"], "{name}");
        assert!(same_geometry(geometry, &theirs["geometry"]), "{name}: {geometry:?} {theirs}");
        for (key, value) in theirs["properties"].as_object().unwrap() {
            // What LIBKML says of every placemark, and its name for names.
            if ["tessellate", "extrude", "visibility"].contains(&key.as_str()) {
                continue;
            }
            let key = if key == "Name" { "name" } else { key };
            let own = || (key == "id").then(|| ours.id.clone().unwrap_or_default().into());
            let found = ours.properties.iter().find(|(name, _)| name == key);
            let found = found.map(|(_, value)| value.clone()).or_else(own).unwrap_or_default();
            assert!(alike(&found, value), "{name} {key}: {found} {value}");
        }
    }
    notes
}

#[test]
fn names_in_three_encodings() {
    for name in ["cp936", "cp949", "cp1251"] {
        let notes = compare(name, &format!("{name}.shp"), &Options::default());
        assert!(notes.is_empty(), "{notes:?}");
    }
}

#[test]
fn areas_in_metres_with_holes_in_any_order_in_an_archive() {
    let notes = compare("utm", "utm.zip", &Options::default());
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes.contains(&"heights are left out (2 features)".to_owned()), "{notes:?}");
    assert!(notes.iter().any(|note| note.to_lowercase().contains("utm zone 52n")), "{notes:?}");
    // GDAL writes numbers with 15 digits at most where they have decimals; here all are kept.
    let (features, _) = all(&fixture("utm.zip"));
    let value = |name: &str| &features[0].properties.iter().find(|(key, _)| key == name).unwrap().1;
    assert_eq!(*value("BIG"), 9_007_199_254_740_993_i64);
    assert_eq!(*value("AREA_KM2"), 15.123_456_789_01);
    let Some(RawGeometry::MultiPolygon(areas)) = &features[0].geometry else { panic!() };
    let mut rings: Vec<usize> = areas.iter().map(Vec::len).collect();
    rings.sort_unstable();
    assert_eq!(rings, [1, 1, 2]);
}

#[test]
fn lines_with_heights_and_points_with_measures() {
    let notes = compare("lines", "lines.shp", &Options::default());
    assert_eq!(notes, ["heights are left out (2 features)"]);
    let notes = compare("points", "points.shp", &Options::default());
    assert_eq!(notes, ["measures are left out (1 feature)"]);
}

#[test]
fn objects_of_a_topology() {
    for layer in ["zones", "ports", "roads"] {
        let options = Options { layer: Some(layer.to_owned()), ..Options::default() };
        compare(&format!("arcs-{layer}"), "arcs.topojson", &options);
    }
    let (features, notes) = all(&fixture("arcs.topojson"));
    assert_eq!(features.len(), 6);
    let layer = features[5].properties.iter().find(|(name, _)| name == "layer").unwrap();
    assert_eq!(layer.1, "roads");
    assert!(notes[0].contains("zones, ports, roads"), "{notes:?}");
    let options = Options { layer: Some("rivers".to_owned()), ..Options::default() };
    let error = read(&fixture("arcs.topojson"), &options).unwrap_err();
    assert!(error.hint().unwrap().contains("zones, ports, roads"));
}

#[test]
fn documents_of_gdal_plain_and_zipped() {
    assert!(compare("gdal", "gdal.kml", &Options::default()).is_empty());
    // GDAL parts an archive into documents that the first one links to.
    let notes = compare("gdal", "gdal.kmz", &Options::default());
    assert_eq!(notes, ["the 2 documents of the archive are read as one"]);
}
