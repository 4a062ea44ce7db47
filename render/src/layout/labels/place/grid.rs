//! Boxes in the cells of a uniform grid, to find those near a box.

use crate::scene::Rect;

/// Side of a cell, pt: about the length of a label.
const CELL: f32 = 32.0;

/// Boxes by number, listed in every cell that they touch; what lies off the page counts to its edge
/// cells.
pub(super) struct Grid {
    left: f32,
    top: f32,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<(usize, Rect)>>,
}

impl Grid {
    /// An empty grid over `page`.
    pub(super) fn new(page: &Rect) -> Self {
        let count = |length: f32| ((length / CELL).ceil().clamp(1.0, 1000.0)) as usize;
        let (columns, rows) = (count(page.width()), count(page.height()));
        let cells = vec![Vec::new(); columns * rows];
        Self { left: page.x0, top: page.y0, columns, rows, cells }
    }

    /// Adds box `rect` under `number`.
    pub(super) fn insert(&mut self, number: usize, rect: &Rect) {
        for cell in self.cells_of(rect) {
            self.cells[cell].push((number, *rect));
        }
    }

    /// Takes out box `rect` of `number`.
    pub(super) fn remove(&mut self, number: usize, rect: &Rect) {
        for cell in self.cells_of(rect) {
            self.cells[cell].retain(|(n, _)| *n != number);
        }
    }

    /// The numbers of the boxes near `rect` for which `hits` says yes, ascending, each once.
    pub(super) fn near(&self, rect: &Rect, hits: impl Fn(usize, &Rect) -> bool) -> Vec<usize> {
        let mut found = Vec::new();
        for cell in self.cells_of(rect) {
            found.extend(self.cells[cell].iter().filter(|(n, r)| hits(*n, r)).map(|(n, _)| *n));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether `hits` says yes for any box near `rect`.
    pub(super) fn any(&self, rect: &Rect, hits: impl Fn(usize, &Rect) -> bool) -> bool {
        self.cells_of(rect).any(|cell| self.cells[cell].iter().any(|(n, r)| hits(*n, r)))
    }

    fn cells_of(&self, rect: &Rect) -> impl Iterator<Item = usize> + use<> {
        // A cast from a negative number or one that is not a number gives 0.
        let at = |v: f32, count: usize| ((v / CELL) as usize).min(count - 1);
        let (x0, x1) =
            (at(rect.x0 - self.left, self.columns), at(rect.x1 - self.left, self.columns));
        let (y0, y1) = (at(rect.y0 - self.top, self.rows), at(rect.y1 - self.top, self.rows));
        let columns = self.columns;
        (y0..=y1).flat_map(move |row| (x0..=x1).map(move |column| row * columns + column))
    }
}
