//! The legend: an entry for each layer and category in sight, its swatch drawn by the map's own code.

use geo_types::{Coord, LineString, Polygon};

use super::draw::draw;
use super::layers::Layer;
use super::setter::{Setter, items};
use crate::project::PageShape;
use crate::scene::{Item, Path, Rect};
use crate::spec::{LocalText, Style, Theme};
use crate::text::{FaceStyle, ShapedText, TextStyle};

/// Size of the text, pt.
const TEXT_PT: f64 = 6.8;
/// Width and height of a swatch, pt.
const SWATCH: (f64, f64) = (17.0, 8.6);
/// Distance from one entry to the next, pt.
const ROW_PT: f64 = 11.4;
/// Space inside the panel, pt.
const PADDING: f64 = 6.0;
/// Space between swatch and text, and between languages, pt.
const GAP: f64 = 5.0;

/// What sort of swatch an entry has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Swatch {
    Area,
    Line,
    Point,
}

struct Entry {
    swatch: Swatch,
    style: Style,
    text: Vec<ShapedText>,
}

/// A legend, ready to be placed.
pub(super) struct Legend {
    entries: Vec<Entry>,
}

impl Legend {
    /// The legend of what is in sight of `layers`, those on top first; `None` when there is nothing
    /// to explain.
    pub(super) fn new(layers: &[Layer<'_>], setter: &mut Setter<'_>) -> Option<Self> {
        let mut entries: Vec<Entry> = Vec::new();
        for layer in layers.iter().rev().filter(|layer| layer.spec.legend) {
            for (index, class) in layer.classes.iter().enumerate() {
                let shapes = layer.shapes(index);
                let (Some(title), Some(swatch)) = (&class.title, swatch_of(&class.style, &shapes))
                else {
                    continue;
                };
                let text = lines(title, setter);
                entries.push(Entry { swatch, style: class.style.clone(), text });
            }
        }
        // Points, then lines, then areas, as readers look for them.
        entries.sort_by_key(|entry| match entry.swatch {
            Swatch::Point => 0,
            Swatch::Line => 1,
            Swatch::Area => 2,
        });
        (!entries.is_empty()).then_some(Self { entries })
    }

    /// Width and height of the panel, pt.
    pub(super) fn size(&self) -> (f64, f64) {
        let text = |entry: &Entry| {
            let widths: f64 = entry.text.iter().map(|line| line.width).sum();
            widths + GAP * entry.text.len().saturating_sub(1) as f64
        };
        let widest = self.entries.iter().map(text).fold(0.0, f64::max);
        let rows = self.entries.len() as f64;
        (2.0 * PADDING + SWATCH.0 + GAP + widest, 2.0 * PADDING + ROW_PT * (rows - 1.0) + SWATCH.1)
    }

    /// The legend in the panel `place`.
    pub(super) fn draw(&self, place: &Rect, theme: &Theme) -> Vec<Item> {
        let mut out = Vec::new();
        let left = f64::from(place.x0) + PADDING;
        for (row, entry) in self.entries.iter().enumerate() {
            let top = f64::from(place.y0) + PADDING + ROW_PT * row as f64;
            out.extend(swatch(entry, left, top));
            let mut x = left + SWATCH.0 + GAP;
            let middle = top + SWATCH.1 / 2.0;
            for (i, line) in entry.text.iter().enumerate() {
                let color = if i == 0 { theme.ink } else { theme.quiet };
                out.extend(items(line.place(x, middle + line.size * 0.35, color, None)));
                x += line.width + GAP;
            }
        }
        out
    }
}

fn lines(title: &LocalText, setter: &mut Setter<'_>) -> Vec<ShapedText> {
    let languages = setter.languages;
    title
        .lines(languages)
        .into_iter()
        .map(|(lang, text)| {
            let style = TextStyle {
                size_pt: TEXT_PT,
                face: FaceStyle::Regular,
                letter_spacing_pt: 0.0,
                lang: Some(lang),
            };
            setter.line(text, &style)
        })
        .collect()
}

/// The swatch for shapes: that of the highest dimension that the style draws.
fn swatch_of(style: &Style, shapes: &[&PageShape]) -> Option<Swatch> {
    let any = |has: fn(&PageShape) -> bool| shapes.iter().any(|shape| has(shape));
    if any(|s| !s.polygons.is_empty()) {
        Some(if style.fill.is_some() || style.hatch.is_some() {
            Swatch::Area
        } else {
            Swatch::Line
        })
    } else if any(|s| !s.lines.is_empty()) {
        Some(Swatch::Line)
    } else if any(|s| !s.points.is_empty()) && style.symbol.is_some() {
        Some(Swatch::Point)
    } else {
        None
    }
}

/// A swatch with its top left corner at (`left`, `top`).
fn swatch(entry: &Entry, left: f64, top: f64) -> Vec<Item> {
    let (right, bottom) = (left + SWATCH.0, top + SWATCH.1);
    let (middle_x, middle_y) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
    let at = |x: f64, y: f64| Coord { x, y };
    let mut style = entry.style.clone();
    let mut shape = PageShape::default();
    match entry.swatch {
        Swatch::Area => {
            // Soft edges reach out to both sides and must stay in the swatch.
            let inset = style.soft_edge_pt.map_or(0.0, |soft| (soft / 2.0).min(SWATCH.1 / 4.0));
            style.soft_edge_pt = style.soft_edge_pt.map(|soft| soft.min(SWATCH.1 / 2.0));
            style.vertices = None;
            let ring = LineString(vec![
                at(left + inset, top + inset),
                at(right - inset, top + inset),
                at(right - inset, bottom - inset),
                at(left + inset, bottom - inset),
                at(left + inset, top + inset),
            ]);
            shape.polygons.push(Polygon::new(ring, Vec::new()));
        }
        Swatch::Line => shape.lines.push(LineString(vec![at(left, middle_y), at(right, middle_y)])),
        Swatch::Point => shape.points.push(at(middle_x, middle_y)),
    }
    let items = draw(&style, &[&shape], false);
    // Wide casings are cut to the swatch.
    let clip = Path::rect(&Rect::new(left - 1.0, top - 1.0, right + 1.0, bottom + 1.0));
    vec![Item::Group { clip: Some(clip), opacity: 1.0, items }]
}
