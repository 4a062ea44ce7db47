//! `tumen join` as a user drives it: layers from files and the catalogue, rows out.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

fn join(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tumen"));
    let output = command.arg("join").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "no progress bar off a terminal");
    String::from_utf8(output.stdout).unwrap()
}

/// The nearest other border port to each, one row a port and never itself.
#[test]
fn a_layer_with_itself() {
    let rows = join(&["--kind", "border-port", "--with", "border-port", "--by", "nearest"]);
    let mut lines = rows.lines();
    assert_eq!(lines.next(), Some("left,right,distance_km,left_lon,left_lat,right_lon,right_lat"));
    let pairs: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert!(pairs.len() > 50);
    assert!(pairs.iter().all(|pair| pair[0] != pair[1]));
    assert!(pairs.iter().any(|pair| pair[..2] == ["quanhe-port", "wonjong-port"]));
}

/// A sequence of features, one of them at Hunchun, on one thread and on two.
#[test]
fn a_file_of_features_in_any_number_of_threads() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("points.geojsonl");
    let mut text = String::new();
    for i in 0..3_000 {
        let (lon, lat) = (120.0 + f64::from(i % 60) * 0.25, 40.0 + f64::from(i / 60) * 0.1);
        let point = format!(r#"{{"type":"Point","coordinates":[{lon},{lat}]}}"#);
        let _ = writeln!(text, r#"{{"type":"Feature","id":"p{i}","geometry":{point}}}"#);
    }
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let with = ["--input", file, "--with", "small-tumen-triangle", "--by", "within", "--json"];
    let one = join(&[&with[..], &["--threads", "1"]].concat());
    assert_eq!(one, join(&[&with[..], &["--threads", "2"]].concat()));
    let found: Vec<serde_json::Value> =
        one.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!found.is_empty());
    assert!(found.iter().all(|row| row["relation"] == "covered by"));
    let all = join(&[&with[..], &["--all"]].concat());
    assert_eq!(all.lines().count(), 3_000);
    let out = folder.join("joined.csv");
    let to = out.to_str().unwrap();
    let told = join(&["--input", file, "--with", "rajin", "--by", "100km", "-o", to]);
    let written = fs::read_to_string(&out).unwrap();
    let pairs = written.lines().count() - 1;
    assert!(pairs > 10);
    assert_eq!(told, format!("Wrote {pairs} pairs to {to}.\n"));
}

/// What was there is there still, and nothing is printed before the failure.
#[test]
fn a_broken_file_is_named_and_nothing_is_lost() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let point = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[130.3,42.3]}}"#;
    for (name, text, expected) in [
        ("empty.geojson", String::new(), "there is nothing in it"),
        ("cut.geojson", format!("{point}\n{{\"type\":"), "ends too early"),
        ("nan.geojson", r#"{"type":"Point","coordinates":[NaN,1]}"#.to_owned(), "not JSON"),
        ("far.geojson", r#"{"type":"Point","coordinates":[1,99]}"#.to_owned(), "latitude 99"),
    ] {
        let file = folder.join(name);
        fs::write(&file, &text).unwrap();
        let file = file.to_str().unwrap();
        let kept = folder.join("kept.csv");
        fs::write(&kept, "kept").unwrap();
        let run = |more: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tumen"));
            command.args(["join", "--input", file, "--with", "posyet", "--by", "1m"]);
            let output = command.args(more).output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{name}");
            assert!(output.stdout.is_empty(), "{name}");
            String::from_utf8(output.stderr).unwrap()
        };
        for errors in [run(&[]), run(&["-o", kept.to_str().unwrap()])] {
            assert!(errors.contains(name) && errors.contains(expected), "{errors}");
        }
        assert_eq!(fs::read_to_string(&kept).unwrap(), "kept");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 5, "no half-written file is left");
}

/// A file may be joined into itself, and a selection is of its features.
#[test]
fn a_selection_of_a_file() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("zones.geojson");
    let zone = |id: &str, kind: &str, year: i32| {
        format!(
            r#"{{"type":"Feature","id":"{id}","properties":{{"kind":"{kind}","year_from":{year}}},"geometry":{{"type":"Point","coordinates":[130.3,42.3]}}}}"#
        )
    };
    let text =
        [zone("나진", "zone", 1991), zone("old", "zone", 1950), zone("port", "seaport", 1991)];
    fs::write(&file, text.join("\n")).unwrap();
    let file = file.to_str().unwrap();
    let with = ["--input", file, "--with", "rajin", "--by", "50km"];
    let rows = |more: &[&str]| join(&[&with[..], more].concat()).lines().count() - 1;
    assert_eq!([rows(&[]), rows(&["--kind", "zone"]), rows(&["--year", "1960"])], [3, 2, 1]);
    join(&[&with[..], &["-o", file]].concat());
    assert!(fs::read_to_string(file).unwrap().starts_with("left,right,distance_km"));
}

#[test]
fn what_joins_nothing_is_explained() {
    let fails = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tumen"));
        let output = command.arg("join").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(fails(&["--kind", "seaport"]).contains("--with"));
    assert!(fails(&["--with", "rajin", "--by", "touching"]).contains("nearest:3"));
}
