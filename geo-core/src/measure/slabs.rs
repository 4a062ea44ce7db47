//! An area prepared for being asked about many positions: its edges by bands of latitude.

use geo_types::{Coord, Polygon};

use crate::geometry::Shape;

/// Degrees: nearer to an edge than this, a position is not told to be on a side of it. It is eleven
/// metres of latitude and, below [`STEEP`], almost two of longitude; edges are known to one, and the
/// rounding of offsets in [`WIDEST`] degrees to single precision is an eighth of it.
pub(crate) const MARGIN: f64 = 1e-4;

/// Metres: a position told to be outside is farther than this from the boundary.
pub(crate) const MARGIN_METRES: f64 = 0.5;

/// Beyond this latitude a degree of longitude is too short for the margin.
pub(crate) const STEEP: f64 = 80.0;

/// Degrees: wider parts are not prepared.
pub(crate) const WIDEST: f64 = 90.0;

/// Edges to a band: fewer bands would hold more edges each, more bands the same edges more often.
const EDGES_TO_A_BAND: usize = 4;

/// Where a position lies to an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Inside, half a metre or more from the boundary.
    Inside,
    /// Outside, half a metre or more from the boundary.
    Outside,
    /// Too near to the boundary, or to a pole, to be told here.
    Unclear,
}

/// The edges of an area by bands of latitude, and what they say about a position.
#[derive(Clone, Debug)]
pub(crate) struct Slabs {
    /// Most areas have one part: no second look is needed to find it.
    first: Part,
    others: Box<[Part]>,
}

/// One polygon with its holes.
#[derive(Clone, Debug, Default)]
struct Part {
    low: Coord,
    high: Coord,
    /// Bands to a degree of latitude; zero for a part that is too wide.
    scale: f64,
    /// Where the edges of each band start, then the end.
    starts: Box<[u32]>,
    /// The ends of edges, degrees from `low`.
    edges: Box<[[f32; 4]]>,
}

impl Slabs {
    /// Of an area; `None` of points and lines, which have no inside. About 30 ns for each edge.
    pub(crate) fn of(shape: &Shape) -> Option<Self> {
        let (first, others) = shape.polygons().split_first()?;
        Some(Self { first: Part::of(first), others: others.iter().map(Part::of).collect() })
    }

    /// Where a position lies. About 20 ns for each part whose box holds it.
    pub(crate) fn side(&self, at: Coord) -> Side {
        if at.y.abs() >= STEEP {
            return Side::Unclear;
        }
        let mut side = self.first.side(at);
        for part in &self.others {
            match part.side(at) {
                _ if side == Side::Inside => break,
                Side::Outside => {}
                other => side = other,
            }
        }
        side
    }
}

impl Part {
    fn of(polygon: &Polygon) -> Self {
        let corners = || std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let edges = || corners().flat_map(|ring| ring.0.windows(2)).map(|ends| [ends[0], ends[1]]);
        let start = polygon.exterior().0[0];
        let (mut low, mut high) = (start, start);
        for corner in corners().flat_map(|ring| &ring.0) {
            low = Coord { x: low.x.min(corner.x), y: low.y.min(corner.y) };
            high = Coord { x: high.x.max(corner.x), y: high.y.max(corner.y) };
        }
        // So that the margin of a band is wider than what is asked for, whatever is rounded.
        let margin = 1.2 * MARGIN;
        let low = Coord { x: low.x - margin, y: low.y - margin };
        let high = Coord { x: high.x + margin, y: high.y + margin };
        if high.x - low.x > WIDEST {
            return Self { low, high, ..Self::default() };
        }
        let bands = (edges().count() / EDGES_TO_A_BAND).max(1);
        let scale = bands as f64 / (high.y - low.y);
        let band = |y: f64| (((y - low.y) * scale) as usize).min(bands - 1);
        let bands_of = |[from, to]: [Coord; 2]| {
            band(from.y.min(to.y) - margin)..=band(from.y.max(to.y) + margin)
        };
        let mut starts = vec![0_u32; bands + 1];
        for band in edges().flat_map(bands_of) {
            starts[band + 1] += 1;
        }
        for band in 0..bands {
            starts[band + 1] += starts[band];
        }
        let mut next = starts.clone();
        let mut sorted = vec![[0.0; 4]; starts[bands] as usize];
        for edge in edges() {
            let [from, to] = edge.map(|c| [(c.x - low.x) as f32, (c.y - low.y) as f32]);
            for band in bands_of(edge) {
                sorted[next[band] as usize] = [from[0], from[1], to[0], to[1]];
                next[band] += 1;
            }
        }
        Self { low, high, scale, starts: starts.into(), edges: sorted.into() }
    }

