//! The box that features are asked for.

use geo_types::Coord;
use tumen_geo_core::Bbox;
use tumen_geo_core::raw::{RawFeature, RawGeometry};

/// Whether a feature in longitude and latitude has a geometry whose box touches the other one.
pub(super) fn touches(feature: &RawFeature, window: &Bbox) -> bool {
    let mut positions = Vec::new();
    if let Some(geometry) = &feature.geometry {
        collect(geometry, &mut positions);
    }
    Bbox::around(positions).is_some_and(|here| here.intersects(window))
}

/// The same box in the plane of longitudes and latitudes, west, south, east and north, wherever
/// longitudes are counted from.
pub(super) fn planar(window: &Bbox) -> [[f64; 4]; 3] {
    [-360.0, 0.0, 360.0].map(|turn| {
        [window.west + turn, window.south, window.east_unwrapped() + turn, window.north]
    })
}

/// Whether two boxes in a plane have a point in common.
pub(super) fn meet(one: [f64; 4], other: [f64; 4]) -> bool {
    one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]
}

fn collect(geometry: &RawGeometry, positions: &mut Vec<Coord>) {
    match geometry {
        RawGeometry::Point(at) => positions.push(*at),
        RawGeometry::MultiPoint(line) | RawGeometry::LineString(line) => positions.extend(line),
        RawGeometry::MultiLineString(lines) | RawGeometry::Polygon(lines) => {
            positions.extend(lines.iter().flatten());
        }
        RawGeometry::MultiPolygon(areas) => positions.extend(areas.iter().flatten().flatten()),
        RawGeometry::GeometryCollection(parts) => {
            for part in parts {
                collect(part, positions);
            }
        }
    }
}
