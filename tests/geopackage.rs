//! `GeoPackages`, written by the built binary or the library and read back; and those of others.

#![cfg(feature = "geopackage")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use rusqlite::{Connection, params};
use serde_json::{Value, json};
use tumen::export::geopackage::{Package, Style};
use tumen::export::{Field, Format, GeometryType, Layer, Row, Type, Writer};
use tumen::geo_core::raw::{RawFeature, RawGeometry};
use tumen::geo_core::{Bbox, EdgeModel, LonLat, Shape, geojson};
use tumen::import::{self, Options};

fn tumen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tumen")).args(arguments).output().unwrap()
}

fn run(arguments: &[&str]) {
    let output = tumen(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A folder of a test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("geopackage").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// All rows of a query, a text for each cell.
fn query(path: &Path, sql: &str) -> Vec<Vec<String>> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare(sql).unwrap();
    let count = statement.column_count();
    let text =
        |row: &rusqlite::Row<'_>, place: usize| match row.get::<_, rusqlite::types::Value>(place) {
            Ok(rusqlite::types::Value::Null) => String::new(),
            Ok(rusqlite::types::Value::Integer(number)) => number.to_string(),
            Ok(rusqlite::types::Value::Real(number)) => number.to_string(),
            Ok(rusqlite::types::Value::Text(text)) => text,
            other => format!("{other:?}"),
        };
    let rows = statement.query_map([], |row| Ok((0..count).map(|c| text(row, c)).collect()));
    rows.unwrap().map(Result::unwrap).collect()
}

fn read(path: &Path, options: &Options) -> Result<(Vec<RawFeature>, Vec<String>), String> {
    let told = |e: tumen::Error| format!("{e} ({})", e.hint().unwrap_or_default());
    let source = import::open(path, options).map_err(told)?;
    let notes = source.notes.clone();
    let features: Result<Vec<RawFeature>, String> =
        source.map(|feature| feature.and_then(import::Unread::read).map_err(told)).collect();
    Ok((features?, notes.told()))
}

fn field(name: &'static str, of: Type) -> Field {
    Field { name: name.into(), of, about: "".into() }
}

/// A package with a layer of points on a line to the east.
fn points(path: &Path, count: u32) {
    let layer = Layer {
        name: "points".to_owned(),
        title: "Points on a line".to_owned(),
        fields: vec![field("id", Type::Text), field("number", Type::Integer)],
        geometry: GeometryType::Point,
    };
    let mut writer = Format::Geopackage.file(path, &layer).unwrap();
    for number in 0..count {
        let lon = f64::from(number) * 360.0 / f64::from(count) - 180.0;
        let shape = Shape::point(LonLat::new(lon, 10.0).unwrap());
        let cells = [json!(format!("p{number}")), json!(number)];
        writer.write(&Row { shape: &shape, cells: &cells }).unwrap();
    }
    writer.finish().unwrap();
}

/// The whole catalogue, written once for all tests; they only read it.
fn catalogue() -> &'static Path {
    static WRITTEN: OnceLock<PathBuf> = OnceLock::new();
    WRITTEN.get_or_init(|| {
        let path = folder("catalogue").join("tumen.gpkg");
        run(&["export", "--format", "geopackage", "-o", path.to_str().unwrap()]);
        path
    })
}

/// Expected: the features of the library, their geometry as the GeoJSON export writes it.
#[test]
fn every_feature_of_the_catalogue_comes_back() {
    let path = catalogue();
    let (features, notes) = read(path, &Options::default()).unwrap();
    let catalogue = tumen::catalogue().unwrap();
    assert_eq!(features.len(), catalogue.features().len());
    for feature in features {
        let expected = catalogue.get(&feature.name()).unwrap();
        let of =
            |name: &str| feature.properties.iter().find(|(key, _)| key == name).unwrap().1.clone();
        let kind = expected.kind.unwrap().name();
        assert_eq!((of("kind"), of("layer")), (json!(kind), json!(kind.replace('-', "_"))));
        assert_eq!(of("note"), json!(expected.note));
        let record = feature.record(EdgeModel::LonLat).unwrap();
        let back = geojson::geometry(&record.shape).unwrap();
        assert_eq!(back, geojson::geometry(&expected.shape).unwrap(), "{}", expected.id);
    }
    let all = "the layers border_port, seaport, zone, growth_triangle, region, corridor, place, \
        natural_feature, border_segment are read one after the other, named in 'layer'";
    let tables = "tables without geometries are not read: names, links, series, claims, sources";
    assert_eq!(notes, [tables, all]);
}

