//! The stages of each crate may only use the ones before them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};

/// Stages in order; each may use itself and those before it.
const GEO_CORE: &[&str] = &[
    "error",
    "unit",
    "geometry",
    "measure",
    "projection",
    "predicate",
    "index",
    "raw",
    "validity",
    "model",
    "query",
    "check",
    "geojson",
];
const RENDER: &[&str] = &["error", "scene", "text", "spec", "project", "layout", "paint"];

/// `geometry` densifies along geodesics, so these two lean on each other.
const TOGETHER: &[(&str, &str)] = &[("geometry", "measure")];

/// Uses that the order allows but the house does not.
const APART: &[(&str, &str)] = &[("paint", "layout"), ("paint", "project"), ("paint", "spec")];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn stage(file: &Path, source: &Path) -> String {
    let first = file.strip_prefix(source).unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn violations(source: &str, order: &[&str]) -> Vec<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(source);
    let place = |name: &str| order.iter().position(|stage| *stage == name);
    let mut found = Vec::new();
    for file in rust_files(&source) {
        let from = stage(&file, &source);
        let text = fs::read_to_string(&file).unwrap();
        let code = |line: &&str| !line.trim_start().starts_with("//");
        for (number, line) in text.lines().enumerate().filter(|(_, line)| code(line)) {
            for rest in line.split("crate::").skip(1) {
                let to: String =
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let (Some(a), Some(b)) = (place(&from), place(&to)) else { continue };
                let together = TOGETHER.contains(&(from.as_str(), to.as_str()));
                let apart = APART.contains(&(from.as_str(), to.as_str()));
                if (b > a && !together) || apart {
                    found.push(format!("{}:{}: {from} uses {to}", file.display(), number + 1));
                }
            }
        }
    }
    found
}

#[test]
fn stages_only_use_earlier_ones() {
    let mut found = violations("geo-core/src", GEO_CORE);
    found.extend(violations("render/src", RENDER));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_stage_has_its_place() {
    for (source, order) in [("geo-core/src", GEO_CORE), ("render/src", RENDER)] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(source);
        for file in rust_files(&root) {
            let stage = stage(&file, &root);
            assert!(
                stage == "lib" || order.contains(&stage.as_str()),
                "{} is in no stage",
                file.display()
            );
        }
    }
}

#[test]
fn crates_point_one_way() {
    let manifest =
        |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    assert!(!manifest("geo-core/Cargo.toml").contains("tumen-render"));
    let render =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("render/Cargo.toml"));
    assert!(render.unwrap().contains("tumen-geo-core"));
}

#[test]
fn the_renderer_knows_no_ports_and_the_core_no_colours() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = |file: &Path| {
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap().to_lowercase();
        code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<String>()
    };
    let tests = |file: &PathBuf| file.file_name().is_some_and(|name| name == "tests.rs");
    for file in rust_files(&root.join("render/src")).into_iter().filter(|file| !tests(file)) {
        for word in ["seaport", "borderport", "border-port", "growth"] {
            assert!(!code(&file).contains(word), "{} speaks of {word}", file.display());
        }
    }
    for file in rust_files(&root.join("geo-core/src")) {
        for word in ["color", "colour", "stroke", "pixel"] {
            assert!(!code(&file).contains(word), "{} speaks of {word}", file.display());
        }
    }
}
