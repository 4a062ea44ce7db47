//! Well-known text (OGC 06-103r4), for tables.

use serde_json::Value;
use tumen_geo_core::{Shape, geojson};

use crate::error::{Error, Result};

/// The geometry of a shape in degrees, longitude first, with the digits, winding and cut at ±180°
/// of the GeoJSON export.
///
/// # Errors
/// When the shape is smaller than the last decimal written, 1 cm.
pub fn wkt(shape: &Shape) -> Result<String> {
    let text = geojson::geometry(shape)?;
    let geometry: Value = serde_json::from_str(&text).map_err(|e| Error::failure(e.to_string()))?;
    let kind = geometry["type"].as_str().unwrap_or_default().to_uppercase();
    let coordinates = &geometry["coordinates"];
    Ok(match kind.as_str() {
        "POINT" => format!("POINT ({})", nested(coordinates)),
        "MULTIPOINT" => {
            let points = coordinates.as_array().into_iter().flatten();
            let points: Vec<String> = points.map(|point| format!("({})", nested(point))).collect();
            format!("MULTIPOINT ({})", points.join(", "))
        }
        _ => format!("{kind} {}", nested(coordinates)),
    })
}

/// A position without brackets, or a list of lists in brackets.
fn nested(value: &Value) -> String {
    let parts: Vec<&Value> = value.as_array().into_iter().flatten().collect();
    if parts.first().is_some_and(|first| first.is_number()) {
        return parts.into_iter().map(Value::to_string).collect::<Vec<_>>().join(" ");
    }
    format!("({})", parts.into_iter().map(nested).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{Geometry, line_string, point, polygon};
    use tumen_geo_core::EdgeModel;

    fn text(geometry: impl Into<Geometry>) -> String {
        wkt(&Shape::new(geometry.into(), EdgeModel::LonLat).unwrap()).unwrap()
    }

    #[test]
    fn geometries_of_each_kind() {
        assert_eq!(text(point!(x: 130.5, y: 42.0)), "POINT (130.5 42)");
        let several = geo_types::MultiPoint::from(vec![(1.0, 2.0), (3.0, 4.5)]);
        assert_eq!(text(several), "MULTIPOINT ((1 2), (3 4.5))");
        let line = line_string![(x: 1.0, y: 0.0), (x: 1.001, y: 0.0)];
        assert_eq!(text(line), "LINESTRING (1 0, 1.001 0)");
        let clockwise = polygon![
            (x: 0.0, y: 0.0), (x: 0.0, y: 0.01), (x: 0.01, y: 0.01), (x: 0.01, y: 0.0),
        ];
        let turned = text(clockwise);
        assert!(turned.starts_with("POLYGON ((") && turned.ends_with("))"), "{turned}");
    }
}
