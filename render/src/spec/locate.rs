//! The line of a spec's text on which a field stands, for errors found after it was read.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a spec is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// TOML 1.0.
    Toml,
    /// JSON.
    Json,
}

/// The line (from 1) of `text` on which the field at the end of the way `field` stands, as
/// [`Error::field`](crate::Error::field) gives it. A field that is not written stands where the
/// table is that it would be in.
///
/// `None` when the text says nothing of it: for a field of the whole spec that is not written, for a
/// layer of the base map, and for a text that cannot be read. Reads the whole text.
///
/// ```
/// use tumen_render::spec::{Notation, line_of};
///
/// let text = "title = 'Ports'\n[[layers]]\nid = 'ports'\nsource = 'catalogue'\n";
/// assert_eq!(line_of(text, Notation::Toml, &["layers", "ports", "source"]), Some(4));
/// assert_eq!(line_of(text, Notation::Toml, &["layers", "ports", "style"]), Some(2));
/// assert_eq!(line_of(text, Notation::Toml, &["extent"]), None);
/// ```
pub fn line_of(text: &str, notation: Notation, field: &[&str]) -> Option<usize> {
    let offset = match notation {
        Notation::Toml => in_toml(text, field),
        Notation::Json => in_json(text, field),
    }?;
    Some(text.get(..offset)?.matches('\n').count() + 1)
}

fn in_toml(text: &str, field: &[&str]) -> Option<usize> {
    let document = DeTable::parse(text).ok()?;
    let (first, rest) = field.split_first()?;
    let (key, mut value) = document.get_ref().get_key_value(*first)?;
    let mut at = key.span().start;
    for step in rest {
        match value.get_ref() {
            DeValue::Table(table) => {
                let Some((key, inner)) = table.get_key_value(*step) else { break };
                (at, value) = (key.span().start, inner);
            }
            DeValue::Array(items) => {
                let called = |item: &&Spanned<DeValue<'_>>| match item.get_ref() {
                    DeValue::String(text) => text == step,
                    DeValue::Table(table) => {
                        table.get("id").and_then(|id| id.get_ref().as_str()) == Some(*step)
                    }
                    _ => false,
                };
                value = items.iter().find(called).or_else(|| items.get(place(step)?))?;
                at = value.span().start;
            }
            _ => break,
        }
    }
    Some(at)
}

fn in_json(text: &str, field: &[&str]) -> Option<usize> {
    type Table<'a> = BTreeMap<String, &'a RawValue>;
    let mut value: &RawValue = serde_json::from_str(text).ok()?;
    for (depth, step) in field.iter().enumerate() {
        if let Ok(table) = serde_json::from_str::<Table<'_>>(value.get()) {
            match table.get(*step) {
                Some(inner) => value = inner,
                None if depth == 0 => return None,
                None => break,
            }
        } else if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
            let is = |raw: &RawValue| {
                serde_json::from_str(raw.get()).is_ok_and(|is: String| is == *step)
            };
            let called = |item: &&&RawValue| {
                let table: Result<Table<'_>, _> = serde_json::from_str(item.get());
                is(item) || table.is_ok_and(|table| table.get("id").is_some_and(|id| is(id)))
            };
            value = items.iter().find(called).or_else(|| items.get(place(step)?))?;
        } else {
            break;
        }
    }
    // A raw value is the part of the text that it was read from.
    value.get().as_ptr().addr().checked_sub(text.as_ptr().addr())
}

/// The place in a list that a step gives.
fn place(step: &str) -> Option<usize> {
    step.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = "# a map\n\
        extent = { features = [\n  'rajin',\n  'nowhere',\n] }\n\
        [[layers]]\nid = 'a'\nsource = 'b'\n\
        [[layers]]\nid = 'c.d'\nsource = 'e'\n[layers.style]\nfill = '#ffffff'\n\
        [layers.combine]\nstyles = [\n  { members = ['x'] },\n  { members = [] },\n]\n\
        [furniture]\ninset.extent.bbox = [0, 0, 0, 0]\n";

    const JSON: &str = "{\n\
        \"extent\": { \"features\": [\n  \"rajin\",\n  \"now\\u0068ere\"\n] },\n\
        \"layers\": [\n{ \"id\": \"a\",\n  \"source\": \"b\" },\n\
        { \"id\": \"c.d\",\n  \"source\": \"e\",\n  \"style\": {\n  \"fill\": \"#ffffff\" },\n\
        \"combine\": {\n  \"styles\": [\n  { \"members\": [\"x\"] },\n  { \"members\": [] }\n] } } ]\n}";

    #[test]
    fn fields_are_found_by_the_way_to_them() {
        let cases: [(&[&str], Option<usize>, Option<usize>); 10] = [
            (&["extent"], Some(2), Some(2)),
            (&["extent", "features", "nowhere"], Some(4), Some(4)),
            (&["layers", "a"], Some(6), Some(7)),
            (&["layers", "c.d", "source"], Some(11), Some(10)),
            (&["layers", "1", "id"], Some(10), Some(9)),
            (&["layers", "c.d", "style", "fill"], Some(13), Some(12)),
            (&["layers", "c.d", "combine", "styles", "1", "members"], Some(17), Some(16)),
            // Not written: the table that it would be in, if it is no layer of another spec.
            (&["layers", "c.d", "style", "stroke"], Some(12), Some(11)),
            (&["layers", "land", "style"], None, None),
            (&["theme"], None, None),
        ];
        for (field, toml, json) in cases {
            assert_eq!(line_of(TOML, Notation::Toml, field), toml, "{field:?} in TOML");
            assert_eq!(line_of(JSON, Notation::Json, field), json, "{field:?} in JSON");
        }
        let inset = ["furniture", "inset", "extent", "bbox"];
        assert_eq!(line_of(TOML, Notation::Toml, &inset), Some(20));
        assert_eq!(line_of("title = ", Notation::Toml, &["title"]), None);
        assert_eq!(line_of("{", Notation::Json, &["title"]), None);
    }
}
