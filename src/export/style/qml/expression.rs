//! Expressions of QGIS: columns, classes, sizes and names.

use tumen_render::layout::resolved::{By, Sizes};
use tumen_render::spec::{LabelPlacement, LabelStyle, SecondLanguage, Value};

use crate::export::map::MapLayer;
use crate::export::style::{has_column, name_columns, short};

/// A column.
pub(super) fn column(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text.
pub(super) fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

fn literal(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(value) => text(value),
        Value::List(texts) => text(&texts.join("; ")),
    }
}

/// Whether the property of a feature is, or holds, a value.
fn holds(layer: &MapLayer, property: &str, value: &Value) -> String {
    let column = column(property);
    let all = match value {
        Value::List(texts) => texts.as_slice(),
        Value::Text(value) => std::slice::from_ref(value),
        Value::Number(_) => &[],
    };
    if !layer.lists.iter().any(|list| list == property) || all.is_empty() {
        return format!("{column} = {}", literal(value));
    }
    let one = |value: &String| {
        format!("array_contains(string_to_array({column}, '; '), {})", text(value))
    };
    all.iter().map(one).collect::<Vec<_>>().join(" AND ")
}

/// The value of the first category that a feature is in, as a text; empty for the others.
pub(super) fn category(layer: &MapLayer, property: &str, values: &[Value]) -> String {
    if values.iter().all(|value| matches!(value, Value::Number(_) | Value::Text(_)))
        && !layer.lists.iter().any(|list| list == property)
    {
        return column(property);
    }
    let when = |value: &Value| {
        format!("WHEN {} THEN {}", holds(layer, property, value), text(&value.to_text()))
    };
    let cases: Vec<String> = values.iter().map(when).collect();
    format!("CASE {} ELSE '' END", cases.join(" "))
}

/// Whether a feature is in a class, by the place of the class.
pub(super) fn in_class(layer: &MapLayer, class: usize) -> Option<String> {
    let place = match &layer.style.by {
        By::Nothing => return None,
        By::Values { property, .. } | By::Bounds { property, .. }
            if !has_column(layer, property) =>
        {
            // No feature has the property: all are in the last class.
            return Some(
                if class + 1 == layer.style.classes.len() { "true" } else { "false" }.to_owned(),
            );
        }
        By::Values { property, values } => {
            let when = |(place, value): (usize, &Value)| {
                format!("WHEN {} THEN {place}", holds(layer, property, value))
            };
            let cases: Vec<String> = values.iter().enumerate().map(when).collect();
            format!("CASE {} ELSE {} END", cases.join(" "), values.len())
        }
        By::Bounds { property, between, .. } => {
            let column = column(property);
            let when =
                |(place, bound): (usize, &f64)| format!("WHEN {column} < {bound} THEN {place}");
            let cases: Vec<String> = between.iter().enumerate().map(when).collect();
            let last = between.len();
            format!(
                "CASE WHEN {column} IS NULL THEN {} {} ELSE {last} END",
                last + 1,
                cases.join(" ")
            )
        }
    };
    Some(format!("({place}) = {class}"))
}

/// The size that a number gives, times `factor` plus `more`, pt.
pub(super) fn size(sizes: &Sizes, factor: f64, more: f64) -> String {
    let Sizes { property, largest, largest_pt, smallest_pt, area } = sizes;
    let share = format!("{} / {largest}", column(property));
    let share = if *area { format!("sqrt({share})") } else { share };
    let size = format!("max({}, {share} * {})", short(*smallest_pt), short(*largest_pt));
    let size =
        if (factor - 1.0).abs() > 1e-9 { format!("{size} * {}", short(factor)) } else { size };
    if more > 0.0 { format!("{size} + {}", short(more)) } else { size }
}

