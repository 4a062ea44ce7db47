//! Projections agree with PROJ 9.5.1 to a millimetre, as `projections/oracle.py` asked it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[cfg(feature = "proj")]
#[path = "projections/system.rs"]
mod system;

use tumen_geo_core::projection::{PlanePoint, ProjString, Projection};
use tumen_geo_core::{LonLat, measure::Geodesic};

struct Row<'a> {
    name: &'a str,
    position: LonLat,
    expected: PlanePoint,
}

fn rows() -> Vec<Row<'static>> {
    read(include_str!("projections/oracle.tsv"))
}

fn read(table: &'static str) -> Vec<Row<'static>> {
    let row = |line: &'static str| {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap();
        let numbers: Vec<f64> = fields.map(|field| field.parse().unwrap()).collect();
        let expected = PlanePoint { easting: numbers[2], northing: numbers[3] };
        Row { name, position: LonLat::wrap(numbers[0], numbers[1]), expected }
    };
    table.lines().map(row).collect()
}

/// How far a projected position is from where it should be, m.
fn apart(plane: Option<PlanePoint>, expected: PlanePoint) -> f64 {
    plane.map_or(f64::INFINITY, |p| {
        (p.easting - expected.easting).hypot(p.northing - expected.northing)
    })
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
        let off = apart(projection(row.name).forward(row.position), row.expected);
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
