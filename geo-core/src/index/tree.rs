//! Walking the tree: items in the order of the least distance they can have.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rstar::{AABB, RTreeNode, RTreeObject};

use super::{Leaf, SpatialIndex};
use crate::measure::ecef::{EcefBox, ground_at_least};

/// Items of an index, nearest bound first.
pub(crate) struct ByBound<'a> {
    from: EcefBox,
    open: BinaryHeap<Open<'a>>,
    opened: usize,
}

/// A node not yet looked into; the heap yields the least bound first, then the first come.
struct Open<'a> {
    at_least: f64,
    order: usize,
    node: Place<'a>,
}

enum Place<'a> {
    Nodes(&'a [RTreeNode<Leaf>]),
    Item(usize),
}

impl Ord for Open<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at_least.total_cmp(&self.at_least).then(other.order.cmp(&self.order))
    }
}
impl PartialOrd for Open<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Open<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Open<'_> {}

impl<T> SpatialIndex<T> {
    /// The items by the least distance that they can have on the ground from what is in `from`.
    pub(crate) fn by_bound(&self, from: EcefBox) -> ByBound<'_> {
        let mut walk = ByBound { from, open: BinaryHeap::new(), opened: 0 };
        walk.push(Place::Nodes(self.tree.root().children()), 0.0);
        walk
    }
}

impl<'a> ByBound<'a> {
    fn push(&mut self, node: Place<'a>, at_least: f64) {
        self.open.push(Open { at_least, order: self.opened, node });
        self.opened += 1;
    }

    /// The next item, with its bound in metres, unless its bound is above `at_most` metres.
    pub(crate) fn next_within(&mut self, at_most: f64) -> Option<usize> {
        while self.open.peek()?.at_least <= at_most {
            let Open { node, .. } = self.open.pop()?;
            match node {
                Place::Item(index) => return Some(index),
                Place::Nodes(nodes) => {
                    for node in nodes {
                        let (bounds, place) = match node {
                            RTreeNode::Leaf(leaf) => (leaf.envelope(), Place::Item(leaf.data)),
                            RTreeNode::Parent(parent) => {
                                (parent.envelope(), Place::Nodes(parent.children()))
                            }
                        };
                        self.push(place, ground_at_least(self.from.chord(&to_box(bounds))));
                    }
                }
            }
        }
        None
    }
}

pub(super) fn to_box(bounds: AABB<[f64; 3]>) -> EcefBox {
    EcefBox { low: bounds.lower(), high: bounds.upper() }
}
