//! What makes a ring or line unusable, found and placed.

use geo::line_intersection::{LineIntersection, line_intersection};
use geo_types::{Coord, Line};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::error::{Error, ErrorKind, Result};

/// Checks that a ring has four positions or more, is closed, has an extent and does not cross
/// itself. About n log n for n edges.
pub(super) fn check_ring(ring: &[Coord]) -> Result<()> {
    let wrong = |what: String| Error::new(ErrorKind::Geometry, what);
    if ring.len() < 4 {
        return Err(wrong(format!(
            "a ring needs at least 4 positions, this one has {}",
            ring.len()
        ))
        .with_hint("three corners and the first one again"));
    }
    let (first, last) = (ring[0], ring[ring.len() - 1]);
    if first != last {
        return Err(wrong(format!(
            "the ring is not closed: it starts at ({}, {}) and ends at ({}, {})",
            first.x, first.y, last.x, last.y
        ))
        .with_hint("repeat the first position at the end"));
    }
    if let Some(at) = crossing(ring) {
        return Err(wrong(format!(
            "the ring crosses or touches itself near ({:.5}, {:.5})",
            at.x, at.y
        ))
        .with_hint("split it into simple rings, or repair it (GDAL: ogr2ogr -makevalid)"));
    }
    Ok(())
}

/// Where two edges that are not neighbours share a point, if they do.
fn crossing(ring: &[Coord]) -> Option<Coord> {
    let edges: Vec<Line> = ring
        .windows(2)
        .map(|pair| Line::new(pair[0], pair[1]))
        .filter(|line| line.start != line.end)
        .collect();
    let boxes = edges.iter().enumerate().map(|(index, line)| {
        GeomWithData::new(
            Rectangle::from_corners([line.start.x, line.start.y], [line.end.x, line.end.y]),
            index,
        )
    });
    let tree = RTree::bulk_load(boxes.collect());
    let last = edges.len() - 1;
    for (index, line) in edges.iter().enumerate() {
        let around = AABB::from_corners([line.start.x, line.start.y], [line.end.x, line.end.y]);
        for other in tree.locate_in_envelope_intersecting(around) {
            let other = other.data;
            if other <= index {
                continue;
            }
            let neighbours = other == index + 1 || (index == 0 && other == last);
            match line_intersection(*line, edges[other]) {
                Some(LineIntersection::SinglePoint { intersection, .. }) if !neighbours => {
                    return Some(intersection);
                }
                // Neighbours share their corner; along a stretch only a spike does.
                Some(LineIntersection::Collinear { intersection })
                    if !neighbours || intersection.start != intersection.end =>
                {
                    return Some(intersection.start);
                }
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(positions: &[(f64, f64)]) -> Vec<Coord> {
        positions.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn good_rings_pass() {
        check_ring(&ring(&[(0., 0.), (1., 0.), (0., 1.), (0., 0.)])).unwrap();
        check_ring(&ring(&[(0., 0.), (2., 0.), (1., 0.), (0., 1.), (0., 0.)])).unwrap_err();
    }

    #[test]
    fn bad_rings_are_named() {
        let cases = [
            (ring(&[(0., 0.), (1., 0.), (0., 0.)]), "at least 4"),
            (ring(&[(0., 0.), (1., 0.), (1., 1.), (0., 1.)]), "not closed"),
            (ring(&[(0., 0.), (1., 1.), (1., 0.), (0., 1.), (0., 0.)]), "near (0.50000, 0.50000)"),
            (ring(&[(0., 0.), (2., 0.), (2., 2.), (1., 0.), (0., 2.), (0., 0.)]), "touches"),
        ];
        for (ring, expected) in cases {
            let error = check_ring(&ring).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
            assert!(error.hint().is_some());
        }
    }
}
