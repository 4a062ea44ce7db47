//! Sets the text of a map and keeps note of characters that no font has.

use std::collections::BTreeMap;

use crate::scene::{Color, GlyphRun, Item, Point};
use crate::spec::LocalText;
use crate::text::{Align, FaceStyle, FontBook, ShapedText, TextBlock, TextStyle};

/// Headings in the second language are smaller by this factor.
const SECOND: f64 = 0.8;

/// The fonts, the languages, and the characters missed so far with a text that has them.
pub(super) struct Setter<'a> {
    book: &'a FontBook,
    pub(super) languages: &'a [String],
    missing: BTreeMap<char, String>,
}

impl<'a> Setter<'a> {
    pub(super) fn new(book: &'a FontBook, languages: &'a [String]) -> Self {
        Self { book, languages, missing: BTreeMap::new() }
    }

    /// One line.
    pub(super) fn line(&mut self, text: &str, style: &TextStyle<'_>) -> ShapedText {
        let shaped = self.book.shape(text, style);
        for c in &shaped.missing {
            self.missing.entry(*c).or_insert_with(|| text.to_owned());
        }
        shaped
    }

    /// One text in lines of at most `width_pt`.
    pub(super) fn wrap(
        &mut self,
        text: &str,
        style: &TextStyle<'_>,
        width_pt: f64,
        align: Align,
    ) -> TextBlock {
        let block = TextBlock::wrap(self.book, text, style, width_pt, align);
        for c in block.missing() {
            self.missing.entry(c).or_insert_with(|| text.to_owned());
        }
        block
    }

    /// A text in the languages of the map, one line each, wrapped.
    pub(super) fn local(
        &mut self,
        text: &LocalText,
        size_pt: f64,
        face: FaceStyle,
        width_pt: f64,
    ) -> TextBlock {
        let languages = self.languages;
        let mut lines = Vec::new();
        for (i, (lang, line)) in text.lines(languages).into_iter().enumerate() {
            let size_pt = if i == 0 { size_pt } else { size_pt * SECOND };
            let style = TextStyle { size_pt, face, letter_spacing_pt: 0.0, lang: Some(lang) };
            lines.extend(self.wrap(line, &style, width_pt, Align::Left).lines);
        }
        TextBlock::stack(lines, Align::Left)
    }

    /// A warning for each character that no font has.
    pub(super) fn warnings(&self) -> Vec<String> {
        let warn = |(c, text): (&char, &String)| {
            format!("no font has '{c}' (U+{:04X}) of \"{text}\"", u32::from(*c))
        };
        self.missing.iter().map(warn).collect()
    }
}

/// Runs as items.
pub(super) fn items(runs: Vec<GlyphRun>) -> impl Iterator<Item = Item> {
    runs.into_iter().map(Item::Text)
}

/// A line set along a direction: turned clockwise by `degrees` about its start on the baseline.
pub(super) fn turned(
    line: &ShapedText,
    start: (f64, f64),
    degrees: f64,
    color: Color,
    halo: Option<(Color, f32)>,
) -> Vec<GlyphRun> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let mut runs = line.place(0.0, 0.0, color, halo);
    for run in &mut runs {
        for glyph in &mut run.glyphs {
            glyph.rotation = degrees as f32;
            let (x, y) = (f64::from(glyph.origin.x), f64::from(glyph.origin.y));
            glyph.origin = Point::new(start.0 + x * cos - y * sin, start.1 + x * sin + y * cos);
        }
    }
    runs
}
