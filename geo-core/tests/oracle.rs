//! Distances, azimuths and areas against twelve thousand answers of GeographicLib.
//!
//! The numbers are in `oracle/`, made by `python oracle/make.py`, which also says what a line holds.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Coord, LineString, Polygon};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::{EdgeModel, LonLat, Shape};

fn rows(text: &str) -> impl Iterator<Item = Vec<f64>> + '_ {
    text.lines().map(|line| line.split(' ').map(|number| number.parse().unwrap()).collect())
}

fn positions(numbers: &[f64]) -> Vec<LonLat> {
    numbers.chunks(2).map(|at| LonLat::new(at[0], at[1]).unwrap()).collect()
}

/// The difference of two directions, degrees.
fn turn(one: f64, other: f64) -> f64 {
    ((one - other + 180.0).rem_euclid(360.0) - 180.0).abs()
}

#[test]
fn distances_and_azimuths_of_pairs() {
    let mut count = 0;
    for row in rows(include_str!("oracle/pairs.txt")) {
        let ends = positions(&row[..4]);
        let (distance, there, beyond) = Geodesic::inverse(ends[0], ends[1]);
        let (distance, expected) = (distance.to_m(), row[4]);
        // Both are good to some nanometres; the file is rounded to half a micrometre.
        assert!((distance - expected).abs() <= 1e-6, "{row:?} {distance}");
        assert!((Geodesic::distance(ends[0], ends[1]).to_m() - distance).abs() < 1e-8);
        assert!((Geodesic::distance(ends[1], ends[0]).to_m() - distance).abs() < 1e-7, "{row:?}");
        count += 1;
        // Between antipodes several lines are the shortest, and a tiny one has hardly a direction:
        // the azimuth must then only lead to the other end.
        let shown = [there, beyond].map(tumen_geo_core::Angle::to_degrees);
        if turn(shown[0], row[5]) > 1e-5 || turn(shown[1], row[6]) > 1e-5 {
            let end = Geodesic::destination(ends[0], there, tumen_geo_core::Length::m(distance));
            let missed = Geodesic::distance(end, ends[1]).to_m();
            assert!(missed < 1e-6, "{row:?} {shown:?} {missed}");
            assert!(!(10.0..=1.99e7).contains(&distance), "{row:?} {shown:?}");
        }
    }
    assert_eq!(count, 10_000);
}

#[test]
fn distances_of_segments() {
    let shape = |ends: &[LonLat]| {
        if ends[0] == ends[1] {
            return Shape::point(ends[0]);
        }
        let line: LineString = ends.iter().map(|&at| Coord::from(at)).collect();
        Shape::new(line.into(), EdgeModel::Geodesic).unwrap()
    };
    for row in rows(include_str!("oracle/segments.txt")) {
        let ends = positions(&row[..8]);
        let found = Geodesic::nearest(&shape(&ends[..2]), &shape(&ends[2..]));
        let distance = found.distance.to_m();
        // Ours is promised to 2 mm, the oracle's samples are 0.1 mm apart.
        assert!((distance - row[8]).abs() <= 1e-2, "{row:?} {distance}");
        let between = Geodesic::distance(found.from, found.to).to_m();
        assert!((between - distance).abs() < 2e-3, "{row:?} {found:?}");
    }
}

/// What area is meant does not depend on how the shape was made, but which of the two: so the area
/// of a plain polygon is that inside or the rest of the earth.
#[test]
fn areas_and_perimeters_of_rings() {
    let earth = 510_065_621_724_088.44;
    let mut count = 0;
    for row in rows(include_str!("oracle/rings.txt")) {
        let (inside, corners) = (positions(&row[..2])[0], positions(&row[4..]));
        let shape = Shape::enclosing(&corners, inside).unwrap();
        let area = Geodesic::area(&shape).to_m2();
        // GeographicLib is good to 0.1 m² an edge, of which the shape has many more; doubles of the
        // size of the earth's area have steps of 0.06 m².
        assert!((area - row[2]).abs() <= 0.25, "{row:?} {area}");
        let perimeter = Geodesic::perimeter(&shape).to_m();
        assert!((perimeter - row[3]).abs() <= 2e-6, "{row:?} {perimeter}");
        count += 1;
        if count % 4 != 0 {
            continue; // to keep the test short
        }
        let ring: LineString = corners.iter().map(|&at| Coord::from(at)).collect();
        if let Ok(plain) = Shape::new(Polygon::new(ring, vec![]).into(), EdgeModel::Geodesic) {
            let area = Geodesic::area(&plain).to_m2();
            let off = (area - row[2]).abs().min((earth - area - row[2]).abs());
            assert!(off <= 0.25, "{row:?} {area}");
        }
    }
    assert_eq!(count, 2_000);
}
