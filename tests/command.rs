//! The command driven as a user drives it: the built binary, its output, its exit codes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn tumen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tumen")).args(arguments).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = tumen(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn lines(arguments: &[&str]) -> Vec<serde_json::Value> {
    text(arguments).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Exit code and standard error of a call that must fail and print nothing.
fn failure(arguments: &[&str]) -> (i32, String) {
    let output = tumen(arguments);
    assert!(output.stdout.is_empty(), "{arguments:?} printed before it failed");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// A folder of this test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn listings_filter_by_kind_country_and_year() {
    let zones = lines(&["list", "zones", "--country", "CN", "--year", "1993", "--json"]);
    assert!(zones.iter().any(|zone| zone["id"] == "hunchun-becz"));
    assert!(zones.iter().all(|zone| zone["kind"] == "zone"));
    assert!(zones.iter().all(|zone| zone["countries"].as_str().unwrap().contains("CN")));
    let early = lines(&["list", "zones", "--year", "1980", "--json"]);
    assert!(!early.iter().any(|zone| zone["id"] == "hunchun-becz"));
    let ports = lines(&["list", "ports", "--json"]);
    assert!(ports.iter().any(|port| port["kind"] == "seaport"));
    assert!(ports.iter().any(|port| port["kind"] == "border-port"));
    assert!(lines(&["list", "--json"]).len() >= 70);
    assert!(text(&["list", "triangles"]).contains("small-tumen-triangle"));
}

#[test]
fn a_feature_is_shown_in_all_its_names() {
    let shown = text(&["show", "Najin"]);
    for expected in ["Rajin (rajin)", "라진", "罗津", "Chinese", "source"] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    for spelling in ["Zambino", "Songpong", "珲春", "Chongji"] {
        assert!(tumen(&["show", spelling]).status.success(), "{spelling}");
    }
    let triangle = &lines(&["show", "small-tumen-triangle", "--json"])[0];
    let area = triangle["area_km2"].as_f64().unwrap();
    assert!((1200.0..1400.0).contains(&area), "{area}");
}

#[test]
fn near_orders_by_distance() {
    let hits = lines(&["near", "hunchun", "--kind", "seaport", "-k", "3", "--json"]);
    assert_eq!(hits.len(), 3);
    let distances: Vec<f64> = hits.iter().map(|h| h["distance_km"].as_f64().unwrap()).collect();
    assert!(distances.is_sorted(), "{distances:?}");
    assert!(hits.iter().all(|hit| hit["kind"] == "seaport" && hit["id"] != "hunchun"));
    let from_here = lines(&["near", "130.37,42.86", "-k", "5", "--json"]);
    assert_eq!(from_here.len(), 5);
}

#[test]
fn within_takes_a_radius_or_an_area() {
    let near = lines(&["within", "100km", "hunchun", "--json"]);
    assert!(near.iter().any(|hit| hit["id"] == "rajin"));
    assert!(near.iter().all(|hit| hit["distance_km"].as_f64().unwrap() <= 100.0));
    let inside = lines(&["within", "large-tumen-triangle", "--kind", "place", "--json"]);
    let ids: Vec<&str> = inside.iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"hunchun") && ids.contains(&"posyet"), "{ids:?}");
    assert!(!ids.contains(&"nakhodka"), "{ids:?}");
}

#[test]
fn overlaps_give_areas_and_shares() {
    let pairs = lines(&["overlap", "small-tumen-triangle", "large-tumen-triangle", "--json"]);
    assert_eq!(pairs.len(), 1);
    let shared = pairs[0]["area_km2"].as_f64().unwrap();
    let share = pairs[0]["share_of_second"].as_f64().unwrap();
    assert!(shared > 0.0 && share > 0.0 && share <= 1.0);
    assert!(text(&["overlap"]).contains("km²"));
}

#[test]
fn claims_are_checked() {
    let claims = lines(&["check", "small-tumen-triangle", "--json"]);
    let area =
        claims.iter().find(|claim| claim["compute"] == "area(small-tumen-triangle)").unwrap();
    assert_eq!(area["claimed"], 1000.0);
    assert!(area["computed"].as_f64().unwrap() > 1200.0);
    assert!(area["verdict"].as_str().unwrap().starts_with("differs by +"));
    assert!(text(&["check"]).contains("claims:"));
}

