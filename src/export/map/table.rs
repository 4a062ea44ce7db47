//! The features of a map's layer as rows of a table.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use geo_types::{Geometry, MultiLineString, MultiPoint, MultiPolygon};
use serde_json::Value as Cell;
use tumen_geo_core::Shape;
use tumen_geo_core::raw::exported;
use tumen_render::layout::resolved::ResolvedLayer;
use tumen_render::spec::{MapFeature, Value};

use super::one_line;
use crate::error::Result;
use crate::export::field::{Field, Type, field};
use crate::export::layer::{GeometryType, Layer};
use crate::export::style::Kind;

/// Between the texts of a list in one cell.
const BETWEEN: &str = "; ";
/// The order of the columns of names; others follow.
const LANGUAGES: [&str; 6] = ["en", "zh", "ko", "ru", "mn", "ja"];

/// A feature with the place of its class.
type Classed = (MapFeature, usize);

/// The rows of a layer.
pub(super) struct Table {
    pub(super) layer: Layer,
    pub(super) lists: Vec<String>,
    pub(super) rows: Vec<(Shape, Vec<Cell>, usize)>,
}

impl Table {
    pub(super) fn new(
        name: &str,
        style: &ResolvedLayer,
        features: &[Classed],
        languages: &[String],
    ) -> Result<Self> {
        let spoken = spoken(features);
        let properties = properties(features);
        let mut fields = vec![field("id", Type::Text, "Id of the feature")];
        fields.extend(spoken.iter().map(|language| Field {
            name: Cow::Owned(format!("name_{language}")),
            of: Type::Text,
            about: Cow::Owned(format!("Name, language {language}")),
        }));
        fields.push(field("rank", Type::Integer, "Weight of its label, 1 first"));
        fields.extend(properties.iter().map(|(name, of)| Field {
            name: Cow::Owned(name.clone()),
            of: *of,
            about: Cow::Borrowed(""),
        }));
        let mut geometry: Option<GeometryType> = None;
        let mut rows = Vec::new();
        for (feature, class) in features {
            let shape = Shape::from_checked(feature.geometry.clone());
            let written =
                exported(&shape).map_err(|e| e.within(format!("feature '{}'", feature.id)))?;
            let here = GeometryType::of(&written);
            geometry = Some(geometry.map_or(here, |before| before.with(here)));
            let names = spoken.iter().map(|l| feature.names.get(l).cloned().into());
            let mut cells: Vec<Cell> = vec![feature.id.clone().into()];
            cells.extend(names);
            cells.push(feature.rank.into());
            cells.extend(
                properties.iter().map(|(name, of)| cell(feature.properties.get(name), *of)),
            );
            rows.push((shape, cells, *class));
        }
        let is_list = |(name, _): &&(String, Type)| {
            let value = |(feature, _): &Classed| feature.properties.get(name).cloned();
            features.iter().filter_map(value).any(|value| matches!(value, Value::List(_)))
        };
        let title = style.title.as_ref().map(|title| one_line(title, languages));
        Ok(Self {
            lists: properties.iter().filter(is_list).map(|(name, _)| name.clone()).collect(),
            layer: Layer {
                name: name.to_owned(),
                title: title.unwrap_or_default(),
                fields,
                geometry: geometry.unwrap_or(GeometryType::Mixed),
            },
            rows,
        })
    }
}

/// The languages in which features have names, in the order of their columns.
fn spoken(features: &[Classed]) -> Vec<String> {
    let all: BTreeSet<&String> = features.iter().flat_map(|(f, _)| f.names.keys()).collect();
    let known = LANGUAGES.iter().filter(|l| all.iter().any(|have| have == *l));
    let other = all.iter().filter(|l| !LANGUAGES.contains(&l.as_str()));
    known.map(ToString::to_string).chain(other.map(ToString::to_string)).collect()
}

