//! An area of the page as cells of a raster: where a name may spread.

use geo_types::{Coord, Polygon};

use crate::scene::Rect;

/// Square cells over a part of the page, some of which belong to the area.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Region {
    left: f64,
    top: f64,
    /// Side of a cell, pt.
    pub(in crate::layout) cell: f64,
    columns: usize,
    rows: usize,
    inside: Vec<bool>,
}

impl Region {
    /// The cells of `rect`, about `cell` pt wide, whose middle lies in `polygons` (even-odd).
    pub(in crate::layout) fn new<'a>(
        rect: &Rect,
        cell: f64,
        polygons: impl IntoIterator<Item = &'a Polygon>,
    ) -> Self {
        let count = |length: f32| (f64::from(length) / cell).ceil().clamp(1.0, 2000.0) as usize;
        let (columns, rows) = (count(rect.width()), count(rect.height()));
        let (left, top) = (f64::from(rect.x0), f64::from(rect.y0));
        // Where the outline crosses the middle of each row.
        let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); rows];
        for polygon in polygons {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                for edge in ring.lines() {
                    let (a, b) = (edge.start, edge.end);
                    let row = |y: f64| ((y - top) / cell - 0.5).ceil().clamp(0.0, rows as f64);
                    let (first, end) = (row(a.y.min(b.y)) as usize, row(a.y.max(b.y)) as usize);
                    for (i, row) in crossings.iter_mut().enumerate().take(end).skip(first) {
                        let y = top + (i as f64 + 0.5) * cell;
                        row.push(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
                    }
                }
            }
        }
        let mut inside = vec![false; columns * rows];
        for (row, xs) in crossings.iter_mut().enumerate() {
            xs.sort_by(f64::total_cmp);
            for pair in xs.chunks_exact(2) {
                let column = |x: f64| ((x - left) / cell - 0.5).ceil().clamp(0.0, columns as f64);
                let (first, end) = (column(pair[0]) as usize, column(pair[1]) as usize);
                inside[row * columns + first..row * columns + end.max(first)].fill(true);
            }
        }
        Self { left, top, cell, columns, rows, inside }
    }

    /// What is not of this area, as far as the raster reaches.
    pub(in crate::layout) fn inverted(mut self) -> Self {
        self.inside.iter_mut().for_each(|cell| *cell = !*cell);
        self
    }

    /// Takes the cells that `rect` touches out of the area.
    pub(in crate::layout) fn cut(&mut self, rect: &Rect) {
        let at = |v: f32, origin: f64, count: usize| {
            ((f64::from(v) - origin) / self.cell).clamp(0.0, count as f64)
        };
        let (x0, x1) = (at(rect.x0, self.left, self.columns), at(rect.x1, self.left, self.columns));
        let (y0, y1) = (at(rect.y0, self.top, self.rows), at(rect.y1, self.top, self.rows));
        for row in y0 as usize..y1.ceil() as usize {
            self.inside[row * self.columns + x0 as usize..row * self.columns + x1.ceil() as usize]
                .fill(false);
        }
    }

    fn index(&self, at: Coord) -> Option<usize> {
        let (x, y) = ((at.x - self.left) / self.cell, (at.y - self.top) / self.cell);
        let on = x >= 0.0 && y >= 0.0 && x < self.columns as f64 && y < self.rows as f64;
        on.then(|| y as usize * self.columns + x as usize)
    }

    pub(in crate::layout) fn contains(&self, at: Coord) -> bool {
        self.index(at).is_some_and(|i| self.inside[i])
    }

    fn middle(&self, index: usize) -> Coord {
        let (row, column) = (index / self.columns, index % self.columns);
        Coord {
            x: self.left + (column as f64 + 0.5) * self.cell,
            y: self.top + (row as f64 + 0.5) * self.cell,
        }
    }

    /// The middles of the cells, row by row.
    pub(in crate::layout) fn cells(&self) -> impl Iterator<Item = Coord> {
        self.inside.iter().enumerate().filter(|(_, inside)| **inside).map(|(i, _)| self.middle(i))
    }

    /// The part that hangs together with the cell at `start` within `radius` pt of it; nothing when
    /// `start` is outside.
    pub(in crate::layout) fn around(&self, start: Coord, radius: f64) -> Self {
        let mut part = Self { inside: vec![false; self.inside.len()], ..*self };
        let mut open: Vec<usize> =
            self.index(start).filter(|i| self.inside[*i]).into_iter().collect();
        while let Some(i) = open.pop() {
            let at = self.middle(i);
            if part.inside[i] || (at.x - start.x).hypot(at.y - start.y) > radius {
                continue;
            }
            part.inside[i] = true;
            let (row, column) = (i / self.columns, i % self.columns);
            let mut push = |free: bool, next: usize| {
                if free && self.inside[next] {
                    open.push(next);
                }
            };
            push(column > 0, i.wrapping_sub(1));
            push(column + 1 < self.columns, i + 1);
            push(row > 0, i.wrapping_sub(self.columns));
            push(row + 1 < self.rows, i + self.columns);
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    #[test]
    fn cells_lie_in_the_area_and_parts_hang_together() {
        // Two squares in one row, the second with a hole.
        let squares = [
            polygon![(x: 10.0, y: 10.0), (x: 30.0, y: 10.0), (x: 30.0, y: 30.0), (x: 10.0, y: 30.0)],
            polygon!(
                exterior: [(x: 50.0, y: 10.0), (x: 90.0, y: 10.0), (x: 90.0, y: 50.0), (x: 50.0, y: 50.0)],
                interiors: [[(x: 60.0, y: 20.0), (x: 70.0, y: 20.0), (x: 70.0, y: 30.0), (x: 60.0, y: 30.0)]],
            ),
        ];
        let at = |x: f64, y: f64| Coord { x, y };
        let region = Region::new(&Rect::new(0.0, 0.0, 100.0, 60.0), 2.0, &squares);
        assert_eq!(region.cells().count(), (20 * 20 + 40 * 40 - 10 * 10) / 4);
        assert!(region.contains(at(20.0, 20.0)) && !region.contains(at(65.0, 25.0)));
        assert!(!region.contains(at(-1.0, 20.0)) && !region.contains(at(20.0, 200.0)));
        let part = region.around(at(55.0, 15.0), 200.0);
        assert_eq!(part.cells().count(), (40 * 40 - 10 * 10) / 4);
        assert_eq!(region.around(at(40.0, 15.0), 200.0).cells().count(), 0);
        let mut sea = region.inverted();
        assert!(sea.contains(at(40.0, 15.0)) && !sea.contains(at(20.0, 20.0)));
        sea.cut(&Rect::new(38.0, 10.0, 42.0, 20.0));
        assert!(!sea.contains(at(40.0, 15.0)) && sea.contains(at(40.0, 25.0)));
    }
}
