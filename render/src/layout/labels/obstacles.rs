//! What labels keep off: furniture and symbols that matter; and what they rather do not cover.

use geo_types::Coord;

use super::super::layers::Layer;
use super::course::left;
use super::place::{Obstacles, SoftLine};
use crate::layout::drawing::path::{outlines, point};
use crate::scene::{Point, Rect};

/// Details of a line smaller than this do not decide where a label goes, pt.
const FINE_PT: f32 = 1.0;

/// Lines up to this width cost the same.
const NARROW_PT: f64 = 2.0;

pub(super) fn obstacles(layers: &[Layer<'_>], furniture: &[Rect]) -> Obstacles {
    let mut out = Obstacles { hard: furniture.to_vec(), ..Obstacles::default() };
    for layer in layers {
        let matters = layer.spec.matters;
        out.hard.extend(layer.seen.iter().filter_map(|seen| layer.chart_rect(seen)));
        for (index, class) in layer.classes.iter().enumerate() {
            for rect in layer.symbol_rects(index) {
                if matters {
                    out.hard.push(rect);
                } else {
                    out.soft.push((rect, 1.6));
                }
            }
            // What is drawn wider is missed more where a halo hides it.
            let cost_per_pt = match (&class.style.stroke, matters, &class.style.casing) {
                (None, ..) => continue,
                (Some(_), true, _) => 0.04,
                (Some(_), false, Some(casing)) => 0.02 + 0.005 * casing.width_pt.clamp(0.0, 5.0),
                (Some(_), false, None) => 0.016,
            };
            for seen in layer.seen.iter().filter(|seen| seen.class == index) {
                // A name across a broad band is hard to read.
                let width = if matters { layer.style(seen).width_pt() } else { 0.0 };
                let cost_per_pt = cost_per_pt * (width / NARROW_PT).max(1.0);
                let lines = outlines([&seen.shape]).subpaths.into_iter();
                out.lines.extend(lines.map(|subpath| {
                    let mut points = coarse(&subpath.points);
                    if subpath.closed {
                        points.extend(points.first().copied());
                    }
                    SoftLine { points, cost_per_pt }
                }));
                if width > NARROW_PT {
                    let edges = seen.shape.lines.iter().flat_map(|line| edges(&line.0, width));
                    out.lines.extend(edges.map(|edge| SoftLine {
                        points: coarse(&edge.into_iter().map(point).collect::<Vec<_>>()),
                        cost_per_pt,
                    }));
                }
            }
        }
    }
    out
}

/// Both edges of a line drawn `width` pt wide.
fn edges(line: &[Coord], width: f64) -> [Vec<Coord>; 2] {
    let beside = |by: f64| {
        let shifted = |i: usize| {
            let along = line[(i + 1).min(line.len() - 1)] - line[i.saturating_sub(1)];
            line[i] + left(along) * by
        };
        (0..line.len()).map(shifted).collect()
    };
    [beside(width / 2.0), beside(-width / 2.0)]
}

/// The points of a line without those nearer than [`FINE_PT`] to the one before; both ends stay.
fn coarse(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for (i, p) in points.iter().enumerate() {
        let far = kept.last().is_none_or(|k| (p.x - k.x).hypot(p.y - k.y) >= FINE_PT);
        if far || i + 1 == points.len() {
            kept.push(*p);
        }
    }
    kept
}
