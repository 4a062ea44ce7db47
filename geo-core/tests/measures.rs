//! Lengths, areas and distances against GeographicLib.
//!
//! Expected numbers: Python `geographiclib` 2.1. Areas and perimeters are
//! `Geodesic.WGS84.Polygon()`, `AddPoint` for each corner, `Compute(False, True)`. Distances from a
//! position to an edge are found without derivatives: 400 positions along
//! `Geodesic.WGS84.InverseLine`, `Inverse` to each, and the same again six times around the least.

#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests")]
#![allow(clippy::inconsistent_digit_grouping, reason = "numbers as the oracle prints them")]

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use tumen_geo_core::measure::{Geodesic, Haversine};
use tumen_geo_core::predicate::{contains, covers, intersects};
use tumen_geo_core::{EdgeModel, LonLat, Shape};

type Corner = (f64, f64);

const RAJIN: (f64, f64) = (130.2980, 42.2494);
const HUNCHUN: (f64, f64) = (130.3660, 42.8620);
const POSYET: (f64, f64) = (130.8061, 42.6511);
const CHONGJIN: (f64, f64) = (129.7757, 41.7956);
const YANJI: (f64, f64) = (129.5133, 42.9068);
const VLADIVOSTOK: (f64, f64) = (131.8735, 43.1056);

fn coords(positions: &[(f64, f64)]) -> LineString {
    positions.iter().map(|&(x, y)| Coord { x, y }).collect()
}

fn area(corners: &[(f64, f64)]) -> Shape {
    Shape::new(Polygon::new(coords(corners), vec![]).into(), EdgeModel::Geodesic).unwrap()
}

fn line(positions: &[(f64, f64)]) -> Shape {
    Shape::new(coords(positions).into(), EdgeModel::Geodesic).unwrap()
}

fn point((lon, lat): (f64, f64)) -> Shape {
    Shape::point(LonLat::new(lon, lat).unwrap())
}

#[test]
fn areas_and_perimeters() {
    let cases: [(&[Corner], f64, f64); 5] = [
        (&[RAJIN, POSYET, HUNCHUN], 1_293_352_835.700, 172_394.6329),
        (&[CHONGJIN, VLADIVOSTOK, YANJI], 12_123_812_552.208, 544_723.8064),
        // Over ±180°.
        (
            &[(170., 50.), (-170., 50.), (-170., 55.), (170., 55.)],
            748_579_785_094.105,
            3_817_901.2051,
        ),
        // Around the poles.
        (
            &[(0., 70.), (90., 70.), (180., 70.), (-90., 70.)],
            10_175_187_229_321.719,
            12_500_710.7277,
        ),
        (
            &[(0., -70.), (-90., -70.), (180., -70.), (90., -70.)],
            10_175_187_229_321.719,
            12_500_710.7277,
        ),
    ];
    for (corners, expected_area, expected_perimeter) in cases {
        let mut turned = corners.to_vec();
        for _ in 0..corners.len() {
            turned.rotate_left(1);
            let backwards: Vec<_> = turned.iter().rev().copied().collect();
            for corners in [&turned, &backwards] {
                let shape = area(corners);
                let (area, perimeter) =
                    (Geodesic::area(&shape).to_m2(), Geodesic::perimeter(&shape).to_m());
                assert!((area / expected_area - 1.0).abs() < 1e-9, "{corners:?} {area}");
                assert!((perimeter - expected_perimeter).abs() < 1e-3, "{corners:?} {perimeter}");
            }
        }
    }
}