/// Expected: clauses 1.1.1.1.1 (application id, version), 1.1.3 and F.3 of OGC 12-128r18; the check of the R-tree is
/// that of SQLite.
#[test]
fn the_file_is_what_the_standard_wants() {
    let path = catalogue();
    let bytes = fs::read(path).unwrap();
    assert_eq!(&bytes[68..72], b"GPKG");
    assert_eq!(bytes[60..64], 10_300_u32.to_be_bytes());
    assert_eq!(bytes.len() % 4096, 0);
    assert_eq!(query(path, "PRAGMA integrity_check"), [["ok"]]);
    assert!(query(path, "PRAGMA foreign_key_check").is_empty());
    let layers = query(path, "SELECT table_name FROM gpkg_geometry_columns WHERE srs_id = 4326");
    assert_eq!(layers.len(), 9);
    for layer in layers.iter().map(|row| &row[0]) {
        let tree = format!("rtree_{layer}_geom");
        assert_eq!(query(path, &format!("SELECT rtreecheck('{tree}')")), [["ok"]]);
        let sql = format!("SELECT (SELECT count(*) FROM {layer}), (SELECT count(*) FROM {tree})");
        let counts = &query(path, &sql)[0];
        assert_eq!(counts[0], counts[1]);
        let sql = format!(
            "SELECT abs(min(minx) - min_x) + abs(max(maxx) - max_x) + abs(min(miny) - min_y)
             + abs(max(maxy) - max_y) < 1e-4 FROM {tree}, gpkg_contents WHERE table_name = '{layer}'"
        );
        assert_eq!(query(path, &sql), [["1"]], "{layer}");
        let sql = format!(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{layer}'"
        );
        assert_eq!(query(path, &sql), [["6"]]);
    }
    let about = "SELECT description FROM gpkg_data_columns WHERE (table_name, column_name) = ('zone', 'area_km2')";
    assert_eq!(query(path, about), [["Area in km² on the WGS 84 ellipsoid, of areas"]]);
    let types = "SELECT DISTINCT type FROM pragma_table_info('zone') ORDER BY 1";
    assert_eq!(query(path, types), [["DATE"], ["DOUBLE"], ["GEOMETRY"], ["INTEGER"], ["TEXT"]]);
}

#[test]
fn tables_belong_to_features_by_their_ids() {
    let path = catalogue();
    let layers = query(path, "SELECT table_name FROM gpkg_geometry_columns");
    let all: Vec<String> = layers.iter().map(|row| format!("SELECT id FROM {}", row[0])).collect();
    let all = all.join(" UNION ALL ");
    for (table, column) in [("names", "of"), ("links", "from"), ("links", "to"), ("series", "of")] {
        let sql =
            format!("SELECT count(*) > 100, sum(\"{column}\" NOT IN ({all})) FROM \"{table}\"");
        assert_eq!(query(path, &sql), [["1", "0"]], "{table}.{column}");
    }
    let sql = "SELECT name, language, role FROM names WHERE of = 'rajin' ORDER BY number";
    let names = query(path, sql);
    let catalogue = tumen::catalogue().unwrap();
    let rajin = &catalogue.get("rajin").unwrap().names;
    assert_eq!(names.len(), rajin.all().count());
    assert!(
        names.contains(&vec!["라진".to_owned(), "ko".to_owned(), "standard".to_owned()]),
        "{names:?}"
    );
    assert!(names.iter().any(|name| name[1].is_empty() && name[2] == "printed"));
}

#[test]
fn what_is_read_is_written_to_the_same_bytes() {
    let folder = folder("same");
    let first = folder.join("own.geojson");
    fs::write(
        &first,
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","id":"a","properties":{"n":1,"x":1.0,"b":true,"d":"1991-12-24","t":"é","o":null},
         "geometry":{"type":"Polygon","coordinates":[[[130,42],[131,42],[131,43],[130,42]]]}},
        {"type":"Feature","id":"b","properties":{"n":-7,"x":2.5,"b":false,"d":null,"t":null,"o":null},
         "geometry":{"type":"Polygon","coordinates":[[[179,60],[-179,60],[-179,61],[179,60]]]}}]}"#,
    )
    .unwrap();
    let mut all = Vec::new();
    let mut input = first;
    for turn in ["one", "two", "three"] {
        let out = folder.join(turn);
        fs::create_dir(&out).unwrap();
        let out = out.join("own.gpkg");
        let [from, to] = [&input, &out].map(|path| path.to_str().unwrap());
        run(&["export", "--format", "geopackage", "--input", from, "-o", to]);
        all.push(fs::read(&out).unwrap());
        input = out;
    }
    assert!(all[0] == all[1] && all[1] == all[2], "the bytes differ");
    let columns = query(&input, "SELECT name, type FROM pragma_table_info('own')");
    let expected = [
        ["fid", "INTEGER"],
        ["geom", "MULTIPOLYGON"],
        ["id", "TEXT"],
        ["n", "INTEGER"],
        ["x", "DOUBLE"],
        ["b", "BOOLEAN"],
        ["d", "DATE"],
        ["t", "TEXT"],
        ["o", "TEXT"],
    ];
    assert_eq!(columns, expected);
    let beside: Vec<_> = fs::read_dir(input.parent().unwrap()).unwrap().collect();
    assert_eq!(beside.len(), 1, "nothing is left beside the file");
}

