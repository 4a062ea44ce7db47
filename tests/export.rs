//! Exports, written by the built binary and read back.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::str::FromStr;

use serde_json::Value;
use tumen::geo_core::{EdgeModel, Shape, geojson};

fn tumen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tumen")).args(arguments).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = tumen(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A folder of this test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The rows of a CSV by column.
fn rows(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

fn column(text: &str, name: &str) -> usize {
    let headers = csv::Reader::from_reader(text.as_bytes()).headers().unwrap().clone();
    headers.iter().position(|header| header == name).unwrap()
}

/// Expected: the features of the library, their geometry as the GeoJSON export writes it.
#[test]
fn the_wkt_of_the_csv_is_the_geometry_of_the_geojson() {
    let written = text(&["export", "--format", "csv"]);
    let rows = rows(&written);
    let (id, wkt) = (column(&written, "id"), column(&written, "wkt"));
    let catalogue = tumen::catalogue().unwrap();
    assert_eq!(rows.len(), catalogue.features().len());
    for (row, feature) in rows.iter().zip(catalogue.features()) {
        assert_eq!(row[id], feature.id);
        let read = wkt::Wkt::<f64>::from_str(&row[wkt]).unwrap();
        let read: geo_types::Geometry = read.try_into().unwrap();
        assert!(Shape::new(read.clone(), EdgeModel::LonLat).is_ok(), "{}", feature.id);
        // Its edges are short enough as they stand.
        let shape = Shape::from_checked(read);
        let back = geojson::geometry(&shape).unwrap();
        assert_eq!(back, geojson::geometry(&feature.shape).unwrap(), "{}", feature.id);
    }
}

#[test]
fn what_is_read_is_written_to_the_same_bytes() {
    let folder = folder("again");
    for (format, name) in [("csv", "all.csv"), ("geojson", "all.geojson"), ("kml", "all.kml")] {
        let file = folder.join(name);
        text(&["export", "--format", format, "-o", file.to_str().unwrap()]);
        let again = text(&["export", "--format", format, "--input", file.to_str().unwrap()]);
        assert!(again == fs::read_to_string(&file).unwrap(), "{format}");
    }
}

#[test]
fn the_csv_holds_every_name_and_the_whole_note() {
    let written = text(&["export", "--format", "csv", "--kind", "zone"]);
    assert!(written.contains("\r\n") && !written.replace("\r\n", "").contains('\r'));
    let at = |name: &str| column(&written, name);
    let catalogue = tumen::catalogue().unwrap();
    let rows = rows(&written);
    assert!(rows.len() > 20, "{}", rows.len());
    for row in &rows {
        let feature = catalogue.get(&row[at("id")]).unwrap();
        assert_eq!(row[at("kind")], *"zone");
        for (code, name) in &feature.names.by_language {
            let column = if code == "en" { "name".to_owned() } else { format!("name_{code}") };
            assert_eq!(row[at(&column)], **name);
        }
        let printed: Vec<&str> =
            row[at("names_printed")].split("; ").filter(|name| !name.is_empty()).collect();
        assert_eq!(printed, feature.names.printed);
        assert_eq!(row[at("note")], *feature.note.as_deref().unwrap_or(""));
        assert_eq!(row[at("edtf")], *feature.span.edtf());
    }
    let fetz = rows.iter().find(|row| row[at("id")] == *"rajin-sonbong-fetz").unwrap();
    assert_eq!(fetz[at("edtf")], *"1991-12/..");
    assert_eq!(fetz[at("events")], *"established 1991-12; opened 1993; renamed [..2009]");
    assert_eq!((&fetz[at("year_from")], &fetz[at("year_to")]), ("1991", ""));
}

#[test]
fn a_user_s_own_properties_are_columns() {
    let file = folder("own-csv").join("own.geojson");
    fs::write(
        &file,
        r#"{"type":"Feature","id":"p","properties":{"name":"Park, \"east\"","owner":"a;b"},
        "geometry":{"type":"Point","coordinates":[130.5,42.25]}}"#,
    )
    .unwrap();
    let written = text(&["export", "--format", "csv", "--input", file.to_str().unwrap()]);
    let row = &rows(&written)[0];
    assert_eq!(row[column(&written, "name")], *"Park, \"east\"");
    assert_eq!(row[column(&written, "owner")], *"a;b");
    assert_eq!(row[column(&written, "wkt")], *"POINT (130.5 42.25)");
}

