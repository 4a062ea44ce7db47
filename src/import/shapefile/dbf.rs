//! The properties of a shapefile: a table of dBASE III or later, `.dbf`.

use std::io::SeekFrom;

use serde_json::{Number, Value};

use super::Bytes;
use super::encoding::Texts;
use super::memo::Memo;
use crate::error::{Error, Result};

/// The bytes before the fields, and those of each.
const HEADER: usize = 32;

/// The end of the fields.
const END: u8 = 0x0d;

/// The mark of a row that is deleted, and of one that is not.
const DELETED: u8 = b'*';

/// A column.
#[derive(Clone, Debug, PartialEq)]
struct Column {
    name: String,
    of: u8,
    start: usize,
    length: usize,
    /// Digits after the point.
    decimals: u8,
}

/// Rows of a table that is open.
pub(super) struct Table {
    bytes: Box<dyn Bytes>,
    columns: Vec<Column>,
    /// Of a row with its mark.
    length: usize,
    /// Rows that are not yet read.
    pub(super) left: u32,
    texts: Texts,
    memo: Option<Memo>,
}

impl Table {
    /// Reads the head of a table; `memo` are the bytes of its `.dbt` or `.fpt`.
    pub(super) fn open(
        mut bytes: Box<dyn Bytes>,
        cpg: Option<&str>,
        memo: Option<Vec<u8>>,
    ) -> Result<Self> {
        let mut head = [0; HEADER];
        bytes.read_exact(&mut head).map_err(|e| damaged(&e.to_string()))?;
        let left = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        let first = usize::from(u16::from_le_bytes([head[8], head[9]]));
        let length = usize::from(u16::from_le_bytes([head[10], head[11]]));
        let texts = Texts::of(cpg, head[29])?;
        let mut fields = vec![0; first.saturating_sub(HEADER)];
        bytes.read_exact(&mut fields).map_err(|e| damaged(&e.to_string()))?;
        let mut columns: Vec<Column> = Vec::new();
        let mut start = 1;
        for field in fields.chunks_exact(HEADER).take_while(|field| field[0] != END) {
            let name = field[..11].split(|&b| b == 0).next().unwrap_or_default();
            let name = texts.text(name, true)?.trim().to_owned();
            let of = field[11].to_ascii_uppercase();
            let mut length = usize::from(field[16]);
            let mut decimals = field[17];
            if of == b'C' {
                length += usize::from(std::mem::take(&mut decimals)) << 8;
            }
            columns.push(Column { name: unlike(&name, &columns), of, start, length, decimals });
            start += length;
        }
        if start > length {
            return Err(damaged("its fields are longer than its rows"));
        }
        bytes.seek(SeekFrom::Start(first as u64)).map_err(|e| damaged(&e.to_string()))?;
        let memo = memo.map(|bytes| Memo::new(head[0], bytes));
        Ok(Self { bytes, columns, length, left, texts, memo })
    }

    /// Whether texts are in an encoding that nothing names.
    pub(super) fn is_unsaid(&self) -> bool {
        self.texts == Texts::Unsaid
    }

    /// The columns that are not read, with their types.
    pub(super) fn left_out(&self) -> impl Iterator<Item = (&str, char)> {
        let unread = |column: &&Column| !b"CNFLDMIO+".contains(&column.of);
        self.columns.iter().filter(unread).map(|c| (c.name.as_str(), char::from(c.of)))
    }

