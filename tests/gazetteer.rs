//! Every row of the gazetteer that was drawn from the two studies is accounted for: by what the
//! catalogue holds of it, or by a reason.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tumen::geo_core::model::{Catalogue, Feature, fold};

/// Rows of the gazetteer, by its halves: those of study A to line 6300, and all after.
const ROWS: [(&str, usize); 2] = [("1", 430), ("2", 577)];

struct Row {
    key: String,
    printed: Vec<String>,
    references: Vec<String>,
    reason: String,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/catalogue/gazetteer.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("row\tprinted\treferences\treason"));
    let row = |line: &str| {
        let [key, printed, references, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four columns: {line}");
        };
        let printed = printed.split(" | ").map(str::trim).filter(|p| !p.is_empty());
        Row {
            key: key.to_owned(),
            printed: printed.map(str::to_owned).collect(),
            references: references
                .split(' ')
                .filter(|r| !r.is_empty())
                .map(str::to_owned)
                .collect(),
            reason: reason.to_owned(),
        }
    };
    lines.map(row).collect()
}

/// The prefix and number of a row: `1:P` and 14 of `1:P14`, `1:12#` and 3 of `1:12#3`.
fn numbered(key: &str) -> (&str, u32) {
    let digits = key.chars().rev().take_while(char::is_ascii_digit).count();
    let (prefix, number) = key.split_at(key.len() - digits);
    (prefix, number.parse().unwrap())
}

#[test]
fn no_row_is_left_out() {
    let rows = rows();
    for (half, expected) in ROWS {
        let here = rows.iter().filter(|row| row.key.starts_with(&format!("{half}:")));
        assert_eq!(here.count(), expected, "half {half}");
    }
    let mut numbers: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for row in &rows {
        let (prefix, number) = numbered(&row.key);
        assert!(numbers.entry(prefix).or_default().insert(number), "{} stands twice", row.key);
    }
    for (prefix, numbers) in numbers {
        let last = *numbers.last().unwrap() as usize;
        assert_eq!(numbers.len(), last, "{prefix} runs to {last} without a gap");
    }
}

#[test]
fn rows_refer_to_what_there_is_or_say_why_not() {
    let catalogue = tumen::catalogue().unwrap();
    let known = |reference: &str| match reference.split_once(':') {
        None => catalogue.get(reference).is_some(),
        Some(("link", id)) => catalogue.links().iter().any(|link| link.id == id),
        Some(("series", id)) => catalogue.series().iter().any(|series| series.id == id),
        Some(("claim", id)) => catalogue.claims().iter().any(|claim| claim.id == id),
        Some(_) => false,
    };
    for row in rows() {
        assert!(!row.references.is_empty() || !row.reason.is_empty(), "{} says nothing", row.key);
        for reference in &row.references {
            assert!(known(reference), "{}: there is no '{reference}'", row.key);
        }
    }
}

#[test]
fn every_printed_name_finds_its_feature() {
    let catalogue = tumen::catalogue().unwrap();
    let mut checked = 0;
    for row in rows() {
        let features: Vec<&Feature> =
            row.references.iter().filter_map(|id| catalogue.get(id)).collect();
        if features.is_empty() {
            continue;
        }
        let spellings: BTreeSet<String> = features.iter().flat_map(|f| spellings(f)).collect();
        for printed in &row.printed {
            checked += 1;
            assert!(spellings.contains(&fold(printed)), "{}: '{printed}'", row.key);
        }
    }
    assert!(checked > 500, "{checked} spellings");
}

fn spellings(feature: &Feature) -> impl Iterator<Item = String> {
    feature.names.all().chain([feature.id.as_str()]).map(fold)
}

/// What a person copies out of a study is found by name.
#[test]
fn damaged_spellings_are_found() {
    let catalogue: Catalogue = tumen::catalogue().unwrap();
    for (printed, id) in
        [("Chongjia", "chongjin"), ("Srentensk", "sretensk"), ("Mamhouli", "manzhouli")]
    {
        assert_eq!(catalogue.find(printed).unwrap().id, id, "{printed}");
    }
}
