//! Centroids, and how well lengths are known.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Coord, LineString, MultiPoint, Polygon, Rect};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::{EdgeModel, LonLat, Shape};

fn ring(corners: &[(f64, f64)]) -> LineString {
    corners.iter().map(|&(x, y)| Coord { x, y }).collect()
}

fn area(corners: &[(f64, f64)], edges: EdgeModel) -> Shape {
    Shape::new(Polygon::new(ring(corners), vec![]).into(), edges).unwrap()
}

fn metres(shape: &Shape, (lon, lat): (f64, f64)) -> f64 {
    let expected = LonLat::new(lon, lat).unwrap();
    Geodesic::distance(Geodesic::centroid(shape).unwrap(), expected).to_m()
}

/// Expected: `centroids/oracle.py`.
#[test]
fn centroids_of_geodesic_polygons() {
    type Case = (&'static [(f64, f64)], (f64, f64));
    let cases: [Case; 5] = [
        (
            &[(130.2980, 42.2494), (130.3660, 42.8620), (130.8061, 42.6511)],
            (130.489_762_07, 42.587_725_13),
        ),
        (
            &[(129.7757, 41.7956), (129.5133, 42.9068), (131.8735, 43.1056)],
            (130.382_296_68, 42.607_540_27),
        ),
        (&[(0., 84.), (120., 86.), (240., 88.)], (30.016_812_38, 88.843_577_72)),
        (&[(177., -20.), (-178., -19.), (-179., -15.)], (-179.986_982_90, -18.012_386_88)),
        (&[(0., 10.), (100., 20.), (60., 70.)], (49.030_477_22, 40.463_538_70)),
    ];
    for (corners, expected) in cases {
        let away = metres(&area(corners, EdgeModel::Geodesic), expected);
        // A metre is what the docs promise.
        assert!(away < 1.0, "{expected:?}: {away} m");
        let backwards: Vec<(f64, f64)> = corners.iter().rev().copied().collect();
        let away = metres(&area(&backwards, EdgeModel::Geodesic), expected);
        assert!(away < 1.0, "{expected:?}: {away} m");
    }
}

/// Expected: the normals of a fine grid, added up by the cosine of the latitude over the square of
/// 1 − e² sin² φ, to which the area of a lon/lat cell is proportional; symmetric in longitude.
#[test]
fn centroids_of_boxes_are_those_of_a_grid() {
    const E2: f64 = 6.694_379_990_141_317e-3;
    for (west, south, east, north) in
        [(129.0, 41.0, 133.0, 44.0), (170.0, -30.0, 200.0, 10.0), (10.0, 80.0, 70.0, 89.0)]
    {
        let shape: Rect = Rect::new((west, south), (east, north));
        let shape = Shape::new(shape.into(), EdgeModel::LonLat).unwrap();
        let half = f64::to_radians(east - west) / 2.0;
        let steps = 20_000;
        let (mut level, mut up) = (0.0, 0.0);
        for step in 0..steps {
            let lat = south + (north - south) * (f64::from(step) + 0.5) / f64::from(steps);
            let (sin, cos) = lat.to_radians().sin_cos();
            let cell = cos / (1.0 - E2 * sin * sin).powi(2);
            // The mean of the cosine of the longitude from the middle one is sin(half) / half.
            level += cell * cos * half.sin() / half;
            up += cell * sin;
        }
        let away = metres(&shape, (f64::midpoint(west, east), up.atan2(level).to_degrees()));
        // Parallels are known to a metre.
        assert!(away < 2.0, "{west} {south}: {away} m");
    }
}

#[test]
fn holes_lines_and_points_have_centroids() {
    let hole = [(130.1, 42.1), (130.4, 42.1), (130.4, 42.4), (130.1, 42.4)];
    let outside = [(130.0, 42.0), (131.0, 42.0), (131.0, 43.0), (130.0, 43.0)];
    let holed = Polygon::new(ring(&outside), vec![ring(&hole)]);
    let holed = Shape::new(holed.into(), EdgeModel::LonLat).unwrap();
    let (whole, hole) = (area(&outside, EdgeModel::LonLat), area(&hole, EdgeModel::LonLat));
    // The frame and what fills it have their middle in that of the whole, to within the curvature.
    let part = Geodesic::area(&hole) / Geodesic::area(&whole);
    let middle = |shape: &Shape| Geodesic::centroid(shape).unwrap();
    let (frame, filling, all) = (middle(&holed), middle(&hole), middle(&whole));
    let lon = frame.lon() * (1.0 - part) + filling.lon() * part;
    let lat = frame.lat() * (1.0 - part) + filling.lat() * part;
    assert!(Geodesic::distance(all, LonLat::new(lon, lat).unwrap()).to_m() < 200.0, "{frame}");

    let line = LineString::from(vec![(130.0, 42.0), (130.0, 43.0), (130.0, 42.5)]);
    let line = Shape::new(line.into(), EdgeModel::Geodesic).unwrap();
    // A degree whose middle is at 42.5, and half a degree whose middle is at 42.75.
    assert!(metres(&line, (130.0, 42.0 + (0.5 + 0.375) / 1.5)) < 10.0);
    let ports = MultiPoint::from(vec![(179.0, 10.0), (-179.0, 10.0)]);
    let ports = Shape::new(ports.into(), EdgeModel::LonLat).unwrap();
    assert!(metres(&ports, (180.0, 10.0)) < 300.0);
    let rajin = Shape::point(LonLat::new(130.298, 42.249).unwrap());
    assert!(metres(&rajin, (130.298, 42.249)) < 1e-6);
}

#[test]
fn what_has_no_middle_has_none() {
    let poles = MultiPoint::from(vec![(0.0, 90.0), (0.0, -90.0)]);
    assert_eq!(Geodesic::centroid(&Shape::new(poles.into(), EdgeModel::LonLat).unwrap()), None);
    let belt = Rect::new((-180.0, -10.0), (180.0, 10.0));
    assert_eq!(Geodesic::centroid(&Shape::new(belt.into(), EdgeModel::LonLat).unwrap()), None);
    let cap = Rect::new((-180.0, 60.0), (180.0, 90.0));
    let cap = Shape::new(cap.into(), EdgeModel::LonLat).unwrap();
    assert!(metres(&cap, (0.0, 90.0)) < 2.0);
}

/// The same corners read either way: the lengths differ, and by no more than is said.
#[test]
fn lengths_are_known_as_well_as_said() {
    for south in [5.0, 42.0, 70.0, 85.0] {
        let line = LineString::from(vec![(130.0, south), (130.3, south), (131.0, south + 0.4)]);
        let read = |edges| Shape::new(line.clone().into(), edges).unwrap();
        let straight = read(EdgeModel::LonLat);
        let error = Geodesic::length_error(&straight).to_m();
        // The lon/lat reading, in steps of some centimetres, to which both readings agree.
        let fine: LineString = (straight.lines()[0].0.windows(2))
            .flat_map(|pair| {
                let (from, to) = (pair[0], pair[1]);
                (0..64).map(move |i| {
                    let t = f64::from(i) / 64.0;
                    Coord { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) }
                })
            })
            .chain(straight.lines()[0].0.last().copied())
            .collect();
        let fine = Shape::new(fine.into(), EdgeModel::LonLat).unwrap();
        let differs = (Geodesic::length(&fine) - Geodesic::length(&straight)).to_m();
        assert!(differs >= -1e-6, "{south}: {differs}");
        assert!(differs <= error && error < 10.0 * differs + 1e-4, "{south}: {differs} {error}");
    }
    let rajin = Shape::point(LonLat::new(130.298, 42.249).unwrap());
    assert!(Geodesic::length_error(&rajin).to_m() == 0.0);
}
