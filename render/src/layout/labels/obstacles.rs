//! What labels keep off: furniture and symbols that matter; and what they rather do not cover.

use super::super::draw::symbols;
use super::super::layers::Layer;
use super::super::path::outlines;
use super::super::place::{Obstacles, SoftLine};
use crate::scene::Rect;

pub(super) fn obstacles(layers: &[Layer<'_>], furniture: &[Rect]) -> Obstacles {
    let mut out = Obstacles { hard: furniture.to_vec(), ..Obstacles::default() };
    for layer in layers {
        let matters = layer.spec.matters;
        for (index, class) in layer.classes.iter().enumerate() {
            let shapes = layer.shapes(index);
            for (at, symbol) in symbols(&class.style, &shapes) {
                let r = symbol.size_pt / 2.0;
                let rect = Rect::new(at.x - r, at.y - r, at.x + r, at.y + r);
                if matters {
                    out.hard.push(rect);
                } else {
                    out.soft.push((rect, 0.8));
                }
            }
            // What is drawn wider is missed more where a halo hides it.
            let cost_per_pt = match (&class.style.stroke, matters, &class.style.casing) {
                (None, ..) => continue,
                (Some(_), true, _) => 0.04,
                (Some(_), false, Some(casing)) => 0.02 + 0.005 * casing.width_pt.clamp(0.0, 5.0),
                (Some(_), false, None) => 0.012,
            };
            let lines = outlines(shapes.iter().copied()).subpaths.into_iter();
            out.lines.extend(lines.map(|subpath| {
                let mut points = subpath.points;
                if subpath.closed {
                    points.extend(points.first().copied());
                }
                SoftLine { points, cost_per_pt }
            }));
        }
    }
    out
}
