//! Queries of an index against brute force: every item measured, nothing pruned.

#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests")]

use geo_types::{Coord, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon};
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{self, Relation, covers, intersects};
use tumen_geo_core::query::{self, overlap_of};
use tumen_geo_core::{EdgeModel, Length, LonLat, Shape};

/// The same numbers on every machine (Knuth's MMIX generator).
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.unit() * (high - low)
    }

    /// A star of `corners` around a center, a ring that never crosses itself, with geodesic spokes.
    fn star(&mut self, center: LonLat, radius: Length, corners: usize) -> Option<Shape> {
        let ring: Vec<Coord> = (0..corners)
            .map(|i| {
                let bearing = tumen_geo_core::Angle::degrees(360.0 * i as f64 / corners as f64);
                let spoke = radius * self.between(0.4, 1.0);
                Geodesic::destination(center, bearing, spoke).into()
            })
            .collect();
        Shape::new(Polygon::new(LineString(ring), vec![]).into(), EdgeModel::Geodesic).ok()
    }

    /// A shape of any kind near a center.
    fn shape(&mut self, center: LonLat) -> Option<Shape> {
        let near = |random: &mut Self| {
            let bearing = tumen_geo_core::Angle::degrees(random.between(0.0, 360.0));
            Coord::from(Geodesic::destination(
                center,
                bearing,
                Length::km(random.between(0.0, 300.0)),
            ))
        };
        let radius = Length::km(self.between(1.0, 400.0));
        match (self.unit() * 5.0) as usize {
            0 => Some(Shape::point(center)),
            1 => {
                let points = MultiPoint((0..3).map(|_| near(self).into()).collect());
                Shape::new(points.into(), EdgeModel::LonLat).ok()
            }
            2 => {
                let line = LineString((0..4).map(|_| near(self)).collect());
                Shape::new(line.into(), EdgeModel::Geodesic).ok()
            }
            3 => self.star(center, radius, 7),
            _ => self.star(center, radius, 40),
        }
    }
}

/// Worlds in which trees in longitude and latitude go wrong.
fn worlds() -> Vec<(&'static str, [f64; 4])> {
    vec![
        ("tumen", [127.0, 40.0, 134.0, 45.0]),
        ("antimeridian", [175.0, -20.0, 185.0, -10.0]),
        ("north pole", [-180.0, 80.0, 180.0, 90.0]),
        ("south pole", [-180.0, -90.0, 180.0, -84.0]),
        ("earth", [-180.0, -90.0, 180.0, 90.0]),
    ]
}

fn world(random: &mut Random, [west, south, east, north]: [f64; 4], count: usize) -> Vec<Named> {
    let mut items = Vec::new();
    while items.len() < count {
        let center = LonLat::wrap(random.between(west, east), random.between(south, north));
        if let Some(shape) = random.shape(center) {
            let id = format!("{:03}", items.len());
            // Each tenth comes twice: ties are broken by the id.
            if items.len() % 10 == 0 {
                items.push(Named { id: format!("{id}-again"), shape: shape.clone() });
            }
            items.push(Named { id, shape });
        }
    }
    items
}

#[test]
fn near_and_within_find_what_brute_force_finds() {
    let mut random = Random(7);
    for (name, bounds) in worlds() {
        let items = world(&mut random, bounds, 100);
        let index = SpatialIndex::new(items);
        for _ in 0..10 {
            let center = LonLat::wrap(
                random.between(bounds[0], bounds[2]),
                random.between(bounds[1], bounds[3]),
            );
            let Some(from) = random.shape(center) else { continue };
            let mut brute: Vec<(f64, &str)> = (index.items().iter())
                .map(|item| (Geodesic::distance_between(&from, &item.shape).to_m(), &*item.id))
                .collect();
            brute.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
            for k in [1, 5, 200] {
                let answer = index.near(&from, k, |_| true);
                assert_eq!(answer.value.len(), k.min(index.len()));
                for (hit, expected) in answer.value.iter().zip(&brute) {
                    let distance = hit.distance().to_m();
                    assert!((distance - expected.0).abs() < 4e-3, "{name} {distance} {expected:?}");
                    let apart = Geodesic::distance(hit.nearest.from, hit.nearest.to).to_m();
                    assert!((distance - apart).abs() < 1e-3, "{name} {hit:?}");
                }
                let zeros = brute.iter().take(k).filter(|b| b.0 == 0.0).map(|b| b.1);
                let found = answer.value.iter().filter(|h| h.distance() == Length::ZERO);
                assert!(zeros.eq(found.map(|h| &*h.item.id)), "{name}");
                assert_eq!(answer.explain.pruned + answer.explain.candidates, index.len());
            }
            for radius in [Length::ZERO, Length::km(50.0), Length::km(700.0)] {
                let found = index.within_distance(&from, radius, |_| true).value;
                // A hit within the error of the radius may fall on either side.
                let surely = brute.iter().filter(|b| b.0 <= radius.to_m() - 4e-3).count();
                let perhaps = brute.iter().filter(|b| b.0 <= radius.to_m() + 4e-3).count();
                assert!((surely..=perhaps).contains(&found.len()), "{name} {radius:?}");
                assert!(found.is_sorted_by_key(query::Hit::distance), "{name}");
                let mut places: Vec<usize> = found.iter().map(|hit| hit.index).collect();
                places.sort_unstable();
                let mut visited = Vec::new();
                let explain = index.each_within_distance(&from, radius, |at| visited.push(at));
                visited.sort_unstable();
                assert_eq!(visited, places, "{name} {radius:?}");
                assert_eq!(explain.pruned + explain.candidates, index.len());
            }
        }
    }
}

