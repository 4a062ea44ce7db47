//! What lies in what: hierarchies, boxes and the overlaps of two indexes, against brute force.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Coord, LineString, MultiPoint, Polygon, Rect};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::query::{Counted, overlap_of};
use tumen_geo_core::{Angle, Bbox, EdgeModel, Length, LonLat, Shape};

fn named(id: &str, shape: Shape) -> Named {
    Named { id: id.to_owned(), shape }
}

fn rect(west: f64, south: f64, east: f64, north: f64) -> Shape {
    Shape::new(Rect::new((west, south), (east, north)).into(), EdgeModel::LonLat).unwrap()
}

/// Five-cornered areas of some size, a place apart from a center; many lie in others.
fn areas() -> impl Strategy<Value = Vec<Named>> {
    let center =
        prop_oneof![(-180.0..180.0_f64, -80.0..80.0_f64), (179.5..180.0_f64, -20.0..20.0_f64)];
    let area = (0.0..360.0_f64, 0.0..60.0_f64, 5.0..150.0_f64);
    (center, prop::collection::vec(area, 1..12)).prop_map(|((lon, lat), areas)| {
        let center = LonLat::wrap(lon, lat);
        let go = |from, bearing, km| {
            Geodesic::destination(from, Angle::degrees(bearing), Length::km(km))
        };
        let shape = |(bearing, away, radius): &(f64, f64, f64)| {
            let at = go(center, *bearing, *away);
            let ring: LineString =
                (0..5).map(|i| Coord::from(go(at, 72.0 * f64::from(i), *radius))).collect();
            Shape::new(Polygon::new(ring, vec![]).into(), EdgeModel::Geodesic).ok()
        };
        let shapes = areas.iter().filter_map(shape).enumerate();
        shapes.map(|(i, shape)| named(&format!("{:02}", i * 5 % 12), shape)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::with_cases(48)
    })]

    #[test]
    fn each_parent_is_the_smallest_that_holds_enough(items in areas(), share in 0.55..1.0_f64) {
        let index = SpatialIndex::new(items);
        let forest = index.hierarchy(share, |_| true).unwrap().value;
        prop_assert_eq!(forest.len(), index.len());
        let area = |place: usize| Geodesic::area(&index.items()[place].shape).to_m2();
        for (line, branch) in forest.iter().enumerate() {
            let holding: Option<(usize, f64)> = (0..index.len())
                .filter(|&other| other != branch.index && area(other) > area(branch.index))
                .filter_map(|other| {
                    let (outer, inner) = (&index.items()[other], &index.items()[branch.index]);
                    let part = overlap_of(&outer.shape, &inner.shape)?.share_of_second;
                    (part >= share).then_some((other, part))
                })
                .min_by(|a, b| area(a.0).total_cmp(&area(b.0)));
            prop_assert_eq!(branch.parent.map(|p| p.index), holding.map(|(other, _)| other));
            if let (Some(parent), Some((_, part))) = (branch.parent, holding) {
                prop_assert!((parent.share - part).abs() < 1e-9);
            }
            // The parent stands above, one level up, and all between them lie in it too.
            match branch.parent {
                None => prop_assert_eq!(branch.depth, 0),
                Some(parent) => {
                    let above = forest.iter().position(|b| b.index == parent.index).unwrap();
                    prop_assert!(above < line);
                    prop_assert_eq!(forest[above].depth + 1, branch.depth);
                    prop_assert!(forest[above + 1..line].iter().all(|b| b.depth >= branch.depth));
                }
            }
        }
        let ids = |depth: usize| -> Vec<&str> {
            let at = forest.iter().filter(|b| b.depth == depth && b.parent.is_none());
            at.map(|b| index.items()[b.index].id.as_str()).collect()
        };
        prop_assert!(ids(0).is_sorted());
    }

    #[test]
    fn pairs_across_are_those_of_brute_force(first in areas(), second in areas()) {
        // Both around one center, so that they meet.
        let moved = first.iter().chain(&second).enumerate();
        let all: Vec<Named> =
            moved.map(|(i, item)| named(&format!("{i:02}"), item.shape.clone())).collect();
        let (odd, even): (Vec<Named>, Vec<Named>) =
            all.into_iter().partition(|item| item.id.ends_with(['1', '3', '5', '7', '9']));
        let [odd, even] = [odd, even].map(SpatialIndex::new);
        let answer = odd.overlaps_with(&even, |_, _| true);
        let mut expected = Vec::new();
        for (i, a) in odd.items().iter().enumerate() {
            for (j, b) in even.items().iter().enumerate() {
                expected.extend(overlap_of(&a.shape, &b.shape).map(|overlap| (i, j, overlap)));
            }
        }
        let found: Vec<_> = (answer.value.into_iter())
            .map(|pair| (pair.first, pair.second, pair.overlap))
            .collect();
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(answer.explain.counted, Counted::Pairs);
        prop_assert_eq!(answer.explain.pruned + answer.explain.candidates, odd.len() * even.len());
        for (i, j, overlap) in found {
            let whole = Geodesic::area(&odd.items()[i].shape) + Geodesic::area(&even.items()[j].shape);
            let jaccard = overlap.area / (whole - overlap.area);
            prop_assert!((overlap.jaccard() - jaccard).abs() < 1e-9, "{:?}", overlap);
        }
        let none = odd.overlaps_with(&even, |a, b| a.id == b.id);
        prop_assert!(none.value.is_empty() && none.explain.refined == 0);
    }

    #[test]
    fn boxes_hold_what_brute_force_finds(
        points in prop::collection::vec((-180.0..180.0_f64, -90.0..90.0_f64), 1..60),
        (west, width) in (-180.0..180.0_f64, 0.0..360.0_f64),
        (south, height) in (-90.0..90.0_f64, 0.0..180.0_f64),
    ) {
        let items = points.iter().enumerate().map(|(i, &(lon, lat))| {
            named(&format!("{i:02}"), Shape::point(LonLat::wrap(lon, lat)))
        });
        let index = SpatialIndex::new(items.collect());
        let east = LonLat::wrap(west + width, 0.0).lon();
        let bbox = Bbox { west, south, east, north: (south + height).min(90.0) };
        let found: Vec<&str> =
            index.within_bbox(&bbox, |_| true).value.iter().map(|item| item.id.as_str()).collect();
        let inside = |&&(lon, lat): &&(f64, f64)| {
            let on = if lon < west { lon + 360.0 } else { lon };
            on <= west + width && (south..=bbox.north).contains(&lat)
        };
        let expected = points.iter().filter(inside).count();
        prop_assert_eq!(found.len(), expected);
        prop_assert!(found.is_sorted());
    }
}

