//! What pairs of shapes share: relation, area, shares, and the shared part itself.

use std::cell::OnceCell;

use geo::BoundingRect;
use geo_types::Geometry;

use super::area::{Straightened, area_of, straightened};
use super::asked::Asked;
use super::{Answer, Explain};
use crate::geometry::Shape;
use crate::index::{Spatial, SpatialIndex};
use crate::measure::Geodesic;
use crate::measure::contact::Measured;
use crate::measure::outline::Outline;
use crate::measure::shared::Common;
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
    /// How far the area can be off, the shapes being what their positions and
    /// [edges](Shape::edge_model) say: about a millionth of the smaller shape's area, or less.
    pub error: Area,
    /// The shared part, where it has an area.
    pub shared: Option<Shape>,
}

impl Overlap {
    /// The shared area as a share of the area that either shape covers, 0…1: the Jaccard index,
    /// 1 for two that are the same (P. Jaccard, Bull. Soc. Vaud. Sci. Nat. 37, 1901, 547–579).
    pub fn jaccard(&self) -> f64 {
        if self.share_of_first > 0.0 && self.share_of_second > 0.0 {
            1.0 / (1.0 / self.share_of_first + 1.0 / self.share_of_second - 1.0)
        } else {
            0.0
        }
    }

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
    /// The place of the first item: of two in one index, that with the lesser id.
    pub first: usize,
    /// The place of the second item, in its own index.
    pub second: usize,
    /// What they share.
    pub overlap: Overlap,
}

/// The area that two shapes share, without its outline or their relation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedArea {
    /// The shared area on the ellipsoid; zero for shapes that only touch, and unless both are areas.
    pub area: Area,
    /// How far the area can be off, as in [`Overlap::error`].
    pub error: Area,
}

/// What two shapes share; `None` when they share no point.
///
/// Areas are intersected in the lon/lat plane, geodesic edges as chains of straight ones that leave
/// them by no more than 2e-7 of the smaller shape's size, on a grid of 2e-9 of the extent (a millimetre
/// for shapes of some degrees), and measured on the ellipsoid. Cost: n log n, some
/// 10 ms for two areas of 10 000 positions.
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
/// assert!((overlap.jaccard() - overlap.share_of_first).abs() < 1e-12);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn overlap_of(a: &Shape, b: &Shape) -> Option<Overlap> {
    let (left, right) = (Outline::of(a), Outline::of(b));
    measured_overlap(
        Measured { shape: a, outline: &left },
        Measured { shape: b, outline: &right },
        (Geodesic::area(a), Geodesic::area(b)),
    )
}

