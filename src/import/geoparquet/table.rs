//! The rows of a Parquet file.

use std::collections::{BTreeMap, VecDeque};
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ::parquet::basic::{LogicalType, TimeUnit, Type as Physical};
use ::parquet::errors::{ParquetError, Result as ParquetResult};
use ::parquet::file::metadata::{FileMetaData, RowGroupMetaData};
use ::parquet::file::reader::{ChunkReader, FileReader, Length};
use ::parquet::file::serialized_reader::{ReadOptionsBuilder, SerializedFileReader};
use ::parquet::file::statistics::Statistics;
use ::parquet::record::Row;
use ::parquet::record::reader::RowIter;
use ::parquet::schema::types::Type as Schema;
use bytes::Bytes;

use super::super::Notes;
use super::super::ranges::{Place, Ranges};
use super::super::window::meet;
use super::metadata::Geometries;
use super::values::Clock;
use crate::error::{Error, Result};

/// A table that is open.
pub(super) struct Table {
    file: Ranges,
    reader: SerializedFileReader<Ranges>,
}

impl Table {
    pub(super) fn open(file: Ranges) -> Result<Self> {
        let reader = sound(|| SerializedFileReader::new(file.clone()))?;
        Ok(Self { file, reader })
    }

    pub(super) fn metadata(&self) -> &FileMetaData {
        self.reader.metadata().file_metadata()
    }

    /// Its rows, row groups left out whose boxes meet none of the windows; all when there is no
    /// window, and when the file has no boxes.
    ///
    /// The columns of boxes, of other geometries and of bytes are left out, too.
    pub(super) fn rows(
        &self,
        geometries: &Geometries,
        windows: &[[f64; 4]],
        notes: &Notes,
    ) -> Result<Rows> {
        let root = self.metadata().schema_descr().root_schema();
        let covering = geometries.covering.iter().flatten().filter_map(|path| path.first());
        let mut left_out: Vec<&String> = covering.chain(&geometries.others).collect();
        left_out.retain(|name| **name != geometries.column);
        let mut fields = Vec::new();
        let mut clocks = BTreeMap::new();
        for field in root.get_fields() {
            let of_geometries = field.name() == geometries.column;
            if left_out.iter().any(|name| *name == field.name()) {
                continue;
            }
            if !of_geometries && is_bytes(field) {
                notes.say("columns of bytes are left out");
                continue;
            }
            if let Some(clock) = clock(field) {
                clocks.insert(field.name().to_owned(), clock);
            }
            fields.push(field.clone());
        }
        if fields.iter().all(|field| field.name() != geometries.column) {
            return Err(Error::failure(format!(
                "the table has no column '{}', which its metadata say has the geometries",
                geometries.column
            )));
        }
        let wanted: Vec<bool> = (self.reader.metadata().row_groups().iter())
            .map(|group| windows.is_empty() || is_wanted(group, geometries, windows))
            .collect();
        let mut first = 0;
        let mut groups = VecDeque::new();
        for (group, wanted) in self.reader.metadata().row_groups().iter().zip(&wanted) {
            let count = usize::try_from(group.num_rows()).unwrap_or_default();
            if *wanted {
                groups.push_back((first, count));
            }
            first += count;
        }
        let schema = Schema::group_type_builder(root.name()).with_fields(fields).build();
        let rows = sound(|| {
            let options = ReadOptionsBuilder::new()
                .with_predicate(Box::new(move |_, place| wanted.get(place) == Some(&true)));
            let reader =
                SerializedFileReader::new_with_options(self.file.clone(), options.build())?;
            RowIter::from_file_into(Box::new(reader)).project(Some(schema?))
        })?;
        Ok(Rows { rows: Some(rows), groups, clocks })
    }
}

/// The rows that are still to be read.
pub(super) struct Rows {
    rows: Option<RowIter<'static>>,
    /// Of each row group the number of its first row and how many are still to come.
    groups: VecDeque<(usize, usize)>,
    /// What the records do not tell of columns of times.
    clocks: BTreeMap<String, Clock>,
}

