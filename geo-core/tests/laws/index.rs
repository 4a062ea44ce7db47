//! Queries of an index: more is more, and nothing else than brute force finds.

use proptest::prelude::*;
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{covers, intersects, relate};
use tumen_geo_core::query::{JoinBy, overlap_of};
use tumen_geo_core::{Length, Shape};

use crate::cases;
use crate::shapes::layer;

/// Metres: each of two distances is known to 2 mm.
const TWICE: f64 = 4e-3;

/// An index of shapes whose ids are in another order than their places.
fn index_of(shapes: &[Shape]) -> SpatialIndex<Named> {
    let named = |(i, shape): (usize, &Shape)| Named {
        id: format!("{:02}", i * 37 % 100),
        shape: shape.clone(),
    };
    SpatialIndex::new(shapes.iter().enumerate().map(named).collect())
}

/// Distance and id of each item, nearest first.
fn by_distance(index: &SpatialIndex<Named>, from: &Shape) -> Vec<(f64, String)> {
    let mut all: Vec<(f64, String)> = (index.items().iter())
        .map(|item| (Geodesic::distance_between(from, &item.shape).to_m(), item.id.clone()))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    all
}

fn ids_where(index: &SpatialIndex<Named>, test: impl Fn(&Shape) -> bool) -> Vec<String> {
    let found = index.items().iter().filter(|item| test(&item.shape));
    let mut ids: Vec<String> = found.map(|item| item.id.clone()).collect();
    ids.sort();
    ids
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn more_is_more((_, size, shapes) in layer(14, 8e6), k in 1..8_usize) {
        let Some((from, rest)) = shapes.split_first() else { return Ok(()) };
        let index = index_of(rest);
        let near = |k| -> Vec<usize> {
            index.near(from, k, |_| true).value.iter().map(|hit| hit.index).collect()
        };
        let (few, more) = (near(k), near(k + 1));
        prop_assert_eq!(few.len(), k.min(index.len()));
        // Which of two is nearer is told to the error of their distances.
        let distance = |place: usize| Geodesic::distance_between(from, &index.items()[place].shape);
        for (one, other) in few.iter().zip(&more) {
            let off = (distance(*one) - distance(*other)).abs().to_m();
            prop_assert!(one == other || off < TWICE, "{few:?} {more:?} {off}");
        }
        let within = |share: f64| -> Vec<usize> {
            let hits = index.within_distance(from, Length::m(size * share), |_| true).value;
            hits.iter().map(|hit| hit.index).collect()
        };
        let rings = [0.0, 0.1, 0.3, 0.7, 1.5].map(within);
        for pair in rings.windows(2) {
            prop_assert!(pair[0].iter().all(|place| pair[1].contains(place)), "{rings:?}");
        }
        prop_assert_eq!(index.within_distance(from, Length::km(3e4), |_| true).value.len(), index.len());
    }

    #[test]
    fn distances_find_what_brute_force_finds((_, size, shapes) in layer(14, 8e6), share in 0.0..1.0_f64) {
        let Some((from, rest)) = shapes.split_first() else { return Ok(()) };
        let index = index_of(rest);
        let brute = by_distance(&index, from);
        let zeros = brute.iter().filter(|b| b.0 == 0.0).count();
        for k in [1, 4, 50] {
            let hits = index.near(from, k, |_| true).value;
            prop_assert_eq!(hits.len(), k.min(brute.len()));
            for (place, (hit, expected)) in hits.iter().zip(&brute).enumerate() {
                let off = (hit.distance().to_m() - expected.0).abs();
                prop_assert!(off < TWICE, "{hit:?} {expected:?}");
                prop_assert!(place >= zeros || hit.item.id == expected.1, "{brute:?}");
            }
            let joined = index.matches(from, &JoinBy::Nearest(k)).0;
            prop_assert!(joined.iter().map(|m| m.index).eq(hits.iter().map(|hit| hit.index)));
        }
        for radius in [0.0, share * size] {
            let hits = index.within_distance(from, Length::m(radius), |_| true).value;
            // What is as far as the radius, to the error, may be on either side.
            let surely = brute.iter().filter(|b| b.0 <= radius - TWICE || b.0 == 0.0).count();
            let perhaps = brute.iter().filter(|b| b.0 <= radius + TWICE).count();
            prop_assert!((surely..=perhaps).contains(&hits.len()), "{radius} {brute:?}");
            let joined = index.matches(from, &JoinBy::Within(Length::m(radius))).0;
            prop_assert!(joined.iter().map(|m| m.index).eq(hits.iter().map(|hit| hit.index)));
        }
    }

    #[test]
    fn predicates_find_what_brute_force_finds((_, _, shapes) in layer(12, 3e6)) {
        let Some((from, rest)) = shapes.split_first() else { return Ok(()) };
        let index = index_of(rest);
        let ids = |items: Vec<&Named>| -> Vec<String> {
            items.into_iter().map(|item| item.id.clone()).collect()
        };
        let met = ids(index.intersecting(from, |_| true).value);
        prop_assert_eq!(&met, &ids_where(&index, |shape| intersects(from, shape)));
        let within = ids(index.within_area(from, |_| true).value);
        prop_assert_eq!(within, ids_where(&index, |shape| covers(from, shape)));
        let joined = index.matches(from, &JoinBy::Intersects).0;
        prop_assert!(joined.iter().map(|m| &index.items()[m.index].id).eq(&met));
        let shared = index.overlap(from, |_| true).value;
        prop_assert!(shared.iter().map(|(item, _)| &item.id).eq(&met));
        for (item, overlap) in shared {
            let alone = overlap_of(from, &item.shape);
            prop_assert_eq!(Some(&overlap), alone.as_ref());
            let relation = relate(from, &item.shape);
            prop_assert_eq!(overlap.relation, relation);
            let joined = index.matches(from, &JoinBy::Relation(vec![relation])).0;
            prop_assert!(joined.iter().any(|m| index.items()[m.index].id == item.id));
        }
    }

    #[test]
    fn pairs_are_those_of_brute_force((_, size, shapes) in layer(12, 3e6), share in 0.0..0.5_f64) {
        let index = index_of(&shapes);
        let items = index.items();
        let mut meeting = Vec::new();
        for (i, a) in items.iter().enumerate() {
            for b in items.iter().skip(i + 1).filter(|b| intersects(&a.shape, &b.shape)) {
                meeting.push((a.id.clone().min(b.id.clone()), a.id.clone().max(b.id.clone())));
            }
        }
        meeting.sort();
        let pairs = index.overlaps(|_| true).value;
        let found = pairs.iter().map(|p| (items[p.first].id.clone(), items[p.second].id.clone()));
        prop_assert_eq!(found.collect::<Vec<_>>(), meeting.clone());
        // At no distance, what holds together is what meets.
        let joints = |within| -> Vec<(String, String)> {
            let components = index.components(within, |_| true).value;
            let joints = components.iter().flat_map(|component| &component.joints);
            let mut ids: Vec<(String, String)> =
                joints.map(|j| (items[j.first].id.clone(), items[j.second].id.clone())).collect();
            ids.sort();
            ids
        };
        prop_assert_eq!(joints(Length::ZERO), meeting.clone());
        let near = joints(Length::m(share * size));
        prop_assert!(meeting.iter().all(|pair| near.contains(pair)));
        for (i, a) in items.iter().enumerate() {
            for b in items.iter().skip(i + 1) {
                let apart = Geodesic::distance_between(&a.shape, &b.shape).to_m();
                let pair = (a.id.clone().min(b.id.clone()), a.id.clone().max(b.id.clone()));
                let joined = near.contains(&pair);
                let brink = (apart - share * size).abs() <= TWICE;
                prop_assert!(brink || joined == (apart <= share * size), "{apart} {pair:?}");
            }
        }
    }

    #[test]
    fn two_layers_are_those_of_brute_force((_, _, shapes) in layer(14, 3e6), k in 1..12_usize) {
        let (first, second) = shapes.split_at(shapes.len() / 2);
        let [first, second] = [first, second].map(index_of);
        let mut brute = Vec::new();
        let mut meeting = Vec::new();
        for (i, a) in first.items().iter().enumerate() {
            for (j, b) in second.items().iter().enumerate() {
                brute.push(Geodesic::distance_between(&a.shape, &b.shape).to_m());
                if intersects(&a.shape, &b.shape) {
                    meeting.push((a.id.clone(), b.id.clone(), i, j));
                }
            }
        }
        brute.sort_by(f64::total_cmp);
        meeting.sort();
        let pairs = first.nearest_pairs(&second, k, |_, _| true).value;
        prop_assert_eq!(pairs.len(), k.min(brute.len()));
        for (pair, expected) in pairs.iter().zip(&brute) {
            let distance = pair.nearest.distance.to_m();
            prop_assert!((distance - expected).abs() < TWICE, "{distance} {expected}");
        }
        let shared = first.overlaps_with(&second, |_, _| true).value;
        let places: Vec<(usize, usize)> = meeting.iter().map(|m| (m.2, m.3)).collect();
        prop_assert_eq!(shared.iter().map(|p| (p.first, p.second)).collect::<Vec<_>>(), places);
    }

    #[test]
    fn the_forest_is_that_of_brute_force((_, _, shapes) in layer(10, 3e6), share in 0.51..1.0_f64) {
        let index = index_of(&shapes);
        let area = |place: usize| Geodesic::area(&index.items()[place].shape).to_m2();
        let forest = index.hierarchy(share, |_| true).unwrap().value;
        prop_assert_eq!(forest.len(), shapes.iter().filter(|shape| shape.dimension() == 2).count());
        for branch in forest {
            let inner = &index.items()[branch.index];
            let holding = (0..index.len())
                .filter(|&place| area(place) > area(branch.index))
                .filter(|&place| {
                    let outer = &index.items()[place].shape;
                    let overlap = overlap_of(outer, &inner.shape);
                    overlap.is_some_and(|overlap| overlap.share_of_second >= share)
                })
                .min_by(|&a, &b| area(a).total_cmp(&area(b)));
            prop_assert_eq!(branch.parent.map(|parent| parent.index), holding);
        }
    }
}
