//! Positions for a name along a line: letter by letter beside its smoothed course.

use std::collections::BTreeMap;

use geo_types::{Coord, LineString};

use super::course::{Course, distance, smoothed};
use super::lettering::{Lettering, Set};
use crate::scene::Rect;

/// Space between the line and the letters, pt.
const GAP: f64 = 1.0;
/// Distance between the points of a smoothed course, pt.
const STEP: f64 = 1.5;
/// Stretches that are looked at on each course.
const TRIES: f64 = 80.0;
/// Stretches of a feature that are set in letters, and of them in one cell of the page.
const MOST_SET: usize = 200;
const MOST_IN_CELL: usize = 30;
/// Side of such a cell, pt.
const CELL: f64 = 70.0;
/// Positions offered for a name.
const MOST: usize = 24;
/// Two names of one line are at least this far apart, pt.
pub(in crate::layout) const REPEAT_PT: f64 = 300.0;
/// The positions of a repeated name lie within this of the best of them, pt.
const REPEAT_REACH: f64 = 40.0;
/// How often a line is named at most.
const MOST_REPEATS: usize = 3;
/// A direction steeper than this (run over rise) is read upwards.
const PLUMB: f64 = 0.12;

/// A name beside its line.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Along {
    pub(in crate::layout) set: Set,
    pub(in crate::layout) middle: Coord,
    pub(in crate::layout) cost: f64,
}

/// A course that names follow, and how far the line itself leaves it.
struct Track {
    course: Course,
    /// Distance of the line to the left of the course at each of its points, pt.
    aside: Vec<f64>,
}

/// A stretch of a track before anything is set along it.
struct Stretch {
    track: usize,
    from: f64,
    lift: f64,
    cost: f64,
}

impl Track {
    /// The course of a line through `points` [`STEP`] pt apart, smoothed over about `reach` pt to
    /// both sides.
    fn new(points: &[Coord], reach: f64) -> Option<Self> {
        let smooth = smoothed(points, (reach / STEP).round().max(1.0) as usize);
        let course = Course::new(smooth)?;
        let q = course.points();
        let aside = (0..q.len()).map(|i| {
            let ahead = q[(i + 1).min(q.len() - 1)] - q[i.saturating_sub(1)];
            let left = super::course::left(ahead);
            let d = points[i] - q[i];
            d.x * left.x + d.y * left.y
        });
        Some(Self { aside: aside.collect(), course })
    }

    fn reversed(&self) -> Self {
        let aside = self.aside.iter().rev().map(|d| -d).collect();
        Self { course: self.course.reversed(), aside }
    }
}

/// Whether text may run in this direction: to the right, or upwards where it is plumb.
fn readable(direction: Coord) -> bool {
    if direction.x.abs() < PLUMB * direction.y.abs() {
        direction.y < 0.0
    } else {
        direction.x > 0.0
    }
}

/// The positions beside `lines`, drawn `width_pt` wide, for `text` on `map`: one list for each time
/// that the line is to be named, best first, the lists at least [`REPEAT_PT`] apart. Empty for lines
/// shorter than the text or which wind too much.
pub(in crate::layout) fn positions(
    lines: &[LineString],
    width_pt: f64,
    text: &Lettering,
    map: &Rect,
) -> Vec<Vec<Along>> {
    let mut tracks = Vec::new();
    for line in lines {
        let Some(line) = Course::new(line.0.clone()).filter(|c| c.length() > text.width * 1.1)
        else {
            continue;
        };
        let points = line.resampled(STEP);
        for reach in [text.size * 0.5, text.size * 1.5] {
            if let Some(track) = Track::new(&points, reach) {
                tracks.push(track.reversed());
                tracks.push(track);
            }
        }
    }
    let mut stretches = Vec::new();
    for (index, track) in tracks.iter().enumerate() {
        stretches.extend(stretches_of(index, track, width_pt, text, map));
    }
    stretches.sort_by(|a, b| {
        (a.cost.total_cmp(&b.cost)).then(a.track.cmp(&b.track)).then(a.from.total_cmp(&b.from))
    });
    // The best of each neighbourhood, so that a long line has several to choose from.
    let mut cells: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    stretches.retain(|stretch| {
        let at = tracks[stretch.track].course.at(stretch.from + text.width / 2.0);
        let cell = |v: f64| (v / CELL).floor() as i32;
        let count = cells.entry((cell(at.x), cell(at.y))).or_insert(0);
        *count += 1;
        *count <= MOST_IN_CELL
    });
    let mut found: Vec<Along> = Vec::new();
    for stretch in stretches.iter().take(MOST_SET) {
        let (from, to) = (stretch.from, stretch.from + text.width);
        let course = &tracks[stretch.track].course;
        let Some(base) = course.beside(from, to, stretch.lift, text.width * 0.2) else { continue };
        let Some(set) = text.set(&base, 0.0) else { continue };
        if set.boxes().iter().all(|rect| map.covers(rect)) {
            let cost = stretch.cost + set.turns / 150.0;
            found.push(Along { set, middle: course.at(f64::midpoint(from, to)), cost });
        }
    }
    found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    repeated(found)
}