#[test]
fn exports_are_strict_geojson_and_read_back() {
    let folder = folder("export");
    let file = folder.join("zones.geojson");
    let path = file.to_str().unwrap();
    text(&["export", "--format", "geojson", "--kind", "zone", "-o", path]);
    let written = fs::read_to_string(&file).unwrap();
    let json: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(json["type"], "FeatureCollection");
    assert!(json.get("crs").is_none());
    assert_eq!(json["bbox"].as_array().unwrap().len(), 4);
    for feature in json["features"].as_array().unwrap() {
        assert_eq!(feature["id"], feature["properties"]["id"]);
        let flat = feature["properties"].as_object().unwrap().values();
        assert!(flat.clone().all(|value| !value.is_object() && !value.is_array()));
    }
    assert!(written.split(['[', ',', ']']).all(|number| {
        number.parse::<f64>().is_err() || number.split('.').nth(1).is_none_or(|d| d.len() <= 7)
    }));
    let again = lines(&["list", "--input", path, "--json"]);
    assert_eq!(again.len(), json["features"].as_array().unwrap().len());
}

#[test]
fn wrong_use_is_explained_and_exits_with_2() {
    let cases: &[(&[&str], &str)] = &[
        (&["show", "hunchnu"], "did you mean hunchun"),
        (&["near", "hunchun", "--kind", "harbour"], "seaport"),
        (&["list", "--year", "99999"], "out of range"),
        (&["within", "100 parsecs", "hunchun"], "km"),
        (&["near", "42.86,130.37"], "longitude comes first"),
        (&["near", "130.37,nan"], "not a number"),
        (&["near", "181.5e3,42"], "longitude"),
        (&["frobnicate"], "frobnicate"),
        (&["map", "small-triangel"], "small-triangle"),
        (&["map", "small-triangle", "--width", "0"], "width"),
    ];
    for (arguments, expected) in cases {
        let (code, message) = failure(arguments);
        assert_eq!(code, 2, "{arguments:?}: {message}");
        assert!(message.contains(expected), "{arguments:?}: {message}");
    }
}

#[test]
fn bad_files_are_explained_and_exit_with_1() {
    let folder = folder("bad-input");
    let ring = |ring: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","id":"mine",
            "properties":{{}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}"#
        )
    };
    let cases = [
        ("empty.geojson", String::new(), "empty"),
        ("cut.geojson", ring("[[0,0],[1,0],[1,1],[0,0]]")[..120].to_owned(), "cut.geojson"),
        ("nan.geojson", ring("[[0,0],[NaN,0],[1,1],[0,0]]"), "nan.geojson"),
        ("range.geojson", ring("[[0,0],[1,0],[1,95],[0,0]]"), "mine"),
        ("open.geojson", ring("[[0,0],[1,0],[1,1],[0,1]]"), "not closed"),
        ("crossed.geojson", ring("[[0,0],[1,1],[1,0],[0,1],[0,0]]"), "crosses"),
    ];
    for (name, content, expected) in cases {
        let file = folder.join(name);
        fs::write(&file, content).unwrap();
        let (code, message) = failure(&["list", "--input", file.to_str().unwrap()]);
        assert_eq!(code, 1, "{name}: {message}");
        assert!(message.contains(name) && message.contains(expected), "{name}: {message}");
        assert!(message.contains("hint: "), "{name}: {message}");
    }
    let (code, message) = failure(&["list", "--input", "no-such-file.geojson"]);
    assert_eq!(code, 1);
    assert!(message.contains("no-such-file.geojson"), "{message}");
}

