//! Chainages against brute force: the line sampled, each sample measured.

#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests")]

use geo_types::{Coord, LineString, MultiLineString, line_string};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::{Chainage, Geodesic, Side};
use tumen_geo_core::{Angle, EdgeModel, Length, LonLat, Shape};

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

fn line(line: LineString) -> Shape {
    Shape::new(line.into(), EdgeModel::Geodesic).unwrap()
}

fn lines(lines: Vec<LineString>) -> Shape {
    Shape::new(MultiLineString(lines).into(), EdgeModel::Geodesic).unwrap()
}

prop_compose! {
    /// A walk of some legs from anywhere, poles and ±180° included.
    fn walk()(
        start in prop_oneof![
            (-180.0..180.0_f64, -89.0..89.0_f64),
            (178.0..182.0_f64, -20.0..20.0_f64),
            (-180.0..180.0_f64, 88.0..89.9_f64),
        ],
        legs in prop::collection::vec((0.0..360.0_f64, 1.0..400.0_f64), 1..8),
    ) -> Option<Shape> {
        let mut here = LonLat::wrap(start.0, start.1);
        let mut line: Vec<Coord> = vec![here.into()];
        for (bearing, km) in legs {
            here = Geodesic::destination(here, Angle::degrees(bearing), Length::km(km));
            line.push(here.into());
        }
        Shape::new(LineString(line).into(), EdgeModel::Geodesic).ok()
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(5),
        failure_persistence: None,
        ..ProptestConfig::with_cases(64)
    })]

    #[test]
    fn positions_come_back_and_parts_add_up(walk in walk(), part in 0.0..1.0_f64) {
        let Some(walk) = walk else { return Ok(()) };
        let chainage = Chainage::of(&walk).unwrap();
        let whole = chainage.length(0);
        prop_assert!((whole - Geodesic::length(&walk)).abs().to_m() < 1e-5);
        let middle = whole * part;
        let there = chainage.position_at(0, middle).unwrap();
        let found = chainage.locate(there);
        prop_assert_eq!((found.offset, found.side), (Length::ZERO, Side::On));
        // A walk may cross itself: then another chainage is as right.
        let back = chainage.position_at(0, found.chainage).unwrap();
        prop_assert!(Geodesic::distance(back, there).to_m() < 2e-3);
        let halves = [(Length::ZERO, middle), (middle, whole), (whole, middle)]
            .map(|(from, to)| chainage.between(0, from, to));
        let length = |half: &Option<Shape>| half.as_ref().map_or(0.0, |h| Geodesic::length(h).to_m());
        prop_assert!((length(&halves[0]) + length(&halves[1]) - whole.to_m()).abs() < 1e-4);
        prop_assert!((length(&halves[1]) - length(&halves[2])).abs() < 1e-5);
    }

    #[test]
    fn no_sample_is_nearer(walk in walk(), bearing in 0.0..360.0_f64, km in 0.0..900.0_f64) {
        const SAMPLES: u32 = 400;
        let Some(walk) = walk else { return Ok(()) };
        let chainage = Chainage::of(&walk).unwrap();
        let whole = chainage.length(0);
        let middle = chainage.position_at(0, whole * 0.5).unwrap();
        let from = Geodesic::destination(middle, Angle::degrees(bearing), Length::km(km));
        let place = chainage.locate(from);
        let on_line = chainage.position_at(0, place.chainage).unwrap();
        prop_assert!(Geodesic::distance(on_line, place.on_line).to_m() < 1e-3);
        prop_assert!((Geodesic::distance(from, place.on_line) - place.offset).abs().to_m() < 1e-4);
        for sample in 0..=SAMPLES {
            let chainage_there = whole * (f64::from(sample) / f64::from(SAMPLES));
            let there = chainage.position_at(0, chainage_there).unwrap();
            prop_assert!(Geodesic::distance(from, there).to_m() > place.offset.to_m() - 2e-3);
        }
    }

    /// A port a little aside of a leg is where it was put, and the way back has it mirrored.
    #[test]
    fn sides_are_where_positions_were_put(walk in walk(), part in 0.0..1.0_f64, left: bool) {
        let Some(walk) = walk else { return Ok(()) };
        let chainage = Chainage::of(&walk).unwrap();
        let whole = chainage.length(0);
        let (before, after) = (whole * part, whole * part + Length::m(0.5));
        let (Some(here), Some(ahead)) = (chainage.position_at(0, before), chainage.position_at(0, after))
        else { return Ok(()) };
        let turn = if left { -90.0 } else { 90.0 };
        let aside = Geodesic::bearing(here, ahead) + Angle::degrees(turn);
        let port = Geodesic::destination(here, aside, Length::m(20.0));
        let place = chainage.locate(port);
        // Unless another leg is nearer.
        if (place.chainage - before).abs().to_m() < 0.01 {
            prop_assert_eq!(place.side, if left { Side::Left } else { Side::Right });
            let back = Chainage::of(&chainage.between(0, whole, Length::ZERO).unwrap()).unwrap();
            let seen = back.locate(port);
            prop_assert_eq!(seen.side, if left { Side::Right } else { Side::Left });
            prop_assert!((seen.chainage + place.chainage - whole).abs().to_m() < 0.01);
        }
    }
}