/// The stretches of a track that run in a direction to read, above and below the line.
fn stretches_of(
    index: usize,
    track: &Track,
    width_pt: f64,
    text: &Lettering,
    map: &Rect,
) -> Vec<Stretch> {
    let Track { course, aside } = track;
    let room = course.length() - text.width;
    let mut out = Vec::new();
    if room < 0.0 {
        return out;
    }
    let count = (room / (text.size * 0.7)).ceil().clamp(1.0, TRIES);
    let on_map = |p: Coord| {
        let at = Rect::new(p.x, p.y, p.x, p.y);
        map.covers(&at)
    };
    for i in 0..=count as u32 {
        let share = f64::from(i) / count;
        let (from, to) = (room * share, room * share + text.width);
        let (a, b) = (course.at(from), course.at(to));
        let chord = b - a;
        let straight = distance(a, b) / text.width;
        if !readable(chord) || straight < 0.75 || !on_map(a) || !on_map(b) {
            continue;
        }
        let first = course.along().partition_point(|s| *s < from);
        let last = course.along().partition_point(|s| *s < to).min(aside.len() - 1);
        let (low, high) = aside[first.min(last)..=last]
            .iter()
            .fold((0.0_f64, 0.0_f64), |(low, high), d| (low.min(*d), high.max(*d)));
        let winding = (high - low) / text.size;
        if winding > 1.1 {
            continue;
        }
        let steep = chord.y.atan2(chord.x).to_degrees().abs() / 90.0;
        let cost = winding + 0.4 * steep + 0.3 * (share - 0.5).abs() + 1.5 * (1.0 - straight);
        let clear = GAP + width_pt / 2.0;
        let above = high + clear + text.below;
        let below = low - clear - text.above;
        out.push(Stretch { track: index, from, lift: above, cost });
        out.push(Stretch { track: index, from, lift: below, cost: cost + 0.15 });
    }
    out
}

