//! Projections agree with PROJ 9.5.1 to a millimetre, as `projections/oracle.py` asked it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use tumen_geo_core::projection::{PlanePoint, ProjString, Projection};
use tumen_geo_core::{LonLat, measure::Geodesic};

struct Row<'a> {
    name: &'a str,
    position: LonLat,
    expected: PlanePoint,
}

fn rows() -> Vec<Row<'static>> {
    let read = |line: &'static str| {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap();
        let numbers: Vec<f64> = fields.map(|field| field.parse().unwrap()).collect();
        let expected = PlanePoint { easting: numbers[2], northing: numbers[3] };
        Row { name, position: LonLat::wrap(numbers[0], numbers[1]), expected }
    };
    include_str!("projections/oracle.tsv").lines().map(read).collect()
}

fn projection(name: &str) -> ProjString {
    if name.starts_with('+') {
        ProjString::new(name).unwrap()
    } else {
        ProjString::coded(name).unwrap()
    }
}

#[test]
fn projections_agree_with_proj() {
    let mut wrong = Vec::new();
    for row in rows() {
        let plane = projection(row.name).forward(row.position);
        let off = plane.map_or(f64::INFINITY, |p| {
            (p.easting - row.expected.easting).hypot(p.northing - row.expected.northing)
        });
        if off > 1e-3 {
            wrong.push(format!("{} at {}: {off} m", row.name, row.position));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_projected_comes_back() {
    let mut wrong = Vec::new();
    for row in rows() {
        let back = projection(row.name).inverse(row.expected);
        let off = back.map_or(f64::INFINITY, |back| Geodesic::distance(back, row.position).to_m());
        // Rows are rounded to a hundredth of a millimetre.
        if off > 2e-3 {
            wrong.push(format!("{} at {}: {off} m", row.name, row.position));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