#[test]
fn holes_and_the_whole_earth() {
    let hole = coords(&[(130.4, 42.5), (130.5, 42.5), (130.45, 42.6)]);
    let holed = Polygon::new(coords(&[RAJIN, POSYET, HUNCHUN]), vec![hole]);
    let holed = Shape::new(holed.into(), EdgeModel::Geodesic).unwrap();
    let (area, perimeter) = (Geodesic::area(&holed).to_m2(), Geodesic::perimeter(&holed).to_m());
    assert!((area - (1_293_352_835.700 - 45_649_995.789)).abs() < 1.0, "{area}");
    assert!((perimeter - (172_394.6329 + 31_906.2895)).abs() < 1e-3, "{perimeter}");

    // Bounded by the equator as one edge: half of what GeographicLib has for the earth.
    let north = Polygon::new(coords(&[(-180., 0.), (180., 0.), (180., 90.), (-180., 90.)]), vec![]);
    let north = Geodesic::area(&Shape::new(north.into(), EdgeModel::LonLat).unwrap()).to_m2();
    assert!((north - 255_032_810_862_044.22).abs() < 1.0, "{north}");

    let earth =
        Polygon::new(coords(&[(-180., -90.), (180., -90.), (180., 90.), (-180., 90.)]), vec![]);
    let earth = Shape::new(earth.into(), EdgeModel::LonLat).unwrap();
    assert!((Geodesic::area(&earth).to_m2() / 510_065_621_724_088.44 - 1.0).abs() < 1e-12);
    assert_eq!(Geodesic::perimeter(&earth).to_m(), 0.0);
    assert!(intersects(&earth, &point(RAJIN)) && covers(&earth, &holed));
    assert_eq!(Geodesic::distance_between(&earth, &holed).to_m(), 0.0);
}

#[test]
fn lengths() {
    let expected = 66_421.979_060_227_1 + 61_140.566;
    let length = Geodesic::length(&line(&[CHONGJIN, RAJIN, POSYET])).to_m();
    assert!((length - expected).abs() < 1e-3, "{length}");
    assert_eq!(Geodesic::length(&area(&[RAJIN, HUNCHUN, POSYET])).to_m(), 0.0);
}

#[test]
fn from_a_position_to_an_edge() {
    let cases = [
        (HUNCHUN, (130.6, 42.42), (130.7, 42.29), 52_717.1624, (130.6, 42.42)),
        (HUNCHUN, RAJIN, POSYET, 42_307.1454, (130.743_020_3, 42.601_631_9)),
        ((139.69, 35.69), (87.6, 43.8), (131.87, 43.11), 1_063_085.4270, (131.87, 43.11)),
        // Over ±180°, over the pole, beyond a quarter of the girth, near the antipode.
        ((-179.5, 52.), (170., 50.), (-170., 55.), 122_667.0737, (179.821_149, 53.021_601_4)),
        ((0., 89.9), (-60., 85.), (120., 88.), 9_672.9810, (-60., 89.95)),
        ((30., -40.), CHONGJIN, VLADIVOSTOK, 13_518_799.8484, CHONGJIN),
        ((-50., -42.), CHONGJIN, VLADIVOSTOK, 19_817_392.9527, VLADIVOSTOK),
        ((130., 42.), YANJI, VLADIVOSTOK, 104_945.5833, (129.842_857, 42.937_564_3)),
    ];
    for (position, from, to, expected, foot) in cases {
        let (position, edge) = (point(position), line(&[from, to]));
        let found = Geodesic::nearest(&position, &edge);
        assert!((found.distance.to_m() - expected).abs() < 0.005, "{expected}: {found:?}");
        let foot = LonLat::new(foot.0, foot.1).unwrap();
        assert!(Geodesic::distance(found.to, foot).to_m() < 2.0, "{foot}: {found:?}");
        let between = Geodesic::distance(found.from, found.to) - found.distance;
        assert!(between.abs().to_m() < 1e-6);
        let back = Geodesic::nearest(&edge, &position);
        assert!((back.distance - found.distance).abs().to_m() < 2e-3);
    }
}

#[test]
fn shapes_that_share_a_point_are_not_apart() {
    let large = area(&[CHONGJIN, VLADIVOSTOK, YANJI]);
    for other in [
        point(HUNCHUN),
        point(YANJI),
        line(&[RAJIN, POSYET]),
        line(&[(128., 42.), (133., 43.)]),
        area(&[RAJIN, HUNCHUN, POSYET]),
        area(&[(120., 30.), (140., 30.), (140., 50.), (120., 50.)]),
    ] {
        assert_eq!(Geodesic::distance_between(&large, &other).to_m(), 0.0);
        assert!(intersects(&large, &other) && intersects(&other, &large));
    }
    let away = area(&[(127., 35.), (128., 35.), (127., 36.)]);
    assert!(Geodesic::distance_between(&large, &away).to_km() > 500.0);
    assert!(!intersects(&large, &away));
}

