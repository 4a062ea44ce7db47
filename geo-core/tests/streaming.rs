//! Reading feature by feature gives what reading at once gives; joins give what brute force gives.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Coord, LineString, Polygon};
use tumen_geo_core::geojson::{self, Features};
use tumen_geo_core::index::{Named, Spatial, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{Relation, intersects, relate};
use tumen_geo_core::query::{JoinBy, Match};
use tumen_geo_core::raw::Record;
use tumen_geo_core::{EdgeModel, Error, Length, LonLat, Shape};

fn streamed(text: &str) -> Result<Vec<Record>, Error> {
    Features::new(text.as_bytes()).map(|feature| feature?.read(EdgeModel::LonLat)).collect()
}

/// Features with texts that look like the end of something, over several blocks of reading.
fn features(count: usize) -> Vec<String> {
    (0..count)
        .map(|i| {
            let odd = ["}", "]", "\\\"}", "\\\\", "{\\\"features\\\":[", "图们江", ""][i % 7];
            let filling = "x".repeat(i % 331);
            format!(
                r#"{{"type":"Feature","id":{i},"properties":{{"note":"{odd}{filling}","n":[1,{{"a":[]}}]}},
                "geometry":{{"type":"Point","coordinates":[{}, {}]}}}}"#,
                (i % 360) as f64 - 180.0,
                (i % 170) as f64 - 85.0
            )
        })
        .collect()
}

