//! Classes as filters (Filter Encoding 1.1).

use tumen_render::layout::resolved::By;
use tumen_render::spec::Value;

use crate::export::element::Element;
use crate::export::map::MapLayer;
use crate::export::style::has_column;

pub(super) fn property(name: &str) -> Element {
    Element::of_text("ogc:PropertyName", name)
}

pub(super) fn literal(value: &str) -> Element {
    Element::of_text("ogc:Literal", value)
}

fn compare(how: &'static str, name: &str, value: &str) -> Element {
    Element::new(how).child(property(name)).child(literal(value))
}

/// Whether the property of a feature is, or holds, a value.
fn holds(layer: &MapLayer, name: &str, value: &Value) -> Element {
    let texts = match value {
        Value::List(texts) => texts.as_slice(),
        Value::Text(text) => std::slice::from_ref(text),
        Value::Number(_) => &[],
    };
    if !layer.lists.iter().any(|list| list == name) || texts.is_empty() {
        return compare("ogc:PropertyIsEqualTo", name, &value.to_text());
    }
    let like = |text: &String| {
        Element::new("ogc:PropertyIsLike")
            .with_all(&[("wildCard", "*"), ("singleChar", "?"), ("escapeChar", "\\")])
            .child(property(name))
            .child(literal(&format!("*{text}*")))
    };
    all(texts.iter().map(like).collect(), "ogc:And")
}

/// Several conditions as one.
fn all(mut conditions: Vec<Element>, joined: &'static str) -> Element {
    if conditions.len() == 1 {
        conditions.swap_remove(0)
    } else {
        Element::new(joined).children(conditions)
    }
}

/// The filter for the features of a class; nothing when it takes all.
pub(super) fn filter(layer: &MapLayer, class: usize) -> Option<Element> {
    let conditions = match &layer.style.by {
        By::Nothing => return None,
        By::Values { property, values } => {
            if !has_column(layer, property) {
                return None;
            }
            // The first that fits is taken: none of those before it does.
            let before = values.iter().take(class);
            let not =
                before.map(|value| Element::new("ogc:Not").child(holds(layer, property, value)));
            values
                .get(class)
                .map(|value| holds(layer, property, value))
                .into_iter()
                .chain(not)
                .collect()
        }
        By::Bounds { property: name, between, ends: _ } => {
            if class > between.len() {
                vec![Element::new("ogc:PropertyIsNull").child(property(name))]
            } else {
                let number = |at: usize| between.get(at).map(ToString::to_string);
                let low = class.checked_sub(1).and_then(number);
                let low = low.map(|n| compare("ogc:PropertyIsGreaterThanOrEqualTo", name, &n));
                let high = number(class).map(|n| compare("ogc:PropertyIsLessThan", name, &n));
                low.into_iter().chain(high).collect::<Vec<_>>()
            }
        }
    };
    (!conditions.is_empty()).then(|| Element::new("ogc:Filter").child(all(conditions, "ogc:And")))
}
