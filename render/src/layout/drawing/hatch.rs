//! Hatching: lines and dots clipped to areas exactly, so that every format gets plain vectors.

use geo_types::{Coord, Polygon};

use super::path::point;
use crate::scene::{Cap, Color, Item, Path, Point, Stroke, Subpath};
use crate::spec::{Hatch, Pattern};

/// Lines and rows of dots are never closer than this, pt.
const CLOSEST_PT: f64 = 0.5;
/// A dot is a line this long with round ends: a tenth of the bytes of a circle.
const DOT_PT: f32 = 0.02;

/// The pattern of `hatch` inside `shapes`, of each of which the areas are filled by the even-odd
/// rule, an item for each colour. The patterns of all hatches of the same angle and spacing lie on one
/// grid of the page. Dots that the edge would cut are left out.
pub(in crate::layout) fn draw<'a>(
    hatch: &Hatch,
    shapes: impl IntoIterator<Item = &'a [Polygon]>,
) -> Vec<Item> {
    let colors: Vec<Color> = std::iter::once(&hatch.color).chain(&hatch.also).copied().collect();
    let mut paths = vec![Path::default(); colors.len()];
    for polygons in shapes {
        match hatch.pattern {
            Pattern::Lines => lines(&mut paths, polygons, hatch.angle, hatch.spacing_pt),
            Pattern::Cross => {
                lines(&mut paths, polygons, hatch.angle, hatch.spacing_pt);
                lines(&mut paths, polygons, hatch.angle + 90.0, hatch.spacing_pt);
            }
            Pattern::Dots => dots(&mut paths, polygons, hatch),
        }
    }
    let cap = if hatch.pattern == Pattern::Dots { Cap::Round } else { Cap::Butt };
    let width = hatch.width_pt as f32;
    let drawn = paths.into_iter().zip(colors).filter(|(path, _)| !path.subpaths.is_empty());
    let item = |(path, color)| {
        let stroke = Stroke { color, width, dash: Vec::new(), cap };
        Item::Stroke { path, stroke }
    };
    if width > 0.0 { drawn.map(item).collect() } else { Vec::new() }
}

/// The path to which a row belongs when rows go to `paths` in turn.
fn of_row(paths: &mut [Path], row: i64) -> &mut Path {
    let count = paths.len();
    &mut paths[row.rem_euclid(count as i64) as usize]
}

/// Areas in coordinates turned so that the rows of a pattern are level.
struct Turned {
    sin: f64,
    cos: f64,
    edges: Vec<(Coord, Coord)>,
}

impl Turned {
    fn new(polygons: &[Polygon], degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        // y of the page points down.
        let turn = |p: &Coord| Coord { x: p.x * cos - p.y * sin, y: p.x * sin + p.y * cos };
        let mut edges: Vec<(Coord, Coord)> = Vec::new();
        for polygon in polygons {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                let turned: Vec<Coord> = ring.0.iter().map(turn).collect();
                edges.extend(turned.windows(2).map(|pair| (pair[0], pair[1])));
            }
        }
        Self { sin, cos, edges }
    }

    fn back(&self, x: f64, y: f64) -> Point {
        let (sin, cos) = (self.sin, self.cos);
        point(Coord { x: x * cos + y * sin, y: -x * sin + y * cos })
    }

    /// The spans inside the areas on the rows `y = n · spacing + offset`, by row.
    fn spans(&self, spacing: f64, offset: f64) -> Vec<(i64, Vec<(f64, f64)>)> {
        let mut crossings: Vec<(i64, f64)> = Vec::new();
        for (a, b) in &self.edges {
            let (low, high) = (a.y.min(b.y), a.y.max(b.y));
            let mut row = ((low - offset) / spacing).ceil();
            while row * spacing + offset < high {
                let y = row * spacing + offset;
                crossings.push((row as i64, a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y)));
                row += 1.0;
            }
        }
        crossings.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        crossings
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| {
                let spans = same.chunks_exact(2).map(|pair| (pair[0].1, pair[1].1)).collect();
                (same[0].0, spans)
            })
            .collect()
    }
}

fn lines(paths: &mut [Path], polygons: &[Polygon], degrees: f64, spacing_pt: f64) {
    let turned = Turned::new(polygons, degrees);
    let spacing = spacing_pt.max(CLOSEST_PT);
    for (row, spans) in turned.spans(spacing, 0.0) {
        let y = row as f64 * spacing;
        for (from, to) in spans.into_iter().filter(|(from, to)| to - from > 0.05) {
            let points = vec![turned.back(from, y), turned.back(to, y)];
            of_row(paths, row).subpaths.push(Subpath { points, closed: false });
        }
    }
}

