//! Positions for a name along a line: level with its straightest stretches, just above them.

use geo_types::{Coord, LineString};

use super::place::Candidate;
use crate::scene::Rect;

/// Space between the line and the letters, pt.
const GAP: f64 = 1.3;
/// Stretches that are tried on each line.
const TRIES: u32 = 40;
/// Positions offered for each feature.
const MOST: usize = 12;

/// A position along a line.
pub(super) struct Along {
    /// The box around the turned text.
    pub(super) candidate: Candidate,
    /// Start of the baseline, pt.
    pub(super) start: (f64, f64),
    /// Clockwise turn, degrees, -90…90.
    pub(super) degrees: f64,
}

/// The best positions along `lines` for a text of `width` × `height` pt on `map`, best first. None
/// on lines shorter than the text, or where they wind too much.
pub(super) fn positions(lines: &[LineString], width: f64, height: f64, map: &Rect) -> Vec<Along> {
    let mut found = Vec::new();
    for line in lines {
        let points = &line.0;
        let mut along = vec![0.0];
        for pair in points.windows(2) {
            let d = pair[1] - pair[0];
            along.push(along.last().copied().unwrap_or(0.0) + d.x.hypot(d.y));
        }
        let length = along.last().copied().unwrap_or(0.0);
        if length < width * 1.15 {
            continue;
        }
        for i in 0..=TRIES {
            let share = f64::from(i) / f64::from(TRIES);
            let from = (length - width) * share;
            found.extend(stretch(points, &along, from, width, height, map).map(|mut p| {
                p.candidate.cost += (share - 0.5).abs() * 0.3;
                p
            }));
        }
    }
    found.sort_by(|a, b| {
        (a.candidate.cost.total_cmp(&b.candidate.cost))
            .then(a.start.0.total_cmp(&b.start.0))
            .then(a.start.1.total_cmp(&b.start.1))
    });
    found.truncate(MOST);
    found
}

/// The position over the stretch of `width` pt that begins `from` pt along the line.
fn stretch(
    points: &[Coord],
    along: &[f64],
    from: f64,
    width: f64,
    height: f64,
    map: &Rect,
) -> Option<Along> {
    let at = |s: f64| {
        let i = along.partition_point(|a| *a < s).clamp(1, points.len() - 1);
        let (before, step) = (along[i - 1], along[i] - along[i - 1]);
        let t = if step > 0.0 { ((s - before) / step).clamp(0.0, 1.0) } else { 0.0 };
        points[i - 1] + (points[i] - points[i - 1]) * t
    };
    let (mut a, mut b) = (at(from), at(from + width));
    if b.x < a.x {
        (a, b) = (b, a);
    }
    let chord = b - a;
    let size = chord.x.hypot(chord.y);
    // Where the line winds, the chord is shorter than the text.
    if size < width * 0.86 {
        return None;
    }
    let right = chord / size;
    let up = Coord { x: right.y, y: -right.x };
    let between = points
        .iter()
        .zip(along)
        .filter(|(_, s)| **s > from && **s < from + width)
        .map(|(p, _)| (*p - a).x * up.x + (*p - a).y * up.y);
    let (lowest, highest) =
        between.fold((0.0_f64, 0.0_f64), |(low, high), h| (low.min(h), high.max(h)));
    let winding = highest - lowest;
    if winding > height * 1.1 {
        return None;
    }
    let lift = highest + GAP;
    let middle = a + chord * 0.5;
    let start = middle - right * (width / 2.0) + up * lift;
    let corners =
        [start, start + right * width, start + up * height, start + right * width + up * height];
    let (xs, ys) = (corners.map(|c| c.x), corners.map(|c| c.y));
    let low = |v: [f64; 4]| v.into_iter().fold(f64::INFINITY, f64::min);
    let high = |v: [f64; 4]| v.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let rect = Rect::new(low(xs), low(ys), high(xs), high(ys));
    let degrees = right.y.atan2(right.x).to_degrees();
    let cost = winding / height + degrees.abs() / 90.0 * 0.5;
    map.covers(&rect).then_some(Along {
        candidate: Candidate { rect, cost, leader: false },
        start: (start.x, start.y),
        degrees,
    })
}

#[cfg(test)]
mod tests {
    use geo_types::line_string;

    use super::*;

    #[test]
    fn names_stand_above_the_straight_stretch() {
        let map = Rect::new(0.0, 0.0, 300.0, 200.0);
        let line = line_string![
            (x: 250.0, y: 120.0), (x: 150.0, y: 120.0), (x: 140.0, y: 160.0), (x: 130.0, y: 120.0),
            (x: 120.0, y: 160.0), (x: 110.0, y: 120.0)
        ];
        let found = positions(&[line], 60.0, 7.0, &map);
        let best = &found[0];
        assert!(best.degrees.abs() < 0.5, "{}", best.degrees);
        assert!(best.start.0 >= 149.0 && (best.start.1 - (120.0 - GAP)).abs() < 0.2);
        assert!(f64::from(best.candidate.rect.y1) < 120.0);
        assert!(
            positions(&[line_string![(x: 0.0, y: 9.0), (x: 30.0, y: 9.0)]], 60.0, 7.0, &map)
                .is_empty()
        );
    }
}
