//! Distances and relations of two shapes: the same from either side, and no way round is shorter.

use proptest::prelude::*;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{Relation, covers, intersects, relate, relate_matrix};
use tumen_geo_core::query::overlap_of;
use tumen_geo_core::{Area, LonLat, Shape};

use crate::cases;
use crate::shapes::{center, drawn, pair, position};

/// Metres: each of two distances is known to 2 mm.
const TWICE: f64 = 4e-3;

/// Metres: each of three distances is known to 2 mm.
const THRICE: f64 = 6e-3;

/// What shapes that meet may add, metres: they meet where their edges are straight, and distances are
/// to geodesics.
fn reading(distances: &[f64]) -> f64 {
    let meet = distances.iter().filter(|&&distance| distance == 0.0).count();
    meet as f64 * Shape::EDGE_TOLERANCE.to_m()
}

fn metres(a: &Shape, b: &Shape) -> f64 {
    Geodesic::distance_between(a, b).to_m()
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn distance_is_symmetric((a, b) in pair(9e6)) {
        let (there, back) = (Geodesic::nearest(&a, &b), Geodesic::nearest(&b, &a));
        let off = (there.distance - back.distance).abs().to_m();
        prop_assert!(off < TWICE, "{there:?} {back:?}");
        prop_assert_eq!(intersects(&a, &b), intersects(&b, &a));
        prop_assert_eq!(there.distance.to_m() == 0.0, intersects(&a, &b));
        for (nearest, from, to) in [(there, &a, &b), (back, &b, &a)] {
            let apart = Geodesic::distance(nearest.from, nearest.to).to_m();
            // The distance is that of its ends, but for what touches.
            prop_assert!((apart - nearest.distance.to_m()).abs() < 1e-3, "{nearest:?}");
            for (end, shape) in [(nearest.from, from), (nearest.to, to)] {
                let off = metres(&Shape::point(end), shape);
                prop_assert!(off <= TWICE + reading(&[nearest.distance.to_m()]), "{nearest:?} {off}");
            }
        }
    }

    #[test]
    fn relations_are_those_of_the_other_side((a, b) in pair(1e6)) {
        let (there, back) = (relate(&a, &b), relate(&b, &a));
        prop_assert_eq!(there, back.reversed());
        prop_assert_eq!(there != Relation::Disjoint, intersects(&a, &b));
        prop_assert_eq!(matches!(there, Relation::Covers | Relation::Equals), covers(&a, &b));
        prop_assert_eq!(matches!(back, Relation::Covers | Relation::Equals), covers(&b, &a));
        let matrix = relate_matrix(&a, &b);
        let transposed: String = [0, 3, 6, 1, 4, 7, 2, 5, 8].map(|i| &matrix[i..=i]).concat();
        prop_assert_eq!(transposed, relate_matrix(&b, &a));
        prop_assert_eq!(relate(&a, &a), Relation::Equals);
    }

    #[test]
    fn shared_areas_are_those_of_the_other_side((a, b) in pair(1e6)) {
        let (there, back) = (overlap_of(&a, &b), overlap_of(&b, &a));
        prop_assert_eq!(there.is_some(), intersects(&a, &b));
        let (Some(there), Some(back)) = (there, back) else { return Ok(()) };
        prop_assert_eq!(there.relation, back.relation.reversed());
        // Each lies within its own error of the true one.
        let error = there.error + back.error;
        prop_assert!((there.area - back.area).abs() <= error, "{there:?} {back:?}");
        let areas = [Geodesic::area(&a), Geodesic::area(&b)];
        prop_assert!(there.area <= areas[0].min(areas[1]) + there.error);
        for (one, other, area) in [
            (there.share_of_first, back.share_of_second, areas[0]),
            (there.share_of_second, back.share_of_first, areas[1]),
        ] {
            prop_assert!((0.0..=1.0).contains(&one));
            prop_assert!((one - other).abs() * area.to_m2() <= error.to_m2() + Area::m2(1e-6).to_m2());
        }
    }

    #[test]
    fn no_way_round_is_shorter((a, b) in pair(9e6), p in position(), q in center()) {
        let straight = metres(&a, &b);
        let corners = a.positions().chain(b.positions()).map(|c| LonLat::wrap(c.x, c.y)).step_by(97);
        for through in [p, q].into_iter().chain(corners.take(6)) {
            let through = Shape::point(through);
            let (first, second) = (metres(&a, &through), metres(&through, &b));
            let most = first + second + THRICE + reading(&[first, second]);
            prop_assert!(straight <= most, "{straight} {first} {second} by {through:?}");
            // A point of one is no nearer to the other than all of it.
            let beyond = metres(&through, &Shape::point(p));
            prop_assert!((metres(&a, &Shape::point(p)) - first).abs() <= beyond + THRICE + reading(&[first]));
        }
    }

    #[test]
    fn what_is_added_is_never_farther((_, _, drawn) in drawn(), p in position()) {
        let Some(shape) = drawn.shape() else { return Ok(()) };
        let all = metres(&Shape::point(p), &shape);
        for corner in shape.positions().step_by(41).take(12) {
            let to_corner = Geodesic::distance(p, LonLat::wrap(corner.x, corner.y)).to_m();
            prop_assert!(all <= to_corner + TWICE, "{all} {to_corner}");
        }
    }
}
