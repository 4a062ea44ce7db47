//! The scene: everything on the page, resolved, in painting order.
//!
//! Lengths are points (1/72 inch) from the top left corner of the page, x to the right, y down,
//! rounded to 1/100 pt as they enter, so that the last bit of a platform's sine cannot reach an
//! output. There is no style, no projection, no font name and nothing off the page; painters only
//! paint.

use std::sync::Arc;

/// A point on the page, in pt.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// A point rounded to 1/100 pt.
    pub fn new(x: f64, y: f64) -> Self {
        Self { x: ((x * 100.0).round() / 100.0) as f32, y: ((y * 100.0).round() / 100.0) as f32 }
    }
}

/// A rectangle on the page, in pt; `x1 >= x0`, `y1 >= y0`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left.
    pub x0: f32,
    /// Top.
    pub y0: f32,
    /// Right.
    pub x1: f32,
    /// Bottom.
    pub y1: f32,
}

/// A colour with straight alpha, sRGB, 8 bits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity, 255 is opaque.
    pub a: u8,
}

/// One subpath: its points in order; `closed` joins the last to the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Subpath {
    /// Two points or more.
    pub points: Vec<Point>,
    /// Whether the last point joins the first.
    pub closed: bool,
}

/// Straight-edged subpaths; curves are flattened before they enter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// The subpaths.
    pub subpaths: Vec<Subpath>,
}

/// How lines end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// At the end point.
    Butt,
    /// With a half circle.
    Round,
}

/// How a path is stroked.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width in pt, above 0.
    pub width: f32,
    /// Dash lengths in pt (on, off, …); empty is solid.
    pub dash: Vec<f32>,
    /// Line ends; joins are round.
    pub cap: Cap,
}

/// A glyph with its origin on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedGlyph {
    /// Glyph index in the font of the run.
    pub id: u16,
    /// Origin of the glyph on the baseline.
    pub origin: Point,
}

/// Shaped text in one font: what a painter needs, and the text itself for formats that keep it.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// Index into [`Scene::fonts`].
    pub font: usize,
    /// Size in pt.
    pub size: f32,
    /// Glyphs in visual order.
    pub glyphs: Vec<PlacedGlyph>,
    /// The characters that the glyphs show.
    pub text: String,
    /// Clockwise rotation of each glyph about its origin, degrees.
    pub rotation: f32,
    /// Fill.
    pub color: Color,
    /// Colour and width (pt, beyond the outline on each side) of the halo below the fill.
    pub halo: Option<(Color, f32)>,
}

/// Pixels that cover a rectangle of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Where it lies.
    pub rect: Rect,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Rows from the top, RGBA with straight alpha.
    pub rgba: Arc<Vec<u8>>,
}

/// One thing to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A path filled by the even-odd rule.
    Fill {
        /// What.
        path: Path,
        /// With what.
        color: Color,
    },
    /// A path stroked.
    Stroke {
        /// What.
        path: Path,
        /// With what.
        stroke: Stroke,
    },
    /// Shaped text.
    Text(GlyphRun),
    /// Pixels.
    Image(Image),
    /// Items seen only inside a path (even-odd), made together less opaque by `opacity` (0…1].
    Group {
        /// Clip, if any.
        clip: Option<Path>,
        /// Opacity of the whole.
        opacity: f32,
        /// The items, first at the bottom.
        items: Vec<Item>,
    },
}

/// A page, resolved.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Page width, pt.
    pub width: f32,
    /// Page height, pt.
    pub height: f32,
    /// Paper colour.
    pub background: Color,
    /// Fonts that the runs point into.
    pub fonts: Vec<Font>,
    /// What to paint, first at the bottom.
    pub items: Vec<Item>,
}

/// The bytes of a TrueType or OpenType font.
#[derive(Clone)]
pub struct Font {
    /// Family and style, for formats that name fonts.
    pub name: String,
    /// The file.
    pub data: Arc<[u8]>,
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Font({}, {} bytes)", self.name, self.data.len())
    }
}
