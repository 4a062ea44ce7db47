//! Whatever numbers come to the door of [`Shape::new`]: no panic, and what is let in keeps its word.

use geo::Validation;
use geo_types::{
    Coord, Geometry, GeometryCollection, Line, LineString, MultiLineString, MultiPoint,
    MultiPolygon, Point, Polygon, Rect, Triangle,
};
use proptest::prelude::*;
use tumen_geo_core::geojson::{read, write};
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{Relation, covers, intersects, relate};
use tumen_geo_core::query::overlap_of;
use tumen_geo_core::raw::Record;
use tumen_geo_core::{Area, EdgeModel, Length, LonLat, Shape};

use crate::cases;

/// Any number at all, and those that mean something on the earth.
fn number() -> impl Strategy<Value = f64> {
    const MARKS: [f64; 22] = [
        0.0,
        -0.0,
        1.0,
        45.0,
        84.999_999,
        85.0,
        89.999_999_999,
        90.0,
        -90.0,
        179.999_999_999,
        180.0,
        -180.0,
        180.000_000_1,
        270.0,
        360.0,
        -360.0,
        5e-324,
        1e-12,
        1e300,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];
    prop_oneof![
        1 => any::<f64>(),
        2 => prop::sample::select(MARKS.to_vec()),
        3 => (-3..=3_i32).prop_map(f64::from),
        3 => -90.0..90.0_f64,
        2 => -360.0..360.0_f64,
    ]
}

fn wild() -> impl Strategy<Value = Coord> {
    (number(), number()).prop_map(|(x, y)| Coord { x, y })
}

/// Few places, so that positions repeat and edges cross; some at the poles and at ±180°.
fn tame() -> impl Strategy<Value = Coord> {
    let lon = prop_oneof![(-3..=3_i32).prop_map(|step| f64::from(step) * 60.0), -180.0..180.0_f64];
    let lat = prop_oneof![(-3..=3_i32).prop_map(|step| f64::from(step) * 30.0), -90.0..90.0_f64];
    (lon, lat).prop_map(|(x, y)| Coord { x, y })
}

/// Positions about one place, so close that rounding decides.
fn tiny() -> impl Strategy<Value = Coord> {
    (-4..=4_i32, -4..=4_i32, prop::sample::select(vec![1e-15, 1e-13, 1e-9, 1e-6])).prop_map(
        |(x, y, step)| Coord { x: 180.0 + f64::from(x) * step, y: 42.0 + f64::from(y) * step },
    )
}

fn positions(least: usize, most: usize) -> impl Strategy<Value = Vec<Coord>> {
    prop_oneof![
        1 => prop::collection::vec(wild(), least..most),
        2 => prop::collection::vec(tame(), least..most),
        1 => prop::collection::vec(tiny(), least..most),
        // Zero-length edges, and a ring that goes over itself again.
        1 => prop::collection::vec(tame(), least..most)
            .prop_map(|all| all.iter().flat_map(|&at| [at, at]).collect()),
        1 => prop::collection::vec(tame(), least..most).prop_map(|all| [all.clone(), all].concat()),
        // Around the earth.
        1 => (prop::collection::vec(-80.0..80.0_f64, 3..7)).prop_map(|lats| {
            let step = 360.0 / lats.len() as f64;
            let at = |(i, y): (usize, &f64)| Coord { x: step * i as f64 - 180.0, y: *y };
            lats.iter().enumerate().map(at).collect()
        }),
    ]
}

fn line() -> impl Strategy<Value = LineString> {
    positions(0, 7).prop_map(LineString)
}

fn area() -> impl Strategy<Value = Polygon> {
    (line(), prop::collection::vec(line(), 0..3))
        .prop_map(|(exterior, interiors)| Polygon::new(exterior, interiors))
}