#[test]
fn a_stream_gives_what_the_whole_gives() {
    let features = features(4_000);
    let array = features.join(" ,\n");
    let collections = [
        format!(r#"{{"type":"FeatureCollection","features":[{array}]}}"#),
        format!(
            "\u{feff}{{ \"name\" : \"a \\\"b\" , \"features\" : [ {array} ] , \"type\":\"FeatureCollection\",\"n\":1e3}}\n"
        ),
        format!(
            r#"{{"type":"FeatureCollection","bbox":[1,2,3,4],"crs":null,"x":{{"features":[1]}},"features":[{array}]}}"#
        ),
    ];
    let expected = geojson::read(&collections[0], EdgeModel::LonLat).unwrap();
    assert_eq!(expected.len(), 4_000);
    for text in &collections {
        assert_eq!(streamed(text).unwrap(), expected);
    }
    for separator in ["\n", "\n\u{1e}", "\r\n\r\n"] {
        assert_eq!(streamed(&features.join(separator)).unwrap(), expected);
    }
    let bare = r#"{"coordinates":[130.5,42.5],"type":"Point"}"#;
    assert_eq!(streamed(bare).unwrap(), geojson::read(bare, EdgeModel::LonLat).unwrap());
    assert!(streamed(r#"{"features":[],"type":"FeatureCollection"}"#).unwrap().is_empty());
    // What was written with its edge model is read with it.
    let ring = [(130.3, 42.2), (131.9, 43.1), (129.8, 41.8)].map(|(x, y)| Coord { x, y });
    let ring = Polygon::new(LineString(ring.to_vec()), vec![]);
    let shape = Shape::new(ring.into(), EdgeModel::Geodesic).unwrap();
    let record = Record { id: "triangle".to_owned(), shape, properties: vec![] };
    let again = streamed(&geojson::write([&record]).unwrap()).unwrap();
    assert_eq!(again[0].shape.edge_model(), EdgeModel::Geodesic);
}

#[test]
fn a_stream_that_breaks_off_says_so() {
    for (text, expected) in [
        ("", "nothing in it"),
        (r#"{"type":"FeatureCollection","features":[{"type":"Fea"#, "ends too early"),
        (r#"{"type":"FeatureCollection","features":[7]}"#, "a feature is expected"),
        (
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":5}]}"#,
            "not GeoJSON",
        ),
        ("[1,2]", "an object is expected"),
        (r#"{"type" "Point"}"#, "not JSON"),
        (
            r#"{"features":[],"crs":{"type":"name","properties":{"name":"EPSG:32652"}}}"#,
            "EPSG:32652",
        ),
    ] {
        let error = streamed(text).unwrap_err();
        assert!(error.to_string().contains(expected), "{expected}: {error}");
    }
}

/// A fixed sequence of numbers in 0…1.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn layer(random: &mut Random, count: usize) -> Vec<Named> {
    let mut layer = Vec::new();
    for i in 0..count {
        // On a grid, so that some share corners and edges; over ±180°.
        let mut step = |steps: f64| (random.unit() * steps).floor() / 4.0;
        let (x, y, size) = (178.0 + step(16.0), 40.0 + step(16.0), 0.25 + step(4.0));
        let shape = if i % 3 == 0 {
            Shape::point(LonLat::wrap(x, y))
        } else {
            let ring = [(x, y), (x + size, y), (x + size, y + size), (x, y + size)];
            let ring = ring.map(|(x, y)| Coord { x, y }).to_vec();
            Shape::new(Polygon::new(LineString(ring), vec![]).into(), EdgeModel::LonLat).unwrap()
        };
        layer.push(Named { id: format!("{i:04}"), shape });
    }
    layer
}

#[test]
fn joins_give_what_brute_force_gives() {
    let mut random = Random(1);
    let (left, right) = (layer(&mut random, 700), layer(&mut random, 60));
    let index = SpatialIndex::new(right);
    let ways = [
        JoinBy::Intersects,
        JoinBy::Relation(vec![Relation::Covers, Relation::Equals]),
        JoinBy::Relation(vec![Relation::Touches]),
        JoinBy::Within(Length::km(30.0)),
        JoinBy::Nearest(3),
    ];
    for by in ways {
        let mut rows: Vec<(String, Vec<Match>)> = Vec::new();
        let explain = index
            .join(left.iter().cloned().map(Ok::<Named, Error>), Ok, &by, |item: Named, matches| {
                rows.push((item.id().to_owned(), matches));
                Ok(())
            })
            .unwrap();
        assert_eq!(explain.candidates + explain.pruned, left.len() * index.len());
        assert_eq!(rows.len(), left.len());
        for (item, (id, matches)) in left.iter().zip(&rows) {
            assert_eq!(&item.id, id);
            let found: Vec<usize> = matches.iter().map(|found| found.index).collect();
            let mut expected: Vec<(f64, usize)> = (0..index.len())
                .filter_map(|i| {
                    let other = &index.items()[i].shape;
                    match &by {
                        JoinBy::Intersects => intersects(&item.shape, other).then_some((0.0, i)),
                        JoinBy::Relation(relations) => {
                            relations.contains(&relate(&item.shape, other)).then_some((0.0, i))
                        }
                        JoinBy::Within(radius) => {
                            let away = Geodesic::nearest(&item.shape, other).distance;
                            (away <= *radius).then_some((away.to_m(), i))
                        }
                        JoinBy::Nearest(_) => {
                            Some((Geodesic::nearest(&item.shape, other).distance.to_m(), i))
                        }
                    }
                })
                .collect();
            expected.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if let JoinBy::Nearest(k) = by {
                expected.truncate(k);
            }
            let expected: Vec<usize> = expected.into_iter().map(|(_, i)| i).collect();
            assert_eq!(found, expected, "{by:?} {id}");
        }
    }
}

#[test]
fn a_join_ends_with_the_first_error() {
    let index = SpatialIndex::new(layer(&mut Random(2), 9));
    let texts = "{\"type\":\"Point\",\"coordinates\":[1,2]}\n".repeat(2_000) + "{\"type\":";
    let mut count = 0;
    let error = index
        .join(
            Features::new(texts.as_bytes()),
            |feature| feature.read(EdgeModel::LonLat),
            &JoinBy::Intersects,
            |_, _| {
                count += 1;
                Ok(())
            },
        )
        .unwrap_err();
    assert!(error.to_string().contains("ends too early"), "{error}");
    assert_eq!(count, 2_000);
}
