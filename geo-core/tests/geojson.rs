//! GeoJSON written, read and written again.

#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests")]

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use serde_json::{Value, json};
use tumen_geo_core::geojson::{read, write};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::raw::Record;
use tumen_geo_core::{EdgeModel, LonLat, Shape};

fn ring(corners: &[(f64, f64)]) -> LineString {
    corners.iter().map(|&(x, y)| Coord { x, y }).collect()
}

fn record(id: &str, geometry: impl Into<Geometry>, edges: EdgeModel) -> Record {
    Record {
        id: id.to_owned(),
        shape: Shape::new(geometry.into(), edges).unwrap(),
        properties: vec![
            ("name".to_owned(), json!("豆满江 \"Tumen\"")),
            ("members".to_owned(), json!(["rajin", "hunchun", 3])),
            ("area_km2".to_owned(), json!(1293.35)),
            ("closed".to_owned(), Value::Null),
        ],
    }
}

fn records() -> Vec<Record> {
    let triangle = [(129.7757, 41.7956), (131.8735, 43.1056), (129.5133, 42.9068)];
    let fiji = Polygon::new(
        ring(&[(177., -20.), (-178., -20.), (-178., -15.), (177., -15.)]),
        vec![ring(&[(179., -18.), (179., -17.), (-179., -17.), (-179., -18.)])],
    );
    let cap = Polygon::new(ring(&[(10., 70.), (90., 72.), (180., 70.), (-90., 70.)]), vec![]);
    let antarctica =
        Polygon::new(ring(&[(10., -70.), (90., -72.), (-170., -70.), (-90., -70.)]), vec![]);
    let islands = MultiPolygon(vec![
        Polygon::new(ring(&[(1., 1.), (2., 1.), (2., 2.)]), vec![]),
        Polygon::new(ring(&[(3., 1.), (4., 1.), (4., 2.)]), vec![]),
    ]);
    vec![
        record("triangle", Polygon::new(ring(&triangle), vec![]), EdgeModel::Geodesic),
        record("fiji", fiji, EdgeModel::LonLat),
        record("cap", cap, EdgeModel::Geodesic),
        record("antarctica", antarctica, EdgeModel::LonLat),
        record("islands", islands, EdgeModel::LonLat),
        record("route", ring(&[(170., 50.), (-170., 52.), (170., 54.)]), EdgeModel::Geodesic),
        record("meridian", ring(&[(180., 50.), (180., 52.)]), EdgeModel::LonLat),
        record("dateline", geo_types::Point::new(180., 0.), EdgeModel::LonLat),
        record("null island", geo_types::Point::new(-0.000_000_01, 0.), EdgeModel::LonLat),
    ]
}

#[test]
fn written_read_and_written_again_it_is_the_same() {
    let records = records();
    let first = write(&records).unwrap();
    let again = read(&first, EdgeModel::LonLat).unwrap();
    assert_eq!(write(&again).unwrap(), first);
    for (before, after) in records.iter().zip(&again) {
        assert_eq!(before.id, after.id);
        let (area, length) = (Geodesic::area(&before.shape), Geodesic::length(&before.shape));
        let border = Geodesic::perimeter(&before.shape);
        let off = (Geodesic::area(&after.shape) - area).abs();
        assert!(off.to_m2() <= border.to_m() * 0.02, "{} {off:?}", before.id);
        assert!((Geodesic::length(&after.shape) - length).abs().to_m() < 1.0, "{}", before.id);
        let border_off = (Geodesic::perimeter(&after.shape) - border).abs();
        assert!(border_off.to_m() < 10.0, "{} {border_off:?}", before.id);
    }
}

#[test]
fn every_rule_of_rfc_7946() {
    let text = write(&records()).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    assert!(value.get("crs").is_none());
    assert_eq!(value["edges"], "geodesic edges, densified to 1 m");
    for feature in value["features"].as_array().unwrap() {
        assert_eq!(feature["id"], feature["properties"]["id"]);
        assert_eq!(feature["properties"].as_object().unwrap().keys().next().unwrap(), "id");
        assert_eq!(feature["properties"]["members"], "rajin; hunchun; 3");
        let rings: Vec<(usize, &Value)> = match feature["geometry"]["type"].as_str().unwrap() {
            "Polygon" => {
                feature["geometry"]["coordinates"].as_array().unwrap().iter().enumerate().collect()
            }
            "MultiPolygon" => (feature["geometry"]["coordinates"].as_array().unwrap().iter())
                .flat_map(|polygon| polygon.as_array().unwrap().iter().enumerate())
                .collect(),
            _ => continue,
        };
        for (place, ring) in rings {
            let ring: Vec<(f64, f64)> = (ring.as_array().unwrap().iter())
                .map(|p| (p[0].as_f64().unwrap(), p[1].as_f64().unwrap()))
                .collect();
            assert_eq!(ring.first(), ring.last());
            assert!(ring.iter().all(|p| p.0.abs() <= 180.0 && p.1.abs() <= 90.0));
            let doubled: f64 = ring.windows(2).map(|e| (e[1].0 - e[0].0) * (e[1].1 + e[0].1)).sum();
            assert_eq!(doubled < 0.0, place == 0, "exteriors run counter-clockwise");
        }
    }
    let bbox = |id: &str| {
        let features = value["features"].as_array().unwrap();
        features.iter().find(|f| f["id"] == id).unwrap()["bbox"].clone()
    };
    assert_eq!(bbox("fiji"), json!([177, -20, -178, -15]));
    assert_eq!(bbox("meridian"), json!([-180, 50, -180, 52]));
    let cap = bbox("cap");
    assert_eq!((&cap[0], &cap[2], &cap[3]), (&json!(-180), &json!(180), &json!(90)));
    assert!(text.contains("\"id\":\"null island\",\"bbox\":[0,0,0,0]"), "{text}");
}

#[test]
fn nested_properties_are_refused_by_name() {
    let shape = Shape::point(LonLat::wrap(130.0, 42.0));
    let properties = vec![("names".to_owned(), json!({"en": "Rajin"}))];
    let error = write(&[Record { id: "rajin".to_owned(), shape, properties }]).unwrap_err();
    assert!(error.to_string().starts_with("feature 'rajin': property 'names':"), "{error}");
}
