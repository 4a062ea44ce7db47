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