fn geometry() -> impl Strategy<Value = Geometry> {
    prop_oneof![
        1 => wild().prop_map(|at| Geometry::from(Point(at))),
        1 => positions(0, 5).prop_map(|all| {
            Geometry::from(MultiPoint(all.into_iter().map(Point).collect()))
        }),
        1 => (wild(), wild()).prop_map(|(from, to)| Geometry::from(Line::new(from, to))),
        3 => line().prop_map(Geometry::from),
        1 => prop::collection::vec(line(), 0..3).prop_map(|all| MultiLineString(all).into()),
        8 => area().prop_map(Geometry::from),
        3 => prop::collection::vec(area(), 0..3).prop_map(|all| MultiPolygon(all).into()),
        1 => (tame(), tame()).prop_map(|(from, to)| Geometry::from(Rect::new(from, to))),
        1 => (tame(), tame(), wild()).prop_map(|(a, b, c)| Geometry::from(Triangle::new(a, b, c))),
        1 => area().prop_map(|area| {
            Geometry::GeometryCollection(GeometryCollection(vec![area.into()]))
        }),
    ]
}

fn edges() -> impl Strategy<Value = EdgeModel> {
    prop_oneof![Just(EdgeModel::LonLat), Just(EdgeModel::Geodesic)]
}

/// Twice the signed area in the plane.
fn doubled(ring: &[Coord]) -> f64 {
    let origin = ring[0];
    let cross = |a: Coord, b: Coord| {
        (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
    };
    ring.windows(2).map(|pair| cross(pair[0], pair[1])).sum()
}

/// How far the straight edge leaves the geodesic, metres, at three places.
fn gap(from: Coord, to: Coord) -> f64 {
    let (start, end) = (LonLat::wrap(from.x, from.y), LonLat::wrap(to.x, to.y));
    let (length, bearing, _) = Geodesic::inverse(start, end);
    let off = |share: f64| {
        let (x, y) = (from.x + share * (to.x - from.x), from.y + share * (to.y - from.y));
        let straight = LonLat::wrap(x, y);
        // The nearest of the places about the same share of the geodesic: along an edge that runs
        // north the shares of degrees and of metres are not the same.
        let away = |t: f64| {
            Geodesic::distance(straight, Geodesic::destination(start, bearing, length * t)).to_m()
        };
        let (mut low, mut high) = (share - 0.1, share + 0.1);
        for _ in 0..if away(share) > 0.9 { 60 } else { 0 } {
            let third = (high - low) / 3.0;
            let nearer = away(low + third) < away(high - third);
            (low, high) = if nearer { (low, high - third) } else { (low + third, high) };
        }
        away(share).min(away(f64::midpoint(low, high)))
    };
    [0.25, 0.5, 0.75].map(off).into_iter().fold(0.0, f64::max)
}

/// The guarantees of [`Shape`], held against it.
fn check(shape: &Shape) -> Result<(), TestCaseError> {
    prop_assert!(shape.positions().next().is_some());
    for at in shape.positions() {
        prop_assert!(at.x.is_finite() && at.y.abs() <= 90.0, "{at:?}");
    }
    // A hemisphere has thousands of edges, of which some tell.
    let step = 1 + shape.edges().count() / 40;
    prop_assert!(shape.edges().all(|(from, to)| from != to));
    for (from, to) in shape.edges().step_by(step) {
        // Along a meridian or a pole both are the same line, whichever way one counts along it.
        if from.x != to.x && !(from.y.abs() == 90.0 && to.y == from.y) {
            let off = gap(from, to);
            // The tolerance, and some rounding.
            prop_assert!(off <= Shape::EDGE_TOLERANCE.to_m() + 1e-3, "{from:?} {to:?} {off}");
        }
    }
    for polygon in shape.polygons() {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        for (place, ring) in rings.enumerate() {
            prop_assert!(ring.0.len() >= 4 && ring.0.first() == ring.0.last());
            let doubled = doubled(&ring.0);
            prop_assert!(if place == 0 { doubled >= 0.0 } else { doubled <= 0.0 }, "{ring:?}");
        }
    }
    Ok(())
}

/// Whether rings lie to each other as the simple features specification has it.
fn is_valid(shape: &Shape) -> bool {
    // The check takes the square of the number of positions.
    shape.positions().nth(1_000).is_none() && shape.geometry().is_valid()
}

/// No question about a shape panics, and no answer is absurd.
fn ask(shape: &Shape, other: &Shape) -> Result<(), TestCaseError> {
    let earth = 5.1007e14;
    let girth = 2.0004e7;
    prop_assert!((0.0..earth).contains(&Geodesic::area(shape).to_m2()));
    prop_assert!(Geodesic::length(shape).to_m().is_finite());
    prop_assert!(Geodesic::perimeter(shape).to_m().is_finite());
    let nearest = Geodesic::nearest(shape, other);
    prop_assert!((0.0..girth).contains(&nearest.distance.to_m()), "{nearest:?}");
    prop_assert_eq!(Geodesic::distance_between(shape, shape), Length::ZERO);
    // Holes beyond their shell, and parts that overlap, are let in, and mean what they may.
    if is_valid(shape) && is_valid(other) {
        prop_assert!(intersects(shape, shape) && covers(shape, shape));
        prop_assert_eq!(relate(shape, shape), Relation::Equals);
        prop_assert_eq!(relate(shape, other), relate(other, shape).reversed());
    }
    // For a small one, a large one's edges are cut into pieces of its size.
    let small = Geodesic::area(shape).min(Geodesic::area(other)) < Area::km2(1e3);
    if let Some(overlap) = (!small).then(|| overlap_of(shape, other)).flatten() {
        prop_assert!((0.0..=1.0).contains(&overlap.share_of_first), "{overlap:?}");
        prop_assert!(overlap.area.to_m2() <= earth);
    }
    let bbox = shape.bbox();
    let within = |at: Coord| {
        // The box is wrapped, which rounds in the last bit.
        let at = LonLat::wrap(at.x, at.y);
        [-1e-12, 0.0, 1e-12].iter().any(|off| bbox.contains(LonLat::wrap(at.lon() + off, at.lat())))
    };
    prop_assert!(shape.positions().all(within), "{bbox:?}");
    let named = |id: &str, shape: &Shape| Named { id: id.to_owned(), shape: shape.clone() };
    let index = SpatialIndex::new(vec![named("a", shape), named("b", other)]);
    prop_assert_eq!(index.near(shape, 2, |_| true).value.len(), 2);
    prop_assert_eq!(index.near(shape, 2, |_| true).value[0].distance(), Length::ZERO);
    // What is written is read, but for what is smaller than the last decimal.
    let record = Record { id: "a".to_owned(), shape: shape.clone(), properties: vec![] };
    if let Some(again) = write([&record]).ok().and_then(|text| read(&text, EdgeModel::LonLat).ok())
    {
        prop_assert_eq!(again[0].shape.dimension(), shape.dimension());
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn nothing_at_the_door_panics(geometry in geometry(), edges in edges()) {
        match Shape::new(geometry, edges) {
            Ok(shape) => check(&shape)?,
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn rings_around_a_position_never_panic(ring in positions(0, 7), inside in tame()) {
        let good = |at: &Coord| LonLat::new(at.x, at.y).ok();
        let ring: Vec<LonLat> = ring.iter().filter_map(good).collect();
        if let Ok(shape) = Shape::enclosing(&ring, LonLat::wrap(inside.x, inside.y)) {
            check(&shape)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn what_is_let_in_can_be_asked(
        shape in (geometry(), edges()).prop_filter_map("refused", |(g, e)| Shape::new(g, e).ok()),
        other in (geometry(), edges()).prop_filter_map("refused", |(g, e)| Shape::new(g, e).ok()),
    ) {
        ask(&shape, &other)?;
    }
}
