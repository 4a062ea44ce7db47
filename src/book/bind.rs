//! Pages drawn, numbered and bound into one PDF.

use tumen_render::paint::{Metadata, PdfDocument, PdfPage};

use super::ground::Ground;
use super::page::{Page, Target};
use super::plan::{Entry, Plan, Subject};
use super::workers::side_by_side;
use super::{Library, contents, feature, preset};
use crate::error::{Error, Result};

/// A book as a file.
#[derive(Clone, Debug)]
pub struct Book {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Number of its pages.
    pub pages: usize,
    /// What is missing from its pages, after the title of the page.
    pub warnings: Vec<String>,
}

/// The pages of an entry.
pub(super) struct Leaves {
    pub(super) pages: Vec<Page>,
    pub(super) warnings: Vec<String>,
    /// What its map was made from.
    pub(super) provenance: String,
}

/// Draws the pages of `plan` and binds them; `drawn` is called after each entry.
///
/// Entries are drawn side by side on all cores, and bound in order: the same plan gives the same
/// bytes. Cost: some tenths of a second for an entry.
///
/// # Errors
/// When a map cannot be drawn; the message names it.
pub fn bind(plan: &Plan, library: &Library<'_>, drawn: &(dyn Fn() + Sync)) -> Result<Book> {
    let all = draw_all(plan, library, drawn)?;
    let front = contents::contents(plan, &vec![0; all.len()], library).0.len();
    let mut first = Vec::with_capacity(all.len());
    let mut pages = front;
    for leaves in &all {
        first.push(pages);
        pages += leaves.pages.len();
    }
    let numbers: Vec<usize> = first.iter().map(|at| at + 1).collect();
    let (front, warnings) = contents::contents(plan, &numbers, library);
    let mut binder =
        Binder { document: PdfDocument::new(), library, first: &first, warnings: Vec::new() };
    binder.add("Contents", 0, front, warnings)?;
    let mut section = None;
    let mut provenances = Vec::new();
    for (entry, leaves) in plan.entries().iter().zip(all) {
        if section.replace(entry.section) != Some(entry.section) {
            binder.document.add_bookmark(entry.section.title(), 0);
        }
        provenances.push(leaves.provenance);
        binder.add(&entry.title, 1, leaves.pages, leaves.warnings)?;
    }
    let titles = plan.entries().len();
    let metadata = Metadata {
        title: "Tumen atlas".to_owned(),
        description: format!(
            "Maps of border ports, special zones and growth triangles of Northeast Asia, and a page \
             with map, facts and sources for each zone and triangle: {titles} entries."
        ),
        language: "en".to_owned(),
        credits: String::new(),
        provenance: crate::map::provenance_of_all(&provenances),
        software: concat!("tumen ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    Ok(Book { pdf: binder.document.finish(&metadata)?, pages, warnings: binder.warnings })
}

fn draw_all(plan: &Plan, library: &Library<'_>, drawn: &(dyn Fn() + Sync)) -> Result<Vec<Leaves>> {
    let ground = Ground::new(plan, library)?;
    side_by_side(plan.entries(), |entry| {
        let leaves = leaves(entry, plan, library, &ground);
        drawn();
        leaves
    })
}

fn leaves(
    entry: &Entry,
    plan: &Plan,
    library: &Library<'_>,
    ground: &Ground<'_>,
) -> Result<Leaves> {
    let made = match &entry.subject {
        Subject::Preset(name) => preset::leaves(name, library),
        Subject::Feature(id) => library
            .catalogue
            .find(id)
            .map_err(Error::from)
            .and_then(|f| feature::leaves(f, plan, library, ground.of(id))),
    };
    made.map_err(|e| e.within(&entry.title))
}

/// The document, and what was said of the pages added so far.
struct Binder<'a> {
    document: PdfDocument,
    library: &'a Library<'a>,
    /// Places in the document (from 0) of the first page of each entry.
    first: &'a [usize],
    warnings: Vec<String>,
}

impl Binder<'_> {
    /// Adds the pages of an entry; the first has the bookmark.
    fn add(
        &mut self,
        title: &str,
        level: u8,
        pages: Vec<Page>,
        warnings: Vec<String>,
    ) -> Result<()> {
        for (at, mut page) in pages.into_iter().enumerate() {
            let number = self.document.page_count() + 1;
            page.foot(title, number, &self.library.fonts);
            let target = |target: Target| match target {
                Target::Contents => 0,
                Target::Entry(entry) => self.first[entry],
            };
            let links: Vec<_> = page.links.iter().map(|(at, to)| (*at, target(*to))).collect();
            let description = std::mem::take(&mut page.description);
            let scene = page.scene(&self.library.fonts);
            self.document.add_page(&PdfPage {
                scene: &scene,
                title: if at == 0 { title } else { "" },
                level,
                description: &description,
                links: &links,
            })?;
        }
        self.warnings.extend(warnings.into_iter().map(|warning| format!("{title}: {warning}")));
        Ok(())
    }
}
