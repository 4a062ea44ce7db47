//! Symbols as vector shapes, drawn within a circle of a given diameter.

use crate::scene::{Cap, Color, Item, Path, Point, Stroke, Subpath};
use crate::spec::{Symbol, SymbolShape};

/// The items that draw `symbol` at (`x`, `y`), pt.
pub(in crate::layout) fn draw(symbol: &Symbol, x: f64, y: f64) -> Vec<Item> {
    let radius = symbol.size_pt / 2.0;
    let at = |dx: f64, dy: f64| Point::new(x + dx * radius, y + dy * radius);
    let polygon =
        |corners: &[(f64, f64)]| Path::ring(corners.iter().map(|&(dx, dy)| at(dx, dy)).collect());
    let circle = |share: f64| Path::circle(at(0.0, 0.0), (radius * share) as f32);
    let mut items = Vec::new();
    match symbol.shape {
        SymbolShape::Circle => solid(&mut items, symbol, circle(1.0)),
        SymbolShape::Target => {
            solid(&mut items, symbol, circle(1.0));
            let dot = symbol.stroke.unwrap_or(Color::WHITE);
            items.push(Item::Fill { path: circle(0.45), color: dot });
        }
        SymbolShape::Square => solid(&mut items, symbol, polygon(&SQUARE)),
        SymbolShape::Diamond => {
            solid(&mut items, symbol, polygon(&[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]));
        }
        SymbolShape::Triangle => {
            solid(&mut items, symbol, polygon(&[(0.0, -1.0), (0.866, 0.5), (-0.866, 0.5)]));
        }
        SymbolShape::TriangleDown => {
            solid(&mut items, symbol, polygon(&[(0.0, 1.0), (-0.866, -0.5), (0.866, -0.5)]));
        }
        SymbolShape::Star => solid(&mut items, symbol, polygon(&star())),
        SymbolShape::Cross => {
            let (a, b) = (0.32, 1.0);
            let corners = [
                (-a, -b),
                (a, -b),
                (a, -a),
                (b, -a),
                (b, a),
                (a, a),
                (a, b),
                (-a, b),
                (-a, a),
                (-b, a),
                (-b, -a),
                (-a, -a),
            ];
            solid(&mut items, symbol, polygon(&corners));
        }
        SymbolShape::Anchor => anchor(&mut items, symbol, &at, radius),
        SymbolShape::Rail | SymbolShape::River | SymbolShape::Road => {
            solid(&mut items, symbol, polygon(&SQUARE));
            let ink = symbol.stroke.unwrap_or(Color::WHITE);
            let path = match symbol.shape {
                SymbolShape::Rail => rail(&at),
                SymbolShape::River => waves(&at),
                _ => road(&at),
            };
            items.push(stroke(path, ink, radius * 0.17));
        }
    }
    items
}

/// The corners of the square of all square symbols; it has about the weight of the circle.
const SQUARE: [(f64, f64); 4] = [(-0.84, -0.84), (0.84, -0.84), (0.84, 0.84), (-0.84, 0.84)];

fn solid(items: &mut Vec<Item>, symbol: &Symbol, path: Path) {
    items.push(Item::Fill { path: path.clone(), color: symbol.fill });
    if let Some(color) = symbol.stroke
        && symbol.stroke_width_pt > 0.0
    {
        items.push(stroke(path, color, symbol.stroke_width_pt));
    }
}

fn stroke(path: Path, color: Color, width: f64) -> Item {
    let stroke = Stroke { color, width: width.max(0.1) as f32, dash: Vec::new(), cap: Cap::Round };
    Item::Stroke { path, stroke }
}

fn star() -> Vec<(f64, f64)> {
    let corner = |i: u32| {
        let (sin, cos) = (f64::from(i) * std::f64::consts::TAU / 10.0).sin_cos();
        let radius = if i.is_multiple_of(2) { 1.0 } else { 0.42 };
        (sin * radius, -cos * radius)
    };
    (0..10).map(corner).collect()
}

