//! Every example runs and prints what it promises. `cargo test` builds them first.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    // target/PROFILE/tumen → target/PROFILE/examples
    Path::new(env!("CARGO_BIN_EXE_tumen")).parent().unwrap().join("examples")
}

fn output(example: &str) -> String {
    let output = Command::new(folder().join(example)).output().unwrap();
    assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn near_lists_seaports_in_order() {
    let printed = output("1_near");
    let distances: Vec<f64> = (printed.lines().skip(1))
        .filter_map(|line| line.split("km").next()?.trim().parse().ok())
        .collect();
    assert_eq!(distances.len(), 5, "{printed}");
    assert!(distances.is_sorted());
}

#[test]
fn overlap_gives_areas_and_shares() {
    let printed = output("2_overlap");
    assert_eq!(printed.lines().count(), 3);
    assert_eq!(printed.matches("km²").count(), 3, "{printed}");
}

#[test]
fn a_map_is_written() {
    let printed = output("3_map");
    let path = printed.trim().split(" in ").last().unwrap();
    assert!(std::fs::read(path).unwrap().starts_with(b"\x89PNG"), "{printed}");
}

#[test]
fn own_data_go_in_and_out() {
    let printed = output("4_own_data");
    assert!(printed.contains("Lantau: ") && printed.contains("FeatureCollection"), "{printed}");
}

#[test]
fn ports_hang_together_and_triangles_lie_in_triangles() {
    let printed = output("5_together");
    assert!(printed.contains("  only by Nakhodka"), "{printed}");
    assert!(printed.contains("\n    Small Tumen triangle 100.0 %"), "{printed}");
}

#[test]
fn every_example_is_listed_and_run() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(here.join("examples/README.md")).unwrap();
    let this = std::fs::read_to_string(here.join("tests/examples.rs")).unwrap();
    for entry in std::fs::read_dir(here.join("examples")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            assert!(readme.contains(&format!("{name}.rs")), "{name} is not in the README");
            assert!(this.contains(&format!("output(\"{name}\")")), "{name} is not run");
        }
    }
}
