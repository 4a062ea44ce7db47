//! Reading feature by feature gives what reading at once gives; joins give what brute force gives.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::io::Read;

use geo_types::{Coord, LineString, Polygon};
use serde_json::{Value, json};
use tumen_geo_core::geojson::{self, Features, Framing, Writer};
use tumen_geo_core::index::{Named, Spatial, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{Relation, intersects, relate};
use tumen_geo_core::query::{JoinBy, Match};
use tumen_geo_core::raw::{RawFeature, RawGeometry, Record};
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

/// Gives a few bytes at a time.
struct Slowly<'a> {
    bytes: &'a [u8],
    random: Random,
}

impl Read for Slowly<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let most = 1 + (self.random.unit() * 7.0) as usize;
        let count = most.min(self.bytes.len()).min(into.len());
        into[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes = &self.bytes[count..];
        Ok(count)
    }
}

#[test]
fn it_does_not_matter_where_blocks_end() {
    let text = format!(
        r#"{{"name":"a\\\"","type":"FeatureCollection","features":[{}],"after":[1,{{"b":"]}}"}}]}}"#,
        features(60).join(",")
    );
    let expected = geojson::read(&text, EdgeModel::LonLat).unwrap();
    for seed in 0..20 {
        let slowly = Slowly { bytes: text.as_bytes(), random: Random(seed) };
        let read: Result<Vec<Record>, Error> =
            Features::new(slowly).map(|feature| feature?.read(EdgeModel::LonLat)).collect();
        assert_eq!(read.unwrap(), expected);
    }
    // Nor how long a feature is.
    let long = "\\\"{".repeat(400_000);
    let text = format!(r#"{{"type":"Feature","id":"{long}","geometry":null,"properties":null}}"#);
    let feature = Features::new(text.as_bytes()).next().unwrap().unwrap().raw().unwrap();
    assert_eq!(feature.id.unwrap().len(), 2 * 400_000);
}

/// A value of a geometry, and what it means.
fn geometry(random: &mut Random) -> (Value, RawGeometry) {
    let mut number = || {
        let number = random.unit() * 360.0 - 180.0;
        let digits = [1e0, 1e3, 1e7, 1e14][(random.unit() * 4.0) as usize];
        (number * digits).round() / digits
    };
    let mut position = || Coord { x: number(), y: number() };
    let mut line: Vec<Coord> = (0..150).map(|_| position()).collect();
    line.truncate(1 + (random.unit() * 149.0) as usize);
    let lines = |random: &mut Random| -> Vec<Vec<Coord>> {
        line.chunks(1 + (random.unit() * 90.0) as usize).map(<[Coord]>::to_vec).collect()
    };
    let of_line = |line: &[Coord]| line.iter().map(|at| json!([at.x, at.y])).collect::<Value>();
    let of_lines = |lines: &[Vec<Coord>]| lines.iter().map(|line| of_line(line)).collect::<Value>();
    let (coordinates, raw) = match (random.unit() * 6.0) as usize {
        0 => {
            let at = line[0];
            (json!([at.x, at.y, 7]), RawGeometry::Point(at))
        }
        1 => (of_line(&line), RawGeometry::MultiPoint(line)),
        2 => (of_line(&line), RawGeometry::LineString(line)),
        3 => {
            let lines = lines(random);
            (of_lines(&lines), RawGeometry::MultiLineString(lines))
        }
        4 => {
            let rings = lines(random);
            (of_lines(&rings), RawGeometry::Polygon(rings))
        }
        _ => {
            let areas = vec![lines(random), lines(random)];
            (areas.iter().map(|rings| of_lines(rings)).collect(), RawGeometry::MultiPolygon(areas))
        }
    };
    (json!({"coordinates": coordinates, "type": raw.type_name(), "note": ["x", {"y": 1e9}]}), raw)
}

/// Expected: what was made into text by `serde_json`.
#[test]
fn what_is_read_is_what_was_meant() {
    let mut random = Random(8);
    for index in 0..400 {
        let (value, raw) = geometry(&mut random);
        let number = random.unit() * 1e6;
        let properties =
            json!({"a \"b\"\n": "斐济 \\", "n": number, "i": index, "no": null, "l": [1, "x"]});
        let expected = RawFeature {
            id: Some(index.to_string()),
            heights: matches!(raw, RawGeometry::Point(_)),
            geometry: Some(raw),
            properties: properties.as_object().unwrap().clone().into_iter().collect(),
            ..RawFeature::default()
        };
        let feature =
            json!({"type": "Feature", "properties": properties, "geometry": value, "id": index});
        for text in [feature.to_string(), serde_json::to_string_pretty(&feature).unwrap()] {
            let read = Features::new(text.as_bytes()).next().unwrap().unwrap().raw().unwrap();
            assert_eq!(read, expected, "{text}");
        }
    }
}

#[test]
fn sequences_are_written_and_read() {
    let mut random = Random(3);
    let bent = Polygon::new(
        LineString(vec![
            Coord { x: 10., y: 70. },
            Coord { x: 90., y: 72. },
            Coord { x: 170., y: 60. },
        ]),
        vec![],
    );
    let shapes = layer(&mut random, 40).into_iter().map(|named| (named.id, named.shape)).chain([
        ("bent".to_owned(), Shape::new(bent.clone().into(), EdgeModel::Geodesic).unwrap()),
        ("straight".to_owned(), Shape::new(bent.into(), EdgeModel::LonLat).unwrap()),
    ]);
    let properties =
        vec![("name".to_owned(), json!("a\n\u{1e}b")), ("n".to_owned(), json!([1, 2]))];
    let records: Vec<Record> =
        shapes.map(|(id, shape)| Record { id, shape, properties: properties.clone() }).collect();
    let written = |records: &[Record], framing: Framing| {
        let mut writer = Writer::new(Vec::new(), framing);
        for record in records {
            writer.feature(record).unwrap();
        }
        String::from_utf8(writer.finish().unwrap()).unwrap()
    };
    for framing in [Framing::Collection, Framing::Lines, Framing::Sequence] {
        let text = written(&records, framing);
        let again = streamed(&text).unwrap();
        let models = |records: &[Record]| -> Vec<EdgeModel> {
            let areas = records.iter().filter(|record| record.shape.dimension() > 0);
            areas.map(|record| record.shape.edge_model()).collect()
        };
        assert_eq!(models(&again), models(&records));
        assert_eq!(written(&again, framing), text);
        let lines: Vec<&str> = text.lines().collect();
        if framing != Framing::Collection {
            assert_eq!(lines.len(), records.len());
            let bare = |line: &&str| line.trim_start_matches('\u{1e}').starts_with('{');
            assert!(lines.iter().all(bare));
        }
        assert_eq!(text.matches('\u{1e}').count() == records.len(), framing == Framing::Sequence);
    }
    // The box of a collection is the same, wherever it stands.
    let bbox = |text: &str| serde_json::from_str::<Value>(text).unwrap()["bbox"].clone();
    let whole = geojson::write(&records).unwrap();
    assert!(bbox(&whole).is_array());
    assert_eq!(bbox(&whole), bbox(&written(&records, Framing::Collection)));
    // A feature that cannot be written leaves nothing behind.
    let mut writer = Writer::new(Vec::new(), Framing::Collection);
    writer.feature(&records[0]).unwrap();
    let nested = vec![("names".to_owned(), json!({"en": "Rajin"}))];
    writer.feature(&Record { properties: nested, ..records[1].clone() }).unwrap_err();
    assert_eq!(writer.finish().unwrap(), written(&records[..1], Framing::Collection).as_bytes());
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
            "EPSG:32652, is named only after its features",
        ),
        ("{\"type\":\"FeatureCollection\",\n\"features\":[\n\n{", "ends too early, in line 4"),
        (
            "{\"type\":\"FeatureCollection\",\"features\":[\n\n{\"a\":\n01}]}",
            "JSON: invalid number in line 4",
        ),
        (
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}} {}]}"#,
            "a comma",
        ),
        (r#"{"type":"FeatureCollection","features":[,]}"#, "a feature is expected"),
        (r#"{"type":"FeatureCollection" "features":[]}"#, "a comma"),
        (r#"{"type":"FeatureCollection","features":{}}"#, "no list 'features'"),
        (r#"{"features":[]}"#, "no member 'type'"),
        (r#"{"type":"FeatureCollection","features":[]}]"#, "an object is expected"),
        (r#"{"type":"Point","coordinates":[1,2],}"#, "not JSON"),
        (r#"{"type":"Point","coordinates":[1,02]}"#, "not JSON"),
        (r#"{"type":"Point","coordinates":[1,2.]}"#, "not JSON"),
        (r#"{"type":"Point","coordinates":[1,1e999]}"#, "out of range"),
        (r#"{"type":"Circle","coordinates":[1,2]}"#, "'Circle'"),
    ] {
        let error = streamed(text).unwrap_err();
        assert!(error.to_string().contains(expected), "{expected}: {error}");
    }
    let deep = r#"{"type":"GeometryCollection","geometries":["#.repeat(100_000);
    assert!(streamed(&deep).is_err());
    let deep = deep + &"]}".repeat(100_000);
    assert!(streamed(&deep).unwrap_err().to_string().contains("too deep"));
    assert!(streamed(&"[".repeat(100_000)).is_err());
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
