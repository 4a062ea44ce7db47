//! Which edges of a shape lie on the ground, and which only close its rings in the lon/lat plane.

use std::collections::BTreeMap;

use geo_types::Coord;

use crate::geometry::Shape;

/// The edges of lines and rings without seams.
///
/// A ring over a pole runs up a meridian, along the pole and down the same meridian; an area cut
/// at ±180° as RFC 7946 asks has a boundary on either side of the cut. Such edges run along one
/// meridian up as often as down, with the area on both sides: where they do, they cancel. Edges
/// along a pole have no length.
pub(crate) fn real_edges(shape: &Shape) -> Vec<(Coord, Coord)> {
    let seams = if shape.dimension() == 2 { Seams::of(shape) } else { Seams::default() };
    let mut edges = Vec::with_capacity(shape.chains().map(|chain| chain.0.len()).sum());
    for (from, to) in shape.edges() {
        seams.push_real_parts(from, to, &mut edges);
    }
    edges
}

/// For each meridian along which edges run both up and down: the parallels at which such an edge
/// ends, and between each and the next how many edges run up, less those that run down.
#[derive(Default)]
struct Seams {
    meridians: BTreeMap<i64, Vec<(f64, i32)>>,
}

impl Seams {
    fn of(shape: &Shape) -> Self {
        let mut runs: BTreeMap<i64, Vec<(f64, f64)>> = BTreeMap::new();
        for (from, to) in shape.edges().filter(|(from, to)| from.x == to.x) {
            runs.entry(meridian(from.x)).or_default().push((from.y, to.y));
        }
        runs.retain(|_, runs| runs.iter().any(|r| r.0 < r.1) && runs.iter().any(|r| r.0 > r.1));
        let meridians = runs.into_iter().map(|(meridian, runs)| (meridian, balance(&runs)));
        Self { meridians: meridians.collect() }
    }

    /// Pushes the parts of an edge that are boundary.
    fn push_real_parts(&self, from: Coord, to: Coord, edges: &mut Vec<(Coord, Coord)>) {
        if from.y == to.y && from.y.abs() == 90.0 {
            return;
        }
        let Some(balance) = self.meridian_of(from, to) else {
            edges.push((from, to));
            return;
        };
        let up = if from.y < to.y { 1 } else { -1 };
        let (low, high) = (from.y.min(to.y), from.y.max(to.y));
        let first = edges.len();
        for pair in balance.windows(2) {
            let ((south, surplus), (north, _)) = (pair[0], pair[1]);
            if low <= south && north <= high && surplus * up > 0 {
                let ends = if up > 0 { (south, north) } else { (north, south) };
                edges.push((Coord { x: from.x, y: ends.0 }, Coord { x: from.x, y: ends.1 }));
            }
        }
        if up < 0 {
            edges[first..].reverse();
        }
    }

    fn meridian_of(&self, from: Coord, to: Coord) -> Option<&Vec<(f64, i32)>> {
        if from.x == to.x { self.meridians.get(&meridian(from.x)) } else { None }
    }
}

/// A meridian by a number that whole turns and rounding in the last bits do not change.
fn meridian(lon: f64) -> i64 {
    const STEPS: f64 = 1e10;
    ((lon * STEPS).round() as i64).rem_euclid(360 * STEPS as i64)
}

fn balance(runs: &[(f64, f64)]) -> Vec<(f64, i32)> {
    let mut parallels: Vec<f64> = runs.iter().flat_map(|&(from, to)| [from, to]).collect();
    parallels.sort_by(f64::total_cmp);
    parallels.dedup();
    let mut changes = vec![0; parallels.len()];
    for &(from, to) in runs {
        let place = |lat: f64| parallels.partition_point(|&p| p < lat);
        changes[place(from)] += 1;
        changes[place(to)] -= 1;
    }
    let mut sum = 0;
    (parallels.into_iter().zip(changes))
        .map(|(parallel, change)| {
            sum += change;
            (parallel, sum)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::EdgeModel;
    use geo_types::{Geometry, LineString, MultiPolygon, Polygon, polygon};

    #[test]
    fn a_ring_over_the_pole_keeps_its_parallel_only() {
        let ring: Vec<Coord> =
            (0..=36).map(|i| Coord { x: f64::from(i % 36) * 10., y: 70. }).collect();
        let cap = Polygon::new(LineString(ring), vec![]);
        let shape = Shape::new(cap.into(), EdgeModel::LonLat).unwrap();
        assert!(shape.edges().any(|(from, to)| from.x == to.x));
        assert!(real_edges(&shape).iter().all(|(from, to)| from.y == 70. && to.y == 70.));
    }

    #[test]
    fn halves_cut_at_the_antimeridian_lose_the_cut_only() {
        let west =
            polygon![(x: 170., y: 0.), (x: 180., y: 0.), (x: 180., y: 10.), (x: 170., y: 10.)];
        let east =
            polygon![(x: -180., y: 2.), (x: -170., y: 2.), (x: -170., y: 8.), (x: -180., y: 8.)];
        let both = Geometry::MultiPolygon(MultiPolygon(vec![west, east]));
        let shape = Shape::new(both, EdgeModel::LonLat).unwrap();
        let along: Vec<(f64, f64)> = real_edges(&shape)
            .iter()
            .filter(|(from, to)| from.x.abs() == 180. && to.x == from.x)
            .map(|(from, to)| (from.y, to.y))
            .collect();
        assert!(along.iter().all(|&(from, to)| to <= 2. || from >= 8.), "{along:?}");
        assert_eq!(along.iter().map(|(from, to)| to - from).sum::<f64>(), 4.);
    }
}
