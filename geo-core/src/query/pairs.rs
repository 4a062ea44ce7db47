//! The nearest pairs of items of two indexes.

use std::cmp::Ordering;

use super::{Answer, Explain};
use crate::index::{Spatial, SpatialIndex};
use crate::measure::ecef::ground_at_least;
use crate::measure::{Nearest, nearest_within};

/// An item of one index and one of another, and how near they are.
#[derive(Clone, Copy, Debug)]
pub struct NearPair<'a, T, U> {
    /// The item of the first index.
    pub first: &'a T,
    /// The item of the second index.
    pub second: &'a U,
    /// The shortest line from the first to the second.
    pub nearest: Nearest,
    /// Their places in [`SpatialIndex::items`].
    places: (usize, usize),
}

impl<T: Spatial> SpatialIndex<T> {
    /// The `k` nearest pairs of an item of this index and one of another, of those that pass
    /// `filter`; fewer when there are fewer. Ordered by distance, then the id of the first, then
    /// that of the second.
    ///
    /// Exact: no other pair is nearer, but for the error of a distance (see [`Explain`]). Cost:
    /// both trees are opened together, the pair of nodes with the least bound first.
    ///
    /// ```
    /// use tumen_geo_core::{LonLat, Shape, index::{Named, SpatialIndex}};
    /// let port = |id: &str, lon, lat| {
    ///     LonLat::new(lon, lat).map(|at| Named { id: id.to_owned(), shape: Shape::point(at) })
    /// };
    /// let seaports =
    ///     SpatialIndex::new(vec![port("rajin", 130.30, 42.25)?, port("posyet", 130.806, 42.651)?]);
    /// let crossings =
    ///     SpatialIndex::new(vec![port("quanhe", 130.516, 42.573)?, port("khasan", 130.645, 42.428)?]);
    /// let nearest = seaports.nearest_pairs(&crossings, 1, |_, _| true).value;
    /// assert_eq!((nearest[0].first.id.as_str(), nearest[0].second.id.as_str()), ("posyet", "quanhe"));
    /// assert!((nearest[0].nearest.distance.to_km() - 25.3).abs() < 0.2);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn nearest_pairs<'a, U: Spatial>(
        &'a self,
        other: &'a SpatialIndex<U>,
        k: usize,
        filter: impl Fn(&T, &U) -> bool,
    ) -> Answer<Vec<NearPair<'a, T, U>>> {
        let mut explain = Explain::of_pairs(self.len() + other.len());
        let mut found: Vec<NearPair<'a, T, U>> = Vec::new();
        let mut limit = if k == 0 { f64::NEG_INFINITY } else { f64::INFINITY };
        let mut walk = self.pairs_by_bound(other);
        while let Some((left, right)) = walk.next_within(limit) {
            explain.candidates += 1;
            let (one, two) = (self.item_of(left), other.item_of(right));
            let (first, second) = (&self.items()[one], &other.items()[two]);
            if !filter(first, second) {
                continue;
            }
            let (left, right) = (self.measured(one), other.measured(two));
            // The box of an outline can be tighter than that of its leaf.
            if ground_at_least(left.outline.bounds().chord(&right.outline.bounds())) > limit {
                continue;
            }
            explain.refined += 1;
            let Some(nearest) = nearest_within(left, right, limit) else { continue };
            let pair = NearPair { first, second, nearest, places: (one, two) };
            let place = found.partition_point(|other| order(other, &pair) == Ordering::Less);
            found.insert(place, pair);
            found.truncate(k);
            if found.len() == k {
                limit = found[k - 1].nearest.distance.to_m();
            }
        }
        explain.pruned = self.len().saturating_mul(other.len()).saturating_sub(explain.candidates);
        Answer { value: found, explain }
    }
}

fn order<T: Spatial, U: Spatial>(a: &NearPair<'_, T, U>, b: &NearPair<'_, T, U>) -> Ordering {
    (a.nearest.distance.total_cmp(&b.nearest.distance))
        .then_with(|| a.first.id().cmp(b.first.id()))
        .then_with(|| a.second.id().cmp(b.second.id()))
        .then(a.places.cmp(&b.places))
}
