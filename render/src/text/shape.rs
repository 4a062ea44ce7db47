//! One line of text, shaped: which glyphs, where, how wide.

use harfrust::{Direction, Feature, Language, ShapeOptions, Tag, UnicodeBuffer};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

use super::font::{FaceStyle, FontBook};
use super::script::{Script, language_of};
use crate::scene::{Color, GlyphRun, PlacedGlyph, Point};

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle<'a> {
    /// Size of the em in pt.
    pub size_pt: f64,
    /// Wanted style; East Asian text falls back to what there is.
    pub face: FaceStyle,
    /// Space added between letters, pt.
    pub letter_spacing_pt: f64,
    /// Language (`en`, `zh`, `ko`, `ru`, …): decides between the East Asian fonts. `None`: as the
    /// characters suggest.
    pub lang: Option<&'a str>,
}

impl TextStyle<'_> {
    /// Regular text of `size_pt` pt in a language to be guessed.
    pub fn regular(size_pt: f64) -> Self {
        Self { size_pt, face: FaceStyle::Regular, letter_spacing_pt: 0.0, lang: None }
    }
}

/// Glyphs of one font within a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Index of the font in the book.
    pub font: usize,
    /// Glyph index and origin (pt, from the start of the line on the baseline, y down).
    pub glyphs: Vec<(u16, f32, f32)>,
    /// The characters it shows. Ligatures are off: without combining marks, one glyph each.
    pub text: String,
}

/// A line of text, shaped, with its start on the baseline at (0, 0).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShapedText {
    /// Its parts, from left to right.
    pub runs: Vec<Run>,
    /// Size of the em, pt.
    pub size: f64,
    /// Advance width, pt.
    pub width: f64,
    /// Height above the baseline that the fonts ask for, pt.
    pub ascent: f64,
    /// Depth below the baseline that the fonts ask for, pt.
    pub descent: f64,
    /// Height of capitals of the first font, pt.
    pub cap_height: f64,
    /// Height of the highest drawn point above the baseline, pt (negative if all lies below it).
    pub ink_top: f64,
    /// Depth of the lowest drawn point below the baseline, pt (negative if all lies above it).
    pub ink_bottom: f64,
    /// Characters that no font has, in order of code point. They show as the box of the first font:
    /// report them.
    pub missing: Vec<char>,
}

impl FontBook {
    /// Shapes one line with kerning and without ligatures. Line breaks and tabs count as spaces.
    pub fn shape(&self, text: &str, style: &TextStyle<'_>) -> ShapedText {
        let plain = |c: char| if c.is_control() { ' ' } else { c };
        let chars: Vec<(char, Script)> =
            text.chars().map(plain).map(|c| (c, Script::of(c))).collect();
        let lang = style.lang.unwrap_or_else(|| language_of(text));
        let (faces, missing) = self.assign(&chars, style.face, lang);
        let scripts = resolved_scripts(&chars);

        let mut line = ShapedText {
            size: style.size_pt,
            ink_top: f64::NEG_INFINITY,
            ink_bottom: f64::NEG_INFINITY,
            missing,
            ..ShapedText::default()
        };
        let language = Language::new(lang);
        let mut start = 0;
        while start < chars.len() {
            let same = |i: &usize| faces[*i] == faces[start] && scripts[*i] == scripts[start];
            let end = (start..chars.len()).take_while(same).last().map_or(start + 1, |i| i + 1);
            let part: String = chars[start..end].iter().map(|(c, _)| *c).collect();
            self.shape_part(
                &mut line,
                part,
                faces[start],
                scripts[start],
                language.as_ref(),
                style,
            );
            start = end;
        }
        if !line.runs.is_empty() {
            line.width -= style.letter_spacing_pt;
        }
        if line.ink_top == f64::NEG_INFINITY {
            (line.ink_top, line.ink_bottom) = (0.0, 0.0);
        }
        line
    }

