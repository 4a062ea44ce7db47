//! What distances and queries must obey whatever the shapes: `proptest` looks for a breach.

#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests")]

use geo_types::{Coord, LineString, Polygon};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{Relation, relate};
use tumen_geo_core::{Angle, EdgeModel, Length, LonLat, Shape};

/// The error of a distance, twice.
const TOLERANCE: f64 = 4e-3;

prop_compose! {
    fn position()(lon in -180.0..180.0_f64, lat in -90.0..90.0_f64) -> LonLat {
        LonLat::wrap(lon, lat)
    }
}

/// Corners of a ring around a center that never crosses itself.
fn corners() -> impl Strategy<Value = (LonLat, Vec<Coord>)> {
    (position(), prop::collection::vec(10.0..300.0_f64, 3..9)).prop_map(|(center, spokes)| {
        let step = 360.0 / spokes.len() as f64;
        let corner = |(i, spoke): (usize, &f64)| -> Coord {
            let bearing = Angle::degrees(step * i as f64);
            Geodesic::destination(center, bearing, Length::km(*spoke)).into()
        };
        (center, spokes.iter().enumerate().map(corner).collect())
    })
}

fn area(corners: &[Coord]) -> Option<Shape> {
    let ring = Polygon::new(LineString(corners.to_vec()), vec![]);
    Shape::new(ring.into(), EdgeModel::Geodesic).ok()
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::with_cases(64)
    })]

    #[test]
    fn distance_is_symmetric((_, a) in corners(), (_, b) in corners()) {
        let (Some(a), Some(b)) = (area(&a), area(&b)) else { return Ok(()) };
        let there = Geodesic::distance_between(&a, &b).to_m();
        let back = Geodesic::distance_between(&b, &a).to_m();
        prop_assert!((there - back).abs() < TOLERANCE, "{there} {back}");
        prop_assert_eq!(relate(&a, &b), relate(&b, &a).reversed());
        prop_assert_eq!(there == 0.0, relate(&a, &b) != Relation::Disjoint);
    }

    #[test]
    fn no_way_round_is_shorter((_, a) in corners(), p in position(), q in position()) {
        let Some(a) = area(&a) else { return Ok(()) };
        let to = |p| Geodesic::distance_between(&Shape::point(p), &a).to_m();
        let between = Geodesic::distance(p, q).to_m();
        prop_assert!(to(p) <= between + to(q) + TOLERANCE);
    }

    #[test]
    fn writing_a_ring_otherwise_changes_nothing(
        (center, ring) in corners(),
        p in position(),
        turn in 0..8_usize,
    ) {
        let Some(shape) = area(&ring) else { return Ok(()) };
        let mut rotated = ring.clone();
        rotated.rotate_left(turn % ring.len());
        let backwards: Vec<Coord> = ring.iter().rev().copied().collect();
        let eastwards: Vec<Coord> =
            ring.iter().map(|c| Coord { x: if c.x < 0.0 { c.x + 360.0 } else { c.x }, y: c.y }).collect();
        for other in [rotated, backwards, eastwards] {
            let Some(other) = area(&other) else {
                prop_assert!(false, "{ring:?}");
                continue;
            };
            let areas = Geodesic::area(&other) / Geodesic::area(&shape);
            prop_assert!((areas - 1.0).abs() < 1e-8, "{areas}");
            for from in [Shape::point(p), Shape::point(center)] {
                let (one, two) =
                    (Geodesic::distance_between(&from, &shape), Geodesic::distance_between(&from, &other));
                prop_assert!((one - two).abs().to_m() < TOLERANCE, "{one:?} {two:?}");
            }
        }
    }

    #[test]
    fn more_is_more(points in prop::collection::vec(position(), 1..40), from in position(), k in 1..20_usize) {
        let named = |(i, at): (usize, &LonLat)| Named { id: format!("{i:02}"), shape: Shape::point(*at) };
        let index = SpatialIndex::new(points.iter().enumerate().map(named).collect());
        let from = Shape::point(from);
        let ids = |k| -> Vec<usize> { index.near(&from, k, |_| true).value.iter().map(|h| h.index).collect() };
        let (few, more) = (ids(k), ids(k + 1));
        prop_assert_eq!(&few[..], &more[..few.len()]);
        let within = |km| index.within_distance(&from, Length::km(km), |_| true).value.len();
        prop_assert!(within(100.0) <= within(1_000.0) && within(1_000.0) <= within(30_000.0));
        prop_assert_eq!(within(30_000.0), points.len());
    }
}
