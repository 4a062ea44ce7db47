//! The ground that areas cover, one part for each combination of them.

use geo::{BooleanOps, BoundingRect, Intersects};
use geo_types::{MultiPolygon, Rect};

use super::area::{area_of, straightened, without_slivers};
use super::{Answer, Explain};
use crate::geometry::Shape;
use crate::index::{Spatial, SpatialIndex};
use crate::measure::Geodesic;
use crate::predicate::plane::areas_in_one_plane;
use crate::unit::Area;

/// The ground that some areas share and no other area covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The areas that cover it, by their places in [`SpatialIndex::items`], ordered by id.
    pub members: Vec<usize>,
    /// The ground.
    pub shape: Shape,
    /// Its area on the ellipsoid.
    pub area: Area,
    /// Its share of the area of each member, 0…1, in their order.
    pub shares: Vec<f64>,
    /// How far the area can be off because strips below two metres are no parts: a metre along the
    /// boundary.
    pub error: Area,
}

/// A part while areas are still being laid over it.
struct Piece {
    members: Vec<usize>,
    ground: MultiPolygon,
    bounds: Option<Rect>,
    /// Whether it is still all of its one member.
    whole: bool,
}

impl Piece {
    fn new(members: Vec<usize>, ground: MultiPolygon, whole: bool) -> Option<Self> {
        let bounds = ground.bounding_rect();
        (!ground.0.is_empty()).then_some(Self { members, ground, bounds, whole })
    }
}

impl<T: Spatial> SpatialIndex<T> {
    /// The ground that the areas cover, of those that pass `filter`, parted by which of them cover
    /// it: A alone, B alone, A and B, and so on. Points and lines are left out. Ordered by the
    /// number of members, then their ids.
    ///
    /// # Guarantees
    /// * No two parts share ground, and no two have the same members; each area has at least one
    ///   part unless it is a sliver itself.
    /// * The parts of an area make up its area, to within the sum of their [`errors`](Part::error):
    ///   pieces whose area is less than a metre along their boundary (strips below 2 m) are not
    ///   told apart from what lies beside them, or dropped, because edges are not known better.
    ///   The overlay itself moves positions by no more than 5 cm each time.
    ///
    /// Cost: each area is laid over the parts whose boxes meet its own, with n log n for their
    /// positions: it grows with the parts that exist, not with the 2ⁿ that could.
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
    /// let parts = index.combine(|_| true).value;
    /// let members: Vec<&[usize]> = parts.iter().map(|part| part.members.as_slice()).collect();
    /// assert_eq!(members, [&[1][..], &[1, 0]]);
    /// assert!((parts[1].shares[1] - 1.0).abs() < 1e-6);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn combine(&self, filter: impl Fn(&T) -> bool) -> Answer<Vec<Part>> {
        let mut explain = Explain::of_pairs(self.len());
        let mut parts = Vec::new();
        for group in self.groups(filter, &mut explain) {
            let shapes: Vec<&Shape> = group.iter().map(|&i| self.items()[i].shape()).collect();
            let areas: Vec<Area> = shapes.iter().map(|shape| Geodesic::area(shape)).collect();
            let least = areas.iter().copied().reduce(Area::min).unwrap_or(Area::ZERO);
            let straightened = straightened(&shapes, least);
            let planes = areas_in_one_plane(&straightened.shapes.iter().collect::<Vec<_>>());
            for piece in overlaid(&planes) {
                let shape = match piece.members[..] {
                    [only] if piece.whole => Some(shapes[only].clone()),
                    _ => area_of(piece.ground, straightened.parts),
                };
                let Some(shape) = shape else { continue };
                let area = Geodesic::area(&shape);
                let share = |&member: &usize| (area / areas[member]).min(1.0);
                let boundary = Geodesic::perimeter(&shape).to_m();
                parts.push(Part {
                    shares: piece.members.iter().map(share).collect(),
                    members: piece.members.iter().map(|&member| group[member]).collect(),
                    shape,
                    area,
                    error: Area::m2(boundary * Shape::EDGE_TOLERANCE.to_m()),
                });
            }
        }
        parts.sort_by(|a, b| {
            let pairs = a.members.iter().zip(&b.members);
            let by_id = pairs.map(|(&a, &b)| self.id_order(a, b)).find(|order| order.is_ne());
            a.members.len().cmp(&b.members.len()).then(by_id.unwrap_or(std::cmp::Ordering::Equal))
        });
        Answer { value: parts, explain }
    }

    /// The areas that pass `filter`, in groups whose boxes hang together: no area shares ground
    /// with one of another group. Each group is ordered by id.
    fn groups(&self, filter: impl Fn(&T) -> bool, explain: &mut Explain) -> Vec<Vec<usize>> {
        let chosen: Vec<bool> =
            self.items().iter().map(|item| item.shape().dimension() == 2 && filter(item)).collect();
        let mut grouped = vec![false; self.len()];
        let mut groups = Vec::new();
        for first in (0..self.len()).filter(|&first| chosen[first]) {
            if std::mem::replace(&mut grouped[first], true) {
                continue;
            }
            let mut group = vec![first];
            let mut done = 0;
            while let Some(&one) = group.get(done) {
                done += 1;
                let others = self.that_may_meet(&self.measured(one).outline.bounds(), |_| true).0;
                for other in others {
                    explain.candidates += usize::from(chosen[other] && one < other);
                    if chosen[other] && !std::mem::replace(&mut grouped[other], true) {
                        group.push(other);
                    }
                }
            }
            group.sort_by(|&a, &b| self.id_order(a, b));
            groups.push(group);
        }
        explain.refined = explain.candidates;
        *explain = explain.among(chosen.iter().filter(|&&chosen| chosen).count());
        groups
    }
}

