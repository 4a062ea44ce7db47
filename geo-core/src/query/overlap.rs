//! What pairs of shapes share: relation, area, shares, and the shared part itself.

use std::sync::OnceLock;

use super::area::area_of;
use super::{Answer, Explain};
use crate::geometry::Shape;
use crate::index::{Spatial, SpatialIndex};
use crate::measure::Geodesic;
use crate::measure::contact::Measured;
use crate::measure::outline::Outline;
use crate::predicate::plane::{common_plane, shared_area};
use crate::predicate::{Relation, meet, relate_measured};
use crate::unit::{Area, Length};

/// What two shapes share.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// How the first lies to the second.
    pub relation: Relation,
    /// The shared area on the ellipsoid; zero unless both are areas.
    pub area: Area,
    /// The shared area as a share of the first shape's, 0…1.
    pub share_of_first: f64,
    /// The shared area as a share of the second shape's, 0…1.
    pub share_of_second: f64,
    /// How far the area can be off because edges are known to a metre: a metre along the boundary
    /// of the shared part. Where it exceeds the area, the shapes may as well only touch.
    pub error: Area,
    /// The shared part, where it has an area.
    pub shared: Option<Shape>,
}

impl Overlap {
    /// What the second shape shares with the first.
    pub fn reversed(self) -> Self {
        Self {
            relation: self.relation.reversed(),
            share_of_first: self.share_of_second,
            share_of_second: self.share_of_first,
            ..self
        }
    }
}

/// A pair of items that share a point, by their places in [`SpatialIndex::items`].
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The place of the first item; that with the lesser id.
    pub first: usize,
    /// The place of the second item.
    pub second: usize,
    /// What they share.
    pub overlap: Overlap,
}

/// What two shapes share; `None` when they share no point.
///
/// Areas are intersected in the lon/lat plane, where a [`Shape`] promises straight edges, on a grid
/// no coarser than 2.5e-7 degrees (3 cm; below a millimetre for shapes of some degrees), and
/// measured on the ellipsoid. Cost: n log n, some 10 ms for two areas of 10 000 positions.
///
/// ```
/// use geo_types::polygon;
/// use tumen_geo_core::{EdgeModel, Shape, predicate::Relation, query::overlap_of};
/// let small = polygon![
///     (x: 130.2980, y: 42.2494), (x: 130.3660, y: 42.8620), (x: 130.8061, y: 42.6511)];
/// let large = polygon![
///     (x: 129.7757, y: 41.7956), (x: 129.5133, y: 42.9068), (x: 131.8735, y: 43.1056)];
/// let small = Shape::new(small.into(), EdgeModel::Geodesic)?;
/// let large = Shape::new(large.into(), EdgeModel::Geodesic)?;
/// let overlap = overlap_of(&large, &small).unwrap();
/// assert_eq!(overlap.relation, Relation::Covers);
/// assert_eq!(overlap.share_of_second, 1.0);
/// assert!(overlap.share_of_first < 0.2);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn overlap_of(a: &Shape, b: &Shape) -> Option<Overlap> {
    let (left, right) = (Outline::of(a), Outline::of(b));
    let (around_a, around_b) = (OnceLock::new(), OnceLock::new());
    measured_overlap(
        &Side {
            of: Measured { shape: a, outline: &left },
            area: Geodesic::area(a),
            perimeter: &around_a,
        },
        &Side {
            of: Measured { shape: b, outline: &right },
            area: Geodesic::area(b),
            perimeter: &around_b,
        },
    )
}

/// One of two shapes, and how large it is.
struct Side<'a> {
    of: Measured<'a>,
    area: Area,
    /// Measured when one shape is found to hold the other.
    perimeter: &'a OnceLock<Length>,
}

impl Side<'_> {
    fn perimeter(&self) -> Length {
        *self.perimeter.get_or_init(|| Geodesic::perimeter(self.of.shape))
    }
}

