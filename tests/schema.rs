//! The published JSON Schemas are those of the types.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

fn root(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_published_schemas_are_those_of_the_types() {
    assert!(
        root("docs/map-spec.schema.json") == tumen::schema::map_spec().unwrap(),
        "stale: cargo run -- map --print-schema > docs/map-spec.schema.json"
    );
    assert!(
        root("docs/catalogue.schema.json") == tumen::schema::catalogue().unwrap(),
        "stale: cargo run -- check --print-schema > docs/catalogue.schema.json"
    );
}
