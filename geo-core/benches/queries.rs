//! Speed of building an index and of each query: `cargo bench -p tumen-geo-core`.
//!
//! One hundred features around the Tumen mouth: three regions of 10 000 positions, twelve zones of
//! 200, and points.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use geo_types::{Coord, LineString, Polygon};
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::query::overlap_of;
use tumen_geo_core::{Angle, EdgeModel, Length, LonLat, Shape};

/// A round area with a ragged shore.
fn region(center: LonLat, radius: Length, corners: u32) -> Shape {
    let ring: LineString = (0..corners)
        .map(|i| {
            let ragged = 0.9 + 0.1 * f64::from(i * 7919 % 1000) / 1000.0;
            let bearing = Angle::degrees(360.0 * f64::from(i) / f64::from(corners));
            Coord::from(Geodesic::destination(center, bearing, radius * ragged))
        })
        .collect();
    let region = Shape::new(Polygon::new(ring, vec![]).into(), EdgeModel::LonLat);
    region.unwrap_or_else(|_| Shape::point(center))
}

fn features() -> Vec<Named> {
    let shape = |i: u32| {
        let center = LonLat::wrap(
            127.0 + f64::from(i * 37 % 100) / 15.0,
            40.0 + f64::from(i * 61 % 100) / 20.0,
        );
        match i {
            0..3 => region(center, Length::km(150.0), 10_000),
            3..15 => region(center, Length::km(20.0), 200),
            _ => Shape::point(center),
        }
    };
    (0..100).map(|i| Named { id: format!("{i:03}"), shape: shape(i) }).collect()
}

fn queries(c: &mut Criterion) {
    let items = features();
    let mouth = Shape::point(LonLat::wrap(130.70, 42.29));
    let far = Shape::point(LonLat::wrap(139.69, 35.69));
    let zone = region(LonLat::wrap(130.4, 42.5), Length::km(60.0), 200);
    let (one, two) = (&items[0].shape, &items[1].shape);

    c.bench_function("distance, point to 10 000 positions", |b| {
        b.iter(|| Geodesic::distance_between(black_box(&far), one));
    });
    c.bench_function("distance, 10 000 to 10 000 positions", |b| {
        b.iter(|| Geodesic::distance_between(black_box(two), one));
    });
    c.bench_function("area, 10 000 positions", |b| b.iter(|| Geodesic::area(black_box(one))));
    c.bench_function("overlap, 10 000 with 10 000 positions", |b| {
        b.iter(|| overlap_of(black_box(one), two));
    });
    let borrowed = || items.iter().collect::<Vec<&Named>>();
    c.bench_function("build, 100 features", |b| b.iter(|| SpatialIndex::new(borrowed())));
    c.bench_function("build and near 10, 100 features", |b| {
        b.iter(|| SpatialIndex::new(borrowed()).near(black_box(&mouth), 10, |_| true).value.len());
    });
    let index = SpatialIndex::new(borrowed());
    c.bench_function("near 10 of 100, from a point", |b| {
        b.iter(|| index.near(black_box(&mouth), 10, |_| true).value.len());
    });
    c.bench_function("near 10 of 100, from an area", |b| {
        b.iter(|| index.near(black_box(&zone), 10, |_| true).value.len());
    });
    c.bench_function("within 200 km of 100", |b| {
        b.iter(|| {
            index.within_distance(black_box(&mouth), Length::km(200.0), |_| true).value.len()
        });
    });
    c.bench_function("within an area of 100", |b| {
        b.iter(|| index.within_area(black_box(&zone), |_| true).value.len());
    });
    c.bench_function("overlaps of 100", |b| b.iter(|| index.overlaps(|_| true).value.len()));
}

criterion_group!(benches, queries);
criterion_main!(benches);
