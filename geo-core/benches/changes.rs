//! Speed of building, keeping and changing an index of a million points:
//! `cargo bench -p tumen-geo-core --bench changes`.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use tumen_geo_core::index::{Spatial, SpatialIndex};
use tumen_geo_core::{LonLat, Shape};

#[derive(Clone)]
struct Plain(Shape);

impl Spatial for Plain {
    fn id(&self) -> &'static str {
        ""
    }
    fn shape(&self) -> &Shape {
        &self.0
    }
}

/// Points all over the earth, from Knuth's MMIX generator.
fn points(count: usize, seed: u64) -> Vec<Plain> {
    let mut seed = seed;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut point =
        || Plain(Shape::point(LonLat::wrap(360.0 * random() - 180.0, 170.0 * random() - 85.0)));
    std::iter::repeat_with(&mut point).take(count).collect()
}

const MANY: usize = 1_000_000;
const SOME: usize = 100_000;

fn insert_all(mut index: SpatialIndex<Plain>, more: &[Plain]) -> SpatialIndex<Plain> {
    for item in more {
        index.insert(item.clone());
    }
    index
}

/// Takes out items all over the index.
fn remove_some(mut index: SpatialIndex<Plain>) -> SpatialIndex<Plain> {
    for i in 0..SOME {
        black_box(index.remove(i * 7919 % index.len()));
    }
    index
}

fn changes(c: &mut Criterion) {
    let (items, more) = (points(MANY, 1), points(SOME, 2));
    let new = || SpatialIndex::new(items.clone());
    let bytes = new().to_bytes();

    let mut group = c.benchmark_group("1 000 000 points");
    group.sample_size(10).throughput(Throughput::Elements(MANY as u64));
    group.bench_function("new", |b| {
        b.iter_batched(|| items.clone(), SpatialIndex::new, BatchSize::PerIteration);
    });
    group.bench_function("to_bytes", |b| b.iter_with_setup(new, |index| index.to_bytes()));
    group.bench_function("from_bytes", |b| {
        let read = |items| SpatialIndex::from_bytes(items, &bytes);
        b.iter_batched(|| items.clone(), read, BatchSize::PerIteration);
    });
    group.finish();

    let mut group = c.benchmark_group("100 000 points");
    group.sample_size(10).throughput(Throughput::Elements(SOME as u64));
    group.bench_function("inserted into none", |b| {
        let none = || SpatialIndex::new(Vec::new());
        b.iter_batched(none, |index| insert_all(index, &more), BatchSize::PerIteration);
    });
    group.bench_function("inserted into 1 000 000", |b| {
        b.iter_batched(new, |index| insert_all(index, &more), BatchSize::PerIteration);
    });
    group.bench_function("removed from 1 000 000", |b| {
        b.iter_batched(new, remove_some, BatchSize::PerIteration);
    });
    group.finish();

    let rajin = Shape::point(LonLat::wrap(130.298, 42.249));
    let together = SpatialIndex::new(items.iter().chain(&more).cloned().collect());
    let one_by_one = insert_all(new(), &more);
    for (name, index) in [("together", together), ("one by one", one_by_one)] {
        c.bench_function(&format!("near 10 of 1 100 000, the last 100 000 added {name}"), |b| {
            b.iter(|| index.near(black_box(&rajin), 10, |_| true).value.len());
        });
    }
}

criterion_group!(benches, changes);
criterion_main!(benches);
