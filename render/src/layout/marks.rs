//! Marks on their own, as scenes without a background: symbols, the marks and heads of lines, and the
//! tiles of hatches, for programs that take pictures of them.

use geo_types::{Coord, Rect as PlaneRect};

use super::drawing::{arrow, hatch, symbol, ticks};
use crate::scene::{Color, Item, Path, Scene};
use crate::spec::{Arrow, ArrowEnds, Hatch, Pattern, Symbol, Ticks};

/// Periods of a hatch are joined into a tile up to this size, pt.
const LARGEST_TILE_PT: f64 = 64.0;

fn scene(width: f64, height: f64, items: Vec<Item>) -> Scene {
    let background = Color::WHITE.with_alpha(0);
    Scene { width: width as f32, height: height as f32, background, fonts: Vec::new(), items }
}

/// A symbol in the middle of a square that holds its outline too.
pub fn symbol_mark(of: &Symbol) -> Scene {
    let outline = if of.stroke.is_some() { of.stroke_width_pt.max(0.1) } else { 0.0 };
    let size = of.size_pt + 2.0 * outline;
    scene(size, size, symbol::draw(of, size / 2.0, size / 2.0))
}

/// One mark of a line that runs to the right, in the middle of a square; `color` is that of the line.
pub fn tick_mark(of: &Ticks, color: Color) -> Scene {
    let half = of.size_pt + of.width_pt;
    // Twice as long as their distance, so that the one mark stands in the middle.
    let every_pt = 4.0 * half;
    let line = [Coord { x: -half, y: half }, Coord { x: 3.0 * half, y: half }];
    let one = Ticks { every_pt, ..*of };
    scene(2.0 * half, 2.0 * half, ticks::draw(&one, color, [line.as_slice()]).into_iter().collect())
}

/// The head at the end of a line that runs to the right and ends in the middle of a square.
pub fn head_mark(of: &Arrow, color: Color) -> Scene {
    let half = of.size_pt;
    let line = vec![Coord { x: -9.0 * half, y: half }, Coord { x: half, y: half }].into();
    let one = Arrow { at: ArrowEnds::End, ..*of };
    let (_, path): (_, Path) = arrow::split(&one, &[&line]);
    scene(2.0 * half, 2.0 * half, vec![Item::Fill { path, color }])
}

/// The smallest piece of a hatch that repeats without a seam to the right and down. Directions that
/// repeat in no piece of a reasonable size are turned a little.
///
/// `times` such pieces lie in it each way.
pub fn hatch_tile(of: &Hatch, times: u32) -> Scene {
    let count = (1 + of.also.len()) as f64;
    let (along, across) = match of.pattern {
        // Rows repeat every `count` spacings; lines may start anywhere.
        Pattern::Lines => (None, of.spacing_pt * count),
        Pattern::Cross => (Some(of.spacing_pt * count), of.spacing_pt * count),
        Pattern::Dots => {
            let rows = if count % 2.0 == 0.0 { count } else { 2.0 * count };
            (Some(of.spacing_pt), of.spacing_pt * 0.75_f64.sqrt() * rows)
        }
    };
    let (width, height, angle) = period(of.angle, along, across);
    let (width, height) = (width * f64::from(times), height * f64::from(times));
    let turned = Hatch { angle, ..of.clone() };
    let far = of.spacing_pt * (count + 1.0) + of.width_pt;
    let around = Coord { x: far, y: far };
    let ground =
        PlaneRect::new(Coord { x: 0.0, y: 0.0 } - around, Coord { x: width, y: height } + around);
    let areas = [ground.to_polygon()];
    scene(width, height, hatch::draw(&turned, [areas.as_slice()]))
}

