//! Where furniture stands: in the corner where it hides least, never on other furniture.

use geo_types::{Coord, Polygon};

use crate::layout::drawing::draw::symbols;
use crate::layout::layers::Layer;
use crate::scene::Rect;
use crate::spec::Corner;

/// Size of a cell of the cost grid, pt.
const CELL: f32 = 5.0;
/// Space between furniture and frame and between pieces, pt.
const GAP: f32 = 5.0;

/// What the middle of a side costs more than a corner.
const SIDE_COST: f64 = 4.0;

/// What it costs to hide each part of the map.
pub(in crate::layout) struct Costs {
    map: Rect,
    /// The disc of a round map, beside which its furniture stands: middle and radius, pt.
    disc: Option<(Coord, f64)>,
    columns: usize,
    rows: usize,
    cells: Vec<f64>,
}

impl Costs {
    /// Nothing costs anything yet; furniture keeps off the disc of a round map.
    pub(in crate::layout) fn new(map: Rect, disc: Option<(Coord, f64)>) -> Self {
        let columns = (map.width() / CELL).ceil().max(1.0) as usize;
        let rows = (map.height() / CELL).ceil().max(1.0) as usize;
        Self { map, disc, columns, rows, cells: vec![0.0; columns * rows] }
    }

    /// Adds a layer: land is a little worse to hide than sea, the features of layers that matter
    /// much worse, symbols and the names beside them worst.
    pub(in crate::layout) fn add(&mut self, layer: &Layer<'_>) {
        let areas = if layer.spec.matters { 0.25 } else { 0.01 };
        for seen in &layer.seen {
            if layer.spec.matters || layer.spec.coverage {
                seen.shape.polygons.iter().for_each(|p| self.add_area(p, areas));
            }
            if layer.spec.matters {
                let rings = seen.shape.polygons.iter().map(Polygon::exterior);
                for line in rings.chain(&seen.shape.lines) {
                    for edge in line.lines() {
                        let (dx, dy) = (edge.dx(), edge.dy());
                        let steps = (dx.hypot(dy) / f64::from(CELL)).ceil().max(1.0);
                        for i in 0..steps as u32 {
                            let t = f64::from(i) / steps;
                            self.add_point(
                                edge.start.x + dx * t,
                                edge.start.y + dy * t,
                                1.0 / steps.min(2.0),
                            );
                        }
                    }
                }
            }
            if let Some(chart) = layer.chart_rect(seen) {
                let rect = chart.center();
                self.add_point(rect.x.into(), rect.y.into(), 6.0);
            }
            let style = &layer.classes[seen.class].style;
            let weight = if layer.spec.matters { 6.0 } else { 0.4 };
            for (at, _) in symbols(style, &[&seen.shape]) {
                for dx in -1..=6 {
                    for dy in -1..=1 {
                        let (x, y) = (f64::from(dx * CELL as i32), f64::from(dy * CELL as i32));
                        self.add_point(at.x + x, at.y + y, weight / 6.0);
                    }
                }
            }
        }
    }

    fn add_point(&mut self, x: f64, y: f64, cost: f64) {
        let (c, r) = ((x as f32 - self.map.x0) / CELL, (y as f32 - self.map.y0) / CELL);
        if c >= 0.0 && r >= 0.0 && (c as usize) < self.columns && (r as usize) < self.rows {
            self.cells[r as usize * self.columns + c as usize] += cost;
        }
    }

