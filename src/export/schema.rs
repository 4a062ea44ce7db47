//! The columns of features that were read from a file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use geo_types::Coord;
use serde_json::Value;
use tumen_geo_core::raw::{RawFeature, RawGeometry};

use super::field::{Field, Type, field};
use super::layer::{GeometryType, Layer};

/// Columns in the making: names in the order in which they first appear, each of the narrowest type
/// that holds all its cells.
#[derive(Debug, Default)]
pub struct Schema {
    columns: Vec<(String, Option<Type>)>,
    /// Places in `columns` by name.
    by_name: BTreeMap<String, usize>,
    geometry: Option<GeometryType>,
    /// Number of features.
    pub count: usize,
}

impl Schema {
    /// Takes a feature into account.
    pub fn add(&mut self, feature: &RawFeature) {
        self.count += 1;
        for (place, (name, value)) in feature.properties.iter().enumerate() {
            // Most features have the properties of the one before.
            let known = self.columns.get(place).is_some_and(|(known, _)| known == name);
            let place = if known { place } else { self.place(name) };
            let column = &mut self.columns[place].1;
            *column = widened(*column, value);
        }
        if let Some(here) = feature.geometry.as_ref().and_then(kind) {
            self.geometry = Some(self.geometry.map_or(here, |before| before.with(here)));
        }
    }

    fn place(&mut self, name: &str) -> usize {
        if let Some(&place) = self.by_name.get(name) {
            return place;
        }
        self.columns.push((name.to_owned(), None));
        self.by_name.insert(name.to_owned(), self.columns.len() - 1);
        self.columns.len() - 1
    }

    /// The layer that holds them all, `id` first.
    ///
    /// What crosses ±180° is cut there, which its type allows for.
    pub fn layer(&self, name: &str) -> Layer {
        let id = field("id", Type::Text, "Id of the feature");
        let own = self.columns.iter().filter(|(name, _)| name != "id").map(|(name, of)| Field {
            name: Cow::Owned(name.clone()),
            of: of.unwrap_or(Type::Text),
            about: Cow::Borrowed(""),
        });
        Layer {
            name: name.to_owned(),
            title: String::new(),
            fields: std::iter::once(id).chain(own).collect(),
            geometry: self.geometry.unwrap_or(GeometryType::Mixed),
        }
    }
}

/// The type of a geometry as it is written; `None` when it is of no one kind.
fn kind(geometry: &RawGeometry) -> Option<GeometryType> {
    Some(match geometry {
        RawGeometry::LineString(line) if may_be_cut(line) => GeometryType::MultiLineString,
        RawGeometry::Polygon(rings) if rings.iter().any(|ring| may_be_cut(ring)) => {
            GeometryType::MultiPolygon
        }
        RawGeometry::Point(_) => GeometryType::Point,
        RawGeometry::MultiPoint(_) => GeometryType::MultiPoint,
        RawGeometry::LineString(_) => GeometryType::LineString,
        RawGeometry::MultiLineString(_) => GeometryType::MultiLineString,
        RawGeometry::Polygon(_) => GeometryType::Polygon,
        RawGeometry::MultiPolygon(_) => GeometryType::MultiPolygon,
        RawGeometry::GeometryCollection(_) => return None,
    })
}

/// Whether a line or ring has a position beyond ±180° or a jump over it, so that it is written in
/// several parts.
fn may_be_cut(line: &[Coord]) -> bool {
    line.iter().any(|at| at.x.abs() > 180.0)
        || line.windows(2).any(|pair| (pair[0].x - pair[1].x).abs() > 180.0)
}

/// The narrowest type for what a column held and another cell.
fn widened(before: Option<Type>, value: &Value) -> Option<Type> {
    let here = match value {
        Value::Null => return before,
        Value::Bool(_) => Type::Boolean,
        Value::Number(number) if number.is_i64() => Type::Integer,
        Value::Number(_) => Type::Number,
        Value::String(text) if before != Some(Type::Text) && is_date(text) => Type::Date,
        _ => Type::Text,
    };
    Some(match (before, here) {
        (None, here) => here,
        (Some(before), here) if before == here => here,
        (Some(Type::Integer), Type::Number) | (Some(Type::Number), Type::Integer) => Type::Number,
        _ => Type::Text,
    })
}

/// Whether a text is a day as ISO 8601 writes it.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes[range].iter().try_fold(0_u32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let (Some(year), Some(month), Some(day)) = (digits(0..4), digits(5..7), digits(8..10)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=last).contains(&day)
}

/// A value of a file as a cell of a column of `of`, which was widened by it.
pub fn cell(value: Value, of: Type) -> Value {
    match (of, value) {
        (_, Value::Null) => Value::Null,
        (Type::Text, Value::String(text)) => Value::String(text),
        (Type::Text, Value::Array(values)) => {
            Value::String(values.iter().map(super::sheet::cell).collect::<Vec<_>>().join("; "))
        }
        (Type::Text, value) => Value::String(value.to_string()),
        (Type::Number, Value::Number(number)) => number.as_f64().into(),
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(values: &[Value]) -> Option<Type> {
        values.iter().fold(None, widened)
    }

    #[test]
    fn what_is_cut_at_the_antimeridian_has_several_parts() {
        let line = |x: [f64; 2]| RawGeometry::LineString(x.map(|x| Coord { x, y: 60.0 }).to_vec());
        assert_eq!(kind(&line([170.0, 180.0])), Some(GeometryType::LineString));
        assert_eq!(kind(&line([179.0, -179.0])), Some(GeometryType::MultiLineString));
        assert_eq!(kind(&line([179.0, 181.0])), Some(GeometryType::MultiLineString));
        let ring = [170.0, 190.0, 190.0, 170.0].map(|x| Coord { x, y: x / 3.0 });
        let area = RawGeometry::Polygon(vec![ring.to_vec()]);
        assert_eq!(kind(&area), Some(GeometryType::MultiPolygon));
    }

    #[test]
    fn columns_are_as_narrow_as_their_cells_allow() {
        assert_eq!(of(&[Value::Null]), None);
        assert_eq!(of(&[json!(1), Value::Null, json!(-7)]), Some(Type::Integer));
        assert_eq!(of(&[json!(1), json!(0.5)]), Some(Type::Number));
        assert_eq!(of(&[json!(18_446_744_073_709_551_615_u64)]), Some(Type::Number));
        assert_eq!(of(&[json!(true), json!(1)]), Some(Type::Text));
        assert_eq!(of(&[json!("1991-12-24"), json!("1992-02-29")]), Some(Type::Date));
        assert_eq!(of(&[json!("1991-12-24"), json!("about 1993")]), Some(Type::Text));
        assert_eq!(of(&[json!("x"), json!("1991-12-24")]), Some(Type::Text));
        for wrong in ["1991-02-29", "1991-13-01", "1991-1-1", "1991/12/24", "1991-12-24T00:00"] {
            assert_eq!(of(&[json!(wrong)]), Some(Type::Text), "{wrong}");
        }
    }
}