/// The properties of features with the types of their columns. One that differs from another or from
/// an own column of the table by capitals only is left out: few formats could tell them apart.
fn properties(features: &[Classed]) -> Vec<(String, Type)> {
    let mut all: BTreeMap<&String, Option<Type>> = BTreeMap::new();
    for (name, value) in features.iter().flat_map(|(feature, _)| &feature.properties) {
        let here = match value {
            Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => Type::Integer,
            Value::Number(_) => Type::Number,
            Value::Text(_) | Value::List(_) => Type::Text,
        };
        let column = all.entry(name).or_default();
        *column = Some(match (*column, here) {
            (None, here) => here,
            (Some(before), here) if before == here => here,
            (Some(Type::Integer), Type::Number) | (Some(Type::Number), Type::Integer) => {
                Type::Number
            }
            _ => Type::Text,
        });
    }
    let mut seen: BTreeSet<String> = ["id", "rank", "fid", "geom"].map(str::to_owned).into();
    let distinct = all.into_iter().filter(|(name, _)| {
        let small = name.to_lowercase();
        !small.starts_with("name_") && seen.insert(small)
    });
    distinct.map(|(name, of)| (name.clone(), of.unwrap_or(Type::Text))).collect()
}

fn cell(value: Option<&Value>, of: Type) -> Cell {
    match (of, value) {
        (_, None) => Cell::Null,
        (Type::Integer, Some(Value::Number(number))) => (*number as i64).into(),
        (Type::Number, Some(Value::Number(number))) => (*number).into(),
        (_, Some(Value::List(texts))) => texts.join(BETWEEN).into(),
        (_, Some(value)) => value.to_text().into(),
    }
}

/// The features by the kind of their geometry, areas first, which lie below lines and points; parts
/// of a collection of several kinds go their own ways.
pub(super) fn by_kind(features: Vec<Classed>) -> Vec<(Kind, Vec<Classed>)> {
    let mut parted: BTreeMap<std::cmp::Reverse<Kind>, Vec<Classed>> = BTreeMap::new();
    for (feature, class) in features {
        for (kind, geometry) in parts_of(&feature.geometry) {
            let part = MapFeature { geometry, ..feature.clone() };
            parted.entry(std::cmp::Reverse(kind)).or_default().push((part, class));
        }
    }
    parted.into_iter().map(|(kind, part)| (kind.0, part)).collect()
}

/// A geometry of each kind that there is in `geometry`.
fn parts_of(geometry: &Geometry) -> Vec<(Kind, Geometry)> {
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => vec![(Kind::Points, geometry.clone())],
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => {
            vec![(Kind::Lines, geometry.clone())]
        }
        Geometry::Polygon(_)
        | Geometry::MultiPolygon(_)
        | Geometry::Rect(_)
        | Geometry::Triangle(_) => vec![(Kind::Areas, geometry.clone())],
        Geometry::GeometryCollection(_) => {
            let shape = Shape::from_checked(geometry.clone());
            let points = MultiPoint(shape.points().to_vec());
            let lines = MultiLineString(shape.lines().to_vec());
            let areas = MultiPolygon(shape.polygons().to_vec());
            let mut all: Vec<(Kind, Geometry)> = Vec::new();
            if !areas.0.is_empty() {
                all.push((Kind::Areas, areas.into()));
            }
            if !lines.0.is_empty() {
                all.push((Kind::Lines, lines.into()));
            }
            if !points.0.is_empty() {
                all.push((Kind::Points, points.into()));
            }
            all
        }
    }
}

#[cfg(test)]
mod tests {
    use geo_types::point;

    use super::*;

    fn feature(id: &str, properties: &[(&str, Value)]) -> Classed {
        let properties = properties.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        let names = BTreeMap::from([
            ("ko".to_owned(), "항".to_owned()),
            ("en".to_owned(), "Port".to_owned()),
        ]);
        let geometry = point!(x: 130.0, y: 42.0).into();
        (MapFeature { id: id.to_owned(), geometry, names, properties, rank: 2 }, 0)
    }

    #[test]
    fn columns_have_one_type_and_lists_are_texts() {
        let list = Value::List(vec!["rail".into(), "road".into()]);
        let all = [
            feature("a", &[("n", Value::Number(1.0)), ("N", Value::Number(3.0)), ("m", list)]),
            feature("b", &[("n", Value::Number(1.5)), ("id", Value::Text("x".into()))]),
        ];
        assert_eq!(spoken(&all), ["en", "ko"]);
        let columns = properties(&all);
        assert_eq!(columns, [("N".into(), Type::Integer), ("m".into(), Type::Text)]);
        assert_eq!(cell(all[0].0.properties.get("m"), Type::Text), "rail; road");
        assert_eq!(cell(None, Type::Text), Cell::Null);
    }
}
