//! Shaped text, as text or as outlines.

use std::fmt::Write as _;

use super::font::Fonts;
use super::path::{PathData, number};
use super::{shape, xml};
use crate::scene::{Color, GlyphRun};
use crate::text::{Segment, SubsetFont};

/// Baselines that differ by less are one: the scene rounds each glyph to 1/100 pt by itself.
const LEVEL: f64 = 0.015;

/// What is painted of a run.
#[derive(Clone, Copy)]
enum Part {
    /// The halo of a colour and a width beyond the outline.
    Halo(Color, f32),
    /// The letters.
    Letters,
}

/// Writes `runs`: all halos, then all letters.
///
/// Halos are copies of the text with a stroke, as few programs know `paint-order`; they are hidden
/// from screen readers, pointers and selections.
pub(super) fn text(to: &mut String, fonts: &Fonts<'_>, runs: &[&GlyphRun]) {
    let halos: Vec<_> = runs
        .iter()
        .filter_map(|run| run.halo.filter(|(_, width)| *width > 0.0).map(|halo| (run, halo)))
        .collect();
    if !halos.is_empty() {
        to.push_str(
            "<g aria-hidden=\"true\" pointer-events=\"none\" \
             style=\"-webkit-user-select:none;user-select:none\">\n",
        );
        for (run, (color, width)) in halos {
            part(to, fonts, run, Part::Halo(color, width));
        }
        to.push_str("</g>\n");
    }
    for run in runs {
        part(to, fonts, run, Part::Letters);
    }
}

fn part(to: &mut String, fonts: &Fonts<'_>, run: &GlyphRun, part: Part) {
    match fonts.of(run) {
        Some(font) => characters(to, font, run, part),
        None => outlines(to, fonts, run, part),
    }
}

/// The run as text: each character at its place, in a frame turned with the run; along a curve each
/// is turned by itself.
fn characters(to: &mut String, font: &SubsetFont, run: &GlyphRun, part: Part) {
    let Some(first) = run.glyphs.first() else { return };
    let (x0, y0) = (f64::from(first.origin.x), f64::from(first.origin.y));
    let turn = f64::from(run.rotation().unwrap_or(0.0));
    let (sin, cos) = turn.to_radians().sin_cos();
    let places = run.glyphs.iter().map(|glyph| {
        let (dx, dy) = (f64::from(glyph.origin.x) - x0, f64::from(glyph.origin.y) - y0);
        (x0 + dx * cos + dy * sin, y0 - dx * sin + dy * cos)
    });
    let (xs, mut ys): (Vec<f64>, Vec<f64>) = places.unzip();
    if ys.iter().all(|y| (y - y0).abs() < LEVEL) {
        ys.truncate(1);
    }
    to.push_str("<text");
    list(to, "x", &xs);
    list(to, "y", &ys);
    if run.rotation().is_none() {
        let turns: Vec<f64> = run.glyphs.iter().map(|glyph| f64::from(glyph.rotation)).collect();
        list(to, "rotate", &turns);
    } else if turn != 0.0 {
        to.push_str(" transform=\"rotate(");
        number(to, turn);
        for value in [x0, y0] {
            to.push(' ');
            number(to, value);
        }
        to.push_str(")\"");
    }
    _ = write!(to, " font-family=\"'{}'\"", font.family);
    list(to, "font-size", &[f64::from(run.size)]);
    if font.weight != 400 {
        _ = write!(to, " font-weight=\"{}\"", font.weight);
    }
    if font.italic {
        to.push_str(" font-style=\"italic\"");
    }
    paint(to, run, part);
    if run.text.trim() != run.text || run.text.contains("  ") {
        to.push_str(" xml:space=\"preserve\"");
    }
    to.push('>');
    xml::escape(to, &run.text);
    to.push_str("</text>\n");
}

/// The run as one path, which names its characters.
fn outlines(to: &mut String, fonts: &Fonts<'_>, run: &GlyphRun, part: Part) {
    let Some(outlines) = fonts.outlines(run.font) else { return };
    let mut data = PathData::default();
    for glyph in &run.glyphs {
        let (sin, cos) = f64::from(glyph.rotation).to_radians().sin_cos();
        let place = |[x, y]: [f32; 2]| {
            let (x, y) = (f64::from(x), f64::from(y));
            let origin = (f64::from(glyph.origin.x), f64::from(glyph.origin.y));
            (origin.0 + x * cos - y * sin, origin.1 + x * sin + y * cos)
        };
        for segment in outlines.glyph(glyph.id, run.size) {
            match segment {
                Segment::Move(p) => data.move_to(place(p)),
                Segment::Line(p) => data.line_to(place(p)),
                Segment::Quad(c, p) => data.quad_to(place(c), place(p)),
                Segment::Cubic(a, b, p) => data.cubic_to(place(a), place(b), place(p)),
                Segment::Close => data.close(),
            }
        }
    }
    let data = data.finish();
    if data.is_empty() {
        return;
    }
    to.push_str("<path");
    if let Part::Letters = part {
        to.push_str(" aria-label=\"");
        xml::escape(to, &run.text);
        to.push('"');
    }
    paint(to, run, part);
    _ = writeln!(to, " d=\"{data}\"/>");
}

/// Colours of a part. The opacity is that of the whole run, so that translucent halos do not show
/// where they overlap.
fn paint(to: &mut String, run: &GlyphRun, part: Part) {
    let color = match part {
        Part::Halo(color, width) => {
            to.push_str(" fill=\"none\"");
            shape::opaque(to, "stroke", color);
            shape::pen(to, 2.0 * f64::from(width));
            color
        }
        Part::Letters => {
            shape::opaque(to, "fill", run.color);
            run.color
        }
    };
    shape::opacity(to, "opacity", f64::from(color.a) / 255.0);
}

/// The attribute `name` with numbers.
fn list(to: &mut String, name: &str, values: &[f64]) {
    _ = write!(to, " {name}=\"");
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            to.push(' ');
        }
        number(to, *value);
    }
    to.push('"');
}