/// All positions for one name, best first, shared out among several where the line is long.
fn repeated(found: Vec<Along>) -> Vec<Vec<Along>> {
    let mut best: Vec<Coord> = Vec::new();
    for along in &found {
        let apart = REPEAT_PT + 2.0 * REPEAT_REACH;
        if best.len() < MOST_REPEATS && best.iter().all(|b| distance(*b, along.middle) >= apart) {
            best.push(along.middle);
        }
    }
    let mut lists: Vec<Vec<Along>> = vec![Vec::new(); best.len()];
    for along in found {
        let near = best.iter().skip(1).position(|b| distance(*b, along.middle) <= REPEAT_REACH);
        let list = near.map_or(0, |i| i + 1);
        let reach = REPEAT_PT + REPEAT_REACH;
        let clear = |b: &Coord| distance(*b, along.middle) >= reach;
        let apart = list > 0 || best.iter().skip(1).all(clear);
        if apart && lists[list].len() < MOST {
            lists[list].push(along);
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use geo_types::line_string;
    use proptest::prelude::*;

    use super::*;
    use crate::text::TextStyle;
    use crate::text::testing::book;

    const MAP: Rect = Rect { x0: 0.0, y0: 0.0, x1: 300.0, y1: 200.0 };

    fn text(said: &str) -> Lettering {
        Lettering::new(&book().shape(said, &TextStyle::regular(7.0)))
    }

    #[test]
    fn names_stand_above_the_straight_stretch() {
        let line = line_string![
            (x: 250.0, y: 120.0), (x: 150.0, y: 120.0), (x: 140.0, y: 160.0), (x: 130.0, y: 120.0),
            (x: 120.0, y: 160.0), (x: 110.0, y: 120.0)
        ];
        let text = text("Songhua");
        let found = positions(&[line], 1.0, &text, &MAP);
        let best = &found[0][0];
        let runs = best.set.runs(crate::scene::Color::BLACK, None);
        let [run] = &runs[..] else { panic!("a name is one run: {runs:?}") };
        assert_eq!(run.text, "Songhua");
        assert!(run.glyphs.iter().all(|glyph| glyph.rotation.abs() <= 0.5), "{run:?}");
        let bottom = best.set.boxes().iter().map(|b| b.y1).fold(0.0, f32::max);
        assert!(bottom < 120.0 && bottom > 117.0, "{bottom}");
        let short = line_string![(x: 0.0, y: 9.0), (x: 20.0, y: 9.0)];
        assert!(positions(&[short], 1.0, &text, &MAP).is_empty());
    }

    #[test]
    fn long_lines_are_named_again_far_away() {
        let map = Rect::new(0.0, 0.0, 1200.0, 100.0);
        let line = line_string![(x: 5.0, y: 50.0), (x: 1195.0, y: 50.0)];
        let lists = positions(&[line], 1.0, &text("Amur"), &map);
        assert_eq!(lists.len(), MOST_REPEATS);
        for (i, a) in lists.iter().enumerate() {
            assert!(!a.is_empty());
            for b in lists[i + 1..].iter().flatten() {
                assert!(a.iter().all(|a| distance(a.middle, b.middle) >= REPEAT_PT));
            }
        }
    }

    /// Whether two convex quadrilaterals overlap by more than `slack` pt (separating axes).
    fn overlap(a: &[Coord; 4], b: &[Coord; 4], slack: f64) -> bool {
        let span = |shape: &[Coord; 4], axis: Coord| {
            let on = shape.map(|p| p.x * axis.x + p.y * axis.y);
            (
                on.iter().copied().fold(f64::INFINITY, f64::min),
                on.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            )
        };
        let apart = |axis: Coord| {
            let ((a0, a1), (b0, b1)) = (span(a, axis), span(b, axis));
            a1 - slack <= b0 || b1 - slack <= a0
        };
        ![a, b].iter().any(|shape| {
            (0..4)
                .any(|i| apart(crate::layout::labels::course::left(shape[(i + 1) % 4] - shape[i])))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

        #[test]
        fn letters_stay_apart_upright_and_off_a_winding_line(
            (rise, wave, length, turned) in (-180.0..180.0_f64, 0.0..14.0_f64, 25.0..90.0_f64, any::<bool>()),
        ) {
            let said = if turned { "Wusuli Jiang" } else { "图们江 Tumen" };
            let (sin, cos) = f64::to_radians(rise).sin_cos();
            let line: LineString = (0..=160).map(|i| {
                let (u, v) = (f64::from(i) - 80.0, wave * (f64::from(i) / length * std::f64::consts::TAU).sin());
                Coord { x: 150.0 + u * cos - v * sin, y: 100.0 + u * sin + v * cos }
            }).collect();
            for along in positions(&[line], 0.5, &text(said), &MAP).concat() {
                let boxes: Vec<[Coord; 4]> = along.set.corners().collect();
                for (i, a) in boxes.iter().enumerate() {
                    let tilt = { let d = a[1] - a[0]; d.y.atan2(d.x).to_degrees() };
                    prop_assert!(tilt.abs() <= 100.3, "{tilt}");
                    prop_assert!(boxes[i + 1..].iter().all(|b| !overlap(a, b, 0.35)), "{rise} {wave} {length}");
                }
                let way = boxes[boxes.len() - 1][1] - boxes[0][0];
                let plumb = way.x.abs() < 0.35 * way.y.abs() && way.y < 0.0;
                prop_assert!(way.x > 0.0 || plumb, "upside down: {way:?}");
                prop_assert!(along.set.boxes().iter().all(|b| MAP.covers(b)));
            }
        }
    }
}
