//! Shaped text, as outlines.

use std::collections::BTreeMap;

use tiny_skia::{FillRule, LineJoin, Path, PathBuilder, PathStroker, Stroke, Transform};

use super::Canvas;
use super::shape::{paint, touches};
use crate::scene::{Font, GlyphRun};
use crate::text::{Outlines, Segment};

/// A glyph of a font at a size, with the width of its halo (0: the letter itself); sizes and widths
/// by their bits, so that they have an order.
type Key = (usize, u16, u32, u32);

/// Outlines drawn once per font, glyph and size.
pub(super) struct GlyphCache<'a> {
    fonts: Vec<Outlines<'a>>,
    scale: f32,
    stroker: PathStroker,
    paths: BTreeMap<Key, Option<Path>>,
}

impl<'a> GlyphCache<'a> {
    /// An empty cache for `scale` pixels per pt.
    pub(super) fn new(fonts: &'a [Font], scale: f32) -> Self {
        let fonts = fonts.iter().map(Outlines::new).collect();
        Self { fonts, scale, stroker: PathStroker::new(), paths: BTreeMap::new() }
    }

    /// Paints `runs`: all halos, then all letters.
    pub(super) fn text(&mut self, canvas: &mut Canvas, runs: &[&GlyphRun]) {
        let halos =
            runs.iter().filter_map(|run| run.halo.map(|(color, width)| (run, width, color)));
        let halos: Vec<_> = halos.filter(|(_, width, _)| *width > 0.0).collect();
        let letters = runs.iter().map(|run| (run, 0.0, run.color));
        for (run, halo, color) in halos.into_iter().chain(letters) {
            let path = self.run(canvas, run, halo);
            let Some(path) = path.filter(|path| touches(canvas, path, 0.0)) else { continue };
            let (paint, place) = (paint(color), Transform::identity());
            canvas.pixmap.fill_path(&path, &paint, FillRule::Winding, place, None);
        }
    }

    /// All glyphs of `run` as one path in pixels of `canvas`, so that translucent halos do not show
    /// where they overlap.
    fn run(&mut self, canvas: &Canvas, run: &GlyphRun, halo: f32) -> Option<Path> {
        let mut builder = PathBuilder::new();
        for glyph in &run.glyphs {
            let (sin, cos) = f64::from(glyph.rotation).to_radians().sin_cos();
            let (sin, cos) = (sin as f32, cos as f32);
            let x = glyph.origin.x * self.scale - canvas.x as f32;
            let y = glyph.origin.y * self.scale - canvas.y as f32;
            let place = Transform::from_row(cos, sin, -sin, cos, x, y);
            let path = self.glyph((run.font, glyph.id, run.size.to_bits(), halo.to_bits()));
            if let Some(path) = path.and_then(|path| path.clone().transform(place)) {
                builder.push_path(&path);
            }
        }
        builder.finish()
    }

    /// The path of a glyph in pixels from its origin; its halo as the outline stroked to both sides.
    fn glyph(&mut self, key: Key) -> Option<&Path> {
        let (font, id, size, halo) = key;
        let letter = (font, id, size, 0);
        if !self.paths.contains_key(&letter) {
            let size = f32::from_bits(size) * self.scale;
            let segments = self.fonts.get(font).map(|font| font.glyph(id, size));
            self.paths.insert(letter, segments.and_then(|segments| path(&segments)));
        }
        if halo != 0 && !self.paths.contains_key(&key) {
            let width = 2.0 * f32::from_bits(halo) * self.scale;
            let pen = Stroke { width, line_join: LineJoin::Round, ..Stroke::default() };
            let outline = self.paths.get(&letter).and_then(Option::as_ref);
            let ring = outline.and_then(|path| self.stroker.stroke(path, &pen, 1.0));
            self.paths.insert(key, ring);
        }
        self.paths.get(&key).and_then(Option::as_ref)
    }
}

fn path(segments: &[Segment]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for segment in segments {
        match *segment {
            Segment::Move([x, y]) => builder.move_to(x, y),
            Segment::Line([x, y]) => builder.line_to(x, y),
            Segment::Quad([cx, cy], [x, y]) => builder.quad_to(cx, cy, x, y),
            Segment::Cubic([ax, ay], [bx, by], [x, y]) => builder.cubic_to(ax, ay, bx, by, x, y),
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}
