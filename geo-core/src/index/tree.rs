//! Packed R-trees: blocks of boxes, each level in one piece, nothing that points.

use std::borrow::Cow;
use std::ops::Range;

use super::arrange::{Middle, arrange};
use super::block::{Block, Bounds, FANOUT, Reach};

/// As many items as an index can hold: at most half of the leaves of a tree are removed ones, so
/// that leaves, and blocks, are fewer than 2³¹.
pub(super) const MOST: usize = 1 << 30;

/// The item of a leaf that was removed.
pub(super) const GONE: u32 = u32::MAX;

/// What an entry of a block is the box of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Block(usize),
    /// A leaf, by its place in the order of the leaves.
    Leaf(usize),
}

/// Boxes in trees whose shapes follow from their numbers of leaves alone: in one tree when they
/// came together, in some more while they [come one by one](super::change).
///
/// # Guarantees
/// * A box of a tree holds the box that was given, and those below it. Boxes are kept to single
///   precision, half a metre on the ground.
/// * The box of a leaf that was removed holds nothing; such leaves are at most half of a tree's.
#[derive(Clone, Debug, Default)]
pub(super) struct Forest {
    /// The items in the order of the leaves, tree by tree; [`GONE`] for those that were removed.
    pub(super) items: Vec<u32>,
    /// Tree by tree the blocks of its leaves, then those of each level above; the last is its root.
    pub(super) blocks: Vec<Block>,
    pub(super) trees: Vec<Tree>,
}

/// Where a tree of a forest is; it has a leaf at least.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) leaves: Range<usize>,
    /// How many of the leaves were removed.
    pub(super) gone: usize,
    /// Where each level starts among the blocks, the leaves first; then the end.
    pub(super) levels: Vec<usize>,
}

impl Tree {
    /// The end of its blocks; the root stands before it.
    fn end(&self) -> usize {
        self.levels[self.levels.len() - 1]
    }
}

/// The entries of a block: leaves or blocks one after another.
#[derive(Clone, Copy)]
struct Below {
    first: usize,
    end: usize,
    leaves: bool,
}

impl Below {
    fn entry(self, lane: usize) -> Option<Entry> {
        let place = self.first + lane;
        let entry = if self.leaves { Entry::Leaf(place) } else { Entry::Block(place) };
        (place < self.end).then_some(entry)
    }
}

impl Forest {
    /// A tree of the boxes of items, in the order of the items. About 200 ns for each.
    pub(super) fn new(boxes: &[Bounds]) -> Self {
        let mut forest = Self::default();
        forest.plant(boxes, |item| item);
        forest
    }

    /// Adds a tree of boxes, each of which has an item; none for no boxes.
    pub(super) fn plant(&mut self, boxes: &[Bounds], item_of: impl Fn(u32) -> u32) {
        let middle =
            |(place, bounds): (usize, &Bounds)| Middle { at: bounds.middle(), place: place as u32 };
        let mut middles: Vec<Middle> = boxes.iter().enumerate().map(middle).collect();
        arrange(&mut middles);
        // In the same memory as the middles.
        let order: Vec<u32> = middles.into_iter().map(|middle| middle.place).collect();
        let leaves: Vec<Bounds> = order.iter().map(|&place| boxes[place as usize]).collect();
        self.raise(order.into_iter().map(item_of), &leaves);
    }

    /// Adds a tree of leaves in their order, each with its item and its box.
    pub(super) fn raise(&mut self, items: impl Iterator<Item = u32>, leaves: &[Bounds]) {
        if leaves.is_empty() {
            return;
        }
        let first = self.items.len();
        self.items.extend(items);
        let gone = self.items[first..].iter().filter(|&&item| item == GONE).count();
        let mut level = Cow::Borrowed(leaves);
        let mut levels = vec![self.blocks.len()];
        self.blocks.reserve(level.len() / (FANOUT - 1) + 8);
        loop {
            self.blocks.extend(level.chunks(FANOUT).map(Block::of));
            levels.push(self.blocks.len());
            if level.len() <= FANOUT {
                break;
            }
            let merged = |run: &[Bounds]| run.iter().copied().fold(Bounds::EMPTY, Bounds::merge);
            level = Cow::Owned(level.chunks(FANOUT).map(merged).collect());
        }
        self.trees.push(Tree { leaves: first..self.items.len(), gone, levels });
    }

