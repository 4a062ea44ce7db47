//! Walking along lines on the page: lengths, places at even distances, ends cut off, arcs.

use geo_types::{Coord, LineString};

/// A place on a line and the unit vector of its direction there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::layout) struct Station {
    pub(in crate::layout) at: Coord,
    pub(in crate::layout) along: Coord,
}

impl Station {
    /// The unit vector to the left of the direction, as seen on the page (y points down).
    pub(in crate::layout) fn left(&self) -> Coord {
        Coord { x: self.along.y, y: -self.along.x }
    }
}

/// Distances of the points of a line from its start, pt.
fn distances(line: &[Coord]) -> Vec<f64> {
    let mut sum = 0.0;
    let steps = line.windows(2).map(|pair| {
        let d = pair[1] - pair[0];
        sum += d.x.hypot(d.y);
        sum
    });
    std::iter::once(0.0).chain(steps).take(line.len()).collect()
}

/// The length of a line, pt.
pub(in crate::layout) fn length(line: &[Coord]) -> f64 {
    distances(line).last().copied().unwrap_or(0.0)
}

/// The point `distance` pt from the start; the ends beyond the line.
fn point_at(line: &[Coord], from_start: &[f64], distance: f64) -> Coord {
    let next = from_start.partition_point(|d| *d < distance).clamp(1, line.len() - 1);
    let (low, high) = (from_start[next - 1], from_start[next]);
    let share = if high > low { ((distance - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
    line[next - 1] + (line[next] - line[next - 1]) * share
}

/// Places about `every_pt` apart, as even as the length allows, half a distance from the ends (none
/// at the ends themselves); the directions are those of a chord of `chord_pt`, so that small kinks do
/// not turn them.
pub(in crate::layout) fn stations(line: &[Coord], every_pt: f64, chord_pt: f64) -> Vec<Station> {
    if line.len() < 2 {
        return Vec::new();
    }
    let from_start = distances(line);
    let whole = from_start.last().copied().unwrap_or(0.0);
    let count = (whole / every_pt.max(0.5)).round() as u32;
    let step = whole / f64::from(count.max(1));
    (0..count)
        .filter_map(|i| {
            let here = step * (f64::from(i) + 0.5);
            let at = |offset: f64| point_at(line, &from_start, here + offset);
            let chord = at(chord_pt / 2.0) - at(-chord_pt / 2.0);
            let long = chord.x.hypot(chord.y);
            (long > 1e-9).then(|| Station { at: at(0.0), along: chord / long })
        })
        .collect()
}

/// The line without its first `start_pt` and last `end_pt`; empty when nothing is left.
pub(in crate::layout) fn shortened(line: &[Coord], start_pt: f64, end_pt: f64) -> Vec<Coord> {
    let from_start = distances(line);
    let last = from_start.last().copied().unwrap_or(0.0) - end_pt;
    if line.len() < 2 || last <= start_pt {
        return Vec::new();
    }
    let inner = line.iter().zip(&from_start).filter(|(_, d)| **d > start_pt && **d < last);
    let mut out = vec![point_at(line, &from_start, start_pt)];
    out.extend(inner.map(|(p, _)| *p));
    out.push(point_at(line, &from_start, last));
    out
}

/// An arc of a circle from `from` to `to`, whose middle lies `bulge` times their distance to the left
/// of the straight line (to the right when negative).
pub(in crate::layout) fn arc(from: Coord, to: Coord, bulge: f64) -> LineString {
    let chord = to - from;
    let long = chord.x.hypot(chord.y);
    let bulge = bulge.clamp(-0.5, 0.5);
    if long < 1e-9 || bulge.abs() < 1e-4 {
        return LineString(vec![from, to]);
    }
    // The half angle of the arc from the sagitta: tan(t / 2) = 2 · bulge.
    let half = 2.0 * (2.0 * bulge).atan();
    let radius = long / 2.0 / half.sin();
    // Chords that leave the arc by at most 0.02 pt.
    let widest = 2.0 * (2.0 * 0.02 / radius.abs()).min(1.0).sqrt();
    let count = ((2.0 * half.abs() / widest).ceil() as u32).clamp(8, 240);
    let along = chord / long;
    let left = Coord { x: along.y, y: -along.x };
    let middle = (from + to) / 2.0 - left * (radius * half.cos());
    let mut points: Vec<Coord> = (0..=count)
        .map(|i| {
            let angle = half * (2.0 * f64::from(i) / f64::from(count) - 1.0);
            middle + along * (radius * angle.sin()) + left * (radius * angle.cos())
        })
        .collect();
    points[0] = from;
    if let Some(last) = points.last_mut() {
        *last = to;
    }
    LineString(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn c(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn places_are_even_and_not_at_the_ends() {
        let corner = [c(0.0, 0.0), c(50.0, 0.0), c(50.0, 50.0)];
        let found = stations(&corner, 9.0, 2.0);
        assert_eq!(found.len(), 11);
        let step = 100.0 / 11.0;
        assert!((found[0].at.x - step / 2.0).abs() < 1e-9);
        assert!((found[10].at.y - (50.0 - step / 2.0)).abs() < 1e-9);
        assert!((found[0].left().y + 1.0).abs() < 1e-9, "left of a line to the east is up");
        // The middle one stands on the corner, halfway between the two directions.
        assert!((found[5].along.x - found[5].along.y).abs() < 1e-9);
        assert!(stations(&corner[..1], 9.0, 2.0).is_empty());
        assert!(stations(&corner, 900.0, 2.0).is_empty());
    }

    #[test]
    fn ends_are_cut_off_along_the_line() {
        let corner = [c(0.0, 0.0), c(50.0, 0.0), c(50.0, 50.0)];
        assert_eq!(shortened(&corner, 10.0, 0.0), [c(10.0, 0.0), corner[1], corner[2]]);
        assert_eq!(shortened(&corner, 0.0, 60.0), [corner[0], c(40.0, 0.0)]);
        assert!(shortened(&corner, 60.0, 50.0).is_empty());
    }

    #[test]
    fn arcs_bulge_to_the_left() {
        let line = arc(c(0.0, 0.0), c(100.0, 0.0), 0.2);
        assert_eq!((line.0[0], line.0[line.0.len() - 1]), (c(0.0, 0.0), c(100.0, 0.0)));
        let top = line.0.iter().map(|p| p.y).fold(f64::INFINITY, f64::min);
        assert!((top + 20.0).abs() < 0.05, "{top}");
        // The way back lies on the other side.
        let back = arc(c(100.0, 0.0), c(0.0, 0.0), 0.2);
        assert!(back.0.iter().all(|p| p.y >= -1e-9));
        // A half circle has the length π/2 times its diameter.
        let half = length(&arc(c(0.0, 0.0), c(100.0, 0.0), 0.5).0);
        assert!((half - 157.08).abs() < 0.1, "{half}");
        assert_eq!(arc(c(0.0, 0.0), c(9.0, 0.0), 0.0).0.len(), 2);
    }
}
