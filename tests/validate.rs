//! `tumen validate` on the files of `validity/`: each verdict, and each repair read again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn validate(file: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tumen"));
    command.arg("validate").arg(file).args(arguments).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn kinds(problems: &[Value], severity: &str) -> BTreeSet<String> {
    let of = problems.iter().filter(|problem| problem["severity"] == severity);
    of.map(|problem| problem["kind"].as_str().unwrap().to_owned()).collect()
}

/// A file of the table, what is expected of it, what GEOS says.
struct Case {
    file: PathBuf,
    good: bool,
    kinds: Vec<&'static str>,
    geos: &'static str,
}

fn cases() -> Vec<Case> {
    let table = include_str!("validity/expected.tsv");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validity");
    let case = |line: &'static str| {
        let fields: Vec<&str> = line.split('\t').collect();
        Case {
            file: folder.join(format!("{}.geojson", fields[0])),
            good: fields[0].starts_with("good/"),
            kinds: fields[1].split_whitespace().collect(),
            geos: fields[2],
        }
    };
    table.lines().filter(|line| !line.starts_with('#')).map(case).collect()
}

#[test]
fn each_file_gets_its_verdict() {
    let (mut good, mut bad) = (0, 0);
    for Case { file, good: is_good, kinds: expected, geos } in cases() {
        let output = validate(&file, &["--json"]);
        let problems = lines(&output);
        let errors = kinds(&problems, "error");
        let file = file.display();
        assert_eq!(errors.is_empty(), is_good, "{file}: {errors:?}");
        assert_eq!(output.status.code(), Some(i32::from(!is_good)), "{file}");
        let found: BTreeSet<String> =
            ["error", "warning", "note"].into_iter().flat_map(|s| kinds(&problems, s)).collect();
        for kind in &expected {
            assert!(found.contains(*kind), "{file}: {kind} is not in {found:?}");
        }
        if is_good {
            good += 1;
            let beside = found.iter().filter(|kind| !expected.contains(&kind.as_str()));
            let beside: Vec<&String> = beside.filter(|kind| *kind != "no-id").collect();
            assert!(beside.is_empty(), "{file}: {beside:?}");
        } else {
            bad += 1;
        }
        // What GEOS refuses is refused but for rings around a pole, which the plane does not know.
        let valid = matches!(geos, "Valid Geometry" | "-") || expected.contains(&"around-pole");
        assert!(valid || !is_good, "{file}: {geos}");
    }
    assert!(good > 30 && bad > 45, "{good} {bad}");
}

/// What is repaired, read again, has no errors; what cannot be is left out and named.
#[test]
fn each_file_is_repaired_or_left_out() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("repaired");
    fs::create_dir_all(&folder).unwrap();
    let hopeless = [
        "swapped",
        "latitude-95",
        "metres",
        "eastings-only",
        "collection",
        "three-positions",
        "one-place",
        "short-line",
        "line-of-one",
        "flat-ring",
        "hole-is-shell",
    ];
    for Case { file, kinds: expected, .. } in cases() {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let to = folder.join(format!("{name}.geojson"));
        let output = validate(&file, &["--json", "--repair", "-o", to.to_str().unwrap()]);
        let left_out = lines(&output).iter().any(|line| line["outcome"] == "left out");
        let unread = expected == ["unreadable"];
        if !unread {
            assert_eq!(left_out, hopeless.contains(&name), "{name}");
        }
        let whole = !(left_out || unread);
        assert_eq!(output.status.code(), Some(i32::from(!whole)), "{name}");
        let again = validate(&to, &["--json"]);
        let errors = kinds(&lines(&again), "error");
        // A file of which nothing is left is empty, which is no error either.
        assert!(errors.is_empty(), "{name}: {errors:?}");
        let text = fs::read_to_string(&to).unwrap();
        let features = tumen_geo_core::geojson::Features::new(text.as_bytes());
        for feature in features {
            let feature = feature.unwrap();
            if feature.raw().unwrap().geometry.is_some() {
                feature.read(tumen_geo_core::EdgeModel::LonLat).unwrap();
            }
        }
    }
}

