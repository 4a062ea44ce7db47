//! Whether shapes share points, and how: yes-or-no questions, without distances.
//!
//! Shapes are closed, their boundary belongs to them. Tests read edges as straight in longitude and
//! latitude, which a [`Shape`] promises to be within a metre of geodesics; positions less than
//! about 0.1 mm apart are the same.

pub(crate) mod plane;
mod relation;

pub use relation::{Relation, relate, relate_matrix};

use crate::geometry::{LonLat, Shape};
use crate::measure::contact::{Measured, contact, crossing, starts};
use crate::measure::inside::holds;
use crate::measure::outline::Outline;
use crate::measure::{TOUCH, nearest_within};

/// Whether the area covers the position, its boundary included. About 10 ns for each position of
/// the area.
///
/// ```
/// use geo_types::polygon;
/// use tumen_geo_core::{EdgeModel, LonLat, Shape, predicate::contains};
/// // A box around Wrangel island, over ±180°.
/// let wrangel = polygon![(x: 178., y: 70.5), (x: -177., y: 70.5), (x: -177., y: 72.), (x: 178., y: 72.)];
/// let wrangel = Shape::new(wrangel.into(), EdgeModel::LonLat)?;
/// assert!(contains(&wrangel, LonLat::new(-179.4, 71.2)?));
/// assert!(!contains(&wrangel, LonLat::new(0.0, 71.2)?));
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn contains(area: &Shape, position: LonLat) -> bool {
    holds(area, position.into())
}

/// Whether the shapes share a point. About 0.1 µs for each position.
pub fn intersects(a: &Shape, b: &Shape) -> bool {
    let (left, right) = (Outline::of(a), Outline::of(b));
    meet(Measured { shape: a, outline: &left }, Measured { shape: b, outline: &right })
}

/// Whether `a` has every point of `b`, be it on its boundary.
pub fn covers(a: &Shape, b: &Shape) -> bool {
    let (left, right) = (Outline::of(a), Outline::of(b));
    covers_measured(Measured { shape: a, outline: &left }, Measured { shape: b, outline: &right })
}

/// Whether every point of `a` is one of `b`, be it on the boundary: [`covers`] the other way round.
pub fn within(a: &Shape, b: &Shape) -> bool {
    covers(b, a)
}

/// Whether the shapes share points, but none that is inside both.
pub fn touches(a: &Shape, b: &Shape) -> bool {
    intersects(a, b) && relate(a, b) == Relation::Touches
}

pub(crate) fn meet(a: Measured<'_>, b: Measured<'_>) -> bool {
    nearest_within(a, b, TOUCH).is_some()
}

/// Cheap where the outlines do not meet, by [`relate`] where they do.
pub(crate) fn covers_measured(a: Measured<'_>, b: Measured<'_>) -> bool {
    if b.shape.dimension() > a.shape.dimension() || contact(a, b).is_none() {
        return false;
    }
    if crossing(a.outline, b.outline).is_none() {
        return holds_all(a.shape, b.shape);
    }
    if a.shape.dimension() == 2 && has_part_outside(a, b.shape) {
        return false;
    }
    matches!(relate(a.shape, b.shape), Relation::Covers | Relation::Equals)
}

/// The relation of two shapes that share a point: cheap where the outlines do not meet.
pub(crate) fn relate_measured(a: Measured<'_>, b: Measured<'_>) -> Relation {
    if crossing(a.outline, b.outline).is_none() {
        if holds_all(a.shape, b.shape) {
            return Relation::Covers;
        }
        if holds_all(b.shape, a.shape) {
            return Relation::CoveredBy;
        }
    }
    relate(a.shape, b.shape)
}

/// Whether the area `a` holds all of `b`, where their outlines do not meet: each part of `b` is
/// in `a` or outside it as a whole, and so is each ring of `a` in `b`.
pub(crate) fn holds_all(a: &Shape, b: &Shape) -> bool {
    a.dimension() == 2
        && starts(b).all(|start| holds(a, start))
        && !a.chains().any(|ring| holds(b, ring.0[0]))
}

/// Whether one of some positions of `b` lies clearly outside the area `a`; a quick no to covering.
fn has_part_outside(a: Measured<'_>, b: &Shape) -> bool {
    const LOOKS: usize = 64;
    let step = (b.positions().count() / LOOKS).max(1);
    b.positions().step_by(step).any(|position| {
        if holds(a.shape, position) {
            return false;
        }
        let point = Shape::point(LonLat::wrap(position.x, position.y));
        let outline = Outline::of(&point);
        nearest_within(Measured { shape: &point, outline: &outline }, a, TOUCH).is_none()
    })
}
