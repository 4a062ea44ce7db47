//! Walking two trees together: pairs of items in the order of the least distance they can have.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rstar::{RTreeNode, RTreeObject};

use super::tree::to_box;
use super::{Leaf, SpatialIndex};
use crate::measure::ecef::{EcefBox, ground_at_least};

/// Pairs of items of two indexes, least bound first.
pub(crate) struct PairsByBound<'a> {
    open: BinaryHeap<Open<'a>>,
    opened: usize,
}

/// A pair not yet looked into; the heap yields the least bound first, then the first come.
struct Open<'a> {
    at_least: f64,
    order: usize,
    sides: [Side<'a>; 2],
}

/// A node or an item, with its box.
#[derive(Clone, Copy)]
struct Side<'a> {
    bounds: EcefBox,
    place: Place<'a>,
}

#[derive(Clone, Copy)]
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
    /// The pairs of an item of this index and one of another by the least distance that they can
    /// have on the ground.
    pub(crate) fn pairs_by_bound<'a, U>(&'a self, other: &'a SpatialIndex<U>) -> PairsByBound<'a> {
        let mut walk = PairsByBound { open: BinaryHeap::new(), opened: 0 };
        let (left, right) = (self.tree.root(), other.tree.root());
        let side = |root: &'a rstar::ParentNode<Leaf>| Side {
            bounds: to_box(root.envelope()),
            place: Place::Nodes(root.children()),
        };
        // The box of an empty tree says nothing.
        if !(left.children().is_empty() || right.children().is_empty()) {
            walk.push([side(left), side(right)]);
        }
        walk
    }
}

impl<'a> PairsByBound<'a> {
    fn push(&mut self, sides: [Side<'a>; 2]) {
        let at_least = ground_at_least(sides[0].bounds.chord(&sides[1].bounds));
        self.open.push(Open { at_least, order: self.opened, sides });
        self.opened += 1;
    }

    /// The next pair, unless its bound is above `at_most` metres. Of two nodes the larger is opened.
    pub(crate) fn next_within(&mut self, at_most: f64) -> Option<(usize, usize)> {
        while self.open.peek()?.at_least <= at_most {
            let Open { sides: [left, right], .. } = self.open.pop()?;
            let smaller = left.bounds.longest_side() < right.bounds.longest_side();
            match (left.place, right.place) {
                (Place::Item(left), Place::Item(right)) => return Some((left, right)),
                (Place::Item(_), Place::Nodes(nodes)) => self.open_right(left, nodes),
                (Place::Nodes(_), Place::Nodes(nodes)) if smaller => self.open_right(left, nodes),
                (Place::Nodes(nodes), _) => self.open_left(nodes, right),
            }
        }
        None
    }

    fn open_left(&mut self, nodes: &'a [RTreeNode<Leaf>], right: Side<'a>) {
        for node in nodes {
            self.push([below(node), right]);
        }
    }

    fn open_right(&mut self, left: Side<'a>, nodes: &'a [RTreeNode<Leaf>]) {
        for node in nodes {
            self.push([left, below(node)]);
        }
    }
}

fn below(node: &RTreeNode<Leaf>) -> Side<'_> {
    match node {
        RTreeNode::Leaf(leaf) => {
            Side { bounds: to_box(leaf.envelope()), place: Place::Item(leaf.data) }
        }
        RTreeNode::Parent(parent) => {
            Side { bounds: to_box(parent.envelope()), place: Place::Nodes(parent.children()) }
        }
    }
}
