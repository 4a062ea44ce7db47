//! Which edges of a chain come near each other: boxes around runs of consecutive edges.

use geo_types::{Coord, Line};

/// Edges in the shortest runs.
const SHORTEST: usize = 8;

/// A binary tree of boxes around runs of consecutive edges. Edges that follow each other lie beside
/// each other, so it is built in one pass, without the sorting of an R-tree.
pub(crate) struct Runs<'a> {
    edges: &'a [Line],
    /// The boxes from the shortest runs to the whole chain, each level of half as many.
    levels: Vec<Vec<Extent>>,
}

#[derive(Clone, Copy)]
struct Extent {
    low: Coord,
    high: Coord,
}

impl Extent {
    fn of(line: &Line) -> Self {
        let (a, b) = (line.start, line.end);
        Self {
            low: Coord { x: a.x.min(b.x), y: a.y.min(b.y) },
            high: Coord { x: a.x.max(b.x), y: a.y.max(b.y) },
        }
    }

    fn with(self, other: Self) -> Self {
        Self {
            low: Coord { x: self.low.x.min(other.low.x), y: self.low.y.min(other.low.y) },
            high: Coord { x: self.high.x.max(other.high.x), y: self.high.y.max(other.high.y) },
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.low.x <= other.high.x
            && other.low.x <= self.high.x
            && self.low.y <= other.high.y
            && other.low.y <= self.high.y
    }
}

impl<'a> Runs<'a> {
    pub(crate) fn new(edges: &'a [Line]) -> Self {
        let around = |run: &[Line]| run.iter().map(Extent::of).reduce(Extent::with);
        let mut levels: Vec<Vec<Extent>> =
            vec![edges.chunks(SHORTEST).filter_map(around).collect()];
        while let Some(below) = levels.last().filter(|below| below.len() > 1) {
            let pair = |pair: &[Extent]| pair.iter().copied().reduce(Extent::with);
            let level = below.chunks(2).filter_map(pair).collect();
            levels.push(level);
        }
        Self { edges, levels }
    }

    /// What `test` finds first for the indices, in rising order, of two edges whose boxes meet. About
    /// n log n for a chain that does not run through the same places again and again.
    pub(crate) fn meeting<T>(&self, test: impl Fn(usize, usize) -> Option<T>) -> Option<T> {
        self.within(self.levels.len() - 1, 0, &test)
    }

    /// Hands on the index of each edge whose box meets that from `low` to `high`.
    pub(crate) fn in_box(&self, low: Coord, high: Coord, take: &mut impl FnMut(usize)) {
        self.part_in_box(self.levels.len() - 1, 0, &Extent { low, high }, take);
    }

    fn part_in_box(&self, level: usize, run: usize, extent: &Extent, take: &mut impl FnMut(usize)) {
        if !self.levels[level].get(run).is_some_and(|run| run.meets(extent)) {
            return;
        }
        let Some(below) = level.checked_sub(1) else {
            let edges = self.range(run);
            return edges.filter(|&e| Extent::of(&self.edges[e]).meets(extent)).for_each(take);
        };
        for half in self.halves(below, run) {
            self.part_in_box(below, half, extent, take);
        }
    }

    /// Pairs inside one run.
    fn within<T>(
        &self,
        level: usize,
        run: usize,
        test: &impl Fn(usize, usize) -> Option<T>,
    ) -> Option<T> {
        let Some(below) = level.checked_sub(1) else {
            let range = self.range(run);
            return range.clone().find_map(|one| {
                let extent = Extent::of(&self.edges[one]);
                (one + 1..range.end)
                    .filter(|other| extent.meets(&Extent::of(&self.edges[*other])))
                    .find_map(|other| test(one, other))
            });
        };
        let halves = self.halves(below, run);
        halves.clone().find_map(|half| self.within(below, half, test)).or_else(|| {
            (halves.len() == 2)
                .then(|| self.between(below, halves.start, halves.start + 1, test))?
        })
    }

    /// Pairs of an edge of one run and an edge of a later run.
    fn between<T>(
        &self,
        level: usize,
        run: usize,
        later: usize,
        test: &impl Fn(usize, usize) -> Option<T>,
    ) -> Option<T> {
        let (extent, beyond) = (self.levels[level][run], self.levels[level][later]);
        if !extent.meets(&beyond) {
            return None;
        }
        let Some(below) = level.checked_sub(1) else {
            return self.range(run).find_map(|one| {
                let extent = Extent::of(&self.edges[one]);
                if !extent.meets(&beyond) {
                    return None;
                }
                self.range(later)
                    .filter(|other| extent.meets(&Extent::of(&self.edges[*other])))
                    .find_map(|other| test(one, other))
            });
        };
        self.halves(below, run).find_map(|half| {
            self.halves(below, later).find_map(|other| self.between(below, half, other, test))
        })
    }

    /// The edges of one of the shortest runs.
    fn range(&self, run: usize) -> std::ops::Range<usize> {
        run * SHORTEST..((run + 1) * SHORTEST).min(self.edges.len())
    }

    /// The runs of the level `below` that make up a run.
    fn halves(&self, below: usize, run: usize) -> std::ops::Range<usize> {
        2 * run..(2 * run + 2).min(self.levels[below].len())
    }
}
