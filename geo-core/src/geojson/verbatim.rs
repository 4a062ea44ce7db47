//! Features written as they stand, not as shapes: nothing cut, rounded or densified.

use std::fmt::Write as _;

use geo_types::Coord;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{EDGES_VALUE, GEODESIC, GEODESIC_DENSE, fault};
use crate::error::Result;
use crate::geometry::EdgeModel;
use crate::raw::{RawFeature, RawGeometry};

/// A feature as a GeoJSON text of one line, its positions as they are, to the last bit.
///
/// ```
/// use tumen_geo_core::{geojson::{Features, verbatim}, raw::RawFeature};
/// let text = r#"{"type":"Feature","id":"quanhe","geometry":{"type":"Point","coordinates":[130.51,42.58]},"properties":{}}"#;
/// let feature = Features::new(text.as_bytes()).next().expect("one")?.raw()?;
/// assert_eq!(verbatim(&feature), text);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn verbatim(feature: &RawFeature) -> String {
    let mut text = String::from("{\"type\":\"Feature\"");
    if let Some(id) = &feature.id {
        let _ = write!(text, ",\"id\":{}", Value::from(id.as_str()));
    }
    let edges = match (feature.edges, feature.densified) {
        (Some(EdgeModel::Geodesic), true) => Some(GEODESIC_DENSE),
        (Some(EdgeModel::Geodesic), false) => Some(GEODESIC),
        (_, true) => Some(EDGES_VALUE),
        (_, false) => None,
    };
    if let Some(edges) = edges {
        let _ = write!(text, ",\"edges\":\"{edges}\"");
    }
    text.push_str(",\"geometry\":");
    push_geometry(&mut text, feature.geometry.as_ref());
    text.push_str(",\"properties\":{");
    for (index, (name, value)) in feature.properties.iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        let _ = write!(text, "{comma}{}:{value}", Value::from(name.as_str()));
    }
    text.push_str("}}");
    text
}

/// The members of a text that tell where its geometry is.
#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'a RawValue,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
}

impl Feature<'_> {
    fn is_one(&self) -> bool {
        self.kind.get() == "\"Feature\""
    }
}

/// Whether a text is a feature, not a bare geometry.
pub(super) fn is_feature(text: &[u8]) -> bool {
    serde_json::from_slice(text).is_ok_and(|feature: Feature<'_>| feature.is_one())
}

/// The text of a feature with another geometry; a bare geometry becomes a feature.
pub(super) fn with_geometry(text: &str, geometry: Option<&RawGeometry>) -> Result<String> {
    let feature: Feature<'_> =
        serde_json::from_str(text).map_err(|error| fault::not_geojson(&error.to_string()))?;
    let mut written = String::with_capacity(text.len());
    if !feature.is_one() {
        written.push_str(r#"{"type":"Feature","properties":null,"geometry":"#);
        push_geometry(&mut written, geometry);
        written.push('}');
        return Ok(written);
    }
    let Some(old) = feature.geometry.map(RawValue::get) else {
        return Err(fault::not_geojson("it has no geometry"));
    };
    // The value is part of the text.
    let start = old.as_ptr() as usize - text.as_ptr() as usize;
    written.push_str(&text[..start]);
    push_geometry(&mut written, geometry);
    written.push_str(&text[start + old.len()..]);
    Ok(written)
}

fn push_geometry(text: &mut String, geometry: Option<&RawGeometry>) {
    let Some(geometry) = geometry else {
        text.push_str("null");
        return;
    };
    let _ = write!(text, "{{\"type\":\"{}\",", geometry.type_name());
    if let RawGeometry::GeometryCollection(members) = geometry {
        text.push_str("\"geometries\":");
        list(text, members, |text, member| push_geometry(text, Some(member)));
    } else {
        text.push_str("\"coordinates\":");
    }
    match geometry {
        RawGeometry::Point(at) => push_position(text, at),
        RawGeometry::MultiPoint(line) | RawGeometry::LineString(line) => push_line(text, line),
        RawGeometry::MultiLineString(lines) | RawGeometry::Polygon(lines) => {
            list(text, lines, push_line);
        }
        RawGeometry::MultiPolygon(areas) => {
            list(text, areas, |text, area| list(text, area, push_line));
        }
        RawGeometry::GeometryCollection(_) => {}
    }
    text.push('}');
}

fn list<T>(text: &mut String, all: &[T], push: impl Fn(&mut String, &T)) {
    text.push('[');
    for (index, one) in all.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        push(text, one);
    }
    text.push(']');
}

fn push_line(text: &mut String, line: &Vec<Coord>) {
    list(text, line, push_position);
}

/// The shortest numbers that are read as the same.
fn push_position(text: &mut String, at: &Coord) {
    let _ = write!(text, "[{},{}]", at.x + 0.0, at.y + 0.0);
}
