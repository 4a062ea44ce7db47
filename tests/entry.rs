//! Looking things up: search, entries, links and sources, driven through the command.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

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

#[test]
fn names_in_any_script_and_spelling_are_found() {
    for (wanted, id, how) in [
        ("Najin", "rajin", "exact"),
        ("나진", "rajin", "exact"),
        ("罗津", "rajin", "exact"),
        ("Zambino", "zarubino", "exact"),
        ("Songpong", "sonbong", "exact"),
        ("lake", "lake-khanka", "prefix"),
        ("Hunch", "hunchun", "prefix"),
        ("hŭnchun", "hunchun", "exact"),
        ("Vladivostk", "vladivostok", "fuzzy"),
        ("Владивсток", "vladivostok", "fuzzy"),
    ] {
        let found = lines(&["search", wanted, "-k", "3", "--json"]);
        assert!(found.len() <= 3);
        let hit = found.iter().find(|hit| hit["id"] == id);
        assert_eq!(hit.unwrap()["how"], how, "{wanted}: {found:?}");
        assert_eq!(found[0]["how"], how, "{wanted}: {found:?}");
        assert!(!hit.unwrap()["matched"].as_str().unwrap().is_empty());
    }
    let port = lines(&["search", "Najin", "--kind", "seaport", "--json"]);
    assert_eq!(port[0]["id"], "rajin-port");
    assert!(text(&["search", "Najin"]).contains("exact"));
}

#[test]
fn what_is_not_found_is_said_with_a_way_out() {
    for (arguments, expected) in [
        (&["search", "qqqqqq"][..], "'tumen list' shows all ids"),
        (&["search", "Hunchun", "--kind", "seaport"], "leaves out hunchun (place)"),
        (&["search", "?!"], "no letter"),
        (&["show", "Vladivostk"], "did you mean vladivostok"),
        (&["links", "nowhere-at-all"], "hint: "),
        (&["links", "rajin", "--kind", "teleport"], "one of trade"),
        (&["sources", "no-such-source-or-place"], "nothing is called"),
    ] {
        let output = tumen(arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(message.contains(expected) && output.stdout.is_empty(), "{message}");
    }
}

#[test]
fn an_entry_reads_in_lines_of_eighty() {
    let shown = text(&["show", "small-tumen-triangle"]);
    let said = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "is a growth triangle between Rajin, Hunchun and Posyet, in",
        "It was proposed in 1991 and abolished in October 1994.",
        "Korean 두만강 소삼각",
        "lies within",
        "claimed about 1 000 km²",
        "Posyet harbour",
        "schematic: a simple shape that stands for it",
    ] {
        assert!(said.replace('\u{202f}', " ").contains(expected), "{expected}: {shown}");
    }
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    // A port is not its own nearest port.
    let port = text(&["show", "manzhouli-port"]);
    assert!(port.contains("Zabaykalsk") && !port.contains("Manzhouli, 0.0 km"), "{port}");
}

#[test]
fn the_json_of_an_entry_is_whole() {
    let entry = &lines(&["show", "small-tumen-triangle", "--json"])[0];
    assert_eq!(entry["members"], serde_json::json!(["rajin", "hunchun", "posyet"]));
    assert_eq!(entry["edtf"], "1991/1994-10");
    assert!(entry["lead"].as_str().unwrap().starts_with("Small Tumen triangle is a"));
    let holds = entry["relations"]["holds"].as_array().unwrap();
    assert!(holds.contains(&"posyet".into()), "{holds:?}");
    let claims = entry["claims_checked"].as_array().unwrap();
    let area =
        claims.iter().find(|claim| claim["compute"] == "area(small-tumen-triangle)").unwrap();
    assert!(area["verdict"].as_str().unwrap().starts_with("differs"));
    let rajin = &lines(&["show", "rajin", "--json"])[0];
    let part_of = rajin["relations"]["member_of"].as_array().unwrap();
    assert!(part_of.contains(&"small-tumen-triangle".into()), "{part_of:?}");
    assert!(rajin["relations"]["here"].as_array().unwrap().contains(&"rajin-port".into()));
    assert_eq!(rajin["relations"]["nearest_seaport"], "rajin-port");
}

