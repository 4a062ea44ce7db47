//! Questions about where things lie, asked by the command: components, hierarchies, measures, buffers,
//! service areas, matrices, boxes, times.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn tumen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tumen")).args(arguments).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = tumen(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn lines(arguments: &[&str]) -> Vec<Value> {
    text(arguments).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Standard error of a wrong use.
fn refused(arguments: &[&str]) -> String {
    let output = tumen(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?} printed before it failed");
    String::from_utf8(output.stderr).unwrap()
}

fn file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("questions");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

fn number(row: &Value, field: &str) -> f64 {
    row[field].as_f64().unwrap_or_else(|| panic!("{field} in {row}"))
}

/// Areas by the id of their features, as another command reads them from a file.
fn areas(path: &Path) -> Vec<(String, f64)> {
    let rows = lines(&["measure", "--input", path.to_str().unwrap(), "--json"]);
    rows.iter()
        .map(|row| (row["id"].as_str().unwrap().to_owned(), number(row, "area_km2")))
        .collect()
}

#[test]
fn ports_hang_together_by_their_distance() {
    let rows = lines(&["components", "--kind", "seaport", "--within", "60km", "--json"]);
    let of = |kind: &str| rows.iter().filter(|row| row["row"] == kind).collect::<Vec<&Value>>();
    let (components, joints, gaps) = (of("component"), of("joint"), of("gap"));
    // Each component is farther from the nearest other than what holds it together.
    assert_eq!(gaps.len(), components.len());
    assert!(
        gaps.iter().all(|gap| number(gap, "distance_km") > 60.0 && gap["to"] != gap["component"])
    );
    let sizes: Vec<f64> = components.iter().map(|row| number(row, "size")).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
    let ports = lines(&["list", "seaports", "--json"]).len();
    assert!((sizes.iter().sum::<f64>() - ports as f64).abs() < 0.5);
    assert!(joints.iter().all(|joint| number(joint, "distance_km") <= 60.0));
    let joint = |first: &str, second: &str| {
        joints.iter().find(|joint| joint["first"] == first && joint["second"] == second)
    };
    // Nakhodka and Vostochny stand on one bay, apart from all others.
    assert_eq!(joint("nakhodka-port", "vostochny-port").unwrap()["bridge"], true);
    assert_eq!(joint("rajin-port", "sonbong-port").unwrap()["bridge"], false);
    assert!(joint("chongjin-port", "rajin-port").is_none());
    let spanning = joints.iter().filter(|joint| joint["spanning"] == true).count();
    assert_eq!(spanning, ports - components.len());
    let told = text(&["components", "--kind", "seaport", "--within", "60km", "--explain"]);
    assert!(told.contains("falls in two") && told.contains(" pairs "), "{told}");
    let zones = lines(&["components", "--json"]);
    let joints = zones.iter().filter(|row| row["row"] == "joint");
    assert!(joints.clone().count() > 10 && joints.clone().all(|row| row["distance_km"] == 0.0));
}

#[test]
fn zones_lie_in_one_another() {
    let rows = lines(&["hierarchy", "--json"]);
    let of = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap();
    let large = of("large-tumen-triangle");
    assert!(number(large, "depth") >= 1.0 && number(large, "share") >= 0.99);
    for (line, row) in rows.iter().enumerate() {
        let Some(parent) = row["parent"].as_str() else { continue };
        let above = rows.iter().position(|other| other["id"] == parent).unwrap();
        assert!(above < line && number(&rows[above], "area_km2") >= number(row, "area_km2"));
    }
    let two = ["hierarchy", "small-tumen-triangle", "large-tumen-triangle"];
    let told = text(&two);
    assert!(told.contains("\n└─ small-tumen-triangle"), "{told}");
    // The delta triangle has nine tenths of the large one, not all of it.
    let delta = ["large-tumen-triangle", "tumen-delta-triangle", "--json"];
    assert!(lines(&[&["hierarchy"], &delta[..]].concat())[1]["parent"].is_null());
    let rough = lines(&[&["hierarchy", "--share", "0.9"], &delta[..]].concat());
    assert_eq!(rough[1]["parent"], "tumen-delta-triangle");
    assert!(refused(&["hierarchy", "--share", "0.3"]).contains("0.5"));
}