    /// The next row; `None` in it when it is deleted.
    pub(super) fn next(&mut self) -> Result<Option<Vec<(String, Value)>>> {
        let Some(left) = self.left.checked_sub(1) else {
            return Err(damaged("it has fewer rows than the .shp has shapes"));
        };
        self.left = left;
        let mut row = vec![0; self.length];
        self.bytes.read_exact(&mut row).map_err(|e| damaged(&e.to_string()))?;
        if row[0] == DELETED {
            return Ok(None);
        }
        let mut cells = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let bytes = row.get(column.start..column.start + column.length).unwrap_or_default();
            if let Some(value) = self.value(column, bytes)? {
                cells.push((column.name.clone(), value));
            }
        }
        Ok(Some(cells))
    }

    /// A cell; `None` of a type that is not read.
    fn value(&self, column: &Column, bytes: &[u8]) -> Result<Option<Value>> {
        let text = |bytes: &[u8], cut: bool| -> Result<Value> {
            if bytes.is_empty() {
                return Ok(Value::Null);
            }
            let placed = |e: Error| e.within(&format!("the column '{}'", column.name));
            Ok(self.texts.text(bytes, cut).map_err(placed)?.into())
        };
        let trimmed = bytes.trim_ascii();
        Ok(Some(match column.of {
            b'C' => {
                let end = bytes.iter().rposition(|b| !matches!(b, b' ' | 0)).map_or(0, |at| at + 1);
                text(&bytes[..end], end == bytes.len())?
            }
            b'N' | b'F' => match number(trimmed, column.decimals) {
                Some(value) => value,
                None => text(trimmed, false)?,
            },
            b'L' => match trimmed {
                b"T" | b"t" | b"Y" | b"y" => true.into(),
                b"F" | b"f" | b"N" | b"n" => false.into(),
                _ => Value::Null,
            },
            b'D' => match day(trimmed) {
                Some(value) => value,
                None => text(trimmed, false)?,
            },
            b'I' | b'+' => match bytes.try_into() {
                Ok(bytes) => i32::from_le_bytes(bytes).into(),
                Err(_) => Value::Null,
            },
            b'O' => match bytes.try_into() {
                Ok(bytes) => f64::from_le_bytes(bytes).into(),
                Err(_) => Value::Null,
            },
            b'M' => match (Memo::block(bytes), &self.memo) {
                (Some(block), Some(memo)) => text(memo.at(block)?, false)?,
                (Some(_), None) => return Err(damaged("its .dbt is not there")),
                (None, _) => Value::Null,
            },
            _ => return Ok(None),
        }))
    }
}

/// A name unlike those before it: ten bytes make many alike.
fn unlike(name: &str, before: &[Column]) -> String {
    let name = if name.is_empty() { "field" } else { name };
    let taken = |name: &str| before.iter().any(|other| other.name.eq_ignore_ascii_case(name));
    if !taken(name) {
        return name.to_owned();
    }
    let mut numbered = (2..).map(|number: u32| format!("{name}_{number}"));
    numbered.find(|name| !taken(name)).unwrap_or_default()
}

/// A number; null where there is none or it did not fit, `None` where it is something else.
fn number(bytes: &[u8], decimals: u8) -> Option<Value> {
    if bytes.is_empty() || bytes.iter().all(|&b| b == b'*' || b == 0) {
        return Some(Value::Null);
    }
    let text = std::str::from_utf8(bytes).ok()?;
    if decimals == 0 {
        if let Ok(whole) = text.parse::<i64>() {
            return Some(whole.into());
        }
        // More digits than a number in double precision keeps.
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
    }
    Number::from_f64(text.parse().ok()?).map(Value::Number)
}

/// A day as ISO 8601 writes it; null where there is none.
fn day(bytes: &[u8]) -> Option<Value> {
    if bytes.iter().all(|b| matches!(b, b' ' | b'0' | 0)) {
        return Some(Value::Null);
    }
    let digits = bytes.len() == 8 && bytes.iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(bytes).ok().filter(|_| digits)?;
    Some(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).into())
}

pub(super) fn damaged(what: &str) -> Error {
    Error::failure(format!("the .dbf is damaged: {what}"))
        .with_hint("was it copied whole, with the .shp that it belongs to?")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_keep_all_their_digits() {
        assert_eq!(number(b"1991", 0), Some(json!(1991)));
        assert_eq!(number(b"9007199254740993", 0), Some(json!(9_007_199_254_740_993_i64)));
        assert_eq!(number(b"99999999999999999999", 0), None);
        assert_eq!(number(b"130.12345678901", 11), Some(json!(130.123_456_789_01)));
        assert_eq!(number(b"1.30000000000e+002", 11), Some(json!(130.0)));
        assert_eq!(number(b"****", 0), Some(Value::Null));
        assert_eq!(number(b"", 2), Some(Value::Null));
        assert_eq!(number(b"about 5", 0), None);
    }

    #[test]
    fn days_are_iso_8601() {
        assert_eq!(day(b"19911224"), Some(json!("1991-12-24")));
        assert_eq!(day(b"00000000"), Some(Value::Null));
        assert_eq!(day(b""), Some(Value::Null));
        assert_eq!(day(b"1991"), None);
    }

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let column =
            Column { name: "POPULATION".to_owned(), of: b'N', start: 1, length: 9, decimals: 0 };
        assert_eq!(unlike("population", std::slice::from_ref(&column)), "population_2");
        assert_eq!(unlike("area", &[column]), "area");
    }
}
