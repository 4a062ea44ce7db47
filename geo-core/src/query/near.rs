//! The nearest items, those within a distance, and those within or meeting an area.

use std::cmp::Ordering;

use super::asked::Asked;
use super::{Answer, Explain};
use crate::geometry::Shape;
use crate::index::{Spatial, SpatialIndex};
use crate::measure::ecef::{EcefBox, to_ecef};
use crate::measure::slabs::{MARGIN_METRES, Side};
use crate::measure::{Nearest, nearest_within};
use crate::predicate::{Relation, covers_measured, meet, relate_measured};
use crate::unit::Length;

/// An item that was found, and how near it is.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'a, T> {
    /// The item.
    pub item: &'a T,
    /// Its place in [`SpatialIndex::items`].
    pub index: usize,
    /// The shortest line from the shape asked about to the item.
    pub nearest: Nearest,
}

impl<T> Hit<'_, T> {
    /// The distance on the ellipsoid; zero for an item that shares a point with the shape.
    pub fn distance(&self) -> Length {
        self.nearest.distance
    }
}

impl<T: Spatial> SpatialIndex<T> {
    /// The `k` items nearest to a shape of any kind, of those that pass `filter`; fewer when there
    /// are fewer. Ordered by distance, then id.
    ///
    /// Exact: no other item is nearer, but for the error of a distance (see [`Explain`]). Cost:
    /// a tenth of a microsecond for each candidate that is a point near a point, some microseconds
    /// for another with few positions, some tens of microseconds for one with 10 000.
    pub fn near(
        &self,
        shape: &Shape,
        k: usize,
        filter: impl Fn(&T) -> bool,
    ) -> Answer<Vec<Hit<'_, T>>> {
        let asked = Asked::new(shape);
        let mut explain = Explain::new(self.len());
        let mut hits: Vec<Hit<'_, T>> = Vec::new();
        let mut walk = self.by_bound(&asked.bounds());
        let mut limit = if k == 0 { f64::NEG_INFINITY } else { f64::INFINITY };
        while let Some(leaf) = walk.next_within(limit) {
            explain.candidates += 1;
            let index = self.item_of(leaf);
            let item = &self.items()[index];
            if !filter(item) {
                continue;
            }
            explain.refined += 1;
            let Some(nearest) = self.nearest_of(leaf, &asked, limit) else { continue };
            let hit = Hit { item, index, nearest };
            let place = hits.partition_point(|other| order(other, &hit) == Ordering::Less);
            hits.insert(place, hit);
            hits.truncate(k);
            if hits.len() == k {
                limit = hits[k - 1].distance().to_m();
            }
        }
        explain.pruned = explain.indexed - explain.candidates;
        Answer { value: hits, explain }
    }

    /// The items at most `radius` away from a shape of any kind, of those that pass `filter`.
    /// Ordered by distance, then id.
    ///
    /// ```
    /// use tumen_geo_core::{Length, LonLat, Shape, index::{Named, SpatialIndex}};
    /// let at = |lon, lat| LonLat::new(lon, lat).map(Shape::point);
    /// let index = SpatialIndex::new(vec![
    ///     Named { id: "rajin".to_owned(), shape: at(130.298, 42.249)? },
    ///     Named { id: "vladivostok".to_owned(), shape: at(131.874, 43.106)? },
    /// ]);
    /// let answer = index.within_distance(&at(130.806, 42.651)?, Length::km(100.0), |_| true);
    /// assert_eq!(answer.value.len(), 1);
    /// assert!((answer.value[0].distance().to_km() - 61.1).abs() < 0.1);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn within_distance(
        &self,
        shape: &Shape,
        radius: Length,
        filter: impl Fn(&T) -> bool,
    ) -> Answer<Vec<Hit<'_, T>>> {
        let asked = Asked::new(shape);
        let mut explain = Explain::new(self.len());
        let mut hits: Vec<Hit<'_, T>> = Vec::new();
        self.visit_within(&asked.bounds(), radius.to_m(), |leaves, _| {
            for leaf in leaves {
                explain.candidates += 1;
                let index = self.item_of(leaf);
                let item = &self.items()[index];
                if filter(item) {
                    explain.refined += 1;
                    let nearest = self.nearest_of(leaf, &asked, radius.to_m());
                    hits.extend(nearest.map(|nearest| Hit { item, index, nearest }));
                }
            }
        });
        hits.sort_unstable_by(order);
        explain.pruned = explain.indexed - explain.candidates;
        Answer { value: hits, explain }
    }

    /// Calls `visit` with the place in [`items`](SpatialIndex::items) of each item at most `radius`
    /// away from a shape of any kind: those of [`within_distance`](Self::within_distance), without
    /// distances and in no order that is promised.
    ///
    /// Cost: items whose boxes lie wholly within the radius are not looked at, so that each costs
    /// about a nanosecond; the others are measured.
    ///
    /// ```
    /// use tumen_geo_core::{Length, LonLat, Shape, index::{Named, SpatialIndex}};
    /// let at = |lon, lat| LonLat::new(lon, lat).map(Shape::point);
    /// let index = SpatialIndex::new(vec![
    ///     Named { id: "rajin".to_owned(), shape: at(130.298, 42.249)? },
    ///     Named { id: "vladivostok".to_owned(), shape: at(131.874, 43.106)? },
    /// ]);
    /// let mut found = Vec::new();
    /// index.each_within_distance(&at(130.806, 42.651)?, Length::km(100.0), |place| found.push(place));
    /// assert_eq!(found, [0]);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn each_within_distance(
        &self,
        shape: &Shape,
        radius: Length,
        mut visit: impl FnMut(usize),
    ) -> Explain {
        let asked = Asked::new(shape);
        let mut explain = Explain::new(self.len());
        self.visit_within(&asked.bounds(), radius.to_m(), |leaves, surely| {
            explain.candidates += leaves.len();
            if surely {
                self.items_of(leaves).for_each(&mut visit);
                return;
            }
            explain.refined += leaves.len();
            for leaf in leaves {
                if self.nearest_of(leaf, &asked, radius.to_m()).is_some() {
                    visit(self.item_of(leaf));
                }
            }
        });
        explain.pruned = explain.indexed - explain.candidates;
        explain
    }

    /// The shortest line from a shape to a leaf's item, or `None` when it is longer than `limit`
    /// metres.
    fn nearest_of(&self, leaf: usize, from: &Asked<'_>, limit: f64) -> Option<Nearest> {
        if let Some(((from, at), to)) = from.point().zip(self.point_of(leaf)) {
            let nearest = Nearest::of_points((from, at), (to, to_ecef(to)));
            return Some(nearest).filter(|nearest| nearest.distance.to_m() <= limit);
        }
        let index = self.item_of(leaf);
        // Most areas around a point, and most beside it, are told without working out an outline.
        if let Some((at, _)) = from.point() {
            match self.side(index, at) {
                Some(Side::Inside) => return Some(Nearest::at(at)).filter(|_| limit >= 0.0),
                Some(Side::Outside) if limit < MARGIN_METRES => return None,
                Some(Side::Outside | Side::Unclear) | None => {}
            }
        }
        nearest_within(from.measured(), self.measured(index), limit)
    }

    /// The items that lie in an area with all their points, of those that pass `filter`; an item on
    /// the boundary of the area lies in it. Ordered by id, then place.
    pub fn within_area(&self, area: &Shape, filter: impl Fn(&T) -> bool) -> Answer<Vec<&T>> {
        let asked = Asked::new(area);
        self.tested(&asked, filter, |leaf| {
            // A point holds a point only; an area's inside and outside are clear for most.
            let clear = self.point_of(leaf).and_then(|_| self.clear_side(leaf, &asked));
            let covers = || covers_measured(asked.measured(), self.measured(self.item_of(leaf)));
            clear.unwrap_or_else(covers)
        })
    }

    /// The items that share a point with a shape of any kind, of those that pass `filter`. Ordered
    /// by id, then place.
    pub fn intersecting(&self, shape: &Shape, filter: impl Fn(&T) -> bool) -> Answer<Vec<&T>> {
        let asked = Asked::new(shape);
        self.tested(&asked, filter, |leaf| self.meets(leaf, &asked))
    }

    /// Calls `visit` with the place in [`items`](SpatialIndex::items) of each item that shares a point
    /// with a shape of any kind: those of [`intersecting`](Self::intersecting), in no order that is
    /// promised.
    ///
    /// Cost: some tenths of a microsecond for a point and each area whose box holds it, whatever the
    /// number of its positions; an area is prepared for that when it is first looked at. Many points
    /// in many areas are found faster by asking an index of the points about each area: some tens of
    /// nanoseconds for each point.
    ///
    /// ```
    /// use geo_types::polygon;
    /// use tumen_geo_core::{EdgeModel, LonLat, Shape, index::{Named, SpatialIndex}};
    /// let triangle = polygon![
    ///     (x: 130.2980, y: 42.2494), (x: 130.3660, y: 42.8620), (x: 130.8061, y: 42.6511)];
    /// let shape = Shape::new(triangle.into(), EdgeModel::Geodesic)?;
    /// let index = SpatialIndex::new(vec![Named { id: "small-triangle".to_owned(), shape }]);
    /// let quanhe = Shape::point(LonLat::new(130.51, 42.58)?);
    /// let mut found = Vec::new();
    /// index.each_intersecting(&quanhe, |place| found.push(place));
    /// assert_eq!(found, [0]);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn each_intersecting(&self, shape: &Shape, mut visit: impl FnMut(usize)) -> Explain {
        let asked = Asked::new(shape);
        let mut explain = Explain::new(self.len());
        self.visit_within(&asked.bounds(), 0.0, |leaves, _| {
            explain.candidates += leaves.len();
            let meeting = leaves.filter(|&leaf| self.meets(leaf, &asked));
            meeting.for_each(|leaf| visit(self.item_of(leaf)));
        });
        explain.refined = explain.candidates;
        explain.pruned = explain.indexed - explain.candidates;
        explain
    }

    /// Whether the item of a leaf shares a point with a shape.
    fn meets(&self, leaf: usize, asked: &Asked<'_>) -> bool {
        self.clear_side(leaf, asked)
            .unwrap_or_else(|| meet(asked.measured(), self.measured(self.item_of(leaf))))
    }

    /// Whether of a leaf's item and a shape one is a point inside the other, an area; `None` where
    /// that is not so or not clear.
    fn clear_side(&self, leaf: usize, asked: &Asked<'_>) -> Option<bool> {
        let side = match (asked.point(), self.point_of(leaf)) {
            (None, Some(at)) => asked.side(at),
            (Some((at, _)), None) => self.side(self.item_of(leaf), at),
            _ => None,
        };
        match side? {
            Side::Inside => Some(true),
            Side::Outside => Some(false),
            Side::Unclear => None,
        }
    }

    /// The items that pass `filter` and, as leaves, `test`, ordered by id, then place.
    fn tested(
        &self,
        asked: &Asked<'_>,
        filter: impl Fn(&T) -> bool,
        test: impl Fn(usize) -> bool,
    ) -> Answer<Vec<&T>> {
        let mut explain = Explain::new(self.len());
        let mut found = Vec::new();
        self.visit_within(&asked.bounds(), 0.0, |leaves, _| {
            explain.candidates += leaves.len();
            for leaf in leaves {
                let index = self.item_of(leaf);
                if filter(&self.items()[index]) {
                    explain.refined += 1;
                    found.extend(test(leaf).then_some(index));
                }
            }
        });
        explain.pruned = explain.indexed - explain.candidates;
        found.sort_by(|&a, &b| self.id_order(a, b));
        Answer { value: found.into_iter().map(|index| &self.items()[index]).collect(), explain }
    }

    /// The places of the items to which a shape has one of `relations`, with the relation, by id,
    /// then place.
    pub(super) fn related(
        &self,
        shape: &Shape,
        relations: &[Relation],
    ) -> (Vec<(usize, Relation)>, Explain) {
        let asked = Asked::new(shape);
        let mut explain = Explain::new(self.len());
        let mut found = Vec::new();
        self.visit_within(&asked.bounds(), 0.0, |leaves, _| {
            explain.candidates += leaves.len();
            for leaf in leaves {
                let relation = self.relation_of(leaf, &asked);
                if relation.is_some_and(|relation| relations.contains(&relation)) {
                    found.extend(relation.map(|relation| (self.item_of(leaf), relation)));
                }
            }
        });
        explain.refined = explain.candidates;
        explain.pruned = explain.indexed - explain.candidates;
        found.sort_by(|a, b| self.id_order(a.0, b.0));
        (found, explain)
    }

    /// How a shape lies to the item of a leaf, if they share a point.
    fn relation_of(&self, leaf: usize, asked: &Asked<'_>) -> Option<Relation> {
        let whole = match self.clear_side(leaf, asked) {
            // A point inside an area.
            Some(true) if asked.point().is_some() => Some(Relation::CoveredBy),
            Some(true) => Some(Relation::Covers),
            Some(false) => return None,
            None => None,
        };
        let measure = || {
            let (shape, item) = (asked.measured(), self.measured(self.item_of(leaf)));
            meet(shape, item).then(|| relate_measured(shape, item))
        };
        whole.or_else(measure)
    }

    /// The places of the items that pass `filter` and whose boxes meet `bounds`, all of them to be
    /// tested by the caller.
    pub(super) fn that_may_meet(
        &self,
        bounds: &EcefBox,
        filter: impl Fn(&T) -> bool,
    ) -> (Vec<usize>, Explain) {
        let mut explain = Explain::new(self.len());
        let mut found = Vec::new();
        self.visit_within(bounds, 0.0, |leaves, _| {
            explain.candidates += leaves.len();
            let items = leaves.map(|leaf| self.item_of(leaf));
            found.extend(items.filter(|&index| filter(&self.items()[index])));
        });
        explain.refined = found.len();
        explain.pruned = explain.indexed - explain.candidates;
        (found, explain)
    }
}

fn order<T: Spatial>(a: &Hit<'_, T>, b: &Hit<'_, T>) -> Ordering {
    a.distance()
        .total_cmp(&b.distance())
        .then_with(|| a.item.id().cmp(b.item.id()))
        .then(a.index.cmp(&b.index))
}
