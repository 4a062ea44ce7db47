//! Readable tables on a terminal.

use std::io::{self, Write};

/// Columns under headings; numbers to the right.
#[derive(Debug)]
pub struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table.
    pub fn new(headings: &[&'static str]) -> Self {
        Self::of(headings.iter().map(|&heading| heading.to_owned()).collect())
    }

    /// An empty table whose headings are not known beforehand.
    pub fn of(headings: Vec<String>) -> Self {
        Self { headings, rows: Vec::new() }
    }

    /// Adds a row of as many cells as there are headings.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.line(cells.into());
    }

    /// As [`row`](Self::row), for as many cells as the caller knows of.
    pub fn line(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.headings.len());
        self.rows.push(cells);
    }

    /// Writes headings and rows, two spaces between columns.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns = 0..self.headings.len();
        let widths: Vec<usize> = columns
            .clone()
            .map(|c| {
                let cells = self.rows.iter().map(|row| width(&row[c]));
                cells.chain([width(&self.headings[c])]).max().unwrap_or(0)
            })
            .collect();
        let right: Vec<bool> = columns
            .map(|c| {
                let mut cells =
                    self.rows.iter().map(|row| row[c].as_str()).filter(|t| !t.is_empty());
                cells.next().is_some_and(is_number) && cells.all(is_number)
            })
            .collect();
        for row in std::iter::once(&self.headings).chain(&self.rows) {
            let mut line = String::new();
            for ((cell, &column), &right) in row.iter().zip(&widths).zip(&right) {
                let space = " ".repeat(column - width(cell));
                if right {
                    line.push_str(&space);
                }
                line.push_str(cell);
                if !right {
                    line.push_str(&space);
                }
                line.push_str("  ");
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || " .,+-−%±".contains(c))
}

/// Columns that a text takes on a terminal: Han, kana and Hangul take two, combining marks none.
pub fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match u32::from(c) {
            0x0300..=0x036f => 0,
            0x1100..=0x115f
            | 0x2e80..=0xa4cf
            | 0xac00..=0xd7a3
            | 0xf900..=0xfaff
            | 0xfe30..=0xfe6f
            | 0xff00..=0xff60
            | 0xffe0..=0xffe6 => 2,
            _ => 1,
        })
        .sum()
}

/// A number with thin groups of thousands: `16 916.4`.
pub fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(w, r)| (w, r));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    if rest.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{rest}") }
}

/// A text of at most so many characters; what is cut ends in an ellipsis.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_in_all_scripts() {
        let mut table = Table::new(&["id", "name", "km"]);
        table.row(["rajin".into(), "라진".into(), "7.1".into()]);
        table.row(["vladivostok".into(), "V".into(), "107.0".into()]);
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "id           name     km\nrajin        라진    7.1\nvladivostok  V     107.0\n"
        );
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(1_234_567.89, 1), "1 234 567.9");
        assert_eq!(grouped(-1000.0, 0), "-1 000");
        assert_eq!(grouped(12.0, 2), "12.00");
    }
}
