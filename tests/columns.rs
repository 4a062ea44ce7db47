//! FlatGeobuf and GeoParquet: what is written is read back, files of other programs are read, and
//! damaged ones are refused. The files in `columns/` are made by `columns/make.py`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use tumen::export::{self, Format, GeometryType, Layer, Row, Selected, Type};
use tumen::geo_core::raw::{RawFeature, RawGeometry, Record};
use tumen::geo_core::{Bbox, EdgeModel, LonLat, Shape, geojson};
use tumen::import::{self, Options};

const FORMATS: [Format; 2] = [Format::Flatgeobuf, Format::Geoparquet];

/// A file of a folder of this test's own.
fn file(folder: &str, name: &str, format: Format) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("columns").join(folder);
    fs::create_dir_all(&folder).unwrap();
    folder.join(name).with_extension(format.extension())
}

/// A file that another program made.
fn foreign(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/columns").join(name)
}

fn raw(path: &Path, options: &Options) -> (Vec<RawFeature>, Vec<String>) {
    let source = import::open(path, options).unwrap();
    let notes = source.notes.clone();
    let features = source.map(|feature| feature.unwrap().read().unwrap()).collect();
    (features, notes.told())
}

fn records(path: &Path) -> Vec<Record> {
    let (features, _) = raw(path, &Options::default());
    features.into_iter().map(|feature| feature.record(EdgeModel::LonLat).unwrap()).collect()
}

fn convert(from: &Path, to: &Path, format: Format) {
    export::convert(from, &Options::default(), |_| Ok(true), |layer| format.file(to, layer))
        .unwrap();
}

/// The built-in catalogue in a file.
fn written(folder: &str, format: Format) -> PathBuf {
    let path = file(folder, "tumen", format);
    let catalogue = tumen::catalogue().unwrap();
    let features = catalogue.features().iter().collect();
    let selected = Selected { catalogue: &catalogue, features, year: None };
    let layer = export::catalogue::layer(&selected, "tumen", "Tumen").unwrap();
    export::write(&selected, format.file(&path, &layer).unwrap()).unwrap();
    path
}

/// Expected: the features of the library, their geometry as the GeoJSON export writes it.
#[test]
fn what_is_written_is_read() {
    for format in FORMATS {
        let path = written("read", format);
        let mut records = records(&path);
        let catalogue = tumen::catalogue().unwrap();
        assert_eq!(records.len(), catalogue.features().len());
        records.sort_by_key(|record| catalogue.features().iter().position(|f| f.id == record.id));
        let features = catalogue.features().iter().collect();
        let selected = Selected { catalogue: &catalogue, features, year: None };
        let layer = export::catalogue::layer(&selected, "", "").unwrap();
        let cells = export::catalogue::cells(&selected);
        for ((record, feature), cells) in records.iter().zip(catalogue.features()).zip(cells) {
            assert_eq!(record.id, feature.id);
            let expected = geojson::geometry(&feature.shape).unwrap();
            assert_eq!(geojson::geometry(&record.shape).unwrap(), expected, "{}", feature.id);
            let fields = layer.fields.iter().map(|field| field.name.to_string());
            let expected: Vec<(String, Value)> = fields.zip(cells).skip(1).collect();
            assert_eq!(record.properties, expected, "{}", feature.id);
        }
    }
}

#[test]
fn what_is_read_is_written_to_the_same_bytes() {
    for format in FORMATS {
        let first = written("once", format);
        let again = written("twice", format);
        let same = |one, other| fs::read(one).unwrap() == fs::read(other).unwrap();
        assert!(same(&first, &again), "{format:?}");
        // The layer has the name of the file; what columns mean is not read.
        let (second, third) = (file("second", "tumen", format), file("third", "tumen", format));
        convert(&first, &second, format);
        convert(&second, &third, format);
        assert!(same(&second, &third), "{format:?}");
    }
}

