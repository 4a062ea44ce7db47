//! Shaped text: letters as text, halos as outlines.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use krilla::geom::{PathBuilder, Point, Transform};
use krilla::paint::FillRule;
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, SpanTag};
use krilla::text::{GlyphId, KrillaGlyph};

use super::shape::{paint, pen};
use super::tags::Tags;
use crate::scene::{Color, Font, FontData, GlyphRun, PlacedGlyph};
use crate::text::{Outlines, Segment};
use crate::{Error, ErrorKind, Result};

/// Glyphs of a turned line may leave it by the rounding of two origins to 1/100 pt, pt.
const ROUNDING: f32 = 0.015;

/// Poppler takes a gap of a tenth of the em for a space between words.
const WORD_SPACE: f32 = 0.08;

/// Fonts opened once for all pages of a document.
#[derive(Default)]
pub(super) struct Fonts(Vec<(FontData, krilla::text::Font)>);

impl Fonts {
    fn get(&mut self, font: &Font) -> Result<krilla::text::Font> {
        let address = |data: &FontData| Arc::as_ptr(data).cast::<()>();
        let known = self.0.iter().find(|(data, _)| address(data) == address(&font.data));
        if let Some((_, opened)) = known {
            return Ok(opened.clone());
        }
        let opened = krilla::text::Font::new(font.data.clone().into(), 0).ok_or_else(|| {
            Error::new(ErrorKind::Font, format!("the font {} cannot be embedded", font.name))
                .with_hint("TrueType and OpenType fonts can")
        })?;
        self.0.push((font.data.clone(), opened.clone()));
        Ok(opened)
    }
}

/// The text of a page: its fonts, and outlines drawn once per font, glyph and size.
pub(super) struct PageText<'a> {
    document: &'a mut Fonts,
    fonts: &'a [Font],
    outlines: Vec<Outlines<'a>>,
    /// By font, glyph and the bits of the size, so that there is an order.
    halos: BTreeMap<(usize, u16, u32), Vec<Segment>>,
    pub(super) tags: Tags,
}

impl<'a> PageText<'a> {
    /// For a page with `tags` whose runs point into `fonts`.
    pub(super) fn new(document: &'a mut Fonts, fonts: &'a [Font], tags: Tags) -> Self {
        let outlines = fonts.iter().map(Outlines::new).collect();
        Self { document, fonts, outlines, halos: BTreeMap::new(), tags }
    }

    /// Paints `runs`: all halos, then all letters.
    pub(super) fn draw(&mut self, surface: &mut Surface<'_>, runs: &[&GlyphRun]) -> Result<()> {
        for run in runs {
            if let Some((color, width)) = run.halo.filter(|(_, width)| *width > 0.0) {
                self.halo(surface, run, color, width);
            }
        }
        for run in runs {
            self.letters(surface, run)?;
        }
        Ok(())
    }

    /// Strokes all glyphs of `run` as one path, so that translucent halos do not show where they
    /// overlap; as a path, because text drawn twice would be found twice.
    fn halo(&mut self, surface: &mut Surface<'_>, run: &GlyphRun, color: Color, width: f32) {
        let mut builder = PathBuilder::new();
        for glyph in &run.glyphs {
            let (sin, cos) = f64::from(glyph.rotation).to_radians().sin_cos();
            let (sin, cos) = (sin as f32, cos as f32);
            let key = (run.font, glyph.id, run.size.to_bits());
            let outlines = &self.outlines;
            let segments = self.halos.entry(key).or_insert_with(|| {
                outlines.get(key.0).map_or_else(Vec::new, |font| font.glyph(key.1, run.size))
            });
            let place = |[x, y]: [f32; 2]| {
                let (x, y) =
                    (glyph.origin.x + x * cos - y * sin, glyph.origin.y + x * sin + y * cos);
                let point = crate::scene::Point::new(f64::from(x), f64::from(y));
                [point.x, point.y]
            };
            push(&mut builder, segments, place);
        }
        if let Some(path) = builder.finish() {
            surface.set_fill(None);
            surface.set_stroke(Some(pen(color, 2.0 * width)));
            surface.draw_path(&path);
        }
    }

