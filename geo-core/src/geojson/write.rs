//! Writing: RFC 7946 to the letter, the same bytes for the same features.

use std::fmt::Write as _;

use geo_types::{Coord, Geometry, LineString, Polygon};
use serde_json::Value;

use super::{DENSIFIED, EDGES_MEMBER, GEODESIC};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::{EdgeModel, Shape};
use crate::predicate::plane::spanned;
use crate::raw::{Record, exported};

/// A feature to be written.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The id: both a member of the feature and its first property, since not all readers keep
    /// the former.
    pub id: &'a str,
    /// Where it is.
    pub shape: &'a Shape,
    /// The other properties, in this order; one named `id` is left out.
    pub properties: &'a [(String, Value)],
}

impl<'a> From<&'a Record> for Row<'a> {
    fn from(record: &'a Record) -> Self {
        Self { id: &record.id, shape: &record.shape, properties: &record.properties }
    }
}

/// Writes a collection, a feature to a line.
///
/// Exteriors run counter-clockwise, holes clockwise; what crosses ±180° is cut there, and an area
/// over a pole has its ring along ±180° and the pole. Positions have at most 7 decimals (1 cm).
/// The collection and each feature have a `bbox`, whose west is greater than its east where it
/// crosses ±180°. Properties are flat: lists of texts and numbers are joined by `"; "`. Edges are
/// short enough to mean the same as geodesics, which the member `edges` says; a feature whose
/// [`edge_model`](Shape::edge_model) is geodesic has one, too.
///
/// What [`read`](super::read) makes of it is written to the same bytes again.
///
/// # Errors
/// [`ErrorKind::Format`] for a property that is an object or a list of lists;
/// [`ErrorKind::Geometry`] for a shape that is smaller than the last decimal.
pub fn write<'a, R: Into<Row<'a>>>(rows: impl IntoIterator<Item = R>) -> Result<String> {
    let rows: Vec<Row<'a>> = rows.into_iter().map(Into::into).collect();
    let mut text = String::from("{\"type\":\"FeatureCollection\",");
    let shapes: Vec<&Shape> = rows.iter().map(|row| row.shape).collect();
    if !shapes.is_empty() {
        push_bbox(&mut text, &shapes);
    }
    let _ = write!(text, "\"{EDGES_MEMBER}\":\"{DENSIFIED}\",\"features\":[");
    for (index, row) in rows.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        push_feature(&mut text, row).map_err(|e| e.within(format!("feature '{}'", row.id)))?;
    }
    text.push_str("\n]}\n");
    Ok(text)
}

/// The GeoJSON geometry of a shape, wound, cut and rounded as [`write()`] does it.
///
/// # Errors
/// [`ErrorKind::Geometry`] for a shape that is smaller than the last decimal.
///
/// ```
/// use tumen_geo_core::{LonLat, Shape, geojson};
/// let rajin = Shape::point(LonLat::new(130.3, 42.25)?);
/// assert_eq!(geojson::geometry(&rajin)?, r#"{"type":"Point","coordinates":[130.3,42.25]}"#);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn geometry(shape: &Shape) -> Result<String> {
    let mut text = String::new();
    push_geometry(&mut text, shape)?;
    Ok(text)
}

fn push_feature(text: &mut String, row: &Row<'_>) -> Result<()> {
    let id = Value::from(row.id);
    let _ = write!(text, "{{\"type\":\"Feature\",\"id\":{id},");
    push_bbox(text, &[row.shape]);
    if row.shape.dimension() > 0 && row.shape.edge_model() == EdgeModel::Geodesic {
        let _ = write!(text, "\"{EDGES_MEMBER}\":\"{GEODESIC}\",");
    }
    text.push_str("\"geometry\":");
    push_geometry(text, row.shape)?;
    let _ = write!(text, ",\"properties\":{{\"id\":{id}");
    for (name, value) in row.properties.iter().filter(|(name, _)| name != "id") {
        let value = flat(value).map_err(|e| e.within(format!("property '{name}'")))?;
        let _ = write!(text, ",{}:{value}", Value::from(name.as_str()));
    }
    text.push_str("}}");
    Ok(())
}

/// A property that a table can hold.
fn flat(value: &Value) -> Result<Value> {
    let nested = || {
        Error::new(ErrorKind::Format, "a property must be a text, a number, true, false or null")
            .with_hint("give each part of it a property of its own")
    };
    let plain = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Null => Ok(String::new()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Array(_) | Value::Object(_) => Err(nested()),
    };
    match value {
        Value::Object(_) => Err(nested()),
        Value::Array(values) => {
            Ok(Value::from(values.iter().map(plain).collect::<Result<Vec<String>>>()?.join("; ")))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(value.clone()),
    }
}

fn push_bbox(text: &mut String, shapes: &[&Shape]) {
    let (west, east) = spanned(shapes);
    let lat = shapes.iter().flat_map(|shape| shape.positions().map(|c| c.y));
    let (south, north) = lat.fold((f64::INFINITY, f64::NEG_INFINITY), |(south, north), lat| {
        (south.min(lat), north.max(lat))
    });
    text.push_str("\"bbox\":");
    push_numbers(text, &[west, south, east, north]);
    text.push(',');
}

fn push_geometry(text: &mut String, shape: &Shape) -> Result<()> {
    let geometry = exported(shape)?;
    let (kind, coordinates) = match &geometry {
        Geometry::Point(point) => ("Point", position(point.0)),
        Geometry::MultiPoint(points) => ("MultiPoint", list(points.iter().map(|p| position(p.0)))),
        Geometry::LineString(line) => ("LineString", chain(line)),
        Geometry::MultiLineString(lines) => ("MultiLineString", list(lines.iter().map(chain))),
        Geometry::Polygon(area) => ("Polygon", polygon(area)),
        Geometry::MultiPolygon(areas) => ("MultiPolygon", list(areas.iter().map(polygon))),
        // A shape is none of the others.
        _ => return Ok(()),
    };
    let _ = write!(text, "{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}");
    Ok(())
}

fn list(parts: impl Iterator<Item = String>) -> String {
    format!("[{}]", parts.collect::<Vec<_>>().join(","))
}

fn polygon(polygon: &Polygon) -> String {
    list([polygon.exterior()].into_iter().chain(polygon.interiors()).map(chain))
}

fn chain(line: &LineString) -> String {
    list(line.0.iter().map(|&at| position(at)))
}

fn position(at: Coord) -> String {
    let mut text = String::new();
    push_numbers(&mut text, &[at.x, at.y]);
    text
}

/// Numbers with at most 7 decimals, without trailing zeros and without a negative zero.
fn push_numbers(text: &mut String, numbers: &[f64]) {
    text.push('[');
    for (index, number) in numbers.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        let digits = format!("{number:.7}");
        let digits = digits.trim_end_matches('0').trim_end_matches('.');
        text.push_str(if digits == "-0" { "0" } else { digits });
    }
    text.push(']');
}
