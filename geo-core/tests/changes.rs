//! Indexes whose items come and go, against brute force over what is left, and against indexes that
//! were built anew.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Coord, LineString, Polygon};
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{covers, intersects};
use tumen_geo_core::{Angle, EdgeModel, Length, LonLat, Shape};

/// The error of a distance, twice.
const TOLERANCE: f64 = 4e-3;

/// The same numbers on every machine (Knuth's MMIX generator).
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.unit() * end as f64) as usize
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.unit() * (high - low)
    }

    /// A point, a line or an area within 400 km of a center, some of them in places of others.
    fn shape(&mut self, center: LonLat) -> Shape {
        let go = |from, bearing, km| {
            Geodesic::destination(from, Angle::degrees(bearing), Length::km(km))
        };
        let at = go(center, 45.0 * self.below(8) as f64, 40.0 * self.below(10) as f64);
        let radius = self.between(2.0, 60.0);
        let corner = |i: u32| Coord::from(go(at, 72.0 * f64::from(i), radius));
        let shape = match self.below(4) {
            0 | 1 => return Shape::point(at),
            2 => LineString((0..2).map(corner).collect()).into(),
            _ => Polygon::new((0..5).map(corner).collect(), vec![]).into(),
        };
        Shape::new(shape, EdgeModel::Geodesic).unwrap_or_else(|_| Shape::point(at))
    }
}

const CENTERS: [(f64, f64); 4] = [(130.5, 42.5), (179.9, -16.0), (20.0, 89.0), (0.0, -89.9)];

/// An index after so many changes, of which a share removes: what it should hold beside it.
fn changed(
    random: &mut Random,
    center: LonLat,
    (start, changes, removing): (usize, usize, f64),
) -> (SpatialIndex<Named>, Vec<Named>) {
    let mut named = 0;
    let mut item = |random: &mut Random| {
        named += 1;
        // The order of the ids is not that in which they come.
        Named { id: format!("{:04}", named * 7919 % 9973), shape: random.shape(center) }
    };
    let mut expected: Vec<Named> = (0..start).map(|_| item(random)).collect();
    let mut index = SpatialIndex::new(expected.clone());
    for _ in 0..changes {
        if random.unit() < removing {
            let place = random.below(expected.len() + 1);
            let removed = index.remove(place);
            assert_eq!(removed, (place < expected.len()).then(|| expected.swap_remove(place)));
        } else {
            let item = item(random);
            assert_eq!(index.insert(item.clone()), expected.len());
            expected.push(item);
        }
        // What is worked out of an item goes and moves with it.
        if random.unit() < 0.1 {
            index.near(&random.shape(center), 3, |_| true);
        }
    }
    assert_eq!(index.items(), expected);
    (index, expected)
}

fn check(random: &mut Random, center: LonLat, index: &SpatialIndex<Named>, expected: &[Named]) {
    let anew = SpatialIndex::new(expected.to_vec());
    for _ in 0..4 {
        let from = random.shape(center);
        let apart = |item: &Named| Geodesic::distance_between(&from, &item.shape).to_m();
        let mut brute: Vec<(f64, &str)> =
            expected.iter().map(|item| (apart(item), item.id.as_str())).collect();
        brute.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        for k in [1, 7, 1000] {
            let answer = index.near(&from, k, |_| true);
            assert_eq!(answer.value.len(), k.min(expected.len()));
            assert_eq!(answer.explain.pruned + answer.explain.candidates, expected.len());
            for (hit, (distance, id)) in answer.value.iter().zip(&brute) {
                assert!((hit.distance().to_m() - distance).abs() < TOLERANCE, "{hit:?} {id}");
                assert_eq!(hit.item, &expected[hit.index]);
            }
            let same = |hits: &[tumen_geo_core::query::Hit<'_, Named>]| -> Vec<(usize, Length)> {
                hits.iter().map(|hit| (hit.index, hit.distance())).collect()
            };
            assert_eq!(same(&answer.value), same(&anew.near(&from, k, |_| true).value));
        }
        for radius in [Length::ZERO, Length::km(90.0), Length::km(2_000.0)] {
            let found = index.within_distance(&from, radius, |_| true).value;
            let surely = brute.iter().filter(|b| b.0 <= radius.to_m() - TOLERANCE).count();
            let perhaps = brute.iter().filter(|b| b.0 <= radius.to_m() + TOLERANCE).count();
            assert!((surely..=perhaps).contains(&found.len()), "{radius:?}");
            let mut places: Vec<usize> = found.iter().map(|hit| hit.index).collect();
            places.sort_unstable();
            let mut visited = Vec::new();
            let explain = index.each_within_distance(&from, radius, |at| visited.push(at));
            visited.sort_unstable();
            assert_eq!(visited, places);
            assert_eq!(explain.pruned + explain.candidates, expected.len());
        }
        let ids = |test: fn(&Shape, &Shape) -> bool| -> Vec<&str> {
            let meeting = expected.iter().filter(|item| test(&from, &item.shape));
            let mut ids: Vec<&str> = meeting.map(|item| item.id.as_str()).collect();
            ids.sort_unstable();
            ids
        };
        let of = |items: Vec<&Named>| -> Vec<String> {
            items.iter().map(|item| item.id.clone()).collect()
        };
        assert_eq!(of(index.intersecting(&from, |_| true).value), ids(intersects));
        assert_eq!(of(index.within_area(&from, |_| true).value), ids(covers));
    }
    check_pairs(index, expected, &anew);
}

