//! Walking the trees: leaves in the order of the least distance they can have.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::block::{Bounds, Reach};
use super::tree::{Entry, Forest};

/// Leaves of an index, nearest bound first.
pub(crate) struct ByBound<'a> {
    tree: &'a Forest,
    from: Bounds,
    /// What is not yet looked into: the bits of the square of its least distance, which order as the
    /// square does, above its number: a leaf by its place, a block counted down from the greatest.
    open: BinaryHeap<Reverse<u64>>,
    at_most: f64,
    reach: Reach,
}

impl<'a> ByBound<'a> {
    pub(super) fn new(tree: &'a Forest, from: Bounds) -> Self {
        let mut open = BinaryHeap::with_capacity(64);
        open.extend(tree.roots().map(|root| key(0.0, Entry::Block(root))));
        Self { tree, from, open, at_most: f64::INFINITY, reach: Reach::ground(f64::INFINITY) }
    }

    /// The next leaf, unless its bound is above `at_most` metres on the ground. That must not grow
    /// from call to call.
    pub(crate) fn next_within(&mut self, at_most: f64) -> Option<usize> {
        if at_most != self.at_most {
            self.at_most = at_most;
            self.reach = Reach::ground(at_most);
        }
        while let Some(Reverse(next)) = self.open.pop() {
            let square = f32::from_bits((next >> 32) as u32);
            if !self.reach.may_hold(square) {
                self.open.clear();
                break;
            }
            match entry(next) {
                Entry::Leaf(place) => return Some(place),
                Entry::Block(block) => self.open.extend(
                    (self.tree.near_entries(block, &self.from, self.reach))
                        .map(|(entry, square)| key(square, entry)),
                ),
            }
        }
        None
    }
}

fn key(square: f32, entry: Entry) -> Reverse<u64> {
    let number = match entry {
        Entry::Leaf(place) => place as u32,
        Entry::Block(block) => u32::MAX - block as u32,
    };
    Reverse(u64::from(square.to_bits()) << 32 | u64::from(number))
}

/// Fewer than 2³¹ leaves and blocks each: the upper half of the numbers is that of the blocks.
fn entry(key: u64) -> Entry {
    let number = key as u32;
    if number < 1 << 31 {
        Entry::Leaf(number as usize)
    } else {
        Entry::Block((u32::MAX - number) as usize)
    }
}
