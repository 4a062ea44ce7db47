//! The published JSON Schema of map specs is that of the types.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

fn root(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let remade = tumen::map::schema().unwrap();
    assert!(
        root("docs/map-spec.schema.json") == remade,
        "stale: cargo run -- map --print-schema > docs/map-spec.schema.json"
    );
}