    /// The roots of the trees.
    pub(super) fn roots(&self) -> impl Iterator<Item = usize> {
        self.trees.iter().map(|tree| tree.end() - 1)
    }

    /// The boxes of the leaves of a tree, in their order.
    pub(super) fn boxes(&self, tree: &Tree) -> impl Iterator<Item = Bounds> {
        let Tree { leaves, levels, .. } = tree;
        let blocks = &self.blocks[levels[0]..levels[1]];
        blocks.iter().flat_map(|block| (0..FANOUT).map(|i| block.bounds(i))).take(leaves.len())
    }

    /// The entries of a block that hold something, with their boxes.
    pub(super) fn entries(&self, block: usize) -> impl Iterator<Item = (Entry, Bounds)> {
        let below = self.below(block);
        (0..FANOUT)
            .map_while(move |lane| Some((below.entry(lane)?, self.blocks[block].bounds(lane))))
            .filter(|(_, bounds)| bounds.holds_something())
    }

    /// The entries of a block that may be within reach of a box, each with the square of the
    /// straight distance, which rounding makes too great by less than a part in 2²¹.
    pub(super) fn near_entries(
        &self,
        block: usize,
        from: &Bounds,
        reach: Reach,
    ) -> impl Iterator<Item = (Entry, f32)> {
        let squares = self.blocks[block].nearest(from);
        let below = self.below(block);
        (squares.into_iter().enumerate())
            .filter(move |&(_, square)| reach.may_hold(square))
            .filter_map(move |(lane, square)| Some((below.entry(lane)?, square)))
    }

    fn below(&self, block: usize) -> Below {
        let before = self.trees.iter().take_while(|tree| tree.end() <= block).count();
        let Tree { leaves, levels, .. } = &self.trees[before];
        let level = levels[1..].iter().take_while(|&&end| end <= block).count();
        let place = (block - levels[level]) * FANOUT;
        match level.checked_sub(1) {
            None => Below { first: leaves.start + place, end: leaves.end, leaves: true },
            Some(below) => {
                Below { first: levels[below] + place, end: levels[level], leaves: false }
            }
        }
    }