/// Expected: GeographicLib's distance to each point (that of `Geodesic::inverse`), ordered.
#[test]
fn points_are_found_as_by_brute_force() {
    let mut random = Random(23);
    for (name, [west, south, east, north]) in worlds() {
        // Crowded in a corner: some points are a metre apart, and some the same.
        let mut points: Vec<LonLat> = (0..3000)
            .map(|i| {
                let crowd = [1.0, 1.0, 0.01, 1e-6][i % 4];
                let (x, y) = (random.unit() * crowd, random.unit() * crowd);
                LonLat::wrap(west + x * (east - west), south + y * (north - south))
            })
            .collect();
        points.extend_from_within(..30);
        let named =
            |(i, at): (usize, &LonLat)| Named { id: format!("{i:04}"), shape: Shape::point(*at) };
        let index = SpatialIndex::new(points.iter().enumerate().map(named).collect());
        for round in 0..20 {
            let from = if round % 2 == 0 {
                points[round * 17]
            } else {
                LonLat::wrap(random.between(west, east), random.between(south, north))
            };
            let mut brute: Vec<(f64, usize)> = (points.iter().enumerate())
                .map(|(i, &at)| (Geodesic::inverse(from, at).0.to_m(), i))
                .collect();
            brute.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let asked = Shape::point(from);
            for k in [1, 10, 500] {
                let hits = index.near(&asked, k, |_| true).value;
                assert!(
                    hits.is_sorted_by(
                        |a, b| (a.distance(), &a.item.id) <= (b.distance(), &b.item.id)
                    )
                );
                for (hit, &(distance, _)) in hits.iter().zip(&brute) {
                    // Nearer than 0.1 mm is none.
                    let expected = if distance < 1e-4 { 0.0 } else { distance };
                    assert!((hit.distance().to_m() - expected).abs() < 2e-8, "{name} {hit:?}");
                    let own = Geodesic::inverse(from, points[hit.index]).0.to_m();
                    assert!((own - distance).abs() < 2e-8 || expected == 0.0, "{name} {hit:?}");
                }
            }
            for radius in [100.0, 30_000.0, 700_000.0, 2e7] {
                let expected = brute.partition_point(|&(distance, _)| distance <= radius);
                let mut visited = Vec::new();
                index.each_within_distance(&asked, Length::m(radius), |at| visited.push(at));
                visited.sort_unstable();
                let mut places: Vec<usize> = brute[..expected].iter().map(|b| b.1).collect();
                places.sort_unstable();
                assert_eq!(visited, places, "{name} {radius}");
            }
        }
    }
}