/// Questions about pairs: against all pairs, and against an index that was built anew.
fn check_pairs(index: &SpatialIndex<Named>, expected: &[Named], anew: &SpatialIndex<Named>) {
    let places = |pairs: &[tumen_geo_core::query::Pair]| -> Vec<(usize, usize)> {
        pairs.iter().map(|pair| (pair.first, pair.second)).collect()
    };
    let overlaps = index.overlaps(|_| true).value;
    let meeting = |(i, a): (usize, &Named)| {
        expected[i + 1..].iter().filter(|b| intersects(&a.shape, &b.shape)).count()
    };
    assert_eq!(overlaps.len(), expected.iter().enumerate().map(meeting).sum::<usize>());
    assert_eq!(places(&overlaps), places(&anew.overlaps(|_| true).value));
    let other = SpatialIndex::new(expected.iter().step_by(3).cloned().collect());
    assert_eq!(
        places(&index.overlaps_with(&other, |_, _| true).value),
        places(&anew.overlaps_with(&other, |_, _| true).value),
    );

    let apart = |a: &Named, b: &Named| Geodesic::distance_between(&a.shape, &b.shape).to_m();
    let mut brute: Vec<f64> =
        expected.iter().flat_map(|a| other.items().iter().map(move |b| apart(a, b))).collect();
    brute.sort_by(f64::total_cmp);
    for k in [5, 100_000] {
        let pairs = index.nearest_pairs(&other, k, |_, _| true);
        let back = other.nearest_pairs(index, k, |_, _| true);
        assert_eq!(pairs.explain.pruned + pairs.explain.candidates, brute.len());
        for pairs in [
            pairs.value.iter().map(|p| p.nearest).collect::<Vec<_>>(),
            back.value.iter().map(|p| p.nearest).collect(),
        ] {
            assert_eq!(pairs.len(), k.min(brute.len()));
            for (pair, expected) in pairs.iter().zip(&brute) {
                assert!((pair.distance.to_m() - expected).abs() < TOLERANCE);
            }
        }
    }
    for km in [0.0, 35.0] {
        let [mut ours, mut theirs] =
            [index, anew].map(|i| i.components(Length::km(km), |_| true).value);
        // Lines between what meets may end anywhere that is shared.
        for joint in [&mut ours, &mut theirs].into_iter().flatten().flat_map(|c| &mut c.joints) {
            assert!(joint.nearest.distance.to_m() <= km * 1e3 + TOLERANCE);
        }
        assert_eq!(ours, theirs);
    }
}

#[test]
fn what_is_left_is_found_as_by_brute_force() {
    let mut random = Random(41);
    for (lon, lat) in CENTERS {
        let center = LonLat::new(lon, lat).unwrap();
        for plan in [(0, 50, 0.0), (40, 40, 0.5), (60, 70, 0.9), (1, 100, 0.4)] {
            let (index, expected) = changed(&mut random, center, plan);
            check(&mut random, center, &index, &expected);
            let bytes = index.to_bytes();
            let stored = SpatialIndex::from_bytes(expected.clone(), &bytes).unwrap();
            assert_eq!(stored.to_bytes(), bytes);
        }
    }
}

