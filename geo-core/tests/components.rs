//! Components against brute force: every pair measured, every joint taken out.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Coord, LineString, Polygon};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::query::Component;
use tumen_geo_core::{Angle, EdgeModel, Length, LonLat, Shape};

/// The error of a distance, twice.
const TOLERANCE: f64 = 4e-3;

/// Points and areas within some hundreds of kilometres of a center: anywhere, at ±180°, at a pole.
fn items() -> impl Strategy<Value = Vec<Named>> {
    let center = prop_oneof![
        (-180.0..180.0_f64, -80.0..80.0_f64),
        (179.0..180.0_f64, -20.0..20.0_f64),
        (-180.0..180.0_f64, 89.0..90.0_f64),
    ];
    let item = (0.0..360.0_f64, 0.0..400.0_f64, prop::option::of(5.0..60.0_f64));
    (center, prop::collection::vec(item, 1..16)).prop_map(|((lon, lat), items)| {
        let center = LonLat::wrap(lon, lat);
        let go = |from, bearing, km| {
            Geodesic::destination(from, Angle::degrees(bearing), Length::km(km))
        };
        let shape = |(bearing, away, radius): &(f64, f64, Option<f64>)| {
            let at = go(center, *bearing, *away);
            let Some(radius) = radius else { return Some(Shape::point(at)) };
            let ring: LineString =
                (0..5).map(|i| Coord::from(go(at, 72.0 * f64::from(i), *radius))).collect();
            Shape::new(Polygon::new(ring, vec![]).into(), EdgeModel::Geodesic).ok()
        };
        let shapes = items.iter().filter_map(shape);
        // The order of the ids is not that of the places.
        let named = |(i, shape): (usize, Shape)| Named { id: format!("{:02}", i * 7 % 16), shape };
        shapes.enumerate().map(named).collect()
    })
}

/// Which component each item is in, when the joints are these.
fn labels(count: usize, joints: &[(usize, usize)]) -> Vec<usize> {
    let mut labels: Vec<usize> = (0..count).collect();
    for _ in 0..count {
        for &(a, b) in joints {
            let least = labels[a].min(labels[b]);
            (labels[a], labels[b]) = (least, least);
        }
    }
    labels
}

fn parts(labels: &[usize]) -> usize {
    let mut labels = labels.to_vec();
    labels.sort_unstable();
    labels.dedup();
    labels.len()
}

fn check(index: &SpatialIndex<Named>, components: &[Component], km: f64) {
    let ids = |places: &[usize]| -> Vec<&str> {
        places.iter().map(|&place| index.items()[place].id.as_str()).collect()
    };
    let joints: Vec<_> = components.iter().flat_map(|c| &c.joints).collect();
    let pairs: Vec<(usize, usize)> = joints.iter().map(|j| (j.first, j.second)).collect();
    // Every pair is a joint when it is near enough; on the brink it may be either.
    for a in 0..index.len() {
        for b in 0..a {
            let apart =
                Geodesic::distance_between(&index.items()[a].shape, &index.items()[b].shape);
            let over = apart.to_m() - km * 1e3;
            let joined = pairs.contains(&(a, b)) || pairs.contains(&(b, a));
            if over.abs() > TOLERANCE || (km == 0.0 && over <= 0.0) {
                assert_eq!(joined, over <= 0.0, "{km} km: {apart:?}");
            }
        }
    }
    // The items of a component are those that hang together, ordered as promised.
    let labelled = labels(index.len(), &pairs);
    assert_eq!(components.len(), parts(&labelled));
    for component in components {
        let first = labelled[component.members[0]];
        assert!(component.members.iter().all(|&member| labelled[member] == first));
        assert!(ids(&component.members).is_sorted());
        let of = |joint: &&tumen_geo_core::query::Joint| ids(&[joint.first, joint.second]).concat();
        assert!(component.joints.iter().collect::<Vec<_>>().is_sorted_by_key(of));
    }
    let order = |c: &Component| (std::cmp::Reverse(c.members.len()), ids(&c.members)[0].to_owned());
    assert!(components.is_sorted_by_key(order));
    // A bridge is what parts its component when it is taken out.
    for (place, joint) in joints.iter().enumerate() {
        let mut rest = pairs.clone();
        rest.remove(place);
        let falls_apart = parts(&labels(index.len(), &rest)) > parts(&labelled);
        assert_eq!(joint.bridge, falls_apart, "{pairs:?} {place}");
        assert!(joint.spanning || !joint.bridge);
    }
    // The spanning joints hold as much together, with one less than the items of each component,
    // and no joint could take the place of a longer one of them.
    let spanning: Vec<(usize, usize)> =
        joints.iter().filter(|j| j.spanning).map(|j| (j.first, j.second)).collect();
    assert_eq!(labels(index.len(), &spanning), labelled);
    assert_eq!(spanning.len(), index.len() - components.len());
    for joint in joints.iter().filter(|joint| !joint.spanning) {
        let shorter: Vec<(usize, usize)> = (joints.iter())
            .filter(|j| j.spanning && j.nearest.distance <= joint.nearest.distance)
            .map(|j| (j.first, j.second))
            .collect();
        let labels = labels(index.len(), &shorter);
        assert_eq!(labels[joint.first], labels[joint.second]);
    }
}

