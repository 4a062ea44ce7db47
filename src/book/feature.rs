//! The page of a feature: its names, its map, its facts.

use tumen_geo_core::model::Feature;

use super::facts::{Fact, countries, facts_over, kind};
use super::flow::Flow;
use super::ground::Shared;
use super::page::{Look, MARGIN, Page, QUIET, Target};
use super::page_map::page_map;
use super::plan::Plan;
use super::{Library, bind::Leaves};
use crate::error::Result;
use crate::map::draw;

/// Width of the labels of facts, pt.
const LABEL: f64 = 68.0;
/// What the layout keeps free above the frame of a map without a title, pt.
const ABOVE_MAP: f64 = 8.0;
/// What it keeps free at its sides, pt: the texts below it then begin at the margin of the page.
const BESIDE_MAP: f64 = 13.0;
/// Least and largest height of the map with its credits, pt: 85 and 160 mm.
const HEIGHT: (f64, f64) = (241.0, 453.0);

/// Lays out the pages about `feature`, which shares ground with others as `overlaps` say: the map
/// as high as the facts leave room for.
///
/// # Errors
/// When its map cannot be drawn.
pub(super) fn leaves(
    feature: &Feature,
    plan: &Plan,
    library: &Library<'_>,
    overlaps: Vec<Shared<'_>>,
) -> Result<Leaves> {
    let facts = facts_over(feature, library, overlaps);
    let mut trial = Flow::new(&library.fonts, Page::endless(), MARGIN);
    head(&mut trial, feature);
    body(&mut trial, &facts, plan);

    let page = Page::portrait();
    let room = (page.bottom() - trial.y + ABOVE_MAP).clamp(HEIGHT.0, HEIGHT.1);
    let mut spec = page_map(feature, library.catalogue)?;
    let mm = |pt: f64| Some(pt * 25.4 / 72.0);
    spec.page.width_mm = mm(page.inner_width() + 2.0 * BESIDE_MAP);
    spec.page.height_mm = mm(room);
    let drawing = draw(&spec, &library.atlas, &library.fonts)?;

    let mut flow = Flow::new(&library.fonts, page, MARGIN);
    head(&mut flow, feature);
    let top = flow.y - ABOVE_MAP;
    flow.page().set_map(drawing.composed.scene, top);
    flow.y = top + room;
    body(&mut flow, &facts, plan);
    let (mut pages, mut warnings) = flow.finish();
    if let Some(page) = pages.first_mut() {
        let what = format!("{}, {}.", kind(feature), countries(feature));
        page.description = format!("{what} {} {}", drawing.composed.description, in_words(&facts));
    }
    warnings.extend(drawing.composed.warnings);
    Ok(Leaves { pages, warnings, provenance: drawing.metadata.provenance })
}

/// Kind, countries and names.
fn head(flow: &mut Flow<'_>, feature: &Feature) {
    let what = format!("{} · {}", capitalised(&kind(feature)), countries(feature));
    flow.paragraph(&what, &Look::LABEL);
    flow.paragraph(feature.name(), &Look::TITLE);
    let named = |lang| feature.names.by_language.get(lang).map(|name| (lang, name.as_str()));
    let names = ["zh", "ko", "ru", "mn", "ja"].into_iter().filter_map(named);
    let look = |lang| Look { size_pt: 10.0, color: QUIET, lang: Some(lang), ..Look::TEXT };
    flow.row(&names.map(|(lang, name)| (name, look(lang))).collect::<Vec<_>>());
}

/// The facts, those about features with a page leading to it.
fn body(flow: &mut Flow<'_>, facts: &[Fact], plan: &Plan) {
    for Fact { label, lines } in facts {
        let lines = lines.iter().map(|line| {
            let place = line.about.as_ref().and_then(|id| plan.place_of(id));
            (line.text.as_str(), place.map(Target::Entry))
        });
        flow.labelled(label, LABEL, lines);
    }
}

fn in_words(facts: &[Fact]) -> String {
    let fact = |fact: &Fact| {
        let lines: Vec<&str> = fact.lines.iter().map(|line| line.text.as_str()).collect();
        format!("{}: {}.", fact.label, lines.join("; ").trim_end_matches('.'))
    };
    facts.iter().map(fact).collect::<Vec<_>>().join(" ")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