fn measured_overlap(a: &Side<'_>, b: &Side<'_>) -> Option<Overlap> {
    if !meet(a.of, b.of) {
        return None;
    }
    let none = |relation| Overlap {
        relation,
        area: Area::ZERO,
        share_of_first: 0.0,
        share_of_second: 0.0,
        error: Area::ZERO,
        shared: None,
    };
    let (first, second) = (a.of.shape, b.of.shape);
    if first.dimension() < 2 || second.dimension() < 2 {
        return Some(none(relate_measured(a.of, b.of)));
    }
    let known = |relation, shared: Shape, area: Area, perimeter: Length| {
        let share = |whole: Area| if whole > Area::ZERO { (area / whole).min(1.0) } else { 0.0 };
        Overlap {
            relation,
            area,
            share_of_first: share(a.area),
            share_of_second: share(b.area),
            error: uncertain(perimeter),
            shared: Some(shared),
        }
    };
    let cut = intersection(first, second);
    let cut = cut.map(|cut| (Geodesic::area(&cut), Geodesic::perimeter(&cut), cut));
    // Most pairs share a part that is neither nothing nor all of one of them by any error, and to
    // relate them costs several times as much as to cut them.
    if let Some((area, perimeter, _)) = &cut {
        let error = uncertain(*perimeter);
        let clear = |rest: Area| rest.to_m2() > 2.0 * error.to_m2();
        if clear(*area) && clear(a.area - *area) && clear(b.area - *area) {
            let (area, perimeter, cut) = cut?;
            return Some(known(Relation::Overlaps, cut, area, perimeter));
        }
    }
    // One that lies in the other is what they share: its own shape is exact, a cut one is not.
    let relation = relate_measured(a.of, b.of);
    Some(match relation {
        Relation::Covers | Relation::Equals => {
            known(relation, second.clone(), b.area, b.perimeter())
        }
        Relation::CoveredBy => known(relation, first.clone(), a.area, a.perimeter()),
        Relation::Touches | Relation::Disjoint => none(relation),
        Relation::Crosses | Relation::Overlaps => match cut {
            Some((area, perimeter, cut)) => known(relation, cut, area, perimeter),
            None => none(relation),
        },
    })
}

/// How far an area can be off along a boundary whose edges are known to a metre.
fn uncertain(boundary: Length) -> Area {
    Area::m2(boundary.to_m() * Shape::EDGE_TOLERANCE.to_m())
}

/// The part that two areas share; `None` when it has no area, or less than the grid can hold.
fn intersection(a: &Shape, b: &Shape) -> Option<Shape> {
    let (a, b) = common_plane(a, b);
    area_of(shared_area(&a, &b))
}

impl<T: Spatial> SpatialIndex<T> {
    /// What a shape shares with each item that shares a point with it, of those that pass `filter`:
    /// the shape is the first, the item the second. Ordered by id, then place.
    pub fn overlap(
        &self,
        shape: &Shape,
        filter: impl Fn(&T) -> bool,
    ) -> Answer<Vec<(&T, Overlap)>> {
        let outline = Outline::of(shape);
        let around = OnceLock::new();
        let of = Measured { shape, outline: &outline };
        let side = Side { of, area: Geodesic::area(shape), perimeter: &around };
        let (candidates, explain) = self.that_may_meet(outline.bounds(), filter);
        let mut found: Vec<(usize, Overlap)> = Vec::new();
        for index in candidates {
            let item = self.side(index);
            let overlap = measured_overlap(&side, &item);
            found.extend(overlap.map(|overlap| (index, overlap)));
        }
        found.sort_by(|a, b| self.id_order(a.0, b.0));
        let value = found.into_iter().map(|(index, overlap)| (&self.items()[index], overlap));
        Answer { value: value.collect(), explain }
    }

    /// What each two items share, of those that pass `filter` and share a point. Each pair comes
    /// once, the lesser id first; ordered by the ids.
    pub fn overlaps(&self, filter: impl Fn(&T) -> bool) -> Answer<Vec<Pair>> {
        let chosen: Vec<bool> = self.items().iter().map(filter).collect();
        let mut explain = Explain::new(self.len());
        let mut pairs = Vec::new();
        for one in (0..self.len()).filter(|&one| chosen[one]) {
            let mut walk = self.by_bound(self.measured(one).outline.bounds());
            while let Some(other) = walk.next_within(0.0) {
                if !chosen[other] || self.id_order(one, other).is_ge() {
                    continue;
                }
                explain.candidates += 1;
                explain.refined += 1;
                let overlap = measured_overlap(&self.side(one), &self.side(other));
                pairs.extend(overlap.map(|overlap| Pair { first: one, second: other, overlap }));
            }
        }
        let count = chosen.iter().filter(|&&chosen| chosen).count();
        explain.pruned = count * count.saturating_sub(1) / 2 - explain.candidates;
        pairs.sort_by(|a, b| {
            self.id_order(a.first, b.first).then(self.id_order(a.second, b.second))
        });
        Answer { value: pairs, explain }
    }

    fn side(&self, index: usize) -> Side<'_> {
        Side { of: self.measured(index), area: self.area(index), perimeter: self.perimeter(index) }
    }

    pub(super) fn id_order(&self, a: usize, b: usize) -> std::cmp::Ordering {
        self.items()[a].id().cmp(self.items()[b].id()).then(a.cmp(&b))
    }
}
