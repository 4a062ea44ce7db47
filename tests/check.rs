//! The report of the claims that is published, and what it rests on.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use tumen::basemap::Embedded;
use tumen::geo_core::check::{Verdict, check};
use tumen::report::{Tally, markdown};

#[test]
fn the_published_report_is_that_of_the_catalogue() {
    let catalogue = tumen::catalogue().unwrap();
    let checked = check(&catalogue, &Embedded);
    let tally = Tally::of(&checked);
    assert_eq!(tally.claims, tally.agree + tally.differ + tally.open);
    let mut remade = Vec::new();
    markdown(&mut remade, &checked, &catalogue).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check.md");
    let published = std::fs::read(path).unwrap();
    assert!(published == remade, "stale: cargo run -- check --markdown > docs/check.md");
}

/// Nothing is left open but what a claim says a reason for.
#[test]
fn what_cannot_be_computed_says_why() {
    let catalogue = tumen::catalogue().unwrap();
    for one in check(&catalogue, &Embedded) {
        if let Verdict::NotComputable { why } = &one.verdict {
            assert!(one.claim.expression().is_none(), "{}: {why}", one.claim.id);
        }
    }
}
