//! The atlas as a book: contents, the presets, and a page for each growth triangle and zone.

mod bind;
mod contents;
pub(crate) mod facts;
mod feature;
mod flow;
mod ground;
mod page;
mod page_map;
mod plan;
mod preset;
mod workers;

use std::collections::BTreeMap;

use tumen_geo_core::check::{Checked, check};
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::model::{Catalogue, Feature};
use tumen_render::text::FontBook;

pub use bind::{Book, bind};
pub use facts::{Fact, FactLine, facts};
pub use plan::{Entry, Plan, Section, Subject};

use crate::atlas::Atlas;
use crate::basemap::Embedded;
use crate::error::Result;

/// What pages are made from: the catalogue, its index and its claims, computed once.
#[derive(Debug)]
pub struct Library<'a> {
    catalogue: &'a Catalogue,
    index: SpatialIndex<Feature>,
    checked: BTreeMap<&'a str, Vec<Checked<'a>>>,
    atlas: Atlas,
    fonts: FontBook,
}

impl<'a> Library<'a> {
    /// Indexes the features of `catalogue` and computes all claims about them. Some tens of
    /// milliseconds.
    ///
    /// # Errors
    /// When the embedded fonts cannot be read, which a test rules out.
    pub fn new(catalogue: &'a Catalogue) -> Result<Self> {
        let mut checked: BTreeMap<&str, Vec<Checked>> = BTreeMap::new();
        for one in check(catalogue, &Embedded) {
            // A page has the claims of its own feature, not those that mention it.
            if let Some(id) = one.claim.features().first() {
                checked.entry(id).or_default().push(one);
            }
        }
        Ok(Self {
            catalogue,
            index: SpatialIndex::new(catalogue.features().to_vec()),
            checked,
            atlas: Atlas::new(catalogue.clone(), ""),
            fonts: crate::fonts()?,
        })
    }
}