/// What a label says.
pub(super) fn label(layer: &MapLayer, labels: &LabelStyle, languages: &[String]) -> Option<String> {
    if labels.field != "name" {
        return has_column(layer, &labels.field).then(|| column(&labels.field));
    }
    let (wanted, rest) = name_columns(layer, labels, languages);
    let all: Vec<String> = wanted.iter().chain(&rest).map(|name| column(name)).collect();
    let any = match all.as_slice() {
        [] => return None,
        [one] => one.clone(),
        several => format!("coalesce({})", several.join(", ")),
    };
    let [first, second] = wanted.as_slice() else { return Some(any) };
    let (first, second) = (column(first), column(second));
    let between = match (labels.placement, labels.second) {
        (LabelPlacement::Line, _) => "'  '",
        (_, SecondLanguage::Beside) => "' '",
        (_, SecondLanguage::Below) => "'\\n'",
    };
    Some(format!(
        "CASE WHEN {first} <> {second} THEN {first} || {between} || {second} ELSE {any} END"
    ))
}

/// The corners of areas: vertices at which the outline turns by more than 8°, those of densified
/// edges left out.
pub(super) const CORNERS: &str = "with_variable('ring', exterior_ring(coalesce(geometry_n($geometry, 1), $geometry)), \
    collect_geometries(array_foreach(array_filter(generate_series(1, num_points(@ring) - 1), \
    abs(((degrees(azimuth(point_n(@ring, if(@element = 1, num_points(@ring) - 1, @element - 1)), \
    point_n(@ring, @element)) - azimuth(point_n(@ring, @element), point_n(@ring, @element + 1))) \
    + 540) % 360) - 180) > 8), point_n(@ring, @element))))";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::style::Kind;
    use crate::export::style::testing;

    #[test]
    fn classes_are_told_by_lists_and_bounds() {
        let mut layer = testing::layer(Kind::Points);
        let expected = "(CASE WHEN array_contains(string_to_array(\"modes\", '; '), 'rail') THEN 0 ELSE 1 END) = 0";
        assert_eq!(in_class(&layer, 0).unwrap(), expected);
        layer.style.by =
            By::Bounds { property: "value".into(), between: vec![10.0, 25.5], ends: None };
        let expected = "(CASE WHEN \"value\" IS NULL THEN 3 WHEN \"value\" < 10 THEN 0 \
            WHEN \"value\" < 25.5 THEN 1 ELSE 2 END) = 2";
        assert_eq!(in_class(&layer, 2).unwrap(), expected);
        layer.style.by = By::Bounds { property: "none".into(), between: vec![1.0], ends: None };
        assert_eq!(
            (in_class(&layer, 0).unwrap().as_str(), in_class(&layer, 1).unwrap().as_str()),
            ("false", "true")
        );
    }

    #[test]
    fn labels_say_both_names_unless_they_are_equal() {
        let layer = testing::layer(Kind::Points);
        let mut labels = testing::labels(LabelPlacement::Point);
        let said = |labels: &LabelStyle| label(&layer, labels, &testing::languages()).unwrap();
        assert_eq!(
            said(&labels),
            "CASE WHEN \"name_en\" <> \"name_zh\" THEN \"name_en\" || '\\n' || \"name_zh\" \
             ELSE coalesce(\"name_en\", \"name_zh\") END"
        );
        labels.one_language = true;
        assert_eq!(said(&labels), "coalesce(\"name_en\", \"name_zh\")");
        labels.field = "value".to_owned();
        assert_eq!(said(&labels), "\"value\"");
    }

    #[test]
    fn sizes_follow_the_area_or_the_width() {
        let mut sizes = Sizes {
            property: "value".into(),
            largest: 400.0,
            largest_pt: 20.0,
            smallest_pt: 2.0,
            area: true,
        };
        assert_eq!(size(&sizes, 1.0, 0.0), "max(2, sqrt(\"value\" / 400) * 20)");
        sizes.area = false;
        assert_eq!(size(&sizes, 2.5, 1.0), "max(2, \"value\" / 400 * 20) * 2.5 + 1");
    }
}
