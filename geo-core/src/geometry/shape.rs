//! A geometry that is valid and whose edges have one meaning.

use std::fmt;
use std::sync::{Arc, LazyLock};

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};

use super::cap::{begun_clear_of, extent, without_cap};
use super::densify::{densify, is_dense, nearest_turn};
use super::validity::check_ring;
use super::{Bbox, LonLat};
use crate::error::{Error, ErrorKind, Result};
use crate::unit::Length;

/// What an edge between two positions means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum EdgeModel {
    /// Straight in longitude and latitude, as in RFC 7946.
    #[default]
    LonLat,
    /// The shortest line on the ellipsoid.
    Geodesic,
}

/// A point, line or area (or several of a kind) on the ellipsoid.
///
/// # Guarantees
/// * Every position is finite, with a latitude in `[-90, 90]`; longitudes run on along a line or
///   ring without a jump at ±180° and may therefore leave `[-180, 180]`.
/// * Rings are closed, do not cross themselves, and exteriors run counter-clockwise, holes
///   clockwise. A ring around a pole is closed along a meridian, over the pole and back, so that
///   it is a ring in the lon/lat plane too; the pole meant is that of its hemisphere.
/// * It is not empty.
/// * The geodesic and the straight lon/lat line between neighbouring positions lie within
///   [`Shape::EDGE_TOLERANCE`] of each other, so that where something lies does not depend on the
///   edge model. [Areas](crate::measure::Geodesic::area) are nearer than that: they read edges as
///   [`edge_model`](Self::edge_model) says.
///
/// A clone shares the positions: it costs a count, not a copy.
#[derive(Clone)]
pub struct Shape {
    geometry: Arc<LazyLock<Geometry<f64>, Make>>,
    edges: EdgeModel,
}

/// Makes a geometry that keeps the guarantees of [`Shape`].
type Make = Box<dyn FnOnce() -> Geometry<f64> + Send>;

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.geometry, &other.geometry) || self.geometry() == other.geometry()
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shape").field(self.geometry()).finish()
    }
}

impl Shape {
    /// How far the geodesic and the straight lon/lat edge may lie apart: 1 m, below what any
    /// border in the catalogue is known to.
    pub const EDGE_TOLERANCE: Length = Length::m(1.0);

    /// A point.
    pub fn point(position: LonLat) -> Self {
        Self::made(Geometry::Point(Point(position.into())), EdgeModel::LonLat)
    }

    /// A shape from a geometry in degrees, longitude first, whose edges mean `edges`.
    ///
    /// Rings may be wound either way; an edge that jumps by more than half a turn crosses ±180°.
    ///
    /// # Errors
    /// [`ErrorKind::Position`] or [`ErrorKind::Geometry`], placed by part and ring: positions out
    /// of range, empty or short lines, rings that are open or cross themselves, collections.
    pub fn new(geometry: Geometry<f64>, edges: EdgeModel) -> Result<Self> {
        // Rounded to a centimetre and read again, an edge must still be within the tolerance.
        Self::within(geometry, edges, Self::EDGE_TOLERANCE * 0.95)
    }

    /// A shape from a geometry that a shape was written as: its positions stay what they are.
    pub(crate) fn densified(geometry: Geometry<f64>, edges: EdgeModel) -> Result<Self> {
        Self::within(geometry, edges, Self::EDGE_TOLERANCE)
    }

    fn within(geometry: Geometry<f64>, edges: EdgeModel, tolerance: Length) -> Result<Self> {
        let model = edges;
        let edges = Edges { model, tolerance };
        let geometry = match geometry {
            Geometry::Point(point) => Geometry::Point(Point(position(point.0)?)),
            Geometry::MultiPoint(points) => {
                let points: Result<Vec<Point>> =
                    points.iter().map(|p| Ok(Point(position(p.0)?))).collect();
                Geometry::MultiPoint(not_empty(points?)?.into())
            }
            Geometry::Line(line) => Geometry::LineString(chain(vec![line.start, line.end], edges)?),
            Geometry::LineString(line) => Geometry::LineString(chain(line.0, edges)?),
            Geometry::MultiLineString(lines) => {
                let lines: Result<Vec<LineString>> = (lines.into_iter().enumerate())
                    .map(|(i, l)| chain(l.0, edges).map_err(|e| e.within(format!("line {i}"))))
                    .collect();
                Geometry::MultiLineString(geo_types::MultiLineString(not_empty(lines?)?))
            }
            Geometry::Polygon(area) => Geometry::Polygon(polygon(area, edges)?),
            Geometry::MultiPolygon(areas) => {
                let areas: Result<Vec<Polygon>> = (areas.into_iter().enumerate())
                    .map(|(i, a)| polygon(a, edges).map_err(|e| e.within(format!("polygon {i}"))))
                    .collect();
                Geometry::MultiPolygon(MultiPolygon(not_empty(areas?)?))
            }
            Geometry::Rect(rect) => Geometry::Polygon(polygon(rect.to_polygon(), edges)?),
            Geometry::Triangle(triangle) => {
                Geometry::Polygon(polygon(triangle.to_polygon(), edges)?)
            }
            Geometry::GeometryCollection(_) => {
                return Err(Error::new(
                    ErrorKind::Geometry,
                    "a geometry collection has no one kind",
                )
                .with_hint("make a feature of each member, or a Multi… geometry"));
            }
        };
        Ok(Self::made(geometry, model))
    }

