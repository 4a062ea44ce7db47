//! Positions for the name of a large area: spread along a gentle curve that follows its long axis.

use geo_types::Coord;

use super::course::Course;
use super::lettering::{Lettering, Set};
use super::region::Region;
use crate::scene::Rect;

/// The share of the area's length that the name takes.
const SPAN: f64 = 0.6;
/// The most space that is added between letters, em.
const MOST_EXTRA: f64 = 0.8;
/// The highest the curve may rise over its chord, as a share of its length.
const MOST_SAG: f64 = 0.1;
/// An area that is less longer than wide than this is named along the level.
const LONG: f64 = 1.3;
/// The steepest direction of a name, degrees: an area on end is named along the level.
const STEEPEST: f64 = 35.0;
const ON_END: f64 = 62.0;
/// The steepest rise of the curve against that direction.
const MOST_RISE: f64 = 0.3;
/// Steeper names than this are harder to read, degrees.
const EASY: f64 = 35.0;
/// Letters may stand outside by this share.
const MOST_OUTSIDE: f64 = 0.06;
/// Positions offered for a name.
const MOST: usize = 30;

/// A name spread through its area.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Spread {
    pub(in crate::layout) set: Set,
    pub(in crate::layout) cost: f64,
}

/// The long axis of an area with a bend: v = a + b u + c u² in a frame turned by `turn` about
/// `middle`.
struct Spine {
    middle: Coord,
    /// Clockwise, radians.
    turn: f64,
    bend: [f64; 3],
    /// The slices that the area has along u.
    u: (f64, f64),
}

impl Spine {
    fn of(region: &Region) -> Option<Self> {
        let cells: Vec<Coord> = region.cells().collect();
        if cells.len() < 12 {
            return None;
        }
        let count = cells.len() as f64;
        let middle = cells.iter().fold(Coord::zero(), |sum, c| sum + *c) / count;
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for cell in &cells {
            let d = *cell - middle;
            (xx, xy, yy) = (xx + d.x * d.x, xy + d.x * d.y, yy + d.y * d.y);
        }
        // The principal axes of the cells.
        let root = ((xx - yy) / 2.0).hypot(xy);
        let (long, wide) = (f64::midpoint(xx, yy) + root, (f64::midpoint(xx, yy) - root).max(1e-9));
        let axis = 0.5 * (2.0 * xy).atan2(xx - yy);
        let level = (long / wide).sqrt() < LONG || axis.abs() > ON_END.to_radians();
        let most = STEEPEST.to_radians();
        let turn = if level { 0.0 } else { axis.clamp(-most, most) };
        let (sin, cos) = turn.sin_cos();
        let mut slices: Vec<(i32, f64)> = cells
            .iter()
            .map(|cell| {
                let d = *cell - middle;
                let (u, v) = (d.x * cos + d.y * sin, d.y * cos - d.x * sin);
                ((u / region.cell).round() as i32, v)
            })
            .collect();
        slices.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mids: Vec<(f64, f64, f64)> = slices
            .chunk_by(|a, b| a.0 == b.0)
            .map(|slice| {
                let (v, width) = longest(slice, region.cell * 1.6);
                (f64::from(slice[0].0) * region.cell, v, width)
            })
            .collect();
        let u = (mids.first()?.0, mids.last()?.0);
        let mut bend = parabola(&mids)?;
        bend[1] = bend[1].clamp(-MOST_RISE, MOST_RISE);
        let most = MOST_SAG * 4.0 / (u.1 - u.0).max(region.cell);
        if bend[2].abs() > most {
            // Flatter, through the same middle.
            let (sum, weight) = mids
                .iter()
                .fold((0.0, 0.0), |(sum, weight), m| (sum + m.2 * m.0 * m.0, weight + m.2));
            let gentle = bend[2].clamp(-most, most);
            bend = [bend[0] + (bend[2] - gentle) * sum / weight, bend[1], gentle];
        }
        Some(Self { middle, turn, bend, u })
    }

    /// The curve, `aside` pt below the spine, or a level line through its middle.
    fn course(&self, aside: f64, bent: bool) -> Option<Course> {
        let (sin, cos) = if bent { self.turn.sin_cos() } else { (0.0, 1.0) };
        let count = ((self.u.1 - self.u.0) / 3.0).ceil().clamp(2.0, 400.0) as usize;
        let [a, b, c] = if bent { self.bend } else { [self.bend[0], 0.0, 0.0] };
        let point = |i: usize| {
            let u = self.u.0 + (self.u.1 - self.u.0) * i as f64 / count as f64;
            let v = a + b * u + c * u * u + aside;
            self.middle + Coord { x: u * cos - v * sin, y: u * sin + v * cos }
        };
        Course::new((0..=count).map(point).collect())
    }
}

