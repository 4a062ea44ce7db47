//! The area that two areas of one ring each share, without working out its outline.
//!
//! The boundary of the shared part is what of either ring lies in the other: the rings are parted
//! where they cross, and the areas under the parts are summed, exactly but for rounding. What is not
//! clear beyond that, such as rings that touch or share an edge, and rings of geodesic edges, is left
//! to an overlay.

use geo_types::{Coord, Polygon};

use super::crossing::{Extent, Meeting, east, meeting};
use super::slabs::{STEEP, Side, Slabs, WIDEST};
use super::under::under_straight;
use crate::geometry::{EdgeModel, Shape};
use crate::unit::Area;

/// Edges to a run.
const RUN: usize = 8;

/// Pairs of runs: where more would be compared, an overlay is the quicker way.
const MOST_RUNS: usize = 1 << 20;

/// An area of one ring, prepared for being overlaid with many others.
#[derive(Clone, Debug)]
pub(crate) struct Boundary {
    /// Closed and counter-clockwise.
    ring: Box<[Coord]>,
    around: Extent,
    /// Boxes around runs of edges.
    runs: Box<[Extent]>,
    /// What lies under the edges up to each position, m².
    sums: Box<[f64]>,
    slabs: Slabs,
}

/// What two areas have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Common {
    /// No point, and they are farther apart than edges are known to.
    Nothing,
    /// An area.
    Ground(Area),
    /// Not told here: they touch, come near each other, or share edges.
    Unclear,
}

/// Where an edge of the first ring crosses one of the second.
#[derive(Clone, Copy)]
struct Crossing {
    at: Coord,
    /// The edges of the first and the second ring, and how far along each, 0…1.
    edges: [usize; 2],
    along: [f64; 2],
}

impl Boundary {
    /// Of an area of one ring of straight edges, below 80° of latitude and at most 90° wide; `None` of
    /// others. About 0.1 µs for each edge.
    pub(crate) fn of(shape: &Shape) -> Option<Self> {
        let [polygon] = shape.polygons() else { return None };
        if shape.edge_model() == EdgeModel::Geodesic || !polygon.interiors().is_empty() {
            return None;
        }
        Self::of_polygon(polygon, shape)
    }

    fn of_polygon(polygon: &Polygon, shape: &Shape) -> Option<Self> {
        let ring: Box<[Coord]> = polygon.exterior().0.as_slice().into();
        let around = Extent::of(&ring);
        if around.high.x - around.low.x > WIDEST
            || around.low.y.abs().max(around.high.y.abs()) >= STEEP
        {
            return None;
        }
        let runs = (0..ring.len() - 1)
            .step_by(RUN)
            .map(|first| Extent::of(&ring[first..ring.len().min(first + RUN + 1)]))
            .collect();
        let mut sum = 0.0;
        let mut sums = vec![sum];
        sums.extend(ring.windows(2).map(|edge| {
            sum += under_straight(edge[0], edge[1]);
            sum
        }));
        Some(Self { ring, around, runs, sums: sums.into(), slabs: Slabs::of(shape)? })
    }

    fn whole(&self) -> Area {
        ground(self.sums[self.ring.len() - 1])
    }

    /// The edges of a run.
    fn edges(&self, run: usize) -> impl Iterator<Item = usize> + use<> {
        let first = run * RUN;
        first..(first + RUN).min(self.ring.len() - 1)
    }

    /// What the areas share. About a microsecond, and more for areas of hundreds of edges.
    pub(crate) fn shared(&self, other: &Self) -> Common {
        let middle = |extent: &Extent| f64::midpoint(extent.low.x, extent.high.x);
        let turn = 360.0 * ((middle(&self.around) - middle(&other.around)) / 360.0).round();
        if !self.around.near(&other.around.east(turn)) {
            return Common::Nothing;
        }
        let Some((crossings, near)) = self.crossings(other, turn) else { return Common::Unclear };
        if !crossings.is_empty() {
            let mine = self.inside(other, 0, crossings.clone(), 0.0, turn);
            let theirs = other.inside(self, 1, crossings, turn, -turn);
            return mine
                .zip(theirs)
                .map_or(Common::Unclear, |(mine, theirs)| Common::Ground(ground(mine + theirs)));
        }
        if near {
            return Common::Unclear;
        }
        let side_of_mine = other.slabs.side(east(self.ring[0], -turn));
        let side_of_theirs = self.slabs.side(east(other.ring[0], turn));
        match (side_of_mine, side_of_theirs) {
            (Side::Inside, Side::Outside) => Common::Ground(self.whole()),
            (Side::Outside, Side::Inside) => Common::Ground(other.whole()),
            (Side::Outside, Side::Outside) => Common::Nothing,
            _ => Common::Unclear,
        }
    }