/// What needs no repair is not touched, and what does keeps all but its geometry.
#[test]
fn a_repair_changes_nothing_else() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (from, to) = (folder.join("kept.geojson"), folder.join("kept-repaired.geojson"));
    let kept = r#"{"type":"Feature", "id":7, "note":{"a":[1]}, "geometry":{"type":"Point","coordinates":[130.50,42.1,9]},"properties":{"x":1e2}}"#;
    let open = r#"{"properties": {"b":[1,{"c":2}]}, "geometry": {"type":"Polygon","coordinates":[[[130.1,42],[131,42],[131,43.123456789012]]]}, "type":"Feature","id":8}"#;
    fs::write(&from, format!("{{\"type\":\"FeatureCollection\",\"features\":[{kept},\n{open}]}}"))
        .unwrap();
    let output = validate(&from, &["--repair", "-o", to.to_str().unwrap()]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}");
    assert!(told.contains("ring-not-closed: repeats the first position at the end"), "{told}");
    assert!(told.contains("2 features; 1 error (in 1 feature)"), "{told}");
    assert!(told.contains("no position moved"), "{told}");
    let closed = open.replace("43.123456789012]]]", "43.123456789012],[130.1,42]]]");
    let expected =
        format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{kept},\n{closed}\n]}}\n");
    let written = fs::read_to_string(&to).unwrap();
    assert_eq!(written, expected);
}

/// A polygon over ±180° is cut there, its area is what it was, and reading joins it again.
#[test]
fn what_crosses_180_is_cut_and_joined_again() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validity/good/uncut-at-180.geojson");
    let to = folder.join("cut.geojson");
    let output = validate(&file, &["--json", "--repair", "-o", to.to_str().unwrap()]);
    let line = lines(&output).into_iter().find(|line| line["outcome"] == "repaired").unwrap();
    assert_eq!(line["area_before_km2"], line["area_after_km2"]);
    let written = fs::read_to_string(&to).unwrap();
    assert!(written.contains("\"MultiPolygon\""), "{written}");
    let area = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        let records =
            tumen_geo_core::geojson::read(&text, tumen_geo_core::EdgeModel::LonLat).unwrap();
        tumen_geo_core::measure::Geodesic::area(&records[0].shape).to_m2()
    };
    let (before, after) = (area(&file), area(&to));
    // Degrees wrapped by a turn are rounded to 3e-14: some 1e-2 m² on a side of 200 km.
    assert!((before - after).abs() < 0.1, "{before} {after}");
    assert!(before > 6e10, "{before}");
}

/// With the latitude first, as the user says.
#[test]
fn swapped_positions_are_swapped_when_that_is_said() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validity/bad/swapped.geojson");
    assert_eq!(validate(&file, &[]).status.code(), Some(1));
    assert_eq!(validate(&file, &["--swap"]).status.code(), Some(0));
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("swapped.geojson");
    let output = validate(&file, &["--swap", "--repair", "-o", to.to_str().unwrap()]);
    assert!(output.status.success());
    assert!(fs::read_to_string(&to).unwrap().contains("[[[130,42],[131,42],[131,43]"));
}

#[test]
fn places_are_told() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validity/bad/bow-tie.geojson");
    let output = validate(&file, &[]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("feature 'f0' (number 0):"), "{told}");
    let crossing = "error: the ring crosses itself, ring 0, position 2; with ring 0, position 0, at \
                    130.5,42.5 [ring-crosses-itself]";
    assert!(told.contains(crossing), "{told}");
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("there is 1 error in the file"), "{error}");
    let file = file.with_file_name("not-a-number.geojson");
    let told = String::from_utf8(validate(&file, &[]).stdout).unwrap();
    assert!(told.contains("line 2"), "{told}");
}
