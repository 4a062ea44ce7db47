//! The data behind a map: features, relief and credits, given by the caller.

use std::collections::BTreeMap;

use geo_types::Geometry;
use schemars::JsonSchema;
use serde::Deserialize;
use tumen_geo_core::Bbox;

use super::layer::LayerSpec;
use crate::error::Result;

/// A value of a property.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a number, a text or a list of texts")]
pub enum Value {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// Several texts.
    List(Vec<String>),
}

impl Value {
    /// Whether this is `wanted`, or a list that holds it (all of it, when `wanted` is a list).
    pub fn holds(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::List(have), Self::Text(text)) => have.contains(text),
            (Self::List(have), Self::List(texts)) => texts.iter().all(|t| have.contains(t)),
            (Self::Text(_), Self::Number(_)) => self.number() == wanted.number(),
            _ => self == wanted,
        }
    }

    /// The number, or the one that the text is; `None` for other texts and for what is not finite.
    pub fn number(&self) -> Option<f64> {
        let number = match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            Self::List(_) => None,
        };
        number.filter(|number: &f64| number.is_finite())
    }

    /// The value as a label.
    pub fn to_text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::List(texts) => texts.join(", "),
        }
    }
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct MapFeature {
    /// Its id, unique in its layer.
    pub id: String,
    /// Degrees on WGS 84, longitude first. Longitudes run on without a jump at ±180°, and edges
    /// are straight in longitude and latitude: geodesics come densified.
    pub geometry: Geometry<f64>,
    /// Names by language.
    pub names: BTreeMap<String, String>,
    /// Further properties, for categories and labels.
    pub properties: BTreeMap<String, Value>,
    /// 1 is the most important.
    pub rank: u8,
}

impl MapFeature {
    /// A property; `rank` and `id` are always there.
    pub fn property(&self, name: &str) -> Option<Value> {
        match name {
            "rank" => Some(Value::Number(f64::from(self.rank))),
            "id" => Some(Value::Text(self.id.clone())),
            _ => self.properties.get(name).cloned(),
        }
    }
}

/// Heights on a grid of longitudes and latitudes.
#[derive(Clone, Debug, PartialEq)]
pub struct Relief {
    /// Longitude of the middle of the first column, degrees.
    pub west: f64,
    /// Latitude of the middle of the first row, degrees.
    pub north: f64,
    /// Distance between columns and between rows, degrees.
    pub step_deg: f64,
    /// Number of columns.
    pub width: usize,
    /// Number of rows.
    pub height: usize,
    /// Heights in metres, rows from the north.
    pub metres: Vec<i16>,
}

/// Where the features of a map come from.
pub trait MapData {
    /// The features of a layer that may touch `frame`, as they were in `year` (all when there is
    /// none); features outside the frame do no harm.
    ///
    /// # Errors
    /// When the source or query of the layer names nothing.
    fn features(
        &self,
        layer: &LayerSpec,
        frame: &Bbox,
        year: Option<i32>,
    ) -> Result<Vec<MapFeature>>;

    /// The heights in `frame`, if there are any.
    fn relief(&self, frame: &Bbox) -> Option<Relief>;

    /// One credit per source behind `sources` (those of the layers drawn), in the order to print.
    fn credits(&self, sources: &[&str]) -> Vec<String>;

    /// The box around features, by id.
    ///
    /// # Errors
    /// When an id names nothing.
    fn extent_of(&self, ids: &[String]) -> Result<Bbox>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_their_members() {
        let modes = Value::List(vec!["rail".into(), "road".into()]);
        assert!(modes.holds(&Value::Text("road".into())));
        assert!(modes.holds(&Value::List(vec!["road".into(), "rail".into()])));
        assert!(!modes.holds(&Value::Text("river".into())));
        assert!(Value::Number(2.0).holds(&Value::Number(2.0)));
        assert_eq!(modes.to_text(), "rail, road");
    }

    #[test]
    fn texts_of_digits_are_numbers() {
        assert_eq!(Value::Text(" 12.5".into()).number(), Some(12.5));
        assert_eq!(Value::Text("12 km".into()).number(), None);
        assert_eq!(Value::Text("inf".into()).number(), None);
        assert!(Value::Text("1991".into()).holds(&Value::Number(1991.0)));
        assert!(!Value::Text("x".into()).holds(&Value::Number(1991.0)));
    }
}
