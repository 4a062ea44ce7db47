//! Series: a quantity of a feature by year, as a table of a source prints it.

use serde::Deserialize;

use super::names::Names;
use super::record::NamesRecord;
use super::source::Reference;
use super::span::When;
use crate::error::{Error, ErrorKind, Result};

/// A cell of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// The number as printed.
    Value(f64),
    /// The table had a number here that its copy has lost.
    Lost,
    /// The table itself says that there is none: `n/a` or a dash.
    NotGiven,
}

/// A quantity by year.
///
/// # Guarantees
/// Years rise strictly; values are finite. In a catalogue read from TOML the features and the
/// source exist.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Stable slug, unique among the series of the catalogue.
    pub id: String,
    /// Title in the languages of the catalogue.
    pub title: Names,
    /// Id of the feature it is of.
    pub of: String,
    /// Id of the feature on the other side: a trading partner, a country of origin.
    pub partner: Option<String>,
    /// What is counted: `border trade`, `exports`, `joint ventures`.
    pub quantity: String,
    /// In what, with its multiplier: `SF$ million`, `persons`.
    pub unit: String,
    /// The table, as the source numbers it.
    pub table: Option<String>,
    /// Where it is printed.
    pub source: Reference,
    /// What to know about it.
    pub note: Option<String>,
    /// The sum over the years that the source prints.
    pub total: Option<f64>,
    /// Values whose years the source has lost, in the order in which it prints them.
    pub undated: Vec<f64>,
    cells: Vec<(i32, Cell)>,
}

impl Series {
    /// The number of `year`; `None` when the series has no such year or no number in it.
    pub fn value(&self, year: i32) -> Option<f64> {
        match self.cell(year)? {
            Cell::Value(value) => Some(value),
            Cell::Lost | Cell::NotGiven => None,
        }
    }

    /// The cell of `year`; `None` when the table has no such year.
    pub fn cell(&self, year: i32) -> Option<Cell> {
        let index = self.cells.binary_search_by_key(&year, |cell| cell.0).ok()?;
        Some(self.cells[index].1)
    }

    /// Year and cell, by year.
    pub fn cells(&self) -> &[(i32, Cell)] {
        &self.cells
    }

    /// Year and number, by year, cells without a number left out.
    pub fn values(&self) -> impl Iterator<Item = (i32, f64)> {
        self.cells.iter().filter_map(|&(year, cell)| match cell {
            Cell::Value(value) => Some((year, value)),
            Cell::Lost | Cell::NotGiven => None,
        })
    }

    /// The features it speaks of.
    pub(super) fn mentions(&self) -> impl Iterator<Item = &str> {
        [&self.of].into_iter().chain(&self.partner).map(String::as_str)
    }
}

/// A quantity by year.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct SeriesRecord {
    /// Slug, unique among the series.
    pub id: String,
    /// Title in the languages of the catalogue.
    title: NamesRecord,
    /// Id of the feature it is of.
    of: String,
    /// Id of the feature on the other side.
    partner: Option<String>,
    /// What is counted: border trade, exports.
    quantity: String,
    /// In what, with its multiplier: SF$ million.
    unit: String,
    /// The table, as the source numbers it.
    table: Option<String>,
    /// Id of the source.
    source: String,
    /// Lines or pages in it.
    #[serde(default)]
    lines: String,
    /// What to know about it.
    note: Option<String>,
    /// The sum over the years that the source prints.
    total: Option<f64>,
    /// Values whose years the source has lost, in printed order.
    #[serde(default)]
    undated: Vec<f64>,
    /// Year and number, by year; "lost" where the copy has lost it, "n/a" where the table gives none.
    #[serde(default)]
    values: Vec<(i32, CellRecord)>,
}

/// A number, "lost" or "n/a".
#[derive(Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
enum CellRecord {
    Number(f64),
    Word(String),
}

impl CellRecord {
    fn resolve(self) -> Result<Cell> {
        match self {
            Self::Number(value) if value.is_finite() => Ok(Cell::Value(value)),
            Self::Word(word) if word == "lost" => Ok(Cell::Lost),
            Self::Word(word) if word == "n/a" => Ok(Cell::NotGiven),
            Self::Number(value) => Err(wrong(format!("{value} is no value"))),
            Self::Word(word) => Err(wrong(format!("'{word}' is no value"))),
        }
    }
}

fn wrong(what: String) -> Error {
    Error::new(ErrorKind::Catalogue, what).with_hint(
        "values = [[1988, 12.3], [1989, \"lost\"], [1990, \"n/a\"]], by year, each year once",
    )
}

impl SeriesRecord {
    pub(super) fn resolve(self) -> Result<Series> {
        let cells: Result<Vec<(i32, Cell)>> = self
            .values
            .into_iter()
            .map(|(year, cell)| Ok((When::check_year(year)?, cell.resolve()?)))
            .collect();
        let cells = cells?;
        if let Some(pair) = cells.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
            return Err(wrong(format!("the year {} stands after {}", pair[1].0, pair[0].0)));
        }
        if cells.is_empty() && self.undated.is_empty() {
            return Err(wrong("the series is empty".to_owned()));
        }
        if self.undated.iter().chain(&self.total).any(|value| !value.is_finite()) {
            return Err(wrong("a total or undated value is no number".to_owned()));
        }
        Ok(Series {
            id: self.id,
            title: self.title.resolve()?,
            of: self.of,
            partner: self.partner,
            quantity: self.quantity,
            unit: self.unit,
            table: self.table,
            source: Reference { source: self.source, lines: self.lines },
            note: self.note,
            total: self.total,
            undated: self.undated,
            cells,
        })
    }
}
