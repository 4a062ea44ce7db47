//! The rings of a polygon of a shapefile, which has them in any order: which are shells, and of
//! which shell each hole is.

use geo_types::Coord;

/// The polygons that rings make, each with its shell first, and whether some are wound the other way
/// than the standard says: shells clockwise, holes counter-clockwise.
pub(super) fn polygons(rings: Vec<Vec<Coord>>) -> (Vec<Vec<Vec<Coord>>>, bool) {
    if rings.len() == 1 {
        return (vec![rings], false);
    }
    let rings: Vec<Ring> = rings.into_iter().map(Ring::new).collect();
    let (shells, others): (Vec<Ring>, Vec<Ring>) =
        rings.into_iter().partition(|ring| ring.area <= 0.0);
    let mut polygons: Vec<(Ring, Vec<Vec<Coord>>)> =
        shells.into_iter().map(|shell| (shell, Vec::new())).collect();
    let mut orphans = Vec::new();
    for hole in others {
        let around = polygons.iter_mut().filter(|(shell, _)| shell.contains(&hole));
        match around.min_by(|(a, _), (b, _)| a.area.abs().total_cmp(&b.area.abs())) {
            Some((_, holes)) => holes.push(hole.at),
            None => orphans.push(hole),
        }
    }
    let wound = !orphans.is_empty();
    polygons.extend(nested(orphans));
    let polygon = |(shell, holes): (Ring, Vec<Vec<Coord>>)| {
        std::iter::once(shell.at).chain(holes).collect::<Vec<_>>()
    };
    (polygons.into_iter().map(polygon).collect(), wound)
}

/// Rings whose winding tells nothing: in no other or in two of them they are shells, in one a hole.
fn nested(mut rings: Vec<Ring>) -> Vec<(Ring, Vec<Vec<Coord>>)> {
    rings.sort_by(|a, b| b.area.abs().total_cmp(&a.area.abs()));
    let around: Vec<Vec<usize>> = (0..rings.len())
        .map(|inner| (0..inner).filter(|&outer| rings[outer].contains(&rings[inner])).collect())
        .collect();
    let is_hole = |ring: usize| around[ring].len() % 2 == 1;
    let mut polygons: Vec<(usize, Ring, Vec<Vec<Coord>>)> = Vec::new();
    for (place, ring) in rings.into_iter().enumerate() {
        // The last one around it is the smallest.
        let shell = around[place].last().filter(|_| is_hole(place));
        match shell.and_then(|shell| polygons.iter_mut().find(|(place, ..)| place == shell)) {
            Some((.., holes)) => holes.push(ring.at),
            None => polygons.push((place, ring, Vec::new())),
        }
    }
    polygons.into_iter().map(|(_, shell, holes)| (shell, holes)).collect()
}

struct Ring {
    at: Vec<Coord>,
    /// Counter-clockwise positive, in squares of the unit of the file.
    area: f64,
    least: Coord,
    most: Coord,
}

impl Ring {
    fn new(at: Vec<Coord>) -> Self {
        let mut ring = Self {
            area: 0.0,
            least: Coord { x: f64::INFINITY, y: f64::INFINITY },
            most: Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY },
            at,
        };
        // About the first position, for digits.
        let origin = ring.at.first().copied().unwrap_or_default();
        for pair in ring.at.windows(2) {
            let (a, b) = (pair[0] - origin, pair[1] - origin);
            ring.area += (a.x * b.y - b.x * a.y) / 2.0;
        }
        for at in &ring.at {
            ring.least = Coord { x: ring.least.x.min(at.x), y: ring.least.y.min(at.y) };
            ring.most = Coord { x: ring.most.x.max(at.x), y: ring.most.y.max(at.y) };
        }
        ring
    }

    /// Whether a ring that does not cross this one lies in it, seen by its first position that is
    /// not on this one.
    fn contains(&self, other: &Self) -> bool {
        let apart = other.least.x < self.least.x
            || other.least.y < self.least.y
            || other.most.x > self.most.x
            || other.most.y > self.most.y;
        !apart && other.at.iter().find_map(|&at| self.side(at)).unwrap_or(true)
    }

    /// Whether a position is within; `None` on the ring.
    fn side(&self, at: Coord) -> Option<bool> {
        let mut within = false;
        for pair in self.at.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let turn = (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
            let between = |a: f64, b: f64, at: f64| a.min(b) <= at && at <= a.max(b);
            if turn == 0.0 && between(a.x, b.x, at.x) && between(a.y, b.y, at.y) {
                return None;
            }
            if (a.y > at.y) != (b.y > at.y) && (turn > 0.0) == (b.y > a.y) {
                within = !within;
            }
        }
        Some(within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square around a middle, clockwise as shells are.
    fn square(x: f64, y: f64, half: f64) -> Vec<Coord> {
        [(-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)]
            .map(|(a, b)| Coord { x: x + a * half, y: y + b * half })
            .to_vec()
    }

    fn turned(mut ring: Vec<Coord>) -> Vec<Coord> {
        ring.reverse();
        ring
    }

    #[test]
    fn holes_go_to_the_smallest_shell_around_them_in_any_order() {
        let (hole, lake) = (turned(square(0.0, 0.0, 3.0)), turned(square(0.0, 0.0, 0.5)));
        let (outer, island) = (square(0.0, 0.0, 4.0), square(0.0, 0.0, 1.0));
        let other = square(20.0, 0.0, 2.0);
        let rings = vec![lake.clone(), hole.clone(), other.clone(), island.clone(), outer.clone()];
        let (polygons, wound) = polygons(rings);
        assert_eq!(polygons, [vec![other], vec![island, lake], vec![outer, hole]]);
        assert!(!wound);
    }

    #[test]
    fn rings_that_are_all_wound_the_other_way_are_nested() {
        let rings = [(0.0, 4.0), (0.0, 3.0), (0.0, 1.0), (20.0, 2.0)];
        let rings = rings.map(|(x, half)| turned(square(x, 0.0, half)));
        let [outer, hole, island, other] = rings.clone();
        let (polygons, wound) = polygons(rings.to_vec());
        assert_eq!(polygons, [vec![outer, hole], vec![other], vec![island]]);
        assert!(wound);
    }

    #[test]
    fn a_hole_may_touch_its_shell() {
        let shell = square(0.0, 0.0, 2.0);
        let hole: Vec<Coord> = [(-2.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-2.0, 0.0)]
            .map(|(x, y)| Coord { x, y })
            .to_vec();
        let (polygons, _) = polygons(vec![shell.clone(), hole.clone()]);
        assert_eq!(polygons, [vec![shell, hole]]);
    }
}
