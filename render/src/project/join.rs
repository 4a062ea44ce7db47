//! Lines that come in pieces, joined where two of them and no more meet, so that dashes run on and
//! names find room.

use std::collections::BTreeMap;

use geo_types::{Coord, LineString};

/// A position as a key: the same bits, the same place.
fn key(at: Coord) -> (u64, u64) {
    (at.x.to_bits(), at.y.to_bits())
}

/// The lines of `pieces`, joined at every position where exactly two ends meet.
pub(super) fn join(pieces: &[LineString]) -> Vec<Vec<Coord>> {
    let ends = |line: &LineString| Some((key(*line.0.first()?), key(*line.0.last()?)));
    let mut meeting: BTreeMap<(u64, u64), Vec<usize>> = BTreeMap::new();
    for (i, line) in pieces.iter().enumerate() {
        if let Some((first, last)) = ends(line)
            && first != last
        {
            meeting.entry(first).or_default().push(i);
            meeting.entry(last).or_default().push(i);
        }
    }
    // The other of the two pieces that meet at a position.
    let next = |at: (u64, u64), from: usize| match meeting.get(&at).map(Vec::as_slice) {
        Some(&[a, b]) if a == from => Some(b),
        Some(&[a, b]) if b == from => Some(a),
        _ => None,
    };
    let mut used = vec![false; pieces.len()];
    let mut out = Vec::new();
    for start in 0..pieces.len() {
        if used[start] {
            continue;
        }
        used[start] = true;
        let mut line = pieces[start].0.clone();
        for _ in 0..2 {
            let mut last = start;
            while let Some(end) = line.last().copied() {
                let Some(piece) = next(key(end), last).filter(|piece| !used[*piece]) else { break };
                used[piece] = true;
                last = piece;
                let points = &pieces[piece].0;
                if points.first() == Some(&end) {
                    line.extend(points.iter().skip(1));
                } else {
                    line.extend(points.iter().rev().skip(1));
                }
            }
            // Then on from the other end.
            line.reverse();
        }
        out.push(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use geo_types::line_string;

    use super::*;

    #[test]
    fn pieces_are_joined_but_not_at_junctions() {
        let pieces = [
            line_string![(x: 2.0, y: 0.0), (x: 3.0, y: 0.0)],
            line_string![(x: 1.0, y: 0.0), (x: 0.0, y: 0.0)],
            line_string![(x: 1.0, y: 0.0), (x: 2.0, y: 0.0)],
            line_string![(x: 3.0, y: 0.0), (x: 4.0, y: 0.0)],
            line_string![(x: 3.0, y: 0.0), (x: 3.0, y: 1.0)],
        ];
        let joined = join(&pieces);
        assert_eq!(joined.len(), 3);
        let xs: Vec<f64> = joined[0].iter().map(|p| p.x).collect();
        assert!(xs == [0.0, 1.0, 2.0, 3.0] || xs == [3.0, 2.0, 1.0, 0.0], "{xs:?}");
    }

    #[test]
    fn rings_in_pieces_end_where_they_began() {
        let pieces = [
            line_string![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0)],
            line_string![(x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 0.0)],
        ];
        assert_eq!(
            join(&pieces),
            vec![vec![
                Coord { x: 0.0, y: 0.0 },
                Coord { x: 1.0, y: 0.0 },
                Coord { x: 1.0, y: 1.0 },
                Coord { x: 0.0, y: 0.0 },
            ]]
        );
    }
}
