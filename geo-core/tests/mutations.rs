//! Valid texts damaged some thousand times: nothing panics, and what is read is written and read
//! again the same. `fuzz/` looks for more, without an end.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "mutations/mutate.rs"]
mod mutate;

use geo::Validation;
use geo_types::{MultiLineString, MultiPolygon, line_string, polygon};
use mutate::Random;
use serde::de::IgnoredAny;
use tumen_geo_core::geojson::{Features, read, write};
use tumen_geo_core::model::{BaseMap, Catalogue, Expression, Interval, TimeFilter, Union, When};
use tumen_geo_core::raw::Record;
use tumen_geo_core::{Bbox, EdgeModel, LonLat};

const GEOJSON: [&str; 4] = [
    r#"{"type":"FeatureCollection","bbox":[177,-20,-178,-15],"features":[
{"type":"Feature","id":"fiji","geometry":{"type":"Polygon","coordinates":[[[177,-20],[-178,-20],[-178,-15],[177,-15],[177,-20]],[[179,-18],[179,-17],[-179,-17],[-179,-18],[179,-18]]]},"properties":{"id":"fiji","name":"Fiji \"\\ 斐济","n":1.5e3,"list":[1,"a"],"no":null}},
{"type":"Feature","id":7,"geometry":{"type":"MultiPoint","coordinates":[[130.3,42.25],[130.8,42.65,5]]},"properties":null}]}"#,
    r#"{"type":"FeatureCollection","edges":"geodesic edges, densified to 1 m","features":[
{"type":"Feature","id":"cap","edges":"geodesic","geometry":{"type":"Polygon","coordinates":[[[-180,88],[-90,89],[0,88],[90,89],[180,88],[180,90],[-180,90],[-180,88]]]},"properties":{}},
{"type":"Feature","geometry":{"type":"MultiLineString","coordinates":[[[170,50],[180,51]],[[-180,51],[-170,52]]]},"properties":{"name":"route"}}]}"#,
    r#"{"properties":{"id":"parts"},"geometry":{"coordinates":[[[[1,1],[2,1],[2,2],[1,1]]],[[[3,1],[4,1],[4,2],[3,1]]]],"type":"MultiPolygon"},"type":"Feature","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}}"#,
    r#"{"type":"LineString","coordinates":[[-1e-8,0],[0.1,0.25e1],[360,-90]]}"#,
];

const PIECES: [&str; 18] = [
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\\",
    "null",
    "-",
    "1e400",
    "180",
    "-180",
    "90",
    "360",
    "\u{feff}",
    "\"features\":[",
    "[[0,0],[0,1]]",
];

fn whole(text: &[u8]) -> Option<Vec<Record>> {
    read(std::str::from_utf8(text).ok()?, EdgeModel::LonLat).ok()
}

fn streamed(text: &[u8]) -> Option<Vec<Record>> {
    Features::new(text).map(|feature| feature.ok()?.read(EdgeModel::LonLat).ok()).collect()
}

#[test]
fn damaged_geojson() {
    let mut random = Random(1);
    let (mut read_all, mut refused) = (0, 0);
    for round in 0..1_600 {
        let text = random.damaged(GEOJSON[round % GEOJSON.len()].as_bytes(), &PIECES);
        let shown = String::from_utf8_lossy(&text).into_owned();
        let (records, stream) = (whole(&text), streamed(&text));
        let Some(records) = records else { continue };
        assert_eq!(stream.as_ref(), Some(&records), "{shown}");
        // Nothing passes that is no JSON, but for marks before texts.
        let mut values = serde_json::Deserializer::from_slice(&text).into_iter::<IgnoredAny>();
        assert!(shown.contains(['\u{feff}', '\u{1e}']) || values.all(|v| v.is_ok()), "{shown}");
        read_all += 1;
        // Holes beyond their shell are read, and mean nothing that could be kept.
        if !records.iter().all(|record| record.shape.geometry().is_valid()) {
            continue;
        }
        let Ok(first) = write(&records) else { continue };
        // A hole that touches its shell, cut at ±180°, becomes a ring that touches itself.
        let Ok(again) = read(&first, EdgeModel::LonLat) else {
            refused += 1;
            continue;
        };
        assert_eq!(write(&again).unwrap(), first, "{shown}");
    }
    assert!(read_all > 100 && refused * 50 < read_all, "{read_all} {refused}");
}

/// A base map of one unit and one border.
struct Base;

