//! Two shapes brought into one lon/lat plane, where planar topology holds.

use geo::BooleanOps;
use geo::algorithm::bool_ops::unary_union;
use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon};

use crate::geometry::cut::{cut_line, cut_polygon};
use crate::geometry::{LonLat, Shape};

/// Degrees: 0.1 µm, well above rounding and below any survey.
const SAME: f64 = 1e-12;

/// The shapes with longitudes in one window of a turn.
///
/// The plane of longitude and latitude is the one in which a [`Shape`] promises its rings to be
/// rings and its edges to be straight (within a metre of geodesics): no projection, whose straight
/// lines would be others again, comes between. The window opens at a meridian that crosses neither
/// shape, where there is one; only what crosses it otherwise is cut.
pub(crate) fn common_plane(a: &Shape, b: &Shape) -> (Geometry, Geometry) {
    let west = free_meridian(&[a, b]);
    (joined(window(a, west)), joined(window(b, west)))
}

/// Areas with longitudes in one window, as [`common_plane`] has two; nothing for points and lines.
pub(crate) fn areas_in_one_plane(shapes: &[&Shape]) -> Vec<MultiPolygon> {
    let west = free_meridian(shapes);
    shapes.iter().map(|shape| area_window(shape, west)).collect()
}

/// The area with longitudes in `west`…`west + 360`, degrees; nothing for points and lines.
pub(crate) fn area_window(shape: &Shape, west: f64) -> MultiPolygon {
    match joined(window(shape, west)) {
        Geometry::MultiPolygon(area) => area,
        _ => MultiPolygon(vec![]),
    }
}

/// The shape with longitudes in `west`…`west + 360`, degrees; parts that cross `west` are cut.
pub(crate) fn window(shape: &Shape, west: f64) -> Geometry {
    match shape.dimension() {
        0 => Geometry::MultiPoint(MultiPoint(
            shape.points().iter().map(|p| shifted_point(p.0, west).into()).collect(),
        )),
        1 => {
            let lines = shape.lines().iter().flat_map(|line| line_window(line, west)).collect();
            Geometry::MultiLineString(MultiLineString(lines))
        }
        _ => {
            let windows = shape.polygons().iter().flat_map(|polygon| polygon_window(polygon, west));
            Geometry::MultiPolygon(windows.collect())
        }
    }
}

pub(crate) fn polygon_window(polygon: &Polygon, west: f64) -> Vec<Polygon> {
    let east = west + 360.0;
    let (low, high) = extent(&polygon.exterior().0);
    let mut parts = Vec::new();
    for turn in turns(low, high, west) {
        let by = 360.0 * turn;
        let copy = shifted_polygon(polygon, by);
        if low + by >= west && high + by <= east {
            parts.push(copy);
            continue;
        }
        let (within, _) = cut_polygon(&copy, east);
        parts.extend(within.iter().flat_map(|part| cut_polygon(part, west).1));
    }
    // A ring once around the earth had its seam elsewhere.
    if high - low >= 360.0 - SAME { stitched(parts) } else { parts }
}

fn shifted_point(position: Coord, west: f64) -> Coord {
    Coord { x: position.x - 360.0 * ((position.x - west) / 360.0).floor(), y: position.y }
}

fn shifted_polygon(polygon: &Polygon, by: f64) -> Polygon {
    if by == 0.0 {
        return polygon.clone();
    }
    let shift = |ring: &LineString| -> LineString {
        ring.0.iter().map(|c| Coord { x: c.x + by, y: c.y }).collect()
    };
    Polygon::new(shift(polygon.exterior()), polygon.interiors().iter().map(shift).collect())
}

pub(crate) fn line_window(line: &LineString, west: f64) -> Vec<LineString> {
    let east = west + 360.0;
    let (low, high) = extent(&line.0);
    let mut parts = Vec::new();
    for turn in turns(low, high, west) {
        let by = 360.0 * turn;
        let copy: LineString = line.0.iter().map(|c| Coord { x: c.x + by, y: c.y }).collect();
        if low + by >= west && high + by <= east {
            parts.push(copy);
            continue;
        }
        let (within, _) = cut_line(&copy, east);
        parts.extend(within.iter().flat_map(|part| cut_line(part, west).1));
    }
    parts
}

/// The whole turns by which `low`…`high` reaches into the window.
fn turns(low: f64, high: f64, west: f64) -> impl Iterator<Item = f64> {
    let first = ((west - high) / 360.0).ceil() as i32;
    let last = ((west + 360.0 - low) / 360.0).floor() as i32;
    (first..=last)
        .map(f64::from)
        // What only touches the window from outside comes in by its other turn.
        .filter(move |turn| {
            let (low, high) = (low + 360.0 * turn, high + 360.0 * turn);
            if low == high {
                (west..west + 360.0).contains(&low)
            } else {
                high > west && low < west + 360.0
            }
        })
}

