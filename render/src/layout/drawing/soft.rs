//! Areas without a real boundary: their fill fades away over the edge.

use geo::algorithm::{Buffer, Simplify};
use geo_types::{MultiPolygon, Polygon};

use super::path::areas;
use crate::scene::{Color, Item};

/// Number of areas laid over each other to make the edge.
const STEPS: u32 = 8;

/// Fills `polygons` with `color`, whose opacity is reached half of `width_pt` inside the edge and
/// gone half of it outside.
pub(in crate::layout) fn fill(polygons: &[Polygon], color: Color, width_pt: f64) -> Vec<Item> {
    let whole = MultiPolygon(polygons.to_vec()).simplify((width_pt / 16.0).max(0.1));
    let opacity = f64::from(color.a) / 255.0;
    // n layers of opacity a show 1 - (1 - a)^n.
    let each = 1.0 - (1.0 - opacity).powf(1.0 / f64::from(STEPS));
    let color = color.with_alpha((each * 255.0).round().max(1.0) as u8);
    (0..STEPS)
        .map(|step| {
            let share = f64::from(step) / f64::from(STEPS - 1) - 0.5;
            let grown = whole.buffer(share * width_pt);
            Item::Fill { path: areas(&grown.0), color }
        })
        .filter(|item| matches!(item, Item::Fill { path, .. } if !path.subpaths.is_empty()))
        .collect()
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    #[test]
    fn the_edge_fades_to_both_sides() {
        let square = polygon![(x: 0.0, y: 0.0), (x: 100.0, y: 0.0), (x: 100.0, y: 100.0), (x: 0.0, y: 100.0)];
        let items = fill(&[square], Color::rgb(200, 100, 0).with_alpha(128), 10.0);
        assert_eq!(items.len(), STEPS as usize);
        let bounds = |item: &Item| match item {
            Item::Fill { path, .. } => path.bounds().unwrap(),
            _ => panic!(),
        };
        assert!((bounds(&items[0]).x0 - 5.0).abs() < 0.1);
        assert!((bounds(&items[STEPS as usize - 1]).x0 + 5.0).abs() < 0.1);
    }
}
