//! The page of a feature: its names, its map, its facts.

use tumen_geo_core::model::Feature;

use super::facts::{Fact, countries, facts, kind};
use super::flow::Flow;
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

/// Lays out the pages about `feature`.
///
/// # Errors
/// When its map cannot be drawn.
pub(super) fn leaves(feature: &Feature, plan: &Plan, library: &Library<'_>) -> Result<Leaves> {
    let spec = page_map(feature, library.catalogue)?;
    let drawing = draw(&spec, &library.atlas, &library.fonts).map_err(|e| e.within(&feature.id))?;

    let mut flow = Flow::new(&library.fonts, Page::portrait(), MARGIN);
    flow.paragraph(
        &format!("{} · {}", capitalised(&kind(feature)), countries(feature)),
        &Look { size_pt: 8.0, ..Look::LABEL },
    );
    flow.paragraph(feature.name(), &Look::TITLE);
    for (lang, name) in ["zh", "ko", "ru"].map(|lang| (lang, feature.names.by_language.get(lang))) {
        if let Some(name) = name {
            let look = Look { size_pt: 10.0, color: QUIET, lang: Some(lang), ..Look::TEXT };
            flow.paragraph(name, &look);
        }
    }
    let top = flow.y - ABOVE_MAP;
    let map = drawing.composed.scene;
    flow.y = top + f64::from(map.height);
    flow.page().set_map(map, top);

    let facts = facts(feature, library);
    for Fact { label, lines } in &facts {
        let lines = lines.iter().map(|line| {
            let page = line.about.as_ref().and_then(|id| plan.place_of(id));
            (line.text.as_str(), page.map(Target::Entry))
        });
        flow.labelled(label, LABEL, lines);
    }
    let (mut pages, mut warnings) = flow.finish();
    if let Some(page) = pages.first_mut() {
        page.description = format!("{} {}", drawing.composed.description, in_words(&facts));
    }
    warnings.extend(drawing.composed.warnings);
    Ok(Leaves { pages, warnings, provenance: drawing.metadata.provenance })
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
