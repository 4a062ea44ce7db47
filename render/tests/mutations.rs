//! Map specs damaged some thousand times: nothing panics, and an error says something.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../../geo-core/tests/mutations/mutate.rs"]
mod mutate;

use mutate::Random;
use tumen_render::spec::{BaseSpec, MapSpec};

const MAPS: [&str; 4] = [
    include_str!("../../data/maps/small-triangle.toml"),
    include_str!("../../data/maps/capital-flows.toml"),
    include_str!("../../data/maps/zones-by-year.toml"),
    include_str!("../../data/maps/hunchun.toml"),
];

#[test]
fn damaged_specs() {
    let pieces = ["\"", "'", "[", "]", "{", "}", "= ", ",", "\n", "1e999", "-1", "nan", "#", "é"];
    let mut random = Random(1);
    let jsons = MAPS.map(|map| toml::from_str::<serde_json::Value>(map).unwrap().to_string());
    let (mut tomls_read, mut jsons_read) = (0, 0);
    for round in 0..3_000 {
        let place = round % MAPS.len();
        let text = random.damaged(MAPS[place].as_bytes(), &pieces);
        if let Ok(text) = String::from_utf8(text) {
            match MapSpec::from_toml(&text) {
                Ok(_) => tomls_read += 1,
                Err(error) => assert!(!error.to_string().is_empty()),
            }
            if let Err(error) = BaseSpec::from_toml(&text) {
                assert!(!error.to_string().is_empty());
            }
        }
        let text = random.damaged(jsons[place].as_bytes(), &pieces);
        if let Ok(text) = String::from_utf8(text) {
            jsons_read += usize::from(MapSpec::from_json(&text).is_ok());
        }
    }
    assert!(tomls_read > 100 && jsons_read > 20, "{tomls_read} {jsons_read}");
}
