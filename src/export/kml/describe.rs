//! What the balloon of a placemark says.

use serde_json::Value;

use super::super::field::Field;
use super::super::sheet::cell;
use super::xml::escaped;

/// The columns of a catalogue that have a label of their own, in the order in which they are told.
const TOLD: [(&str, &str); 18] = [
    ("kind", "Kind"),
    ("sub", "Sort"),
    ("status", "Status"),
    ("edtf", "Known to exist"),
    ("events", "Events"),
    ("countries", "Countries"),
    ("area_km2", "Area, km²"),
    ("length_km", "Length, km"),
    ("certainty", "Certainty of the geometry"),
    ("geometry_error_km", "Error of the geometry, km"),
    ("geometry_from", "Geometry from"),
    ("name_zh", "Chinese"),
    ("name_ko", "Korean"),
    ("name_ru", "Russian"),
    ("name_mn", "Mongolian"),
    ("name_ja", "Japanese"),
    ("names_also", "Also"),
    ("source", "Source"),
];

/// Columns that are in the balloon's head, in the time span, in the codes or repeated by another.
const LEFT_OUT: [&str; 14] = [
    "id",
    "name",
    "name_en",
    "note",
    "description",
    "year_from",
    "year_to",
    "date_from",
    "date_to",
    "rank",
    "names_printed",
    "names_ocr",
    "members",
    "place",
];

/// The cells as HTML: the note, then what is known as a table. All columns are in the data of the
/// placemark as well.
pub(super) fn html(fields: &[Field], cells: &[Value]) -> String {
    let of = |name: &str| fields.iter().position(|field| field.name == name);
    let filled = |place: usize| cells.get(place).map(cell).filter(|text| !text.is_empty());
    let mut html = String::new();
    for text in ["description", "note"].iter().filter_map(|name| of(name).and_then(filled)) {
        html.extend(["<p>", &escaped(&text), "</p>\n"]);
    }
    let mut rows = String::new();
    let mut row = |label: &str, text: &str| {
        rows.extend(["<tr><th align=\"left\">", &escaped(label), "</th><td>", &escaped(text)]);
        rows.push_str("</td></tr>\n");
    };
    for (name, label) in TOLD {
        if let Some(text) = of(name).and_then(filled) {
            row(label, &text);
        }
    }
    for (place, field) in fields.iter().enumerate() {
        let told = TOLD.iter().any(|(name, _)| field.name == *name);
        if told || LEFT_OUT.iter().any(|name| field.name == *name) {
            continue;
        }
        if let Some(text) = filled(place) {
            row(&field.name, &text);
        }
    }
    if !rows.is_empty() {
        html.extend(["<table>\n", &rows, "</table>"]);
    }
    html
}
