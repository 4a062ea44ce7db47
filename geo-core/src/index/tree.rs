//! A packed R-tree: boxes in blocks of sixteen, each level in one piece, nothing that points.

use std::ops::Range;

use super::arrange::{Middle, arrange};
use crate::measure::ecef::{EcefBox, chord_at_most, chord_surely_within};

/// Boxes to a block: a block is tested as a whole, four boxes to an instruction.
pub(super) const FANOUT: usize = 16;

/// A box along the earth-centred axes in metres, rounded outwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    low: [f32; 3],
    high: [f32; 3],
}

impl Bounds {
    const EMPTY: Self = Self { low: [f32::INFINITY; 3], high: [f32::NEG_INFINITY; 3] };

    pub(super) fn around(bounds: &EcefBox) -> Self {
        let down = |v: f64| {
            let near = v as f32;
            if f64::from(near) > v { near.next_down() } else { near }
        };
        let up = |v: f64| {
            let near = v as f32;
            if f64::from(near) < v { near.next_up() } else { near }
        };
        Self { low: bounds.low.map(down), high: bounds.high.map(up) }
    }

    fn merge(self, other: Self) -> Self {
        Self {
            low: std::array::from_fn(|i| self.low[i].min(other.low[i])),
            high: std::array::from_fn(|i| self.high[i].max(other.high[i])),
        }
    }
}

impl From<Bounds> for EcefBox {
    fn from(bounds: Bounds) -> Self {
        Self { low: bounds.low.map(f64::from), high: bounds.high.map(f64::from) }
    }
}

/// Sixteen boxes, axis by axis; those that are left over hold nothing and are near to nothing.
#[derive(Clone, Debug)]
struct Block {
    low: [[f32; FANOUT]; 3],
    high: [[f32; FANOUT]; 3],
}

impl Block {
    fn of(boxes: &[Bounds]) -> Self {
        let mut block =
            Self { low: [[f32::INFINITY; FANOUT]; 3], high: [[f32::NEG_INFINITY; FANOUT]; 3] };
        for (lane, bounds) in boxes.iter().enumerate() {
            for axis in 0..3 {
                block.low[axis][lane] = bounds.low[axis];
                block.high[axis][lane] = bounds.high[axis];
            }
        }
        block
    }

    fn bounds(&self, lane: usize) -> Bounds {
        Bounds { low: self.low.map(|low| low[lane]), high: self.high.map(|high| high[lane]) }
    }

    /// The squares of the straight distances to a box, metres². Rounding makes them too great by
    /// less than a part in 2²¹.
    fn nearest(&self, from: &Bounds) -> [f32; FANOUT] {
        let mut squares = [0.0; FANOUT];
        for axis in 0..3 {
            for (lane, square) in squares.iter_mut().enumerate() {
                let above = self.low[axis][lane] - from.high[axis];
                let below = from.low[axis] - self.high[axis][lane];
                let gap = if above > below { above } else { below };
                let gap = if gap > 0.0 { gap } else { 0.0 };
                *square += gap * gap;
            }
        }
        squares
    }

    /// The squares of the straight distances between the farthest corners, metres². Rounding makes
    /// them too small by less than a part in 2²¹.
    fn farthest(&self, from: &Bounds) -> [f32; FANOUT] {
        let mut squares = [0.0; FANOUT];
        for axis in 0..3 {
            for (lane, square) in squares.iter_mut().enumerate() {
                let above = self.high[axis][lane] - from.low[axis];
                let below = from.high[axis] - self.low[axis][lane];
                let reach = if above > below { above } else { below };
                *square += reach * reach;
            }
        }
        squares
    }
}

/// What squares of straight distances say about distances on the ground.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// Up to this the ground may be within reach.
    may: f32,
    /// Up to this it surely is.
    surely: f32,
}

impl Reach {
    /// Of so many metres on the ground; `f64::INFINITY` reaches everything.
    pub(super) fn ground(metres: f64) -> Self {
        // More than the rounding of a square, and less than the distance of a box that is not there.
        const ROUNDING: f64 = 1e-6;
        const BEYOND_THE_EARTH: f64 = 2e7;
        let chord = chord_at_most(metres).min(BEYOND_THE_EARTH);
        let sure = chord_surely_within(metres);
        let surely = if sure > 0.0 { (sure * sure * (1.0 - ROUNDING)) as f32 } else { -1.0 };
        if metres < 0.0 {
            return Self { may: -1.0, surely };
        }
        Self { may: ((chord * chord * (1.0 + ROUNDING)) as f32).next_up(), surely }
    }

    pub(super) fn may_hold(self, square: f32) -> bool {
        square <= self.may
    }
}

/// What an entry of a block is the box of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Block(usize),
    /// A leaf, by its place in the order of the leaves.
    Leaf(usize),
}

/// Boxes in a tree whose shape follows from their number alone.
///
/// # Guarantees
/// A box of the tree holds the box that was given, and those below it. Boxes are kept to single
/// precision, half a metre on the ground.
#[derive(Clone, Debug)]
pub(super) struct PackedTree {
    /// The items in the order of the leaves.
    items: Vec<u32>,
    /// The blocks of the leaves, then those of each level above; the last one is the root.
    blocks: Vec<Block>,
    /// Where each level starts among the blocks, the leaves first; then the end.
    levels: Vec<usize>,
}

