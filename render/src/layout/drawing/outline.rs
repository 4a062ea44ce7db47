//! Lines and the outlines of areas: casing, stroke, ticks and arrowheads, from below.

use geo_types::{Coord, LineString, Polygon};

use super::{arrow, path, ticks};
use crate::project::PageShape;
use crate::scene::{Cap, Color, Item, Path, Stroke};
use crate::spec::Style;

/// The items of the lines and outlines of `shapes`.
pub(in crate::layout) fn draw(style: &Style, shapes: &[&PageShape]) -> Vec<Item> {
    let mut items = Vec::new();
    if style.casing.is_none() && style.stroke.is_none() && style.ticks.is_none() {
        return items;
    }
    let lines = || shapes.iter().flat_map(|shape| &shape.lines);
    let (outline, heads) = match &style.arrow {
        None => (path::outlines(shapes.iter().copied()), Path::default()),
        Some(arrow) => {
            let (lines, heads) = arrow::split(arrow, &lines().collect::<Vec<_>>());
            let polygons = shapes.iter().flat_map(|shape| shape.polygons.clone()).collect();
            let shape = PageShape { lines, polygons, ..PageShape::default() };
            (path::outlines([&shape]), heads)
        }
    };
    if let Some(casing) = &style.casing {
        // Round ends would show behind the start of an arrow.
        let cap = if style.arrow.is_none() { Cap::Round } else { Cap::Butt };
        let below = |width| plain(casing.color, width, cap);
        push_stroke(&mut items, outline.clone(), below(casing.width_pt));
        push_stroke(&mut items, heads.clone(), below(casing.width_pt - style.width_pt()));
    }
    if let Some(color) = style.stroke {
        let dash: Vec<f32> =
            style.stroke_dash.iter().flatten().map(|length| *length as f32).collect();
        let round = dash.is_empty() && style.arrow.is_none();
        let cap = if round { Cap::Round } else { Cap::Butt };
        push_stroke(&mut items, outline, Stroke { dash, ..plain(color, style.width_pt(), cap) });
    }
    if let Some(marks) = &style.ticks {
        let rings = shapes.iter().flat_map(|shape| &shape.polygons).map(Polygon::exterior);
        let all = lines().chain(rings).map(|line: &LineString| -> &[Coord] { &line.0 });
        items.extend(ticks::draw(marks, style.stroke.unwrap_or(Color::BLACK), all));
    }
    if let Some(color) = style.stroke.filter(|_| !heads.subpaths.is_empty()) {
        items.push(Item::Fill { path: heads, color });
    }
    items
}

fn plain(color: Color, width_pt: f64, cap: Cap) -> Stroke {
    Stroke { color, width: width_pt as f32, dash: Vec::new(), cap }
}

fn push_stroke(items: &mut Vec<Item>, path: Path, stroke: Stroke) {
    if !path.subpaths.is_empty() && stroke.width > 0.0 {
        items.push(Item::Stroke { path, stroke });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Arrow, ArrowEnds, Casing, Ticks};

    #[test]
    fn everything_on_a_line_has_its_place() {
        let line = LineString(vec![Coord { x: 0.0, y: 0.0 }, Coord { x: 90.0, y: 0.0 }]);
        let shape = PageShape { lines: vec![line], ..PageShape::default() };
        let style = Style {
            stroke: Some(Color::BLACK),
            casing: Some(Casing { color: Color::WHITE, width_pt: 3.0 }),
            arrow: Some(Arrow { size_pt: 6.0, at: ArrowEnds::End }),
            ticks: Some(Ticks {
                shape: crate::spec::TickShape::Bar,
                every_pt: 9.0,
                size_pt: 3.0,
                width_pt: 0.4,
                color: None,
            }),
            ..Style::default()
        };
        let items = draw(&style, &[&shape]);
        let kinds: Vec<&str> = items
            .iter()
            .map(|item| match item {
                Item::Stroke { stroke, .. } if stroke.color == Color::WHITE => "casing",
                Item::Stroke { path, .. } if path.subpaths.len() == 10 => "ticks",
                Item::Stroke { .. } => "stroke",
                Item::Fill { .. } => "head",
                _ => "?",
            })
            .collect();
        assert_eq!(kinds, ["casing", "casing", "stroke", "ticks", "head"]);
        assert!(draw(&Style::default(), &[&shape]).is_empty());
    }
}