fn line(points: &[(f64, f64)], at: &impl Fn(f64, f64) -> Point) -> Subpath {
    Subpath { points: points.iter().map(|&(x, y)| at(x, y)).collect(), closed: false }
}

/// An anchor with its own halo: ring, shank, stock and arms.
fn anchor(items: &mut Vec<Item>, symbol: &Symbol, at: &impl Fn(f64, f64) -> Point, radius: f64) {
    let arc: Vec<(f64, f64)> = (0..=12)
        .map(|i| {
            let (sin, cos) = (f64::from(i) / 12.0 * std::f64::consts::PI).sin_cos();
            (cos * 0.78, 0.2 + sin * 0.72)
        })
        .collect();
    let mut path = Path::circle(at(0.0, -0.76), (radius * 0.2) as f32);
    path.subpaths.extend([
        line(&[(0.0, -0.55), (0.0, 0.9)], at),
        line(&[(-0.45, -0.3), (0.45, -0.3)], at),
        line(&arc, at),
        line(&[(0.52, 0.32), (0.8, 0.1), (0.98, 0.42)], at),
        line(&[(-0.52, 0.32), (-0.8, 0.1), (-0.98, 0.42)], at),
    ]);
    let width = radius * 0.26;
    if let Some(color) = symbol.stroke {
        items.push(stroke(path.clone(), color, width + 2.0 * symbol.stroke_width_pt));
    }
    items.push(stroke(path, symbol.fill, width));
}

/// Two rails and three sleepers.
fn rail(at: &impl Fn(f64, f64) -> Point) -> Path {
    let mut path = Path::default();
    for x in [-0.26, 0.26] {
        path.subpaths.push(line(&[(x, -0.62), (x, 0.62)], at));
    }
    for y in [-0.4, 0.0, 0.4] {
        path.subpaths.push(line(&[(-0.5, y), (0.5, y)], at));
    }
    path
}

/// Two waves.
fn waves(at: &impl Fn(f64, f64) -> Point) -> Path {
    let mut path = Path::default();
    for y in [-0.28, 0.28] {
        let wave = |i: u32| {
            let t = f64::from(i) / 16.0;
            (-0.6 + 1.2 * t, y - 0.16 * (t * std::f64::consts::TAU * 1.5).sin())
        };
        path.subpaths.push(line(&(0..=16).map(wave).collect::<Vec<_>>(), at));
    }
    path
}

/// Two edges and a broken middle line.
fn road(at: &impl Fn(f64, f64) -> Point) -> Path {
    let mut path = Path::default();
    for x in [-0.42, 0.42] {
        path.subpaths.push(line(&[(x, -0.62), (x, 0.62)], at));
    }
    for y in [-0.5, 0.0, 0.5] {
        path.subpaths.push(line(&[(0.0, y - 0.12), (0.0, y + 0.12)], at));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Rect;

    #[test]
    fn every_symbol_stays_in_its_circle() {
        use SymbolShape as S;
        let shapes = [
            S::Circle,
            S::Target,
            S::Square,
            S::Diamond,
            S::Triangle,
            S::TriangleDown,
            S::Star,
            S::Anchor,
            S::Cross,
            S::Rail,
            S::River,
            S::Road,
        ];
        let around = Rect::new(5.0, 5.0, 15.0, 15.0);
        for shape in shapes {
            let symbol = Symbol { shape, size_pt: 10.0, ..Symbol::default() };
            let items = draw(&symbol, 10.0, 10.0);
            assert!(!items.is_empty());
            for item in items {
                let (Item::Fill { path, .. } | Item::Stroke { path, .. }) = item else { panic!() };
                let bounds = path.bounds().unwrap();
                assert!(around.expanded(0.02).covers(&bounds), "{shape:?}: {bounds:?}");
            }
        }
    }
}
