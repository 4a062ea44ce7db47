//! Text: which font shows a character, where its glyphs go, how large it becomes.
//!
//! A [`FontBook`] holds the fonts that the caller brings (none of the system's are used, so that the
//! same text looks and measures the same everywhere). [`FontBook::shape`] turns one line into a
//! [`ShapedText`]; [`TextBlock`] wraps and stacks lines; both are placed as runs of the scene.
//! [`Outlines`] draws glyphs for the painters, [`FontSubset`] cuts a font down to the characters shown.
//!
//! Scripts written from left to right only: Latin, Cyrillic, Greek, Han, kana, Hangul.

mod block;
mod font;
mod letters;
mod outline;
mod script;
mod shape;
mod subset;

pub use block::{Align, TextBlock};
pub use font::{FaceStyle, FontBook, FontFace};
pub use letters::Letter;
pub use outline::{Outlines, Segment};
pub use shape::{Run, ShapedText, TextStyle};
pub use subset::{FontSubset, SubsetFont};

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
