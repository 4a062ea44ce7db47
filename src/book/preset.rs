//! The page of a preset, upright or on its side as suits the map.

use tumen_render::spec::{MapSpec, Page as Sheet};

use super::page::{MARGIN, Page};
use super::{Library, bind::Leaves};
use crate::error::Result;
use crate::map::{draw, size};

/// What the layout keeps free around a sheet, pt: its text then begins at the margin of the page.
const SHEET_MARGIN: f64 = 13.0;

/// Lays out the page of the preset `name`.
///
/// # Errors
/// When the map cannot be drawn.
pub(super) fn leaves(name: &str, library: &Library<'_>) -> Result<Leaves> {
    let (spec, _) = crate::map::spec(name)?;
    let mut page = Page::portrait();
    let (width, height) = size(&sized(&spec, &page, None), &library.atlas, &library.fonts)?;
    if height < width {
        page = Page::landscape();
    }
    // The map fills the page, at the cost of a margin wider than it asks for.
    let room = page.bottom() - MARGIN + 2.0 * SHEET_MARGIN;
    let drawing = draw(&sized(&spec, &page, Some(room)), &library.atlas, &library.fonts)?;
    page.description.clone_from(&drawing.composed.description);
    page.set_map(drawing.composed.scene, MARGIN - SHEET_MARGIN);
    Ok(Leaves {
        pages: vec![page],
        warnings: drawing.composed.warnings,
        provenance: drawing.metadata.provenance,
    })
}

/// The spec of a map as wide as the page; as high as its extent asks, or `height` pt.
fn sized(spec: &MapSpec, page: &Page, height: Option<f64>) -> MapSpec {
    let mm = |pt: f64| pt * 25.4 / 72.0;
    let width_mm = Some(mm(page.inner_width() + 2.0 * SHEET_MARGIN));
    let page = Sheet { width_mm, height_mm: height.map(mm), ..Sheet::default() };
    MapSpec { page, ..spec.clone() }
}
