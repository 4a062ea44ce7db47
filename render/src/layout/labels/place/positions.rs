//! Where labels could go: around points, in areas.

use super::{Candidate, Leader};
use crate::scene::{Path, Point, Rect};

/// The sixteen positions around a symbol at `point` for a box of `width` × `height` pt, `gap` pt from
/// the symbol's edge, best first: the eight of Imhof (above right, right, below right, above, below,
/// above left, left, below left) and those halfway between them.
pub fn point_positions(
    point: Point,
    symbol_radius: f64,
    width: f64,
    height: f64,
    gap: f64,
) -> Vec<Candidate> {
    // Direction of the box in halves (x to the right, y down) and cost.
    const AROUND: [(i8, i8, f64); 16] = [
        (2, -2, 0.0),
        (2, 0, 0.1),
        (2, -1, 0.15),
        (2, 2, 0.2),
        (2, 1, 0.25),
        (0, -2, 0.35),
        (1, -2, 0.4),
        (0, 2, 0.45),
        (-2, -2, 0.5),
        (1, 2, 0.5),
        (-1, -2, 0.55),
        (-2, 0, 0.6),
        (-2, -1, 0.65),
        (-1, 2, 0.65),
        (-2, 2, 0.7),
        (-2, 1, 0.75),
    ];
    let position = |&(dx, dy, cost): &(i8, i8, f64)| {
        let (mut x, mut y) = (symbol_radius + gap, symbol_radius + gap);
        if dx.abs() == 2 && dy.abs() == 2 {
            // On the diagonal the corner may come nearer, but stays out of the symbol's own box.
            (x, y) = (0.75 * x, symbol_radius + (0.5 * gap).max(0.05));
        }
        let at = |halves: i8, clear: f64, size: f64| match halves.abs() {
            // Halfway positions keep to their side and slide along it by a quarter of the box.
            1 => f64::from(halves) * size / 4.0,
            _ => f64::from(halves.signum()) * (clear + size / 2.0),
        };
        candidate(point, at(dx, x, width), at(dy, y, height), width, height, cost)
    };
    AROUND.iter().map(position).collect()
}

/// Sixteen positions around `point` whose nearest edge or corner is `distance` pt away, each
/// joined to the edge of the symbol of radius `symbol_radius` by a leader line; each costs 2.2 and
/// more. None if `distance` does not reach beyond the symbol.
pub fn leader_positions(
    point: Point,
    symbol_radius: f64,
    distance: f64,
    width: f64,
    height: f64,
) -> Vec<Candidate> {
    if distance <= symbol_radius {
        return Vec::new();
    }
    let position = |step: i32| {
        // From the upper right to both sides in steps of 22.5 degrees, dearer the farther.
        let turn = if step % 2 == 0 { step / 2 } else { -(step + 1) / 2 };
        let (sin, cos) = (f64::from(turn) * 22.5 - 22.5).to_radians().sin_cos();
        // The box hangs outwards from the end of the line, centred where the line is level or plumb.
        let side = |t: f64| if t.abs() < 1e-9 { 0.0 } else { t.signum() };
        let x = cos * distance + side(cos) * width / 2.0;
        let y = sin * distance + side(sin) * height / 2.0;
        let near = candidate(point, x, y, width, height, 2.2 + 0.03 * f64::from(step));
        let on = |r: f64| Point::new(f64::from(point.x) + cos * r, f64::from(point.y) + sin * r);
        Candidate { leader: Some(Leader { from: on(symbol_radius), to: on(distance) }), ..near }
    };
    (0..16).map(position).collect()
}

/// Boxes centred on each of `points` (best first, such as the pole of inaccessibility and points
/// around it) inside `polygon` (even-odd). The cost grows from 0 with the rank of the point to 0.5,
/// and by up to 2 with the share of the box outside the polygon; boxes mostly outside are left out.
pub fn area_positions(polygon: &Path, points: &[Point], width: f64, height: f64) -> Vec<Candidate> {
    let mut candidates = Vec::with_capacity(points.len());
    for (rank, point) in points.iter().enumerate() {
        let step = 0.5 * rank as f64 / points.len() as f64;
        let mut candidate = candidate(*point, 0.0, 0.0, width, height, step);
        let outside = candidate.bounds().map_or(1.0, |bounds| share_outside(polygon, &bounds));
        if outside <= 0.5 {
            candidate.cost += 2.0 * outside;
            candidates.push(candidate);
        }
    }
    candidates
}

/// The candidate whose middle lies (`dx`, `dy`) pt from `point`.
fn candidate(point: Point, dx: f64, dy: f64, width: f64, height: f64, cost: f64) -> Candidate {
    let (x, y) = (f64::from(point.x) + dx, f64::from(point.y) + dy);
    let (w, h) = (width / 2.0, height / 2.0);
    Candidate::level(Rect::new(x - w, y - h, x + w, y + h), cost)
}

/// The share of a raster of 9 × 5 points over `rect` that lies outside `polygon`.
fn share_outside(polygon: &Path, rect: &Rect) -> f64 {
    let mut outside = 0;
    for row in 0..5_u8 {
        for column in 0..9_u8 {
            let x = rect.x0 + rect.width() * f32::from(column) / 8.0;
            let y = rect.y0 + rect.height() * f32::from(row) / 4.0;
            outside += i32::from(!inside(polygon, x, y));
        }
    }
    f64::from(outside) / 45.0
}

/// Whether (`x`, `y`) lies inside `polygon` by the even-odd rule.
fn inside(polygon: &Path, x: f32, y: f32) -> bool {
    let mut inside = false;
    for subpath in &polygon.subpaths {
        let Some(mut a) = subpath.points.last() else { continue };
        for b in &subpath.points {
            if (a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x {
                inside = !inside;
            }
            a = b;
        }
    }
    inside
}
