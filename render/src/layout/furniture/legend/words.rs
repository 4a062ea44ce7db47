//! Texts of the legend in one or two languages.

use super::{GAP, SWATCH};
use crate::layout::setter::{Setter, items};
use crate::scene::Item;
use crate::spec::{LocalText, Theme};
use crate::text::{Align, FaceStyle, ShapedText, TextStyle};

/// Distance from one line to the next in multiples of the size.
const LINE: f64 = 1.2;

/// Notes are smaller than what they say something of by this factor.
const NOTE: f64 = 0.92;

/// A line of text, its place, and whether it is in the second language.
struct Line {
    text: ShapedText,
    x: f64,
    /// Which line it stands on, from 0.
    row: usize,
    second: bool,
}

/// A text: the languages side by side, or below each other where that is too wide.
pub(super) struct Words {
    lines: Vec<Line>,
    size_pt: f64,
}

impl Words {
    /// Sets a text in the languages of the map, no wider than `most_pt` where words allow it.
    pub(super) fn new(
        text: &LocalText,
        size_pt: f64,
        face: FaceStyle,
        most_pt: f64,
        setter: &mut Setter<'_>,
    ) -> Self {
        let languages = setter.languages;
        let mut lines: Vec<Line> = Vec::new();
        for (i, (lang, text)) in text.lines(languages).into_iter().enumerate() {
            let style = TextStyle { size_pt, face, letter_spacing_pt: 0.0, lang: Some(lang) };
            let second = i > 0;
            let whole = setter.line(text, &style);
            let beside = match lines.as_slice() {
                [] => Some(0.0),
                [only] => Some(only.text.width + GAP),
                _ => None,
            };
            if let Some(x) = beside.filter(|x| x + whole.width <= most_pt) {
                lines.push(Line { text: whole, x, row: 0, second });
                continue;
            }
            for text in setter.wrap(text, &style, most_pt, Align::Left).lines {
                let row = lines.last().map_or(0, |line| line.row + 1);
                lines.push(Line { text, x: 0.0, row, second });
            }
        }
        Self { lines, size_pt }
    }

    /// These words with a line below them in the colour of the second language.
    pub(super) fn with_note(mut self, note: &LocalText, setter: &mut Setter<'_>) -> Self {
        let languages = setter.languages;
        if let Some((lang, text)) = note.lines(languages).first() {
            let size_pt = self.size_pt * NOTE;
            let face = FaceStyle::Regular;
            let style = TextStyle { size_pt, face, letter_spacing_pt: 0.0, lang: Some(lang) };
            let row = self.lines.last().map_or(0, |line| line.row + 1);
            self.lines.push(Line { text: setter.line(text, &style), x: 0.0, row, second: true });
        }
        self
    }

    pub(super) fn width(&self) -> f64 {
        self.lines.iter().map(|line| line.x + line.text.width).fold(0.0, f64::max)
    }

    /// That of a swatch for one line.
    pub(super) fn height(&self) -> f64 {
        let rows = self.lines.last().map_or(0, |line| line.row);
        SWATCH.1 + LINE * self.size_pt * rows as f64
    }

    /// The items, with the top left corner at (`left`, `top`).
    pub(super) fn draw(&self, left: f64, top: f64, theme: &Theme) -> Vec<Item> {
        let mut out = Vec::new();
        for line in &self.lines {
            let color = if line.second { theme.quiet } else { theme.ink };
            let middle = top + SWATCH.1 / 2.0 + LINE * self.size_pt * line.row as f64;
            let baseline = middle + line.text.size * 0.35;
            out.extend(items(line.text.place(left + line.x, baseline, color, None)));
        }
        out
    }
}