#[test]
fn every_type_of_cell_survives_and_so_do_nulls() {
    let fields = [
        ("id", Type::Text),
        ("text", Type::Text),
        ("integer", Type::Integer),
        ("number", Type::Number),
        ("boolean", Type::Boolean),
        ("date", Type::Date),
        ("Geometry", Type::Text),
        ("bbox", Type::Integer),
    ];
    let fields = fields.map(|(name, of)| export::Field { name: name.into(), of, about: "".into() });
    let layer = Layer {
        name: "all".to_owned(),
        title: String::new(),
        fields: fields.to_vec(),
        geometry: GeometryType::Point,
    };
    let full = [
        json!("a"),
        json!("훈춘\u{0}"),
        json!(i64::MIN),
        json!(0.1),
        json!(true),
        json!("1858-05-28"),
        json!(""),
        json!(-1),
    ];
    let empty = [json!("b"), Value::Null, Value::Null, Value::Null, Value::Null, Value::Null]
        .into_iter()
        .chain([Value::Null, Value::Null])
        .collect::<Vec<_>>();
    let shape = Shape::point(LonLat::new(130.3, 42.25).unwrap());
    for format in FORMATS {
        let path = file("types", "all", format);
        let mut writer = format.file(&path, &layer).unwrap();
        for cells in [&full[..], &empty[..]] {
            writer.write(&Row { shape: &shape, cells }).unwrap();
        }
        writer.finish().unwrap();
        for feature in raw(&path, &Options::default()).0 {
            let expected = if feature.name() == "a" { &full[..] } else { &empty[..] };
            let cells: Vec<Value> = feature.properties.into_iter().map(|(_, cell)| cell).collect();
            assert_eq!(cells, expected, "{format:?}");
        }
    }
}

#[test]
fn a_layer_without_features_is_a_file() {
    for format in FORMATS {
        let path = file("empty", "none", format);
        let catalogue = tumen::catalogue().unwrap();
        let selected = Selected { catalogue: &catalogue, features: Vec::new(), year: None };
        let layer = export::catalogue::layer(&selected, "none", "").unwrap();
        export::write(&selected, format.file(&path, &layer).unwrap()).unwrap();
        let bbox = Some(Bbox { west: 0.0, south: 0.0, east: 1.0, north: 1.0 });
        assert!(raw(&path, &Options { bbox, ..Options::default() }).0.is_empty());
        assert!(records(&path).is_empty());
    }
}

/// Points on a grid of a hundredth of a degree, row after row from the south.
fn grid(format: Format) -> PathBuf {
    let path = file("grid", "points", format);
    let id = export::Field { name: "id".into(), of: Type::Text, about: "".into() };
    let layer = Layer {
        name: "points".to_owned(),
        title: String::new(),
        fields: vec![id],
        geometry: GeometryType::Point,
    };
    let mut writer = format.file(&path, &layer).unwrap();
    for number in 0..80_000_u32 {
        let (row, column) = (number / 200, number % 200);
        let lon = 179.0 + f64::from(column) / 100.0;
        let at = LonLat::wrap(lon, 40.0 + f64::from(row) / 100.0);
        let cells = [json!(number.to_string())];
        writer.write(&Row { shape: &Shape::point(at), cells: &cells }).unwrap();
    }
    writer.finish().unwrap();
    path
}

/// Expected: all features, compared with the box one by one.
#[test]
fn a_box_is_answered_without_reading_the_whole_file() {
    for format in FORMATS {
        let path = grid(format);
        let length = path.metadata().unwrap().len();
        for (west, south, east, north) in [
            (179.405, 43.905, 179.455, 43.955),
            (179.98, 43.9, -179.98, 43.96),
            (-179.5, 42.0, -179.45, 42.02),
            (10.0, 0.0, 20.0, 10.0),
        ] {
            let window = Bbox { west, south, east, north };
            let count = Arc::new(AtomicU64::new(0));
            let counted = count.clone();
            let watch = move |bytes| {
                counted.fetch_add(bytes, Ordering::Relaxed);
            };
            let options =
                Options { bbox: Some(window), watch: Some(Arc::new(watch)), ..Options::default() };
            let ids = |features: Vec<RawFeature>| {
                let mut ids: Vec<String> = features.iter().map(RawFeature::name).collect();
                ids.sort();
                ids
            };
            let found = raw(&path, &options).0;
            let mut all = raw(&path, &Options::default()).0;
            for feature in &found {
                assert_eq!(all[feature.index], *feature);
            }
            all.retain(|feature| {
                let Some(RawGeometry::Point(at)) = feature.geometry else { panic!("a point") };
                window.contains(LonLat::new(at.x, at.y).unwrap())
            });
            assert_eq!(ids(found), ids(all), "{format:?} {window:?}");
            let read = count.load(Ordering::Relaxed);
            // The table has two row groups, of which the second has the north.
            let most = match format {
                Format::Flatgeobuf => length / 20,
                _ if south > 43.5 || north < 40.0 => length / 3,
                _ => length,
            };
            assert!(read < most, "{format:?}: {read} of {length} bytes for {window:?}");
        }
    }
}

