//! Distances, azimuths and areas against twelve thousand answers of GeographicLib, and overlaps against
//! GEOS in an equal-area projection of PROJ.
//!
//! The numbers are in `oracle/`, made by `python oracle/make.py`, which also says what a line holds.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Coord, LineString, Polygon};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::Relation;
use tumen_geo_core::query::overlap_of;
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

#[test]
fn areas_of_rings_of_straight_edges() {
    let mut count = 0;
    for row in rows(include_str!("oracle/straight.txt")) {
        let ring: LineString = row[1..].chunks(2).map(|at| Coord { x: at[0], y: at[1] }).collect();
        let shape = Shape::new(Polygon::new(ring, vec![]).into(), EdgeModel::LonLat).unwrap();
        let area = Geodesic::area(&shape).to_m2();
        // The file is rounded to half a thousandth; sums of GeographicLib's doubles to more.
        assert!((area - row[0]).abs() <= 1e-13 * row[0] + 2e-3, "{row:?} {area}");
        count += 1;
    }
    assert_eq!(count, 300);
}

/// Areas to a millionth, bounds that hold, and relations as GEOS has them.
#[test]
fn overlaps_of_rings() {
    let relations = [
        Relation::Disjoint,
        Relation::Touches,
        Relation::Overlaps,
        Relation::Covers,
        Relation::CoveredBy,
        Relation::Equals,
    ];
    let mut count = 0;
    for row in rows(include_str!("oracle/overlaps.txt")) {
        let model = [EdgeModel::Geodesic, EdgeModel::LonLat][row[0] as usize];
        let (one, other) = row[4..].split_at(2 * row[3] as usize);
        let shape = |ring: &[f64]| {
            let ring: LineString = ring.chunks(2).map(|at| Coord { x: at[0], y: at[1] }).collect();
            Shape::new(Polygon::new(ring, vec![]).into(), model).unwrap()
        };
        let (one, other) = (shape(one), shape(other));
        let relation = relations[row[1] as usize];
        count += 1;
        let Some(overlap) = overlap_of(&one, &other) else {
            assert_eq!(relation, Relation::Disjoint, "{row:?}");
            continue;
        };
        assert_eq!(overlap.relation, relation, "{row:?}");
        // What the oracle's own areas have converged to.
        let doubt = 5e-8 * row[2];
        let off = (overlap.area.to_m2() - row[2]).abs();
        assert!(off <= 1e-6 * row[2], "{row:?} {off}");
        assert!(off <= overlap.error.to_m2() + doubt, "{row:?} {off} {:?}", overlap.error);
        let smaller = Geodesic::area(&one).min(Geodesic::area(&other)).to_m2();
        // Around a pole the plane is a whole turn wide, and its grid coarser.
        let around = row[4..].chunks(2).any(|at| at[1].abs() > 89.0);
        let bound = overlap.error.to_m2();
        assert!(around || bound <= 2e-6 * smaller + 0.5, "{row:?} {bound}");
    }
    assert_eq!(count, 398);
}