#[test]
fn a_layer_can_be_chosen() {
    let path = catalogue();
    let one = Options { layer: Some("Growth_Triangle".to_owned()), ..Options::default() };
    let (features, notes) = read(path, &one).unwrap();
    assert_eq!(features.len(), 12);
    assert!(features[0].properties.iter().all(|(name, _)| name != "layer"));
    assert_eq!(notes.len(), 1, "{notes:?}");
    let none = Options { layer: Some("triangles".to_owned()), ..Options::default() };
    let error = read(path, &none).unwrap_err();
    assert!(error.contains("no layer 'triangles' (its layers are border_port, seaport"), "{error}");
}

/// Expected: brute force over what is read without a box.
#[test]
fn a_box_takes_what_touches_it() {
    let path = folder("box").join("points.gpkg");
    points(&path, 720);
    let (all, _) = read(&path, &Options::default()).unwrap();
    for text in
        ["130,0,131,20", "-180,10,-179,10", "179,5,-179,15", "0,10.5,90,11", "-180,-90,180,90"]
    {
        let bbox: Bbox = text.parse().unwrap();
        let inside = |feature: &&RawFeature| match feature.geometry {
            Some(RawGeometry::Point(at)) => bbox.contains(LonLat::new(at.x, at.y).unwrap()),
            _ => panic!("no point"),
        };
        let expected: Vec<String> = all.iter().filter(inside).map(RawFeature::name).collect();
        let (found, _) = read(&path, &Options { bbox: Some(bbox), ..Options::default() }).unwrap();
        let found: Vec<String> = found.iter().map(RawFeature::name).collect();
        assert_eq!(found, expected, "{text}");
        let view = path.with_file_name("view.gpkg");
        fs::copy(&path, &view).unwrap();
        let connection = Connection::open(&view).unwrap();
        connection.execute_batch(VIEW).unwrap();
        let layer = Some("seen".to_owned());
        let (found, _) =
            read(&view, &Options { bbox: Some(bbox), layer, ..Options::default() }).unwrap();
        let found: Vec<String> = found.iter().map(RawFeature::name).collect();
        assert_eq!(found, expected, "{text} of the view");
    }
}

const VIEW: &str = "
CREATE VIEW seen AS SELECT fid, geom, id FROM points;
INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('seen', 'features', 'seen', 4326);
INSERT INTO gpkg_geometry_columns VALUES ('seen', 'geom', 'POINT', 4326, 0, 0);
";

/// A geometry of 3-D points, big-endian, with a box and the SRID 32652.
fn stored(easting: f64, northing: f64) -> Vec<u8> {
    let mut bytes = b"GP\0\x02\0\0\x7f\x8c".to_vec();
    for number in [easting, easting, northing, northing] {
        bytes.extend(number.to_be_bytes());
    }
    bytes.extend([0, 0, 0, 3, 0xe9]);
    for number in [easting, northing, 17.0] {
        bytes.extend(number.to_be_bytes());
    }
    bytes
}

/// A package as other programs write it: no `id`, another name for the key, UTM, heights, bytes.
fn foreign(path: &Path, srs: i32) {
    points(path, 2);
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
            INSERT INTO gpkg_spatial_ref_sys VALUES ('UTM', 32652, 'EPSG', 32652, 'x', ''),
                ('Lost', 99999, 'NONE', 99999, 'undefined', '');
            CREATE TABLE \"my \"\"towns\"\"\" (\"OGC_FID\" INTEGER PRIMARY KEY, Shape POINT, name TEXT, open BOOLEAN,
                photo BLOB, size MEDIUMINT);
            DELETE FROM gpkg_geometry_columns; DELETE FROM gpkg_contents;",
        )
        .unwrap();
    let contents = "INSERT INTO gpkg_contents (table_name, data_type, srs_id) VALUES ('my \"towns\"', 'features', ?1)";
    connection.execute(contents, params![srs]).unwrap();
    let columns =
        "INSERT INTO gpkg_geometry_columns VALUES ('my \"towns\"', 'Shape', 'POINT', ?1, 1, 0)";
    connection.execute(columns, params![srs]).unwrap();
    let row = "INSERT INTO \"my \"\"towns\"\"\" VALUES (12, ?1, 'Rason', 1, x'00', 3)";
    connection.execute(row, params![stored(607_140.0, 4_677_650.0)]).unwrap();
}

