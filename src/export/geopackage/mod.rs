//! GeoPackage (OGC 12-128r18, version 1.3.1): layers, tables and styles in one SQLite file.
//!
//! # What a file holds
//! A table for each [`Layer`] with the columns `fid` (its key), `geom` and the fields, and one for
//! each table without geometry. Positions are degrees on WGS 84, longitude first (`EPSG:4326`, as
//! the standard orders axes). Each layer has an R-tree (extension `gpkg_rtree_index`) with its
//! triggers; what columns mean is in `gpkg_data_columns`. Rows of other tables belong to the features
//! whose `id` is in the columns that say so: a file may hold several layers, so that no foreign key
//! in SQL can name the one.
//!
//! The same content gives the same bytes: `last_change`, which readers ignore, is always
//! [`NO_CLOCK`].

mod binary;
mod catalogue;
mod core;
mod features;
mod index;
mod names;
mod styles;

use std::path::Path;

use rusqlite::{Connection, Statement, ToSql, params};
use serde_json::Value;
use tumen_geo_core::geojson::DENSIFIED;

pub use features::Features;
pub use styles::Style;

use super::field::{Field, Type};
use super::layer::Layer;
use super::sheet::Sheet;
use crate::error::{Error, Result};
use names::{Columns, quoted, table_name};

/// The time that is written where the standard wants one: the epoch, since nothing here depends on
/// the time.
pub const NO_CLOCK: &str = "1970-01-01T00:00:00.000Z";

/// A GeoPackage in the making; nothing of it counts before [`finish`](Self::finish).
pub struct Package {
    connection: Connection,
    /// Layers and their tables.
    layers: Vec<(String, String)>,
    /// Names of all tables.
    tables: Vec<String>,
}

impl Package {
    /// A package in a file, which is made or emptied.
    ///
    /// # Errors
    /// When it cannot be written, or is no plain file.
    pub fn create(path: &Path) -> Result<Self> {
        let unwritten = |e: std::io::Error| Error::file("write", path, &e);
        let file = std::fs::File::create(path).map_err(unwritten)?;
        if !file.metadata().map_err(unwritten)?.is_file() {
            return Err(Error::usage(format!("{} is no plain file", path.display()))
                .with_hint("a GeoPackage is only written to a file, as with -o tumen.gpkg"));
        }
        drop(file);
        let connection = Connection::open(path).map_err(|e| failed(&e))?;
        connection.set_prepared_statement_cache_capacity(64);
        connection.execute_batch(core::OPEN).map_err(|e| failed(&e))?;
        connection.execute_batch(core::TABLES).map_err(|e| failed(&e))?;
        let mut package = Self { connection, layers: Vec::new(), tables: Vec::new() };
        package.remark("conformsTo", DENSIFIED)?;
        Ok(package)
    }

    /// A layer, whose features the writer takes.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn layer(&mut self, layer: &Layer) -> Result<Features<'_>> {
        Features::lent(self, layer)
    }

    /// The package as the writer of its only layer.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn only(self, layer: &Layer) -> Result<Features<'static>> {
        Features::own(self, layer)
    }

    /// A table without geometry.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(in crate::export) fn table(&mut self, sheet: &Sheet) -> Result<()> {
        let table = self.name(sheet.name);
        let columns = Columns::of(&sheet.fields);
        let fid = &columns.fid;
        let sql = format!(
            "CREATE TABLE {} ({} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL{})",
            quoted(&table),
            quoted(fid),
            columns.defined(&sheet.fields)
        );
        self.run(&sql)?;
        self.contents(&table, "attributes", sheet.title)?;
        self.describe(&table, &columns, &sheet.fields)?;
        let insert = columns.insert(&table, &[fid]);
        let mut insert = self.connection.prepare(&insert).map_err(|e| failed(&e))?;
        for (row, cells) in sheet.rows.iter().enumerate() {
            insert.raw_bind_parameter(1, row as i64 + 1).map_err(|e| failed(&e))?;
            bind(&mut insert, 2, cells)?;
            insert.raw_execute().map_err(|e| failed(&e))?;
        }
        Ok(())
    }

    /// A remark on the whole package as metadata: a term of Dublin Core such as `rights`, and the
    /// text.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn remark(&mut self, term: &str, text: &str) -> Result<()> {
        self.run(core::METADATA)?;
        let remark = "INSERT INTO gpkg_metadata (md_standard_uri, mime_type, metadata)
            VALUES ('http://purl.org/dc/terms/' || ?1, 'text/plain', ?2)";
        self.insert(remark, params![term, text])?;
        let reference =
            "INSERT INTO gpkg_metadata_reference (reference_scope, timestamp, md_file_id)
            VALUES ('geopackage', ?1, ?2)";
        self.insert(reference, params![NO_CLOCK, self.connection.last_insert_rowid()])
    }

    /// Ends the file, which is whole from then on.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<()> {
        self.run("COMMIT")?;
        self.connection.close().map_err(|(_, e)| failed(&e))
    }

    /// A name for a table that no other has.
    fn name(&mut self, wanted: &str) -> String {
        let name = table_name(wanted, &self.tables);
        self.tables.push(name.clone());
        name
    }

    fn contents(&self, table: &str, kind: &str, about: &str) -> Result<()> {
        let sql = "INSERT INTO gpkg_contents
            (table_name, data_type, identifier, description, last_change, srs_id)
            VALUES (?1, ?2, ?1, ?3, ?4, iif(?2 = 'features', 4326, NULL))";
        self.insert(sql, params![table, kind, about, NO_CLOCK])
    }

    /// What the columns of a table mean.
    fn describe(&self, table: &str, columns: &Columns, fields: &[Field]) -> Result<()> {
        let described =
            columns.fields.iter().zip(fields).filter(|(_, field)| !field.about.is_empty());
        for (column, field) in described {
            self.run(core::DATA_COLUMNS)?;
            let sql = "INSERT INTO gpkg_data_columns (table_name, column_name, description)
                VALUES (?1, ?2, ?3)";
            self.insert(sql, params![table, column, field.about])?;
        }
        Ok(())
    }

    fn run(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(|e| failed(&e))
    }

    fn insert(&self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| failed(&e))?;
        statement.execute(values).map(drop).map_err(|e| failed(&e))
    }
}

/// Gives the parameters from `first` on the values of cells.
fn bind(statement: &mut Statement<'_>, first: usize, cells: &[Value]) -> Result<()> {
    for (place, cell) in cells.iter().enumerate() {
        let text;
        let value: &dyn ToSql = match cell {
            Value::Null => &None::<bool>,
            Value::Bool(truth) => truth,
            Value::Number(number) => match number.as_i64() {
                Some(whole) => &whole.clone(),
                None => &number.as_f64(),
            },
            Value::String(text) => text,
            Value::Array(_) | Value::Object(_) => {
                text = cell.to_string();
                &text
            }
        };
        statement.raw_bind_parameter(first + place, value).map_err(|e| failed(&e))?;
    }
    Ok(())
}

/// The type of a column, as the standard names it.
fn sql_type(of: Type) -> &'static str {
    match of {
        Type::Text => "TEXT",
        Type::Integer => "INTEGER",
        Type::Number => "DOUBLE",
        Type::Boolean => "BOOLEAN",
        Type::Date => "DATE",
    }
}

fn failed(error: &rusqlite::Error) -> Error {
    Error::failure(format!("cannot write the GeoPackage: {error}"))
        .with_hint("check the path and the disk")
}
