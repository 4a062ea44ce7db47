//! Scenes as pages of a PDF document: vectors and text throughout.

mod document;
mod image;
mod shape;
mod tags;
mod text;

use krilla::num::NormalizedF32;
use krilla::paint::FillRule;
use krilla::surface::Surface;

pub use self::document::{PdfDocument, PdfPage, pdf};
use self::text::PageText;
use crate::Result;
use crate::scene::{GlyphRun, Item, Path, Rect, Scene};

/// Paints the paper and all items of `scene`.
fn page(surface: &mut Surface<'_>, scene: &Scene, text: &mut PageText<'_>) -> Result<()> {
    let paper = Rect { x0: 0.0, y0: 0.0, x1: scene.width, y1: scene.height };
    if scene.background.a > 0 {
        shape::fill(surface, &Path::rect(&paper), scene.background);
    }
    items(surface, &scene.items, text)
}

/// Paints `items`, first at the bottom.
fn items(surface: &mut Surface<'_>, items: &[Item], text: &mut PageText<'_>) -> Result<()> {
    let mut texts: Vec<&GlyphRun> = Vec::new();
    for item in items {
        if let Item::Text(run) = item {
            texts.push(run);
            continue;
        }
        text.draw(surface, &texts)?;
        texts.clear();
        match item {
            Item::Fill { path, color } => shape::fill(surface, path, *color),
            Item::Stroke { path, stroke } => shape::stroke(surface, path, stroke),
            Item::Text(_) => {}
            Item::Image(picture) => image::image(surface, picture)?,
            Item::Group { clip, opacity, items } => {
                group(surface, clip.as_ref(), *opacity, items, text)?;
            }
        }
    }
    text.draw(surface, &texts)
}

/// Paints `within` inside `clip`, together with `opacity`.
///
/// A transparency group is made where the picture depends on it: for translucency, and for several
/// items inside a slanted edge. Rectangles go without, because a group as large as the page is slow
/// in viewers, and their edges lie on whole pixels or below a frame's line.
fn group(
    surface: &mut Surface<'_>,
    clip: Option<&Path>,
    opacity: f32,
    within: &[Item],
    text: &mut PageText<'_>,
) -> Result<()> {
    if let Some(path) = clip {
        let Some(outline) = shape::outline(path) else { return Ok(()) };
        surface.push_clip_path(&outline, &FillRule::EvenOdd);
    }
    let slanted = clip.is_some_and(|path| path.as_rect().is_none());
    let layer = if opacity < 1.0 {
        surface.push_opacity(NormalizedF32::new(opacity.max(0.0)).unwrap_or(NormalizedF32::ONE));
        true
    } else if slanted && within.len() > 1 {
        surface.push_isolated();
        true
    } else {
        false
    };
    if layer {
        text.tags.enter();
    }
    let painted = items(surface, within, text);
    if layer {
        text.tags.leave();
        surface.pop();
    }
    if clip.is_some() {
        surface.pop();
    }
    painted
}

#[cfg(test)]
mod tests;