#[test]
fn the_jaccard_index_is_shared_over_covered() {
    let (a, b) = (rect(130.0, 42.0, 131.0, 43.0), rect(130.5, 42.0, 132.0, 43.0));
    let overlap = overlap_of(&a, &b).unwrap();
    let covered = Geodesic::area(&a) + Geodesic::area(&b) - overlap.area;
    assert!((overlap.jaccard() - overlap.area / covered).abs() < 1e-9);
    // Half of the one and a third of the other: a quarter of both.
    assert!((overlap.jaccard() - 0.25).abs() < 1e-4);
    assert!((overlap_of(&a, &a).unwrap().jaccard() - 1.0).abs() < 1e-12);
    assert!(overlap_of(&a, &rect(131.0, 42.0, 132.0, 43.0)).unwrap().jaccard() == 0.0);
}

#[test]
fn twins_and_lines_have_their_place() {
    let zone = rect(130.0, 42.0, 131.0, 43.0);
    let small = rect(130.2, 42.2, 130.4, 42.4);
    let line = LineString::from(vec![(130.3, 42.3), (130.35, 42.3)]);
    let line = Shape::new(line.into(), EdgeModel::LonLat).unwrap();
    let index = SpatialIndex::new(vec![
        named("twin-b", zone.clone()),
        named("twin-a", zone),
        named("small", small),
        named("line", line),
        named("apart", rect(140.0, 42.0, 141.0, 43.0)),
    ]);
    let forest = index.hierarchy(0.99, |_| true).unwrap().value;
    let told: Vec<(&str, usize)> =
        forest.iter().map(|b| (index.items()[b.index].id.as_str(), b.depth)).collect();
    assert_eq!(told, [("apart", 0), ("twin-a", 0), ("small", 1), ("twin-b", 1)]);
    for share in [0.5, 1.01, f64::NAN] {
        assert!(index.hierarchy(share, |_| true).unwrap_err().hint().is_some());
    }
}

#[test]
fn boxes_hold_areas_over_the_antimeridian_and_the_pole() {
    let corners = |corners: &[(f64, f64)]| -> LineString {
        corners.iter().map(|&(x, y)| Coord { x, y }).collect()
    };
    let area = |ring: &[(f64, f64)]| {
        Shape::new(Polygon::new(corners(ring), vec![]).into(), EdgeModel::LonLat).unwrap()
    };
    let spread = MultiPoint::from(vec![(0.0, 1.0), (-170.0, 1.0)]);
    let index = SpatialIndex::new(vec![
        named("fiji", area(&[(177., -19.), (-178., -19.), (-178., -16.), (177., -16.)])),
        named("cap", area(&[(0., 80.), (120., 80.), (-120., 80.)])),
        named("spread", Shape::new(spread.into(), EdgeModel::LonLat).unwrap()),
    ]);
    let ids = |text: &str| -> Vec<String> {
        let bbox: Bbox = text.parse().unwrap();
        index.within_bbox(&bbox, |_| true).value.iter().map(|item| item.id.clone()).collect()
    };
    assert_eq!(ids("177,-19,-178,-16"), ["fiji"]);
    assert!(ids("177,-19,179,-16").is_empty());
    assert_eq!(ids("-180,79,180,90"), ["cap"]);
    assert!(ids("-180,79,180,89").is_empty());
    // From Greenwich eastwards to 170° W.
    assert_eq!(ids("0,0,-170,2"), ["spread"]);
    assert_eq!(ids("-180,-90,180,90"), ["cap", "fiji", "spread"]);
}