/// Expected: pyproj 3 (PROJ 9), `Transformer.from_crs(32652, 4326, always_xy=True)`.
const RASON: (f64, f64) = (130.298_641_836_9, 42.243_691_963_5);

#[test]
fn packages_of_other_programs_are_read() {
    let path = folder("foreign").join("towns.gpkg");
    foreign(&path, 32652);
    let (features, notes) = read(&path, &Options::default()).unwrap();
    let [town] = &features[..] else { panic!("{} features", features.len()) };
    assert_eq!(town.id.as_deref(), Some("12"));
    let Some(RawGeometry::Point(at)) = town.geometry else { panic!("no point") };
    assert!((at.x - RASON.0).abs() < 1e-6 && (at.y - RASON.1).abs() < 1e-6, "{at:?}");
    let properties: BTreeMap<String, Value> = town.properties.iter().cloned().collect();
    let expected = json!({ "name": "Rason", "open": true, "size": 3 });
    assert_eq!(serde_json::to_value(properties).unwrap(), expected);
    assert_eq!(
        notes[..2],
        ["columns of bytes are left out", "heights and measures are left out (1 feature)"]
    );
    assert!(
        notes[2].starts_with("positions are brought from WGS 84 / UTM zone 52N (EPSG:32652)"),
        "{notes:?}"
    );
}

#[test]
fn a_coordinate_system_is_never_guessed() {
    let path = folder("systems").join("towns.gpkg");
    for srs in [-1, 0, 99999, 77] {
        foreign(&path, srs);
        let error = read(&path, &Options::default()).unwrap_err();
        let says = "layer 'my \"towns\"': it does not say which coordinate system it is in";
        assert!(error.contains(says) && error.contains("--crs"), "{error}");
        let given = Options { crs: Some("EPSG:32652".to_owned()), ..Options::default() };
        let (features, _) = read(&path, &given).unwrap();
        let Some(RawGeometry::Point(at)) = features[0].geometry else { panic!("no point") };
        assert!((at.x - RASON.0).abs() < 1e-6 && (at.y - RASON.1).abs() < 1e-6, "{at:?}");
    }
}

#[test]
fn other_databases_are_refused() {
    let path = folder("other").join("other.gpkg");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("CREATE TABLE t (a)").unwrap();
    let error = read(&path, &Options::default()).unwrap_err();
    assert!(
        error.contains("other.gpkg: the file is a database of SQLite but no GeoPackage"),
        "{error}"
    );
    connection.execute_batch("CREATE TABLE geometry_columns (a)").unwrap();
    let error = read(&path, &Options::default()).unwrap_err();
    assert!(error.contains("ogr2ogr"), "{error}");
}

#[test]
fn damaged_files_are_errors() {
    let path = folder("damaged").join("points.gpkg");
    points(&path, 300);
    let whole = fs::read(&path).unwrap();
    let mut errors = 0;
    for length in (100..whole.len()).step_by(1999) {
        fs::write(&path, &whole[..length]).unwrap();
        errors += usize::from(read(&path, &Options::default()).is_err());
    }
    assert!(errors > 10, "{errors}");
    // A linear congruential generator (Knuth's MMIX) chooses what is broken.
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut errors = 0;
    for _ in 0..200 {
        let mut broken = whole.clone();
        for _ in 0..40 {
            broken[100 + next(whole.len() - 100)] = next(256) as u8;
        }
        fs::write(&path, broken).unwrap();
        errors += usize::from(read(&path, &Options::default()).is_err());
    }
    assert!(errors > 50, "{errors}");
}

#[test]
fn styles_are_where_qgis_looks_for_them() {
    let path = folder("styles").join("styled.gpkg");
    let layer = Layer {
        name: "zone".to_owned(),
        title: "Zones".to_owned(),
        fields: vec![field("id", Type::Text)],
        geometry: GeometryType::Point,
    };
    let mut package = Package::create(&path).unwrap();
    Box::new(package.layer(&layer).unwrap()).finish().unwrap();
    let style = Style { layer: "zone", name: "Zones", about: "", qml: "<qgis/>", sld: "" };
    package.style(&style).unwrap();
    assert!(package.style(&Style { layer: "port", ..style }).is_err());
    package.finish().unwrap();
    let sql = "SELECT f_table_name, f_geometry_column, styleName, styleQML, useAsDefault FROM layer_styles";
    assert_eq!(query(&path, sql), [["zone", "geom", "Zones", "<qgis/>", "1"]]);
    assert_eq!(
        query(&path, "SELECT data_type FROM gpkg_contents ORDER BY rowid"),
        [["features"], ["attributes"]]
    );
    assert!(read(&path, &Options::default()).unwrap().1.is_empty());
}

#[test]
fn a_package_needs_a_file() {
    let output = tumen(&["export", "--format", "geopackage"]);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("only written to a file") && error.contains("-o tumen.gpkg"), "{error}");
}
