//! Two shapes brought into one lon/lat plane, where planar topology holds.

use geo::BooleanOps;
use geo::algorithm::bool_ops::unary_union;
use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon};

use crate::geometry::Shape;
use crate::geometry::cut::{cut_line, cut_polygon};

/// The shapes with longitudes in one window of a turn.
///
/// The plane of longitude and latitude is the one in which a [`Shape`] promises its rings to be
/// rings and its edges to be straight (within a metre of geodesics): no projection, whose straight
/// lines would be others again, comes between. The window opens at a meridian that crosses neither
/// shape, where there is one; only what crosses it otherwise is cut.
pub(crate) fn common_plane(a: &Shape, b: &Shape) -> (Geometry, Geometry) {
    let west = free_meridian(&[a, b]);
    (window(a, west), window(b, west))
}

/// The shape with longitudes in `west`…`west + 360`, degrees; parts that cross `west` are cut, and
/// areas that were cut at ±180° are joined again.
pub(crate) fn window(shape: &Shape, west: f64) -> Geometry {
    let east = west + 360.0;
    match shape.dimension() {
        0 => Geometry::MultiPoint(MultiPoint(
            shape.points().iter().map(|p| shifted_point(p.0, west).into()).collect(),
        )),
        1 => {
            let mut lines = Vec::new();
            for line in shape.lines() {
                for copy in copies(&line.0, west) {
                    let copy = LineString(copy);
                    let (within, _) = cut_line(&copy, east);
                    lines.extend(within.iter().flat_map(|part| cut_line(part, west).1));
                }
            }
            Geometry::MultiLineString(MultiLineString(lines))
        }
        _ => {
            let mut polygons = Vec::new();
            for polygon in shape.polygons() {
                let (low, high) = extent(&polygon.exterior().0);
                for turn in turns(low, high, west) {
                    let copy = shifted_polygon(polygon, 360.0 * turn);
                    let (low, high) = (low + 360.0 * turn, high + 360.0 * turn);
                    if low >= west && high <= east {
                        polygons.push(copy);
                        continue;
                    }
                    let (within, _) = cut_polygon(&copy, east);
                    polygons.extend(within.iter().flat_map(|part| cut_polygon(part, west).1));
                }
            }
            Geometry::MultiPolygon(joined(polygons))
        }
    }
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

fn copies(line: &[Coord], west: f64) -> Vec<Vec<Coord>> {
    let (low, high) = extent(line);
    turns(low, high, west)
        .map(|turn| line.iter().map(|c| Coord { x: c.x + 360.0 * turn, y: c.y }).collect())
        .collect()
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
            low == high || (high > west && low < west + 360.0)
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
    let mut spans: Vec<(f64, f64)> = shapes
        .iter()
        .flat_map(|shape| {
            let points = shape.points().iter().map(|p| (p.0.x, p.0.x));
            let lines = shape.lines().iter().map(|l| extent(&l.0));
            points.chain(lines).chain(shape.polygons().iter().map(|p| extent(&p.exterior().0)))
        })
        .filter(|(low, high)| high - low < 360.0)
        .map(|(low, high)| {
            let start = low.rem_euclid(360.0);
            (start, start + (high - low))
        })
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let Some(&(first, _)) = spans.first() else { return -180.0 };
    let mut reached = spans.iter().map(|s| s.1 - 360.0).fold(f64::NEG_INFINITY, f64::max);
    let mut widest = (0.0, -180.0);
    reached = reached.max(first - 360.0);
    for (start, end) in spans {
        let gap = start - reached;
        if gap > widest.0 {
            widest = (gap, reached + gap / 2.0);
        }
        reached = reached.max(end);
    }
    widest.1
}

/// Areas with a seam along a meridian between them, as RFC 7946 cuts them, become one.
fn joined(polygons: Vec<Polygon>) -> MultiPolygon {
    let mut meridians: Vec<(f64, usize)> = Vec::new();
    for (index, polygon) in polygons.iter().enumerate() {
        for edge in polygon.exterior().0.windows(2).filter(|edge| edge[0].x == edge[1].x) {
            meridians.push((edge[0].x, index));
        }
    }
    meridians.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let seam = |pair: &[(f64, usize)]| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1;
    if meridians.windows(2).any(seam) { unary_union(&polygons) } else { MultiPolygon(polygons) }
}

/// The part of the plane that two areas share.
pub(crate) fn shared_area(a: &Geometry, b: &Geometry) -> MultiPolygon {
    match (a, b) {
        (Geometry::MultiPolygon(a), Geometry::MultiPolygon(b)) => a.intersection(b),
        _ => MultiPolygon(vec![]),
    }
}