    /// A shape from lines or areas that were checked before, such as a base map's: rings closed,
    /// wound, not crossing. Only their edges are densified, as straight lon/lat lines.
    pub fn from_checked(geometry: Geometry<f64>) -> Self {
        Self::made(dense_geometry(geometry, Edges::STRAIGHT), EdgeModel::LonLat)
    }

    /// As [`from_checked`](Self::from_checked), of a geometry that is made when it is first looked
    /// at: most questions look at few of the areas of a base map.
    pub fn from_checked_later(make: impl FnOnce() -> Geometry<f64> + Send + 'static) -> Self {
        let make = move || dense_geometry(make(), Edges::STRAIGHT);
        Self { geometry: Arc::new(LazyLock::new(Box::new(make))), edges: EdgeModel::LonLat }
    }

    /// A shape from a geometry that keeps the guarantees as it stands, such as part of a shape.
    pub(crate) fn made(geometry: Geometry<f64>, edges: EdgeModel) -> Self {
        let shape = Self { geometry: Arc::new(LazyLock::new(Box::new(move || geometry))), edges };
        shape.geometry();
        shape
    }

    /// The shape with the geodesic and the straight edges between its positions within `tolerance`
    /// of each other in the boxes `near`; that with straight edges is itself.
    pub(crate) fn refined(&self, tolerance: Length, near: &[Bbox]) -> Self {
        match self.edges {
            EdgeModel::LonLat => self.clone(),
            model @ EdgeModel::Geodesic => {
                let edges = Edges { model, tolerance };
                let refine = |chain: LineString| dense_near(&chain.0, edges, near);
                Self::made(each_chain(self.geometry().clone(), refine), model)
            }
        }
    }

    /// The geometry: degrees, longitude first, running on over ±180°.
    pub fn geometry(&self) -> &Geometry<f64> {
        LazyLock::force(&self.geometry)
    }

    /// What its edges were declared to mean.
    pub fn edge_model(&self) -> EdgeModel {
        self.edges
    }

    /// Dimension: 0 for points, 1 for lines, 2 for areas.
    pub fn dimension(&self) -> u8 {
        match self.geometry() {
            Geometry::Point(_) | Geometry::MultiPoint(_) => 0,
            Geometry::LineString(_) | Geometry::MultiLineString(_) => 1,
            _ => 2,
        }
    }

    /// The points of a point shape; nothing for others.
    pub fn points(&self) -> &[Point<f64>] {
        match self.geometry() {
            Geometry::Point(point) => std::slice::from_ref(point),
            Geometry::MultiPoint(points) => &points.0,
            _ => &[],
        }
    }

    /// Where a shape lies that is one point.
    pub(crate) fn single_point(&self) -> Option<Coord> {
        match self.points() {
            [point] => Some(point.0),
            _ => None,
        }
    }

    /// The lines of a line shape; nothing for others.
    pub fn lines(&self) -> &[LineString<f64>] {
        match self.geometry() {
            Geometry::LineString(line) => std::slice::from_ref(line),
            Geometry::MultiLineString(lines) => &lines.0,
            _ => &[],
        }
    }

    /// The polygons of an area; nothing for others.
    pub fn polygons(&self) -> &[Polygon<f64>] {
        match self.geometry() {
            Geometry::Polygon(polygon) => std::slice::from_ref(polygon),
            Geometry::MultiPolygon(polygons) => &polygons.0,
            _ => &[],
        }
    }

