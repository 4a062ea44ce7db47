//! Several lines of text: wrapped, stacked, aligned.

use super::font::FontBook;
use super::script::{Script, may_break_between};
use super::shape::{ShapedText, TextStyle};
use crate::scene::{Color, GlyphRun};

/// Where the lines of a block meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
}

/// Height of a line in multiples of its size.
const LINE_HEIGHT: f64 = 1.2;

/// Lines of text below each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextBlock {
    /// The lines from the top.
    pub lines: Vec<ShapedText>,
    /// Where they meet.
    pub align: Align,
    /// Width of the widest line, pt.
    pub width: f64,
    /// Height from the top of the first line's letters to the bottom of the last line's, pt: capital
    /// height or ink, whichever is higher, above; ink below.
    pub height: f64,
    /// Baselines, pt from the top of the block.
    baselines: Vec<f64>,
}

impl TextBlock {
    /// Shaped lines, stacked 1.2 × their size apart.
    pub fn stack(lines: Vec<ShapedText>, align: Align) -> Self {
        let mut baselines = Vec::with_capacity(lines.len());
        let mut y = 0.0;
        for (i, line) in lines.iter().enumerate() {
            y += if i == 0 { line.cap_height.max(line.ink_top) } else { LINE_HEIGHT * line.size };
            baselines.push(y);
        }
        let width = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let height = y + lines.last().map_or(0.0, |line| line.ink_bottom.max(0.0));
        Self { lines, align, width, height, baselines }
    }

    /// `text` in lines no wider than `max_width_pt`, filled greedily: broken at line feeds, at spaces,
    /// after hyphens and between characters of Han and kana. A single word may be wider; then the
    /// block is. A Hangul word wider than a line is broken between syllables.
    pub fn wrap(
        book: &FontBook,
        text: &str,
        style: &TextStyle<'_>,
        max_width_pt: f64,
        align: Align,
    ) -> Self {
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            for line in wrapped(book, paragraph, style, max_width_pt) {
                lines.push(book.shape(&line, style));
            }
        }
        Self::stack(lines, align)
    }

    /// Characters that no font has, in order of code point.
    pub fn missing(&self) -> Vec<char> {
        let mut all: Vec<char> =
            self.lines.iter().flat_map(|l| l.missing.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The runs on the page, the block's top left corner at (`x`, `y`), pt.
    pub fn place(&self, x: f64, y: f64, color: Color, halo: Option<(Color, f32)>) -> Vec<GlyphRun> {
        let placed = self.lines.iter().zip(&self.baselines).flat_map(|(line, baseline)| {
            let slack = self.width - line.width;
            let indent = match self.align {
                Align::Left => 0.0,
                Align::Center => slack / 2.0,
                Align::Right => slack,
            };
            line.place(x + indent, y + baseline, color, halo)
        });
        placed.collect()
    }
}

/// The pieces of a paragraph between which a line may end; spaces stay at the end of theirs.
fn pieces(paragraph: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut before: Option<char> = None;
    for c in paragraph.chars() {
        let breaks = before.is_some_and(|b| {
            let after_space = b.is_whitespace() && b != '\u{A0}' && b != '\u{202F}';
            !c.is_whitespace() && (after_space || may_break_between(b, c))
        });
        if breaks {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        before = Some(c);
    }
    pieces
}

/// A Hangul piece that is too wide, in syllables; anything else as it is.
fn split_if_hangul(book: &FontBook, piece: String, style: &TextStyle<'_>, max: f64) -> Vec<String> {
    let hangul = piece.chars().any(|c| Script::of(c) == Script::Hangul);
    if !hangul || book.shape(piece.trim_end(), style).width <= max {
        return vec![piece];
    }
    let mut parts: Vec<String> = Vec::new();
    for c in piece.chars() {
        match parts.last_mut().filter(|_| Script::of(c) != Script::Hangul) {
            Some(part) => part.push(c),
            None => parts.push(c.to_string()),
        }
    }
    parts
}

/// The lines of one paragraph.
fn wrapped(book: &FontBook, paragraph: &str, style: &TextStyle<'_>, max: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let all = pieces(paragraph).into_iter().flat_map(|p| split_if_hangul(book, p, style, max));
    for piece in all {
        let longer = format!("{line}{piece}");
        if !line.is_empty() && book.shape(longer.trim_end(), style).width > max {
            lines.push(line.trim_end().to_owned());
            line = piece;
        } else {
            line = longer;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::super::testing::book;
    use super::*;

    #[test]
    fn lines_break_at_spaces_hyphens_and_between_ideographs() {
        let text = "Tumen River–Economic Zone 图们江。三角";
        assert_eq!(
            pieces(text),
            ["Tumen ", "River–", "Economic ", "Zone ", "图", "们", "江。", "三", "角"]
        );
    }

    #[test]
    fn no_line_is_wider_than_allowed_and_none_is_lost() {
        let book = book();
        let style = TextStyle::regular(8.0);
        let text = "The large Tumen triangle, 图们江三角洲, spans Yanji, Chongjin and Vladivostok";
        let block = TextBlock::wrap(&book, text, &style, 90.0, Align::Left);
        assert!(block.lines.len() > 3);
        assert!(block.lines.iter().all(|line| line.width <= 90.0));
        let runs = block.lines.iter().flat_map(|l| l.runs.iter());
        let seen: String = runs.flat_map(|r| r.text.chars()).filter(|c| *c != ' ').collect();
        assert_eq!(seen, text.replace(' ', ""));
    }

    #[test]
    fn centred_lines_share_their_middle() {
        let book = book();
        let shape = |t| book.shape(t, &TextStyle::regular(10.0));
        let block = TextBlock::stack(vec![shape("Hunchun"), shape("珲春")], Align::Center);
        let runs = block.place(100.0, 50.0, Color::BLACK, None);
        let second_middle = f64::from(runs[1].glyphs[0].origin.x) + block.lines[1].width / 2.0;
        assert!((second_middle - (100.0 + block.width / 2.0)).abs() < 0.02);
        let step = runs[1].glyphs[0].origin.y - runs[0].glyphs[0].origin.y;
        assert!((step - 12.0).abs() < 0.011);
        assert!(block.height > 12.0 && block.height < 25.0, "{}", block.height);
    }

    #[test]
    fn long_hangul_words_break_between_syllables() {
        let block = TextBlock::wrap(
            &book(),
            "조선민주주의인민공화국",
            &TextStyle::regular(10.0),
            40.0,
            Align::Left,
        );
        assert!(block.lines.len() >= 3 && block.width <= 40.0);
    }
}