impl Rows {
    /// What a column of times counts.
    pub(super) fn clock(&self, column: &str) -> Option<Clock> {
        self.clocks.get(column).copied()
    }

    /// The next row and its number; nothing comes after an error.
    pub(super) fn next(&mut self) -> Option<Result<(usize, Row)>> {
        let rows = self.rows.as_mut()?;
        let row = match sound(|| rows.next().transpose()) {
            Ok(row) => row?,
            Err(error) => {
                self.rows = None;
                return Some(Err(error));
            }
        };
        while self.groups.front().is_some_and(|(_, count)| *count == 0) {
            self.groups.pop_front();
        }
        let (number, count) = self.groups.front_mut()?;
        *number += 1;
        *count -= 1;
        Some(Ok((*number - 1, row)))
    }

    /// Leaves it at that.
    pub(super) fn stop(&mut self) {
        self.rows = None;
    }
}

/// What the reader of Parquet gives; it panics at some files that are damaged.
fn sound<T>(read: impl FnOnce() -> ParquetResult<T>) -> Result<T> {
    let damaged = |what: &str| {
        Error::failure(format!("cannot read the table: {what}"))
            .with_hint("Snappy, gzip and LZ4 are unpacked; Zstandard and Brotli are not")
    };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(error)) => Err(damaged(&error.to_string())),
        Err(_) => Err(damaged("it is damaged")),
    }
}

/// Whether a column has bytes that are no text and no number.
fn is_bytes(field: &Schema) -> bool {
    let info = field.get_basic_info();
    let bytes = [Physical::BYTE_ARRAY, Physical::FIXED_LEN_BYTE_ARRAY];
    field.is_primitive()
        && bytes.contains(&field.get_physical_type())
        && matches!(
            (info.logical_type_ref(), info.converted_type()),
            (None | Some(LogicalType::Uuid), ::parquet::basic::ConvertedType::NONE)
                | (Some(LogicalType::Bson), _)
        )
}

fn clock(field: &Schema) -> Option<Clock> {
    let (unit, utc, day) = match field.get_basic_info().logical_type_ref()? {
        LogicalType::Timestamp(of) => (&of.unit, of.is_adjusted_to_u_t_c, true),
        LogicalType::Time(of) => (&of.unit, of.is_adjusted_to_u_t_c, false),
        _ => return None,
    };
    Some(Clock { nanoseconds: matches!(unit, TimeUnit::NANOS), utc, day })
}

/// Whether the boxes of a row group may meet one of the windows, by the statistics of its columns.
///
/// Boxes may run over ±180° with their west greater than their east. Where the statistics show that
/// some do, the longitudes say nothing.
fn is_wanted(group: &RowGroupMetaData, geometries: &Geometries, windows: &[[f64; 4]]) -> bool {
    let Some(covering) = &geometries.covering else { return true };
    let ranges = covering.each_ref().map(|path| {
        let columns = group.columns().iter();
        let mut columns = columns.filter(|column| column.column_path().parts() == &path[..]);
        columns.next().and_then(|column| range(column.statistics()?))
    });
    let [Some(west), Some(south), Some(east), Some(north)] = ranges else { return true };
    let mut around = [west.0, south.0, east.1, north.1];
    if east.0 < west.0 || east.1 < west.1 {
        (around[0], around[2]) = (f64::NEG_INFINITY, f64::INFINITY);
    }
    windows.iter().any(|window| meet(around, *window))
}

fn range(statistics: &Statistics) -> Option<(f64, f64)> {
    match statistics {
        Statistics::Double(of) => Some((*of.min_opt()?, *of.max_opt()?)),
        Statistics::Float(of) => Some((f64::from(*of.min_opt()?), f64::from(*of.max_opt()?))),
        _ => None,
    }
}

impl Length for Ranges {
    fn len(&self) -> u64 {
        self.length()
    }
}

impl ChunkReader for Ranges {
    type T = BufReader<Place>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(self.buffered(start, 1 << 13))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        let bytes = self.bytes(start, length as u64);
        bytes.map(Bytes::from).map_err(|e| ParquetError::General(e.to_string()))
    }
}
