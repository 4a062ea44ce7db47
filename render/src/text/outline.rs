//! Glyphs as outlines, for painters.

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider, OutlineGlyphCollection};

use crate::scene::Font;

/// A piece of a glyph's outline: pt from the glyph's origin, x to the right, y down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Start of a contour.
    Move([f32; 2]),
    /// A straight line to the point.
    Line([f32; 2]),
    /// A quadratic curve: control point, end point.
    Quad([f32; 2], [f32; 2]),
    /// A cubic curve: two control points, end point.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    /// End of a contour.
    Close,
}

/// The outlines of one font; filled by the non-zero rule.
pub struct Outlines<'a>(Option<(OutlineGlyphCollection<'a>, GlyphMetrics<'a>)>);

impl<'a> Outlines<'a> {
    /// The outlines of `font`; of a file that cannot be read all are empty.
    pub fn new(font: &'a Font) -> Self {
        let font = FontRef::new((*font.data).as_ref()).ok();
        let metrics =
            |font: &FontRef<'a>| font.glyph_metrics(Size::new(1.0), LocationRef::default());
        Self(font.map(|font| (font.outline_glyphs(), metrics(&font))))
    }

    /// The outline of glyph `id` at `size` (pt or any other unit per em), unhinted; empty for spaces
    /// and glyphs that the font does not have.
    pub fn glyph(&self, id: u16, size: f32) -> Vec<Segment> {
        let mut pen = Pen(Vec::new());
        let glyph = self.0.as_ref().and_then(|(outlines, _)| outlines.get(GlyphId::from(id)));
        let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
        if glyph.is_none_or(|glyph| glyph.draw(settings, &mut pen).is_err()) {
            pen.0.clear();
        }
        pen.0
    }

    /// How far the font moves on after glyph `id`, em; 0 for glyphs that it does not have.
    pub fn advance(&self, id: u16) -> f32 {
        let metrics = self.0.as_ref().map(|(_, metrics)| metrics);
        metrics.and_then(|metrics| metrics.advance_width(GlyphId::from(id))).unwrap_or(0.0)
    }
}

struct Pen(Vec<Segment>);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(Segment::Move([x, -y]));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(Segment::Line([x, -y]));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.push(Segment::Quad([cx, -cy], [x, -y]));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.push(Segment::Cubic([ax, -ay], [bx, -by], [x, -y]));
    }

    fn close(&mut self) {
        self.0.push(Segment::Close);
    }
}
