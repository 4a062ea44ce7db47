//! Reading the catalogue, composing and painting the presets.
//!
//! `cargo bench --bench maps`

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tumen::atlas::Atlas;
use tumen::render::compose;
use tumen::render::paint::{Metadata, PngOptions, png};
use tumen::render::spec::{BaseSpec, MapSpec};

fn catalogue(c: &mut Criterion) {
    c.bench_function("read the catalogue", |b| b.iter(|| tumen::catalogue().unwrap()));
}

fn maps(c: &mut Criterion) {
    let base = BaseSpec::from_toml(include_str!("../data/maps/base.toml")).unwrap();
    let fonts = tumen::fonts().unwrap();
    for (name, text) in tumen::map::PRESETS {
        let spec = MapSpec::from_toml(text).unwrap().with_base(&base).unwrap();
        let atlas = Atlas::new(tumen::catalogue().unwrap(), "");
        c.bench_function(&format!("compose {name}"), |b| {
            b.iter(|| compose(black_box(&spec), &atlas, &fonts).unwrap());
        });
        let composed = compose(&spec, &atlas, &fonts).unwrap();
        let options = PngOptions { ppi: spec.page.ppi };
        let metadata = Metadata::default();
        c.bench_function(&format!("paint {name}"), |b| {
            b.iter(|| png(black_box(&composed.scene), &metadata, options).unwrap());
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = catalogue, maps
}
criterion_main!(benches);