    fn side(&self, at: Coord) -> Side {
        if at.y < self.low.y || at.y > self.high.y {
            return Side::Outside;
        }
        let mut x = at.x;
        if x < self.low.x || x - 360.0 >= self.low.x {
            x += 360.0 * ((self.low.x - x) / 360.0).ceil();
        }
        if x > self.high.x {
            return Side::Outside;
        }
        if self.scale == 0.0 {
            return Side::Unclear;
        }
        self.side_in_plane([x - self.low.x, at.y - self.low.y])
    }

    /// By the turns of the rings around the position: one around an exterior, less one for each hole.
    /// A position that is not near an edge is on the same side of it before and after rounding.
    fn side_in_plane(&self, at: [f64; 2]) -> Side {
        let band = ((at[1] * self.scale) as usize).min(self.starts.len() - 2);
        let [x, y] = at.map(|v| v as f32);
        let margin = MARGIN as f32;
        let mut turns = 0;
        let mut near = false;
        for &[x0, y0, x1, y1] in
            &self.edges[self.starts[band] as usize..self.starts[band + 1] as usize]
        {
            let (along, up) = (x1 - x0, y1 - y0);
            // Positive where the position lies to the left of the edge.
            let left = along * (y - y0) - up * (x - x0);
            near |= left.abs() <= margin * (along.abs() + up.abs())
                && x >= x0.min(x1) - margin
                && x <= x0.max(x1) + margin
                && y >= y0.min(y1) - margin
                && y <= y0.max(y1) + margin;
            let (below, above) = (y0 <= y, y1 > y);
            turns += i32::from(below && above && left > 0.0);
            turns -= i32::from(!below && !above && left < 0.0);
        }
        match (near, turns > 0) {
            (true, _) => Side::Unclear,
            (false, true) => Side::Inside,
            (false, false) => Side::Outside,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::EdgeModel;
    use crate::measure::inside::holds;
    use geo_types::{LineString, MultiPolygon};

    /// Expected: `holds`, which looks at every edge with exact predicates.
    #[test]
    fn sides_are_those_of_all_edges() {
        let mut seed = 9_u64;
        let mut random = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        let (mut inside, mut outside, mut unclear) = (0, 0, 0);
        for round in 0..300 {
            let middle =
                Coord { x: [130.0, 179.0, -179.5, 0.0][round % 4], y: 160.0 * random() - 80.0 };
            let mut star = |middle: Coord, radius: f64, corners: usize| -> LineString {
                let corner = |i: usize| {
                    let (sin, cos) = (std::f64::consts::TAU * i as f64 / corners as f64).sin_cos();
                    let spoke = radius * (0.5 + 0.5 * random());
                    let y = (middle.y + spoke * sin).clamp(-90.0, 90.0);
                    Coord { x: middle.x + spoke * cos, y }
                };
                (0..corners).map(corner).collect()
            };
            let corners = 4 + round % 60;
            let hole = star(middle, 0.4, 5 + corners);
            let part = Polygon::new(star(middle, 1.0, corners), vec![hole]);
            let beside = Coord { x: middle.x + 2.5, y: middle.y };
            let other = Polygon::new(star(beside, 0.4, 7), vec![]);
            let parts = MultiPolygon(vec![part, other]);
            let Ok(shape) = Shape::new(parts.into(), EdgeModel::LonLat) else { continue };
            let slabs = Slabs::of(&shape).unwrap();
            for _ in 0..300 {
                let x = middle.x - 1.1 + 4.2 * random();
                let y = (middle.y - 1.1 + 2.2 * random()).clamp(-90.0, 90.0);
                let at = Coord { x: x - 360.0 * (x / 360.0).round(), y };
                match slabs.side(at) {
                    Side::Inside => inside += usize::from(holds(&shape, at)),
                    Side::Outside => outside += usize::from(!holds(&shape, at)),
                    Side::Unclear => {
                        unclear += 1;
                        continue;
                    }
                }
                assert_eq!(slabs.side(at) == Side::Inside, holds(&shape, at), "{shape:?} {at:?}");
            }
            // Corners, and positions beside them, are unclear.
            for corner in shape.positions() {
                for off in [0.0, 5e-5, -5e-5] {
                    let at = Coord { x: corner.x + off, y: corner.y };
                    let side = slabs.side(at);
                    assert!(side == Side::Unclear, "{shape:?} {at:?} {side:?}");
                }
            }
        }
        assert!(inside > 5_000 && outside > 30_000, "{inside} {outside}");
        assert!(unclear < 5_000, "{unclear}");
    }
}
