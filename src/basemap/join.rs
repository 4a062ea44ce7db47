//! Arcs joined end to end: lines out of border pieces, areas out of units.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};

use super::arcs::{Layer, Parts, arc_index};

/// Joins arcs into lines as long as possible, the longest first; a line ends where three meet.
pub fn lines(layer: &Layer, arcs: impl IntoIterator<Item = usize>) -> MultiLineString<f64> {
    let mut ends: BTreeMap<[i32; 2], Vec<i32>> = BTreeMap::new();
    let mut left: BTreeSet<usize> = BTreeSet::new();
    for arc in arcs {
        left.insert(arc);
        for reference in [arc as i32, !(arc as i32)] {
            ends.entry(layer.start(reference)).or_default().push(reference);
        }
    }
    let next = |at: [i32; 2], left: &BTreeSet<usize>| match ends.get(&at).map(Vec::as_slice) {
        Some([a, b]) => [*a, *b].into_iter().find(|r| left.contains(&arc_index(*r))),
        _ => None,
    };
    let mut lines = Vec::new();
    while let Some(arc) = left.pop_first() {
        let mut chain = std::collections::VecDeque::from([arc as i32]);
        while let Some(more) = chain.back().and_then(|&last| next(layer.start(!last), &left)) {
            left.remove(&arc_index(more));
            chain.push_back(more);
        }
        while let Some(more) = chain.front().and_then(|&first| next(layer.start(first), &left)) {
            left.remove(&arc_index(more));
            chain.push_front(!more);
        }
        lines.push(layer.line(chain.make_contiguous()));
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.0.len()));
    MultiLineString(lines)
}

/// The union of the objects at `indices`: arcs that two of them share drop out, the others are
/// chained into rings. Exact: no position moves.
pub fn union(layer: &Layer, indices: &[usize]) -> MultiPolygon<f64> {
    let rings_of = |index: &usize| match &layer.objects[*index].parts {
        Parts::Areas(areas) => areas.as_slice(),
        Parts::Lines(_) | Parts::Point(_) => &[],
    };
    if let [only] = indices {
        let polygons = rings_of(only).iter().map(|rings| {
            let mut rings = rings.iter().map(|ring| layer.line(ring));
            Polygon::new(rings.next().unwrap_or(LineString(Vec::new())), rings.collect())
        });
        return MultiPolygon(polygons.collect());
    }
    let mut border: BTreeMap<usize, i32> = BTreeMap::new();
    for &reference in indices.iter().flat_map(rings_of).flatten().flatten() {
        let arc = arc_index(reference);
        if border.remove(&arc).is_none() {
            border.insert(arc, reference);
        }
    }
    let mut from: BTreeMap<[i32; 2], Vec<i32>> = BTreeMap::new();
    for &reference in border.values() {
        from.entry(layer.start(reference)).or_default().push(reference);
    }
    let mut rings = Vec::new();
    while let Some((&start, _)) = from.first_key_value() {
        rings.extend(ring_from(layer, start, &mut from));
    }
    polygons(rings)
}

/// Takes a ring out of the arcs that are left; where it comes back to a place it has been, the
/// loop is taken out as a ring of its own.
fn ring_from(
    layer: &Layer,
    start: [i32; 2],
    from: &mut BTreeMap<[i32; 2], Vec<i32>>,
) -> Vec<LineString<f64>> {
    let mut rings = Vec::new();
    let mut chain: Vec<i32> = Vec::new();
    let mut at = start;
    while let Some(choices) = from.get_mut(&at) {
        let Some(reference) = choices.pop() else { break };
        if choices.is_empty() {
            from.remove(&at);
        }
        chain.push(reference);
        at = layer.start(!reference);
        if let Some(since) = chain.iter().position(|&r| layer.start(r) == at) {
            rings.push(layer.line(&chain[since..]));
            chain.truncate(since);
        }
    }
    rings
}

/// Exteriors (counter-clockwise) with the holes (clockwise) that lie in them.
fn polygons(rings: Vec<LineString<f64>>) -> MultiPolygon<f64> {
    let mut exteriors = Vec::new();
    let mut holes = Vec::new();
    for ring in rings {
        let area = signed_area(&ring.0);
        if area > 0.0 {
            exteriors.push((area, Polygon::new(ring, Vec::new())));
        } else {
            holes.push(ring);
        }
    }
    // A hole belongs to the smallest exterior around it.
    exteriors.sort_by(|a, b| a.0.total_cmp(&b.0));
    for hole in holes {
        let middle = midpoint(&hole.0);
        let owner = exteriors.iter_mut().find(|(_, p)| covers(&p.exterior().0, middle));
        if let Some((_, owner)) = owner {
            owner.interiors_push(hole);
        }
    }
    MultiPolygon(exteriors.into_iter().map(|(_, polygon)| polygon).collect())
}

/// The middle of the first edge: a place on the ring that is no joint with another one.
fn midpoint(ring: &[Coord]) -> Coord {
    Coord { x: f64::midpoint(ring[0].x, ring[1].x), y: f64::midpoint(ring[0].y, ring[1].y) }
}

fn covers(ring: &[Coord], at: Coord) -> bool {
    ring.windows(2).fold(false, |inside, pair| {
        let (a, b) = (pair[0], pair[1]);
        let crosses =
            (a.y > at.y) != (b.y > at.y) && at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x);
        inside != crosses
    })
}

fn signed_area(ring: &[Coord]) -> f64 {
    let Some(origin) = ring.first() else { return 0.0 };
    let cross = |pair: &[Coord]| {
        (pair[0].x - origin.x) * (pair[1].y - origin.y)
            - (pair[1].x - origin.x) * (pair[0].y - origin.y)
    };
    ring.windows(2).map(cross).sum()
}

#[cfg(test)]
mod tests {
    use super::super::arcs::{Object, Properties};
    use super::*;

    /// Two unit squares side by side that share arc 1, and their outer arcs 0 and 2.
    fn squares() -> Layer {
        let object = |ring: Vec<i32>| Object {
            parts: Parts::Areas(vec![vec![ring]]),
            properties: Properties::default(),
        };
        let unit = 100_000;
        Layer::of(
            vec![object(vec![0, 1]), object(vec![2, !1])],
            &[
                vec![[unit, unit], [0, unit], [0, 0], [unit, 0]],
                vec![[unit, 0], [unit, unit]],
                vec![[unit, 0], [2 * unit, 0], [2 * unit, unit], [unit, unit]],
            ],
        )
    }

    #[test]
    fn a_union_loses_the_shared_side() {
        let both = union(&squares(), &[0, 1]);
        assert_eq!(both.0.len(), 1);
        assert_eq!(both.0[0].exterior().0.len(), 7);
        assert!((signed_area(&both.0[0].exterior().0) / 2.0 - 2.0).abs() < 1e-9);
        assert_eq!(union(&squares(), &[0]).0[0].exterior().0.len(), 5);
    }

    #[test]
    fn lines_join_and_stop_at_forks() {
        let layer = squares();
        assert_eq!(lines(&layer, [0, 2]).0.len(), 1);
        assert_eq!(lines(&layer, [0, 1, 2]).0.len(), 3);
    }
}