/// Expected: by hand.
#[test]
fn outside_a_sharp_corner_is_one_side() {
    // East, then back nearly west on the north side: a sharp turn to the left.
    let hairpin = line(line_string![(x: 130., y: 42.), (x: 131., y: 42.), (x: 130., y: 42.2)]);
    let chainage = Chainage::of(&hairpin).unwrap();
    for outside in [at(131.1, 42.005), at(131.1, 41.99), at(131.05, 42.05)] {
        let place = chainage.locate(outside);
        assert_eq!(place.side, Side::Right, "{outside} {place:?}");
    }
    assert_eq!(chainage.locate(at(130.5, 42.05)).side, Side::Left);
    // Ahead of the end is on neither side.
    let north = Chainage::of(&line(line_string![(x: 130., y: 42.), (x: 130., y: 43.)])).unwrap();
    let ahead = north.locate(at(130., 43.5));
    assert_eq!((ahead.side, ahead.chainage), (Side::On, north.length(0)));
}

#[test]
fn parts_that_meet_are_joined_whichever_way_they_run() {
    let a = line_string![(x: 178., y: 0.), (x: 180., y: 0.5)];
    let b = line_string![(x: -178., y: 1.), (x: -180., y: 0.5)];
    let c = line_string![(x: 182., y: 1.), (x: 184., y: 0.)];
    let whole = Chainage::of(&lines(vec![a.clone(), c.clone(), b.clone()])).unwrap();
    assert_eq!(whole.parts(), 1);
    let sum: Length =
        [&a, &b, &c].map(|part| Geodesic::length(&line(part.clone()))).into_iter().sum();
    assert!((whole.length(0) - sum).abs().to_m() < 1e-6);
    assert_eq!(whole.locate(at(178., 0.)).chainage, Length::ZERO);
    assert_eq!(whole.locate(at(-176., 0.)).chainage, whole.length(0));
    // A third at one end: nothing is joined there.
    let fork = line_string![(x: 180., y: 0.5), (x: 180., y: 3.)];
    assert_eq!(Chainage::of(&lines(vec![a.clone(), b.clone(), fork])).unwrap().parts(), 3);
    // A ring of two parts is one part, and ends where it starts.
    let over = line_string![(x: 178., y: 0.), (x: 179., y: 2.), (x: 180., y: 0.5)];
    let ring = Chainage::of(&lines(vec![a.clone(), over])).unwrap();
    assert_eq!(ring.parts(), 1);
    let far = line_string![(x: 0., y: 0.), (x: 0., y: 9.)];
    let apart = Chainage::of(&lines(vec![a, far])).unwrap();
    assert!(apart.parts() == 2 && apart.length(0) > apart.length(1));
    assert_eq!(apart.locate(at(179., 0.)).part, 1);
    assert!(apart.position_at(2, Length::ZERO).is_none());
    assert!(apart.between(0, Length::km(5.), Length::km(5.)).is_none());
    assert!(apart.position_at(0, apart.length(0) + Length::m(1.)).is_none());
    assert!(Chainage::of(&Shape::point(at(0., 0.))).is_err());
}

#[test]
fn stops_are_those_of_brute_force_in_order() {
    let river = line(line_string![
        (x: 179., y: -17.), (x: 180., y: -16.), (x: 181., y: -16.5), (x: 182., y: -15.)]);
    let chainage = Chainage::of(&river).unwrap();
    let mut ports = Vec::new();
    for i in 0..300_u32 {
        let (x, y) = (f64::from(i * 37 % 100) / 25.0, f64::from(i * 61 % 100) / 33.0);
        let shape = Shape::point(LonLat::wrap(178.5 + x, -17.5 + y));
        ports.push(Named { id: format!("{:03}", 300 - i), shape });
    }
    let index = SpatialIndex::new(ports);
    let within = Length::km(30.0);
    let (from, to) = (Length::km(100.0), Length::km(300.0));
    let stops = index.along(&river, within, from..=to, |_| true).unwrap().value;
    let mut expected: Vec<(f64, &str)> = (index.items().iter())
        .filter_map(|port| {
            let here = port.shape.points()[0];
            let place = chainage.locate(LonLat::wrap(here.x(), here.y()));
            let near = Geodesic::distance_between(&port.shape, &river) <= within;
            (near && from <= place.chainage && place.chainage <= to)
                .then_some((place.chainage.to_m(), port.id.as_str()))
        })
        .collect();
    expected.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    assert!(expected.len() > 20, "{}", expected.len());
    let ids: Vec<&str> = stops.iter().map(|stop| stop.item.id.as_str()).collect();
    assert_eq!(ids, expected.iter().map(|e| e.1).collect::<Vec<_>>());
    let steps: f64 = stops.iter().filter_map(|stop| stop.to_next).map(Length::to_m).sum();
    assert!((steps - (expected[expected.len() - 1].0 - expected[0].0)).abs() < 1e-6);
    assert!(stops.last().unwrap().to_next.is_none());
    assert!(index.along(&river, within, .., |_| false).unwrap().value.is_empty());
    assert!(index.along(&Shape::point(at(0., 0.)), within, .., |_| true).is_err());
}
