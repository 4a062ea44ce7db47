//! Parts by combination of areas, against GEOS and against brute force.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Coord, LineString, Polygon};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde::Deserialize;
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::contains;
use tumen_geo_core::query::Part;
use tumen_geo_core::{Angle, EdgeModel, Length, LonLat, Shape};

/// What `combine/make.py` writes.
#[derive(Deserialize)]
struct Case {
    name: String,
    rings: Vec<Vec<(f64, f64)>>,
    parts: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    members: Vec<usize>,
    m2: f64,
}

fn area(ring: &[Coord], edges: EdgeModel) -> Option<Shape> {
    Shape::new(Polygon::new(LineString(ring.to_vec()), vec![]).into(), edges).ok()
}

fn indexed(shapes: Vec<Shape>) -> SpatialIndex<Named> {
    let named = |(i, shape)| Named { id: format!("{i:02}"), shape };
    SpatialIndex::new(shapes.into_iter().enumerate().map(named).collect())
}

/// No area that GEOS finds is missing, none is more, each is as large, but for slivers.
#[test]
fn parts_are_those_of_geos() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("combine/parts.json")).unwrap();
    for Case { name, rings, parts } in cases {
        let shape = |ring: &Vec<(f64, f64)>| {
            let ring: Vec<Coord> = ring.iter().map(|&(x, y)| Coord { x, y }).collect();
            area(&ring, EdgeModel::LonLat).unwrap()
        };
        let index = indexed(rings.iter().map(shape).collect());
        let found = index.combine(|_| true).value;
        for Expected { members, m2 } in &parts {
            let part = found.iter().find(|part| part.members == *members);
            // Slivers are at most a metre along boundaries of some hundred kilometres.
            let (area, error) = part.map_or((0.0, 1e3), |p| (p.area.to_m2(), p.error.to_m2()));
            assert!((area - m2).abs() <= error, "{name} {members:?}: {area} {m2} {error}");
        }
        for part in &found {
            assert!(parts.iter().any(|p| p.members == part.members), "{name} {:?}", part.members);
        }
        let order = |part: &Part| (part.members.len(), part.members.clone());
        assert!(found.is_sorted_by_key(order), "{name}");
    }
}

#[test]
fn apart_is_whole_and_lines_are_left_out() {
    let square = |west: f64| {
        let ring = [(0., 0.), (1., 0.), (1., 1.), (0., 1.)];
        let ring = ring.map(|(x, y)| Coord { x: west + x, y: 42.0 + y });
        area(&ring, EdgeModel::LonLat).unwrap()
    };
    let line = LineString::from(vec![(130.0, 42.0), (135.0, 43.0)]);
    let line = Shape::new(line.into(), EdgeModel::Geodesic).unwrap();
    let index = indexed(vec![square(133.0), line, square(130.0), square(131.0)]);
    let answer = index.combine(|_| true);
    let members: Vec<&[usize]> = answer.value.iter().map(|part| &part.members[..]).collect();
    assert_eq!(members, [[0], [2], [3]]);
    for part in &answer.value {
        assert_eq!(part.shape, index.items()[part.members[0]].shape);
        assert!((part.shares[0] - 1.0).abs() < 1e-12);
    }
    assert_eq!(answer.explain.indexed, 4);
    assert!(index.combine(|_| false).value.is_empty());
    let one = index.combine(|item| item.id == "02").value;
    assert_eq!(one.len(), 1);
}

/// Rings around a center that never cross themselves.
fn stars() -> impl Strategy<Value = Vec<Shape>> {
    let center = (-180.0..180.0_f64, -85.0..85.0_f64);
    let spokes = || prop::collection::vec(10.0..300.0_f64, 3..9);
    let star = (0.0..360.0_f64, 0.0..300.0_f64, spokes());
    (center, prop::collection::vec(star, 2..7)).prop_map(|((lon, lat), stars)| {
        let shape = |(bearing, away, spokes): &(f64, f64, Vec<f64>)| {
            let center = LonLat::wrap(lon, lat);
            let center = Geodesic::destination(center, Angle::degrees(*bearing), Length::km(*away));
            let step = 360.0 / spokes.len() as f64;
            let corner = |(i, spoke): (usize, &f64)| -> Coord {
                let bearing = Angle::degrees(step * i as f64);
                Geodesic::destination(center, bearing, Length::km(*spoke)).into()
            };
            let ring: Vec<Coord> = spokes.iter().enumerate().map(corner).collect();
            area(&ring, EdgeModel::Geodesic)
        };
        stars.iter().filter_map(shape).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(24)
    })]

    #[test]
    fn parts_add_up_and_share_nothing(shapes in stars()) {
        let index = indexed(shapes);
        let parts = index.combine(|_| true).value;
        for (member, item) in index.items().iter().enumerate() {
            let own: Vec<&Part> = parts.iter().filter(|p| p.members.contains(&member)).collect();
            let sum: f64 = own.iter().map(|part| part.area.to_m2()).sum();
            let error: f64 = own.iter().map(|part| part.error.to_m2()).sum();
            let whole = Geodesic::area(&item.shape).to_m2();
            prop_assert!((sum - whole).abs() <= error, "{member}: {sum} {whole} {error}");
            let shares: f64 = (own.iter())
                .map(|p| p.shares[p.members.iter().position(|&m| m == member).unwrap()])
                .sum();
            prop_assert!((shares - 1.0).abs() <= error / whole, "{member}: {shares}");
        }
        // Positions all over the first two: each lies in the one part of just its areas.
        for item in index.items().iter().take(2) {
            let bbox = item.shape.bbox();
            for i in 0..100 {
                let (x, y) = (f64::from(i % 10) + 0.537, f64::from(i / 10) + 0.491);
                let at = LonLat::wrap(
                    bbox.west + x / 10.0 * bbox.width_degrees(),
                    bbox.south + y / 10.0 * (bbox.north - bbox.south),
                );
                let members: Vec<usize> = (0..index.len())
                    .filter(|&i| contains(&index.items()[i].shape, at))
                    .collect();
                let holding: Vec<&[usize]> =
                    parts.iter().filter(|p| contains(&p.shape, at)).map(|p| &p.members[..]).collect();
                let expected: Vec<&[usize]> =
                    if members.is_empty() { vec![] } else { vec![&members] };
                // Boundaries belong to both sides, and are off by the grid; none is met by chance.
                prop_assert_eq!(holding, expected, "{}", at);
            }
        }
    }
}