#[test]
fn areas_find_what_brute_force_finds() {
    let mut random = Random(11);
    let mut found = 0;
    for (name, bounds) in worlds() {
        let index = SpatialIndex::new(world(&mut random, bounds, 100));
        for _ in 0..10 {
            let center = LonLat::wrap(
                random.between(bounds[0], bounds[2]),
                random.between(bounds[1], bounds[3]),
            );
            let Some(area) = random.star(center, Length::km(900.0), 12) else { continue };
            let ids = |test: fn(&Shape, &Shape) -> bool| -> Vec<&str> {
                let mut ids: Vec<&str> = (index.items().iter())
                    .filter(|item| test(&area, &item.shape))
                    .map(|item| &*item.id)
                    .collect();
                ids.sort_unstable();
                ids
            };
            let of = |items: Vec<&'_ Named>| -> Vec<String> {
                items.iter().map(|item| item.id.clone()).collect()
            };
            let within = of(index.within_area(&area, |_| true).value);
            let meeting = of(index.intersecting(&area, |_| true).value);
            assert_eq!(within, ids(covers), "{name}");
            assert_eq!(meeting, ids(intersects), "{name}");
            let mut visited = Vec::new();
            index.each_intersecting(&area, |at| visited.push(index.items()[at].id.clone()));
            visited.sort_unstable();
            assert_eq!(visited, meeting, "{name}");
            assert!(within.iter().all(|id| meeting.contains(id)), "{name}");
            for item in index.items() {
                let relation = predicate::relate(&area, &item.shape);
                assert_eq!(relation != Relation::Disjoint, meeting.contains(&item.id), "{name}");
                let inside = matches!(relation, Relation::Covers | Relation::Equals);
                assert_eq!(inside, within.contains(&item.id), "{name} {relation} {}", item.id);
            }
            found += within.len();
        }
    }
    assert!(found > 100, "{found}");
}

/// Expected: every pair tested by itself; some points are corners, and some beside them by less than
/// what edges are known to.
#[test]
fn points_and_areas_meet_as_by_brute_force() {
    let mut random = Random(29);
    let mut found = 0;
    for (name, [west, south, east, north]) in worlds() {
        let areas: Vec<Shape> = (0..12)
            .filter_map(|_| {
                let center = LonLat::wrap(random.between(west, east), random.between(south, north));
                let radius = Length::km(random.between(10.0, 500.0));
                let corners = 4 + (random.unit() * 60.0) as usize;
                random.star(center, radius, corners)
            })
            .collect();
        let corners: Vec<Coord> = areas.iter().flat_map(Shape::positions).step_by(37).collect();
        let mut points: Vec<LonLat> = (corners.iter())
            .map(|c| {
                LonLat::wrap(c.x + [0.0, 1e-10, 1e-6, 1e-3][(random.unit() * 4.0) as usize], c.y)
            })
            .take(60)
            .collect();
        points.resize_with(150, || {
            LonLat::wrap(random.between(west, east), random.between(south, north))
        });
        let named = |(id, shape): (usize, Shape)| Named { id: format!("{id:03}"), shape };
        let points = SpatialIndex::new(
            points.into_iter().map(Shape::point).enumerate().map(named).collect(),
        );
        let areas = SpatialIndex::new(areas.into_iter().enumerate().map(named).collect());
        for (i, area) in areas.items().iter().enumerate() {
            let mut visited = Vec::new();
            points.each_intersecting(&area.shape, |at| visited.push(at));
            visited.sort_unstable();
            let within = points.within_area(&area.shape, |_| true).value;
            for (j, point) in points.items().iter().enumerate() {
                let meeting = intersects(&area.shape, &point.shape);
                assert_eq!(visited.binary_search(&j).is_ok(), meeting, "{name} {i} {j}");
                let covered = covers(&area.shape, &point.shape);
                assert_eq!(
                    within.iter().any(|other| other.id == point.id),
                    covered,
                    "{name} {i} {j}"
                );
                found += usize::from(meeting);
            }
        }
        for (j, point) in points.items().iter().enumerate() {
            let mut visited = Vec::new();
            areas.each_intersecting(&point.shape, |at| visited.push(at));
            visited.sort_unstable();
            for (i, area) in areas.items().iter().enumerate() {
                let meeting = intersects(&area.shape, &point.shape);
                assert_eq!(visited.binary_search(&i).is_ok(), meeting, "{name} {i} {j}");
            }
        }
    }
    assert!(found > 200, "{found}");
}

