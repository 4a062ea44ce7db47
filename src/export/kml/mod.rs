//! KML (OGC 07-147r2, version 2.2), plain and zipped as KMZ: features with time spans for Google
//! Earth.

mod describe;
mod geometry;
mod kmz;
mod style;
mod xml;

pub use kmz::Kmz;
pub use style::{Style, default_styles};

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::Value;

use super::field::{Field, Type};
use super::layer::{Layer, Row};
use crate::error::Result;
use xml::escaped;

/// The id of the schema of the columns. Who finds it knows that they hold all that there is, that
/// name, description and time span only repeat it, and that edges are densified.
pub const COLUMNS: &str = "_columns";

/// A document: a folder for each kind where the layer has a column of it. Features of a kind that has
/// no style take that of none.
///
/// Folders after the first are in memory until the end.
pub struct Writer<W: Write> {
    out: W,
    columns: Columns,
    styles: Vec<Style>,
    /// The kinds in the order in which they first appear, and the placemarks of all but the first.
    folders: Vec<(String, String)>,
    by_kind: BTreeMap<String, usize>,
}

/// The columns that mean something to a placemark.
struct Columns {
    fields: Vec<Field>,
    kind: Option<usize>,
    name: Option<usize>,
    from: [Option<usize>; 2],
    to: [Option<usize>; 2],
}

impl Columns {
    fn of(layer: &Layer) -> Self {
        let at = |name: &str| layer.fields.iter().position(|field| field.name == name);
        Self {
            fields: layer.fields.clone(),
            kind: at("kind"),
            name: at("name"),
            from: [at("date_from"), at("year_from")],
            to: [at("date_to"), at("year_to")],
        }
    }
}

impl<W: Write> Writer<W> {
    /// A document of the layer; features of a kind are drawn in its style.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(mut out: W, layer: &Layer, styles: Vec<Style>) -> Result<Self> {
        let mut head = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        head.push_str("<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n");
        head.extend(["<name>", &escaped(&layer.name), "</name>\n"]);
        if !layer.title.is_empty() {
            head.extend(["<description>", &escaped(&layer.title), "</description>\n"]);
        }
        for style in &styles {
            head.push_str(&style.xml());
        }
        head.extend(["<Schema name=\"", &escaped(&layer.name), "\" id=\"", COLUMNS, "\">\n"]);
        for field in &layer.fields {
            head.extend(["<SimpleField type=\"", kind_of(field.of), "\" name=\""]);
            head.extend([&*escaped(&field.name), "\"/>\n"]);
        }
        head.push_str("</Schema>\n");
        out.write_all(head.as_bytes())?;
        Ok(Self {
            out,
            columns: Columns::of(layer),
            styles,
            folders: Vec::new(),
            by_kind: BTreeMap::new(),
        })
    }

    fn placemark(&self, row: &Row<'_>, kind: &str) -> Result<String> {
        let columns = &self.columns;
        let cell = |place: Option<usize>| place.and_then(|place| row.cells.get(place));
        let id = row.id();
        let mut text = String::from("<Placemark");
        if xml::is_id(id) {
            text.extend([" id=\"", &escaped(id), "\""]);
        }
        let name = cell(columns.name).and_then(Value::as_str).unwrap_or(id);
        text.extend([">\n<name>", &escaped(name), "</name>\n"]);
        // Without it, the list beside the globe shows the start of the description.
        text.push_str("<Snippet maxLines=\"0\"></Snippet>\n");
        let description = describe::html(&columns.fields, row.cells);
        // As HTML it has no `]]>`.
        text.extend(["<description><![CDATA[", &description, "]]></description>\n"]);
        let day = |[date, year]: [Option<usize>; 2]| {
            let date = cell(date).and_then(Value::as_str).filter(|text| xml::is_time(text));
            let date = date.map(str::to_owned);
            date.or_else(|| cell(year).and_then(Value::as_i64).and_then(xml::year))
        };
        let (begin, end) = (day(columns.from), day(columns.to));
        if begin.is_some() || end.is_some() {
            text.push_str("<TimeSpan>");
            for (name, day) in [("begin", begin), ("end", end)] {
                if let Some(day) = day {
                    text.extend(["<", name, ">", &escaped(&day), "</", name, ">"]);
                }
            }
            text.push_str("</TimeSpan>\n");
        }
        let style = |of: &str| self.styles.iter().find(|style| style.kind == of);
        if let Some(style) = style(kind).or_else(|| style("")) {
            text.extend(["<styleUrl>#", &escaped(&style.id()), "</styleUrl>\n"]);
        }
        text.extend(["<ExtendedData><SchemaData schemaUrl=\"#", COLUMNS, "\">\n"]);
        for (field, value) in columns.fields.iter().zip(row.cells) {
            let written = cell_text(value);
            if !written.is_empty() {
                text.extend(["<SimpleData name=\"", &escaped(&field.name), "\">"]);
                text.extend([&*escaped(&written), "</SimpleData>\n"]);
            }
        }
        text.push_str("</SchemaData></ExtendedData>\n");
        let geometry = row.geometry()?;
        geometry::write(&geometry, &mut text);
        text.push_str("</Placemark>\n");
        Ok(text)
    }
}

/// The type of a field of a schema. An `int` has 32 bits to other programs, which cut longer numbers
/// off without a word.
fn kind_of(of: Type) -> &'static str {
    match of {
        Type::Text | Type::Date => "string",
        Type::Integer | Type::Number => "double",
        Type::Boolean => "bool",
    }
}

/// A cell as a text. Other programs read `true` as 0.
fn cell_text(value: &Value) -> String {
    match value {
        Value::Bool(value) => u8::from(*value).to_string(),
        other => super::sheet::cell(other),
    }
}

impl<W: Write> super::Writer for Writer<W> {
    fn write(&mut self, row: &Row<'_>) -> Result<()> {
        let kind = self.columns.kind.and_then(|place| row.cells.get(place));
        let kind = kind.and_then(Value::as_str).unwrap_or_default();
        let placemark = self.placemark(row, kind)?;
        let place = self.by_kind.get(kind).copied().unwrap_or(self.folders.len());
        if place == self.folders.len() {
            self.by_kind.insert(kind.to_owned(), place);
            self.folders.push((kind.to_owned(), String::new()));
            if place == 0 && self.columns.kind.is_some() {
                self.out.write_all(folder(kind).as_bytes())?;
            }
        }
        match place {
            0 => self.out.write_all(placemark.as_bytes())?,
            _ => self.folders[place].1.push_str(&placemark),
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.end()?;
        Ok(self.out.flush()?)
    }
}

impl<W: Write> Writer<W> {
    /// Writes what comes after the features.
    fn end(&mut self) -> Result<()> {
        let mut text = String::new();
        for (place, (kind, placemarks)) in self.folders.iter().enumerate() {
            if place > 0 {
                text.push_str(&folder(kind));
            }
            text.push_str(placemarks);
            if self.columns.kind.is_some() {
                text.push_str("</Folder>\n");
            }
        }
        text.push_str("</Document>\n</kml>\n");
        Ok(self.out.write_all(text.as_bytes())?)
    }
}

/// The start of the folder of a kind.
fn folder(kind: &str) -> String {
    let name = if kind.is_empty() { "feature" } else { kind };
    format!("<Folder>\n<name>{}</name>\n", escaped(name))
}