fn extent(positions: &[Coord]) -> (f64, f64) {
    positions
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), c| (low.min(c.x), high.max(c.x)))
}

/// The middle of the widest range of longitudes that no part of the shapes spans; -180 when there
/// is none. Parts all around the earth are left out: any meridian cuts them.
pub(crate) fn free_meridian(shapes: &[&Shape]) -> f64 {
    let mut spans = spans(shapes);
    spans.retain(|(low, high)| high - low < 360.0 - SAME);
    widest_gap(&mut spans).map_or(-180.0, |(start, end)| f64::midpoint(start, end))
}

/// The longitudes of shapes, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    of_parts: Vec<(f64, f64)>,
    /// How many there were when overlapping ones were last made one.
    merged: usize,
}

impl Spans {
    pub(crate) fn add(&mut self, shape: &Shape) {
        add_spans(shape, &mut self.of_parts);
        if self.of_parts.len() > 2 * self.merged + 1_000 {
            merge(&mut self.of_parts);
            self.merged = self.of_parts.len();
        }
    }

    /// The western and the eastern longitude of the least range that holds the shapes, in
    /// `[-180, 180]`; west is greater than east when the range crosses ±180°.
    pub(crate) fn range(mut self) -> (f64, f64) {
        range(&mut self.of_parts)
    }
}

/// As [`Spans::range`], of one shape.
pub(crate) fn range_of(shape: &Shape) -> (f64, f64) {
    let mut spans = Vec::new();
    add_spans(shape, &mut spans);
    range(&mut spans)
}

fn range(spans: &mut [(f64, f64)]) -> (f64, f64) {
    let Some((start, end)) = widest_gap(spans) else { return (-180.0, 180.0) };
    let (west, east) = (LonLat::wrap(end, 0.0).lon(), LonLat::wrap(start, 0.0).lon());
    let width = 360.0 - (end - start);
    // On ±180° the sign is that of the side on which the shapes are.
    let west = if west == 180.0 && width > 0.0 { -180.0 } else { west };
    let east = if east == -180.0 && width > 0.0 { 180.0 } else { east };
    (west, east)
}

/// Makes one of spans that overlap.
fn merge(spans: &mut Vec<(f64, f64)>) {
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    spans.dedup_by(|next, last| {
        let overlap = next.0 <= last.1;
        if overlap {
            last.1 = last.1.max(next.1);
        }
        overlap
    });
}

/// The longitudes of each part, the first in `[-180, 180)`.
fn spans(shapes: &[&Shape]) -> Vec<(f64, f64)> {
    let mut spans = Vec::new();
    for shape in shapes {
        add_spans(shape, &mut spans);
    }
    spans
}

fn add_spans(shape: &Shape, spans: &mut Vec<(f64, f64)>) {
    let points = shape.points().iter().map(|p| (p.0.x, p.0.x));
    let lines = shape.lines().iter().map(|l| extent(&l.0));
    let areas = shape.polygons().iter().map(|p| extent(&p.exterior().0));
    spans.extend(points.chain(lines).chain(areas).map(|(low, high)| {
        let turns = 360.0 * ((low + 180.0) / 360.0).floor();
        (low - turns, high - turns)
    }));
}

/// The widest range of longitudes between spans, if they leave one.
fn widest_gap(spans: &mut [(f64, f64)]) -> Option<(f64, f64)> {
    spans.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    // The last end, a turn back, is where the first gap starts.
    let mut reached = spans.iter().map(|s| s.1 - 360.0).reduce(f64::max)?;
    let mut widest: Option<(f64, f64)> = None;
    for &mut (start, end) in spans {
        if start > reached && widest.is_none_or(|(from, to)| start - reached > to - from) {
            widest = Some((reached, start));
        }
        reached = reached.max(end);
    }
    widest
}

/// Areas with a seam along a meridian between them, as RFC 7946 cuts them, become one.
fn joined(geometry: Geometry) -> Geometry {
    let Geometry::MultiPolygon(MultiPolygon(polygons)) = geometry else { return geometry };
    let polygons = stitched(polygons);
    let polygons = if seams(&polygons) { unary_union(&polygons) } else { MultiPolygon(polygons) };
    Geometry::MultiPolygon(polygons)
}