#[test]
fn overlaps_add_up() {
    let mut random = Random(13);
    for (name, bounds) in worlds() {
        let items: Vec<Named> = world(&mut random, bounds, 30);
        let index = SpatialIndex::new(items);
        let pairs = index.overlaps(|_| true).value;
        let mut expected = 0;
        for (i, a) in index.items().iter().enumerate() {
            for b in &index.items()[i + 1..] {
                expected += usize::from(intersects(&a.shape, &b.shape));
            }
        }
        assert_eq!(pairs.len(), expected, "{name}");
        // Without outlines and relations: the same pairs, and areas within what edges are known to.
        let mut met = 0;
        for (place, item) in index.items().iter().enumerate() {
            index.each_shared_area(&item.shape, |other, shared| {
                let Some(pair) = pairs.iter().find(|p| (p.first, p.second) == (place, other))
                else {
                    return;
                };
                met += 1;
                let off = (shared.area - pair.overlap.area).abs();
                assert!(off <= pair.overlap.error, "{name} {shared:?} {:?}", pair.overlap);
                assert!((shared.error - pair.overlap.error).abs() <= pair.overlap.error * 0.05);
            });
        }
        assert_eq!(met, expected, "{name}");
        for pair in pairs {
            let (a, b) = (&index.items()[pair.first], &index.items()[pair.second]);
            assert!(a.id <= b.id);
            let overlap = pair.overlap;
            let (first, second) = (Geodesic::area(&a.shape), Geodesic::area(&b.shape));
            assert!(overlap.area <= first.min(second) + overlap.error, "{name} {overlap:?}");
            let Some(shared) = &overlap.shared else { continue };
            let back = overlap_of(&b.shape, &a.shape).unwrap();
            assert_eq!(back.relation, overlap.relation.reversed(), "{name}");
            assert!((back.area - overlap.area).abs() <= overlap.error, "{name}");
            // Monte Carlo over the box of the shared part: what lies in it lies in both.
            let bbox = shared.bbox();
            for _ in 0..200 {
                let at = LonLat::wrap(
                    bbox.west + random.unit() * bbox.width_degrees(),
                    random.between(bbox.south, bbox.north),
                );
                let in_both =
                    predicate::contains(&a.shape, at) && predicate::contains(&b.shape, at);
                if predicate::contains(shared, at) != in_both {
                    // Its geodesic edges are nearer to geodesics than those of the shapes.
                    let rings: Vec<LineString> = shared.chains().cloned().collect();
                    let border = Shape::from_checked(MultiLineString(rings).into());
                    let off = Geodesic::nearest(&Shape::point(at), &border).distance;
                    assert!(off <= Shape::EDGE_TOLERANCE, "{name} {at} {off:?}");
                }
            }
        }
    }
}

#[test]
fn an_empty_index_has_no_answers() {
    let index = SpatialIndex::<Named>::new(vec![]);
    let rajin = Shape::point(LonLat::new(130.298, 42.249).unwrap());
    assert!(index.near(&rajin, 3, |_| true).value.is_empty());
    assert!(index.within_distance(&rajin, Length::km(1e5), |_| true).value.is_empty());
    assert!(index.intersecting(&rajin, |_| true).value.is_empty());
    assert!(index.overlaps(|_| true).value.is_empty());
}

#[test]
fn the_same_place_many_times_is_ordered_by_id() {
    let rajin = Shape::point(LonLat::new(130.298, 42.249).unwrap());
    let named = |id: usize| Named { id: format!("{id:02}"), shape: rajin.clone() };
    let index = SpatialIndex::new((0..50).rev().map(named).collect());
    let ids = |k| -> Vec<String> {
        index.near(&rajin, k, |_| true).value.iter().map(|hit| hit.item.id.clone()).collect()
    };
    assert_eq!(ids(3), ["00", "01", "02"]);
    assert!(ids(0).is_empty());
    let odd = index.near(&rajin, 2, |item| item.id.ends_with('7')).value;
    assert_eq!(odd.iter().map(|hit| &*hit.item.id).collect::<Vec<_>>(), ["07", "17"]);
}

