//! Whether two shapes share a point, and one that they share.

use geo::line_intersection::{LineIntersection, line_intersection};
use geo_types::{Coord, Line};

use super::inside::holds;
use super::outline::{Edge, Node, Outline};
use crate::geometry::{LonLat, Shape};

/// A shape with its outline.
#[derive(Clone, Copy)]
pub(crate) struct Measured<'a> {
    pub(crate) shape: &'a Shape,
    pub(crate) outline: &'a Outline,
}

/// Boxes hold the geodesics; two straight lon/lat edges may meet this far, in metres, from them.
const REACH: f64 = 2.0 * Shape::EDGE_TOLERANCE.to_m();

/// A point that both shapes have, in the lon/lat reading of their edges; `None` when there is
/// none. About log n to n for n edges, the latter when the shapes run along each other.
pub(crate) fn contact(a: Measured<'_>, b: Measured<'_>) -> Option<LonLat> {
    if a.outline.bounds().chord(&b.outline.bounds()) > REACH {
        return None;
    }
    crossing(a.outline, b.outline)
        .or_else(|| start_inside(a.shape, b.shape))
        .or_else(|| start_inside(b.shape, a.shape))
}

/// A point at which the outlines meet.
pub(crate) fn crossing(a: &Outline, b: &Outline) -> Option<LonLat> {
    let mut open: Vec<(Node, Node)> = Vec::new();
    open.extend(a.root().zip(b.root()));
    while let Some((left, right)) = open.pop() {
        let (left_box, right_box) = (a.node_bounds(left), b.node_bounds(right));
        if left_box.chord(&right_box) > REACH {
            continue;
        }
        if left.level == 0 && right.level == 0 {
            let meeting = edges_meet(&a.edges()[left.index], &b.edges()[right.index]);
            if let Some(at) = meeting {
                return Some(LonLat::wrap(at.x, at.y));
            }
        } else if right.level == 0
            || (left.level > 0 && left_box.longest_side() >= right_box.longest_side())
        {
            open.extend(a.children(left).map(|child| (child, right)));
        } else {
            open.extend(b.children(right).map(|child| (left, child)));
        }
    }
    None
}

/// Where two edges meet in the lon/lat plane, at whichever turn.
fn edges_meet(a: &Edge, b: &Edge) -> Option<Coord> {
    let (a, b) = (a.whole, b.whole);
    // All longitudes meet at a pole.
    for (mine, theirs) in [(a.0, b.0), (a.0, b.1), (a.1, b.0), (a.1, b.1)] {
        if mine.y.abs() == 90.0 && mine.y == theirs.y {
            return Some(mine);
        }
    }
    let turns = ((a.0.x + a.1.x - b.0.x - b.1.x) / 720.0).round();
    [turns, turns - 1.0, turns + 1.0].into_iter().find_map(|turns| {
        let shifted = |c: Coord| Coord { x: c.x + 360.0 * turns, y: c.y };
        let b = Line::new(shifted(b.0), shifted(b.1));
        if a.0.x.max(a.1.x) < b.start.x.min(b.end.x) || b.start.x.max(b.end.x) < a.0.x.min(a.1.x) {
            return None;
        }
        match line_intersection(Line::new(a.0, a.1), b)? {
            LineIntersection::SinglePoint { intersection, .. } => Some(intersection),
            LineIntersection::Collinear { intersection } => Some(intersection.start),
        }
    })
}

/// The first position of a part of `a` that lies in the area `b`. Where outlines do not meet, a
/// part lies in an area with its first position or not at all.
fn start_inside(a: &Shape, b: &Shape) -> Option<LonLat> {
    if b.dimension() < 2 {
        return None;
    }
    starts(a).find(|&start| holds(b, start)).map(|start| LonLat::wrap(start.x, start.y))
}

/// The first position of each part.
pub(crate) fn starts(shape: &Shape) -> impl Iterator<Item = Coord> {
    let points = shape.points().iter().map(|p| p.0);
    let lines = shape.lines().iter().map(|line| line.0[0]);
    points.chain(lines).chain(shape.polygons().iter().map(|p| p.exterior().0[0]))
}
