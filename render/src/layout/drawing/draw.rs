//! Shapes in a style become items. The map and the swatches of its legend both come through here.

use geo_types::{Coord, Polygon};

use super::{hatch, outline, path, soft, symbol};
use crate::project::PageShape;
use crate::scene::{Item, Path};
use crate::spec::{Style, Symbol};

/// A turn of more than this at a vertex makes it a corner, degrees.
const CORNER_DEGREES: f64 = 8.0;

/// The items that draw `shapes` in `style`: fills, hatches, casings, strokes, ticks, arrowheads, symbols. The areas of a
/// `coverage` are filled as one.
pub(in crate::layout) fn draw(style: &Style, shapes: &[&PageShape], coverage: bool) -> Vec<Item> {
    let mut items = Vec::new();
    fills(&mut items, style, shapes, coverage);
    if let Some(pattern) = &style.hatch {
        items.extend(hatch::draw(pattern, shapes.iter().map(|s| s.polygons.as_slice())));
    }
    items.extend(outline::draw(style, shapes));
    for (place, symbol) in symbols(style, shapes) {
        items.extend(symbol::draw(&symbol, place.x, place.y));
    }
    items
}

/// The symbols that `draw` puts on the page, and where.
pub(in crate::layout) fn symbols(style: &Style, shapes: &[&PageShape]) -> Vec<(Coord, Symbol)> {
    let mut all = Vec::new();
    for shape in shapes {
        if let Some(symbol) = style.vertices {
            let corners = shape.polygons.iter().flat_map(corners);
            all.extend(corners.map(|place| (place, symbol)));
        }
        if let Some(symbol) = style.symbol {
            all.extend(shape.points.iter().map(|place| (*place, symbol)));
        }
    }
    all
}

fn fills(items: &mut Vec<Item>, style: &Style, shapes: &[&PageShape], coverage: bool) {
    let Some(color) = style.fill else { return };
    let opacity = style.fill_opacity.unwrap_or(1.0).clamp(0.0, 1.0);
    let color = color.with_alpha((f64::from(color.a) * opacity).round() as u8);
    if let Some(width) = style.soft_edge_pt.filter(|width| *width > 0.0) {
        for shape in shapes.iter().filter(|shape| !shape.polygons.is_empty()) {
            items.extend(soft::fill(&shape.polygons, color, width));
        }
        return;
    }
    let mut push = |path: Path| {
        if !path.subpaths.is_empty() {
            items.push(Item::Fill { path, color });
        }
    };
    if coverage {
        push(path::areas(shapes.iter().flat_map(|shape| &shape.polygons)));
    } else {
        for shape in shapes {
            push(path::areas(&shape.polygons));
        }
    }
}

/// The vertices at which the outline turns, those of densified edges left out.
fn corners(polygon: &Polygon) -> Vec<Coord> {
    let ring = &polygon.exterior().0;
    let Some(open) = ring.len().checked_sub(1).filter(|n| *n > 2) else { return Vec::new() };
    let heading = |a: Coord, b: Coord| (b.y - a.y).atan2(b.x - a.x);
    (0..open)
        .filter(|&i| {
            let (before, here, after) =
                (ring[(i + open - 1) % open], ring[i], ring[(i + 1) % open]);
            let turn = (heading(here, after) - heading(before, here)).to_degrees();
            ((turn + 180.0).rem_euclid(360.0) - 180.0).abs() > CORNER_DEGREES
        })
        .map(|i| ring[i])
        .collect()
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;
    use crate::scene::Color;
    use crate::spec::Casing;

    fn triangle() -> PageShape {
        // One edge has points between its ends that bend it a little, as a geodesic does.
        let polygon = polygon![
            (x: 0.0, y: 0.0), (x: 30.0, y: 0.5), (x: 60.0, y: 0.6), (x: 90.0, y: 0.0), (x: 45.0, y: 60.0)
        ];
        PageShape { polygons: vec![polygon], ..PageShape::default() }
    }

    #[test]
    fn only_true_corners_carry_symbols() {
        let style = Style { vertices: Some(Symbol::default()), ..Style::default() };
        assert_eq!(symbols(&style, &[&triangle()]).len(), 3);
    }

    #[test]
    fn casings_lie_below_strokes_and_fills_below_both() {
        let style = Style {
            fill: Some(Color::rgb(200, 150, 60)),
            fill_opacity: Some(0.5),
            stroke: Some(Color::BLACK),
            casing: Some(Casing { color: Color::WHITE, width_pt: 3.0 }),
            ..Style::default()
        };
        let shape = triangle();
        let items = draw(&style, &[&shape, &shape], false);
        assert_eq!(items.len(), 4);
        assert!(matches!(&items[0], Item::Fill { color, .. } if color.a == 128));
        assert!(matches!(&items[2], Item::Stroke { stroke, .. } if stroke.width > 2.9));
        assert!(matches!(&items[3], Item::Stroke { stroke, .. } if stroke.width < 0.6));
        assert_eq!(draw(&style, &[&shape, &shape], true).len(), 3);
        assert!(draw(&style, &[], false).is_empty());
    }
}