impl PackedTree {
    /// A tree of the boxes of items, in the order of the items. About 200 ns for each.
    ///
    /// # Panics
    /// When there are 2³¹ boxes or more.
    pub(super) fn new(boxes: &[Bounds]) -> Self {
        assert!(boxes.len() < 1 << 31, "an index holds fewer than 2147483648 items");
        let middle = |(item, bounds): (usize, &Bounds)| Middle {
            at: std::array::from_fn(|i| f32::midpoint(bounds.low[i], bounds.high[i])),
            item: item as u32,
        };
        let mut middles: Vec<Middle> = boxes.iter().enumerate().map(middle).collect();
        arrange(&mut middles);
        let items: Vec<u32> = middles.into_iter().map(|middle| middle.item).collect();

        let mut level: Vec<Bounds> = items.iter().map(|&item| boxes[item as usize]).collect();
        let mut blocks = Vec::with_capacity(level.len() / (FANOUT - 1) + 8);
        let mut levels = vec![0];
        while !level.is_empty() {
            blocks.extend(level.chunks(FANOUT).map(Block::of));
            levels.push(blocks.len());
            if level.len() <= FANOUT {
                break;
            }
            let merged = |run: &[Bounds]| run.iter().copied().fold(Bounds::EMPTY, Bounds::merge);
            level = level.chunks(FANOUT).map(merged).collect();
        }
        Self { items, blocks, levels }
    }

    /// The items in the order of the leaves.
    pub(super) fn items(&self) -> &[u32] {
        &self.items
    }

    /// The root; `None` of an empty tree.
    pub(super) fn root(&self) -> Option<usize> {
        self.blocks.len().checked_sub(1)
    }

    /// The entries of a block, with their boxes.
    pub(super) fn entries(&self, block: usize) -> impl Iterator<Item = (Entry, Bounds)> {
        (0..FANOUT).map_while(move |lane| {
            Some((self.entry(block, lane)?, self.blocks[block].bounds(lane)))
        })
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
        (squares.into_iter().enumerate())
            .filter(move |&(_, square)| reach.may_hold(square))
            .filter_map(move |(lane, square)| Some((self.entry(block, lane)?, square)))
    }

    fn entry(&self, block: usize, lane: usize) -> Option<Entry> {
        let level = self.level(block);
        let place = (block - self.levels[level]) * FANOUT + lane;
        match level.checked_sub(1) {
            None => (place < self.items.len()).then_some(Entry::Leaf(place)),
            Some(below) => {
                let child = self.levels[below] + place;
                (child < self.levels[level]).then_some(Entry::Block(child))
            }
        }
    }

    fn level(&self, block: usize) -> usize {
        self.levels[1..].iter().take_while(|&&end| end <= block).count()
    }

    /// Calls `visit` with each run of leaves that may be within reach of a box, and whether all of
    /// their boxes surely are, with whatever lies in them. No order is promised.
    pub(super) fn visit(
        &self,
        from: &Bounds,
        reach: Reach,
        mut visit: impl FnMut(Range<usize>, bool),
    ) {
        let Some(root) = self.root() else { return };
        let mut open = vec![(self.levels.len() - 2, root)];
        while let Some((level, number)) = open.pop() {
            let block = &self.blocks[number];
            let first = (number - self.levels[level]) * FANOUT;
            let nearest = block.nearest(from);
            let sure = reach.surely > 0.0;
            let farthest = if sure { block.farthest(from) } else { [f32::INFINITY; FANOUT] };
            // So many leaves lie below each entry.
            let run = FANOUT.pow(level as u32);
            for lane in 0..FANOUT {
                let place = first + lane;
                let leaves = place * run..((place + 1) * run).min(self.items.len());
                if !reach.may_hold(nearest[lane]) || leaves.is_empty() {
                    continue;
                }
                if farthest[lane] <= reach.surely {
                    visit(leaves, true);
                } else if level == 0 {
                    visit(leaves, false);
                } else {
                    open.push((level - 1, self.levels[level - 1] + place));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::ecef::{Ecef, ground_at_least};

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
    fn found(tree: &PackedTree, from: &EcefBox, ground: f64) -> (Vec<u32>, Vec<u32>) {
        let (mut all, mut sure) = (Vec::new(), Vec::new());
        tree.visit(&Bounds::around(from), Reach::ground(ground), |leaves, surely| {
            all.extend(&tree.items()[leaves.clone()]);
            if surely {
                sure.extend(&tree.items()[leaves]);
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
            let tree = PackedTree::new(&rounded);
            let mut order = tree.items().to_vec();
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
                    let item = tree.items()[leaf];
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
        let tree = PackedTree::new(&[Bounds::around(&at)]);
        assert!(found(&tree, &at, -1.0).0.is_empty());
        assert_eq!(found(&tree, &at, 0.0).0, [0]);
        assert_eq!(found(&tree, &at, f64::INFINITY).0, [0]);
    }
}