/// The gap of each component is the least distance of its items to those of all others.
fn check_gaps(index: &SpatialIndex<Named>, components: &[Component]) {
    let gaps = index.gaps(components);
    assert_eq!(gaps.len(), components.len());
    let apart = |a: usize, b: usize| {
        Geodesic::distance_between(&index.items()[a].shape, &index.items()[b].shape).to_m()
    };
    for (component, gap) in components.iter().zip(gaps) {
        let inside = |place: &usize| component.members.contains(place);
        let others = (0..index.len()).filter(|place| !inside(place));
        let least =
            others.flat_map(|other| component.members.iter().map(move |&m| apart(m, other)));
        let Some(least) = least.min_by(f64::total_cmp) else {
            assert_eq!(gap, None);
            continue;
        };
        let gap = gap.unwrap();
        assert!((gap.nearest.distance.to_m() - least).abs() < TOLERANCE, "{gap:?} {least}");
        assert!(inside(&gap.first) && components[gap.to].members.contains(&gap.second));
        assert!(!inside(&gap.second));
        let line = Geodesic::distance(gap.nearest.from, gap.nearest.to).to_m();
        assert!((line - least).abs() < TOLERANCE, "{gap:?} {line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::with_cases(64)
    })]

    #[test]
    fn components_are_those_of_brute_force(items in items(), km in prop_oneof![Just(0.0), 5.0..200.0_f64]) {
        let index = SpatialIndex::new(items);
        let answer = index.components(Length::km(km), |_| true);
        check(&index, &answer.value, km);
        check_gaps(&index, &answer.value);
        let explain = answer.explain;
        let pairs = index.len() * (index.len() - 1) / 2;
        prop_assert_eq!(explain.pruned + explain.candidates, pairs);
        prop_assert_eq!(explain.indexed, index.len());
        let joints: usize = answer.value.iter().map(|c| c.joints.len()).sum();
        prop_assert!(joints <= explain.refined);
    }
}

#[test]
fn a_long_chain_is_all_bridges_until_it_is_closed() {
    let named = |i: u32| {
        let at = LonLat::wrap(f64::from(i) * 0.1, 0.0);
        Named { id: format!("{i:04}"), shape: Shape::point(at) }
    };
    // Steps of 11.1 km, all around the equator but for its last step.
    let chain = SpatialIndex::new((0..3_599).map(named).collect());
    let components = chain.components(Length::km(12.0), |_| true).value;
    assert_eq!((components.len(), components[0].joints.len()), (1, 3_598));
    assert!(components[0].joints.iter().all(|joint| joint.bridge));
    let ring = SpatialIndex::new((0..3_600).map(named).collect());
    let components = ring.components(Length::km(12.0), |_| true).value;
    assert_eq!((components.len(), components[0].joints.len()), (1, 3_600));
    assert!(!components[0].joints.iter().any(|joint| joint.bridge));
    // Without one of them, it is a chain again.
    let broken = ring.components(Length::km(12.0), |item| item.id != "1800").value;
    assert_eq!((broken.len(), broken[0].members.len()), (1, 3_599));
    assert!(broken[0].joints.iter().all(|joint| joint.bridge));
    assert!(ring.components(Length::km(12.0), |_| false).value.is_empty());
}
