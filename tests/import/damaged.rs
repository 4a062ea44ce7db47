//! Files damaged some hundred times each: nothing panics, and nothing is read without an end.

#[path = "../../geo-core/tests/mutations/mutate.rs"]
mod mutate;

use std::fs;

use mutate::Random;
use tumen::geo_core::EdgeModel;
use tumen::import::Options;

use super::{fixture, read, written};

/// Reads a file, checks its features, and tells whether all went well.
fn is_read(name: &str) -> bool {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("import");
    let Ok((features, _)) = read(&folder.join(name), &Options::default()) else { return false };
    features.into_iter().all(|feature| feature.record(EdgeModel::LonLat).is_ok())
}

/// How many of `rounds` damaged copies are read and refused.
fn counted(bytes: &[u8], name: &str, pieces: &[&str], rounds: usize) -> (usize, usize) {
    let mut random = Random(7);
    let mut counts = (0, 0);
    for _ in 0..rounds {
        written(name, random.damaged(bytes, pieces));
        if is_read(name) {
            counts.0 += 1;
        } else {
            counts.1 += 1;
        }
    }
    counts
}

#[test]
fn damaged_texts() {
    let kml = fs::read(fixture("gdal.kml")).unwrap();
    let pieces =
        ["<", ">", "</", "&#0;", "&x;", "<![CDATA[", "<Folder>", "\"", "1e400,", "<?xml?>"];
    let (fine, refused) = counted(&kml, "damaged.kml", &pieces, 600);
    assert!(fine > 5 && refused > 50, "{fine} {refused}");

    let topology = fs::read(fixture("arcs.topojson")).unwrap();
    let pieces = ["[", "]", "{", "}", "-9", "9223372036854775807", "null", "\"", "1e400", ","];
    let (fine, refused) = counted(&topology, "damaged.topojson", &pieces, 600);
    assert!(fine > 5 && refused > 50, "{fine} {refused}");

    let table = "id,wkt,n\na,\"POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1))\",1\n\
                 b,SRID=4326;MULTIPOINT Z ((1 2 3)),2\nc,GEOMETRYCOLLECTION (POINT (1 2)),\n";
    let pieces = ["(", ")", "\"", ",", "SRID=", "EMPTY", " ", "1e400", "\n", "POINT"];
    let (_, refused) = counted(table.as_bytes(), "damaged.csv", &pieces, 600);
    assert!(refused > 100, "{refused}");
    let table = "id;lon;lat\na;130.3;42.25\nb;130;42\n";
    let (fine, refused) = counted(table.as_bytes(), "damaged2.csv", &pieces, 300);
    assert!(fine > 5 && refused > 50, "{fine} {refused}");
}

#[test]
fn damaged_shapefiles() {
    let mut sums = (0, 0);
    for name in ["cp949", "lines", "points"] {
        let bytes = |part: &str| fs::read(fixture(&format!("{name}.{part}"))).unwrap();
        for part in ["shp", "shx", "dbf", "prj"] {
            for part in ["shp", "shx", "dbf", "prj"] {
                written(&format!("damaged-{name}.{part}"), bytes(part));
            }
            let mut random = Random(11);
            for _ in 0..120 {
                let damaged = random.damaged(&bytes(part), &["\0", "\u{7f}", "****", "~~~~"]);
                written(&format!("damaged-{name}.{part}"), damaged);
                if is_read(&format!("damaged-{name}.shp")) {
                    sums.0 += 1;
                } else {
                    sums.1 += 1;
                }
            }
        }
    }
    assert!(sums.0 > 200 && sums.1 > 200, "{sums:?}");
}

#[test]
fn damaged_archives() {
    for name in ["utm.zip", "gdal.kmz"] {
        let bytes = fs::read(fixture(name)).unwrap();
        let (_, refused) = counted(&bytes, &format!("damaged-{name}"), &["PK", "\0\0", "~"], 300);
        assert!(refused > 50, "{refused}");
    }
}
