//! Every example runs and prints what it promises. `cargo test` builds them first.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> PathBuf {
    // target/PROFILE/tumen → target/PROFILE/examples
    Path::new(env!("CARGO_BIN_EXE_tumen")).parent().unwrap().join("examples")
}

fn output(example: &str) -> String {
    output_of(example, &[])
}

fn output_of(example: &str, arguments: &[&Path]) -> String {
    let output = Command::new(folder().join(example)).args(arguments).output().unwrap();
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
fn the_chapter_on_the_plane_is_what_its_program_prints() {
    let printed = output("6_plane");
    let published = std::fs::read_to_string(root().join("docs/plane.md")).unwrap();
    assert!(published == printed, "stale: cargo run --example 6_plane > docs/plane.md");
    let folder = std::env::temp_dir().join(format!("tumen-plane-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    output_of("6_plane", &[&folder]);
    for name in ["edges.geojson", "rings.geojson"] {
        let drawn = std::fs::read(root().join("docs/plane").join(name)).unwrap();
        let remade = std::fs::read(folder.join(name)).unwrap();
        assert!(drawn == remade, "{name} is stale: bash docs/remake");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A millionth: an edge is followed in 2000 steps, which costs a quarter of that in the area beside
/// it; all else agrees to 1e-8.
#[test]
fn other_programs_find_the_same_numbers() {
    let published = std::fs::read_to_string(root().join("docs/plane.md")).unwrap();
    let rows = published.split("by other programs").last().unwrap();
    let mut compared = 0;
    for row in rows.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [ours, theirs] = [cells[2], cells[3]].map(|cell| cell.parse::<f64>().unwrap());
        assert!(
            (ours - theirs).abs() <= 1e-6 * theirs,
            "{row}: after a change of positions, run examples/6_plane/oracle.py again"
        );
        compared += 1;
    }
    let oracle = std::fs::read_to_string(root().join("examples/6_plane/oracle.tsv")).unwrap();
    assert_eq!(compared, oracle.lines().count());
}

#[test]
fn every_example_is_listed_and_run() {
    let readme = std::fs::read_to_string(root().join("examples/README.md")).unwrap();
    let this = std::fs::read_to_string(root().join("tests/examples.rs")).unwrap();
    for entry in std::fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "rs") {
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            assert!(readme.contains(&format!("[{file}]")), "{file} is not in the README");
            assert!(this.contains(&format!("output(\"{name}\")")), "{name} is not run");
        }
    }
}
