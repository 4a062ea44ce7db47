//! A feature as a file has it, and as it is once it was checked.

use serde_json::Value;

use super::RawGeometry;
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::{EdgeModel, Shape};
use crate::index::Spatial;

/// A feature of a file, nothing checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawFeature {
    /// Its own id, apart from its properties.
    pub id: Option<String>,
    /// Its place in the file, from 0.
    pub index: usize,
    /// Where it is; `None` where the file says that nobody knows.
    pub geometry: Option<RawGeometry>,
    /// The properties in the order of the file: null, true and false, numbers, texts, and lists of
    /// these.
    pub properties: Vec<(String, Value)>,
    /// What the file says of its edges.
    pub edges: Option<EdgeModel>,
    /// Whether the file says that its edges were made to mean the same either way.
    pub densified: bool,
    /// Whether positions had further numbers, such as heights, which were left out.
    pub heights: bool,
    /// Whether there were objects among the properties, whose members have become properties named
    /// `a.b`, or lists of lists or of objects, which have become their JSON text.
    pub flattened: bool,
}

impl RawFeature {
    /// The own id of the feature, else its property `id`, else its property `name`, else its place
    /// in the file.
    pub fn name(&self) -> String {
        let property = |name: &str| {
            let (_, value) = self.properties.iter().find(|(key, _)| key == name)?;
            scalar(value)
        };
        let own = self.id.clone().filter(|id| !id.is_empty());
        own.or_else(|| property("id"))
            .or_else(|| property("name"))
            .unwrap_or_else(|| self.index.to_string())
    }

    /// The feature, checked; its edges mean `edges` where the file says nothing of them.
    ///
    /// # Errors
    /// [`ErrorKind::Position`] and [`ErrorKind::Geometry`] for what [`Shape::new`] refuses, for
    /// open rings and for features without a geometry; each names the feature, and the ring.
    pub fn record(self, edges: EdgeModel) -> Result<Record> {
        let id = self.name();
        let shape = (self.geometry)
            .ok_or_else(|| {
                Error::new(ErrorKind::Geometry, "it has no geometry")
                    .with_hint("leave the feature out, or give it a position")
            })
            .and_then(RawGeometry::to_geometry)
            .and_then(|geometry| match (self.densified, self.edges) {
                (true, declared) => {
                    Shape::densified(geometry, declared.unwrap_or(EdgeModel::LonLat))
                }
                (false, declared) => Shape::new(geometry, declared.unwrap_or(edges)),
            })
            .map_err(|e| e.within(format!("feature '{id}'")))?;
        let repeats_id = |(name, value): &(String, Value)| {
            name == "id" && scalar(value).is_some_and(|value| value == id)
        };
        let properties = self.properties.into_iter();
        let properties = properties.filter(|property| !repeats_id(property)).collect();
        Ok(Record { id, shape, properties })
    }
}

/// A text or number as an id.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A feature of a file, its geometry checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What [`RawFeature::name`] was.
    pub id: String,
    /// Where it is.
    pub shape: Shape,
    /// The properties in the order of the file, without one that only repeats the id.
    pub properties: Vec<(String, Value)>,
}

impl Spatial for Record {
    fn id(&self) -> &str {
        &self.id
    }
    fn shape(&self) -> &Shape {
        &self.shape
    }
}