/// Expected: what the script put in.
#[test]
fn files_of_gdal_and_geopandas_are_read() {
    for name in ["mixed.fgb", "mixed.parquet"] {
        let (mut features, notes) = raw(&foreign(name), &Options::default());
        features.sort_by_key(RawFeature::name);
        let types: Vec<&str> =
            features.iter().map(|f| f.geometry.as_ref().unwrap().type_name()).collect();
        let expected =
            ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"];
        assert_eq!(types, expected, "{name}");
        // GDAL writes no heights into a layer of several types.
        let heights = notes.iter().any(|note| note.starts_with("heights"));
        assert_eq!(heights, name == "mixed.parquet", "{name}: {notes:?}");
        let Some(RawGeometry::MultiPolygon(areas)) = &features[5].geometry else { panic!() };
        assert_eq!(areas.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!((areas[0][1][1].x, areas[0][1][1].y), (129.5, 42.4));
        for feature in features {
            feature.record(EdgeModel::LonLat).unwrap();
        }
    }
    let (features, notes) = raw(&foreign("heights.fgb"), &Options::default());
    assert_eq!(features[0].geometry, Some(RawGeometry::Point((130.3, 42.25).into())));
    assert!(notes.iter().any(|note| note.starts_with("heights")), "{notes:?}");
    let (features, _) = raw(&foreign("mixed.fgb"), &Options::default());
    let first = features.iter().find(|feature| feature.name() == "f0").unwrap();
    let day = &first.properties.iter().find(|(name, _)| name == "day").unwrap().1;
    assert!(day.as_str().unwrap().starts_with("1991"), "{day}");
    let others: Vec<(&str, Value)> = (first.properties.iter())
        .filter(|(name, _)| name != "day")
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let expected = [
        ("id", json!("f0")),
        ("count", json!(7)),
        ("large", json!(1_099_511_627_776_i64)),
        ("ratio", Value::Null),
        ("open", json!(true)),
        ("name", json!("훈춘 珲春")),
    ];
    assert_eq!(others, expected);
}

/// Expected: the same areas in longitude and latitude, from a file of GDAL's without an index.
#[test]
fn systems_and_encodings_come_to_the_same() {
    let areas = |name: &str, options: &Options| {
        let (mut features, _) = raw(&foreign(name), options);
        features.sort_by_key(RawFeature::name);
        let area = |feature: RawFeature| match &feature.geometry {
            Some(RawGeometry::Polygon(rings)) => (feature.name(), rings.clone()),
            other => panic!("{name}: {other:?}"),
        };
        features.into_iter().map(area).collect::<Vec<_>>()
    };
    let expected = areas("unindexed.fgb", &Options::default());
    assert_eq!(expected.len(), 2);
    let bbox = Some(Bbox { west: 133.1, south: 44.1, east: 133.2, north: 44.2 });
    let near = Options { bbox, ..Options::default() };
    for name in ["utm.fgb", "utm.parquet", "native.parquet", "unindexed.fgb"] {
        let found = areas(name, &Options::default());
        for ((id, rings), (expected, corners)) in found.iter().zip(&expected) {
            assert_eq!((id, rings.len()), (expected, corners.len()), "{name}");
            // Long edges that are straight in the plane have got positions between.
            for (ring, corners) in rings.iter().zip(corners) {
                for corner in corners {
                    let near =
                        |at: &geo_types::Coord| (at.x - corner.x).hypot(at.y - corner.y) < 1e-8;
                    assert!(ring.iter().any(near), "{name}: {corner:?}");
                }
            }
        }
        assert_eq!(found.len(), 2, "{name}");
        let ids: Vec<String> = areas(name, &near).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["f1"], "{name}");
    }
}

