//! Cutting areas and lines along a meridian.
//!
//! Exact but for the one latitude interpolated where an edge crosses the meridian: boolean
//! operations would move every position onto their grid.

use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo_types::{Coord, LineString, Polygon};

/// The part of a polygon west and the part east of the meridian `x`. Exteriors must run
/// counter-clockwise and holes clockwise, and so do those of the parts.
pub(crate) fn cut_polygon(polygon: &Polygon, x: f64) -> (Vec<Polygon>, Vec<Polygon>) {
    // East of the meridian is west of it in a mirror, where rings run the other way round.
    let mirrored = |ring: &LineString| -> LineString {
        ring.0.iter().rev().map(|c| Coord { x: -c.x, y: c.y }).collect()
    };
    let mirror = |p: &Polygon| {
        Polygon::new(mirrored(p.exterior()), p.interiors().iter().map(mirrored).collect())
    };
    let east = west_part(&mirror(polygon), -x);
    (west_part(polygon, x), east.iter().map(mirror).collect())
}

/// The parts of a line west and east of the meridian `x`; stretches on it stay with the part
/// before.
pub(crate) fn cut_line(line: &LineString, x: f64) -> (Vec<LineString>, Vec<LineString>) {
    let (mut west, mut east) = (Vec::new(), Vec::new());
    let mut part: Vec<Coord> = Vec::new();
    let mut side = 0.0;
    let mut finish = |part: &mut Vec<Coord>, side: f64| {
        let done = std::mem::take(part);
        if done.len() > 1 {
            if side <= 0.0 { &mut west } else { &mut east }.push(LineString(done));
        }
    };
    for &position in &line.0 {
        let here = side_of(position.x, x);
        if here != 0.0 && side != 0.0 && here != side {
            // The last position may be on the meridian itself, and is then the cut.
            let at = match part.last() {
                Some(&last) if last.x != x => crossing(last, position, x),
                Some(&last) => last,
                None => position,
            };
            if part.last() != Some(&at) {
                part.push(at);
            }
            finish(&mut part, side);
            part.push(at);
        }
        if here != 0.0 {
            side = here;
        }
        part.push(position);
    }
    finish(&mut part, side);
    (west, east)
}

fn side_of(position: f64, x: f64) -> f64 {
    if position < x {
        -1.0
    } else if position > x {
        1.0
    } else {
        0.0
    }
}

fn crossing(a: Coord, b: Coord, x: f64) -> Coord {
    // From west to east whichever way the edge runs, so that both parts get the same latitude.
    let (a, b) = if a.x <= b.x { (a, b) } else { (b, a) };
    Coord { x, y: a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x)) }
}

/// A stretch of a ring that lies west of the meridian and has its ends on it.
struct Run {
    positions: Vec<Coord>,
}

impl Run {
    fn entry(&self) -> f64 {
        self.positions[0].y
    }

    fn exit(&self) -> f64 {
        self.positions[self.positions.len() - 1].y
    }
}

