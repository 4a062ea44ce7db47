//! A placemark as features.

use std::collections::BTreeMap;

use serde_json::{Number, Value};
use tumen_geo_core::raw::{RawFeature, RawGeometry};

use super::super::Notes;
use super::element::Element;
use super::geometry::Parts;
use crate::error::Result;
use crate::export::kml::COLUMNS;

/// The fields of each schema with their types.
pub(super) type Schemas = BTreeMap<String, Vec<(String, String)>>;

/// The features of a placemark: one, or one for each kind of geometry in it, or none where it has
/// none.
pub(super) fn features(
    placemark: &Element,
    index: usize,
    folder: Option<&str>,
    schemas: &Schemas,
    notes: &Notes,
) -> Result<Vec<RawFeature>> {
    let mut feature = RawFeature {
        id: placemark.attribute("id").map(str::to_owned),
        index,
        geometry: None,
        properties: properties(placemark, folder, schemas, notes),
        densified: is_whole(placemark),
        ..RawFeature::default()
    };
    let mut parts = Parts::default();
    let found = placemark.children.iter().try_for_each(|child| parts.add(child));
    found.map_err(|e| e.within(&format!("feature '{}'", feature.name())))?;
    for left_out in std::mem::take(&mut parts.left_out) {
        notes.count(left_out);
    }
    let mut geometries = parts.geometries().into_iter();
    match (geometries.next(), geometries.len()) {
        (None, _) => {
            notes.count("placemarks without a geometry are left out");
            Ok(Vec::new())
        }
        (Some((_, geometry)), 0) => {
            feature.geometry = Some(geometry);
            Ok(vec![feature])
        }
        (Some(first), _) => {
            notes.count("areas, lines and points of one placemark are made features of their own");
            let name = feature.name();
            let part = |(kind, geometry): (&str, RawGeometry)| RawFeature {
                id: Some(format!("{name}-{kind}")),
                geometry: Some(geometry),
                ..feature.clone()
            };
            Ok(std::iter::once(first).chain(geometries).map(part).collect())
        }
    }
}

/// Name, description, time and the data of a placemark.
fn properties(
    placemark: &Element,
    folder: Option<&str>,
    schemas: &Schemas,
    notes: &Notes,
) -> Vec<(String, Value)> {
    let mut properties = Properties { all: Vec::new(), notes };
    let data = placemark.child("ExtendedData");
    if !is_whole(placemark) {
        let texts = [
            ("name", placemark.text_of("name")),
            ("description", placemark.text_of("description")),
            ("address", placemark.text_of("address")),
            ("folder", folder),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                properties.add(name, text.into());
            }
        }
        let time = |of: &str, name: &str| placemark.child(of).and_then(|time| time.text_of(name));
        let when = time("TimeStamp", "when");
        for (name, text) in [
            ("date_from", time("TimeSpan", "begin").or(when)),
            ("date_to", time("TimeSpan", "end").or(when)),
        ] {
            if let Some(text) = text {
                properties.add(name, text.into());
            }
        }
    }
    for part in data.map(|data| &data.children).into_iter().flatten() {
        match part.name.as_str() {
            "Data" => {
                if let (Some(name), Some(value)) = (part.attribute("name"), part.child("value")) {
                    properties.add(name, text(&value.text));
                }
            }
            "SchemaData" => {
                let known = schemas.get(schema(part)).map(Vec::as_slice).unwrap_or_default();
                let data: Vec<(&str, &str)> = (part.all("SimpleData"))
                    .filter_map(|one| Some((one.attribute("name")?, one.text.as_str())))
                    .collect();
                // Those without a value keep their place.
                for (name, of) in known {
                    let written = data.iter().find(|(of, _)| of == name).map_or("", |one| one.1);
                    properties.add(name, value(written, of));
                }
                for (name, written) in data {
                    if known.iter().all(|(of, _)| of != name) {
                        properties.add(name, text(written));
                    }
                }
            }
            _ => {}
        }
    }
    properties.all
}

/// Whether the data of a placemark are all that there is, see [`COLUMNS`].
fn is_whole(placemark: &Element) -> bool {
    let data = placemark.child("ExtendedData");
    data.is_some_and(|data| data.all("SchemaData").any(|typed| schema(typed) == COLUMNS))
}

struct Properties<'a> {
    all: Vec<(String, Value)>,
    notes: &'a Notes,
}

impl Properties<'_> {
    fn add(&mut self, name: &str, value: Value) {
        match self.all.iter().find(|(known, _)| known == name) {
            None => self.all.push((name.to_owned(), value)),
            Some((_, before)) if *before == value => {}
            Some(_) => {
                self.notes.count(&format!("of two values of '{name}' the first is taken"));
            }
        }
    }
}

/// The id of the schema that data are of.
fn schema(data: &Element) -> &str {
    let url = data.attribute("schemaUrl").unwrap_or_default();
    url.rsplit('#').next().unwrap_or_default()
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}

/// A text of a type of the schema, as a number or boolean where it is one.
fn value(written: &str, of: &str) -> Value {
    let short = written.trim();
    let value = match of {
        "int" | "uint" | "short" | "ushort" => short.parse().ok().map(|n: i64| n.into()),
        "float" | "double" => {
            let whole = short.parse().ok().map(|n: i64| Value::from(n));
            let number = |n: f64| Number::from_f64(n).map(Value::Number);
            whole.or_else(|| short.parse().ok().and_then(number))
        }
        "bool" => match short {
            "1" | "true" => Some(true.into()),
            "0" | "false" => Some(false.into()),
            _ => None,
        },
        _ => None,
    };
    value.unwrap_or_else(|| text(written))
}