    /// Calls `visit` with each run of leaves that may be within reach of a box, and whether all of
    /// their boxes surely are, with whatever lies in them. No order is promised.
    pub(super) fn visit(
        &self,
        from: &Bounds,
        reach: Reach,
        mut visit: impl FnMut(Range<usize>, bool),
    ) {
        let mut open = Vec::new();
        for tree in &self.trees {
            open.push((tree.levels.len() - 2, tree.end() - 1));
            while let Some((level, number)) = open.pop() {
                let block = &self.blocks[number];
                let first = (number - tree.levels[level]) * FANOUT;
                let nearest = block.nearest(from);
                let sure = reach.surely > 0.0;
                let farthest = if sure { block.farthest(from) } else { [f32::INFINITY; FANOUT] };
                // So many leaves lie below each entry.
                let run = FANOUT.pow(level as u32);
                for lane in 0..FANOUT {
                    let place = first + lane;
                    let start = tree.leaves.start + place * run;
                    let leaves = start..(start + run).min(tree.leaves.end);
                    if !reach.may_hold(nearest[lane]) || leaves.is_empty() {
                        continue;
                    }
                    // Runs in which leaves are gone are looked at leaf by leaf.
                    if farthest[lane] <= reach.surely && (level == 0 || tree.gone == 0) {
                        visit(leaves, true);
                    } else if level == 0 {
                        visit(leaves, false);
                    } else {
                        open.push((level - 1, tree.levels[level - 1] + place));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::ecef::{Ecef, EcefBox, ground_at_least};

    struct Random(u64);

    impl Random {
        fn unit(&mut self) -> f64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 11) as f64 / (1_u64 << 53) as f64
        }

        /// A box of up to 200 km in a cube with sides of 4000 km, some of them points.
        fn bounds(&mut self) -> EcefBox {
            let low: Ecef = std::array::from_fn(|_| 4e6 * self.unit());
            let side = if self.unit() < 0.3 { 0.0 } else { 2e5 };
            EcefBox { low, high: low.map(|v| v + side * self.unit()) }
        }
    }

    /// What is found, as a list of items in order, and those that are surely within.
    fn found(tree: &Forest, from: &EcefBox, ground: f64) -> (Vec<u32>, Vec<u32>) {
        let (mut all, mut sure) = (Vec::new(), Vec::new());
        tree.visit(&Bounds::around(from), Reach::ground(ground), |leaves, surely| {
            all.extend(&tree.items[leaves.clone()]);
            if surely {
                sure.extend(&tree.items[leaves]);
            }
        });
        all.sort_unstable();
        sure.sort_unstable();
        (all, sure)
    }

    /// Expected: every box compared. Rounding to single precision may find what is a metre beyond.
    #[test]
    fn boxes_are_found_as_by_brute_force() {
        const SLACK: f64 = 4.0;
        let mut random = Random(3);
        let mut surely = 0;
        for count in [0, 1, 2, 15, 16, 17, 255, 256, 257, 272, 273, 1000, 4095, 4097, 9000] {
            let boxes: Vec<EcefBox> = (0..count).map(|_| random.bounds()).collect();
            let rounded: Vec<Bounds> = boxes.iter().map(Bounds::around).collect();
            let tree = Forest::new(&rounded);
            let mut order = tree.items.clone();
            order.sort_unstable();
            assert!(order.iter().copied().eq(0..count as u32));
            for _ in 0..20 {
                let from = random.bounds();
                let ground = [0.0, 3e5 * random.unit(), 3e6, 9e6][(4.0 * random.unit()) as usize];
                let (all, sure) = found(&tree, &from, ground);
                for (item, bounds) in boxes.iter().enumerate() {
                    let least = ground_at_least(from.chord(bounds));
                    let is_found = all.binary_search(&(item as u32)).is_ok();
                    assert!(is_found || least > ground, "{count} {item}");
                    assert!(!is_found || least <= ground + SLACK, "{count} {item}");
                    let far: Ecef = std::array::from_fn(|i| {
                        (bounds.high[i] - from.low[i]).max(from.high[i] - bounds.low[i])
                    });
                    let most = crate::measure::ecef::ground_at_most(
                        crate::measure::ecef::dot(far, far).sqrt(),
                    );
                    let is_sure = sure.binary_search(&(item as u32)).is_ok();
                    assert!(!is_sure || most <= ground, "{count} {item}");
                    assert!(is_sure || most > ground - SLACK, "{count} {item}");
                    surely += usize::from(is_sure);
                }
                // The walk by bounds finds the same, none twice, and nearer ones first.
                let mut walk = super::super::by_bound::ByBound::new(&tree, Bounds::around(&from));
                let mut walked = Vec::new();
                let mut before = 0.0;
                while let Some(leaf) = walk.next_within(ground) {
                    let item = tree.items[leaf];
                    let least = from.chord(&boxes[item as usize]);
                    assert!(least > before - SLACK, "{count} {item} {least} {before}");
                    before = least.max(before);
                    walked.push(item);
                }
                walked.sort_unstable();
                assert_eq!(walked, all);
            }
        }
        assert!(surely > 1000, "{surely}");
    }

    #[test]
    fn nothing_is_within_less_than_no_distance() {
        let at = EcefBox { low: [1e6; 3], high: [1e6; 3] };
        let tree = Forest::new(&[Bounds::around(&at)]);
        assert!(found(&tree, &at, -1.0).0.is_empty());
        assert!(found(&tree, &at, f64::NAN).0.is_empty());
        assert_eq!(found(&tree, &at, 0.0).0, [0]);
        assert_eq!(found(&tree, &at, f64::INFINITY).0, [0]);
    }
}