    /// Adds `cost` to the cells whose middle is in the area.
    fn add_area(&mut self, polygon: &Polygon, cost: f64) {
        let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); self.rows];
        let middle = |row: usize| f64::from(self.map.y0) + f64::from(CELL) * (row as f64 + 0.5);
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            for edge in ring.lines() {
                let (low, high) = (edge.start.y.min(edge.end.y), edge.start.y.max(edge.end.y));
                let first = ((low - middle(0)) / f64::from(CELL)).ceil().max(0.0) as usize;
                for (row, found) in crossings.iter_mut().enumerate().skip(first) {
                    let y = middle(row);
                    if y >= high {
                        break;
                    }
                    found.push(edge.start.x + edge.dx() * (y - edge.start.y) / edge.dy());
                }
            }
        }
        for (row, mut found) in crossings.into_iter().enumerate() {
            found.sort_by(f64::total_cmp);
            for pair in found.chunks_exact(2) {
                let column = |x: f64| {
                    ((x as f32 - self.map.x0) / CELL + 0.5).clamp(0.0, self.columns as f32) as usize
                };
                let cells = row * self.columns;
                self.cells[cells + column(pair[0])..cells + column(pair[1])]
                    .iter_mut()
                    .for_each(|c| *c += cost);
            }
        }
    }

    /// The cost of hiding `rect`.
    fn of(&self, rect: &Rect) -> f64 {
        let index = |v: f32, low: f32, count: usize| {
            ((v - low) / CELL).floor().clamp(0.0, (count - 1) as f32) as usize
        };
        let columns =
            index(rect.x0, self.map.x0, self.columns)..=index(rect.x1, self.map.x0, self.columns);
        let rows = index(rect.y0, self.map.y0, self.rows)..=index(rect.y1, self.map.y0, self.rows);
        rows.map(|r| columns.clone().map(|c| self.cells[r * self.columns + c]).sum::<f64>()).sum()
    }

    /// Whether a piece of furniture would hide part of a round map.
    fn hides_disc(&self, rect: &Rect) -> bool {
        self.disc.is_some_and(|(center, radius)| {
            let nearest = |v: f64, low: f32, high: f32| v.clamp(low.into(), high.into());
            let (x, y) = (nearest(center.x, rect.x0, rect.x1), nearest(center.y, rect.y0, rect.y1));
            (x - center.x).hypot(y - center.y) < radius + 1.0
        })
    }

    /// The place for a piece of `size` pt that overlaps none of `taken`: in the corner wanted; or in
    /// any corner, else in the middle of a side, where it hides at most what costs `most`. Next to
    /// what stands there already; `None` when it fits nowhere.
    pub(in crate::layout) fn place(
        &self,
        corner: Corner,
        (width, height): (f64, f64),
        taken: &[Rect],
        most: f64,
    ) -> Option<Rect> {
        let (width, height) = (width as f32, height as f32);
        let corners: &[Corner] = match corner {
            Corner::None => return None,
            Corner::Auto => {
                &[Corner::BottomRight, Corner::BottomLeft, Corner::TopLeft, Corner::TopRight]
            }
            Corner::TopLeft => &[Corner::TopLeft],
            Corner::TopRight => &[Corner::TopRight],
            Corner::BottomLeft => &[Corner::BottomLeft],
            Corner::BottomRight => &[Corner::BottomRight],
        };
        let most = if corner == Corner::Auto { most } else { f64::INFINITY };
        let room = self.map.expanded(-GAP);
        let mut best: Option<(f64, Rect)> = None;
        let mut try_at = |x: f32, y: f32, dearer: f64| {
            let rect = Rect { x0: x, y0: y, x1: x + width, y1: y + height };
            let free = room.expanded(0.01).covers(&rect)
                && !self.hides_disc(&rect)
                && taken.iter().all(|t| !t.overlaps(&rect));
            if !free {
                return;
            }
            let cost = self.of(&rect);
            let dear = cost + dearer;
            if cost <= most && best.as_ref().is_none_or(|(least, _)| dear < *least - 1e-9) {
                best = Some((dear, rect));
            }
        };
        for corner in corners {
            let right = matches!(corner, Corner::TopRight | Corner::BottomRight);
            let bottom = matches!(corner, Corner::BottomLeft | Corner::BottomRight);
            // The edges at which a piece can begin: the map's, or those of the pieces there.
            let xs = std::iter::once(if right { room.x1 - width } else { room.x0 })
                .chain(taken.iter().map(|t| if right { t.x0 - GAP - width } else { t.x1 + GAP }));
            for (i, x) in xs.enumerate() {
                let ys = std::iter::once(if bottom { room.y1 - height } else { room.y0 }).chain(
                    taken.iter().map(|t| if bottom { t.y0 - GAP - height } else { t.y1 + GAP }),
                );
                for (j, y) in ys.enumerate() {
                    // Away from the corner only along one side of the map.
                    if i == 0 || j == 0 {
                        try_at(x, y, 0.05 * (i + j).min(1) as f64);
                    }
                }
            }
        }
        if corner == Corner::Auto {
            let middle = room.center();
            let (x, y) = (middle.x - width / 2.0, middle.y - height / 2.0);
            for (x, y) in [(x, room.y1 - height), (x, room.y0), (room.x0, y), (room.x1 - width, y)]
            {
                try_at(x, y, SIDE_COST);
            }
        }
        best.map(|(_, r)| Rect::new(r.x0.into(), r.y0.into(), r.x1.into(), r.y1.into()))
    }
}