#[test]
fn sizes_come_with_their_errors() {
    let rows = lines(&["measure", "small-tumen-triangle", "tumen-river", "rajin", "--json"]);
    let [triangle, river, rajin] = &rows[..] else { panic!("{rows:?}") };
    assert!((number(triangle, "area_km2") - 1321.7).abs() < 1.0);
    assert!(number(triangle, "perimeter_km") > 170.0);
    assert_eq!(triangle["certainty"], "schematic");
    assert!(number(river, "length_km") > 500.0 && river["area_km2"].is_null());
    assert!(rajin["length_km"].is_null());
    assert_eq!(rajin["centroid_lon"], rajin["west"]);
    // Of two, the way: as nearest-pair has it, and its bearing, a little east of north.
    let way = &lines(&["measure", "rajin", "hunchun", "--json"])[2];
    let pair = &lines(&["nearest-pair", "rajin", "hunchun", "--json"])[0];
    assert!((number(way, "distance_km") - number(pair, "distance_km")).abs() < 1e-4);
    assert!((number(way, "bearing_deg") - 5.07).abs() < 0.01);
    let met = &lines(&["measure", "small-tumen-triangle", "large-tumen-triangle", "--json"])[2];
    assert!(met["bearing_deg"].is_null() && number(met, "distance_km") == 0.0);
    let here = text(&["measure", "130.5,42.5", "131.5,42.5", "--explain"]);
    assert!(here.contains("bearing 89.66°") && here.contains("measured on WGS 84"), "{here}");
}

#[test]
fn matrices_have_all_with_all() {
    let two = ["small-tumen-triangle", "large-tumen-triangle", "rajin-sonbong-fetz"];
    let csv = text(&[&["overlap", "--matrix=share", "--csv"], &two[..]].concat());
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(
        rows[0],
        ["share_of_row", "large-tumen-triangle", "rajin-sonbong-fetz", "small-tumen-triangle"]
    );
    for (place, row) in rows.iter().enumerate().skip(1) {
        assert_eq!((row[0], row[place]), (rows[0][place], "1.000000"));
    }
    assert_eq!(rows[3][1], "1.000000", "the small triangle lies in the large one");
    let cells = lines(&[&["overlap", "--matrix", "--json"], &two[..]].concat());
    let cell = |first: &str, second: &str| {
        cells.iter().find(|cell| cell["first"] == first && cell["second"] == second).unwrap()
    };
    let (there, back) = (cell(two[0], two[1]), cell(two[1], two[0]));
    assert_eq!(there["share_of_first"], back["share_of_second"]);
    assert_eq!((&there["relation"], &back["relation"]), (&"covered by".into(), &"covers".into()));
    assert!((number(there, "jaccard") - number(there, "share_of_second")).abs() < 1e-6);
    assert!(text(&[&["overlap", "--matrix"], &two[..]].concat()).starts_with("km²"));
    // One layer with another: by kind, by name, by file.
    let zone = ["overlap", "rajin-sonbong-fetz", "--json", "--with"];
    let regions = lines(&[&zone[..], &["region"]].concat());
    assert!(regions.iter().all(|row| row["first"] == "rajin-sonbong-fetz"));
    assert!(regions.iter().any(|row| row["second"] == "north-hamgyong"));
    let path = file("triangles.geojson");
    let triangles = ["export", "--format", "geojson", "--kind", "growth-triangle", "-o"];
    text(&[&triangles[..], &[path.to_str().unwrap()]].concat());
    let by_file = lines(&[&zone[..], &[path.to_str().unwrap()]].concat());
    assert_eq!(by_file, lines(&[&zone[..], &["growth-triangle"]].concat()));
    assert!(!by_file.is_empty());
    assert!(refused(&["overlap", "--csv"]).contains("--matrix"));
}

