//! The rows of a join: CSV, or JSON a line.

use std::io::Write;

use serde::Serialize;
use tumen_geo_core::query::{JoinBy, Match};

use crate::command::{json_line, rounded};
use crate::error::{Error, Result};

/// A feature of each side, and how they lie to each other.
#[derive(Default, Serialize)]
pub(super) struct Row<'a> {
    left: &'a str,
    right: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_km: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right_lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right_lat: Option<f64>,
}

impl<'a> Row<'a> {
    /// Of a feature that nothing is joined to.
    pub(super) fn alone(left: &'a str) -> Self {
        Self { left, ..Self::default() }
    }

    pub(super) fn of(left: &'a str, right: &'a str, found: &Match) -> Self {
        let nearest = found.nearest;
        let degrees = |value: f64| rounded(value, 7);
        Self {
            left,
            right: Some(right),
            relation: found.relation.map(|relation| relation.to_string()),
            distance_km: nearest.map(|n| rounded(n.distance.to_km(), 6)),
            left_lon: nearest.map(|n| degrees(n.from.lon())),
            left_lat: nearest.map(|n| degrees(n.from.lat())),
            right_lon: nearest.map(|n| degrees(n.to.lon())),
            right_lat: nearest.map(|n| degrees(n.to.lat())),
        }
    }
}

/// Where rows go: CSV, or JSON a line.
pub(super) enum Rows<'a> {
    Csv(Box<Table<'a>>),
    Json(Box<dyn Write + 'a>),
}

/// A CSV table; its headings are written with the first row, so that what fails before prints nothing.
pub(super) struct Table<'a> {
    to: csv::Writer<Box<dyn Write + 'a>>,
    columns: &'static [&'static str],
    headed: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(json: bool, by: &JoinBy, to: Box<dyn Write + 'a>) -> Self {
        if json {
            return Self::Json(to);
        }
        let columns: &[&str] = match by {
            JoinBy::Intersects => &["left", "right"],
            JoinBy::Relation(_) => &["left", "right", "relation"],
            JoinBy::Within(_) | JoinBy::Nearest(_) => {
                &["left", "right", "distance_km", "left_lon", "left_lat", "right_lon", "right_lat"]
            }
        };
        Self::Csv(Box::new(Table { to: csv::Writer::from_writer(to), columns, headed: false }))
    }

    pub(super) fn write(&mut self, row: &Row<'_>) -> Result<()> {
        match self {
            Self::Json(to) => json_line(to, row),
            Self::Csv(table) => table.write(row).map_err(|e| unwritten(&e)),
        }
    }

    pub(super) fn end(self) -> Result<()> {
        match self {
            Self::Json(mut to) => Ok(to.flush()?),
            Self::Csv(mut table) => {
                table.head().map_err(|e| unwritten(&e))?;
                Ok(table.to.flush()?)
            }
        }
    }
}

impl Table<'_> {
    fn head(&mut self) -> csv::Result<()> {
        if self.headed {
            return Ok(());
        }
        self.headed = true;
        self.to.write_record(self.columns)
    }

    fn write(&mut self, row: &Row<'_>) -> csv::Result<()> {
        self.head()?;
        self.to.write_field(row.left)?;
        self.to.write_field(row.right.unwrap_or_default())?;
        match self.columns.len() {
            2 => {}
            3 => self.to.write_field(row.relation.as_deref().unwrap_or_default())?,
            _ => {
                let ends = [row.left_lon, row.left_lat, row.right_lon, row.right_lat];
                for value in [row.distance_km].into_iter().chain(ends) {
                    self.to.write_field(value.map_or(String::new(), |value| value.to_string()))?;
                }
            }
        }
        self.to.write_record(None::<&[u8]>)
    }
}

fn unwritten(error: &csv::Error) -> Error {
    match error.kind() {
        csv::ErrorKind::Io(error) => Error::output(error),
        _ => Error::failure(format!("cannot write the rows: {error}")),
    }
}
