//! Geometries as the standard stores them (clause 2.1.3): a header with the box, then WKB.

use geo_types::{Coord, Geometry};

use super::super::wkb;

/// West, south, east, north, degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Extent {
    /// The extent of nothing.
    pub const NONE: Self = Self {
        west: f64::INFINITY,
        south: f64::INFINITY,
        east: f64::NEG_INFINITY,
        north: f64::NEG_INFINITY,
    };

    pub fn of(geometry: &Geometry) -> Self {
        let mut extent = Self::NONE;
        extent.add(geometry);
        extent
    }

    /// The extent of both.
    pub fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    fn add(&mut self, geometry: &Geometry) {
        match geometry {
            Geometry::Point(point) => self.take(&[point.0]),
            Geometry::MultiPoint(points) => points.iter().for_each(|point| self.take(&[point.0])),
            Geometry::Line(line) => self.take(&[line.start, line.end]),
            Geometry::LineString(line) => self.take(&line.0),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.take(&line.0)),
            Geometry::Polygon(area) => self.take(&area.exterior().0),
            Geometry::MultiPolygon(areas) => {
                areas.iter().for_each(|area| self.take(&area.exterior().0));
            }
            Geometry::Rect(rect) => self.take(&[rect.min(), rect.max()]),
            Geometry::Triangle(triangle) => self.take(&triangle.to_array()),
            Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| self.add(part)),
        }
    }

    fn take(&mut self, positions: &[Coord]) {
        for at in positions {
            *self = self.with(Self { west: at.x, south: at.y, east: at.x, north: at.y });
        }
    }
}

/// Writes a geometry over what is in `out` and tells its extent.
pub(super) fn write(geometry: &Geometry, out: &mut Vec<u8>) -> Extent {
    let extent = Extent::of(geometry);
    // Little-endian; a box but for points, whose position says as much.
    let point = matches!(geometry, Geometry::Point(_));
    out.clear();
    out.extend(b"GP\0");
    out.push(if point { 0b0000_0001 } else { 0b0000_0011 });
    out.extend(4326_i32.to_le_bytes());
    if !point {
        for bound in [extent.west, extent.east, extent.south, extent.north] {
            out.extend(bound.to_le_bytes());
        }
    }
    wkb(geometry, out);
    extent
}
