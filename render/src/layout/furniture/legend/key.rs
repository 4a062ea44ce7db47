//! What sizes mean: circles in each other, lines below each other, a pie or bar to compare with.

use geo_types::{Coord, LineString};

use super::words::Words;
use super::{GAP, SWATCH};
use crate::layout::drawing::draw::draw;
use crate::layout::layers::size::sized;
use crate::project::PageShape;
use crate::scene::{Cap, Item, Path, Point, Rect, Stroke};
use crate::spec::{Style, Theme};

/// Least distance of two texts, pt.
const TEXT_STEP: f64 = 8.8;
/// Space between the lines that show widths, pt.
const WIDTH_GAP: f64 = 1.6;
/// Length of the lines that show widths, pt.
const LINE_PT: f64 = 24.0;

/// How sizes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeySort {
    /// Symbols in each other, upon one bottom line.
    Symbols,
    /// Lines below each other.
    Widths,
    /// The height of a bar.
    Bar,
}

/// The sizes of some values, the largest first.
pub(super) struct Key {
    pub(super) sort: KeySort,
    pub(super) style: Style,
    /// Whether the shapes are shown without the colours of the layer, which mean something else.
    pub(super) neutral: bool,
    /// Size, pt, and text of each value.
    pub(super) values: Vec<(f64, Words)>,
}

impl Key {
    fn largest(&self) -> f64 {
        self.values.iter().map(|(size, _)| *size).fold(0.0, f64::max)
    }

    /// Where the texts begin.
    fn text_x(&self) -> f64 {
        match self.sort {
            KeySort::Symbols => self.largest() + 2.0 * GAP,
            KeySort::Widths => LINE_PT + GAP,
            KeySort::Bar => SWATCH.0 + GAP,
        }
    }

    /// The middles of the texts, from the top.
    fn middles(&self) -> Vec<f64> {
        let mut middles: Vec<f64> = Vec::new();
        let mut y = 0.0;
        for (size, words) in &self.values {
            let half = words.height() / 2.0;
            let wanted = match self.sort {
                KeySort::Symbols => SWATCH.1 / 2.0 + self.largest() - size,
                KeySort::Widths => y + half.max(size / 2.0),
                KeySort::Bar => SWATCH.1 / 2.0,
            };
            let middle = match middles.last() {
                Some(last) if self.sort == KeySort::Symbols => wanted.max(last + TEXT_STEP),
                _ => wanted,
            };
            middles.push(middle);
            y = middle + half.max(size / 2.0) + WIDTH_GAP;
        }
        middles
    }

    /// Width and height, pt.
    pub(super) fn size(&self) -> (f64, f64) {
        let widest = self.values.iter().map(|(_, words)| words.width()).fold(0.0, f64::max);
        let shape = match self.sort {
            KeySort::Symbols | KeySort::Bar => SWATCH.1 / 2.0 + self.largest(),
            KeySort::Widths => 0.0,
        };
        let ends = self.middles().into_iter().zip(&self.values).map(|(middle, (size, words))| {
            let line = if self.sort == KeySort::Widths { size / 2.0 } else { 0.0 };
            middle + line.max(words.height() / 2.0)
        });
        (self.text_x() + widest, ends.fold(shape, f64::max))
    }

    /// The items, with the top left corner at (`left`, `top`).
    pub(super) fn draw(&self, left: f64, top: f64, theme: &Theme) -> Vec<Item> {
        let mut items = Vec::new();
        let bottom = top + SWATCH.1 / 2.0 + self.largest();
        let center = left + self.largest() / 2.0;
        let thin = |path| {
            let stroke =
                Stroke { color: theme.quiet, width: 0.35, dash: Vec::new(), cap: Cap::Butt };
            Item::Stroke { path, stroke }
        };
        let mut style = self.style.clone();
        if self.neutral {
            style.stroke = style.stroke.map(|_| theme.quiet);
            if let Some(symbol) = &mut style.symbol {
                symbol.fill = theme.quiet.with_alpha(0);
                (symbol.stroke, symbol.stroke_width_pt) = (Some(theme.quiet), 0.5);
            }
        }
        for ((size, words), middle) in self.values.iter().zip(self.middles()) {
            let y = top + middle;
            let mut shape = PageShape::default();
            match self.sort {
                KeySort::Symbols => {
                    let edge = bottom - size;
                    shape.points.push(Coord { x: center, y: bottom - size / 2.0 });
                    let knee = Point::new(left + self.largest() + GAP, edge);
                    let end = Point::new(left + self.text_x() - 1.5, y);
                    let line = vec![Point::new(center, edge), knee, end];
                    items.extend(draw(&sized(&style, *size), &[&shape], false));
                    items.push(thin(Path::line(line)));
                }
                KeySort::Widths => {
                    let end = |x: f64| Coord { x: left + x, y };
                    // Round ends reach out by half the width.
                    let inset = (size / 2.0).min(LINE_PT / 2.0 - 0.1);
                    shape.lines.push(LineString(vec![end(inset), end(LINE_PT - inset)]));
                    items.extend(draw(&sized(&style, *size), &[&shape], false));
                }
                KeySort::Bar => {
                    let bar = Rect::new(
                        left + SWATCH.0 / 2.0 - 1.5,
                        bottom - size,
                        left + SWATCH.0 / 2.0 + 1.5,
                        bottom,
                    );
                    items.push(thin(Path::rect(&bar)));
                }
            }
            items.extend(words.draw(left + self.text_x(), y - words.height() / 2.0, theme));
        }
        items
    }
}
