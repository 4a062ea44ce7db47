//! Properties of FlatGeobuf.

use ::flatgeobuf::{Column, ColumnType};
use flatbuffers::{ForwardsUOffset, Vector};
use serde_json::Value;

use super::super::Notes;
use super::super::single::decimal;

/// The columns of a file.
pub(super) struct Columns(Vec<(String, ColumnType)>);

impl Columns {
    pub(super) fn of(columns: Option<Vector<'_, ForwardsUOffset<Column<'_>>>>) -> Self {
        let columns = columns.into_iter().flatten();
        Self(columns.map(|column| (column.name().to_owned(), column.type_())).collect())
    }

    /// The cells of a feature, null where it has none; bytes are left out.
    ///
    /// # Errors
    /// When the bytes end early, are of no column, or a text is not UTF-8.
    pub(super) fn read(
        &self,
        mut bytes: &[u8],
        notes: &Notes,
    ) -> Result<Vec<(String, Value)>, String> {
        let known = self.0.iter().filter(|(_, of)| *of != ColumnType::Binary);
        if known.clone().count() < self.0.len() {
            notes.say("columns of bytes are left out");
        }
        let mut cells = vec![Value::Null; self.0.len()];
        // One byte may be left over by writers that pad.
        while bytes.len() >= 2 {
            let index = usize::from(u16::from_le_bytes(take(&mut bytes)?));
            let (_, of) =
                self.0.get(index).ok_or_else(|| format!("no column has number {index}"))?;
            cells[index] = value(*of, &mut bytes)?;
        }
        let cells = self.0.iter().zip(cells).filter(|((_, of), _)| *of != ColumnType::Binary);
        Ok(cells.map(|((name, _), value)| (name.clone(), value)).collect())
    }
}

/// Numbers that are none, such as 0/0, become null.
fn value(of: ColumnType, bytes: &mut &[u8]) -> Result<Value, String> {
    Ok(match of {
        ColumnType::Byte => i8::from_le_bytes(take(bytes)?).into(),
        ColumnType::UByte => u8::from_le_bytes(take(bytes)?).into(),
        ColumnType::Bool => (u8::from_le_bytes(take(bytes)?) != 0).into(),
        ColumnType::Short => i16::from_le_bytes(take(bytes)?).into(),
        ColumnType::UShort => u16::from_le_bytes(take(bytes)?).into(),
        ColumnType::Int => i32::from_le_bytes(take(bytes)?).into(),
        ColumnType::UInt => u32::from_le_bytes(take(bytes)?).into(),
        ColumnType::Long => i64::from_le_bytes(take(bytes)?).into(),
        ColumnType::ULong => u64::from_le_bytes(take(bytes)?).into(),
        ColumnType::Float => decimal(f32::from_le_bytes(take(bytes)?)),
        ColumnType::Double => f64::from_le_bytes(take(bytes)?).into(),
        ColumnType::String | ColumnType::Json | ColumnType::DateTime => {
            let text = std::str::from_utf8(long(bytes)?);
            text.map_err(|_| "a text that is not UTF-8".to_owned())?.into()
        }
        ColumnType::Binary => {
            long(bytes)?;
            Value::Null
        }
        ColumnType(other) => return Err(format!("a column of the unknown type {other}")),
    })
}

/// Bytes after their number.
fn long<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], String> {
    let count = u32::from_le_bytes(take(bytes)?) as usize;
    let (taken, rest) = bytes.split_at_checked(count).ok_or_else(ends)?;
    *bytes = rest;
    Ok(taken)
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], String> {
    let (taken, rest) = bytes.split_first_chunk().ok_or_else(ends)?;
    *bytes = rest;
    Ok(*taken)
}

fn ends() -> String {
    "its properties end early".to_owned()
}
