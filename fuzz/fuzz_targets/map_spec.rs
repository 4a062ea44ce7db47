//! Map specs and base maps, as TOML and as JSON: no panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tumen_render::spec::{BaseSpec, MapSpec};

fuzz_target!(|text: &str| {
    let base = BaseSpec::from_toml(text);
    let maps = [MapSpec::from_toml(text), MapSpec::from_json(text)];
    if let Ok(base) = base {
        for map in maps.into_iter().flatten() {
            drop(map.with_base(&base));
        }
    }
});