    /// The lines, or the rings of the areas.
    pub fn chains(&self) -> impl Iterator<Item = &LineString<f64>> {
        self.lines().iter().chain(
            self.polygons().iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())),
        )
    }

    /// Every position.
    pub fn positions(&self) -> impl Iterator<Item = Coord<f64>> {
        self.points()
            .iter()
            .map(|p| p.0)
            .chain(self.chains().flat_map(|chain| chain.0.iter().copied()))
    }

    /// Every edge of lines and rings.
    pub fn edges(&self) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> {
        self.chains().flat_map(|chain| chain.0.windows(2).map(|pair| (pair[0], pair[1])))
    }

    /// The box around the shape; one around a pole spans all longitudes up to that pole.
    pub fn bbox(&self) -> Bbox {
        // Parts may lie a turn apart; they are brought next to the first before they are boxed.
        let parts = (self.points().iter().map(|p| std::slice::from_ref(&p.0)))
            .chain(self.chains().map(|chain| chain.0.as_slice()));
        let near = self.positions().next().map_or(0.0, |c| c.x);
        let corners = parts.flat_map(|part| {
            let first = part.first().copied().unwrap_or_default();
            let shift = nearest_turn(first.x, near) - first.x;
            let (low, high) = part.iter().fold((first, first), |(low, high), c| {
                (
                    Coord { x: low.x.min(c.x), y: low.y.min(c.y) },
                    Coord { x: high.x.max(c.x), y: high.y.max(c.y) },
                )
            });
            [low, high].map(|c| Coord { x: c.x + shift, y: c.y })
        });
        Bbox::around(corners).unwrap_or(Bbox { west: 0., south: 0., east: 0., north: 0. })
    }
}

/// How edges are read, and how near they must come to the other reading.
#[derive(Clone, Copy)]
struct Edges {
    model: EdgeModel,
    tolerance: Length,
}

impl Edges {
    const STRAIGHT: Self = Self { model: EdgeModel::LonLat, tolerance: Shape::EDGE_TOLERANCE };
}

fn position(coord: Coord) -> Result<Coord> {
    LonLat::new(coord.x, coord.y).map(Coord::from)
}

fn not_empty<T>(parts: Vec<T>) -> Result<Vec<T>> {
    if parts.is_empty() {
        return Err(Error::new(ErrorKind::Geometry, "the geometry is empty")
            .with_hint("leave the feature out, or give it a position"));
    }
    Ok(parts)
}

/// The positions, checked, their longitudes running on, repeated ones left out.
pub(super) fn running(mut coords: Vec<Coord>) -> Result<Vec<Coord>> {
    let mut before = coords.first().map_or(0.0, |c| c.x);
    let mut kept = 0_usize;
    for i in 0..coords.len() {
        let Coord { x, y } = coords[i];
        LonLat::new(x, y)?;
        let x = match kept.checked_sub(1) {
            Some(last) => running_on(x, before, coords[last].x),
            None => x,
        };
        before = coords[i].x;
        let next = Coord { x, y };
        if kept == 0 || coords[kept - 1] != next {
            coords[kept] = next;
            kept += 1;
        }
    }
    coords.truncate(kept);
    Ok(coords)
}

/// The longitude `lon` of a chain, whose one before is `before` and runs on as `last`, run on itself.
pub(crate) fn running_on(lon: f64, before: f64, last: f64) -> f64 {
    let step = lon - before;
    if step.abs() == 360.0 || step.abs() == 180.0 {
        // Exactly one turn is the edge of a box around the whole earth, not a jump; half a turn is as
        // near either way, and goes as it is written.
        last + step
    } else if (lon - last).abs() < 180.0 {
        lon
    } else {
        nearest_turn(lon, last)
    }
}

fn chain(coords: Vec<Coord>, edges: Edges) -> Result<LineString<f64>> {
    let running = running(coords)?;
    if running.len() < 2 {
        return Err(Error::new(ErrorKind::Geometry, "a line needs two different positions"));
    }
    check_turns(&running, edges.model)?;
    Ok(dense(running, edges))
}

/// Only a straight edge can go once around the earth: a geodesic to the same place has no length.
fn check_turns(chain: &[Coord], model: EdgeModel) -> Result<()> {
    let turn = |pair: &&[Coord]| {
        (pair[1].x - pair[0].x).abs() >= 360.0
            && !(pair[0].y.abs() == 90.0 && pair[0].y == pair[1].y)
    };
    match chain.windows(2).find(turn) {
        Some(pair) if model == EdgeModel::Geodesic => Err(Error::new(
            ErrorKind::Geometry,
            format!("the edge from ({}, {}) goes once around the earth", pair[0].x, pair[0].y),
        )
        .with_hint("give it positions in between, or edges that are straight in lon/lat")),
        _ => Ok(()),
    }
}