/// Whether edges of exteriors lie on one another along a meridian. Edges of one meridian that are
/// apart are no seam: a union would move positions for nothing.
fn seams(polygons: &[Polygon]) -> bool {
    let mut upright: Vec<(f64, f64, f64)> = (polygons.iter())
        .flat_map(|polygon| polygon.exterior().0.windows(2))
        .filter(|edge| edge[0].x == edge[1].x)
        .map(|edge| (edge[0].x, edge[0].y.min(edge[1].y), edge[0].y.max(edge[1].y)))
        .collect();
    upright.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    // The southern ends ascend: an edge that overlaps any before it overlaps the one just before.
    upright.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[1].1 < pair[0].2)
}

/// Polygons whose exteriors share an edge along a meridian, joined there without moving any
/// position; those that would then enclose a gap are left alone.
fn stitched(mut polygons: Vec<Polygon>) -> Vec<Polygon> {
    let mut first = 0;
    while first < polygons.len() {
        let partner = (first + 1..polygons.len()).find_map(|second| {
            stitch(&polygons[first], &polygons[second]).map(|whole| (second, whole))
        });
        if let Some((second, whole)) = partner {
            polygons.remove(second);
            polygons[first] = whole;
        } else {
            first += 1;
        }
    }
    polygons
}

fn stitch(a: &Polygon, b: &Polygon) -> Option<Polygon> {
    // Rings without the repeated start, to be walked around.
    let left = &a.exterior().0[1..];
    let right = &b.exterior().0[1..];
    let upright = |ring: &[Coord]| -> Vec<usize> {
        (0..ring.len()).filter(|&i| ring[i].x == ring[(i + 1) % ring.len()].x).collect()
    };
    let (edges, others) = (upright(left), upright(right));
    let (i, j) = edges.iter().find_map(|&i| {
        let opposite = |&&j: &&usize| {
            same(left[i], right[(j + 1) % right.len()])
                && same(left[(i + 1) % left.len()], right[j])
        };
        others.iter().find(opposite).map(|&j| (i, j))
    })?;
    // Around a from the end of the shared edge to its start, then around b likewise.
    let around = |ring: &[Coord], edge: usize| -> Vec<Coord> {
        (1..=ring.len()).map(|step| ring[(edge + step) % ring.len()]).collect()
    };
    let mut ring = around(left, i);
    ring.extend(&around(right, j)[1..right.len() - 1]);
    let mut ring = folded(ring);
    // One edge along the pole, as a ring over it has: shorter ones could be read the other way.
    let corners = ring.clone();
    let count = corners.len();
    let mut place = 0;
    ring.retain(|corner| {
        let (before, after) = (corners[(place + count - 1) % count], corners[(place + 1) % count]);
        place += 1;
        !(corner.y.abs() == 90.0 && before.y == corner.y && after.y == corner.y)
    });
    ring.push(*ring.first()?);
    let upright: Vec<(Coord, Coord)> = (ring.windows(2).map(|edge| (edge[0], edge[1])))
        .filter(|(from, to)| from.x == to.x)
        .collect();
    let gap = |&(from, to): &(Coord, Coord)| {
        upright.iter().any(|other| same(other.0, to) && same(other.1, from))
    };
    if upright.iter().any(gap) {
        return None;
    }
    let holes = a.interiors().iter().chain(b.interiors()).cloned().collect();
    Some(Polygon::new(LineString(ring), holes))
}

/// A ring, its start not repeated, without the stretches along which it runs up and down again.
fn folded(ring: Vec<Coord>) -> Vec<Coord> {
    let mut whole: Vec<Coord> = Vec::with_capacity(ring.len());
    for position in ring {
        if whole.last().is_some_and(|&last| same(last, position)) {
            continue;
        }
        if whole.len() >= 2 && same(whole[whole.len() - 2], position) {
            whole.pop();
        } else {
            whole.push(position);
        }
    }
    while let [first, second, .., before, last] = whole[..] {
        if same(first, last) {
            whole.pop();
        } else if same(before, first) {
            whole.truncate(whole.len() - 2);
        } else if same(last, second) {
            whole.remove(0);
            whole.pop();
        } else {
            break;
        }
    }
    whole
}

/// Whether two positions differ by no more than adding a whole turn can do.
fn same(a: Coord, b: Coord) -> bool {
    (a.x - b.x).abs() < SAME && (a.y - b.y).abs() < SAME
}

/// The part of the plane that two areas share.
pub(crate) fn shared_area(a: &Geometry, b: &Geometry) -> MultiPolygon {
    match (a, b) {
        (Geometry::MultiPolygon(a), Geometry::MultiPolygon(b)) => a.intersection(b),
        _ => MultiPolygon(vec![]),
    }
}