pub(super) fn measured_overlap(
    a: Measured<'_>,
    b: Measured<'_>,
    areas: (Area, Area),
) -> Option<Overlap> {
    if !meet(a, b) {
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
    let (first, second) = (a.shape, b.shape);
    if first.dimension() < 2 || second.dimension() < 2 {
        return Some(none(relate_measured(a, b)));
    }
    let known = |relation, shared: Shape, area: Area, error: Area| {
        let share = |whole: Area| if whole > Area::ZERO { (area / whole).min(1.0) } else { 0.0 };
        Overlap {
            relation,
            area,
            share_of_first: share(areas.0),
            share_of_second: share(areas.1),
            error,
            shared: Some(shared),
        }
    };
    let least = areas.0.min(areas.1);
    let cut = intersection(first, second, least).map(|(cut, off)| {
        let error = Area::m2(Geodesic::perimeter(&cut).to_m() * off.to_m()) + Geodesic::AREA_ERROR;
        (Geodesic::area(&cut).min(least), error, cut)
    });
    // Most pairs share a part that is neither nothing nor all of one of them by any error, and to
    // relate them costs several times as much as to cut them.
    if let Some((area, error, _)) = cut {
        let clear = |rest: Area| rest.to_m2() > 2.0 * error.to_m2();
        if clear(area) && clear(areas.0 - area) && clear(areas.1 - area) {
            return cut.map(|(.., cut)| known(Relation::Overlaps, cut, area, error));
        }
    }
    // One that lies in the other is what they share: its own shape is exact, a cut one is not.
    let relation = relate_measured(a, b);
    Some(match relation {
        Relation::Covers | Relation::Equals => {
            known(relation, second.clone(), areas.1, Geodesic::AREA_ERROR)
        }
        Relation::CoveredBy => known(relation, first.clone(), areas.0, Geodesic::AREA_ERROR),
        Relation::Touches | Relation::Disjoint => none(relation),
        Relation::Crosses | Relation::Overlaps => match cut {
            Some((area, error, cut)) => known(relation, cut, area, error),
            None => none(relation),
        },
    })
}

/// The part that two areas share, and how far its boundary may lie from the true one; `None` when
/// it has no area, or less than the grid can hold.
pub(super) fn intersection(a: &Shape, b: &Shape, least: Area) -> Option<(Shape, Length)> {
    let Straightened { shapes, parts, off } = straightened(&[a, b], least);
    let (a, b) = common_plane(shapes.first()?, shapes.last()?);
    let grid = grid_step(&a, &b);
    let shared = area_of(shared_area(&a, &b), parts)?;
    Some((shared, off + grid * 2.0))
}

/// A step of the integer grid on which the overlay works: at most 2⁻²⁸ of half the extent.
fn grid_step(a: &Geometry, b: &Geometry) -> Length {
    const METRES_PER_DEGREE: f64 = 111_700.0;
    let boxes = [a.bounding_rect(), b.bounding_rect()].into_iter().flatten();
    let (low, high) = boxes.fold(([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]), |(low, high), r| {
        let (min, max) = (r.min(), r.max());
        ([low[0].min(min.x), low[1].min(min.y)], [high[0].max(max.x), high[1].max(max.y)])
    });
    let extent = (high[0] - low[0]).max(high[1] - low[1]);
    Length::m(extent / 2_f64.powi(29) * METRES_PER_DEGREE)
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
        let area = Geodesic::area(shape);
        let (candidates, explain) = self.that_may_meet(&outline.bounds(), filter);
        let mut found: Vec<(usize, Overlap)> = Vec::new();
        for index in candidates {
            let item = self.measured(index);
            let areas = (area, self.area(index));
            let overlap = measured_overlap(Measured { shape, outline: &outline }, item, areas);
            found.extend(overlap.map(|overlap| (index, overlap)));
        }
        found.sort_by(|a, b| self.id_order(a.0, b.0));
        let value = found.into_iter().map(|(index, overlap)| (&self.items()[index], overlap));
        Answer { value: value.collect(), explain }
    }

    /// Calls `visit` with the place in [`items`](SpatialIndex::items) of each item that shares a point
    /// with a shape, and the area that they share: that of [`overlap`](Self::overlap), in no order
    /// that is promised.
    ///
    /// Areas of one ring whose edges cross clearly, or that lie clearly inside each other, are not
    /// overlaid: the areas under what of either boundary lies in the other are summed, which leaves
    /// no grid and costs about a microsecond. Their edges are straight in lon/lat: geodesic ones are
    /// overlaid.
    ///
    /// ```
    /// use geo_types::polygon;
    /// use tumen_geo_core::{EdgeModel, Shape, index::{Named, SpatialIndex}};
    /// let box_at = |x: f64, y: f64| {
    ///     let ring = polygon![(x: x, y: y), (x: x + 1., y: y), (x: x + 1., y: y + 1.), (x: x, y: y + 1.)];
    ///     Shape::new(ring.into(), EdgeModel::LonLat)
    /// };
    /// let index = SpatialIndex::new(vec![Named { id: "box".to_owned(), shape: box_at(130., 42.)? }]);
    /// let mut areas = Vec::new();
    /// index.each_shared_area(&box_at(130.5, 42.5)?, |_, shared| areas.push(shared.area.to_km2()));
    /// assert!((areas[0] - 2_273.7).abs() < 0.2, "{areas:?}");
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn each_shared_area(
        &self,
        shape: &Shape,
        mut visit: impl FnMut(usize, SharedArea),
    ) -> Explain {
        let asked = Asked::new(shape);
        let mut explain = Explain::new(self.len());
        // Measured when the first overlay needs it.
        let whole = OnceCell::new();
        self.visit_within(&asked.bounds(), 0.0, |leaves, _| {
            explain.candidates += leaves.len();
            for index in self.items_of(leaves) {
                let boundaries = asked.boundary().zip(self.boundary(index));
                let common = boundaries.map_or(Common::Unclear, |(a, b)| a.shared(b));
                let shared = match common {
                    Common::Nothing => None,
                    Common::Ground(area) => Some(SharedArea { area, error: Geodesic::AREA_ERROR }),
                    Common::Unclear => {
                        let whole = *whole.get_or_init(|| Geodesic::area(shape));
                        let areas = (whole, self.area(index));
                        measured_overlap(asked.measured(), self.measured(index), areas)
                            .map(|Overlap { area, error, .. }| SharedArea { area, error })
                    }
                };
                if let Some(shared) = shared {
                    visit(index, shared);
                }
            }
        });
        explain.refined = explain.candidates;
        explain.pruned = explain.indexed - explain.candidates;
        explain
    }

    /// What each two items share, of those that pass `filter` and share a point. Each pair comes
    /// once, the lesser id first; ordered by the ids.
    pub fn overlaps(&self, filter: impl Fn(&T) -> bool) -> Answer<Vec<Pair>> {
        let chosen: Vec<bool> = self.items().iter().map(filter).collect();
        let mut explain = Explain::of_pairs(self.len());
        let mut pairs = Vec::new();
        for one in (0..self.len()).filter(|&one| chosen[one]) {
            let others = self.that_may_meet(&self.measured(one).outline.bounds(), |_| true).0;
            for other in others {
                if !chosen[other] || self.id_order(one, other).is_ge() {
                    continue;
                }
                explain.candidates += 1;
                explain.refined += 1;
                let (first, second) = (self.measured(one), self.measured(other));
                let overlap = measured_overlap(first, second, (self.area(one), self.area(other)));
                pairs.extend(overlap.map(|overlap| Pair { first: one, second: other, overlap }));
            }
        }
        let explain = explain.among(chosen.iter().filter(|&&chosen| chosen).count());
        pairs.sort_by(|a, b| {
            self.id_order(a.first, b.first).then(self.id_order(a.second, b.second))
        });
        Answer { value: pairs, explain }
    }

    pub(super) fn id_order(&self, a: usize, b: usize) -> std::cmp::Ordering {
        self.items()[a].id().cmp(self.items()[b].id()).then(a.cmp(&b))
    }
}

