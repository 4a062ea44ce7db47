//! DE-9IM matrices of points, lines and areas against GEOS.
//!
//! `oracle/relations.txt`, made by `python oracle/make.py`, has pairs on a grid of whole numbers, so
//! that corners and edges are shared exactly. The grid is laid on the earth where edges of a few
//! steps need no position in between and steps are exact to the ninth decimal: there the straight
//! edges of our shapes are those of the plane in which GEOS answered.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Coord, Geometry};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{Relation, covers, intersects, relate, relate_matrix};
use tumen_geo_core::{EdgeModel, Shape};
use wkt::TryFromWkt;

/// Where the grid is laid: its south-western corner and its step, degrees.
struct Frame {
    west: f64,
    south: f64,
    step: f64,
    /// Whole turns to be added to the longitudes of both shapes.
    turns: [f64; 2],
}

const STEP: f64 = 1.0 / 512.0;

const FRAMES: [Frame; 5] = [
    Frame { west: 130.0, south: 42.0, step: STEP, turns: [0.0, 0.0] },
    // Over the equator and the meridian of Greenwich.
    Frame { west: -5.0 / 64.0, south: -5.0 / 64.0, step: 1.0 / 64.0, turns: [0.0, 0.0] },
    // Over ±180°, longitudes wrapped or running on.
    Frame { west: 180.0 - 5.0 * STEP, south: -17.0, step: STEP, turns: [0.0, 0.0] },
    Frame { west: 180.0 - 3.0 * STEP, south: 70.0, step: STEP, turns: [0.0, -1.0] },
    // On either side of it.
    Frame { west: -175.0, south: -30.0, step: STEP, turns: [0.0, 1.0] },
];

impl Frame {
    fn shape(&self, place: usize, wkt: &str) -> Shape {
        use geo::MapCoords;
        let laid = |at: Coord| {
            let x = self.west + at.x * self.step;
            let wrapped = if x > 180.0 && self.turns == [0.0, 0.0] { x - 360.0 } else { x };
            Coord { x: wrapped + 360.0 * self.turns[place], y: self.south + at.y * self.step }
        };
        let geometry = Geometry::<f64>::try_from_wkt_str(wkt).unwrap().map_coords(laid);
        Shape::new(geometry, EdgeModel::LonLat).unwrap()
    }
}

/// The name that the definitions of OGC 06-103r4, section 6.1.15, give a matrix.
fn named(matrix: &str, dimensions: [u8; 2]) -> Relation {
    let cell: Vec<char> = matrix.chars().collect();
    let shares = |place: usize| cell[place] != 'F';
    let meets = shares(0) || shares(1) || shares(3) || shares(4);
    let covers = meets && !shares(6) && !shares(7);
    let covered = meets && !shares(2) && !shares(5);
    match (meets, covers, covered) {
        (false, ..) => Relation::Disjoint,
        (_, true, true) => Relation::Equals,
        (_, true, false) => Relation::Covers,
        (_, false, true) => Relation::CoveredBy,
        _ if !shares(0) => Relation::Touches,
        // What is inside both is of a lower dimension than one of them.
        _ if dimensions[0] != dimensions[1] || (dimensions == [1, 1] && cell[0] == '0') => {
            Relation::Crosses
        }
        _ => Relation::Overlaps,
    }
}

#[test]
fn matrices_are_those_of_geos() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("oracle/relations.txt").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let expected = fields[0];
        for (place, frame) in FRAMES.iter().enumerate() {
            let (a, b) = (frame.shape(0, fields[1]), frame.shape(1, fields[2]));
            let found = relate_matrix(&a, &b);
            let relation = named(expected, [a.dimension(), b.dimension()]);
            let meets = relation != Relation::Disjoint;
            let covered = matches!(relation, Relation::Covers | Relation::Equals);
            let told = [
                (found == expected, "matrix"),
                (relate(&a, &b) == relation, "relation"),
                (relate(&b, &a) == relation.reversed(), "reversed"),
                (intersects(&a, &b) == meets, "intersects"),
                (covers(&a, &b) == covered, "covers"),
                ((Geodesic::distance_between(&a, &b).to_m() == 0.0) == meets, "distance"),
            ];
            let wrongs: Vec<&str> = told.iter().filter(|t| !t.0).map(|t| t.1).collect();
            if !wrongs.is_empty() {
                let what = wrongs.join(", ");
                wrong.push(format!("{what}: {found}, frame {place}: {line}"));
            }
        }
        count += 1;
    }
    assert_eq!(count, 1_600);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..].join("\n"));
}