/// Expected: the distances of all points that are left; thousands, so that trees are deep.
#[test]
fn thousands_of_points_come_and_go() {
    let mut random = Random(43);
    for start in [0, 6_000] {
        let point = |random: &mut Random| {
            Shape::point(LonLat::wrap(random.between(129.0, 131.0), random.between(42.0, 43.0)))
        };
        let mut expected: Vec<Named> = (0..start)
            .map(|i| Named { id: format!("{i:05}"), shape: point(&mut random) })
            .collect();
        let mut index = SpatialIndex::new(expected.clone());
        for round in 0..12 {
            // Rounds that add are followed by one that removes more than was added.
            for i in 0..1_000 {
                if round % 4 == 3 && !expected.is_empty() {
                    for _ in 0..3 {
                        let place = random.below(expected.len());
                        assert_eq!(index.remove(place).unwrap(), expected.swap_remove(place));
                        if expected.is_empty() {
                            break;
                        }
                    }
                } else {
                    let item = Named { id: format!("{round:02}{i:04}"), shape: point(&mut random) };
                    index.insert(item.clone());
                    expected.push(item);
                }
            }
            assert_eq!(index.items(), expected);
            let from = LonLat::wrap(random.between(129.0, 131.0), random.between(42.0, 43.0));
            for radius in [3_000.0, 60_000.0, 300_000.0] {
                let near = |item: &Named| {
                    let at = LonLat::wrap(item.shape.points()[0].x(), item.shape.points()[0].y());
                    Geodesic::distance(from, at).to_m() <= radius
                };
                let places: Vec<usize> =
                    (0..expected.len()).filter(|&place| near(&expected[place])).collect();
                let mut visited = Vec::new();
                let asked = Shape::point(from);
                index.each_within_distance(&asked, Length::m(radius), |at| visited.push(at));
                visited.sort_unstable();
                assert_eq!(visited, places, "{start} {round} {radius}");
                let nearest = index.near(&asked, places.len(), |_| true).value;
                let mut nearest: Vec<usize> = nearest.iter().map(|hit| hit.index).collect();
                nearest.sort_unstable();
                assert_eq!(nearest, places, "{start} {round} {radius}");
            }
        }
    }
}

#[test]
fn an_index_can_be_emptied_and_filled_again() {
    let rajin = Shape::point(LonLat::new(130.298, 42.249).unwrap());
    let named = |id: usize| Named { id: format!("{id:02}"), shape: rajin.clone() };
    let mut index = SpatialIndex::new((0..40).map(named).collect());
    for left in (0..40).rev() {
        assert!(index.remove(left / 2).is_some());
        assert_eq!(index.len(), left);
        assert_eq!(index.near(&rajin, 50, |_| true).value.len(), left);
    }
    assert_eq!(index.remove(0), None);
    assert!(index.is_empty());
    assert_eq!(index.to_bytes(), SpatialIndex::<Named>::new(vec![]).to_bytes());
    for id in 0..40 {
        assert_eq!(index.insert(named(id)), id);
    }
    assert_eq!(index.remove(40), None);
    assert_eq!(index.within_distance(&rajin, Length::ZERO, |_| true).value.len(), 40);
}

#[test]
fn threads_share_an_index() {
    fn check<T: Send + Sync>() {}
    check::<SpatialIndex<Named>>();
    check::<SpatialIndex<&Named>>();

    let mut random = Random(47);
    let center = LonLat::new(130.5, 42.5).unwrap();
    let (index, _) = changed(&mut random, center, (200, 60, 0.5));
    let asked: Vec<Shape> = (0..40).map(|_| random.shape(center)).collect();
    let answers = |index: &SpatialIndex<Named>| -> Vec<Vec<(usize, Length)>> {
        let near = |shape| index.near(shape, 9, |_| true).value;
        asked.iter().map(|a| near(a).iter().map(|h| (h.index, h.distance())).collect()).collect()
    };
    // Both start together on an index of which nothing is worked out yet.
    let start = std::sync::Barrier::new(2);
    let both = std::thread::scope(|scope| {
        let work = || {
            start.wait();
            answers(&index)
        };
        [scope.spawn(work), scope.spawn(work)].map(|thread| thread.join().unwrap())
    });
    let alone = answers(&SpatialIndex::new(index.items().to_vec()));
    assert_eq!(both, [alone.clone(), alone]);
}