#[cfg(test)]
mod tests {
    use geo_types::{Coord, LineString, Polygon};

    use super::*;
    use crate::geometry::EdgeModel;
    use crate::measure::shared::Boundary;

    /// Expected: the area of the overlay that `geo` makes, to within its stated error.
    #[test]
    fn shared_areas_are_those_of_an_overlay() {
        let mut seed = 4_u64;
        let mut random = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        let (mut apart, mut sharing) = (0, 0);
        for round in 0..4000 {
            let long = round % 2;
            let lat = [100.0, 150.0][long] * (random() - 0.5);
            let lon = [130.0, 180.0, -180.0, 10.0][round / 2 % 4];
            let mut star = |turn: f64| {
                let reach = [0.1, 0.4][long];
                let middle = Coord { x: lon + reach * random() + turn, y: lat + reach * random() };
                let (size, corners) = if long == 0 {
                    (0.02 + 0.05 * random(), 30 + (40.0 * random()) as usize)
                } else {
                    (0.02 + 0.3 * random(), 3 + (60.0 * random()) as usize)
                };
                let least = [0.7, 0.3][long];
                let ring: LineString = (0..corners)
                    .map(|i| {
                        let (sin, cos) =
                            (std::f64::consts::TAU * i as f64 / corners as f64).sin_cos();
                        let spoke = size * (least + (1.0 - least) * random());
                        Coord { x: middle.x + spoke * cos, y: middle.y + spoke * sin }
                    })
                    .collect();
                let ring = Polygon::new(ring, vec![]);
                Shape::new(ring.into(), EdgeModel::LonLat).ok()
            };
            let turn = if lon == 180.0 { -360.0 } else { 0.0 };
            let (Some(a), Some(b)) = (star(0.0), star(turn)) else { continue };
            let [first, second] = [&a, &b].map(|shape| Boundary::of(shape).unwrap());
            let expected = overlap_of(&a, &b);
            let found = match first.shared(&second) {
                Common::Unclear => continue,
                Common::Nothing => {
                    assert_eq!(expected, None, "{a:?} {b:?}");
                    apart += 1;
                    continue;
                }
                Common::Ground(found) => found,
            };
            let expected = expected.unwrap();
            sharing += 1;
            let Common::Ground(back) = second.shared(&first) else { panic!("{a:?} {b:?}") };
            assert!((back - found).abs().to_m2() < 1e-3, "{back:?} {found:?}");
            let off = (found - expected.area).abs();
            assert!(off <= expected.error + Geodesic::AREA_ERROR, "{off:?} {:?}", expected.error);
        }
        assert!(apart > 500 && sharing > 1000, "{apart} {sharing}");
    }
}