#[test]
fn nested_columns_and_geodesic_edges_are_read() {
    let (features, notes) = raw(&foreign("nested.parquet"), &Options::default());
    let expected = [
        ("id", json!("rajin")),
        ("tags", json!("port; ice-free")),
        ("pairs", json!(r#"[{"a":1},{"a":2}]"#)),
        ("info.a", json!(1)),
        ("info.b.c", json!(0.5)),
        ("links", json!(r#"{"geonames":"2040"}"#)),
        ("day", json!("1991-12-24")),
        ("old", json!("1858-05-28")),
        ("at", json!("1991-12-24T08:30:00Z")),
        ("local", json!("1991-12-24T08:30:00")),
        ("clock", json!("08:30:00")),
        ("amount", json!(12.5)),
        ("ratio", json!(0.1)),
        ("small", json!(-3)),
        ("large", json!(9_223_372_036_854_775_808_u64)),
        ("open", json!(true)),
        ("nothing", Value::Null),
        ("label", json!("a")),
    ];
    let found: Vec<(&str, Value)> =
        features[0].properties.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    assert_eq!(found, expected);
    assert_eq!(features[0].edges, Some(EdgeModel::Geodesic));
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes[0].contains("bytes") && notes[1].contains("centre"), "{notes:?}");
    let layer = Some("centre".to_owned());
    let told = Options { layer, crs: Some("OGC:CRS84".to_owned()), ..Options::default() };
    let (features, _) = raw(&foreign("nested.parquet"), &told);
    assert_eq!(features[0].geometry.as_ref().unwrap().type_name(), "Point");
    let untold = Options { crs: None, ..told };
    let error = import::open(&foreign("nested.parquet"), &untold).err().unwrap();
    assert!(error.hint().unwrap().contains("--crs"), "{error}");
}

#[test]
fn a_table_without_geometries_is_refused() {
    let error = import::open(&foreign("plain.parquet"), &Options::default()).err().unwrap();
    assert!(error.to_string().contains("without a column of geometries"), "{error}");
    assert!(error.hint().is_some());
}

/// All that can be read of a file, or the first error.
fn read_all(path: &Path, options: &Options) -> usize {
    match import::open(path, options) {
        Err(_) => 0,
        Ok(source) => {
            source.map_while(Result::ok).filter_map(|feature| feature.read().ok()).count()
        }
    }
}

#[test]
fn damaged_files_are_errors() {
    let bbox = Some(Bbox { west: 129.0, south: 42.0, east: 131.0, north: 43.0 });
    let near = Options { bbox, ..Options::default() };
    for name in ["mixed.fgb", "utm.fgb", "mixed.parquet", "nested.parquet", "native.parquet"] {
        let whole = fs::read(foreign(name)).unwrap();
        let path = file("damaged", name, Format::Geojson);
        let steps = whole.len() / 100 + 1;
        for end in (8..whole.len()).step_by(steps) {
            fs::write(&path, &whole[..end]).unwrap();
            assert!(read_all(&path, &Options::default()) < 6, "{name}: {end} bytes");
            read_all(&path, &near);
        }
        // A linear congruential sequence (Knuth) says which bits are turned.
        let mut state = 1_u64;
        let mut draw = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        for _ in 0..200 {
            let mut bytes = whole.clone();
            for _ in 0..=draw(3) {
                bytes[8 + draw(whole.len() - 8)] ^= 1 << draw(8);
            }
            fs::write(&path, &bytes).unwrap();
            read_all(&path, &Options::default());
            read_all(&path, &near);
        }
    }
}
