//! The members of a GeoJSON text as they stand there, read without a tree of values.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::coordinates::Coordinates;

/// A text: a collection, a feature or a geometry, each with the members of its type.
#[derive(Deserialize)]
pub(super) struct Document {
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) features: Option<Vec<FeatureMembers>>,
    pub(super) id: Option<Value>,
    pub(super) properties: Option<Map<String, Value>>,
    pub(super) geometry: Option<GeometryMembers>,
    pub(super) coordinates: Option<Coordinates>,
    pub(super) geometries: Option<Vec<GeometryMembers>>,
    pub(super) crs: Option<Value>,
    pub(super) edges: Option<Value>,
}

/// What a text or a geometry is.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(super) enum Kind {
    FeatureCollection,
    Feature,
    Point,
    MultiPoint,
    LineString,
    MultiLineString,
    Polygon,
    MultiPolygon,
    GeometryCollection,
}

/// A member of a collection.
#[derive(Deserialize)]
pub(super) struct FeatureMembers {
    /// Read only so that what is no feature is refused.
    #[serde(rename = "type")]
    _kind: FeatureKind,
    pub(super) id: Option<Value>,
    pub(super) properties: Option<Map<String, Value>>,
    pub(super) geometry: Option<GeometryMembers>,
    pub(super) edges: Option<Value>,
}

#[derive(Deserialize)]
enum FeatureKind {
    Feature,
}

impl FeatureMembers {
    /// The feature that a text consists of.
    pub(super) fn new(
        id: Option<Value>,
        properties: Option<Map<String, Value>>,
        geometry: Option<GeometryMembers>,
    ) -> Self {
        Self { _kind: FeatureKind::Feature, id, properties, geometry, edges: None }
    }
}

/// A geometry.
#[derive(Deserialize)]
pub(super) struct GeometryMembers {
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) coordinates: Option<Coordinates>,
    pub(super) geometries: Option<Vec<GeometryMembers>>,
}
