//! Hatching: parallel lines clipped to areas exactly, so that every format gets plain lines.

use geo_types::{Coord, Polygon};

use super::path::point;
use crate::scene::{Path, Subpath};
use crate::spec::Hatch;

/// The lines of `hatch` inside `polygons`, which together are filled by the even-odd rule. The
/// lines of all hatches of the same angle and spacing lie on one grid of the page.
pub(super) fn lines(hatch: &Hatch, polygons: &[Polygon]) -> Path {
    let (sin, cos) = hatch.angle.to_radians().sin_cos();
    // In turned coordinates the hatch lines are level; y of the page points down.
    let turn = |p: &Coord| Coord { x: p.x * cos - p.y * sin, y: p.x * sin + p.y * cos };
    let back = |p: Coord| Coord { x: p.x * cos + p.y * sin, y: -p.x * sin + p.y * cos };
    let mut edges: Vec<(Coord, Coord)> = Vec::new();
    for polygon in polygons {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            let turned: Vec<Coord> = ring.0.iter().map(turn).collect();
            edges.extend(turned.windows(2).map(|pair| (pair[0], pair[1])));
        }
    }
    let spacing = hatch.spacing_pt.max(0.5);
    // Which edge crosses which line, by line.
    let mut crossings: Vec<(i64, f64)> = Vec::new();
    for (a, b) in edges {
        let (low, high) = (a.y.min(b.y), a.y.max(b.y));
        let mut line = (low / spacing).ceil();
        while line * spacing < high {
            let y = line * spacing;
            crossings.push((line as i64, a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y)));
            line += 1.0;
        }
    }
    crossings.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut path = Path::default();
    let mut rest = crossings.as_slice();
    while let [(line, _), ..] = rest {
        let (same, others) = rest.split_at(rest.iter().take_while(|c| c.0 == *line).count());
        rest = others;
        let y = *line as f64 * spacing;
        for pair in same.chunks_exact(2) {
            if pair[1].1 - pair[0].1 > 0.05 {
                let ends = [pair[0].1, pair[1].1].map(|x| point(back(Coord { x, y })));
                path.subpaths.push(Subpath { points: ends.to_vec(), closed: false });
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;
    use crate::scene::Color;
    use crate::spec::Pattern;

    #[test]
    fn lines_fill_the_area_and_leave_its_hole() {
        let area = polygon!(
            exterior: [(x: 0.0, y: 0.5), (x: 100.0, y: 0.5), (x: 100.0, y: 100.5), (x: 0.0, y: 100.5)],
            interiors: [[(x: 40.0, y: 40.5), (x: 60.0, y: 40.5), (x: 60.0, y: 60.5), (x: 40.0, y: 60.5)]],
        );
        for angle in [0.0, 45.0, 90.0, 135.0] {
            let pattern = Pattern::Lines;
            let hatch =
                Hatch { pattern, angle, spacing_pt: 1.0, width_pt: 0.2, color: Color::BLACK };
            let path = lines(&hatch, std::slice::from_ref(&area));
            let length: f64 = path
                .subpaths
                .iter()
                .map(|s| {
                    f64::from((s.points[1].x - s.points[0].x).hypot(s.points[1].y - s.points[0].y))
                })
                .sum();
            assert!((length / 9600.0 - 1.0).abs() < 0.02, "{angle}: {length}");
        }
    }
}
