//! Items that come and go one by one.

use std::sync::OnceLock;

use super::block::{Bounds, FANOUT};
use super::tree::{Forest, GONE, MOST, Tree};
use super::{NOWHERE, Spatial, SpatialIndex, boxed};

impl<T: Spatial> SpatialIndex<T> {
    /// Adds an item behind the others, and returns its place in [`items`](Self::items); those of
    /// the others stay what they are.
    ///
    /// The answers are those of an index of all items built [together](Self::new). Cost: about 2 µs
    /// on average (`cargo bench -p tumen-geo-core --bench changes`); now and then many items are
    /// arranged anew at once, at up to 0.3 µs for each of them. Items stand in several trees then, of
    /// which a question looks at each: it can take twice as long. To add as many as there are, build
    /// an index.
    ///
    /// # Panics
    /// When there are 2³⁰ (1 073 741 824) items already.
    ///
    /// ```
    /// use tumen_geo_core::{LonLat, Shape, index::{Named, SpatialIndex}};
    /// let port = |id: &str, lon, lat| {
    ///     LonLat::new(lon, lat).map(|at| Named { id: id.to_owned(), shape: Shape::point(at) })
    /// };
    /// let mut index = SpatialIndex::new(vec![port("rajin", 130.298, 42.249)?]);
    /// assert_eq!(index.insert(port("quanhe", 130.516, 42.573)?), 1);
    /// assert_eq!(index.insert(port("posyet", 130.806, 42.651)?), 2);
    /// let hunchun = Shape::point(LonLat::new(130.366, 42.862)?);
    /// assert_eq!(index.near(&hunchun, 1, |_| true).value[0].item.id, "quanhe");
    /// // The last item takes the place of the one that is removed.
    /// let rajin = index.items().iter().position(|port| port.id == "rajin").unwrap();
    /// assert_eq!(index.remove(rajin).unwrap().id, "rajin");
    /// let left: Vec<&str> = index.items().iter().map(|port| port.id.as_str()).collect();
    /// assert_eq!(left, ["posyet", "quanhe"]);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn insert(&mut self, item: T) -> usize {
        assert!(self.len() < MOST, "an index holds at most {MOST} items");
        let place = self.len();
        let (bounds, _) = boxed(item.shape());
        self.items.push(item);
        self.worked_out.push(OnceLock::new());
        let first = self.tree.insert(place as u32, bounds);
        self.follow(first);
        place
    }

    /// Takes out the item at a place in [`items`](Self::items); `None` when there is none. The last
    /// item moves to that place, as in [`Vec::swap_remove`]; those of the others stay what they are.
    ///
    /// The answers are those of an index of the items that are left. Cost: less than a microsecond
    /// on average, and 10 ns for each item when the first one is removed.
    pub fn remove(&mut self, index: usize) -> Option<T> {
        if index >= self.len() {
            return None;
        }
        if self.leaves.is_empty() {
            self.leaves = vec![0; self.len()];
            self.note_leaves(0);
        }
        let item = self.items.swap_remove(index);
        self.worked_out.swap_remove(index);
        let leaf = self.leaves.swap_remove(index);
        if let Some(&moved) = self.leaves.get(index) {
            self.tree.items[moved as usize] = index as u32;
        }
        if let Some(first) = self.tree.remove(leaf as usize) {
            self.follow(first);
        }
        Some(item)
    }

    /// Brings what is kept for each leaf into the order of the leaves, from one of them on.
    fn follow(&mut self, first: usize) {
        let point = |&item: &u32| self.items[item as usize].shape().single_point();
        let points = || self.tree.items[first..].iter().map(point);
        if !self.points.is_empty() || points().any(|at| at.is_some()) {
            let points: Vec<_> = points().map(|at| at.unwrap_or(NOWHERE)).collect();
            self.points.resize(first, NOWHERE);
            self.points.extend(points);
        }
        if !self.leaves.is_empty() {
            self.leaves.resize(self.items.len(), 0);
            self.note_leaves(first);
        }
    }

    fn note_leaves(&mut self, first: usize) {
        for (leaf, &item) in self.tree.items.iter().enumerate().skip(first) {
            if item != GONE {
                self.leaves[item as usize] = leaf as u32;
            }
        }
    }
}

impl Forest {
    /// Adds an item with its box; from the leaf on that is returned, leaves are in a new order.
    ///
    /// Each tree has more than twice the leaves of the next, so that n items stand in log₂ n trees
    /// at most, and each is arranged anew log₁.₅ n times at most: the logarithmic method of J. L.
    /// Bentley and J. B. Saxe (J. Algorithms 1, 1980, 301–358). A tree of one block is filled first.
    fn insert(&mut self, item: u32, bounds: Bounds) -> usize {
        self.arrange_anew(self.trees.len(), Some((item, bounds)))
    }

    /// Removes a leaf; where so many of a tree are gone that it is arranged anew, leaves are in a
    /// new order from the leaf on that is returned.
    fn remove(&mut self, leaf: usize) -> Option<usize> {
        let number = self.trees.iter().take_while(|tree| tree.leaves.end <= leaf).count();
        let tree = &mut self.trees[number];
        let place = leaf - tree.leaves.start;
        self.blocks[tree.levels[0] + place / FANOUT].empty(place % FANOUT);
        self.items[leaf] = GONE;
        tree.gone += 1;
        (tree.gone * 2 > tree.leaves.len()).then(|| self.arrange_anew(number, None))
    }

    /// Makes one tree of a fresh leaf, of all trees from a number on, and of those before them that
    /// do not have more than twice as many leaves.
    fn arrange_anew(&mut self, number: usize, fresh: Option<(u32, Bounds)>) -> usize {
        let kept = |tree: &Tree| tree.leaves.len() - tree.gone;
        let mut from = number;
        let mut count = usize::from(fresh.is_some());
        count += self.trees[from..].iter().map(kept).sum::<usize>();
        while let Some(before) = self.trees[..from].last()
            && before.leaves.len() < FANOUT.max(2 * count + 1)
        {
            count += kept(before);
            from -= 1;
        }
        let (mut items, mut boxes) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for tree in &self.trees[from..] {
            let leaves = self.items[tree.leaves.clone()].iter().zip(self.boxes(tree));
            for (&item, bounds) in leaves.filter(|&(&item, _)| item != GONE) {
                items.push(item);
                boxes.push(bounds);
            }
        }
        if let Some((item, bounds)) = fresh {
            items.push(item);
            boxes.push(bounds);
        }
        if let Some(tree) = self.trees.get(from) {
            self.items.truncate(tree.leaves.start);
            self.blocks.truncate(tree.levels[0]);
        }
        self.trees.truncate(from);
        let first = self.items.len();
        self.plant(&boxes, |place| items[place as usize]);
        first
    }
}
