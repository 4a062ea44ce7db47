//! Areas that a question makes: GeoJSON to a file or the standard output, and what they are.

use std::io::Write;
use std::path::Path;

use serde_json::{Map, Value};
use tumen_geo_core::Shape;
use tumen_geo_core::geojson::{self, Row};

use super::options::Explained;
use super::{json_line, write_file};
use crate::error::Result;
use crate::prose::count_of;
use crate::table::{Table, grouped};

/// An area, and what is to be said of it.
pub(super) struct Made {
    pub(super) id: String,
    pub(super) shape: Shape,
    pub(super) properties: Vec<(&'static str, Value)>,
}

/// Writes areas as GeoJSON and says what they are.
///
/// With a file, or with `json`, the standard output tells of each area in a row of `columns` or a
/// JSON line; without either it gets the GeoJSON, and `explained` goes to the standard error.
pub(super) fn deliver(
    made: &[Made],
    columns: &[&'static str],
    to: Option<&Path>,
    json: bool,
    explained: &Explained,
    out: &mut dyn Write,
) -> Result<()> {
    if to.is_none() && !json {
        out.write_all(as_geojson(made)?.as_bytes())?;
        explained.print_aside();
        return Ok(());
    }
    if let Some(path) = to {
        write_file(path, as_geojson(made)?.as_bytes())?;
    }
    if json {
        for one in made {
            let id = ("id".to_owned(), Value::from(one.id.as_str()));
            let rest = one.properties.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
            json_line(out, &std::iter::once(id).chain(rest).collect::<Map<_, _>>())?;
        }
    } else {
        let headings = std::iter::once("id").chain(columns.iter().copied());
        let mut table = Table::of(headings.map(str::to_owned).collect());
        for one in made {
            let value = |column: &&str| one.properties.iter().find(|(key, _)| key == column);
            let cell = |column| value(column).map_or(String::new(), |(_, value)| told(value));
            table.line(std::iter::once(one.id.clone()).chain(columns.iter().map(cell)).collect());
        }
        table.write(out)?;
    }
    explained.print(out)?;
    if let (Some(path), false) = (to, json) {
        writeln!(out, "\nWrote {} to {}.", count_of(made.len(), "area"), path.display())?;
    }
    Ok(())
}

fn as_geojson(made: &[Made]) -> Result<String> {
    let properties: Vec<Vec<(String, Value)>> = made
        .iter()
        .map(|one| one.properties.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
        .collect();
    let rows = made.iter().zip(&properties);
    let rows = rows.map(|(one, properties)| Row { id: &one.id, shape: &one.shape, properties });
    Ok(geojson::write(rows)?)
}

/// A value for people.
fn told(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => grouped(float, 3),
            _ => number.to_string(),
        },
        Value::Array(values) => values.iter().map(told).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
