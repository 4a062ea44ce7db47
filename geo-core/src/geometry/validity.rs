//! What makes a ring or line unusable, found and placed.

use geo::line_intersection::{LineIntersection, line_intersection};
use geo_types::{Coord, Line};

use super::runs::Runs;
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
    let last = edges.len().checked_sub(1)?;
    Runs::new(&edges).meeting(|one, other| {
        let neighbours = other == one + 1 || (one == 0 && other == last);
        let (a, b) =
            if one == 0 && other == last && last > 1 { (other, one) } else { (one, other) };
        // Neighbours share their corner; along a stretch only a spike does, and a spike turns back.
        let (along, on) = (edges[a].delta(), edges[b].delta());
        if neighbours && along.x * on.x + along.y * on.y > 0.0 {
            return None;
        }
        match line_intersection(edges[one], edges[other])? {
            LineIntersection::SinglePoint { intersection, .. } => {
                (!neighbours).then_some(intersection)
            }
            LineIntersection::Collinear { intersection } => {
                let stretch = intersection.start != intersection.end;
                (!neighbours || stretch).then_some(intersection.start)
            }
        }
    })
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

    /// Expected: every pair of edges compared.
    #[test]
    fn crossings_are_found_as_by_brute_force() {
        let mut state = 1_u64;
        let mut random = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / f64::from(1 << 24)
        };
        let (mut good, mut bad) = (0, 0);
        for round in 0..400 {
            // A star about the middle crosses itself where the jitter of its angles is large.
            let (n, jitter) = (4 + round % 90, f64::from(round % 4) * 0.6);
            let mut star: Vec<Coord> = (0..n)
                .map(|i| {
                    let angle =
                        (f64::from(i) + jitter * random()) / f64::from(n) * std::f64::consts::TAU;
                    let radius = 1.0 + (random() * 8.0).round();
                    Coord { x: (radius * angle.cos() * 4.0).round(), y: radius * angle.sin() }
                })
                .collect();
            star.dedup();
            star.push(star[0]);
            let edges: Vec<Line> = star.windows(2).map(|p| Line::new(p[0], p[1])).collect();
            let last = edges.len() - 1;
            let meet = |i: usize, j: usize| {
                let neighbours = j == i + 1 || (i == 0 && j == last);
                match line_intersection(edges[i], edges[j]) {
                    None => false,
                    Some(LineIntersection::SinglePoint { .. }) => !neighbours,
                    Some(LineIntersection::Collinear { intersection }) => {
                        !neighbours || intersection.start != intersection.end
                    }
                }
            };
            let expected = (0..=last).any(|i| (i + 1..=last).any(|j| meet(i, j)));
            assert_eq!(crossing(&star).is_some(), expected, "{star:?}");
            if expected { bad += 1 } else { good += 1 }
        }
        assert!(good > 50 && bad > 50, "{good} {bad}");
    }
}
