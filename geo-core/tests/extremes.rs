//! Every question, asked of the emptiest, the most crowded and the largest there is.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Geometry, LineString, MultiPoint, Point, Rect, polygon};
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{Relation, covers, intersects};
use tumen_geo_core::query::JoinBy;
use tumen_geo_core::{Bbox, EdgeModel, Length, LonLat, Shape};

fn shape(geometry: impl Into<Geometry>) -> Shape {
    Shape::new(geometry.into(), EdgeModel::LonLat).unwrap()
}

/// A ring around the pole of its hemisphere whose corners lie on two parallels by turns: along
/// one, every point would be the nearest to another parallel.
fn cap(lats: [f64; 2], turn: f64) -> Shape {
    let corner = |i: u8| (turn * (10.0 * f64::from(i) - 180.0), lats[usize::from(i % 2)]);
    let ring: LineString = (0..36).map(corner).collect();
    shape(geo_types::Polygon::new(ring, vec![]))
}

/// What is larger than a hemisphere, lies around a pole, on ±180°, or has edges of no length.
fn extremes() -> Vec<Shape> {
    let at = |lon, lat| Shape::point(LonLat::new(lon, lat).unwrap());
    vec![
        shape(Rect::new((-180.0, -90.0), (180.0, 90.0))),
        shape(Rect::new((-170.0, -80.0), (170.0, 85.0))),
        shape(Rect::new((-180.0, -90.0), (180.0, 60.0))),
        cap([59.0, 63.0], 1.0),
        cap([-1.0, -4.0], -1.0),
        cap([1e-9, 5.0], 1.0),
        shape(polygon![
            exterior: [(x: -100.0, y: -60.0), (x: 100.0, y: -60.0), (x: 100.0, y: 60.0), (x: -100.0, y: 60.0)],
            interiors: [[(x: 10.0, y: 10.0), (x: 10.0, y: 10.0), (x: 20.0, y: 10.0), (x: 15.0, y: 20.0)]],
        ]),
        shape(polygon![
            (x: 179.0, y: 60.0), (x: 179.0, y: 60.0), (x: -179.0, y: 60.0), (x: 180.0, y: 61.0)]),
        shape(LineString::from(vec![(130.0, 42.0), (130.0, 42.0), (131.0, 42.0)])),
        shape(LineString::from(vec![(0.0, 90.0), (90.0, 90.0), (0.0, 0.0)])),
        shape(LineString::from(vec![(0.0, 0.0), (180.0, 0.0)])),
        shape(MultiPoint(vec![
            Point::new(0.0, -90.0),
            Point::new(77.0, -90.0),
            Point::new(-180.0, 0.0),
        ])),
        at(0.0, 90.0),
        at(-77.0, -90.0),
        at(180.0, 0.0),
        at(-180.0, 0.0),
        at(15.0, 15.0),
    ]
}

fn indexed(shapes: &[Shape]) -> SpatialIndex<Named> {
    let named =
        |(id, shape): (usize, &Shape)| Named { id: format!("{id:02}"), shape: shape.clone() };
    SpatialIndex::new(shapes.iter().enumerate().map(named).collect())
}

