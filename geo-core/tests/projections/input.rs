//! Coordinate systems of files: by code, and written out without one.

use std::collections::BTreeMap;

use geo_types::Coord;
use tumen_geo_core::projection::{System, known_codes};
use tumen_geo_core::{LonLat, measure::Geodesic};

use super::rows;

/// How far the position that `system` makes of (`x`, `y`) is from where it should be, m.
fn apart(system: &System, x: f64, y: f64, expected: LonLat) -> f64 {
    let found = system.to_lonlat(Coord { x, y }).unwrap();
    Geodesic::distance(LonLat::wrap(found.x, found.y), expected).to_m()
}

/// Whether two versions of PROJ make different positions of a system, so that no file is read in it.
fn equidistant(name: &str) -> bool {
    name == "EPSG:4087" || name.starts_with("+proj=eqc")
}

#[test]
fn codes_are_those_of_the_registry() {
    let names: BTreeMap<&str, &str> =
        include_str!("codes.tsv").lines().map(|line| line.split_once('\t').unwrap()).collect();
    let mut known = 0;
    for code in known_codes() {
        let name = names.get(code.as_str()).copied();
        match System::read(&code) {
            Ok(system) => assert_eq!((Some(system.name()), system.code()), (name, Some(&*code))),
            Err(error) => {
                let why = ["Beijing 1954", "Xian 1980", "equidistant cylindrical"];
                let text = error.to_string();
                assert!(text.contains(name.unwrap()), "{text}");
                assert!(why.iter().any(|why| text.contains(why)), "{text}");
            }
        }
        known += 1;
    }
    assert_eq!(known, names.len());
}

#[test]
fn positions_by_code_agree_with_proj() {
    let mut wrong = Vec::new();
    let mut systems: BTreeMap<&str, System> = BTreeMap::new();
    for row in rows().filter(|row| !equidistant(row.name)) {
        let system = systems.entry(row.name).or_insert_with(|| System::read(row.name).unwrap());
        let off = apart(system, row.expected.easting, row.expected.northing, row.position);
        if off > 1e-3 {
            wrong.push(format!("{} at {}: {off} m", row.name, row.position));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
    // All but longitudes and latitudes on datums that are taken for WGS 84, and what is refused.
    let all = known_codes().filter(|code| System::read(code).is_ok_and(|s| !s.is_lonlat()));
    assert_eq!(all.filter(|code| !systems.contains_key(&**code)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn systems_written_out_agree_with_proj() {
    let mut wrong = Vec::new();
    for line in include_str!("written.tsv").lines() {
        let fields: Vec<&str> = line.splitn(7, '\t').collect();
        let (code, form, text) = (fields[0], fields[1], fields[6]);
        let numbers: Vec<f64> = fields[2..6].iter().map(|field| field.parse().unwrap()).collect();
        let expected = LonLat::wrap(numbers[0], numbers[1]);
        match text.parse::<System>() {
            Ok(system) => {
                assert_eq!(system.code(), None, "{code} {form}");
                let off = apart(&system, numbers[2], numbers[3], expected);
                if off > 1e-3 {
                    wrong.push(format!("{code} {form}: {off} m, {}", system.definition()));
                }
            }
            Err(error) => wrong.push(format!("{code} {form}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
