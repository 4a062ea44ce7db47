//! Positions as a file has them, and the geometry that they make.

use geo_types::{
    Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

use crate::error::{Error, ErrorKind, Result};

/// A geometry as a file has it: nothing closed, wound or checked, in any coordinate system, the
/// first number of a position to the east.
#[derive(Clone, Debug, PartialEq)]
pub enum RawGeometry {
    /// A position.
    Point(Coord),
    /// Positions; none makes it empty, as with all that follow.
    MultiPoint(Vec<Coord>),
    /// A line.
    LineString(Vec<Coord>),
    /// Lines.
    MultiLineString(Vec<Vec<Coord>>),
    /// Rings, the exterior first.
    Polygon(Vec<Vec<Coord>>),
    /// The rings of each polygon.
    MultiPolygon(Vec<Vec<Vec<Coord>>>),
    /// Geometries of any kind.
    GeometryCollection(Vec<RawGeometry>),
}

impl RawGeometry {
    /// Its type as the OGC names it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Point(_) => "Point",
            Self::MultiPoint(_) => "MultiPoint",
            Self::LineString(_) => "LineString",
            Self::MultiLineString(_) => "MultiLineString",
            Self::Polygon(_) => "Polygon",
            Self::MultiPolygon(_) => "MultiPolygon",
            Self::GeometryCollection(_) => "GeometryCollection",
        }
    }

    /// Each position changed, such as from another coordinate system.
    ///
    /// # Errors
    /// The first of `change`.
    pub fn try_map<E>(
        &mut self,
        change: &mut impl FnMut(&mut Coord) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        match self {
            Self::Point(at) => change(at),
            Self::MultiPoint(line) | Self::LineString(line) => line.iter_mut().try_for_each(change),
            Self::MultiLineString(lines) | Self::Polygon(lines) => {
                lines.iter_mut().flatten().try_for_each(change)
            }
            Self::MultiPolygon(areas) => areas.iter_mut().flatten().flatten().try_for_each(change),
            Self::GeometryCollection(parts) => {
                parts.iter_mut().try_for_each(|part| part.try_map(change))
            }
        }
    }

    /// The planar geometry, with what its types would silently repair refused.
    ///
    /// # Errors
    /// [`ErrorKind::Geometry`] for open or short rings, polygons without a ring, collections;
    /// placed by polygon and ring.
    pub fn to_geometry(self) -> Result<Geometry> {
        Ok(match self {
            Self::Point(at) => Geometry::Point(Point(at)),
            Self::MultiPoint(points) => {
                Geometry::MultiPoint(MultiPoint(points.into_iter().map(Point).collect()))
            }
            Self::LineString(line) => Geometry::LineString(LineString(line)),
            Self::MultiLineString(lines) => Geometry::MultiLineString(MultiLineString(
                lines.into_iter().map(LineString).collect(),
            )),
            Self::Polygon(rings) => Geometry::Polygon(polygon(rings)?),
            Self::MultiPolygon(areas) => {
                Geometry::MultiPolygon(MultiPolygon(each("polygon", areas, polygon)?))
            }
            Self::GeometryCollection(_) => {
                return Err(Error::new(
                    ErrorKind::Geometry,
                    "a geometry collection has no one kind",
                )
                .with_hint("make a feature of each member, or a Multi… geometry"));
            }
        })
    }
}

fn each<A, B>(what: &str, parts: Vec<A>, build: impl Fn(A) -> Result<B>) -> Result<Vec<B>> {
    (parts.into_iter().enumerate())
        .map(|(index, part)| build(part).map_err(|e| e.within(format!("{what} {index}"))))
        .collect()
}

fn polygon(rings: Vec<Vec<Coord>>) -> Result<Polygon> {
    let mut rings = each("ring", rings, ring)?.into_iter();
    let Some(exterior) = rings.next() else {
        return Err(Error::new(ErrorKind::Geometry, "the polygon has no ring")
            .with_hint("leave the feature out, or give it a ring"));
    };
    Ok(Polygon::new(exterior, rings.collect()))
}

/// A ring, checked to be closed: a planar polygon would close it without a word.
fn ring(mut ring: Vec<Coord>) -> Result<LineString> {
    let [first, .., last] = ring[..] else {
        return Err(Error::new(
            ErrorKind::Geometry,
            format!("a ring needs at least 4 positions, this one has {}", ring.len()),
        )
        .with_hint("three corners and the first one again"));
    };
    // Around a pole a ring may come back to its start a whole turn away.
    if first.y == last.y && (first.x - last.x).abs() == 360.0 {
        if let Some(last) = ring.last_mut() {
            *last = first;
        }
    } else if first != last {
        return Err(Error::new(
            ErrorKind::Geometry,
            format!(
                "the ring is not closed: it starts at ({}, {}) and ends at ({}, {})",
                first.x, first.y, last.x, last.y
            ),
        )
        .with_hint("repeat the first position at the end"));
    }
    Ok(LineString(ring))
}
