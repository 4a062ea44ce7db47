//! CSV.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use tumen::geo_core::raw::RawGeometry;
use tumen::import::{Format, Options};

use super::{all, point, read, refused, written};

#[test]
fn positions_in_two_columns_that_are_guessed_and_said() {
    let text =
        "\u{feff}이름;경도;위도;code;n\r\n라진;130.3;42.25;007;1\r\n훈춘;130.36;42.86;8;\r\n";
    let (features, notes) = all(&written("guessed.csv", text));
    assert_eq!(features[0].geometry, point(130.3, 42.25));
    let properties = [("이름", json!("라진")), ("code", json!("007")), ("n", json!(1))];
    assert_eq!(features[0].properties, properties.map(|(name, value)| (name.to_owned(), value)));
    assert_eq!(features[1].properties[1].1, json!("8"), "of a column with 007");
    assert_eq!(
        notes,
        [
            "the columns are parted by semicolons",
            "the longitude is taken from the column '경도', the latitude from '위도'",
        ]
    );
}

#[test]
fn geometries_as_wkt_in_the_system_that_they_name() {
    let text = "id\tthe_geom\na\tSRID=4326;POINT Z (130.3 42.25 7)\n\
                b\tSRID=32652;POINT (600000 4680000)\nc\tPOINT EMPTY\nd\t\n";
    let path = written("wkt.tsv", text);
    let (features, notes) = all(&path);
    assert_eq!(features[0].geometry, point(130.3, 42.25));
    let Some(RawGeometry::Point(at)) = features[1].geometry else { panic!() };
    // Expected: gdaltransform -s_srs EPSG:32652 -t_srs EPSG:4326.
    assert!(
        (at.x - 130.212_522_801_848).abs() < 1e-8 && (at.y - 42.265_799_092_107).abs() < 1e-8,
        "{at:?}"
    );
    assert_eq!((&features[2].geometry, &features[3].geometry), (&None, &None));
    assert!(notes.contains(&"heights are left out (1 feature)".to_owned()), "{notes:?}");
    let named = Options { crs: Some("EPSG:4326".to_owned()), ..Options::default() };
    let (features, _) = read(&path, &named).unwrap();
    assert_eq!(features[1].geometry, point(600_000.0, 4_680_000.0), "the options are stronger");
}

#[test]
fn plane_positions_need_their_system() {
    let path = written("plane.csv", "id,x,y\na,600000,4680000\n");
    let (message, hint) = refused(&path);
    assert!(message.contains("line 2") && hint.contains("--crs"), "{message} {hint}");
    let named = Options { crs: Some("EPSG:32652".to_owned()), ..Options::default() };
    let (features, _) = read(&path, &named).unwrap();
    assert!(features[0].clone().record(tumen::geo_core::EdgeModel::LonLat).is_ok());
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_a_way_out() {
    for (name, text, message, hint) in [
        ("swapped", "lon,lat\n42.25,130.3\n", "line 2", "swapped"),
        ("comma", "lon;lat\n130,3;42,25\n", "line 2: '130,3'", "not a comma"),
        ("minutes", "lon,lat\n\"130°18'E\",\"42°15'N\"\n", "line 2", "minutes and seconds"),
        ("half", "lon,lat\n130,42\n130,\n", "line 3: ''", "degrees"),
        ("none", "id,name\na,b\n", "no column says", "lon and lat"),
        ("uneven", "lon,lat\n130,42\n1,2,3\n", "line 3 has 3 cells", "double quotes"),
        ("hex", "id,geom\na,0101000020E6100000\n", "no well-known text", "ST_AsText"),
        ("twice", "lon,lat,a,a\n1,2,3,4\n", "two columns", "unlike"),
        ("damaged", "wkt\nPOINT (1)\n", "line 2", "longitude first"),
        ("empty", "", "no column", ""),
    ] {
        let (said, way) = refused(&written(&format!("{name}.csv"), text));
        assert!(said.contains(message) && way.contains(hint), "{name}: {said} {way}");
    }
    let (said, way) = refused(&written("korean.csv", b"lon,lat,name\n130,42,\xb6\xf3\xc1\xf8\n"));
    assert!(said.contains("line 2 is not UTF-8") && way.contains("iconv"), "{said} {way}");
    let (said, _) = refused(&written("wide.csv", b"\xff\xfel\0o\0n\0"));
    assert!(said.contains("UTF-16"), "{said}");
}

#[test]
fn a_packed_table_is_known_by_its_name() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(b"lon,lat\n130.3,42.25\n").unwrap();
    let path = written("packed.csv.gz", packed.finish().unwrap());
    assert_eq!(Format::of(&path).unwrap(), Format::Csv);
    assert_eq!(all(&path).0[0].geometry, point(130.3, 42.25));
}
