//! The ground that zones and triangles share, each pair measured once.

use std::collections::BTreeMap;

use tumen_geo_core::model::Feature;
use tumen_geo_core::query::Overlap;

use super::Library;
use super::plan::{Plan, Section, Subject};
use super::workers::side_by_side;
use crate::error::Result;

/// A zone or triangle, and what another shares with it.
pub(super) type Shared<'a> = (&'a Feature, Overlap);

/// What the zones and triangles that have a page share with others.
pub(super) struct Ground<'a> {
    shared: BTreeMap<&'a str, Vec<Shared<'a>>>,
}

impl<'a> Ground<'a> {
    /// Measures the pairs, on all cores. Cost: some milliseconds for a pair.
    ///
    /// # Errors
    /// When a piece of the work was not done.
    pub(super) fn new(plan: &'a Plan, library: &'a Library<'_>) -> Result<Self> {
        let pages = plan.entries().iter().filter_map(|entry| match &entry.subject {
            Subject::Feature(id) => library.catalogue.get(id),
            Subject::Preset(_) => None,
        });
        let pages: Vec<&Feature> = pages.collect();
        let has_page = |id: &str| pages.iter().any(|page| page.id == id);
        let found = side_by_side(&pages, |page| {
            let others = |other: &Feature| {
                is_compared(page, other) && (page.id < other.id || !has_page(&other.id))
            };
            Ok(library.index.overlap(&page.shape, others).value)
        })?;
        let mut shared: BTreeMap<&str, Vec<Shared<'_>>> = BTreeMap::new();
        for (page, others) in pages.iter().zip(found) {
            for (other, overlap) in others {
                if has_page(&other.id) {
                    let turned = (*page, overlap.clone().reversed());
                    shared.entry(&other.id).or_default().push(turned);
                }
                shared.entry(&page.id).or_default().push((other, overlap));
            }
        }
        for of_one in shared.values_mut() {
            of_one.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        }
        Ok(Self { shared })
    }

    /// What the feature `id` shares with others, ordered by their ids.
    pub(super) fn of(&self, id: &str) -> Vec<Shared<'a>> {
        self.shared.get(id).cloned().unwrap_or_default()
    }
}

/// Whether the page of `feature` tells what it shares with `other`.
pub(super) fn is_compared(feature: &Feature, other: &Feature) -> bool {
    Section::of(other).is_some() && other.id != feature.id
}
