//! What the items of two indexes share.

use super::overlap::measured_overlap;
use super::{Answer, Explain, Pair};
use crate::index::{Spatial, SpatialIndex};

impl<T: Spatial> SpatialIndex<T> {
    /// What each item of this index shares with each of another, of the pairs that pass `filter` and
    /// share a point; the item of this index is the first. Ordered by the id of the first, then that
    /// of the second.
    ///
    /// Cost: both trees are opened together; then that of [`overlap_of`](super::overlap_of) for each
    /// pair whose boxes meet.
    ///
    /// ```
    /// use geo_types::{Rect, polygon};
    /// use tumen_geo_core::{EdgeModel, LonLat, Shape, index::{Named, SpatialIndex}};
    /// let named = |id: &str, shape| Named { id: id.to_owned(), shape };
    /// // The small Tumen triangle, and the two sheets of a map that meet at 130.5° E.
    /// let triangle = polygon![
    ///     (x: 130.298, y: 42.249), (x: 130.366, y: 42.862), (x: 130.806, y: 42.651)];
    /// let triangle = Shape::new(triangle.into(), EdgeModel::Geodesic)?;
    /// let sheet = |west| Shape::new(Rect::new((west, 42.0), (west + 0.5, 43.0)).into(), EdgeModel::LonLat);
    /// let zones = SpatialIndex::new(vec![named("small-triangle", triangle)]);
    /// let sheets = SpatialIndex::new(vec![named("west", sheet(130.0)?), named("east", sheet(130.5)?)]);
    /// let pairs = zones.overlaps_with(&sheets, |_, _| true).value;
    /// let ids: Vec<&str> = pairs.iter().map(|pair| sheets.items()[pair.second].id.as_str()).collect();
    /// assert_eq!(ids, ["east", "west"]);
    /// let whole: f64 = pairs.iter().map(|pair| pair.overlap.share_of_first).sum();
    /// assert!((whole - 1.0).abs() < 1e-6);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn overlaps_with<U: Spatial>(
        &self,
        other: &SpatialIndex<U>,
        filter: impl Fn(&T, &U) -> bool,
    ) -> Answer<Vec<Pair>> {
        let mut explain = Explain::of_pairs(self.len() + other.len());
        let mut pairs = Vec::new();
        let mut walk = self.pairs_by_bound(other);
        while let Some((left, right)) = walk.next_within(0.0) {
            let (first, second) = (self.item_of(left), other.item_of(right));
            explain.candidates += 1;
            if !filter(&self.items()[first], &other.items()[second]) {
                continue;
            }
            explain.refined += 1;
            let (one, two) = (self.measured(first), other.measured(second));
            let overlap = measured_overlap(one, two, (self.area(first), other.area(second)));
            pairs.extend(overlap.map(|overlap| Pair { first, second, overlap }));
        }
        explain.pruned = self.len().saturating_mul(other.len()).saturating_sub(explain.candidates);
        pairs.sort_by(|a, b| {
            self.id_order(a.first, b.first).then(other.id_order(a.second, b.second))
        });
        Answer { value: pairs, explain }
    }
}
