//! Positions of a file into a geometry, with what planar types would silently repair refused.

use geo_types::{
    Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

use super::coordinates::Coordinates;
use super::document::{GeometryMembers, Kind};
use crate::error::{Error, ErrorKind, Result};

/// The geometry that the members of a GeoJSON geometry describe.
pub(super) fn to_geometry(members: GeometryMembers) -> Result<Geometry> {
    let kind = members.kind;
    Ok(match (kind, members.coordinates) {
        (Kind::Point, Some(Coordinates::Position(at))) => Geometry::Point(Point(at)),
        (Kind::MultiPoint, Some(coordinates)) => {
            let points = line(coordinates, kind)?.into_iter().map(Point).collect();
            Geometry::MultiPoint(MultiPoint(points))
        }
        (Kind::LineString, Some(coordinates)) => {
            Geometry::LineString(LineString(line(coordinates, kind)?))
        }
        (Kind::MultiLineString, Some(coordinates)) => {
            let lines = lines(coordinates, kind)?.into_iter().map(LineString).collect();
            Geometry::MultiLineString(MultiLineString(lines))
        }
        (Kind::Polygon, Some(coordinates)) => {
            Geometry::Polygon(polygon(lines(coordinates, kind)?)?)
        }
        (Kind::MultiPolygon, Some(Coordinates::Areas(areas))) => {
            Geometry::MultiPolygon(MultiPolygon(each("polygon", areas, polygon)?))
        }
        (Kind::MultiPolygon, Some(Coordinates::Empty)) => {
            Geometry::MultiPolygon(MultiPolygon(Vec::new()))
        }
        (Kind::GeometryCollection, _) => {
            return Err(Error::new(ErrorKind::Geometry, "a geometry collection has no one kind")
                .with_hint("make a feature of each member, or a Multi… geometry"));
        }
        (_, _) => return Err(unfit(kind)),
    })
}

/// The coordinates are not nested as the type says.
fn unfit(kind: Kind) -> Error {
    Error::new(ErrorKind::Format, format!("the coordinates are not those of a {kind:?}"))
        .with_hint("see RFC 7946, section 3.1: each type nests its positions to its own depth")
}

fn line(coordinates: Coordinates, kind: Kind) -> Result<Vec<Coord>> {
    match coordinates {
        Coordinates::Line(line) => Ok(line),
        Coordinates::Empty => Ok(Vec::new()),
        _ => Err(unfit(kind)),
    }
}

fn lines(coordinates: Coordinates, kind: Kind) -> Result<Vec<Vec<Coord>>> {
    match coordinates {
        Coordinates::Lines(lines) => Ok(lines),
        Coordinates::Empty => Ok(Vec::new()),
        _ => Err(unfit(kind)),
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