#[test]
fn parts_are_written_and_add_up() {
    let path = file("parts.geojson");
    let two = ["small-tumen-triangle", "rajin-sonbong-fetz"];
    let combine = [&["overlap", "--combine"], &two[..]].concat();
    let told = text(&[&combine[..], &["-o", path.to_str().unwrap()]].concat());
    assert!(told.contains("Wrote 3 areas"), "{told}");
    let parts = areas(&path);
    let ids: Vec<&str> = parts.iter().map(|(id, _)| id.as_str()).collect();
    let both = "rajin-sonbong-fetz+small-tumen-triangle";
    assert_eq!(ids, ["rajin-sonbong-fetz", both, "small-tumen-triangle"]);
    let small = number(&lines(&["measure", two[0], "--json"])[0], "area_km2");
    let error: f64 = lines(&[&combine[..], &["--json"]].concat())
        .iter()
        .map(|part| number(part, "area_error_km2"))
        .sum();
    assert!((parts[1].1 + parts[2].1 - small).abs() <= error, "{parts:?} {small}");
    // Without a file it is the GeoJSON itself that is printed.
    assert_eq!(text(&combine), fs::read_to_string(&path).unwrap());
}

#[test]
fn buffers_and_rings_are_written() {
    let path = file("rings.geojson");
    let rings = ["buffer", "25km,50km,100km", "rajin", "--json", "-o", path.to_str().unwrap()];
    let rows = lines(&rings);
    assert_eq!(rows.len(), 3);
    assert_eq!((number(&rows[1], "from_km"), number(&rows[1], "to_km")), (25.0, 50.0));
    for (row, (id, km2)) in rows.iter().zip(areas(&path).into_iter().rev()) {
        let (from, to) = (number(row, "from_km"), number(row, "to_km"));
        let flat = std::f64::consts::PI * (to * to - from * from);
        assert!((number(row, "area_km2") / flat - 1.0).abs() < 1e-3, "{row}");
        assert!(km2 > 0.0 && id.starts_with("rajin"));
    }
    let json: Value = serde_json::from_str(&text(&["buffer", "5km", "tumen-river"])).unwrap();
    assert_eq!(json["features"][0]["properties"]["of"], "tumen-river");
    assert!((json["features"][0]["properties"]["error_m"].as_f64().unwrap() - 6.0).abs() < 1e-9);
    assert!(refused(&["buffer", "50km,25km", "rajin"]).contains("grow"));
    assert!(refused(&["buffer", "5km"]).contains("--kind"));
    assert!(refused(&["buffer", "5", "rajin"]).contains("100km"));
}

#[test]
fn service_areas_make_up_their_ground() {
    let path = file("service-areas.geojson");
    let clip = ["service-areas", "--clip", "KP", "--json", "-o", path.to_str().unwrap()];
    let rows = lines(&clip);
    let whole: f64 = rows.iter().map(|row| number(row, "share")).sum();
    assert!((whole - 1.0).abs() < 1e-4, "{whole}");
    let area: f64 = areas(&path).iter().map(|(_, km2)| km2).sum();
    assert!((110_000.0..130_000.0).contains(&area), "North Korea has {area} km²");
    let boxed = ["service-areas", "rajin-port", "posyet-port", "--json", "--bbox", "129,41,132,43"];
    let halves = lines(&boxed);
    assert!((number(&halves[0], "share") + number(&halves[1], "share") - 1.0).abs() < 1e-5);
    let land = lines(&[&boxed[..], &["--clip", "land"]].concat());
    assert!(number(&land[0], "area_km2") < number(&halves[0], "area_km2"));
    // A box of more than half the earth: 5/9 of a belt that has sin 10° of its area.
    let wide = ["service-areas", "rajin-port", "--json", "--bbox", "-100,-10,100,10"];
    let belt = 510_065_622.0 * 10_f64.to_radians().sin() * 5.0 / 9.0;
    assert!((number(&lines(&wide)[0], "area_km2") / belt - 1.0).abs() < 0.01);
    assert!(refused(&["service-areas", "--bbox", "1,1,1,2"]).contains("no area"));
    assert!(refused(&["service-areas", "--clip", "JP", "--bbox", "0,0,1,1"]).contains("JP"));
    assert!(refused(&["service-areas", "--clip", "rajin"]).contains("not an area"));
    assert!(refused(&["service-areas", "tumen-river"]).contains("points"));
}