fn dots(paths: &mut [Path], polygons: &[Polygon], hatch: &Hatch) {
    let turned = Turned::new(polygons, hatch.angle);
    let spacing = hatch.spacing_pt.max(CLOSEST_PT).max(hatch.width_pt);
    // Rows of a triangular lattice.
    let apart = spacing * 0.75_f64.sqrt();
    let radius = hatch.width_pt / 2.0;
    // A dot is whole when its middle, its top and its bottom are clear of the edge.
    let [above, middle, below] = [-radius, 0.0, radius].map(|offset| turned.spans(apart, offset));
    let clear = |spans: &[(i64, Vec<(f64, f64)>)], row: i64, x: f64, room: f64| {
        let found = spans.binary_search_by_key(&row, |(row, _)| *row);
        found
            .is_ok_and(|i| spans[i].1.iter().any(|(from, to)| x - room >= *from && x + room <= *to))
    };
    for (row, spans) in &middle {
        let shift = if row.rem_euclid(2) == 0 { 0.0 } else { spacing / 2.0 };
        for (from, to) in spans {
            let mut column = ((from + radius - shift) / spacing).ceil();
            while column * spacing + shift <= to - radius {
                let x = column * spacing + shift;
                if clear(&above, *row, x, radius / 2.0) && clear(&below, *row, x, radius / 2.0) {
                    let at = turned.back(x, *row as f64 * apart);
                    let end = Point { x: at.x + DOT_PT, y: at.y };
                    let points = vec![at, end];
                    of_row(paths, *row).subpaths.push(Subpath { points, closed: false });
                }
                column += 1.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    fn area() -> Polygon {
        polygon!(
            exterior: [(x: 0.0, y: 0.5), (x: 100.0, y: 0.5), (x: 100.0, y: 100.5), (x: 0.0, y: 100.5)],
            interiors: [[(x: 40.0, y: 40.5), (x: 60.0, y: 40.5), (x: 60.0, y: 60.5), (x: 40.0, y: 60.5)]],
        )
    }

    fn hatched(pattern: Pattern, angle: f64, spacing_pt: f64, width_pt: f64) -> Path {
        let also = Vec::new();
        let hatch = Hatch { pattern, angle, spacing_pt, width_pt, color: Color::BLACK, also };
        let area = [area()];
        let mut items = draw(&hatch, [area.as_slice()]);
        let Some(Item::Stroke { path, .. }) = items.pop() else { panic!() };
        path
    }

    #[test]
    fn stripes_share_the_lines_of_the_plain_pattern() {
        let pattern = Pattern::Lines;
        let (color, also) = (Color::BLACK, vec![Color::WHITE, Color::rgb(200, 0, 0)]);
        let hatch = Hatch { pattern, angle: 45.0, spacing_pt: 1.0, width_pt: 0.2, color, also };
        let area = [area()];
        let items = draw(&hatch, [area.as_slice()]);
        assert_eq!(items.len(), 3);
        let plain = hatched(pattern, 45.0, 1.0, 0.2);
        let of = |item: &Item| match item {
            Item::Stroke { path, .. } => path.subpaths.clone(),
            _ => panic!(),
        };
        let mut all: Vec<Subpath> = items.iter().flat_map(of).collect();
        for line in &plain.subpaths {
            let at = all.iter().position(|other| other == line).unwrap();
            all.swap_remove(at);
        }
        assert!(all.is_empty());
    }

    fn length(path: &Path) -> f64 {
        let of = |s: &Subpath| (s.points[1].x - s.points[0].x).hypot(s.points[1].y - s.points[0].y);
        path.subpaths.iter().map(|s| f64::from(of(s))).sum()
    }

    /// Oracle: lines 1 pt apart are as long as the area is large, 10 000 - 400 pt².
    #[test]
    fn lines_fill_the_area_and_leave_its_hole() {
        for angle in [0.0, 45.0, 90.0, 135.0] {
            let once = length(&hatched(Pattern::Lines, angle, 1.0, 0.2));
            assert!((once / 9600.0 - 1.0).abs() < 0.02, "{angle}: {once}");
            let twice = length(&hatched(Pattern::Cross, angle, 1.0, 0.2));
            assert!((twice / 19200.0 - 1.0).abs() < 0.02, "{angle}: {twice}");
        }
    }

    /// Oracle: a triangular lattice has a point for every √¾ · spacing² of area.
    #[test]
    fn dots_are_whole_and_as_many_as_fit() {
        for angle in [0.0, 30.0] {
            let path = hatched(Pattern::Dots, angle, 4.0, 1.0);
            let count = path.subpaths.len() as f64;
            let expected = (98.0 * 98.0 - 22.0 * 22.0) / (16.0 * 0.75_f64.sqrt());
            assert!((count / expected - 1.0).abs() < 0.05, "{angle}: {count} {expected}");
            for dot in &path.subpaths {
                let at = dot.points[0];
                let inner = (0.5..=99.5).contains(&at.x) && (1.0..=100.0).contains(&at.y);
                let hole = (39.51..60.49).contains(&at.x) && (40.01..60.99).contains(&at.y);
                assert!(inner && !hole, "{at:?}");
            }
        }
    }
}
