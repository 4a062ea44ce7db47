//! The cells of a row group, column by column.

use ::parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use ::parquet::errors::Result;
use ::parquet::file::writer::SerializedRowGroupWriter;
use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::super::field::Type;
use super::Pages;

/// Texts or bytes, one after the other.
#[derive(Default)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Texts {
    /// Adds what `write` writes.
    pub(super) fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.ends.push(self.bytes.len());
    }

    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Them, none of them copied.
    fn take(&mut self) -> Vec<ByteArray> {
        let all = ByteArray::from(std::mem::take(&mut self.bytes));
        let mut start = 0;
        let texts = self.ends.drain(..).map(|end| {
            let text = all.slice(start, end - start);
            start = end;
            text
        });
        texts.collect()
    }
}

/// The cells of a column that are not null, and for each row whether it has one.
pub(super) struct Column {
    cells: Cells,
    there: Vec<i16>,
}

enum Cells {
    Text(Texts),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Boolean(Vec<bool>),
    Date(Vec<i32>),
}

impl Column {
    pub(super) fn new(of: Type) -> Self {
        let cells = match of {
            Type::Text => Cells::Text(Texts::default()),
            Type::Integer => Cells::Integer(Vec::new()),
            Type::Number => Cells::Number(Vec::new()),
            Type::Boolean => Cells::Boolean(Vec::new()),
            Type::Date => Cells::Date(Vec::new()),
        };
        Self { cells, there: Vec::new() }
    }

    /// Adds a cell; what is not of the type of the column counts as null.
    ///
    /// # Errors
    /// For a text that is no day in a column of days.
    pub(super) fn push(&mut self, cell: &Value) -> std::result::Result<(), String> {
        let there = match &mut self.cells {
            Cells::Text(texts) => {
                cell.as_str().map(|text| texts.push(|bytes| bytes.extend(text.as_bytes())))
            }
            Cells::Integer(numbers) => cell.as_i64().map(|number| numbers.push(number)),
            Cells::Number(numbers) => cell.as_f64().map(|number| numbers.push(number)),
            Cells::Boolean(truths) => cell.as_bool().map(|truth| truths.push(truth)),
            Cells::Date(days) => match cell.as_str() {
                Some(text) => {
                    let _: () = days.push(day(text)?);
                    Some(())
                }
                None => None,
            },
        };
        self.there.push(i16::from(there.is_some()));
        Ok(())
    }

    /// Writes the cells, none of which stays.
    pub(super) fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, Pages>) -> Result<()> {
        let there = Some(&self.there[..]);
        match &mut self.cells {
            Cells::Text(texts) => write::<ByteArrayType>(group, &texts.take(), there)?,
            Cells::Integer(cells) => {
                write::<Int64Type>(group, cells, there)?;
                cells.clear();
            }
            Cells::Number(cells) => {
                numbers(group, cells, there)?;
                cells.clear();
            }
            Cells::Boolean(cells) => {
                write::<BoolType>(group, cells, there)?;
                cells.clear();
            }
            Cells::Date(cells) => {
                write::<Int32Type>(group, cells, there)?;
                cells.clear();
            }
        }
        self.there.clear();
        Ok(())
    }
}

/// Writes a column whose rows all have bytes.
pub(super) fn required(
    group: &mut SerializedRowGroupWriter<'_, Pages>,
    texts: &mut Texts,
) -> Result<()> {
    write::<ByteArrayType>(group, &texts.take(), None)
}

/// Writes a column of numbers.
pub(super) fn numbers(
    group: &mut SerializedRowGroupWriter<'_, Pages>,
    cells: &[f64],
    there: Option<&[i16]>,
) -> Result<()> {
    write::<DoubleType>(group, cells, there)
}

fn write<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Pages>,
    cells: &[T::T],
    there: Option<&[i16]>,
) -> Result<()> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    column.typed::<T>().write_batch(cells, there, None)?;
    column.close()
}

/// A day as Parquet counts it, from 1 January 1970.
fn day(text: &str) -> std::result::Result<i32, String> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d");
    let day = day.map_err(|_| format!("'{text}' is no day such as 1991-12-24"))?;
    Ok(day.num_days_from_ce() - EPOCH)
}

/// Days from the first of the year 1, which is 1, to 1 January 1970.
const EPOCH: i32 = 719_163;
