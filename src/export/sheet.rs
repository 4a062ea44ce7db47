//! A table with typed columns, as CSV and as a resource of a data package.

use serde_json::{Value, json};

use crate::error::{Error, Result};

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Text,
    Integer,
    Number,
    Boolean,
    /// Well-known text, longitude first.
    Wkt,
}

/// A column: its name, the type of its cells, and what they mean, units included.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub of: Type,
    pub about: &'static str,
}

/// A column of a sheet.
pub const fn field(name: &'static str, of: Type, about: &'static str) -> Field {
    Field { name, of, about }
}

/// A table.
///
/// # Guarantees
/// Each row has as many cells as there are columns.
#[derive(Debug)]
pub struct Sheet {
    /// Its name, which is that of its file without ending.
    pub name: &'static str,
    pub title: &'static str,
    fields: Vec<(String, Type, String)>,
    rows: Vec<Vec<String>>,
    /// Columns that together are different in each row.
    pub key: &'static [&'static str],
    /// Columns whose cells are ids of `features`.
    pub features_named: &'static [&'static str],
}

impl Sheet {
    /// A sheet without rows.
    pub fn new(name: &'static str, title: &'static str, fields: &[Field]) -> Self {
        let fields = fields.iter().map(|f| (f.name.to_owned(), f.of, f.about.to_owned())).collect();
        Self { name, title, fields, rows: Vec::new(), key: &[], features_named: &[] }
    }

    /// Adds a column of texts before any row is there.
    pub fn column(&mut self, name: &str, about: &str) {
        debug_assert!(self.rows.is_empty());
        self.fields.push((name.to_owned(), Type::Text, about.to_owned()));
    }

    /// Adds a row of as many cells as there are columns; null is an empty cell.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Value>) {
        let row: Vec<String> = cells.into_iter().map(cell).collect();
        debug_assert_eq!(row.len(), self.fields.len());
        self.rows.push(row);
    }

    /// The sheet as CSV (RFC 4180): a line of names, comma, double quotes where they are needed,
    /// CRLF, UTF-8.
    ///
    /// # Errors
    /// None that a sheet can cause.
    pub fn csv(&self) -> Result<String> {
        let failed = |e: String| Error::failure(format!("cannot write {}.csv: {e}", self.name));
        let mut writer =
            ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
        let names = self.fields.iter().map(|(name, _, _)| name);
        writer.write_record(names).map_err(|e| failed(e.to_string()))?;
        for row in &self.rows {
            writer.write_record(row).map_err(|e| failed(e.to_string()))?;
        }
        let bytes = writer.into_inner().map_err(|e| failed(e.to_string()))?;
        String::from_utf8(bytes).map_err(|e| failed(e.to_string()))
    }

    /// Its Table Schema (Frictionless, version 1).
    pub fn schema(&self) -> Value {
        let fields: Vec<Value> = self
            .fields
            .iter()
            .map(|(name, of, about)| {
                let mut field = json!({
                    "name": name,
                    "type": match of {
                        Type::Text | Type::Wkt => "string",
                        Type::Integer => "integer",
                        Type::Number => "number",
                        Type::Boolean => "boolean",
                    },
                    "description": about,
                });
                if self.key.contains(&name.as_str()) {
                    field["constraints"] = json!({ "required": true });
                }
                field
            })
            .collect();
        let named = self.features_named.iter();
        let foreign: Vec<Value> = named
            .map(|field| {
                json!({ "fields": field, "reference": { "resource": "features", "fields": "id" } })
            })
            .collect();
        let mut schema = json!({
            "fields": fields,
            "missingValues": [""],
            "primaryKey": self.key,
        });
        if !foreign.is_empty() {
            schema["foreignKeys"] = Value::Array(foreign);
        }
        schema
    }
}

fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}
