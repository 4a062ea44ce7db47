//! Arrowheads: their tips at the ends of a line, which stops inside them.

use geo_types::{Coord, LineString};

use super::along::{length, shortened};
use super::path::point;
use crate::scene::{Path, Subpath};
use crate::spec::{Arrow, ArrowEnds};

/// Half the width of a head as a share of its length.
const HALF_WIDTH: f64 = 0.42;
/// How deep its base is notched, and where the line ends in it, as shares of its length.
const NOTCH: f64 = 0.2;
/// The most of a line that its heads take together.
const MOST: f64 = 0.7;

/// The lines without what their heads cover, and the heads.
pub(in crate::layout) fn split(arrow: &Arrow, lines: &[&LineString]) -> (Vec<LineString>, Path) {
    let mut bodies = Vec::new();
    let mut heads = Path::default();
    for line in lines {
        let ends = if arrow.at == ArrowEnds::Both { 2.0 } else { 1.0 };
        let size = arrow.size_pt.min(length(&line.0) * MOST / ends);
        if size < 0.1 {
            continue;
        }
        // The direction of a head is that of the line's piece below it.
        let end = shortened(&line.0, 0.0, size * (1.0 - NOTCH));
        heads.subpaths.extend(head(&line.0, &end, size));
        let mut start = 0.0;
        if arrow.at == ArrowEnds::Both {
            start = size * (1.0 - 1.5 * NOTCH);
            let turned: Vec<Coord> = line.0.iter().rev().copied().collect();
            let end = shortened(&turned, 0.0, size * (1.0 - NOTCH));
            heads.subpaths.extend(head(&turned, &end, size));
        }
        bodies.push(LineString(shortened(&line.0, start, size * (1.0 - 1.5 * NOTCH))));
    }
    (bodies, heads)
}

/// The head at the last point of `line`, on the body that is left below it.
fn head(line: &[Coord], body: &[Coord], size: f64) -> Option<Subpath> {
    let (tip, base) = (*line.last()?, *body.last()?);
    let chord = tip - base;
    let long = chord.x.hypot(chord.y);
    if long < 1e-9 {
        return None;
    }
    let along = chord / long;
    let left = Coord { x: along.y, y: -along.x };
    let at = |back: f64, side: f64| point(tip - along * (size * back) + left * (size * side));
    let points =
        vec![at(0.0, 0.0), at(1.0, HALF_WIDTH), at(1.0 - NOTCH, 0.0), at(1.0, -HALF_WIDTH)];
    Some(Subpath { points, closed: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> LineString {
        LineString(vec![Coord { x: 0.0, y: 0.0 }, Coord { x: 60.0, y: 0.0 }])
    }

    #[test]
    fn the_tip_is_the_end_and_the_line_stops_below_it() {
        let arrow = Arrow { size_pt: 10.0, at: ArrowEnds::End };
        let (bodies, heads) = split(&arrow, &[&line()]);
        assert!((f64::from(heads.bounds().unwrap().x1) - 60.0).abs() < 1e-6);
        assert!((f64::from(heads.bounds().unwrap().x0) - 50.0).abs() < 1e-6);
        let end = bodies[0].0.last().unwrap().x;
        assert!((52.0..55.0).contains(&end), "{end}: inside the head, behind its notch");
    }

    #[test]
    fn two_heads_share_a_short_line() {
        let arrow = Arrow { size_pt: 100.0, at: ArrowEnds::Both };
        let (bodies, heads) = split(&arrow, &[&line()]);
        assert_eq!(heads.subpaths.len(), 2);
        let bounds = heads.bounds().unwrap();
        assert!((bounds.x0.abs() < 1e-6) && (f64::from(bounds.x1) - 60.0).abs() < 1e-6);
        assert!(length(&bodies[0].0) > 10.0);
    }
}