/// Middle and length of the longest run of a slice without a gap.
fn longest(slice: &[(i32, f64)], gap: f64) -> (f64, f64) {
    let runs = slice.chunk_by(|a, b| b.1 - a.1 < gap).map(|run| {
        let (first, last) = (run[0].1, run[run.len() - 1].1);
        (f64::midpoint(first, last), last - first + gap / 1.6)
    });
    runs.fold((0.0, 0.0), |best, run| if run.1 > best.1 { run } else { best })
}

/// The parabola through points `(u, v, weight)` by least squares.
fn parabola(points: &[(f64, f64, f64)]) -> Option<[f64; 3]> {
    let scale = points.iter().map(|p| p.0.abs()).fold(0.0, f64::max);
    if scale == 0.0 {
        return None;
    }
    let mut rows = [[0.0; 4]; 3];
    for &(u, v, weight) in points {
        let powers = [1.0, u / scale, (u / scale) * (u / scale)];
        for (i, row) in rows.iter_mut().enumerate() {
            for (j, power) in powers.iter().enumerate() {
                row[j] += weight * powers[i] * power;
            }
            row[3] += weight * powers[i] * v;
        }
    }
    for i in 0..3 {
        let pivot = rows[i][i];
        if pivot.abs() < 1e-9 {
            return None;
        }
        for j in 0..3 {
            if j != i {
                let factor = rows[j][i] / pivot;
                let row = rows[i];
                rows[j].iter_mut().zip(row).for_each(|(v, w)| *v -= factor * w);
            }
        }
    }
    let solved = |i: usize| rows[i][3] / rows[i][i];
    Some([solved(0), solved(1) / scale, solved(2) / (scale * scale)])
}

/// The longest stretch of `course` inside `region` with `half` pt to spare on both sides.
fn room(course: &Course, region: &Region, half: f64) -> Option<(f64, f64)> {
    let step = 2.0;
    let count = (course.length() / step) as u32;
    let (mut best, mut start): (Option<(f64, f64)>, Option<f64>) = (None, None);
    for i in 0..=count + 1 {
        let s = f64::from(i) * step;
        let across = super::course::left(course.at(s + 1.0) - course.at(s - 1.0)) * half;
        let at = course.at(s);
        let fits =
            i <= count && [at, at + across, at - across].into_iter().all(|p| region.contains(p));
        match (fits, start) {
            (true, None) => start = Some(s),
            (false, Some(from)) => {
                if best.is_none_or(|(a, b)| s - step - from > b - a) {
                    best = Some((from, s - step));
                }
                start = None;
            }
            _ => {}
        }
    }
    best
}

/// The positions of a name of one line or two through `region` on `map`, best first; empty where the
/// area is too small for it.
pub(in crate::layout) fn positions(
    region: &Region,
    lines: &[Lettering],
    map: &Rect,
) -> Vec<Spread> {
    let (Some(spine), Some(first)) = (Spine::of(region), lines.first()) else { return Vec::new() };
    let second = lines.get(1);
    // From the baseline of the first line to that of the second.
    let pitch = second.map_or(0.0, |line| first.below + line.above + 0.35 * line.size);
    let height = first.above + pitch;
    let mut found = Vec::new();
    for (bent, aside) in
        [(true, 0.0), (true, -1.0), (true, 1.0), (false, 0.0), (true, -2.0), (true, 2.0)]
    {
        let Some(course) = spine.course(aside * height * 1.2, bent) else { continue };
        let Some((from, to)) = room(&course, region, height * 0.6) else { continue };
        let length = to - from;
        if length < first.width * 1.1 {
            continue;
        }
        let most = MOST_EXTRA * first.size;
        let full = ((SPAN * length - first.width) / first.gaps().max(1.0)).clamp(0.0, most);
        for (wide, shift) in
            [1.0, 0.6, 0.25].into_iter().flat_map(|w| [0.0, -0.5, 0.5, -1.0, 1.0].map(|s| (w, s)))
        {
            let extra = full * wide;
            let span = first.width + extra * first.gaps();
            let middle = f64::midpoint(from, to) + shift * (length - span) / 2.0;
            let Some(set) = set(&course, middle, span, extra, first, second, (height, pitch))
            else {
                continue;
            };
            let corners: Vec<Coord> = set.corners().flatten().collect();
            let outside = corners.iter().filter(|c| !region.contains(**c)).count();
            let outside = outside as f64 / corners.len().max(1) as f64;
            if outside > MOST_OUTSIDE || !set.boxes().iter().all(|rect| map.covers(rect)) {
                continue;
            }
            let cost = 0.4 * (1.0 - wide)
                + 0.45 * f64::abs(shift)
                + 0.15 * f64::abs(aside)
                + if bent { 0.0 } else { 0.25 }
                + 3.0 * outside
                + (set.steepness() - EASY).max(0.0) / 40.0;
            found.push(Spread { set, cost });
        }
    }
    found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    found.truncate(MOST);
    found
}

