//! Swatches: a piece of the map in small.

use geo_types::{Coord, LineString, Polygon};

use crate::layout::drawing::draw::draw;
use crate::project::PageShape;
use crate::scene::{Item, Path, Rect};
use crate::spec::Style;

/// Width and height of a swatch, pt; symbols that need more room get it.
pub(super) const SWATCH: (f64, f64) = (17.0, 8.6);
/// How far a symbol or line may reach out of its swatch, pt.
const OVER: f64 = 1.0;
/// The longest arrowhead in a swatch, pt.
const HEAD_PT: f64 = 8.0;

/// What sort of swatch an entry has; readers look for them in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Point,
    Line,
    Area,
}

impl Sort {
    /// That of the highest dimension that the style draws of shapes.
    pub(super) fn of(style: &Style, shapes: &[&PageShape]) -> Option<Self> {
        let any = |has: fn(&PageShape) -> bool| shapes.iter().any(|shape| has(shape));
        if any(|s| !s.polygons.is_empty()) {
            let area = style.fill.is_some() || style.hatch.is_some();
            Some(if area { Self::Area } else { Self::Line })
        } else if any(|s| !s.lines.is_empty()) {
            Some(Self::Line)
        } else if any(|s| !s.points.is_empty()) && style.symbol.is_some() {
            Some(Self::Point)
        } else {
            None
        }
    }
}

/// A style as the legend shows it.
pub(super) struct Swatch {
    pub(super) sort: Sort,
    pub(super) style: Style,
}

impl Swatch {
    pub(super) fn new(sort: Sort, style: &Style) -> Self {
        let mut style = style.clone();
        if sort != Sort::Point {
            (style.symbol, style.vertices) = (None, None);
        }
        if let Some(arrow) = &mut style.arrow {
            arrow.size_pt = arrow.size_pt.min(HEAD_PT);
        }
        if let Some(ticks) = &mut style.ticks {
            // At least two marks.
            ticks.every_pt = ticks.every_pt.min(SWATCH.0 / 2.0);
        }
        Self { sort, style }
    }

    /// Width and height, pt.
    pub(super) fn size(&self) -> (f64, f64) {
        let symbol = match self.style.symbol {
            Some(symbol) => symbol.size_pt + symbol.stroke.map_or(0.0, |_| symbol.stroke_width_pt),
            None => 0.0,
        };
        let room = symbol - 2.0 * OVER;
        (SWATCH.0.max(room), SWATCH.1.max(room))
    }

    /// The items about a middle.
    pub(super) fn draw(&self, (x, y): (f64, f64)) -> Vec<Item> {
        let (width, height) = self.size();
        let (left, right) = (x - width / 2.0, x + width / 2.0);
        let (top, bottom) = (y - height / 2.0, y + height / 2.0);
        let at = |x: f64, y: f64| Coord { x, y };
        let mut style = self.style.clone();
        let mut shape = PageShape::default();
        match self.sort {
            Sort::Area => {
                // Soft edges reach out to both sides and must stay in the swatch.
                let inset = style.soft_edge_pt.map_or(0.0, |soft| (soft / 2.0).min(height / 4.0));
                style.soft_edge_pt = style.soft_edge_pt.map(|soft| soft.min(height / 2.0));
                let ring = LineString(vec![
                    at(left + inset, top + inset),
                    at(right - inset, top + inset),
                    at(right - inset, bottom - inset),
                    at(left + inset, bottom - inset),
                    at(left + inset, top + inset),
                ]);
                shape.polygons.push(Polygon::new(ring, Vec::new()));
            }
            Sort::Line => shape.lines.push(LineString(vec![at(left, y), at(right, y)])),
            Sort::Point => shape.points.push(at(x, y)),
        }
        let items = draw(&style, &[&shape], false);
        // Wide casings are cut to the swatch.
        let clip = Rect::new(left - OVER, top - OVER, right + OVER, bottom + OVER);
        vec![Item::Group { clip: Some(Path::rect(&clip)), opacity: 1.0, items }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Symbol;

    #[test]
    fn large_symbols_get_the_room_they_need() {
        let symbol = |size_pt| Some(Symbol { size_pt, ..Symbol::default() });
        let swatch = |size_pt| {
            Swatch::new(Sort::Point, &Style { symbol: symbol(size_pt), ..Style::default() })
        };
        assert_eq!(swatch(8.0).size(), SWATCH);
        assert_eq!(swatch(30.0).size(), (28.0, 28.0));
        let Item::Group { clip, items, .. } = &swatch(30.0).draw((50.0, 50.0))[0] else { panic!() };
        let Item::Fill { path, .. } = &items[0] else { panic!() };
        assert!(clip.as_ref().unwrap().bounds().unwrap().covers(&path.bounds().unwrap()));
    }
}