/// Boxes that cover the space beside a disc on `map`, for names to keep off.
pub(in crate::layout) fn beside_disc(map: &Rect, (center, radius): (Coord, f64)) -> Vec<Rect> {
    const STEPS: u32 = 40;
    let mut out = Vec::new();
    let height = 2.0 * radius / f64::from(STEPS);
    for step in 0..STEPS {
        let top = center.y - radius + height * f64::from(step);
        let off = center.y - top - height / 2.0;
        let half = (radius * radius - off * off).max(0.0).sqrt() - 1.0;
        let (left, right) = (f64::from(map.x0), f64::from(map.x1));
        out.push(Rect::new(left, top, center.x - half, top + height));
        out.push(Rect::new(center.x + half, top, right, top + height));
    }
    out
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    #[test]
    fn furniture_avoids_what_matters_and_itself() {
        let map = Rect::new(0.0, 0.0, 400.0, 300.0);
        let mut costs = Costs::new(map, None);
        let right = polygon![(x: 200.0, y: 0.0), (x: 400.0, y: 0.0), (x: 400.0, y: 300.0), (x: 200.0, y: 300.0)];
        costs.add_area(&right, 1.0);
        costs.add_point(30.0, 270.0, 5.0);
        let legend = costs.place(Corner::Auto, (100.0, 80.0), &[], 1e9).unwrap();
        assert_eq!((legend.x0, legend.y0), (5.0, 5.0));
        let bar = costs.place(Corner::Auto, (60.0, 20.0), &[legend], 1e9).unwrap();
        assert!(!bar.overlaps(&legend) && bar.x1 < 200.0, "{bar:?}");
        let arrow = costs.place(Corner::TopLeft, (20.0, 30.0), &[legend], 1e9).unwrap();
        assert!(!arrow.overlaps(&legend));
        assert_eq!(costs.place(Corner::Auto, (500.0, 20.0), &[], 1e9), None);
        assert_eq!(costs.place(Corner::None, (5.0, 5.0), &[], 1e9), None);
    }

    #[test]
    fn what_hides_too_much_has_no_place_and_sides_follow_corners() {
        let map = Rect::new(0.0, 0.0, 400.0, 300.0);
        let mut costs = Costs::new(map, None);
        for (x, y) in [(20.0, 20.0), (380.0, 20.0), (20.0, 280.0), (380.0, 280.0)] {
            costs.add_point(x, y, 50.0);
        }
        let place = costs.place(Corner::Auto, (100.0, 80.0), &[], 30.0).unwrap();
        assert_eq!((place.x0, place.y1), (150.0, 295.0));
        assert_eq!(costs.place(Corner::Auto, (380.0, 290.0), &[], 30.0), None);
        assert!(costs.place(Corner::TopLeft, (100.0, 80.0), &[], 30.0).is_some());
    }

    #[test]
    fn furniture_stands_beside_a_round_map() {
        let disc = (Coord { x: 200.0, y: 200.0 }, 200.0);
        let costs = Costs::new(Rect::new(0.0, 0.0, 400.0, 400.0), Some(disc));
        assert!(costs.place(Corner::Auto, (40.0, 40.0), &[], 1e9).is_some());
        assert_eq!(costs.place(Corner::Auto, (100.0, 80.0), &[], 1e9), None);
        let covered: f32 = beside_disc(&Rect::new(0.0, 0.0, 400.0, 400.0), disc)
            .iter()
            .map(|r| r.width() * r.height())
            .sum();
        let beside = 160_000.0 * (1.0 - std::f32::consts::PI / 4.0);
        assert!((covered / beside - 1.0).abs() < 0.05, "{covered} {beside}");
    }

    #[test]
    fn areas_cost_what_they_cover() {
        let mut costs = Costs::new(Rect::new(0.0, 0.0, 100.0, 100.0), None);
        let half =
            polygon![(x: 0.0, y: 0.0), (x: 50.0, y: 0.0), (x: 50.0, y: 100.0), (x: 0.0, y: 100.0)];
        costs.add_area(&half, 1.0);
        assert!((costs.cells.iter().sum::<f64>() - 200.0).abs() < 1e-9);
        assert!(costs.of(&Rect::new(60.0, 0.0, 99.0, 99.0)).abs() < 1e-9);
    }
}
