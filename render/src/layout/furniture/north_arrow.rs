//! The north arrow, turned to true north at its place.

use tumen_geo_core::Angle;

use crate::layout::setter::{Setter, items};
use crate::scene::{Cap, Item, Path, Point, Rect, Stroke};
use crate::spec::Theme;
use crate::text::{FaceStyle, TextStyle};

/// Width and height of the arrow with its letter, pt.
pub(in crate::layout) const SIZE: (f64, f64) = (24.0, 34.0);

/// The arrow in the middle of `place`, pointing to `north` (clockwise from up).
pub(in crate::layout) fn draw(
    place: &Rect,
    north: Angle,
    theme: &Theme,
    setter: &mut Setter<'_>,
) -> Vec<Item> {
    let center = place.center();
    let (cx, cy) = (f64::from(center.x), f64::from(center.y) + 4.0);
    let (sin, cos) = north.to_radians().sin_cos();
    let at = |x: f64, y: f64| Point::new(cx + x * cos - y * sin, cy + x * sin + y * cos);
    let ring = |points: &[(f64, f64)]| Path::ring(points.iter().map(|&(x, y)| at(x, y)).collect());
    let dark = ring(&[(0.0, -12.0), (0.0, 7.5), (-6.0, 12.0)]);
    let light = ring(&[(0.0, -12.0), (6.0, 12.0), (0.0, 7.5)]);
    let stroke = |width| Stroke { color: theme.ink, width, dash: Vec::new(), cap: Cap::Round };
    let edge = Stroke { color: theme.panel, ..stroke(2.4) };
    let whole = ring(&[(0.0, -12.0), (6.0, 12.0), (0.0, 7.5), (-6.0, 12.0)]);
    let mut out = vec![
        Item::Stroke { path: whole.clone(), stroke: edge },
        Item::Fill { path: light, color: theme.paper },
        Item::Fill { path: dark, color: theme.ink },
        Item::Stroke { path: whole, stroke: stroke(0.5) },
    ];
    let style = TextStyle { face: FaceStyle::Bold, ..TextStyle::regular(7.5) };
    let letter = setter.line("N", &style);
    let top = at(0.0, -14.0 - letter.cap_height / 2.0);
    let (x, y) =
        (f64::from(top.x) - letter.width / 2.0, f64::from(top.y) + letter.cap_height / 2.0);
    out.extend(items(letter.place(x, y, theme.ink, Some((theme.panel, 1.2)))));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::book;

    fn tip(north: f64) -> Point {
        let place = Rect::new(0.0, 0.0, SIZE.0, SIZE.1);
        let book = book();
        let mut setter = Setter::new(&book, &[]);
        let items = draw(&place, Angle::degrees(north), &Theme::default(), &mut setter);
        let Item::Fill { path, .. } = &items[2] else { panic!() };
        path.subpaths[0].points[0]
    }

    #[test]
    fn the_tip_points_to_north() {
        let center = Point { x: 12.0, y: 21.0 };
        for north in [0.0, -7.0, 30.0, 180.0] {
            let (dx, dy) = (tip(north).x - center.x, tip(north).y - center.y);
            let angle = f64::from(dx.atan2(-dy)).to_degrees();
            assert!(((angle - north + 180.0).rem_euclid(360.0) - 180.0).abs() < 0.1, "{angle}");
        }
    }
}