/// A geometry whose edges mean the same either way.
fn dense_geometry(geometry: Geometry<f64>, edges: Edges) -> Geometry<f64> {
    each_chain(geometry, |chain| dense(chain.0, edges))
}

/// A geometry with each of its lines and rings changed.
fn each_chain(
    geometry: Geometry<f64>,
    change: impl Fn(LineString<f64>) -> LineString<f64>,
) -> Geometry<f64> {
    let area = |polygon: Polygon<f64>| {
        let (exterior, interiors) = polygon.into_inner();
        Polygon::new(change(exterior), interiors.into_iter().map(&change).collect())
    };
    match geometry {
        Geometry::LineString(line) => Geometry::LineString(change(line)),
        Geometry::MultiLineString(lines) => {
            Geometry::MultiLineString(lines.into_iter().map(&change).collect())
        }
        Geometry::Polygon(polygon) => Geometry::Polygon(area(polygon)),
        Geometry::MultiPolygon(polygons) => {
            Geometry::MultiPolygon(polygons.into_iter().map(area).collect())
        }
        other => other,
    }
}

/// As [`dense`], of the edges that come into one of the boxes.
fn dense_near(chain: &[Coord], edges: Edges, near: &[Bbox]) -> LineString<f64> {
    /// Degrees: more than the tolerance of edges is, up to [`STEEP`].
    const BESIDE: f64 = 3e-4;
    const STEEP: f64 = 85.0;
    let is_near = |from: Coord, to: Coord| {
        let (low, high) = (from.x.min(to.x) - BESIDE, from.x.max(to.x) + BESIDE);
        let corners = [
            Coord { x: low, y: from.y.min(to.y) - BESIDE },
            Coord { x: high, y: from.y.max(to.y) + BESIDE },
        ];
        from.y.abs().max(to.y.abs()) > STEEP
            || Bbox::around(corners).is_some_and(|edge| near.iter().any(|b| b.intersects(&edge)))
    };
    let mut dense = Vec::with_capacity(2 * chain.len());
    dense.extend(chain.first());
    for edge in chain.windows(2) {
        if is_near(edge[0], edge[1]) {
            dense.extend(densify(edge, edges.model, edges.tolerance).into_iter().skip(1));
        } else {
            dense.push(edge[1]);
        }
    }
    LineString(dense)
}

/// A chain whose edges mean the same either way.
fn dense(chain: Vec<Coord>, edges: Edges) -> LineString<f64> {
    if is_dense(&chain, edges.tolerance) {
        return LineString(chain);
    }
    LineString(densify(&chain, edges.model, edges.tolerance))
}

fn polygon(polygon: Polygon<f64>, edges: Edges) -> Result<Polygon<f64>> {
    let (exterior, interiors) = polygon.into_inner();
    let exterior = match &interiors[..] {
        [] => exterior.0,
        holes => begun_clear_of(exterior.0, holes),
    };
    let mut exterior =
        ring(exterior, edges, Winding::CounterClockwise).map_err(|e| e.within("ring 0"))?;
    let mut holes = Vec::with_capacity(interiors.len());
    for (i, hole) in interiors.into_iter().enumerate() {
        let within = |e: Error| e.within(format!("ring {}", i + 1));
        let mut hole = ring(hole.0, edges, Winding::Clockwise).map_err(within)?;
        if let Some(band) = without_cap(&exterior, &hole, edges.model).map_err(within)? {
            exterior = band;
            continue;
        }
        // To the turn of the exterior, but for rounding.
        let ((west, _), (start, _)) = (extent(&exterior.0), extent(&hole.0));
        let shift = 360.0 * ((west - start - TURN_ROUNDING) / 360.0).ceil();
        for c in &mut hole.0 {
            c.x += shift;
        }
        holes.push(hole);
    }
    Ok(Polygon::new(exterior, holes))
}

/// Decimal longitudes a turn apart differ by a turn but for rounding, degrees.
pub(super) const TURN_ROUNDING: f64 = 1e-9;

#[derive(Clone, Copy, PartialEq)]
enum Winding {
    CounterClockwise,
    Clockwise,
}

fn ring(coords: Vec<Coord>, edges: Edges, winding: Winding) -> Result<LineString<f64>> {
    let ring = over_the_pole(running(coords)?);
    check_turns(&ring, edges.model)?;
    // Near a pole geodesics bow so far that they cross, or turn a ring about, where the straight
    // edges between the same corners do not.
    let mut ring = match edges.model {
        EdgeModel::Geodesic => dense(ring, edges).0,
        EdgeModel::LonLat => ring,
    };
    check_ring(&ring)?;
    let clockwise = signed_area(&ring) < 0.0;
    if clockwise != (winding == Winding::Clockwise) {
        ring.reverse();
    }
    Ok(dense(ring, edges))
}

