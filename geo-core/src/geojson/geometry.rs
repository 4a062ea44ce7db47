//! The coordinates of a text into a geometry, when they are nested as its type says.

use geo_types::Coord;

use super::coordinates::Coordinates;
use super::document::{GeometryMembers, Kind};
use crate::error::{Error, ErrorKind, Result};
use crate::raw::RawGeometry;

/// The geometry that the members of a GeoJSON geometry describe.
///
/// # Errors
/// [`ErrorKind::Format`] for coordinates nested otherwise than the type says.
pub(super) fn raw(members: GeometryMembers) -> Result<RawGeometry> {
    let kind = members.kind.ok_or_else(|| {
        Error::new(ErrorKind::Format, "the geometry has no type")
            .with_hint("its member 'type' is one of the seven of RFC 7946, section 1.4")
    })?;
    if kind == Kind::GeometryCollection {
        let parts = members.geometries.unwrap_or_default();
        return Ok(RawGeometry::GeometryCollection(
            parts.into_iter().map(raw).collect::<Result<_>>()?,
        ));
    }
    let unfit = || {
        Error::new(ErrorKind::Format, format!("the coordinates are not those of a {kind:?}"))
            .with_hint("see RFC 7946, section 3.1: each type nests its positions to its own depth")
    };
    let coordinates = members.coordinates.ok_or_else(unfit)?;
    raw_of(kind, coordinates).ok_or_else(unfit)
}

fn raw_of(kind: Kind, coordinates: Coordinates) -> Option<RawGeometry> {
    Some(match (kind, coordinates) {
        (Kind::Point, Coordinates::Position(at)) => RawGeometry::Point(at),
        (Kind::MultiPoint, coordinates) => RawGeometry::MultiPoint(line(coordinates)?),
        (Kind::LineString, coordinates) => RawGeometry::LineString(line(coordinates)?),
        (Kind::MultiLineString, coordinates) => RawGeometry::MultiLineString(lines(coordinates)?),
        (Kind::Polygon, coordinates) => RawGeometry::Polygon(lines(coordinates)?),
        (Kind::MultiPolygon, Coordinates::Areas(areas)) => RawGeometry::MultiPolygon(areas),
        (Kind::MultiPolygon, Coordinates::Empty) => RawGeometry::MultiPolygon(Vec::new()),
        _ => return None,
    })
}

fn line(coordinates: Coordinates) -> Option<Vec<Coord>> {
    match coordinates {
        Coordinates::Line(line) => Some(line),
        Coordinates::Empty => Some(Vec::new()),
        _ => None,
    }
}

fn lines(coordinates: Coordinates) -> Option<Vec<Vec<Coord>>> {
    match coordinates {
        Coordinates::Lines(lines) => Some(lines),
        Coordinates::Empty => Some(Vec::new()),
        _ => None,
    }
}
