//! Paths filled and stroked.

use krilla::color::rgb;
use krilla::geom::PathBuilder;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;

use crate::scene::{Cap, Color, Path};

/// Fills `path` by the even-odd rule.
pub(super) fn fill(surface: &mut Surface<'_>, path: &Path, color: Color) {
    if let Some(outline) = outline(path) {
        surface.set_stroke(None);
        surface.set_fill(Some(paint(color, FillRule::EvenOdd)));
        surface.draw_path(&outline);
    }
}

/// Strokes `path` with round joins.
pub(super) fn stroke(surface: &mut Surface<'_>, path: &Path, stroke: &crate::scene::Stroke) {
    let Some(outline) = outline(path).filter(|_| stroke.width > 0.0) else { return };
    let line_cap = match stroke.cap {
        Cap::Butt => LineCap::Butt,
        Cap::Round => LineCap::Round,
    };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        line_cap,
        dash: dash(&stroke.dash),
        ..pen(stroke.color, stroke.width)
    }));
    surface.draw_path(&outline);
}

/// A fill of one colour.
pub(super) fn paint(color: Color, rule: FillRule) -> Fill {
    Fill { paint: rgb::Color::new(color.r, color.g, color.b).into(), opacity: opacity(color), rule }
}

/// A solid pen with round joins.
pub(super) fn pen(color: Color, width_pt: f32) -> Stroke {
    Stroke {
        paint: rgb::Color::new(color.r, color.g, color.b).into(),
        width: width_pt,
        line_join: LineJoin::Round,
        opacity: opacity(color),
        ..Stroke::default()
    }
}

/// `path` as krilla has it; `None` if it has no points.
pub(super) fn outline(path: &Path) -> Option<krilla::geom::Path> {
    let mut builder = PathBuilder::new();
    for subpath in &path.subpaths {
        let Some((first, rest)) = subpath.points.split_first() else { continue };
        builder.move_to(first.x, first.y);
        for point in rest {
            builder.line_to(point.x, point.y);
        }
        if subpath.closed {
            builder.close();
        }
    }
    builder.finish()
}

fn opacity(color: Color) -> NormalizedF32 {
    NormalizedF32::new(f32::from(color.a) / 255.0).unwrap_or(NormalizedF32::ONE)
}

/// Dashes in pt; an odd list repeats itself in PDF as in SVG; nonsense is solid.
fn dash(lengths: &[f32]) -> Option<StrokeDash> {
    let sound = lengths.iter().all(|length| length.is_finite() && *length >= 0.0)
        && lengths.iter().any(|length| *length > 0.0);
    sound.then(|| StrokeDash { array: lengths.to_vec(), offset: 0.0 })
}
