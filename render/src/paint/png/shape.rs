//! Paths filled and stroked.

use tiny_skia::{FillRule, LineCap, LineJoin, Mask, PathBuilder, StrokeDash, Transform};

use super::Canvas;
use crate::scene::{Cap, Color, Path, Stroke, Subpath};

/// Points closer than this to the one before are left out of strokes, in pixels: strokes wider than a
/// pixel cost 10 to 20 times as much as hairlines per point, and nobody sees a quarter of a pixel.
const STROKE_STEP: f32 = 0.25;
/// In wide strokes the step grows with the width by this factor, to twice the above at 10 pixels.
const STROKE_STEP_OF_WIDTH: f32 = 0.05;

/// Fills `path` by the even-odd rule.
pub(super) fn fill(canvas: &mut Canvas, path: &Path, fill: Color, scale: f32) {
    if let Some(path) = outline(canvas, path, scale, 0.0).filter(|p| touches(canvas, p, 0.0)) {
        let paint = paint(fill);
        canvas.pixmap.fill_path(&path, &paint, FillRule::EvenOdd, Transform::identity(), None);
    }
}

/// Strokes `path` with round joins.
pub(super) fn stroke(canvas: &mut Canvas, path: &Path, stroke: &Stroke, scale: f32) {
    let width = stroke.width * scale;
    let step = (width * STROKE_STEP_OF_WIDTH).clamp(STROKE_STEP, 2.0 * STROKE_STEP);
    let path = outline(canvas, path, scale, step);
    let Some(path) = path.filter(|p| width > 0.0 && touches(canvas, p, width)) else { return };
    let pen = tiny_skia::Stroke {
        width,
        line_cap: match stroke.cap {
            Cap::Butt => LineCap::Butt,
            Cap::Round => LineCap::Round,
        },
        line_join: LineJoin::Round,
        dash: dash(&stroke.dash, scale),
        ..tiny_skia::Stroke::default()
    };
    canvas.pixmap.stroke_path(&path, &paint(stroke.color), &pen, Transform::identity(), None);
}

/// The coverage of `path` (even-odd) over the pixels of `canvas`; `None` if it covers nothing.
pub(super) fn mask(canvas: &Canvas, path: &Path, scale: f32) -> Option<Mask> {
    let path = outline(canvas, path, scale, 0.0).filter(|p| touches(canvas, p, 0.0))?;
    let mut mask = Mask::new(canvas.pixmap.width(), canvas.pixmap.height())?;
    mask.fill_path(&path, FillRule::EvenOdd, true, Transform::identity());
    Some(mask)
}

/// A colour as tiny-skia has it.
pub(super) fn color(color: Color) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(color.r, color.g, color.b, color.a)
}

/// A paint of one colour with smooth edges.
pub(super) fn paint(color: Color) -> tiny_skia::Paint<'static> {
    let mut paint = tiny_skia::Paint::default();
    paint.set_color_rgba8(color.r, color.g, color.b, color.a);
    paint
}

/// Whether a path widened by `margin` pixels reaches the canvas (in its own pixels).
pub(super) fn touches(canvas: &Canvas, path: &tiny_skia::Path, margin: f32) -> bool {
    let bounds = path.bounds();
    bounds.right() + margin > 0.0
        && bounds.bottom() + margin > 0.0
        && bounds.left() - margin < canvas.pixmap.width() as f32
        && bounds.top() - margin < canvas.pixmap.height() as f32
}

/// `path` in pixels of `canvas`, without points closer than `step` to the one before.
fn outline(canvas: &Canvas, path: &Path, scale: f32, step: f32) -> Option<tiny_skia::Path> {
    let count = path.subpaths.iter().map(|s| s.points.len() + 1).sum();
    let mut builder = PathBuilder::with_capacity(count, count);
    for subpath in &path.subpaths {
        push(&mut builder, subpath, scale, (canvas.x as f32, canvas.y as f32), step * step);
    }
    builder.finish()
}

fn push(
    builder: &mut PathBuilder,
    subpath: &Subpath,
    scale: f32,
    origin: (f32, f32),
    step_squared: f32,
) {
    let Some((first, rest)) = subpath.points.split_first() else { return };
    let place = |p: &crate::scene::Point| (p.x * scale - origin.0, p.y * scale - origin.1);
    let mut last = place(first);
    builder.move_to(last.0, last.1);
    for (i, point) in rest.iter().enumerate() {
        let (x, y) = place(point);
        let (dx, dy) = (x - last.0, y - last.1);
        let is_end = i + 1 == rest.len() && !subpath.closed;
        if is_end || dx * dx + dy * dy >= step_squared {
            builder.line_to(x, y);
            last = (x, y);
        }
    }
    if subpath.closed {
        builder.close();
    }
}

/// Dashes in pixels; an odd list is repeated, as in SVG; nonsense is solid.
fn dash(lengths: &[f32], scale: f32) -> Option<StrokeDash> {
    let mut dash: Vec<f32> = lengths.iter().map(|length| length * scale).collect();
    if dash.len() % 2 == 1 {
        dash.extend_from_within(..);
    }
    StrokeDash::new(dash, 0.0)
}
