//! What is wrong with a text, and where.

use serde_json::Value;

use crate::error::{Error, ErrorKind};

/// Says what is wrong with a feature that could not be read, and in which line of the whole text
/// that begins in line `first`.
pub(super) fn explain(text: &str, what: &str, name: &str, first: usize) -> Error {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            let id = ["/id", "/properties/id", "/properties/name"];
            let id = id.iter().find_map(|place| value.pointer(place).and_then(scalar));
            not_geojson(what).within(format!("feature '{}'", id.as_deref().unwrap_or(name)))
        }
        Err(error) if error.to_string().starts_with("recursion limit") => {
            not_geojson(what).within(format!("feature '{name}'"))
        }
        Err(error) => {
            let text = error.to_string();
            let what = text.split(" at line ").next().unwrap_or_default();
            not_json(&format!("{what} in line {}", first + error.line().saturating_sub(1)))
                .within(format!("feature '{name}'"))
        }
    }
}

/// A text or number as an id.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

pub(super) fn nothing_in_it() -> Error {
    Error::new(ErrorKind::Format, "there is nothing in it")
        .with_hint("a GeoJSON text starts with {\"type\": \"FeatureCollection\"")
}

pub(super) fn cut_off(line: usize) -> Error {
    Error::new(ErrorKind::Format, format!("it ends too early, in line {line}"))
        .with_hint("the file is cut off: fetch or write it again")
}

pub(super) fn too_long(most: usize) -> Error {
    let what = format!("a feature, or what stands around the features, has more than {most} bytes");
    Error::new(ErrorKind::Format, what)
        .with_hint("split it: the coast of a country in all detail has some ten million bytes")
}

pub(super) fn not_utf8() -> Error {
    Error::new(ErrorKind::Format, "it is not UTF-8 text")
        .with_hint("write it again as UTF-8, as RFC 8259 asks")
}

pub(super) fn not_json(what: &str) -> Error {
    Error::new(ErrorKind::Format, format!("it is not JSON: {what}"))
        .with_hint("JSON has no NaN, no comments and no comma before a closing bracket")
}

pub(super) fn not_geojson(what: &str) -> Error {
    Error::new(ErrorKind::Format, format!("it is not GeoJSON: {what}")).with_hint(
        "see RFC 7946; a collection is {\"type\": \"FeatureCollection\", \"features\": […]}",
    )
}