impl BaseMap for Base {
    fn units(&self, ids: &[String]) -> Option<Union> {
        let square =
            polygon![(x: 130., y: 42.), (x: 131., y: 42.), (x: 131., y: 43.), (x: 130., y: 43.)];
        (ids == ["KP-13"]).then(|| Box::new(|| MultiPolygon(vec![square])) as Union)
    }
    fn border(&self, _: &str) -> MultiLineString<f64> {
        MultiLineString(vec![
            line_string![(x: 130., y: 42.), (x: 130., y: 42.5), (x: 130., y: 43.)],
        ])
    }
    fn coast(&self) -> MultiLineString<f64> {
        MultiLineString(vec![])
    }
    fn river(&self, _: &str) -> MultiLineString<f64> {
        MultiLineString(vec![])
    }
    fn lake(&self, _: &str) -> MultiPolygon<f64> {
        MultiPolygon(vec![])
    }
}

const CATALOGUE: &str = r#"
[[source]]
id = "study"
kind = "thesis"
author = "A. Author"
title = "A Title"
year = 1997

[[feature]]
id = "a"
kind = "place"
certainty = "surveyed"
names = { en = "A", ko = "가" }
geometry = { point = [130, 42], from = "test" }
[[feature.source]]
id = "study"
lines = "1"

[[feature]]
id = "b"
kind = "zone"
certainty = "schematic"
names = { en = "B" }
geometry = { schematic = { at = ["a"], area_km2 = 10 }, from = "test" }
[[feature.source]]
id = "study"
lines = "1"

[[feature]]
id = "c"
kind = "zone"
certainty = "administrative"
names = { en = "C" }
geometry = { ring = [[0, 0], [0, 1], [1, 1], [0, 0]], edges = "lonlat", from = "test" }
[[feature.source]]
id = "study"
lines = "2"

[[feature]]
id = "d"
kind = "zone"
certainty = "administrative"
names = { en = "D" }
geometry = { of = ["KP-13"], from = "test" }
[[feature.source]]
id = "study"
lines = "3"
"#;

#[test]
fn damaged_catalogues() {
    let pieces =
        ["[[feature]]\n", "\"", "= ", "1991", "{", "}", "[", "]", "\n", "'", "-1", "1e999"];
    let mut random = Random(2);
    let of = |text: &str| Catalogue::from_toml(&[("features.toml", text)], &Base);
    assert_eq!(of(CATALOGUE).unwrap().features().len(), 4);
    let mut read_all = 0;
    for _ in 0..1_500 {
        let text = random.damaged(CATALOGUE.as_bytes(), &pieces);
        let Ok(text) = String::from_utf8(text) else { continue };
        match of(&text) {
            Ok(catalogue) => {
                read_all += 1;
                // Those of base maps are made when they are looked at.
                assert!(catalogue.features().iter().all(|f| f.shape.positions().next().is_some()));
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    assert!(read_all > 20, "{read_all}");
}

const TEXTS: [&str; 20] = [
    "1991",
    "1991-12-28",
    "about 1993",
    "by 1996-02",
    "1991/1996",
    "1991-12/..",
    "../1996",
    "130.37,42.86",
    "-180,-90",
    "129,41,133,44",
    "177,-20,-178,-15",
    "during 1991/1996",
    "area(a) / area(b) * 100",
    "distance(hunchun, coast) > 0",
    "count_in(border-port, jilin, 1992)",
    "route(a, b, c) + 1481.2 - (2)",
    "1 < length(border:CN-RU) < 2",
    "covers(a, b, c)",
    "value(trade, 1992) / value(trade, 1991)",
    "((((1))))",
];

#[test]
fn damaged_dates_positions_and_expressions() {
    let pieces = ["-", "/", ",", "..", "(", ")", "é", "1e9", "99999999999", "nan", "inf", "about "];
    let mut random = Random(3);
    let mut read_all = 0;
    for round in 0..20_000 {
        let text = random.damaged(TEXTS[round % TEXTS.len()].as_bytes(), &pieces);
        let Ok(text) = String::from_utf8(text) else { continue };
        if let Ok(when) = text.parse::<When>() {
            read_all += 1;
            assert_eq!(when.to_string().parse::<When>().unwrap(), when, "{text}");
            assert!(!when.edtf().is_empty());
        }
        if let Ok(at) = text.parse::<LonLat>() {
            read_all += 1;
            assert!(at.lon().abs() <= 180.0 && at.lat().abs() <= 90.0, "{text}");
        }
        if let Ok(bbox) = text.parse::<Bbox>() {
            read_all += 1;
            assert!(bbox.south <= bbox.north && bbox.width_degrees() >= 0.0, "{text}");
        }
        if let Ok(expression) = text.parse::<Expression>() {
            read_all += 1;
            assert!(!expression.describe(&str::to_owned).is_empty());
        }
        read_all += usize::from(text.parse::<Interval>().is_ok());
        read_all += usize::from(text.parse::<TimeFilter>().is_ok());
    }
    assert!(read_all > 2_000, "{read_all}");
}
