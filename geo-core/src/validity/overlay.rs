//! Polygons made valid by a planar overlay, their positions where they were.

use std::collections::BTreeMap;

use geo::algorithm::bool_ops::{FillRule, OpType};
use geo::{BooleanOps, BoundingRect};
use geo_types::{Coord, Line, LineString, MultiPolygon, Polygon};

use super::chain::Chain;
use crate::geometry::LonLat;
use crate::geometry::runs::Runs;
use crate::measure::Geodesic;
use crate::unit::Length;

/// How much of the extent of an overlay its grid of whole numbers may move a position: it has 2^29
/// to 2^30 lines.
const GRID: f64 = 1.0 / (1 << 27) as f64;

/// As many times further it may move where edges cross at a small angle.
const SHALLOW: f64 = 64.0;

/// What an odd number of rings holds, or, where that is nothing, what any ring goes around; and how
/// far positions moved for it. `crossings` are where edges cross.
pub(super) fn odd(rings: &[&Chain], crossings: &[Coord]) -> (Vec<Vec<Chain>>, Length) {
    let mut area = rings.iter().map(|ring| line(ring));
    let Some(first) = area.next() else { return (Vec::new(), Length::ZERO) };
    let polygons = MultiPolygon(vec![Polygon::new(first, area.collect())]);
    let (odd, moved) = overlaid(&polygons, FillRule::EvenOdd, rings, crossings);
    if odd.is_empty() {
        // A ring that goes twice the same way around.
        return overlaid(&polygons, FillRule::NonZero, rings, crossings);
    }
    (odd, moved)
}

/// What any of the polygons holds; exteriors first, wound counter-clockwise, holes clockwise.
pub(super) fn united(polygons: &[&[Chain]], crossings: &[Coord]) -> (Vec<Vec<Chain>>, Length) {
    let rings: Vec<&Chain> = polygons.iter().copied().flatten().collect();
    let polygon =
        |rings: &&[Chain]| Polygon::new(line(&rings[0]), rings[1..].iter().map(line).collect());
    let polygons = MultiPolygon(polygons.iter().map(polygon).collect());
    overlaid(&polygons, FillRule::Positive, &rings, crossings)
}

fn line(ring: &Chain) -> LineString {
    ring.corners.iter().chain(ring.corners.first()).copied().collect()
}

fn overlaid(
    polygons: &MultiPolygon,
    rule: FillRule,
    rings: &[&Chain],
    crossings: &[Coord],
) -> (Vec<Vec<Chain>>, Length) {
    let nothing = MultiPolygon(Vec::new());
    let extent = polygons.bounding_rect().map_or(0.0, |b| b.width().max(b.height()));
    let made = polygons.boolean_op_with_fill_rule(&nothing, OpType::Union, rule);
    let corners = rings.iter().flat_map(|ring| &ring.corners).copied();
    let sources = Sources::new(corners.chain(crossings.iter().copied()), extent * GRID);
    let crossings = Sources::new(crossings.iter().copied(), extent * GRID * SHALLOW);
    let rings_of = |polygon: Polygon| {
        let (exterior, holes) = polygon.into_inner();
        std::iter::once(exterior).chain(holes).map(open).collect()
    };
    let mut made: Vec<Vec<Vec<Coord>>> = made.into_iter().map(rings_of).collect();
    for corner in made.iter_mut().flatten().flatten() {
        let source = sources.nearest(*corner).or_else(|| crossings.nearest(*corner));
        *corner = source.unwrap_or(*corner);
    }
    for ring in made.iter_mut().flatten() {
        ring.dedup();
    }
    restore(&mut made, &sources);
    let moved = moved(&made, rings, &sources);
    let chains = |polygon: Vec<Vec<Coord>>| {
        // An exterior that came to nothing takes its holes with it.
        let mut rings = polygon.into_iter();
        let exterior = rings.next().filter(|ring| ring.len() >= 3)?;
        let holes = rings.filter(|ring| ring.len() >= 3);
        Some(std::iter::once(exterior).chain(holes).map(Chain::made).collect())
    };
    (made.into_iter().filter_map(chains).collect(), moved)
}

/// The positions of a ring, the first not repeated.
fn open(ring: LineString) -> Vec<Coord> {
    let mut corners = ring.0;
    if corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    corners
}

/// The positions that an overlay was made of, found again by place.
struct Sources {
    cells: BTreeMap<(i64, i64), Vec<Coord>>,
    near: f64,
}

impl Sources {
    fn new(positions: impl Iterator<Item = Coord>, near: f64) -> Self {
        let mut sources = Self { cells: BTreeMap::new(), near: near.max(f64::MIN_POSITIVE) };
        for position in positions {
            let cell = sources.cells.entry(sources.cell(position)).or_default();
            if !cell.contains(&position) {
                cell.push(position);
            }
        }
        sources
    }

