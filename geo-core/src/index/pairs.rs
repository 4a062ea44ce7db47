//! Walking two trees together: pairs of items in the order of the least distance they can have.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::SpatialIndex;
use super::tree::{Entry, Forest};
use crate::measure::ecef::{EcefBox, ground_at_least};

/// Pairs of leaves of two indexes, least bound first.
pub(crate) struct PairsByBound<'a> {
    trees: [&'a Forest; 2],
    open: BinaryHeap<Open>,
    opened: usize,
}

/// A pair not yet looked into; the heap yields the least bound first, then the first come.
struct Open {
    at_least: f64,
    order: usize,
    sides: [Side; 2],
}

/// A block or a leaf, with its box.
#[derive(Clone, Copy)]
struct Side {
    bounds: EcefBox,
    entry: Entry,
}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at_least.total_cmp(&self.at_least).then(other.order.cmp(&self.order))
    }
}
impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Open {}

impl<T> SpatialIndex<T> {
    /// The pairs of an item of this index and one of another, as leaves, by the least distance that
    /// they can have on the ground.
    pub(crate) fn pairs_by_bound<'a, U>(&'a self, other: &'a SpatialIndex<U>) -> PairsByBound<'a> {
        let trees = [&self.tree, &other.tree];
        let mut walk = PairsByBound { trees, open: BinaryHeap::new(), opened: 0 };
        let [lefts, rights] = trees.map(|trees| {
            let side = |root: usize| {
                let boxes = trees.entries(root).map(|(_, bounds)| EcefBox::from(bounds));
                let bounds = boxes.fold(EcefBox::EMPTY, EcefBox::merge);
                Side { bounds, entry: Entry::Block(root) }
            };
            trees.roots().map(side).collect::<Vec<Side>>()
        });
        for &left in &lefts {
            for &right in &rights {
                walk.push([left, right]);
            }
        }
        walk
    }
}

impl PairsByBound<'_> {
    fn push(&mut self, sides: [Side; 2]) {
        let at_least = ground_at_least(sides[0].bounds.chord(&sides[1].bounds));
        self.open.push(Open { at_least, order: self.opened, sides });
        self.opened += 1;
    }

    /// The next pair, unless its bound is above `at_most` metres. Of two blocks the larger is opened.
    pub(crate) fn next_within(&mut self, at_most: f64) -> Option<(usize, usize)> {
        while self.open.peek()?.at_least <= at_most {
            let Open { sides: [left, right], .. } = self.open.pop()?;
            let smaller = left.bounds.longest_side() < right.bounds.longest_side();
            match (left.entry, right.entry) {
                (Entry::Leaf(left), Entry::Leaf(right)) => return Some((left, right)),
                (Entry::Leaf(_), Entry::Block(block)) => self.open_right(left, block),
                (Entry::Block(_), Entry::Block(block)) if smaller => self.open_right(left, block),
                (Entry::Block(block), _) => self.open_left(block, right),
            }
        }
        None
    }

    fn open_left(&mut self, block: usize, right: Side) {
        for (entry, bounds) in self.trees[0].entries(block) {
            self.push([Side { bounds: bounds.into(), entry }, right]);
        }
    }

    fn open_right(&mut self, left: Side, block: usize) {
        for (entry, bounds) in self.trees[1].entries(block) {
            self.push([left, Side { bounds: bounds.into(), entry }]);
        }
    }
}
