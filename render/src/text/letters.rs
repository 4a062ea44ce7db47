//! A shaped line in single letters, for text that is set along a curve.

use super::script::Script;
use super::shape::ShapedText;

/// A letter of a line with the marks that it carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// Index of the font in the book.
    pub font: usize,
    /// Glyph index and origin (pt, from the start of the letter on the baseline, y down).
    pub glyphs: Vec<(u16, f32, f32)>,
    /// The characters it shows.
    pub text: String,
    /// From its start to the start of the next letter, pt: kerning and letter spacing included.
    pub advance: f64,
}

impl ShapedText {
    /// The line in letters, from left to right. Where the shaper made another number of glyphs than
    /// there are characters, the whole run is one letter, as nothing tells which belongs to which.
    pub fn letters(&self) -> Vec<Letter> {
        let mut letters: Vec<(f64, Letter)> = Vec::new();
        for run in &self.runs {
            let mut push = |text: String, glyphs: &[(u16, f32, f32)]| {
                let Some(&(_, start, _)) = glyphs.first() else { return };
                let glyphs = glyphs.iter().map(|&(id, x, y)| (id, x - start, y)).collect();
                letters.push((
                    f64::from(start),
                    Letter { font: run.font, glyphs, text, advance: 0.0 },
                ));
            };
            let chars: Vec<char> = run.text.chars().collect();
            if chars.len() != run.glyphs.len() {
                push(run.text.clone(), &run.glyphs);
                continue;
            }
            let mut start = 0;
            while start < chars.len() {
                let marks = chars[start + 1..].iter();
                let end =
                    start + 1 + marks.take_while(|c| Script::of(**c) == Script::Inherited).count();
                push(chars[start..end].iter().collect(), &run.glyphs[start..end]);
                start = end;
            }
        }
        let mut next = self.width;
        for (start, letter) in letters.iter_mut().rev() {
            letter.advance = next - *start;
            next = *start;
        }
        letters.into_iter().map(|(_, letter)| letter).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::TextStyle;
    use super::super::testing::book;

    #[test]
    fn letters_make_up_the_line() {
        let style = TextStyle { letter_spacing_pt: 1.5, ..TextStyle::regular(9.0) };
        let line = book().shape("Tumen 图们江 и\u{306}", &style);
        let letters = line.letters();
        let text: String = letters.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(text, "Tumen 图们江 и\u{306}");
        let total: f64 = letters.iter().map(|l| l.advance).sum();
        assert!((total - line.width).abs() < 1e-3, "{total} {}", line.width);
        assert!(letters.iter().all(|l| l.advance > 0.0 && l.glyphs[0].1 == 0.0));
        let glyphs: usize = letters.iter().map(|l| l.glyphs.len()).sum();
        assert_eq!(glyphs, line.runs.iter().map(|r| r.glyphs.len()).sum::<usize>());
        assert!(letters.len() >= 10);
    }
}
