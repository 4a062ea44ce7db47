//! The middle of an area: the inner points farthest from its edge.

use geo_types::{Coord, Polygon};

/// Points in `polygon` that are farther from its edge than those around them, the farthest (the pole
/// of inaccessibility, to within a sixteenth of the size of the area) first; at most `most`. Empty
/// for an area without an inside.
pub(in crate::layout) fn inner_points(polygon: &Polygon, most: usize) -> Vec<Coord> {
    let ring = &polygon.exterior().0;
    let Some(first) = ring.first() else { return Vec::new() };
    let (mut low, mut high) = (*first, *first);
    for p in ring {
        low = Coord { x: low.x.min(p.x), y: low.y.min(p.y) };
        high = Coord { x: high.x.max(p.x), y: high.y.max(p.y) };
    }
    let size = high - low;
    if !(size.x > 0.0 && size.y > 0.0) {
        return Vec::new();
    }
    let cells = 24;
    let at = |i: f64, j: f64| Coord {
        x: low.x + size.x * (i + 0.5) / f64::from(cells),
        y: low.y + size.y * (j + 0.5) / f64::from(cells),
    };
    let mut found: Vec<(f64, Coord)> = Vec::new();
    for j in 0..cells {
        for i in 0..cells {
            let p = at(f64::from(i), f64::from(j));
            let depth = depth(polygon, p);
            if depth > 0.0 {
                found.push((depth, p));
            }
        }
    }
    found.sort_by(|a, b| {
        b.0.total_cmp(&a.0).then(a.1.y.total_cmp(&b.1.y)).then(a.1.x.total_cmp(&b.1.x))
    });
    // The best is refined; the others must keep their distance from it and from each other.
    if let Some(best) = found.first_mut() {
        let mut step = Coord { x: size.x, y: size.y } / f64::from(cells) / 2.0;
        for _ in 0..4 {
            for (dx, dy) in [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)] {
                let p = best.1 + Coord { x: step.x * dx, y: step.y * dy };
                let deeper = depth(polygon, p);
                if deeper > best.0 {
                    *best = (deeper, p);
                }
            }
            step = step / 2.0;
        }
    }
    let apart = size.x.max(size.y) / 12.0;
    let mut kept: Vec<Coord> = Vec::new();
    for (_, p) in found {
        if kept.len() == most {
            break;
        }
        if kept.iter().all(|k| (*k - p).x.hypot((*k - p).y) >= apart) {
            kept.push(p);
        }
    }
    kept
}

/// Distance from the edge, negative outside. Labels are wider than high: distances up and down
/// count double.
fn depth(polygon: &Polygon, p: Coord) -> f64 {
    let mut inside = false;
    let mut nearest = f64::INFINITY;
    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
        for edge in ring.lines() {
            let (a, b) = (edge.start, edge.end);
            if (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x {
                inside = !inside;
            }
            let (d, w) = (b - a, p - a);
            let (dy, wy) = (d.y * 2.0, w.y * 2.0);
            let length = d.x * d.x + dy * dy;
            let t =
                if length > 0.0 { ((w.x * d.x + wy * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            let (x, y) = (w.x - d.x * t, wy - dy * t);
            nearest = nearest.min(x * x + y * y);
        }
    }
    if inside { nearest.sqrt() } else { -nearest.sqrt() }
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    #[test]
    fn the_first_point_is_deep_inside() {
        // An L: the middle of its box is outside.
        let shape = polygon![
            (x: 0.0, y: 0.0), (x: 100.0, y: 0.0), (x: 100.0, y: 30.0), (x: 30.0, y: 30.0),
            (x: 30.0, y: 100.0), (x: 0.0, y: 100.0)
        ];
        let points = inner_points(&shape, 5);
        assert_eq!(points.len(), 5);
        assert!(points.iter().all(|p| depth(&shape, *p) > 0.0));
        assert!(depth(&shape, points[0]) >= depth(&shape, points[1]));
        let line = polygon![(x: 0.0, y: 0.0), (x: 5.0, y: 0.0), (x: 9.0, y: 0.0)];
        assert!(inner_points(&line, 3).is_empty());
    }
}
