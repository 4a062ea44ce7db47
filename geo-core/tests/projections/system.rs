//! Systems by PROJ agree with PROJ 9.5.1, as `oracle.py systems` asked it, and with pure Rust.

use std::collections::BTreeMap;
use std::thread;

use tumen_geo_core::projection::{ProjString, ProjSystem, Projection, coded};
use tumen_geo_core::{LonLat, measure::Geodesic};

use super::{apart, read, rows};

#[test]
fn codes_that_only_proj_knows() {
    let rows = read(include_str!("systems.tsv"));
    assert_eq!(rows.len(), 81);
    for row in rows {
        assert!(coded(row.name).is_err(), "{} is known without PROJ", row.name);
        let system = ProjSystem::new(row.name, row.position).unwrap();
        let off = apart(system.forward(row.position), row.expected);
        assert!(off < 1e-3, "{} at {}: {off} m", row.name, row.position);
        // The way back of a datum shift is not its exact inverse: heights are left out.
        let back = Geodesic::distance(system.inverse(row.expected).unwrap(), row.position).to_m();
        assert!(back < 1e-2, "{} at {}: {back} m back", row.name, row.position);
    }
}

#[test]
fn pure_rust_and_proj_agree_on_what_ships() {
    let mut systems: BTreeMap<&str, ProjSystem> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows() {
        let system = systems.entry(row.name).or_insert_with(|| {
            // The definition and not the code: of the datums within a metre of WGS 84 PROJ knows that.
            let definition = coded(row.name).map_or(row.name.to_owned(), |known| known.definition);
            let on_wgs84 = definition.replace("+ellps=GRS80", "+ellps=GRS80 +towgs84=0,0,0");
            ProjSystem::new(&on_wgs84, row.position).unwrap()
        });
        let off = apart(system.forward(row.position), row.expected);
        if off > 1e-3 {
            wrong.push(format!("{} at {}: {off} m", row.name, row.position));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

/// For Pulkovo 1942 PROJ takes another shift south of 41.2°N, three metres away.
#[test]
fn one_datum_shift_holds_for_all_positions() {
    let near = LonLat::wrap(130.6, 42.4);
    let system = ProjSystem::new("EPSG:28423", near).unwrap();
    // EPSG:5044, with the signs of rotations that PROJ strings have.
    let pinned = ProjString::new(
        "+proj=tmerc +lat_0=0 +lon_0=135 +k=1 +x_0=23500000 +ellps=krass \
         +towgs84=23.57,-140.95,-79.8,0,0.35,0.79,-0.22 +units=m +no_defs",
    )
    .unwrap();
    for lat in [40.0, 41.0, 41.5, 42.4, 44.0] {
        let position = LonLat::wrap(130.0, lat);
        let off = apart(system.forward(position), pinned.forward(position).unwrap());
        assert!(off < 1e-3, "{lat}°N: {off} m");
    }
    assert_eq!(system.central_meridian(), Some(135.0));
}

#[test]
fn systems_written_out_are_those_of_their_codes() {
    let near = LonLat::wrap(114.2, 22.3);
    let code = ProjSystem::new("EPSG:2326", near).unwrap();
    let written = include_str!("hong-kong.wkt");
    let wkt = ProjSystem::new(written, near).unwrap();
    assert_eq!(wkt.name(), Some("Hong Kong 1980 Grid System"));
    assert!(apart(wkt.forward(near), code.forward(near).unwrap()) < 1e-3);
    // A projection that the pure-Rust mathematics lacks.
    let equidistant = "+proj=tpeqd +lat_1=40 +lon_1=110 +lat_2=50 +lon_2=140 +datum=WGS84 +units=m";
    assert!(ProjString::new(equidistant).is_err());
    let system = ProjSystem::new(equidistant, near).unwrap();
    assert_eq!(system.name(), None);
    let back = system.inverse(system.forward(near).unwrap()).unwrap();
    assert!(Geodesic::distance(back, near).to_m() < 1.0);
}

#[test]
fn what_is_no_plane_in_metres_is_refused_with_a_way_out() {
    let near = LonLat::wrap(130.0, 42.0);
    for (definition, why) in [
        ("EPSG:4490", "it has no plane"),
        ("EPSG:4978", "it has no plane"),
        ("EPSG:5703", "it has no plane"),
        ("+proj=longlat +datum=WGS84", "it has no plane"),
        ("EPSG:2230", "US survey foot"),
        ("EPSG:2053", "points west"),
        ("EPSG:99999", "PROJ does not know it"),
        ("nonsense", "PROJ does not know it"),
        ("+proj=gnom +lat_0=-90 +lon_0=0 +datum=WGS84", "not defined at"),
    ] {
        let error = ProjSystem::new(definition, near).unwrap_err();
        assert!(error.to_string().contains(why), "{definition}: {error}");
        assert!(error.hint().is_some(), "{definition}");
    }
}

#[test]
fn a_system_serves_every_thread() {
    let near = LonLat::wrap(114.2, 22.3);
    let system = ProjSystem::new("EPSG:2326", near).unwrap();
    let here = system.forward(near);
    thread::scope(|scope| {
        let others: Vec<_> = (0..4).map(|_| scope.spawn(|| system.forward(near))).collect();
        for other in others {
            assert_eq!(other.join().unwrap(), here);
        }
    });
}
