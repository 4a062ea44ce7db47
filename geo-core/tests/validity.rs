//! Verdicts on polygons, and their repair, against GEOS: `validity/verdicts.tsv`, made by
//! `validity/cases.py`.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "validity/cases.rs"]
mod cases;

use std::collections::BTreeMap;

use tumen_geo_core::raw::RawGeometry;
use tumen_geo_core::validity::{Severity, problems};

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