#[test]
fn linked_places_have_time_names_and_relations() {
    let json: Value = serde_json::from_str(&text(&[
        "export",
        "--format",
        "lpf",
        "--kind",
        "triangle",
        "--base",
        "https://example.org/",
    ]))
    .unwrap();
    let features = json["features"].as_array().unwrap();
    let small =
        features.iter().find(|f| f["@id"] == "https://example.org/small-tumen-triangle").unwrap();
    assert_eq!(small["when"]["timespans"][0]["start"]["in"], "1991");
    assert_eq!(small["when"]["timespans"][0]["end"]["in"], "1994-10");
    assert_eq!(small["properties"]["title"], small["names"][0]["toponym"]);
    assert_eq!(small["names"][0]["citations"][0]["year"], 1997);
    assert_eq!(small["geometry"]["type"], "Polygon");
    let members = small["relations"].as_array().unwrap().iter();
    let members: Vec<&Value> = members
        .filter(|relation| relation["relationType"] == "gvp:tgn3318_member_is")
        .map(|relation| &relation["relationTo"])
        .collect();
    let expected = ["rajin", "hunchun", "posyet"].map(|id| format!("https://example.org/{id}"));
    assert_eq!(members, expected.iter().collect::<Vec<_>>());
    // Of two names alike, one is written.
    for feature in features {
        let names = feature["names"].as_array().unwrap();
        let printed = names.iter().filter(|name| name.get("lang").is_none());
        for name in printed {
            let alike = names.iter().filter(|other| other["toponym"] == name["toponym"]).count();
            assert_eq!(alike, 1, "{}", feature["@id"]);
        }
    }
}

#[test]
fn a_package_lists_its_files_and_is_the_same_each_time() {
    let folder = folder("package");
    let (one, other) = (folder.join("one"), folder.join("other"));
    for path in [&one, &other] {
        text(&["export", "--format", "datapackage", "-o", path.to_str().unwrap()]);
    }
    let read = |path: &Path| fs::read(path).unwrap();
    let descriptor: Value = serde_json::from_slice(&read(&one.join("datapackage.json"))).unwrap();
    let resources = descriptor["resources"].as_array().unwrap();
    let mut listed: Vec<&str> =
        resources.iter().map(|resource| resource["path"].as_str().unwrap()).collect();
    listed.push("datapackage.json");
    listed.sort_unstable();
    let mut there: Vec<String> = fs::read_dir(&one)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    there.sort_unstable();
    assert_eq!(listed, there);
    for name in &there {
        assert!(read(&one.join(name)) == read(&other.join(name)), "{name}");
    }
    for resource in resources {
        let bytes = read(&one.join(resource["path"].as_str().unwrap()));
        assert_eq!(resource["bytes"], bytes.len());
        let Some(fields) = resource["schema"]["fields"].as_array() else { continue };
        let headers = csv::Reader::from_reader(&bytes[..]).headers().unwrap().clone();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(headers.iter().collect::<Vec<_>>(), names);
        assert!(fields.iter().all(|field| field["description"].as_str().unwrap().len() > 3));
    }
    let series = String::from_utf8(read(&one.join("series.csv"))).unwrap();
    let state = column(&series, "state");
    let value = column(&series, "value");
    let states: Vec<String> = rows(&series).iter().map(|row| row[state].to_owned()).collect();
    assert!(states.iter().any(|state| state == "lost"));
    for row in rows(&series) {
        let empty = row[value].is_empty();
        assert_eq!(empty, ["lost", "not given"].contains(&&row[state]), "{row:?}");
    }
}

#[test]
fn files_per_kind_hold_all_features_once() {
    let folder = folder("per-kind");
    text(&["export", "--format", "geojson", "--per-kind", "-o", folder.to_str().unwrap()]);
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let json: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let kind = path.file_stem().unwrap().to_str().unwrap();
        for feature in json["features"].as_array().unwrap() {
            assert_eq!(feature["properties"]["kind"], kind);
            assert!(feature["properties"]["edtf"].is_string());
            count += 1;
        }
    }
    assert_eq!(count, tumen::catalogue().unwrap().features().len());
}

#[test]
fn the_selection_counts_for_every_format() {
    let all = text(&["list", "zones", "--year", "1993", "--json"]).lines().count();
    let chosen = ["--kind", "zone", "--year", "1993"];
    let write = |format: &str| text(&[&["export", "--format", format], &chosen[..]].concat());
    assert_eq!(rows(&write("csv")).len(), all);
    for format in ["geojson", "lpf"] {
        let json: Value = serde_json::from_str(&write(format)).unwrap();
        assert_eq!(json["features"].as_array().unwrap().len(), all, "{format}");
    }
}

#[test]
fn several_files_need_a_folder() {
    for (arguments, expected) in [
        (&["export", "--format", "datapackage"][..], "folder"),
        (&["export", "--format", "geojson", "--per-kind"], "folder"),
        (&["export", "--format", "lpf", "--per-kind"], "only formats of layers"),
    ] {
        let output = tumen(arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(expected) && output.stdout.is_empty(), "{message}");
    }
}