/// Both lines about `middle` pt along the course, which runs through the middle of their height.
fn set(
    course: &Course,
    middle: f64,
    span: f64,
    extra: f64,
    first: &Lettering,
    second: Option<&Lettering>,
    (height, pitch): (f64, f64),
) -> Option<Set> {
    let (from, to) = (middle - span / 2.0, middle + span / 2.0);
    let lift = first.above - height / 2.0;
    let upper = first.set(&course.beside(from, to, -lift, span * 0.1)?, extra)?;
    let Some(second) = second else { return Some(upper) };
    // Shorter than the first where that can be, and never tighter than its own spacing.
    let extra = ((0.8 * span - second.width) / second.gaps().max(1.0)).clamp(0.0, extra.max(0.0));
    let half = f64::midpoint(second.width, extra * second.gaps());
    let base = course.beside(middle - half, middle + half, -lift - pitch, half * 0.2)?;
    Some(upper.with(second.set(&base, extra)?))
}

#[cfg(test)]
mod tests {
    use geo_types::{LineString, Polygon, polygon};

    use super::*;
    use crate::layout::labels::course::distance;
    use crate::text::TextStyle;
    use crate::text::testing::book;

    const MAP: Rect = Rect { x0: 0.0, y0: 0.0, x1: 400.0, y1: 300.0 };

    fn lettering(said: &str) -> Lettering {
        Lettering::new(&book().shape(said, &TextStyle::regular(10.0)))
    }

    fn ends(spread: &Spread) -> (Coord, Coord) {
        let corners: Vec<[Coord; 4]> = spread.set.corners().collect();
        (corners[0][0], corners[corners.len() - 1][1])
    }

    #[test]
    fn a_name_spans_its_area_along_the_long_axis() {
        // A bar 300 pt long and 60 pt wide that falls by 20 degrees to the right.
        let (sin, cos) = 20_f64.to_radians().sin_cos();
        let corner =
            |u: f64, v: f64| Coord { x: 200.0 + u * cos - v * sin, y: 150.0 + u * sin + v * cos };
        let ring = vec![
            corner(-150.0, -30.0),
            corner(150.0, -30.0),
            corner(150.0, 30.0),
            corner(-150.0, 30.0),
        ];
        let region = Region::new(&MAP, 4.0, &[Polygon::new(LineString(ring), vec![])]);
        let name = lettering("Heilongjiang");
        let found = positions(&region, &[name.clone(), lettering("黑龙江")], &MAP);
        let (a, b) = ends(&positions(&region, std::slice::from_ref(&name), &MAP)[0]);
        let tilt = (b.y - a.y).atan2(b.x - a.x).to_degrees();
        assert!((tilt - 20.0).abs() < 4.0, "{tilt}");
        let span = distance(a, b);
        let limit = name.width + MOST_EXTRA * name.size * name.gaps();
        assert!(span > name.width * 1.5 && span < limit + 1.0 && span < 0.63 * 300.0, "{span}");
        let corners: Vec<Coord> = found[0].set.corners().flatten().collect();
        assert_eq!(corners.len(), 4 * 15);
        assert!(corners.iter().all(|c| region.contains(*c)));
    }

    #[test]
    fn a_bow_is_followed_and_a_small_or_steep_area_is_kept_in_bounds() {
        let bow: Vec<Coord> = (-15..=15)
            .map(|i| (f64::from(i) * 10.0, 20.0))
            .chain((-15..=15).rev().map(|i| (f64::from(i) * 10.0, -20.0)))
            .map(|(u, v)| Coord { x: 200.0 + u, y: 100.0 + v + u * u / 400.0 })
            .collect();
        let region = Region::new(&MAP, 4.0, &[Polygon::new(LineString(bow), vec![])]);
        let best = &positions(&region, &[lettering("Sea of Okhotsk")], &MAP)[0];
        assert!(best.set.turns > 15.0, "{}", best.set.turns);
        let square =
            [polygon![(x: 0.0, y: 0.0), (x: 30.0, y: 0.0), (x: 30.0, y: 30.0), (x: 0.0, y: 30.0)]];
        let region = Region::new(&MAP, 2.0, &square);
        assert!(positions(&region, &[lettering("Heilongjiang")], &MAP).is_empty());
        let tower = [
            polygon![(x: 100.0, y: 10.0), (x: 140.0, y: 10.0), (x: 140.0, y: 290.0), (x: 100.0, y: 290.0)],
        ];
        let region = Region::new(&MAP, 4.0, &tower);
        for spread in positions(&region, &[lettering("Korea")], &MAP) {
            let (a, b) = ends(&spread);
            assert!(b.x > a.x, "{a:?} {b:?}");
        }
    }
}