/// Closes a ring that ends a turn away from its start by way of the pole of its hemisphere.
pub(crate) fn over_the_pole(mut ring: Vec<Coord>) -> Vec<Coord> {
    let [first, .., last] = &mut ring[..] else { return ring };
    let turn = last.x - first.x;
    if (turn.abs() - 360.0).abs() < TURN_ROUNDING && last.y == first.y && first.y.abs() != 90.0 {
        last.x = first.x + 360.0_f64.copysign(turn);
        let (first, last) = (*first, *last);
        let pole = if ring.iter().map(|c| c.y).sum::<f64>() < 0.0 { -90.0 } else { 90.0 };
        ring.extend([Coord { x: last.x, y: pole }, Coord { x: first.x, y: pole }, first]);
    }
    ring
}

/// Twice the signed area in the lon/lat plane; positive when counter-clockwise.
pub(crate) fn signed_area(ring: &[Coord]) -> f64 {
    let origin = ring[0];
    ring.windows(2)
        .map(|pair| {
            (pair[0].x - origin.x) * (pair[1].y - origin.y)
                - (pair[1].x - origin.x) * (pair[0].y - origin.y)
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{line_string, polygon};

    #[test]
    fn rings_are_wound_and_densified() {
        let clockwise = polygon![(x: 130., y: 42.), (x: 130., y: 43.), (x: 133., y: 42.)];
        let shape = Shape::new(clockwise.into(), EdgeModel::Geodesic).unwrap();
        let ring = &shape.polygons()[0].exterior().0;
        assert!(signed_area(ring) > 0.0);
        assert!(ring.len() > 30, "{}", ring.len());
    }

    #[test]
    fn a_ring_over_the_antimeridian_runs_on() {
        let ring =
            polygon![(x: 170., y: 0.), (x: -170., y: 0.), (x: -170., y: 10.), (x: 170., y: 10.)];
        let shape = Shape::new(ring.into(), EdgeModel::LonLat).unwrap();
        let bbox = shape.bbox();
        assert_eq!((bbox.west, bbox.east), (170.0, -170.0));
    }

    #[test]
    fn a_ring_around_the_pole_holds_the_pole() {
        for around in [[0., 120., 240., 0.], [0., 240., 120., 0.]] {
            let ring: Vec<Coord> = around.iter().map(|&x| Coord { x, y: -80. }).collect();
            let shape =
                Shape::new(Polygon::new(LineString(ring), vec![]).into(), EdgeModel::Geodesic)
                    .unwrap();
            let bbox = shape.bbox();
            assert_eq!((bbox.west, bbox.south, bbox.east), (-180., -90., 180.));
            assert!(bbox.north > -80.1);
        }
    }

    #[test]
    fn a_turn_around_a_pole_may_be_off_by_rounding() {
        // 157.3286 + 360 is not quite 517.3286.
        let ring = [(157.3286, 89.), (277.3286, 89.), (397.3286, 89.), (517.3286, 89.)];
        let open: Vec<Coord> = ring.into_iter().map(|(x, y)| Coord { x, y }).collect();
        let closed = over_the_pole(open);
        assert_eq!(closed.first(), closed.last());
        assert!(closed.iter().any(|c| c.y == 90.0));
    }

    #[test]
    fn unusable_geometries_say_where() {
        let bad = polygon![
            exterior: [(x: 0., y: 0.), (x: 9., y: 0.), (x: 9., y: 9.), (x: 0., y: 9.)],
            interiors: [[(x: 1., y: 1.), (x: 2., y: 2.), (x: 2., y: 1.), (x: 1., y: 2.)]],
        ];
        let error = Shape::new(bad.into(), EdgeModel::LonLat).unwrap_err();
        assert!(error.to_string().starts_with("ring 1: the ring crosses"), "{error}");
        for geometry in [
            line_string![(x: 1., y: 1.), (x: 1., y: 1.)].into(),
            line_string![(x: 1., y: 91.), (x: 1., y: 1.)].into(),
            line_string![(x: 1., y: f64::NAN), (x: 1., y: 1.)].into(),
            Geometry::MultiPolygon(MultiPolygon(vec![])),
            Geometry::GeometryCollection(geo_types::GeometryCollection(vec![])),
        ] {
            assert!(Shape::new(geometry, EdgeModel::LonLat).is_err());
        }
    }
}
