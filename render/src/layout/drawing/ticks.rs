//! Marks along lines: the ties of a railway, the dots of a cable, the waves of a shipping lane.

use geo_types::Coord;

use super::along::{Station, stations};
use super::path::point;
use crate::scene::{Cap, Color, Item, Path, Stroke, Subpath};
use crate::spec::{TickShape, Ticks};

/// The marks of `ticks` on `lines`; `color` is that of the line.
pub(in crate::layout) fn draw<'a>(
    ticks: &Ticks,
    color: Color,
    lines: impl IntoIterator<Item = &'a [Coord]>,
) -> Option<Item> {
    let mut path = Path::default();
    for line in lines {
        for station in stations(line, ticks.every_pt, ticks.size_pt.max(1.0)) {
            mark(&mut path, ticks, &station);
        }
    }
    if path.subpaths.is_empty() {
        return None;
    }
    let color = ticks.color.unwrap_or(color);
    Some(match ticks.shape {
        TickShape::Dot | TickShape::Arrow => Item::Fill { path, color },
        TickShape::Bar | TickShape::Left | TickShape::Wave => {
            let cap = if ticks.shape == TickShape::Wave { Cap::Round } else { Cap::Butt };
            let width = ticks.width_pt as f32;
            Item::Stroke { path, stroke: Stroke { color, width, dash: Vec::new(), cap } }
        }
    })
}

fn mark(path: &mut Path, ticks: &Ticks, station: &Station) {
    let (left, along) = (station.left(), station.along);
    let half = ticks.size_pt / 2.0;
    let at = |forward: f64, leftward: f64| {
        point(station.at + along * (forward * half) + left * (leftward * half))
    };
    let points = match ticks.shape {
        TickShape::Bar => vec![at(0.0, -1.0), at(0.0, 1.0)],
        TickShape::Left => vec![at(0.0, 0.0), at(0.0, 2.0)],
        TickShape::Dot => {
            path.subpaths.extend(Path::circle(at(0.0, 0.0), half as f32).subpaths);
            return;
        }
        TickShape::Wave => (0..=12)
            .map(|i| {
                let t = f64::from(i) / 12.0;
                at(2.0 * t - 1.0, 0.55 * (t * std::f64::consts::TAU).sin())
            })
            .collect(),
        TickShape::Arrow => vec![at(1.0, 0.0), at(-1.0, 0.8), at(-0.5, 0.0), at(-1.0, -0.8)],
    };
    path.subpaths.push(Subpath { points, closed: ticks.shape == TickShape::Arrow });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(shape: TickShape) -> Item {
        let ticks = Ticks { shape, every_pt: 10.0, size_pt: 4.0, width_pt: 0.5, color: None };
        let line = [Coord { x: 0.0, y: 0.0 }, Coord { x: 40.0, y: 0.0 }];
        draw(&ticks, Color::BLACK, [line.as_slice()]).unwrap()
    }

    #[test]
    fn marks_stand_across_or_to_the_left() {
        let Item::Stroke { path, .. } = marks(TickShape::Bar) else { panic!() };
        assert_eq!(path.subpaths.len(), 4);
        let bounds = path.bounds().unwrap();
        assert!((bounds.y0 + 2.0).abs() < 1e-3 && (bounds.y1 - 2.0).abs() < 1e-3);
        assert!((bounds.x0 - 5.0).abs() < 1e-3 && (bounds.x1 - 35.0).abs() < 1e-3);
        let Item::Stroke { path, .. } = marks(TickShape::Left) else { panic!() };
        let bounds = path.bounds().unwrap();
        assert!((bounds.y0 + 4.0).abs() < 1e-3 && bounds.y1.abs() < 1e-3);
    }

    #[test]
    fn dots_and_arrows_are_filled() {
        for shape in [TickShape::Dot, TickShape::Arrow] {
            let Item::Fill { path, .. } = marks(shape) else { panic!() };
            assert_eq!(path.subpaths.len(), 4);
            assert!(path.subpaths.iter().all(|s| s.closed));
            assert!((path.bounds().unwrap().x1 - 37.0).abs() < 1e-3);
        }
    }
}
