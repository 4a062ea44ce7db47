//! Which areas lie in which.

use super::overlap::intersection;
use super::{Answer, Explain};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::Bbox;
use crate::index::{Spatial, SpatialIndex};
use crate::measure::Geodesic;
use crate::measure::contact::crossing;
use crate::measure::ecef::LARGEST_RADIUS;
use crate::predicate::holds_all;
use crate::unit::Area;

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
    /// What has no more outside than the [error](crate::query::Overlap::error) of what is shared lies
    /// in the other with all of its area.
    ///
    /// Cost: for each area the larger ones are tried, the smallest first, until one holds it; those
    /// whose box of longitudes and latitudes shares too little with its own are left out. A try is
    /// an intersection where the boundaries meet, n log n.
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
        let mut areas: Vec<usize> = (0..self.len())
            .filter(|&place| self.items()[place].shape().dimension() == 2)
            .filter(|&place| filter(&self.items()[place]))
            .collect();
        let (parents, explain) = self.parents(&areas, share);
        let mut held: Vec<Vec<usize>> = vec![Vec::new(); self.len()];
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

    /// The smallest of the `areas` that has the share of each, by its place.
    fn parents(&self, areas: &[usize], share: f64) -> (Vec<Option<Parent>>, Explain) {
        let mut explain = Explain::of_pairs(self.len());
        let mut chosen = vec![false; self.len()];
        for &place in areas {
            chosen[place] = true;
        }
        let boxes: Vec<Option<Bbox>> = (self.items().iter().zip(&chosen))
            .map(|(item, &chosen)| chosen.then(|| item.shape().bbox()))
            .collect();
        let mut parents: Vec<Option<Parent>> = vec![None; self.len()];
        for &inner in areas {
            let least = self.area(inner) * share;
            let mut larger = Vec::new();
            let met = self.that_may_meet(&self.measured(inner).outline.bounds(), |_| true).0;
            for outer in met {
                if chosen[outer] && self.larger_first(outer, inner).is_lt() {
                    let most = boxes[inner].zip(boxes[outer]).map(|(a, b)| most_shared(&a, &b));
                    larger.extend(most.filter(|&most| most >= least).map(|_| outer));
                }
            }
            explain.candidates += larger.len();
            larger
                .sort_by(|&a, &b| self.area(a).total_cmp(&self.area(b)).then(self.id_order(a, b)));
            parents[inner] = larger.into_iter().find_map(|index| {
                explain.refined += 1;
                let held = self.share_held(index, inner);
                (held >= share).then_some(Parent { index, share: held })
            });
        }
        (parents, explain.among(areas.len()))
    }

    /// The share of the area of one that lies in another: all of it when no more is missing than
    /// the error of what they share.
    fn share_held(&self, outer: usize, inner: usize) -> f64 {
        let (a, b) = (self.items()[outer].shape(), self.items()[inner].shape());
        // Many areas of a catalogue are one province under another name.
        if a == b {
            return 1.0;
        }
        let (one, two) = (self.measured(outer), self.measured(inner));
        if crossing(one.outline, two.outline).is_none() && holds_all(a, b) {
            return 1.0;
        }
        let whole = self.area(inner);
        let Some((shared, off)) = intersection(a, b, whole) else { return 0.0 };
        let area = Geodesic::area(&shared);
        let error = Area::m2(Geodesic::perimeter(&shared).to_m() * off.to_m());
        if area + error >= whole { 1.0 } else { area / whole }
    }

    fn larger_first(&self, a: usize, b: usize) -> std::cmp::Ordering {
        self.area(b).total_cmp(&self.area(a)).then(self.id_order(a, b))
    }
}

/// No two areas in these boxes share more: what the boxes share, on a sphere with the largest radius
/// of curvature of the ellipsoid.
fn most_shared(a: &Bbox, b: &Bbox) -> Area {
    // Geodesic edges leave the boxes by a metre, where they are a hundred metres long or more.
    const BESIDE: f64 = 1.02;
    let (south, north) = (a.south.max(b.south), a.north.min(b.north));
    let height = (north.to_radians().sin() - south.to_radians().sin()).max(0.0);
    // Where boxes meet at both ends, both parts count.
    let width = |from: &Bbox, to: &Bbox| {
        let start = (to.west - from.west).rem_euclid(360.0);
        (from.width_degrees() - start).clamp(0.0, to.width_degrees())
    };
    let width = if a.west == b.west {
        a.width_degrees().min(b.width_degrees())
    } else {
        width(a, b) + width(b, a)
    };
    Area::m2(LARGEST_RADIUS * LARGEST_RADIUS * height * width.to_radians() * BESIDE)
}
