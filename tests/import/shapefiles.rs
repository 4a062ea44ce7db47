//! Shapefiles that lack parts or have rows that are deleted.

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use tumen::import::Options;

use super::{all, fixture, point, read, refused, written};

/// A copy of a shapefile with only some of its parts.
fn copied(name: &str, to: &str, parts: &[&str]) -> PathBuf {
    for part in ["shp", "shx", "dbf", "prj", "cpg"] {
        let path = written(&format!("{to}.{part}"), "");
        fs::remove_file(path).unwrap();
    }
    for part in parts {
        written(&format!("{to}.{part}"), fs::read(fixture(&format!("{name}.{part}"))).unwrap());
    }
    fixture(&format!("{name}.shp"));
    written(&format!("{to}.SHP"), fs::read(fixture(&format!("{name}.shp"))).unwrap())
}

#[test]
fn the_system_is_never_guessed() {
    let path = copied("cp949", "no-prj", &["dbf", "cpg"]);
    let (said, hint) = refused(&path);
    assert!(
        said.contains("which coordinate system") && hint.contains("--crs EPSG:4326"),
        "{said} {hint}"
    );
    let options = Options { crs: Some("EPSG:4326".to_owned()), ..Options::default() };
    let (features, _) = read(&path, &options).unwrap();
    assert_eq!(features[0].geometry, point(130.3, 42.25), "without an index too");
}

#[test]
fn the_encoding_is_never_guessed() {
    let (said, hint) = refused(&copied("cp949", "no-cpg", &["shx", "dbf", "prj"]));
    assert!(said.contains("encoding") && hint.contains(".cpg"), "{said} {hint}");
    let path = copied("cp949", "utf8", &["shx", "dbf", "prj"]);
    let table = fs::read(fixture("cp949.dbf")).unwrap();
    let rajin = [0xb6, 0xf3, 0xc1, 0xf8];
    let at = table.windows(4).position(|bytes| bytes == rajin).unwrap();
    let mut utf8 = table.clone();
    utf8[at..at + 6].copy_from_slice("라진".as_bytes());
    // The second name is not read for this.
    let second = at + usize::from(u16::from_le_bytes([table[10], table[11]]));
    utf8[second..second + 40].fill(b' ');
    written("utf8.dbf", utf8);
    let (features, notes) = all(&path);
    assert_eq!(features[0].properties[0].1, json!("라진"));
    assert_eq!(notes, ["no .cpg names the encoding of the texts; they are UTF-8"]);
}

#[test]
fn a_deleted_row_takes_its_shape_along() {
    let path = copied("cp949", "deleted", &["shx", "dbf", "prj", "cpg"]);
    let mut table = fs::read(fixture("cp949.dbf")).unwrap();
    let first = usize::from(u16::from_le_bytes([table[8], table[9]]));
    table[first] = b'*';
    written("deleted.dbf", table);
    let (features, _) = all(&path);
    assert_eq!(features.len(), 1);
    assert_eq!(features[0].geometry, point(130.36, 42.86));
    assert_eq!(features[0].properties[0].1, json!("훈춘 변경경제합작구"));
}

#[test]
fn a_shape_may_be_none_and_a_table_may_be_missing() {
    let path = copied("cp949", "bare", &["prj"]);
    let mut shp = fs::read(fixture("cp949.shp")).unwrap();
    // The type of the first record.
    shp[108] = 0;
    let path = path.with_extension("SHP");
    fs::write(&path, shp).unwrap();
    let (features, notes) = all(&path);
    assert_eq!((&features[0].geometry, &features[1].geometry), (&None, &point(130.36, 42.86)));
    assert!(features.iter().all(|feature| feature.properties.is_empty()));
    assert_eq!(notes, ["there is no .dbf: the features have no properties"]);
}

#[test]
fn a_part_of_a_shapefile_names_the_whole() {
    for part in ["dbf", "shx", "prj"] {
        let (_, hint) = refused(&fixture(&format!("cp949.{part}")));
        assert!(hint.contains("cp949.shp"), "{hint}");
    }
}
