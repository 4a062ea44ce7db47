//! Projections and coordinate systems agree with PROJ 9.5.1 to a millimetre, as
//! `projections/oracle.py` asked it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "projections/input.rs"]
mod input;
#[cfg(feature = "proj")]
#[path = "projections/system.rs"]
mod system;

use tumen_geo_core::projection::{PlanePoint, ProjString, Projection, coded};
use tumen_geo_core::{LonLat, measure::Geodesic};

struct Row<'a> {
    name: &'a str,
    position: LonLat,
    expected: PlanePoint,
}

fn rows() -> impl Iterator<Item = Row<'static>> {
    read(include_str!("projections/oracle.tsv"))
}

fn read(table: &'static str) -> impl Iterator<Item = Row<'static>> {
    table.lines().map(|line| {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap();
        let numbers: Vec<f64> = fields.map(|field| field.parse().unwrap()).collect();
        let expected = PlanePoint { easting: numbers[2], northing: numbers[3] };
        Row { name, position: LonLat::wrap(numbers[0], numbers[1]), expected }
    })
}

/// How far a projected position is from where it should be, m.
fn apart(plane: Option<PlanePoint>, expected: PlanePoint) -> f64 {
    plane.map_or(f64::INFINITY, |p| {
        (p.easting - expected.easting).hypot(p.northing - expected.northing)
    })
}

/// The projection of a row, and whether it has a datum shift; `None` for longitudes and latitudes.
fn projection(name: &str) -> Option<(ProjString, bool)> {
    if name.starts_with('+') {
        return Some((ProjString::new(name).unwrap(), false));
    }
    let system = coded(name).unwrap();
    let plane = system.projection() == system.definition;
    plane.then(|| (ProjString::coded(name).unwrap(), system.shift.is_some()))
}

#[test]
fn projections_agree_with_proj() {
    let mut wrong = Vec::new();
    for row in rows() {
        let Some((projection, shifted)) = projection(row.name) else { continue };
        let off = apart(projection.forward(row.position), row.expected);
        // Rows are computed from the datum to WGS 84, and heights are left out on the way.
        if off > if shifted { 2e-2 } else { 1e-3 } {
            wrong.push(format!("{} at {}: {off} m", row.name, row.position));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_projected_comes_back() {
    let mut wrong = Vec::new();
    for row in rows() {
        let Some((projection, _)) = projection(row.name) else { continue };
        let back = projection.inverse(row.expected);
        let off = back.map_or(f64::INFINITY, |back| Geodesic::distance(back, row.position).to_m());
        if off > 1e-3 {
            wrong.push(format!("{} at {}: {off} m", row.name, row.position));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
