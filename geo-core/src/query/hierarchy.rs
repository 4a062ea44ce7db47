//! Which areas lie in which.

use super::{Answer, Pair};
use crate::error::{Error, ErrorKind, Result};
use crate::index::{Spatial, SpatialIndex};

/// An area in the forest of those that hold others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Branch {
    /// Its place in [`SpatialIndex::items`].
    pub index: usize,
    /// The smallest area that holds it; `None` at a root.
    pub parent: Option<Parent>,
    /// How many areas hold it, counted along the forest: 0 at a root.
    pub depth: usize,
}

/// An area that holds another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parent {
    /// Its place in [`SpatialIndex::items`].
    pub index: usize,
    /// The share of the area of the other that lies in it, 0…1.
    pub share: f64,
}

impl<T: Spatial> SpatialIndex<T> {
    /// Which of the areas that pass `filter` lies in which, as a forest: one lies in a larger one
    /// that has at least `share` of its area, and its parent is the smallest of these. Of two equally
    /// large ones that with the lesser id is taken for the larger; of two equally large parents it
    /// is the one with the lesser id too. Points and lines are left out.
    ///
    /// Each root is followed by all that lies in it, level by level; roots, and what lies in the
    /// same parent, are ordered by id. With a share below 1, what lies in a branch need not lie in
    /// the root of it to the same share.
    ///
    /// Cost: that of [`overlaps`](Self::overlaps).
    ///
    /// # Errors
    /// [`ErrorKind::Format`] unless `share` is above 0.5, so that none lies in two that are apart,
    /// and at most 1.
    ///
    /// ```
    /// use geo_types::polygon;
    /// use tumen_geo_core::{EdgeModel, Shape, index::{Named, SpatialIndex}};
    /// // The small Tumen triangle (Rajin, Hunchun, Posyet) and the large one around it.
    /// let small = polygon![
    ///     (x: 130.298, y: 42.249), (x: 130.366, y: 42.862), (x: 130.806, y: 42.651)];
    /// let large = polygon![
    ///     (x: 129.776, y: 41.796), (x: 129.513, y: 42.907), (x: 131.874, y: 43.106)];
    /// let named = |id: &str, ring: geo_types::Polygon| {
    ///     Shape::new(ring.into(), EdgeModel::Geodesic)
    ///         .map(|shape| Named { id: id.to_owned(), shape })
    /// };
    /// let index = SpatialIndex::new(vec![named("small", small)?, named("large", large)?]);
    /// let forest = index.hierarchy(0.99, |_| true)?.value;
    /// let ids: Vec<(&str, usize)> =
    ///     forest.iter().map(|b| (index.items()[b.index].id.as_str(), b.depth)).collect();
    /// assert_eq!(ids, [("large", 0), ("small", 1)]);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn hierarchy(
        &self,
        share: f64,
        filter: impl Fn(&T) -> bool,
    ) -> Result<Answer<Vec<Branch>>> {
        if !(share > 0.5 && share <= 1.0) {
            return Err(Error::new(ErrorKind::Format, format!("a share of {share} holds nothing"))
                .with_hint("give more than 0.5, so that no area lies in two, and at most 1"));
        }
        let chosen = |item: &T| item.shape().dimension() == 2 && filter(item);
        let Answer { value: pairs, explain } = self.overlaps(chosen);
        let mut parents: Vec<Option<Parent>> = vec![None; self.len()];
        for Pair { first, second, overlap } in pairs {
            let (inner, outer, part) = if self.larger_first(first, second).is_le() {
                (second, first, overlap.share_of_second)
            } else {
                (first, second, overlap.share_of_first)
            };
            let parent = Parent { index: outer, share: part };
            let smaller = |before: Parent| {
                let (old, new) = (self.area(before.index), self.area(outer));
                new.total_cmp(&old).then(self.id_order(outer, before.index)).is_lt()
            };
            if part >= share && parents[inner].is_none_or(smaller) {
                parents[inner] = Some(parent);
            }
        }
        let mut held: Vec<Vec<usize>> = vec![Vec::new(); self.len()];
        let mut areas: Vec<usize> =
            (0..self.len()).filter(|&place| chosen(&self.items()[place])).collect();
        // What is put on the stack last comes off first.
        areas.sort_by(|&a, &b| self.id_order(b, a));
        let mut open = Vec::new();
        for place in areas {
            match parents[place] {
                Some(parent) => held[parent.index].push(place),
                None => open.push((place, 0)),
            }
        }
        let mut branches = Vec::new();
        while let Some((index, depth)) = open.pop() {
            branches.push(Branch { index, parent: parents[index], depth });
            open.extend(held[index].iter().map(|&inner| (inner, depth + 1)));
        }
        Ok(Answer { value: branches, explain })
    }

    fn larger_first(&self, a: usize, b: usize) -> std::cmp::Ordering {
        self.area(b).total_cmp(&self.area(a)).then(self.id_order(a, b))
    }
}