/// The parts of a polygon west of the meridian: its rings are broken into runs, and the runs are
/// joined along the meridian northwards, where the area is on the left.
fn west_part(polygon: &Polygon, x: f64) -> Vec<Polygon> {
    let (mut runs, mut exteriors, mut holes) = (Vec::new(), Vec::new(), Vec::new());
    for (place, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate()
    {
        if ring.0.iter().all(|c| c.x <= x) {
            if place == 0 { &mut exteriors } else { &mut holes }.push(ring.clone());
        } else if ring.0.iter().any(|c| c.x < x) {
            runs.extend(runs_of(ring, x));
        }
    }
    exteriors.extend(join(&runs));
    let mut parts: Vec<Polygon> =
        exteriors.into_iter().map(|ring| Polygon::new(ring, vec![])).collect();
    for hole in holes {
        let holds = |part: &&mut Polygon| {
            // A hole may touch the boundary, but not with all its positions.
            hole.0
                .iter()
                .map(|&c| coord_pos_relative_to_ring(c, part.exterior()))
                .find(|&position| position != CoordPos::OnBoundary)
                != Some(CoordPos::Outside)
        };
        if let Some(part) = parts.iter_mut().find(holds) {
            part.interiors_push(hole);
        }
    }
    parts
}

/// The runs of a ring that lies on both sides of the meridian.
fn runs_of(ring: &LineString, x: f64) -> Vec<Run> {
    let corners = &ring.0[..ring.0.len() - 1];
    let count = corners.len();
    // Started east of the meridian, no run is broken by the start of the ring.
    let first = corners.iter().position(|c| c.x > x).unwrap_or(0);
    let mut runs = Vec::new();
    let mut run: Vec<Coord> = Vec::new();
    for step in 1..=count {
        let before = corners[(first + step - 1) % count];
        let here = corners[(first + step) % count];
        if before.x < x {
            if here.x < x {
                run.push(here);
            } else {
                run.push(if here.x > x { crossing(before, here, x) } else { here });
                runs.push(Run { positions: std::mem::take(&mut run) });
            }
        } else if here.x < x {
            run.push(if before.x > x { crossing(before, here, x) } else { before });
            run.push(here);
        }
    }
    runs
}

/// Joins each exit to the entry north of it.
fn join(runs: &[Run]) -> Vec<LineString> {
    // (latitude, whether the run enters, run)
    let mut ends: Vec<(f64, bool, usize)> = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        ends.push((run.exit(), false, index));
        ends.push((run.entry(), true, index));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
    let mut next = vec![None; runs.len()];
    let mut open: Option<usize> = None;
    let mut rest: std::collections::VecDeque<(f64, bool, usize)> = ends.into();
    while let Some(&(lat, ..)) = rest.front() {
        // Of ends at one latitude, the one that continues the alternation comes first.
        let wanted = open.is_some();
        let place = (0..rest.len())
            .take_while(|&i| rest[i].0 == lat)
            .find(|&i| rest[i].1 == wanted)
            .unwrap_or(0);
        let Some((_, enters, run)) = rest.remove(place) else { break };
        match (enters, open) {
            (true, Some(exit)) => {
                next[exit] = Some(run);
                open = None;
            }
            (false, _) => open = Some(run),
            (true, None) => {}
        }
    }
    let mut used = vec![false; runs.len()];
    let mut rings = Vec::new();
    for start in 0..runs.len() {
        let mut ring: Vec<Coord> = Vec::new();
        let mut run = start;
        while !used[run] {
            used[run] = true;
            for &position in &runs[run].positions {
                if ring.last() != Some(&position) {
                    ring.push(position);
                }
            }
            match next[run] {
                Some(following) => run = following,
                None => break,
            }
        }
        if let Some(&first) = ring.first() {
            if ring.last() != Some(&first) {
                ring.push(first);
            }
            if ring.len() >= 4 {
                rings.push(LineString(ring));
            }
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area;
    use geo_types::{line_string, polygon};

    fn areas(parts: &[Polygon]) -> Vec<f64> {
        parts.iter().map(Area::signed_area).collect()
    }

    #[test]
    fn a_square_with_a_hole_is_cut_through_both() {
        let square = polygon![
            exterior: [(x: 0., y: 0.), (x: 4., y: 0.), (x: 4., y: 4.), (x: 0., y: 4.)],
            interiors: [[(x: 1., y: 1.), (x: 1., y: 3.), (x: 3., y: 3.), (x: 3., y: 1.)]],
        ];
        let (west, east) = cut_polygon(&square, 2.0);
        assert_eq!((areas(&west), areas(&east)), (vec![6.0], vec![6.0]));
        let (west, east) = cut_polygon(&square, 3.5);
        assert_eq!((areas(&west), areas(&east)), (vec![10.0], vec![2.0]));
        assert_eq!(west[0].interiors().len(), 1);
        assert_eq!(areas(&cut_polygon(&square, 9.0).0), [12.0]);
        assert!(cut_polygon(&square, 9.0).1.is_empty());
        assert!(cut_polygon(&square, 0.0).0.is_empty());
    }

    #[test]
    fn a_comb_falls_into_teeth_and_corners_on_the_cut_hold() {
        let comb = polygon![(x: 0., y: 0.), (x: 3., y: 0.), (x: 3., y: 1.), (x: 1., y: 2.),
            (x: 3., y: 3.), (x: 3., y: 4.), (x: 0., y: 4.)];
        let (west, east) = cut_polygon(&comb, 2.0);
        assert_eq!((west.len(), east.len()), (1, 2));
        let total: f64 = areas(&west).iter().chain(&areas(&east)).sum();
        assert!((total - comb.signed_area()).abs() < 1e-12);
        let (west, east) = cut_polygon(&comb, 1.0);
        assert_eq!(areas(&west), [4.0]);
        assert_eq!(areas(&east), [3.0, 3.0]);
        let (west, east) = cut_polygon(&comb, 3.0);
        assert_eq!((areas(&west), east.len()), (vec![10.0], 0));
    }

    #[test]
    fn lines_are_cut_where_they_cross() {
        let line = line_string![(x: 0., y: 0.), (x: 2., y: 2.), (x: 0., y: 4.), (x: 1., y: 5.)];
        let (west, east) = cut_line(&line, 1.0);
        assert_eq!(west.len(), 2);
        assert_eq!(east, [line_string![(x: 1., y: 1.), (x: 2., y: 2.), (x: 1., y: 3.)]]);
    }
}
