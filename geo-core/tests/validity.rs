//! Verdicts on polygons, and their repair, against GEOS: `validity/verdicts.tsv`, made by
//! `validity/cases.py`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "validity/cases.rs"]
mod cases;

use std::collections::BTreeMap;

use geo_types::Coord;
use tumen_geo_core::raw::RawGeometry;
use tumen_geo_core::validity::{Outcome, Severity, problems, repair};
use tumen_geo_core::{EdgeModel, Length, Shape};

struct Verdict {
    valid: bool,
    area: f64,
    linework: Option<f64>,
}

fn verdicts() -> Vec<(RawGeometry, Verdict)> {
    let table = include_str!("validity/verdicts.tsv");
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let verdict = |(index, line): (usize, &str)| {
        let fields: Vec<&str> = line.split('\t').collect();
        let verdict = Verdict {
            valid: fields[0] == "valid",
            area: fields[1].parse().unwrap(),
            linework: fields.get(2).map(|area| area.parse().unwrap()),
        };
        (cases::case(index as u64), verdict)
    };
    lines.enumerate().map(verdict).collect()
}

#[test]
fn verdicts_are_those_of_geos() {
    let mut wrong = Vec::new();
    let mut kinds = BTreeMap::new();
    for (index, (geometry, verdict)) in verdicts().into_iter().enumerate() {
        let found = problems(&geometry);
        if (found.count(Severity::Error) == 0) != verdict.valid {
            wrong.push((index, verdict.valid, format!("{geometry:?}: {:?}", found.problems())));
        }
        for kind in found.counts().keys() {
            *kinds.entry(kind.name()).or_insert(0) += 1;
        }
    }
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), &wrong[..wrong.len().min(3)]);
    println!("{kinds:?}");
}

/// Square degrees: exteriors less holes.
fn planar_area(geometry: &RawGeometry) -> f64 {
    let ring = |ring: &Vec<Coord>| -> f64 {
        ring.windows(2).map(|e| (e[0].x * e[1].y - e[1].x * e[0].y) / 2.0).sum()
    };
    match geometry {
        RawGeometry::Polygon(rings) => rings.iter().map(ring).sum(),
        RawGeometry::MultiPolygon(areas) => areas.iter().flatten().map(ring).sum(),
        _ => 0.0,
    }
}

/// The area of what came of a case; valid ones need at most be rewound.
#[test]
fn what_an_odd_number_of_rings_holds_stays() {
    let (mut differing, mut gone) = (0, 0);
    for (index, (geometry, verdict)) in verdicts().into_iter().enumerate() {
        let repaired = repair(&geometry, EdgeModel::LonLat);
        differing += usize::from(verdict.linework.is_some());
        let mended = match repaired.outcome {
            Outcome::Kept => geometry,
            Outcome::Mended(mended) => mended,
            Outcome::LeftOut(kinds) => {
                assert!(verdict.area == 0.0, "{index}: {kinds:?}");
                gone += 1;
                continue;
            }
            Outcome::Emptied => panic!("{index}: not empty"),
        };
        let area = planar_area(&mended);
        let off = (area - verdict.area).abs();
        assert!(off <= 1e-9 * verdict.area, "{index}: {area} not {}", verdict.area);
        assert!(repaired.moved == Length::ZERO, "{index}: {:?}", repaired.moved);
        let found = problems(&mended);
        let bad = found.count(Severity::Error) + found.count(Severity::Warning);
        assert!(bad == 0, "{index}: {:?}", found.problems());
        Shape::new(mended.to_geometry().unwrap(), EdgeModel::LonLat).unwrap();
    }
    println!("{differing} {gone}");
}