#[test]
fn boxes_may_cross_the_antimeridian() {
    let path = file("around-fiji.geojson");
    let point = |id: &str, lon: f64| {
        format!(
            r#"{{"type":"Feature","id":"{id}","properties":{{}},
            "geometry":{{"type":"Point","coordinates":[{lon},-17]}}}}"#
        )
    };
    let points = [("west", 177.0), ("east", -178.0), ("far", 0.0)].map(|(id, lon)| point(id, lon));
    let collection = points.join(",");
    fs::write(&path, format!(r#"{{"type":"FeatureCollection","features":[{collection}]}}"#))
        .unwrap();
    let input = ["within", "--json", "--input", path.to_str().unwrap(), "--bbox"];
    let ids = |bbox: &str| -> Vec<String> {
        let rows = lines(&[&input[..], &[bbox]].concat());
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("170,-20,-170,-10"), ["east", "west"]);
    assert_eq!(ids("-170,-20,170,-10"), ["far"]);
    let places = lines(&["within", "--bbox", "130,42,131,43", "--kind", "place", "--json"]);
    assert!(places.iter().any(|place| place["id"] == "hunchun"));
    assert!(refused(&["within", "--bbox", "130,43,131,42"]).contains("south"));
    assert!(refused(&["within"]).contains("--bbox"));
}

#[test]
fn time_combines_with_every_question() {
    let ids = |time: &str| -> Vec<String> {
        let rows = lines(&["list", "zones", "--time", time, "--json"]);
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    let (possible, certain) = (ids("intersects 1993"), ids("certainly intersects 1993"));
    assert!(certain.iter().all(|id| possible.contains(id)));
    assert!(!certain.is_empty() && certain.len() < possible.len());
    let (before, after) = (ids("certainly before 1993"), ids("certainly after 1993"));
    assert!(!before.iter().chain(&after).any(|id| possible.contains(id)));
    assert_eq!(ids("certainly within 1984/2000"), ["tumen-corporation-zone"]);
    let near = ["near", "hunchun", "-k", "50", "--kind", "border-port", "--json", "--time"];
    let of = |time: &str| lines(&[&near[..], &[time]].concat()).len();
    assert!(of("certainly intersects 1980") < of("intersects 1980"));
    let said = refused(&["overlap", "--time", "whilst 1991"]);
    assert!(said.contains("during") && said.contains("intersects"), "{said}");
    assert!(refused(&["list", "--time", "during 1996/1991"]).contains("before it begins"));
}

#[test]
fn answers_explain_themselves_in_json_too() {
    for question in [
        &["near", "rajin"][..],
        &["within", "50km", "rajin"],
        &["within", "--bbox", "130,42,131,43"],
        &["overlap", "small-tumen-triangle", "large-tumen-triangle"],
        &["overlap", "--combine", "small-tumen-triangle", "large-tumen-triangle"],
        &["along", "tumen-river"],
        &["nearest-pair", "rajin", "hunchun"],
        &["components", "--kind", "seaport"],
        &["hierarchy", "small-tumen-triangle", "large-tumen-triangle"],
        &["measure", "rajin"],
        &["buffer", "10km", "rajin"],
        &["service-areas", "rajin-port", "posyet-port"],
    ] {
        let plain = [question, &["--json"]].concat();
        let rows = lines(&[&plain[..], &["--explain"]].concat());
        let (last, answer) = rows.split_last().unwrap();
        let explain = &last["explain"];
        assert!(number(explain, "seconds") > 0.0, "{question:?}");
        assert_eq!(explain["edge_tolerance_m"], 1.0);
        // Without it, nothing of a clock is in the answer, and the rest is the same.
        assert_eq!(lines(&plain), answer, "{question:?}");
        if let Some(pruned) = explain["pruned"].as_f64() {
            assert!(number(explain, "refined") <= number(explain, "candidates"), "{question:?}");
            let asked = pruned + number(explain, "candidates");
            let indexed = number(explain, "indexed");
            match explain["counted"].as_str().unwrap() {
                "items" => assert!((asked - indexed).abs() < 0.5, "{question:?}: {explain}"),
                "pairs" => assert!(asked <= indexed * indexed, "{question:?}: {explain}"),
                other => panic!("{other}"),
            }
        }
    }
}