/// Lays areas of one plane over each other, one after the other: each parts the pieces that are
/// there into what lies in it and what does not, and adds what no piece had.
fn overlaid(areas: &[MultiPolygon]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (member, area) in areas.iter().enumerate() {
        let bounds = area.bounding_rect();
        let mut rest = area.clone();
        let mut whole = true;
        let mut next = Vec::with_capacity(pieces.len() + 1);
        for piece in pieces {
            let apart = !piece.bounds.zip(bounds).is_some_and(|(a, b)| a.intersects(&b));
            let shared = if apart { None } else { Some(piece.ground.intersection(area)) };
            let Some(shared) = shared.filter(|shared| !shared.0.is_empty()) else {
                next.push(piece);
                continue;
            };
            rest = rest.difference(&piece.ground);
            whole = false;
            let inside = without_slivers(shared);
            if inside.0.is_empty() {
                // What lies in both is a sliver, and stays where it was.
                next.push(piece);
                continue;
            }
            let outside = without_slivers(piece.ground.difference(area));
            let mut members = piece.members.clone();
            members.push(member);
            // Likewise a sliver that lies outside goes with the inside.
            let inside = if outside.0.is_empty() { piece.ground } else { inside };
            next.extend(Piece::new(piece.members, outside, false));
            next.extend(Piece::new(members, inside, false));
        }
        let rest = if whole { rest } else { without_slivers(rest) };
        next.extend(Piece::new(vec![member], rest, whole));
        pieces = next;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area as _;
    use geo_types::Coord;

    fn square(west: f64, south: f64, side: f64) -> MultiPolygon {
        let corner = |x: f64, y: f64| Coord { x, y };
        Rect::new(corner(west, south), corner(west + side, south + side)).to_polygon().into()
    }

    fn found(areas: &[MultiPolygon]) -> Vec<(Vec<usize>, f64)> {
        let area = |ground: &MultiPolygon| (ground.unsigned_area() * 1e6).round() / 1e6;
        overlaid(areas).iter().map(|p| (p.members.clone(), area(&p.ground))).collect()
    }

    /// Expected: squares, by hand.
    #[test]
    fn squares_part_each_other() {
        let (a, b, c) = (square(0., 0., 2.), square(1., 0., 2.), square(0.5, 1., 2.));
        assert_eq!(
            found(&[a.clone(), b, c]),
            [
                (vec![0], 1.5),
                (vec![0, 2], 0.5),
                (vec![0, 1], 1.0),
                (vec![0, 1, 2], 1.0),
                (vec![1], 1.5),
                (vec![1, 2], 0.5),
                (vec![2], 2.0),
            ]
        );
        // The same twice is one part; one inside the other leaves a frame.
        assert_eq!(found(&[a.clone(), a.clone()]), [(vec![0, 1], 4.0)]);
        assert_eq!(found(&[a, square(0.5, 0.5, 1.)]), [(vec![0], 3.0), (vec![0, 1], 1.0)]);
    }

    #[test]
    fn slivers_are_no_parts() {
        // A millionth of a degree is 11 cm.
        let (a, b) = (square(0., 0., 1.), square(1.0 - 1e-6, 0., 1.));
        assert_eq!(found(&[a.clone(), b]).len(), 2);
        assert_eq!(found(&[a.clone(), square(0., 0., 1.0 + 1e-6)]).len(), 1);
        assert_eq!(found(&[a, square(1.0 - 1e-4, 0., 1.)]).len(), 3);
    }
}
