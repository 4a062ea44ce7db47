//! Text set letter by letter along a line, and the boxes that it fills.

use geo_types::Coord;

use super::course::{Course, distance};
use crate::scene::{Color, GlyphRun, PlacedGlyph, Point, Rect};
use crate::text::{Letter, ShapedText};

/// The sharpest turn from a letter to the next, degrees.
const MOST_TURN: f64 = 25.0;
/// The most that all turns of a text add up to, degrees.
const MOST_TURNS: f64 = 110.0;
/// Where the course bends so that less than this share of a letter's width is left, it is no place.
const SHORTEST_CHORD: f64 = 0.85;
/// No letter is turned by more than this either way, degrees.
const MOST_TILT: f64 = 100.0;
/// Turns are rounded to this, degrees.
const TILT_STEP: f64 = 0.5;
/// Space around a letter, pt.
const PADDING: f64 = 0.4;

/// A line of text in letters.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Lettering {
    letters: Vec<Letter>,
    /// Size of the em, pt.
    pub(in crate::layout) size: f64,
    /// Its length without extra spacing, pt.
    pub(in crate::layout) width: f64,
    /// Height of the letters above the baseline, pt.
    pub(in crate::layout) above: f64,
    /// Depth below it, pt.
    pub(in crate::layout) below: f64,
}

/// A text that stands along a line.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Set {
    /// Its lines, in letters.
    lines: Vec<Vec<Placed>>,
    /// All turns from letter to letter, degrees.
    pub(in crate::layout) turns: f64,
}

#[derive(Clone, Debug)]
struct Placed {
    letter: Letter,
    /// Start of the letter on its baseline.
    start: Coord,
    /// Clockwise, degrees.
    tilt: f64,
    size: f64,
    above: f64,
    below: f64,
}

impl Lettering {
    pub(in crate::layout) fn new(line: &ShapedText) -> Self {
        Self {
            letters: line.letters(),
            size: line.size,
            width: line.width,
            above: line.ink_top.max(0.0),
            below: line.ink_bottom.max(0.0),
        }
    }

    /// Number of spaces between letters.
    pub(in crate::layout) fn gaps(&self) -> f64 {
        self.letters.len().saturating_sub(1) as f64
    }

    /// Sets the text in the middle of `course` with `extra` pt more between its letters. Where the
    /// line bends up, letters move apart so that their tops stay clear of each other. `None` where
    /// it is too short, bends too much or would turn letters on their heads.
    pub(in crate::layout) fn set(&self, course: &Course, extra: f64) -> Option<Set> {
        let slack = course.length() - self.width - extra * self.gaps();
        let mut s = slack / 2.0;
        let mut turns = 0.0;
        let mut before: Option<f64> = None;
        let mut letters = Vec::with_capacity(self.letters.len());
        for letter in &self.letters {
            let mut tilt = tilt(course, s, letter.advance);
            if let Some(before) = before {
                let foot = s;
                // The space moves the letter, which may turn it further.
                for _ in 0..3 {
                    let turn = tilt - before;
                    // A box as high as the letters leans over its foot by this much.
                    let height = if turn < 0.0 { self.above } else { self.below };
                    s = s.max(foot + height * turn.abs().min(90.0).to_radians().sin());
                    tilt = self::tilt(course, s, letter.advance);
                }
                let turn = (tilt - before).abs();
                if turn > MOST_TURN {
                    return None;
                }
                turns += turn;
            }
            if tilt.abs() > MOST_TILT || turns > MOST_TURNS {
                return None;
            }
            before = Some(tilt);
            let (start, end) = (course.at(s), course.at(s + letter.advance));
            let chord = distance(start, end);
            if chord < letter.advance * SHORTEST_CHORD {
                return None;
            }
            // Adding 0 makes the negative zero positive.
            let rounded = (tilt / TILT_STEP).round() * TILT_STEP + 0.0;
            // The chord and the letter share their middle.
            let (sin, cos) = rounded.to_radians().sin_cos();
            let half = Coord { x: cos, y: sin } * (letter.advance / 2.0);
            letters.push(Placed {
                letter: letter.clone(),
                start: (start + end) / 2.0 - half,
                tilt: rounded,
                size: self.size,
                above: self.above,
                below: self.below,
            });
            // As far along the line as makes the chord as long as the letter.
            s += letter.advance * letter.advance / chord + extra;
        }
        (s - extra <= course.length() && slack >= 0.0)
            .then_some(Set { lines: vec![letters], turns })
    }
}