    /// Where the rings cross, and whether edges that do not come near each other; `None` when some
    /// touch.
    fn crossings(&self, other: &Self, turn: f64) -> Option<(Vec<Crossing>, bool)> {
        let theirs = other.around.east(turn);
        let near_runs = |runs: &[Extent], by: f64, around: &Extent| -> Vec<(usize, Extent)> {
            (runs.iter().map(|run| run.east(by)).enumerate())
                .filter(|(_, run)| run.near(around))
                .collect()
        };
        let mine = near_runs(&self.runs, 0.0, &theirs);
        let theirs = near_runs(&other.runs, turn, &self.around);
        if mine.len() * theirs.len() > MOST_RUNS {
            return None;
        }
        let mut crossings = Vec::new();
        let mut near = false;
        for (my_run, my_extent) in mine {
            for (their_run, their_extent) in &theirs {
                if !my_extent.near(their_extent) {
                    continue;
                }
                for my_edge in self.edges(my_run) {
                    let ends = [self.ring[my_edge], self.ring[my_edge + 1]];
                    let extent = Extent::of(&ends);
                    if !extent.near(their_extent) {
                        continue;
                    }
                    for their_edge in other.edges(*their_run) {
                        let others = [other.ring[their_edge], other.ring[their_edge + 1]]
                            .map(|c| east(c, turn));
                        if !extent.near(&Extent::of(&others)) {
                            continue;
                        }
                        match meeting(ends, others) {
                            Meeting::Apart => {}
                            Meeting::Near => near = true,
                            Meeting::Unsure => return None,
                            Meeting::Crossing(at, along) => {
                                crossings.push(Crossing {
                                    at,
                                    edges: [my_edge, their_edge],
                                    along,
                                });
                            }
                        }
                    }
                }
            }
        }
        Some((crossings, near))
    }

    /// What of this ring, the first or second of the crossings (`which`), lies in the other area.
    /// Crossings lie `by` degrees east of this ring's own turn, the other area `turn`.
    fn inside(
        &self,
        other: &Self,
        which: usize,
        mut crossings: Vec<Crossing>,
        by: f64,
        turn: f64,
    ) -> Option<f64> {
        crossings.sort_unstable_by(|a, b| {
            (a.edges[which].cmp(&b.edges[which])).then(a.along[which].total_cmp(&b.along[which]))
        });
        // From one position whose side is clear, each crossing changes the side.
        let edges = self.ring.len() - 1;
        let (clear, side) =
            (0..edges).find_map(|at| match other.slabs.side(east(self.ring[at], -turn)) {
                Side::Unclear => None,
                side => Some((at, side == Side::Inside)),
            })?;
        let before = crossings.partition_point(|crossing| crossing.edges[which] < clear);
        let at_start = side ^ (before % 2 == 1);
        if crossings.len() % 2 == 1 {
            return None;
        }
        let mut sum = 0.0;
        for (number, from) in crossings.iter().enumerate() {
            if at_start ^ (number % 2 == 0) {
                let to = crossings.get(number + 1);
                let wraps = to.is_none();
                sum += self.arc(which, from, to.unwrap_or(&crossings[0]), by, wraps);
            }
        }
        Some(sum)
    }

    /// What lies under the ring from one crossing to the next, past its start if it `wraps`.
    fn arc(&self, which: usize, from: &Crossing, to: &Crossing, by: f64, wraps: bool) -> f64 {
        let (first, last) = (from.edges[which], to.edges[which]);
        let (start, end) = (east(from.at, -by), east(to.at, -by));
        if first == last && !wraps {
            return under_straight(start, end);
        }
        let around = if wraps { self.sums[self.ring.len() - 1] } else { 0.0 };
        under_straight(start, self.ring[first + 1])
            + (around + self.sums[last] - self.sums[first + 1])
            + under_straight(self.ring[last], end)
    }
}

/// The area inside a counter-clockwise boundary with so many square metres under it.
fn ground(under: f64) -> Area {
    Area::m2((-under).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_is_left_to_an_overlay() {
        let square = |west: f64, south: f64, side: f64| {
            let ring = [(0., 0.), (1., 0.), (1., 1.), (0., 1.)]
                .map(|(x, y)| Coord { x: west + side * x, y: south + side * y });
            let square = Polygon::new(ring.to_vec().into(), vec![]);
            Boundary::of(&Shape::new(square.into(), EdgeModel::LonLat).unwrap()).unwrap()
        };
        let middle = square(130.0, 42.0, 1.0);
        for (west, south, side) in [
            (131.0, 42.0, 1.0),
            (131.0, 43.0, 1.0),
            (130.0, 42.0, 1.0),
            (130.5, 42.0, 1.0),
            (130.25, 42.0, 0.5),
        ] {
            let common = middle.shared(&square(west, south, side));
            assert_eq!(common, Common::Unclear, "{west} {south}");
        }
        // Half a metre apart, geodesics may meet.
        assert_eq!(middle.shared(&square(131.000_005, 42.0, 1.0)), Common::Unclear);
        assert_eq!(middle.shared(&square(131.01, 42.0, 1.0)), Common::Nothing);
        let inner = square(130.25, 42.25, 0.5);
        assert_eq!(middle.shared(&inner), Common::Ground(inner.whole()));
        assert_eq!(inner.shared(&middle), Common::Ground(inner.whole()));
    }
}