    /// Draws `run` as text: one line where its glyphs share their rotation, else each by itself. Of
    /// letters that stand so that readers take them for words of their own, a tag says that together
    /// they are one text, where a tag can stand.
    fn letters(&mut self, surface: &mut Surface<'_>, run: &GlyphRun) -> Result<()> {
        let Some(font) = self.fonts.get(run.font).filter(|_| run.size > 0.0) else { return Ok(()) };
        let font = self.document.get(font)?;
        surface.set_stroke(None);
        surface.set_fill(Some(paint(run.color, FillRule::NonZero)));
        let tagged = self.tags.opens() && (run.rotation().is_none() || self.is_spaced(run));
        if tagged {
            self.tags.next(
                surface,
                ContentTag::Span(SpanTag::empty().with_actual_text(Some(&run.text))),
            );
        }
        let ranges = ranges(&run.text, run.glyphs.len());
        let glyphs: Vec<_> = run.glyphs.iter().zip(ranges).collect();
        for line in glyphs.chunk_by(|(a, _), (b, _)| a.rotation.total_cmp(&b.rotation).is_eq()) {
            let (first, _) = line[0];
            let start = Point::from_xy(first.origin.x, first.origin.y);
            if first.rotation != 0.0 {
                surface.push_transform(&Transform::from_rotate_at(
                    first.rotation,
                    start.x,
                    start.y,
                ));
            }
            surface.draw_glyphs(
                start,
                &along(line, run.size),
                font.clone(),
                &run.text,
                run.size,
                false,
            );
            if first.rotation != 0.0 {
                surface.pop();
            }
        }
        if tagged {
            self.tags.next(surface, ContentTag::Other);
        }
        Ok(())
    }

    /// Whether letters of `run` stand apart like words.
    fn is_spaced(&self, run: &GlyphRun) -> bool {
        let Some(font) = self.outlines.get(run.font) else { return false };
        run.glyphs.windows(2).any(|pair| {
            let (from, to) = (pair[0].origin, pair[1].origin);
            let apart = (to.x - from.x).hypot(to.y - from.y);
            apart > (font.advance(pair[0].id) + WORD_SPACE) * run.size
        })
    }
}

/// Glyphs that share their rotation along their line, in ems, each with the characters it shows.
fn along(glyphs: &[(&PlacedGlyph, Range<usize>)], size: f32) -> Vec<KrillaGlyph> {
    let Some((first, _)) = glyphs.first() else { return Vec::new() };
    let (sin, cos) = f64::from(first.rotation).to_radians().sin_cos();
    let along = |glyph: &PlacedGlyph| {
        let (at, from) = (glyph.origin, first.origin);
        let (x, y) = (f64::from(at.x - from.x), f64::from(at.y - from.y));
        ((x * cos + y * sin) as f32, (y * cos - x * sin) as f32)
    };
    let places: Vec<(f32, f32)> = glyphs.iter().map(|(glyph, _)| along(glyph)).collect();
    let glyph = |(i, (glyph, range)): (usize, &(&PlacedGlyph, Range<usize>))| {
        let (x, y) = places[i];
        let advance = places.get(i + 1).map_or(0.0, |next| next.0 - x);
        let up = if y.abs() < ROUNDING { 0.0 } else { -y };
        let id = GlyphId::new(u32::from(glyph.id));
        KrillaGlyph::new(id, advance / size, 0.0, up / size, 0.0, range.clone(), None)
    };
    glyphs.iter().enumerate().map(glyph).collect()
}

/// The bytes of `text` that each of `count` glyphs shows: one character each, or, where marks have
/// combined, all of them the whole text.
fn ranges(text: &str, count: usize) -> Vec<Range<usize>> {
    let characters: Vec<Range<usize>> =
        text.char_indices().map(|(at, c)| at..at + c.len_utf8()).collect();
    if characters.len() == count { characters } else { vec![0..text.len(); count] }
}

/// Adds an outline whose points `place` moves; quadratic curves become cubic, which is what PDF has.
fn push(builder: &mut PathBuilder, segments: &[Segment], place: impl Fn([f32; 2]) -> [f32; 2]) {
    let mut last = [0.0; 2];
    let cubic = |builder: &mut PathBuilder, a, b, to| {
        let ([ax, ay], [bx, by], [x, y]) = (place(a), place(b), place(to));
        builder.cubic_to(ax, ay, bx, by, x, y);
    };
    for segment in segments {
        match *segment {
            Segment::Move(to) => {
                let [x, y] = place(to);
                builder.move_to(x, y);
                last = to;
            }
            Segment::Line(to) => {
                let [x, y] = place(to);
                builder.line_to(x, y);
                last = to;
            }
            Segment::Quad(control, to) => {
                let third = |end: [f32; 2]| {
                    [(end[0] + 2.0 * control[0]) / 3.0, (end[1] + 2.0 * control[1]) / 3.0]
                };
                cubic(builder, third(last), third(to), to);
                last = to;
            }
            Segment::Cubic(a, b, to) => {
                cubic(builder, a, b, to);
                last = to;
            }
            Segment::Close => builder.close(),
        }
    }
}