#[test]
fn in_a_hole_means_outside() {
    let hole = coords(&[(1., 1.), (1., 3.), (3., 3.), (3., 1.)]);
    let ring = coords(&[(0., 0.), (4., 0.), (4., 4.), (0., 4.)]);
    let holed = Shape::new(Polygon::new(ring, vec![hole]).into(), EdgeModel::LonLat).unwrap();
    let inside = area(&[(1.5, 1.5), (2.5, 1.5), (2., 2.5)]);
    assert!(!intersects(&holed, &inside));
    // The western side of the hole is the meridian 1° E; its triangle lies 0.5° from the south too.
    let expected = Geodesic::distance(LonLat::wrap(1.5, 1.5), LonLat::wrap(1.5, 1.0));
    let distance = Geodesic::distance_between(&holed, &inside);
    assert!((distance - expected).abs().to_m() < 10.0, "{distance:?} {expected:?}");
    assert!(!covers(&holed, &area(&[(0.5, 0.5), (3.5, 0.5), (3.5, 3.5), (0.5, 3.5)])));
}

#[test]
fn areas_at_the_antimeridian_and_the_pole_hold_what_they_hold() {
    let cut = Geometry::MultiPolygon(MultiPolygon(vec![
        Polygon::new(coords(&[(170., 50.), (180., 50.), (180., 60.), (170., 60.)]), vec![]),
        Polygon::new(coords(&[(-180., 50.), (-170., 50.), (-170., 60.), (-180., 60.)]), vec![]),
    ]));
    let cut = Shape::new(cut, EdgeModel::LonLat).unwrap();
    let over = line(&[(178., 52.), (-178., 53.)]);
    assert!(covers(&cut, &over));
    assert!(contains(&cut, LonLat::wrap(180., 55.)) && contains(&cut, LonLat::wrap(-180., 55.)));
    assert!(!contains(&cut, LonLat::wrap(0., 55.)));

    let cap = area(&[(0., 70.), (90., 70.), (180., 70.), (-90., 70.)]);
    for lon in [-180., -45., 0., 90., 180.] {
        assert!(contains(&cap, LonLat::wrap(lon, 89.)) && contains(&cap, LonLat::wrap(lon, 90.)));
        assert!(!contains(&cap, LonLat::wrap(lon, 60.)));
        assert!(covers(&cap, &line(&[(lon, 85.), (lon + 100., 86.), (lon + 150., 86.)])));
        let to_corner = Geodesic::distance(LonLat::wrap(90., 60.), LonLat::wrap(90., 70.));
        let to_cap = Geodesic::distance_between(&point((90., 60.)), &cap);
        assert!((to_cap - to_corner).abs().to_m() < 1e-3);
    }
}

#[test]
fn the_sphere_agrees_to_its_flattening() {
    for to in [RAJIN, CHONGJIN, (-70., -33.), (0., 90.)] {
        let (from, to) = (LonLat::new(YANJI.0, YANJI.1).unwrap(), LonLat::new(to.0, to.1).unwrap());
        let ratio = Haversine::distance(from, to) / Geodesic::distance(from, to);
        assert!((ratio - 1.0).abs() < 0.006);
    }
}

#[test]
fn a_thin_triangle_beside_a_pole_keeps_its_ground() {
    // Found by proptest: its geodesic edges turn the ring about in the lon/lat plane. The area was
    // made with geographiclib 2.1 (Python): PolygonArea of the three corners.
    let corners = [
        (-35.218_480_868_929_38, -89.487_889_755_429_39),
        (-23.621_106_444_442_027, -89.614_311_567_531_89),
        (-143.933_964_112_570_7, -88.130_536_252_380_78),
    ];
    let area = |corners: Vec<(f64, f64)>| {
        let ring = Polygon::new(LineString::from(corners), vec![]);
        Geodesic::area(&Shape::new(ring.into(), EdgeModel::Geodesic).unwrap()).to_km2()
    };
    let mut backwards = corners.to_vec();
    backwards.reverse();
    for corners in [corners.to_vec(), backwards] {
        let area = area(corners);
        assert!((area - 2021.255_520_4).abs() < 1e-3, "{area}");
    }
}
