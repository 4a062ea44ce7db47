//! Lines measured along themselves and in areas.

use std::collections::BTreeSet;

use geo_types::Coord;

use crate::geometry::{LonLat, Shape};
use crate::measure::{Chainage, Geodesic};
use crate::predicate;
use crate::unit::Length;

/// The length of the longest part of a line between its positions nearest to two others, parts that
/// meet end to end taken as one; `None` for what is no line. Exact as [`Chainage`] is.
pub(super) fn along(line: &Shape, from: LonLat, to: LonLat) -> Option<Length> {
    let chainage = Chainage::of(line).ok()?;
    let [from, to] = [from, to].map(|at| chainage.locate_on(0, at).map(|place| place.chainage));
    Some((from? - to?).abs())
}

/// The length of the part of a line inside an area or on its boundary.
///
/// Edges that the two have in common count whole, as the borders and units of a topology have them;
/// of the others those count whose middle lies inside, so that each crossing is off by half an edge
/// at most.
pub(super) fn length_in(line: &Shape, area: &Shape) -> Length {
    let key = |a: Coord, b: Coord| {
        let [a, b] = [a, b].map(|c| (c.x.to_bits(), c.y.to_bits()));
        if a < b { (a, b) } else { (b, a) }
    };
    let boundary: BTreeSet<_> = area.edges().map(|(a, b)| key(a, b)).collect();
    let metres = line.edges().filter_map(|(a, b)| {
        let [from, to] = [a, b].map(|c| LonLat::wrap(c.x, c.y));
        let inside = || predicate::contains(area, Geodesic::midpoint(from, to));
        (boundary.contains(&key(a, b)) || inside()).then(|| Geodesic::distance(from, to).to_m())
    });
    Length::m(metres.sum())
}

#[cfg(test)]
mod tests {
    use geo_types::{line_string, polygon};

    use super::*;
    use crate::geometry::EdgeModel;

    fn meridian() -> Shape {
        let line = line_string![(x: 130., y: 42.), (x: 130., y: 43.), (x: 130., y: 44.)];
        Shape::new(line.into(), EdgeModel::Geodesic).unwrap()
    }

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn along_a_meridian_is_the_arc_of_the_meridian() {
        let expected = Geodesic::distance(at(130., 42.25), at(130., 43.5)).to_m();
        // The feet of positions off the meridian lie a little off their parallels.
        let found = along(&meridian(), at(130.001, 43.5), at(129.999, 42.25)).unwrap().to_m();
        assert!((found - expected).abs() < 1.0, "{found} {expected}");
        assert!(along(&Shape::point(at(130., 42.)), at(130., 42.), at(130., 43.)).is_none());
    }

    #[test]
    fn shared_edges_and_inner_ones_count() {
        let beside =
            polygon![(x: 130., y: 42.), (x: 131., y: 42.), (x: 131., y: 43.), (x: 130., y: 43.)];
        let beside = Shape::new(beside.into(), EdgeModel::LonLat).unwrap();
        let expected = Geodesic::distance(at(130., 42.), at(130., 43.)).to_m();
        // Edges of a shape may have been divided: the sums are the same to rounding.
        assert!((length_in(&meridian(), &beside).to_m() - expected).abs() < 1e-3);
        let around =
            polygon![(x: 129., y: 43.), (x: 131., y: 43.), (x: 131., y: 45.), (x: 129., y: 45.)];
        let around = Shape::new(around.into(), EdgeModel::LonLat).unwrap();
        let expected = Geodesic::distance(at(130., 43.), at(130., 44.)).to_m();
        assert!((length_in(&meridian(), &around).to_m() - expected).abs() < 1e-3);
    }
}
