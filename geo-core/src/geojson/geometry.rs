//! Positions of a file into a geometry, with what planar types would silently repair refused.

use geo_types::{
    Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use geojson::{GeometryValue, Position};

use crate::error::{Error, ErrorKind, Result};

/// The geometry of a GeoJSON value; further numbers of a position (height, measure) are left out.
pub(super) fn to_geometry(value: &GeometryValue) -> Result<Geometry> {
    Ok(match value {
        GeometryValue::Point { coordinates } => Geometry::Point(Point(coord(coordinates)?)),
        GeometryValue::MultiPoint { coordinates } => {
            Geometry::MultiPoint(MultiPoint(each("point", coordinates, |p| Ok(coord(p)?.into()))?))
        }
        GeometryValue::LineString { coordinates } => Geometry::LineString(line(coordinates)?),
        GeometryValue::MultiLineString { coordinates } => {
            Geometry::MultiLineString(MultiLineString(each("line", coordinates, |l| line(l))?))
        }
        GeometryValue::Polygon { coordinates } => Geometry::Polygon(polygon(coordinates)?),
        GeometryValue::MultiPolygon { coordinates } => {
            Geometry::MultiPolygon(MultiPolygon(each("polygon", coordinates, |p| polygon(p))?))
        }
        GeometryValue::GeometryCollection { .. } => {
            return Err(Error::new(ErrorKind::Geometry, "a geometry collection has no one kind")
                .with_hint("make a feature of each member, or a Multi… geometry"));
        }
    })
}

fn each<A, B>(what: &str, parts: &[A], build: impl Fn(&A) -> Result<B>) -> Result<Vec<B>> {
    (parts.iter().enumerate())
        .map(|(index, part)| build(part).map_err(|e| e.within(format!("{what} {index}"))))
        .collect()
}

fn coord(position: &Position) -> Result<Coord> {
    match position.as_slice() {
        [x, y, ..] => Ok(Coord { x: *x, y: *y }),
        short => Err(Error::new(
            ErrorKind::Position,
            format!("a position needs two numbers, this one has {}", short.len()),
        )
        .with_hint("write [longitude, latitude]")),
    }
}

fn line(positions: &[Position]) -> Result<LineString> {
    positions.iter().map(coord).collect::<Result<Vec<Coord>>>().map(LineString)
}

fn polygon(rings: &[Vec<Position>]) -> Result<Polygon> {
    let mut rings = each("ring", rings, |r| ring(r))?.into_iter();
    let Some(exterior) = rings.next() else {
        return Err(Error::new(ErrorKind::Geometry, "the polygon has no ring")
            .with_hint("leave the feature out, or give it a ring"));
    };
    Ok(Polygon::new(exterior, rings.collect()))
}

/// A ring, checked to be closed: a planar polygon would close it without a word.
fn ring(positions: &[Position]) -> Result<LineString> {
    let mut ring = line(positions)?;
    let [first, .., last] = ring.0[..] else {
        return Err(Error::new(
            ErrorKind::Geometry,
            format!("a ring needs at least 4 positions, this one has {}", ring.0.len()),
        )
        .with_hint("three corners and the first one again"));
    };
    // Around a pole a ring may come back to its start a whole turn away.
    if first.y == last.y && (first.x - last.x).abs() == 360.0 {
        if let Some(last) = ring.0.last_mut() {
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
    Ok(ring)
}