    fn cell(&self, at: Coord) -> (i64, i64) {
        ((at.x / self.near).floor() as i64, (at.y / self.near).floor() as i64)
    }

    /// The source next to a position, if one is near.
    fn nearest(&self, at: Coord) -> Option<Coord> {
        let (column, row) = self.cell(at);
        let cells = (column - 1..=column + 1)
            .flat_map(|column| (row - 1..=row + 1).map(move |row| (column, row)));
        let around = cells.filter_map(|cell| self.cells.get(&cell)).flatten();
        let nearest = around.min_by(|a, b| square(**a - at).total_cmp(&square(**b - at)))?;
        (square(*nearest - at) <= self.near * self.near).then_some(*nearest)
    }

    fn has(&self, at: Coord) -> bool {
        self.cells.get(&self.cell(at)).is_some_and(|cell| cell.contains(&at))
    }

    fn all(&self) -> impl Iterator<Item = Coord> {
        self.cells.values().flatten().copied()
    }
}

fn square(way: Coord) -> f64 {
    way.x * way.x + way.y * way.y
}

/// Puts back the positions on straight stretches, which the overlay leaves out.
fn restore(polygons: &mut [Vec<Vec<Coord>>], sources: &Sources) {
    let mut edges: Vec<Line> = Vec::new();
    for ring in polygons.iter().flatten() {
        let next = ring.iter().cycle().skip(1);
        edges.extend(ring.iter().zip(next).map(|(&from, &to)| Line::new(from, to)));
    }
    let runs = Runs::new(&edges);
    let mut there: Vec<[u64; 2]> = edges.iter().map(|edge| bits(edge.start)).collect();
    there.sort_unstable();
    // What stands on each edge, by how far along it.
    let mut on: BTreeMap<usize, Vec<(f64, Coord)>> = BTreeMap::new();
    for source in sources.all().filter(|&source| there.binary_search(&bits(source)).is_err()) {
        let by = Coord { x: sources.near, y: sources.near };
        runs.in_box(source - by, source + by, &mut |index| {
            let (part, foot) = foot(edges[index], source);
            if part > 0.0 && part < 1.0 && square(foot - source) <= sources.near * sources.near {
                on.entry(index).or_default().push((part, source));
            }
        });
    }
    let mut index = 0;
    for ring in polygons.iter_mut().flatten() {
        let mut whole = Vec::with_capacity(ring.len());
        for &corner in ring.iter() {
            whole.push(corner);
            if let Some(stops) = on.get_mut(&index) {
                stops.sort_by(|a, b| a.0.total_cmp(&b.0));
                whole.extend(stops.iter().map(|stop| stop.1));
            }
            index += 1;
        }
        *ring = whole;
    }
}

fn bits(at: Coord) -> [u64; 2] {
    [at.x.to_bits(), at.y.to_bits()]
}

/// The point of an edge next to a position, and how far along the edge it is.
fn foot(edge: Line, at: Coord) -> (f64, Coord) {
    let (way, to) = (edge.end - edge.start, at - edge.start);
    let length = square(way);
    let part =
        if length > 0.0 { ((to.x * way.x + to.y * way.y) / length).clamp(0.0, 1.0) } else { 0.0 };
    (part, edge.start + way * part)
}

/// How far positions that are no sources lie from the lines that they came from.
fn moved(polygons: &[Vec<Vec<Coord>>], rings: &[&Chain], sources: &Sources) -> Length {
    let strays = polygons.iter().flatten().flatten().filter(|corner| !sources.has(**corner));
    let strays: Vec<Coord> = strays.copied().collect();
    if strays.is_empty() {
        return Length::ZERO;
    }
    let mut edges: Vec<Line> = Vec::new();
    for ring in rings {
        let next = |corner| ring.corners[ring.next(corner)];
        edges.extend((0..ring.corners.len()).map(|i| Line::new(ring.corners[i], next(i))));
    }
    let runs = Runs::new(&edges);
    let by = Coord { x: sources.near, y: sources.near } * 4.0;
    let off = |stray: Coord| {
        let mut least: Option<Coord> = None;
        runs.in_box(stray - by, stray + by, &mut |index| {
            let (_, foot) = foot(edges[index], stray);
            if least.is_none_or(|least| square(foot - stray) < square(least - stray)) {
                least = Some(foot);
            }
        });
        let foot = least.unwrap_or(stray);
        Geodesic::distance(LonLat::wrap(stray.x, stray.y), LonLat::wrap(foot.x, foot.y))
    };
    strays.into_iter().map(off).fold(Length::ZERO, Length::max)
}
