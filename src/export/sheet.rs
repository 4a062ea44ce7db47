//! A table with typed columns, as CSV and as a resource of a data package.

use serde_json::{Value, json};

use super::field::{Field, Type};
use crate::error::{Error, Result};

/// A table.
///
/// # Guarantees
/// Each row has as many cells as there are columns.
#[derive(Debug)]
pub struct Sheet {
    /// Its name, which is that of its file without ending.
    pub name: &'static str,
    pub title: &'static str,
    pub fields: Vec<Field>,
    pub rows: Vec<Vec<Value>>,
    /// Columns that together are different in each row.
    pub key: &'static [&'static str],
    /// Columns whose cells are ids of `features`.
    pub features_named: &'static [&'static str],
}

impl Sheet {
    /// A sheet without rows.
    pub fn new(name: &'static str, title: &'static str, fields: &[Field]) -> Self {
        Self {
            name,
            title,
            fields: fields.to_vec(),
            rows: Vec::new(),
            key: &[],
            features_named: &[],
        }
    }

    /// Adds a row of as many cells as there are columns; null is an empty cell.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Value>) {
        let row: Vec<Value> = cells.into_iter().collect();
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
        let names = self.fields.iter().map(|field| &*field.name);
        writer.write_record(names).map_err(|e| failed(e.to_string()))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(cell)).map_err(|e| failed(e.to_string()))?;
        }
        let bytes = writer.into_inner().map_err(|e| failed(e.to_string()))?;
        String::from_utf8(bytes).map_err(|e| failed(e.to_string()))
    }

    /// Its Table Schema.
    pub fn schema(&self) -> Value {
        schema(&self.fields, self.key, self.features_named)
    }
}

/// The Table Schema (Frictionless, version 1) of columns, those that are the key, and those whose
/// cells are ids of `features`.
pub fn schema(fields: &[Field], key: &[&str], features_named: &[&str]) -> Value {
    let columns: Vec<Value> = fields
        .iter()
        .map(|Field { name, of, about }| {
            let mut column = json!({
                "name": name,
                "type": match of {
                    Type::Text => "string",
                    Type::Date => "date",
                    Type::Integer => "integer",
                    Type::Number => "number",
                    Type::Boolean => "boolean",
                },
                "description": about,
            });
            if key.contains(&&**name) {
                column["constraints"] = json!({ "required": true });
            }
            column
        })
        .collect();
    let foreign: Vec<Value> = (features_named.iter())
        .map(|field| {
            json!({ "fields": field, "reference": { "resource": "features", "fields": "id" } })
        })
        .collect();
    let mut schema = json!({
        "fields": columns,
        "missingValues": [""],
        "primaryKey": key,
    });
    if !foreign.is_empty() {
        schema["foreignKeys"] = Value::Array(foreign);
    }
    schema
}

/// A cell as a table of texts has it; empty when it is null.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
