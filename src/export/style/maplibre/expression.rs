//! Expressions of MapLibre: classes, sizes and names.

use serde_json::{Value as Json, json};
use tumen_render::layout::resolved::{By, Sizes};
use tumen_render::spec::{LabelPlacement, LabelStyle, SecondLanguage, Value};

use crate::export::map::MapLayer;
use crate::export::style::sprite::PIXELS;
use crate::export::style::{has_column, name_columns};

fn get(column: &str) -> Json {
    json!(["get", column])
}

/// Whether the property of a feature is, or holds, a value.
fn holds(layer: &MapLayer, property: &str, value: &Value) -> Json {
    let texts = match value {
        Value::List(texts) => texts.as_slice(),
        Value::Text(text) => std::slice::from_ref(text),
        Value::Number(_) => &[],
    };
    if !layer.lists.iter().any(|list| list == property) || texts.is_empty() {
        let literal = match value {
            Value::Number(number) => json!(number),
            _ => json!(value.to_text()),
        };
        return json!(["==", get(property), literal]);
    }
    let text = json!(["to-string", ["coalesce", get(property), ""]]);
    let all: Vec<Json> = texts.iter().map(|value| json!(["in", value, text])).collect();
    if let [one] = all.as_slice() { one.clone() } else { [vec![json!("all")], all].concat().into() }
}

/// The filter for the features of a class; nothing when it takes all.
pub(super) fn filter(layer: &MapLayer, class: usize) -> Option<Json> {
    let place = match &layer.style.by {
        By::Nothing => return None,
        By::Values { property, .. } | By::Bounds { property, .. }
            if !has_column(layer, property) =>
        {
            return Some(json!(class + 1 == layer.style.classes.len()));
        }
        By::Values { property, values } => {
            let mut case = vec![json!("case")];
            for (place, value) in values.iter().enumerate() {
                case.extend([holds(layer, property, value), json!(place)]);
            }
            case.push(json!(values.len()));
            Json::from(case)
        }
        By::Bounds { property, between, ends: _ } => {
            let number = json!(["to-number", get(property)]);
            let mut step = vec![json!("step"), number, json!(0)];
            for (place, bound) in between.iter().enumerate() {
                step.extend([json!(bound), json!(place + 1)]);
            }
            let missing = json!(["==", get(property), null]);
            json!(["case", missing, between.len() + 1, Json::from(step)])
        }
    };
    Some(json!(["==", place, class]))
}

/// The size that a number gives, times `factor` plus `more`.
pub(super) fn size(sizes: &Sizes, factor: f64, more: f64) -> Json {
    let Sizes { property, largest, largest_pt, smallest_pt, area } = sizes;
    let number = json!(["to-number", get(property), 0]);
    let share = json!(["/", ["max", number, 0], largest]);
    let share = if *area { json!(["sqrt", share]) } else { share };
    let size = json!(["*", ["max", smallest_pt, ["*", share, largest_pt]], factor]);
    if more > 0.0 { json!(["+", size, more]) } else { size }
}

/// What a label says.
pub(super) fn label(layer: &MapLayer, labels: &LabelStyle, languages: &[String]) -> Option<Json> {
    if labels.field != "name" {
        let text = json!(["to-string", ["coalesce", get(&labels.field), ""]]);
        return has_column(layer, &labels.field).then_some(text);
    }
    let (wanted, rest) = name_columns(layer, labels, languages);
    let all: Vec<Json> = wanted.iter().chain(&rest).map(|column| get(column)).collect();
    if all.is_empty() {
        return None;
    }
    let any = Json::from([vec![json!("coalesce")], all, vec![json!("")]].concat());
    let [first, second] = wanted.as_slice() else { return Some(any) };
    let between = match (labels.placement, labels.second) {
        (LabelPlacement::Line, _) => "  ",
        (_, SecondLanguage::Beside) => " ",
        (_, SecondLanguage::Below) => "\n",
    };
    let both = json!([
        "all",
        ["has", first],
        ["has", second],
        ["!=", get(first), null],
        ["!=", get(second), null],
        ["!=", get(first), get(second)]
    ]);
    let two = json!(["concat", get(first), between, get(second)]);
    Some(json!(["case", both, two, any]))
}

/// A length in CSS pixels, to a thousandth.
pub(super) fn px(pt: f64) -> f64 {
    (pt * PIXELS * 1000.0).round() / 1000.0
}