#[test]
fn neighbours_touch() {
    let square = |west: f64, south: f64| {
        let ring = [(0., 0.), (1., 0.), (1., 1.), (0., 1.)]
            .map(|(x, y)| Coord { x: west + x, y: south + y });
        Shape::new(Polygon::new(ring.to_vec().into(), vec![]).into(), EdgeModel::LonLat).unwrap()
    };
    let middle = square(130., 42.);
    for neighbour in [square(131., 42.), square(131., 43.), square(130., 41.)] {
        let overlap = overlap_of(&middle, &neighbour).unwrap();
        assert_eq!(overlap.relation, Relation::Touches);
        assert_eq!((overlap.area.to_m2(), overlap.shared), (0.0, None));
        assert!(predicate::touches(&middle, &neighbour));
    }
    assert!(overlap_of(&middle, &square(131.1, 42.)).is_none());
    assert_eq!(predicate::relate_matrix(&middle, &square(130.5, 42.5)), "212101212");
    assert_eq!(predicate::relate(&middle, &middle), Relation::Equals);
    let half = overlap_of(&middle, &square(130.5, 42.)).unwrap();
    assert!((half.share_of_first - 0.5).abs() < 1e-6, "{half:?}");
    // Geodesic triangles that share a side, densified from either end of it.
    let triangle = |corners: [(f64, f64); 3]| {
        let ring = corners.map(|(x, y)| Coord { x, y }).to_vec();
        Shape::new(Polygon::new(ring.into(), vec![]).into(), EdgeModel::Geodesic).unwrap()
    };
    let (a, b) = ((129.7757, 41.7956), (131.8735, 43.1056));
    let (north, south) = (triangle([a, b, (129.5, 43.)]), triangle([b, a, (131.5, 42.)]));
    assert_eq!(predicate::relate(&north, &south), Relation::Touches);
    assert_eq!(Geodesic::distance_between(&north, &south).to_m(), 0.0);
}

#[test]
fn islands_that_start_at_one_meridian_keep_their_place() {
    // Positions of 1e-5 degree, as outlines have them, along a border of many corners.
    let mut random = Random(7);
    let position =
        |x: f64, y: f64| Coord { x: (x * 1e5).round() / 1e5, y: (y * 1e5).round() / 1e5 };
    let border: Vec<Coord> = (0..200)
        .map(|i| position(random.between(98.0, 98.5), 10.0 + f64::from(i) * 0.05))
        .collect();
    let bank = |side: f64| {
        let mut ring = border.clone();
        ring.extend([position(side, 19.95), position(side, 10.0)]);
        Polygon::new(LineString(ring), vec![])
    };
    let island = |south: f64| {
        let ring = [(0., 0.), (0.3, 0.1), (0.2, 0.3), (0., 0.2)]
            .map(|(x, y)| position(93.123_45 + x, south + y));
        Polygon::new(ring.to_vec().into(), vec![])
    };
    let west = MultiPolygon(vec![bank(96.0), island(11.111_11), island(14.0)]);
    let [west, east] = [west, MultiPolygon(vec![bank(101.0)])]
        .map(|area| Shape::new(area.into(), EdgeModel::LonLat).unwrap());
    assert_eq!(predicate::relate_matrix(&west, &east), "FF2F11212");
}

#[test]
fn nearest_pairs_are_those_of_brute_force() {
    let mut random = Random(17);
    for (name, bounds) in worlds() {
        let [first, second] =
            [40, 30].map(|count| SpatialIndex::new(world(&mut random, bounds, count)));
        let mut brute: Vec<(f64, &str, &str)> = Vec::new();
        for a in first.items() {
            for b in second.items() {
                let distance = Geodesic::distance_between(&a.shape, &b.shape).to_m();
                brute.push((distance, a.id.as_str(), b.id.as_str()));
            }
        }
        brute.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)).then(a.2.cmp(b.2)));
        for k in [0, 1, 7, 200, 5_000] {
            let answer = first.nearest_pairs(&second, k, |_, _| true);
            assert_eq!(answer.value.len(), k.min(brute.len()), "{name}");
            for (pair, expected) in answer.value.iter().zip(&brute) {
                let distance = pair.nearest.distance.to_m();
                assert!((distance - expected.0).abs() < 4e-3, "{name} {distance} {expected:?}");
                let apart = Geodesic::distance(pair.nearest.from, pair.nearest.to).to_m();
                assert!((distance - apart).abs() < 1e-3, "{name} {pair:?}");
                if expected.0 == 0.0 {
                    assert_eq!((&*pair.first.id, &*pair.second.id), (expected.1, expected.2));
                }
            }
            assert_eq!(answer.explain.pruned + answer.explain.candidates, brute.len());
        }
        let odd = first.nearest_pairs(&second, 3, |a, b| a.id < b.id).value;
        assert!(odd.iter().all(|pair| pair.first.id < pair.second.id));
        let nothing = SpatialIndex::<Named>::new(vec![]);
        assert!(first.nearest_pairs(&nothing, 3, |_, _| true).value.is_empty());
        assert!(nothing.nearest_pairs(&first, 3, |_, _| true).value.is_empty());
    }
}