/// Asks one index everything about a shape, and compares with brute force what that knows.
fn ask(index: &SpatialIndex<Named>, asked: &Shape) {
    let all = |found: Vec<&Named>| -> Vec<String> {
        let mut ids: Vec<String> = found.iter().map(|item| item.id.clone()).collect();
        ids.sort_unstable();
        ids
    };
    let brute = |test: fn(&Shape, &Shape) -> bool| -> Vec<&Named> {
        index.items().iter().filter(|item| test(asked, &item.shape)).collect()
    };
    for k in [0, 1, usize::MAX] {
        let hits = index.near(asked, k, |_| true).value;
        assert_eq!(hits.len(), k.min(index.len()));
        for hit in hits {
            let apart = Geodesic::distance_between(asked, &hit.item.shape);
            assert!((hit.distance() - apart).abs().to_m() < 4e-3, "{apart:?} {hit:?}");
        }
    }
    for metres in [f64::NEG_INFINITY, -1.0, 0.0, 1e6, 3e7, f64::INFINITY, f64::NAN] {
        let radius = Length::m(metres);
        let mut found: Vec<usize> =
            index.within_distance(asked, radius, |_| true).value.iter().map(|h| h.index).collect();
        found.sort_unstable();
        let mut visited = Vec::new();
        index.each_within_distance(asked, radius, |place| visited.push(place));
        visited.sort_unstable();
        assert_eq!(visited, found, "{metres}");
        assert!(metres >= 0.0 || found.is_empty(), "{metres}");
    }
    let whole = index.within_distance(asked, Length::m(3e7), |_| true).value;
    assert_eq!(whole.len(), index.len());

    let meeting = all(brute(intersects));
    assert_eq!(all(index.intersecting(asked, |_| true).value), meeting);
    assert_eq!(all(index.within_area(asked, |_| true).value), all(brute(covers)));
    let shared = index.overlap(asked, |_| true).value;
    assert_eq!(all(shared.iter().map(|(item, _)| *item).collect()), meeting);
    let (mut met, mut sharing) = (0, 0);
    index.each_intersecting(asked, |_| met += 1);
    index.each_shared_area(asked, |_, _| sharing += 1);
    assert_eq!((met, sharing), (meeting.len(), meeting.len()));
    let relations = JoinBy::Relation(vec![Relation::Covers, Relation::Overlaps, Relation::Equals]);
    for by in [JoinBy::Intersects, relations, JoinBy::Nearest(3), JoinBy::Within(Length::ZERO)] {
        assert!(index.matches(asked, &by).0.len() <= index.len());
    }
    let _ = index.service_areas(asked, |_| true);
    let _ = index.along(asked, Length::km(100.0), .., |_| true);
}

/// Asks one index everything about itself.
fn ask_itself(index: &SpatialIndex<Named>) {
    let pairs = index.overlaps(|_| true).value;
    let meeting = |(i, a): (usize, &Named)| {
        index.items()[i + 1..].iter().filter(|b| intersects(&a.shape, &b.shape)).count()
    };
    assert_eq!(pairs.len(), index.items().iter().enumerate().map(meeting).sum::<usize>());
    assert_eq!(index.overlaps_with(index, |_, _| true).value.len(), 2 * pairs.len() + index.len());
    let nearest = index.nearest_pairs(index, usize::MAX, |_, _| true).value;
    assert_eq!(nearest.len(), index.len() * index.len());
    for km in [0.0, 1_000.0, 30_000.0] {
        let components = index.components(Length::km(km), |_| true).value;
        let members: usize = components.iter().map(|component| component.members.len()).sum();
        assert_eq!(members, index.len());
        assert!(km < 30_000.0 || components.len() <= 1);
        assert_eq!(index.gaps(&components).len(), components.len());
    }
    let areas = index.items().iter().filter(|item| item.shape.dimension() == 2).count();
    assert_eq!(index.hierarchy(0.9, |_| true).unwrap().value.len(), areas);
    assert!(index.combine(|_| true).value.len() >= usize::from(areas > 0));
    let earth = Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
    assert_eq!(index.within_bbox(&earth, |_| true).value.len(), index.len());
}

#[test]
fn extremes_are_found_as_by_brute_force() {
    let shapes = extremes();
    let index = indexed(&shapes);
    for asked in &shapes {
        ask(&index, asked);
    }
    ask_itself(&index);
}

#[test]
fn none_and_one_are_enough() {
    let shapes = extremes();
    ask_itself(&indexed(&[]));
    for one in &shapes {
        ask(&indexed(&[]), one);
        let index = indexed(std::slice::from_ref(one));
        ask_itself(&index);
        ask(&index, one);
        ask(&index, &shapes[0]);
    }
}

#[test]
fn everything_may_lie_in_one_place() {
    let shapes = extremes();
    for (kind, count) in [(1, 4), (3, 8), (8, 40), (12, 300)] {
        let index = indexed(&vec![shapes[kind].clone(); count]);
        ask(&index, &shapes[kind]);
        ask(&index, &shapes[15]);
        ask_itself(&index);
    }
}

#[test]
fn what_comes_one_by_one_may_be_extreme() {
    let shapes = extremes();
    let mut index = indexed(&[]);
    for item in indexed(&shapes).items() {
        index.insert(item.clone());
    }
    index.remove(4);
    index.remove(0);
    let left: Vec<Shape> = index.items().iter().map(|item| item.shape.clone()).collect();
    for asked in &left {
        ask(&index, asked);
    }
    ask_itself(&index);
}