#[test]
fn links_are_those_of_a_feature_and_what_stands_at_it() {
    let all = lines(&["links", "--json"]);
    assert_eq!(all.len(), tumen::catalogue().unwrap().links().len());
    let rajin = lines(&["links", "Rajin", "--json"]);
    assert!(rajin.iter().any(|link| link["through"] == "rajin"));
    assert!(rajin.iter().any(|link| link["through"] == "rajin-port"));
    let port = lines(&["links", "rajin-port", "--json"]);
    assert!(port.len() < rajin.len());
    for link in &port {
        assert!(rajin.iter().any(|other| other["id"] == link["id"]), "{link}");
    }
    for link in &all {
        let km = link["distance_km"].as_f64().unwrap();
        assert!((0.0..20_100.0).contains(&km), "{link}");
        assert!(!link["sources"].as_array().unwrap().is_empty());
    }
    let kinds: Vec<&str> = rajin.iter().map(|link| link["kind"].as_str().unwrap()).collect();
    assert!(
        lines(&["links", "rajin", "--kind", "rail", "--json"]).len()
            == kinds.iter().filter(|kind| **kind == "rail").count()
    );
}

#[test]
fn links_of_a_year_carry_the_amounts_of_that_year() {
    let links = lines(&["links", "russia", "--kind", "trade", "--year", "1992", "--json"]);
    let trade = links.iter().find(|link| link["id"] == "china-russia-trade").unwrap();
    let amounts = trade["amounts"].as_array().unwrap();
    assert_eq!(amounts.len(), 1, "{amounts:?}");
    assert_eq!(amounts[0]["value"], 6.5);
    assert_eq!((&trade["direction"], &trade["partner"]), (&"both".into(), &"china".into()));
    let early = lines(&["links", "russia", "--year", "1970", "--json"]);
    assert!(early.iter().all(|link| link["id"] != "china-russia-trade"));
    let shown = text(&["links", "rajin"]);
    assert!(shown.starts_with("trade\n") && shown.contains("\nrail\n"), "{shown}");
}

#[test]
fn the_bibliography_is_whole_in_each_format() {
    let catalogue = tumen::catalogue().unwrap();
    let listed = text(&["sources"]);
    let bibtex = text(&["sources", "--bibtex"]);
    let csl: Value = serde_json::from_str(&text(&["sources", "--csl-json"])).unwrap();
    assert_eq!(csl.as_array().unwrap().len(), catalogue.sources().len());
    for (source, item) in catalogue.sources().iter().zip(csl.as_array().unwrap()) {
        assert!(listed.lines().any(|line| line == source.id), "{}", source.id);
        assert!(bibtex.contains(&format!("{{{},\n", source.id)), "{}", source.id);
        assert_eq!(item["id"], source.id.as_str());
        assert_eq!(item["title"], source.title.as_str());
    }
    let depth = bibtex.chars().fold(0, |depth, c| match c {
        '{' => depth + 1,
        '}' => depth - 1,
        _ => depth,
    });
    assert_eq!(depth, 0, "braces stand in pairs");
    let rajin = text(&["sources", "rajin", "--bibtex"]);
    assert!(rajin.contains("study-a") && !rajin.contains("searoute"), "{rajin}");
    assert_eq!(text(&["sources", "study-b", "--bibtex"]).matches('@').count(), 1);
}

/// The citation file names the version and the studies that have an author.
#[test]
fn the_citation_file_is_that_of_this_version() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let cff = std::fs::read_to_string(root.join("CITATION.cff")).unwrap();
    assert!(cff.contains(&format!("\nversion: {}\n", env!("CARGO_PKG_VERSION"))));
    for source in tumen::catalogue().unwrap().sources().iter().filter(|s| s.kind != "dataset") {
        assert!(cff.contains(&format!("\"{}\"", source.title)), "{}", source.title);
    }
}