    /// Appends `part`, all of one font and script, to `line`.
    fn shape_part(
        &self,
        line: &mut ShapedText,
        part: String,
        face_index: usize,
        script: Script,
        language: Option<&Language>,
        style: &TextStyle<'_>,
    ) {
        let face = &self.faces[face_index];
        let Some(font) = face.font() else { return };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&part);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script.tag());
        if let Some(language) = language {
            buffer.set_language(language.clone());
        }
        let off = |tag| Feature::new(Tag::new(tag), 0, ..);
        let features = [off(b"liga"), off(b"clig"), off(b"dlig")];
        let shaper = face.shaper_data(&font).shaper(&font).build();
        let shaped = shaper.shape(buffer, ShapeOptions::new().features(&features));

        let metrics = self.metrics(face_index);
        let scale = style.size_pt / metrics.units_per_em;
        if line.runs.is_empty() {
            line.cap_height = metrics.cap_height * scale;
        }
        line.ascent = line.ascent.max(metrics.ascent * scale);
        line.descent = line.descent.max(metrics.descent * scale);

        let bounds = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let mut glyphs = Vec::with_capacity(shaped.len());
        let infos = shaped.glyph_infos();
        for (i, (info, position)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
            let x = line.width + f64::from(position.x_offset) * scale;
            let y = -f64::from(position.y_offset) * scale;
            // Glyph indices of a font are 16 bits wide; harfrust promises not to exceed them.
            let id = u16::try_from(info.glyph_id).unwrap_or(0);
            glyphs.push((id, x as f32, y as f32));
            if let Some(b) = bounds.bounds(info.glyph_id.into())
                && b.y_max > b.y_min
            {
                line.ink_top = line.ink_top.max(f64::from(b.y_max) * scale - y);
                line.ink_bottom = line.ink_bottom.max(y - f64::from(b.y_min) * scale);
            }
            line.width += f64::from(position.x_advance) * scale;
            if infos.get(i + 1).is_none_or(|next| next.cluster != info.cluster) {
                line.width += style.letter_spacing_pt;
            }
        }
        match line.runs.last_mut().filter(|run| run.font == face_index) {
            Some(run) => {
                run.glyphs.extend(glyphs);
                run.text.push_str(&part);
            }
            None => line.runs.push(Run { font: face_index, glyphs, text: part }),
        }
    }
}

/// Scripts in which no character is `Inherited`, and `Common` only if all are: spaces, digits and
/// punctuation take the script before them, at the start the one after.
fn resolved_scripts(chars: &[(char, Script)]) -> Vec<Script> {
    let weak = |s: &Script| matches!(s, Script::Common | Script::Inherited);
    let first = chars.iter().map(|(_, s)| *s).find(|s| !weak(s)).unwrap_or(Script::Common);
    let resolve = |last: &mut Script, &(_, script): &(char, Script)| {
        if !weak(&script) {
            *last = script;
        }
        Some(*last)
    };
    chars.iter().scan(first, resolve).collect()
}

impl ShapedText {
    /// The runs on the page, the line starting at (`x`, `y`) on the baseline (pt); `halo` is its
    /// colour and width beyond the outline, pt.
    pub fn place(&self, x: f64, y: f64, color: Color, halo: Option<(Color, f32)>) -> Vec<GlyphRun> {
        let placed = |&(id, dx, dy): &(u16, f32, f32)| PlacedGlyph {
            id,
            origin: Point::new(x + f64::from(dx), y + f64::from(dy)),
            rotation: 0.0,
        };
        let run = |run: &Run| GlyphRun {
            font: run.font,
            size: self.size as f32,
            glyphs: run.glyphs.iter().map(placed).collect(),
            text: run.text.clone(),
            color,
            halo,
        };
        self.runs.iter().map(run).collect()
    }

    /// Height of the drawn letters from the highest to the lowest point, pt.
    pub fn ink_height(&self) -> f64 {
        self.ink_top + self.ink_bottom
    }
}