/// The clockwise tilt of the chord over `length` pt from `s`, degrees.
fn tilt(course: &Course, s: f64, length: f64) -> f64 {
    let chord = course.at(s + length) - course.at(s);
    chord.y.atan2(chord.x).to_degrees()
}

impl Set {
    /// The lines of both.
    pub(in crate::layout) fn with(mut self, other: Self) -> Self {
        self.lines.extend(other.lines);
        self.turns = self.turns.max(other.turns);
        self
    }

    /// The steepest tilt of a letter either way, degrees.
    pub(in crate::layout) fn steepness(&self) -> f64 {
        self.lines.iter().flatten().map(|placed| placed.tilt.abs()).fold(0.0, f64::max)
    }

    /// The corners of each letter's own box, in order around it.
    pub(in crate::layout) fn corners(&self) -> impl Iterator<Item = [Coord; 4]> {
        let letters = self.lines.iter().flatten();
        letters.filter(|placed| !placed.letter.text.trim().is_empty()).map(|placed| {
            let (sin, cos) = placed.tilt.to_radians().sin_cos();
            let along = Coord { x: cos, y: sin };
            let up = Coord { x: sin, y: -cos };
            let (foot, top) = (placed.start - up * placed.below, placed.start + up * placed.above);
            let wide = along * placed.letter.advance;
            [foot, foot + wide, top + wide, top]
        })
    }

    /// A level box around each letter, a little larger.
    pub(in crate::layout) fn boxes(&self) -> Vec<Rect> {
        let around = |corners: [Coord; 4]| {
            let (xs, ys) = (corners.map(|c| c.x), corners.map(|c| c.y));
            let low = |v: [f64; 4]| v.into_iter().fold(f64::INFINITY, f64::min) - PADDING;
            let high = |v: [f64; 4]| v.into_iter().fold(f64::NEG_INFINITY, f64::max) + PADDING;
            Rect::new(low(xs), low(ys), high(xs), high(ys))
        };
        self.corners().map(around).collect()
    }

    /// The runs on the page: one for each line, or for each font of it, without spaces at its end.
    pub(in crate::layout) fn runs(
        &self,
        color: Color,
        halo: Option<(Color, f32)>,
    ) -> Vec<GlyphRun> {
        let seen = |placed: &Placed| !placed.letter.text.trim().is_empty();
        let of_a_font = |part: &[Placed]| {
            let part = &part[..=part.iter().rposition(seen)?];
            let first = part.first()?;
            Some(GlyphRun {
                font: first.letter.font,
                size: first.size as f32,
                glyphs: part.iter().flat_map(Placed::glyphs).collect(),
                text: part.iter().map(|placed| placed.letter.text.as_str()).collect(),
                color,
                halo,
            })
        };
        let lines = self.lines.iter();
        let parts = lines.flat_map(|line| line.chunk_by(|a, b| a.letter.font == b.letter.font));
        parts.filter_map(of_a_font).collect()
    }
}

impl Placed {
    /// The glyphs on the page.
    fn glyphs(&self) -> impl Iterator<Item = PlacedGlyph> {
        let (sin, cos) = self.tilt.to_radians().sin_cos();
        self.letter.glyphs.iter().map(move |&(id, x, y)| {
            let (x, y) = (f64::from(x), f64::from(y));
            let at = self.start + Coord { x: x * cos - y * sin, y: x * sin + y * cos };
            PlacedGlyph { id, origin: Point::new(at.x, at.y), rotation: self.tilt as f32 }
        })
    }
}
