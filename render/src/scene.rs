//! The scene: everything on the page, resolved, in painting order.
//!
//! Lengths are points (1/72 inch) from the top left corner of the page, x to the right, y down,
//! rounded to 1/100 pt as they enter, so that the last bit of a platform's sine cannot reach an
//! output. There is no style, no projection, no font name and nothing off the page; painters only
//! paint.

mod moved;

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

impl Rect {
    /// The rectangle between two opposite corners, in any order, rounded to 1/100 pt.
    pub fn new(xa: f64, ya: f64, xb: f64, yb: f64) -> Self {
        let (a, b) = (Point::new(xa.min(xb), ya.min(yb)), Point::new(xa.max(xb), ya.max(yb)));
        Self { x0: a.x, y0: a.y, x1: b.x, y1: b.y }
    }

    /// Width in pt.
    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    /// Height in pt.
    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// The point in the middle.
    pub fn center(&self) -> Point {
        Point { x: f32::midpoint(self.x0, self.x1), y: f32::midpoint(self.y0, self.y1) }
    }

    /// Whether the insides share a point; rectangles that only touch do not overlap.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Whether `other` lies in this rectangle, edges included.
    pub fn covers(&self, other: &Self) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && self.x1 >= other.x1 && self.y1 >= other.y1
    }

    /// The rectangle larger by `margin` pt on every side.
    pub fn expanded(&self, margin: f32) -> Self {
        Self {
            x0: self.x0 - margin,
            y0: self.y0 - margin,
            x1: self.x1 + margin,
            y1: self.y1 + margin,
        }
    }

    /// The smallest rectangle that covers both.
    pub fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
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

impl Color {
    /// Opaque black.
    pub const BLACK: Self = Self::rgb(0, 0, 0);
    /// Opaque white.
    pub const WHITE: Self = Self::rgb(255, 255, 255);

    /// An opaque colour.
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b, a: 255 }
    }

    /// The same colour with another opacity, 255 is opaque.
    pub const fn with_alpha(self, a: u8) -> Self {
        Self { a, ..self }
    }

    /// Reads `#rrggbb` or `#rrggbbaa`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let all_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        if !all_hex || !matches!(digits.len(), 6 | 8) {
            return None;
        }
        let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let a = if digits.len() == 8 { channel(6)? } else { 255 };
        Some(Self { r: channel(0)?, g: channel(2)?, b: channel(4)?, a })
    }
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

impl Path {
    /// The four edges of a rectangle, closed.
    pub fn rect(rect: &Rect) -> Self {
        let corner = |x, y| Point { x, y };
        let points = vec![
            corner(rect.x0, rect.y0),
            corner(rect.x1, rect.y0),
            corner(rect.x1, rect.y1),
            corner(rect.x0, rect.y1),
        ];
        Self { subpaths: vec![Subpath { points, closed: true }] }
    }

    /// One open line.
    pub fn line(points: Vec<Point>) -> Self {
        Self { subpaths: vec![Subpath { points, closed: false }] }
    }

    /// One closed ring; the first point is not repeated.
    pub fn ring(points: Vec<Point>) -> Self {
        Self { subpaths: vec![Subpath { points, closed: true }] }
    }

    /// A circle as a closed ring that leaves the true circle by at most 0.01 pt.
    pub fn circle(center: Point, radius_pt: f32) -> Self {
        let radius = f64::from(radius_pt);
        // The sagitta of a chord over the angle t is r (1 - cos(t / 2)), about r t^2 / 8.
        let count = (std::f64::consts::TAU / (8.0 * 0.01 / radius.max(0.01)).sqrt()).ceil();
        let count = (count as u32).clamp(12, 720);
        let points = (0..count).map(|i| {
            let (sin, cos) = (std::f64::consts::TAU * f64::from(i) / f64::from(count)).sin_cos();
            Point::new(f64::from(center.x) + radius * cos, f64::from(center.y) + radius * sin)
        });
        Self::ring(points.collect())
    }

    /// The rectangle that this path is, if it was made by [`Path::rect`] or like it.
    pub fn as_rect(&self) -> Option<Rect> {
        let rect = self.bounds()?;
        (*self == Self::rect(&rect)).then_some(rect)
    }

    /// The smallest rectangle around all points, `None` for an empty path.
    pub fn bounds(&self) -> Option<Rect> {
        let mut points = self.subpaths.iter().flat_map(|s| s.points.iter());
        let first = points.next()?;
        let start = Rect { x0: first.x, y0: first.y, x1: first.x, y1: first.y };
        Some(points.fold(start, |r, p| r.union(&Rect { x0: p.x, y0: p.y, x1: p.x, y1: p.y })))
    }
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
    /// Clockwise rotation about the origin, degrees.
    pub rotation: f32,
}

/// Shaped text in one font, straight or along a curve: what a painter needs, and the text itself for
/// formats that keep it.
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
    /// Fill.
    pub color: Color,
    /// Colour and width (pt, beyond the outline on each side) of the halo below the fill.
    pub halo: Option<(Color, f32)>,
}

impl GlyphRun {
    /// The clockwise rotation that all glyphs share, degrees; `None` along a curve.
    pub fn rotation(&self) -> Option<f32> {
        let first = self.glyphs.first().map_or(0.0, |glyph| glyph.rotation);
        self.glyphs.iter().all(|glyph| glyph.rotation.total_cmp(&first).is_eq()).then_some(first)
    }
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

/// The bytes of a font file: embedded ones are lent, others owned.
pub type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A TrueType or OpenType font.
#[derive(Clone)]
pub struct Font {
    /// Family and style, for formats that name fonts.
    pub name: String,
    /// The file.
    pub data: FontData,
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Font({}, {} bytes)", self.name, (*self.data).as_ref().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_from_hex() {
        assert_eq!(Color::parse("#ff8000"), Some(Color::rgb(255, 128, 0)));
        assert_eq!(Color::parse("#FF800040"), Some(Color::rgb(255, 128, 0).with_alpha(64)));
        for wrong in ["ff8000", "#ff80", "#gg0000", "#+10000", "", "#ff80000"] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn touching_rectangles_do_not_overlap() {
        let a = Rect::new(10.0, 10.0, 0.0, 0.0);
        assert!(!a.overlaps(&Rect::new(10.0, 0.0, 20.0, 10.0)));
        assert!(a.overlaps(&Rect::new(9.99, 0.0, 20.0, 10.0)));
        assert!(a.covers(&Rect::new(0.0, 0.0, 10.0, 10.0)));
        assert_eq!(Path::rect(&a).bounds(), Some(a));
    }

    #[test]
    fn circles_are_round_to_a_hundredth_of_a_point() {
        for radius in [1.0_f32, 5.0, 50.0, 300.0] {
            let circle = Path::circle(Point::new(0.0, 0.0), radius);
            let ring = &circle.subpaths[0].points;
            let (a, b) = (ring[0], ring[1]);
            let middle = f32::midpoint(a.x, b.x).hypot(f32::midpoint(a.y, b.y));
            assert!((radius - middle).abs() < 0.018, "{radius}: {middle}");
        }
    }
}