/// Width and height in which rows at `angle` that repeat every `across` pt, and marks on them that
/// repeat every `along` pt, fall on themselves, and the angle at which they do.
fn period(angle: f64, along: Option<f64>, across: f64) -> (f64, f64, f64) {
    let turn = angle.rem_euclid(180.0);
    let (sin, cos) = turn.to_radians().sin_cos();
    match along {
        None if sin.abs() < 1e-6 => (across, across, 0.0),
        None if cos.abs() < 1e-6 => (across, across, 90.0),
        None => {
            let (width, height) = ((across / sin).abs(), (across / cos).abs());
            if width.max(height) <= LARGEST_TILE_PT {
                return (width, height, turn);
            }
            let level = if sin.abs() < cos.abs() { 0.0 } else { 90.0 };
            (across, across, level)
        }
        Some(along) => {
            // Lattices fall on themselves in a level rectangle only at right and half right angles.
            let eighth = (turn / 45.0).round() as i64 % 4;
            let square = (along - across).abs() < 1e-9;
            match eighth {
                0 => (along, across, 0.0),
                2 => (across, along, 90.0),
                _ if square => {
                    let side = along * std::f64::consts::SQRT_2;
                    (side, side, eighth as f64 * 45.0)
                }
                _ => (along, across, 0.0),
            }
        }
    }
}

/// Whether every point of the mark is on its scene.
#[cfg(test)]
fn holds(of: &Scene) -> bool {
    let page = crate::scene::Rect::new(0.0, 0.0, f64::from(of.width), f64::from(of.height));
    of.items.iter().all(|item| match item {
        Item::Fill { path, .. } | Item::Stroke { path, .. } => {
            path.bounds().is_some_and(|bounds| page.covers(&bounds))
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::TickShape;

    #[test]
    fn marks_lie_whole_in_the_middle() {
        let ticks =
            |shape| Ticks { shape, every_pt: 5.0, size_pt: 3.0, width_pt: 0.5, color: None };
        for shape in
            [TickShape::Bar, TickShape::Left, TickShape::Dot, TickShape::Wave, TickShape::Arrow]
        {
            let mark = tick_mark(&ticks(shape), Color::BLACK);
            assert!(mark.items.len() == 1 && holds(&mark), "{shape:?} {mark:?}");
        }
        let arrow = Arrow { size_pt: 5.0, at: ArrowEnds::Both };
        let head = head_mark(&arrow, Color::BLACK);
        let Item::Fill { path, .. } = &head.items[0] else { panic!() };
        assert_eq!((path.subpaths.len(), path.bounds().unwrap().x1), (1, 5.0));
        let symbol = Symbol { size_pt: 8.0, stroke: Some(Color::BLACK), ..Symbol::default() };
        let mark = symbol_mark(&symbol);
        assert!(holds(&mark) && (f64::from(mark.width) - 8.8).abs() < 1e-5);
    }

    /// Oracle: lines 3 pt apart cover the same share of a tile as of any ground.
    #[test]
    fn tiles_repeat() {
        let hatch = |pattern, angle, also| Hatch {
            pattern,
            angle,
            spacing_pt: 3.0,
            width_pt: 0.5,
            color: Color::BLACK,
            also,
        };
        let near = |scene: &Scene, w: f64, h: f64| {
            (f64::from(scene.width) - w).abs() < 1e-4 && (f64::from(scene.height) - h).abs() < 1e-4
        };
        let diagonal = 3.0 * std::f64::consts::SQRT_2;
        assert!(near(&hatch_tile(&hatch(Pattern::Lines, 45.0, vec![]), 1), diagonal, diagonal));
        let two = hatch_tile(&hatch(Pattern::Lines, 135.0, vec![Color::WHITE]), 1);
        assert!(near(&two, 2.0 * diagonal, 2.0 * diagonal) && two.items.len() == 2);
        assert!(near(&hatch_tile(&hatch(Pattern::Lines, 0.0, vec![]), 1), 3.0, 3.0));
        assert!(near(&hatch_tile(&hatch(Pattern::Cross, 45.0, vec![]), 1), diagonal, diagonal));
        let dots = hatch_tile(&hatch(Pattern::Dots, 0.0, vec![]), 1);
        assert!(near(&dots, 3.0, 3.0 * 3.0_f64.sqrt()));
    }
}
