//! Properties, made flat: a table has no cells in its cells.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// Properties in the order of the text, each a scalar or a list of scalars: the members of an object
/// have become `a.b`, a list of lists or of objects its text.
#[derive(Default)]
pub(super) struct Properties {
    pub(super) all: Vec<(String, Value)>,
    /// Whether there was an object or a list of lists among them.
    pub(super) flattened: bool,
}

impl Properties {
    fn new(mut all: Vec<(String, Value)>) -> Self {
        settle(&mut all);
        let scalar = |value: &Value| !value.is_array() && !value.is_object();
        let flat = |value: &Value| value.as_array().map_or(scalar(value), |v| v.iter().all(scalar));
        let flattened = !all.iter().all(|(_, value)| flat(value));
        if flattened {
            let mut columns = Vec::with_capacity(2 * all.len());
            for (name, value) in all {
                flatten(name, value, &flat, &mut columns);
            }
            all = columns;
            settle(&mut all);
        }
        Self { all, flattened }
    }
}

/// Properties of other kinds of JSON, made flat as those of features of `GeoJSON` are.
pub fn flat(properties: serde_json::Map<String, Value>) -> Vec<(String, Value)> {
    Properties::new(properties.into_iter().collect()).all
}

/// The members of an object as properties named `a.b`; a list that is not `flat` as its text.
fn flatten(
    name: String,
    value: Value,
    flat: &impl Fn(&Value) -> bool,
    columns: &mut Vec<(String, Value)>,
) {
    match value {
        Value::Object(members) if members.is_empty() => columns.push((name, Value::Null)),
        Value::Object(members) => {
            for (member, value) in members {
                flatten(format!("{name}.{member}"), value, flat, columns);
            }
        }
        value if flat(&value) => columns.push((name, value)),
        value => columns.push((name, Value::String(value.to_string()))),
    }
}

/// Keeps, of those of one name, only the last, in the place of the first.
fn settle(all: &mut Vec<(String, Value)>) {
    const FEW: usize = 24;
    let repeated = |i: usize| all[..i].iter().any(|(before, _)| *before == all[i].0);
    if all.len() <= FEW && !(0..all.len()).any(repeated) {
        return;
    }
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<(String, Value)> = Vec::with_capacity(all.len());
    for (name, value) in all.drain(..) {
        if let Some(&place) = places.get(&name) {
            kept[place].1 = value;
        } else {
            places.insert(name.clone(), kept.len());
            kept.push((name, value));
        }
    }
    *all = kept;
}

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Flat;

        impl<'de> Visitor<'de> for Flat {
            type Value = Properties;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("properties, an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Properties, A::Error> {
                let mut all = Vec::with_capacity(8);
                while let Some(property) = map.next_entry()? {
                    all.push(property);
                }
                Ok(Properties::new(all))
            }
        }

        deserializer.deserialize_map(Flat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(text: &str) -> (Value, bool) {
        let properties: Properties = serde_json::from_str(text).unwrap();
        let pair = |(name, value)| json!([name, value]);
        (properties.all.into_iter().map(pair).collect(), properties.flattened)
    }

    #[test]
    fn nested_values_become_columns() {
        assert_eq!(
            of(r#"{"a":{"b":1,"c":{"d":null}},"e":[1,"x",null],"f":{}, "g":[{"h":1}],"i":[[1]]}"#),
            (
                json!([
                    ["a.b", 1],
                    ["a.c.d", null],
                    ["e", [1, "x", null]],
                    ["f", null],
                    ["g", "[{\"h\":1}]"],
                    ["i", "[[1]]"]
                ]),
                true
            )
        );
        assert_eq!(of(r#"{"a":1.5,"b":[]}"#), (json!([["a", 1.5], ["b", []]]), false));
    }

    #[test]
    fn the_last_of_a_name_counts() {
        assert_eq!(of(r#"{"a":1,"b":2,"a":{"b":3},"a.b":4}"#).0, json!([["a.b", 4], ["b", 2]]));
        let many: Vec<String> = (0..100).map(|i| format!("\"k{}\":{i}", i % 60)).collect();
        let (all, _) = of(&format!("{{{}}}", many.join(",")));
        assert_eq!((all.as_array().unwrap().len(), &all[7]), (60, &json!(["k7", 67])));
        assert_eq!(all[59], json!(["k59", 59]));
    }
}
