//! The atlas: which pages it has, what they say, and how they hang together.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use tumen::book::{Book, Fact, Library, Plan, Section, Subject, bind, facts};
use tumen::map::PRESETS;
use tumen_geo_core::model::Kind;

fn facts_of(id: &str) -> Vec<Fact> {
    let catalogue = tumen::catalogue().unwrap();
    let library = Library::new(&catalogue).unwrap();
    facts(catalogue.get(id).unwrap(), &library)
}

/// The lines under a label, their fixed spaces made plain; empty if there is no such fact.
fn said(facts: &[Fact], label: &str) -> String {
    let lines = facts.iter().filter(|fact| fact.label == label).flat_map(|fact| &fact.lines);
    let lines: Vec<String> =
        lines.map(|line| line.text.replace(['\u{A0}', '\u{202F}'], " ")).collect();
    lines.join("\n")
}

fn book(only: &[&str]) -> Book {
    let catalogue = tumen::catalogue().unwrap();
    let only: Vec<String> = only.iter().map(|&id| id.to_owned()).collect();
    let plan = Plan::new(&catalogue, &only).unwrap();
    bind(&plan, &Library::new(&catalogue).unwrap(), &|| ()).unwrap()
}

fn count(pdf: &[u8], what: &str) -> usize {
    String::from_utf8_lossy(pdf).matches(what).count()
}

#[test]
fn every_preset_triangle_and_zone_has_an_entry() {
    let catalogue = tumen::catalogue().unwrap();
    let plan = Plan::new(&catalogue, &[]).unwrap();
    let told = |kind| catalogue.features().iter().filter(|f| f.kind == Some(kind)).count();
    let (triangles, zones) = (told(Kind::GrowthTriangle), told(Kind::Zone));
    let of = |section| plan.entries().iter().filter(|e| e.section == section).count();
    assert_eq!(of(Section::Maps), PRESETS.len());
    assert_eq!((of(Section::Triangles), of(Section::Zones)), (triangles, zones));
    assert!(plan.entries().is_sorted_by_key(|entry| entry.section));
    assert!(triangles >= 12 && zones >= 21);
}

#[test]
fn only_zones_and_triangles_have_pages_and_are_found_by_name() {
    let catalogue = tumen::catalogue().unwrap();
    let plan = |name: &str| Plan::new(&catalogue, &[name.to_owned()]);
    let subject = |name| plan(name).unwrap().entries()[0].subject.clone();
    assert_eq!(subject("small triangle"), Subject::Feature("small-tumen-triangle".to_owned()));
    // A city has this name too.
    assert_eq!(subject("Rajin-Sonbong"), Subject::Feature("rajin-sonbong-fetz".to_owned()));
    for wrong in ["vladivostok", "atlantis"] {
        assert_eq!(plan(wrong).unwrap_err().exit_code(), 2, "{wrong}");
    }
}

/// Area and perimeter as `tumen check` and `tumen show` give them, which tests/data.rs compares with
/// GeographicLib.
#[test]
fn the_small_triangle_is_measured_beside_its_claim() {
    let facts = facts_of("small-tumen-triangle");
    assert!(said(&facts, "Size").starts_with("area 1 322 km², perimeter 174 km"));
    let claims = said(&facts, "Claims");
    assert!(
        claims.contains("area of Small Tumen triangle: claimed about 1 000 km², computed 1 322 km²; differs by +32.2 %"),
        "{claims}"
    );
    assert!(claims.contains("[1, lines 9438–9442]"), "{claims}");
    assert_eq!(said(&facts, "Members"), "Rajin · Hunchun · Posyet");
    assert_eq!(said(&facts, "Status"), "abolished");
    assert!(said(&facts, "Time").contains("1994-10 abolished: replaced by the TREDA vision"));
    let shared = said(&facts, "Shares ground");
    assert!(shared.contains("Large Tumen triangle: 1 322 km², 100 % of this"), "{shared}");
    assert!(said(&facts, "Sources").contains("10832–10836, "));
}

#[test]
fn a_zone_at_a_point_says_so_and_names_the_nearest_ports() {
    let facts = facts_of("hunchun-becz");
    assert!(said(&facts, "Size").starts_with("no extent known"));
    assert_eq!(said(&facts, "Place"), "Hunchun");
    // `tumen near hunchun --kind seaport` and `--kind border-port`.
    assert_eq!(said(&facts, "Seaport"), "Posyet harbour, 43.6 km");
    assert_eq!(said(&facts, "Border port"), "Shatuozi, 11.6 km");
    let sources = said(&facts, "Sources");
    assert!(sources.contains("[2] Kevin Gray; Jong-Woon Lee (2018). The Rescaling"), "{sources}");
}

#[test]
fn pages_are_bookmarked_linked_and_written_the_same_each_time() {
    let only = ["small-tumen-triangle", "rajin-sonbong-fetz"];
    let made = book(&only);
    // What is said of the zone of Rajin and Sonbong fills a second page.
    assert_eq!(made.pages, 4);
    assert_eq!(count(&made.pdf, "/MediaBox"), 4);
    // From the contents to both, from their three pages back, and from each to the ground it shares.
    assert_eq!(count(&made.pdf, "/Subtype/Link"), 2 + 3 + 2);
    // The document, the contents, two parts with a page each.
    assert_eq!(count(&made.pdf, "/Title("), 1 + 1 + 4);
    assert_eq!(made.warnings, Vec::<String>::new());
    assert!(made.pdf == book(&only).pdf);
}