#[test]
fn bad_specs_and_outputs_are_explained() {
    let folder = folder("bad-spec");
    let spec = folder.join("wrong.toml");
    fs::write(&spec, "title = \"x\"\nextend = { features = [\"rajin\"] }\n").unwrap();
    let out = folder.join("x.png");
    let (code, message) = failure(&["map", spec.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(message.contains("wrong.toml") && message.contains("extend"), "{message}");
    for (text, expected) in [
        ("", "no extent"),
        ("extent = { features = [\"nowhere\"] }", "nowhere"),
        ("title = \"x", "line 1"),
        (
            "extent = { bbox = [130, 42, 131, 43] }\n[[layers]]\nid = \"a\"\nsource = \"file:none.geojson\"",
            "none.geojson",
        ),
        (
            "extent = { bbox = [130, 42, 131, 43] }\n[[layers]]\nid = \"a\"\nsource = \"catalogue\"\nquery = { kindd = \"x\" }",
            "wrong.toml, line 5: layer 'a': a query of 'catalogue' has no 'kindd'",
        ),
    ] {
        fs::write(&spec, text).unwrap();
        let (code, message) =
            failure(&["map", spec.to_str().unwrap(), "-o", out.to_str().unwrap()]);
        assert!(code != 0 && message.contains("wrong.toml"), "{message}");
        assert!(message.contains(expected), "{message}");
    }
    let nowhere = folder.join("no/such/folder/x.png");
    let (code, message) = failure(&["map", "small-triangle", "-o", nowhere.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(message.contains("cannot write") && message.contains("hint: "), "{message}");
    let (code, _) = failure(&["export", "--format", "geojson", "-o", nowhere.to_str().unwrap()]);
    assert_eq!(code, 1);
}

/// What is wrong only once the whole spec is read is placed in its text too.
#[test]
fn contradictions_in_specs_are_placed_by_line() {
    let folder = folder("contradictions");
    let box_ = "extent = { bbox = [130, 42, 131, 43] }\n";
    let layer = "[[layers]]\nid = \"a\"\nsource = \"catalogue\"\n";
    let toml = [
        ("extent = {\n  bbox = [130, 43, 131, 42],\n}".to_owned(), "line 2: the extent"),
        ("[extent]\nfeatures = [\n\"rajin\",\n\"rajni\"]".to_owned(), "line 4: nothing is called"),
        (format!("{box_}projection = \"lambert\""), "line 2: there is no projection"),
        (format!("{box_}theme = \"pink\""), "line 2: the base map has no theme 'pink'"),
        (format!("{box_}base = \"bass\""), "line 2: there is no base map 'bass'"),
        (
            format!("{box_}without = [\n\"rail\",\n\"roads\",\n]"),
            "line 4: the base map has no layer",
        ),
        (format!("{box_}[page]\nppi = 3000"), "line 3: the resolution"),
        (format!("{box_}[page]\nwidth_mm = 9\nwidth_px = 900"), "line 4: the page has a width in"),
        (format!("{box_}[multiples]\nyears = []"), "line 3: multiples.years is empty"),
        (
            format!("{box_}[furniture.inset]\nlayers = [\"coast\", \"roads\"]"),
            "line 3: the map has no layer 'roads'",
        ),
        (format!("{box_}{layer}{layer}"), "line 6: two layers have the id 'a'"),
        (format!("{box_}{layer}under = \"sand\""), "line 5: layer 'a': the base map has no layer"),
        (format!("{box_}{layer}look = \"lace\""), "line 5: layer 'a': the base map has no look"),
        (
            format!("{box_}{layer}query = {{ ids = [\"rajin\", \"rajni\"] }}"),
            "line 5: layer 'a': nothing is called 'rajni'",
        ),
        (format!("{box_}{layer}[layers.query]\nkind = \"port\""), "line 6: layer 'a'"),
        (
            format!("{box_}{layer}coverage = true\n[layers.combine]\n"),
            "line 6: layer 'a': both combine and coverage are given",
        ),
        (
            format!(
                "{box_}{layer}[layers.classes]\nproperty = \"x\"\nramp = [\"#ffffff\"]\ncount = 3"
            ),
            "line 7: layer 'a': classes.ramp",
        ),
        (
            format!("{box_}{layer}[layers.size]\nproperty = \"x\"\nlargest_pt = -1"),
            "line 7: layer 'a': size.largest_pt is -1",
        ),
    ];
    let bbox = "{\n\"extent\": {\"bbox\": [130, 42, 131, 43]},\n";
    let layer = "\"layers\": [\n{\"id\": \"a\",\n\"source\": \"catalogue\"";
    let json = [
        ("{\"extent\": {\n\"bbox\": [130, 43, 131, 42]}}".to_owned(), "line 2: the extent"),
        (format!("{bbox}\"theme\":\n\"pink\"}}"), "line 4: the base map has no theme 'pink'"),
        (
            format!("{bbox}{layer},\n\"query\": {{\"ids\": [\"rajin\",\n\"rajni\"]}}}}]}}"),
            "line 7: layer 'a': nothing is called 'rajni'",
        ),
        (
            format!("{bbox}{layer}}},\n{{\"id\": \"b\", \"source\": \"bass\"}}]}}"),
            "line 6: layer 'b': there is no source 'bass'",
        ),
        (
            format!("{bbox}{layer},\n\"combine\": {{}}, \"coverage\": true}}]}}"),
            "line 6: layer 'a': both combine and coverage are given",
        ),
    ];
    let toml = toml.iter().map(|case| ("wrong.toml", case));
    for (name, (text, expected)) in toml.chain(json.iter().map(|case| ("wrong.json", case))) {
        let spec = folder.join(name);
        fs::write(&spec, text).unwrap();
        let out = folder.join("x.png");
        let (code, message) =
            failure(&["map", spec.to_str().unwrap(), "-o", out.to_str().unwrap()]);
        assert_eq!(code, 1, "{text}: {message}");
        assert!(message.contains(&format!("{name}, {expected}")), "{text}: {message}");
    }
    // What the command line asks for stands in no file.
    let spec = folder.join("right.toml");
    fs::write(&spec, format!("{box_}theme = \"grey\"")).unwrap();
    let (code, message) = failure(&["map", spec.to_str().unwrap(), "--theme", "pink"]);
    assert_eq!(code, 2, "{message}");
    assert!(message.contains("no theme 'pink'") && !message.contains("line"), "{message}");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tumen"))
        .args(["list", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success());
}

#[test]
fn a_map_is_drawn_and_told_of() {
    let file = folder("map").join("triangle.png");
    let path = file.to_str().unwrap();
    let told = text(&["map", "small-triangle", "-o", path, "--width", "700", "--year", "1992"]);
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.contains("triangle.png"), "{told}");
    let decoder = png::Decoder::new(std::io::BufReader::new(fs::File::open(&file).unwrap()));
    let reader = decoder.read_info().unwrap();
    assert_eq!(reader.info().width, 700);
    let again = fs::read(&file).unwrap();
    text(&["map", "small-triangle", "-o", path, "--width", "700", "--year", "1992"]);
    assert!(fs::read(&file).unwrap() == again, "the same input gives the same bytes");
}

#[test]
fn ports_come_in_the_order_of_the_river() {
    let ports = lines(&["along", "tumen-river", "--kind", "border-port", "--json"]);
    let of = |id: &str| ports.iter().find(|port| port["id"] == id).unwrap();
    let km = |id: &str| of(id)["chainage_km"].as_f64().unwrap();
    assert!(km("nanping-port") < km("sanhe-port") && km("sanhe-port") < km("quanhe-port"));
    // China lies on the left of the Tumen, Korea on the right.
    assert_eq!(
        (&of("quanhe-port")["side"], &of("wonjong-port")["side"]),
        (&"left".into(), &"right".into())
    );
    let to_next = of("nanping-port")["to_next_km"].as_f64().unwrap();
    assert!((km("sanhe-port") - km("nanping-port") - to_next).abs() < 1e-3);
    let file = folder("along").join("stretch.geojson");
    let stretch = ["--from", "250", "--to", "320", "-o", file.to_str().unwrap()];
    let told = text(&[&["along", "tumen-river", "--explain"], &stretch[..]].concat());
    assert!(told.contains("sambong-port") && !told.contains("quanhe-port"), "{told}");
    assert!(told.contains("measured on WGS 84"));
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.contains("LineString") && written.contains("\"from_km\":250.0"), "{written}");
    for wrong in [&["along", "hunchun"][..], &["along", "tumen-river", "--from", "9000"]] {
        let (code, message) = failure(wrong);
        assert!(code == 2 && message.contains("hint: "), "{message}");
    }
}

#[test]
fn the_nearest_pair_is_named_with_its_ends() {
    let options = ["nearest-pair", "--kind", "seaport", "--with", "border-port"];
    let pairs = lines(&[&options[..], &["-k", "3", "--json"]].concat());
    assert_eq!(pairs.len(), 3);
    let km = |pair: &serde_json::Value| pair["distance_km"].as_f64().unwrap();
    assert!(km(&pairs[0]) <= km(&pairs[1]) && km(&pairs[1]) <= km(&pairs[2]));
    // One kind with itself: each pair once, nothing with itself.
    let same = lines(&["nearest-pair", "--kind", "seaport", "-k", "500", "--json"]);
    assert!(same.iter().all(|pair| pair["first"].as_str() < pair["second"].as_str()));
    let two = lines(&["nearest-pair", "rajin", "hunchun", "--json"]);
    let near = lines(&["near", "rajin", "--kind", "place", "-k", "200", "--json"]);
    let hunchun = near.iter().find(|hit| hit["id"] == "hunchun").unwrap();
    assert_eq!(two[0]["distance_km"], hunchun["distance_km"]);
    assert!(
        text(&["nearest-pair", "rajin", "hunchun", "--explain"]).contains("measured on WGS 84")
    );
    assert_eq!(failure(&["nearest-pair"]).0, 2);
}
