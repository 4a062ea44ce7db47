//! What the cells of a column are.

use serde_json::{Number, Value};

/// What all cells of a column are that are not empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Cells {
    /// Nothing but empty ones so far.
    #[default]
    Empty,
    /// Whole numbers as a computer writes them: no zeros or plus before them.
    Integers,
    /// Numbers.
    Numbers,
    /// `true` and `false`.
    Booleans,
    /// Anything else, such as `007`.
    Texts,
}

impl Cells {
    /// What they are with another cell.
    pub(super) fn with(self, cell: &str) -> Self {
        if cell.is_empty() || self == Self::Texts {
            return self;
        }
        match (self, Self::of(cell)) {
            (Self::Empty, here) => here,
            (before, here) if before == here => here,
            (Self::Integers, Self::Numbers) | (Self::Numbers, Self::Integers) => Self::Numbers,
            _ => Self::Texts,
        }
    }

    fn of(cell: &str) -> Self {
        if integer(cell).is_some() {
            Self::Integers
        } else if number(cell).is_some() {
            Self::Numbers
        } else if boolean(cell).is_some() {
            Self::Booleans
        } else {
            Self::Texts
        }
    }

    /// The value of a cell of such a column; an empty one is null.
    pub(super) fn value(self, cell: &str) -> Value {
        let value = match self {
            Self::Empty | Self::Texts => None,
            Self::Integers => integer(cell).map(Value::from),
            Self::Numbers => number(cell).map(Value::Number),
            Self::Booleans => boolean(cell).map(Value::Bool),
        };
        value.unwrap_or_else(|| match cell {
            "" => Value::Null,
            text => Value::from(text),
        })
    }
}

/// A whole number that is written the same again.
fn integer(cell: &str) -> Option<i64> {
    let number: i64 = cell.parse().ok()?;
    (number.to_string() == cell).then_some(number)
}

/// A number of digits with a point, a minus or an exponent, and no zeros before it.
fn number(cell: &str) -> Option<Number> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let plain = digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'-' | b'+'));
    let after = digits.strip_prefix('0');
    let padded = after.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    // A long row of digits is a code, of which a number would keep the first 15.
    let code = digits.len() > 15 && digits.bytes().all(|b| b.is_ascii_digit());
    if !plain || padded || code || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    cell.parse().ok().filter(|number: &f64| number.is_finite()).and_then(Number::from_f64)
}

fn boolean(cell: &str) -> Option<bool> {
    [("true", true), ("false", false)]
        .iter()
        .find_map(|(name, value)| cell.eq_ignore_ascii_case(name).then_some(*value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(cells: &[&str]) -> Cells {
        cells.iter().fold(Cells::Empty, |before, cell| before.with(cell))
    }

    #[test]
    fn a_column_is_of_numbers_when_all_its_cells_are() {
        assert_eq!(of(&["1", "", "-7", "0"]), Cells::Integers);
        assert_eq!(of(&["1", "0.50", "1e21"]), Cells::Numbers);
        assert_eq!(of(&["True", "false"]), Cells::Booleans);
        assert_eq!(of(&["", ""]), Cells::Empty);
    }

    #[test]
    fn codes_stay_texts() {
        for codes in [
            &["007", "8"][..],
            &["1", "+2"],
            &["12345678901234567890"],
            &["1", "2a"],
            &["true", "1"],
            &["1,5"],
            &["-"],
            &["inf"],
            &["nan"],
            &["1e400"],
            &[" 1"],
            &[".5"],
        ] {
            assert_eq!(of(codes), Cells::Texts, "{codes:?}");
        }
    }

    #[test]
    fn cells_are_values_of_their_column() {
        assert_eq!(Cells::Texts.value("7"), json!("7"));
        assert_eq!(Cells::Integers.value("7"), json!(7));
        assert_eq!(Cells::Numbers.value("7"), json!(7.0));
        assert_eq!(Cells::Booleans.value("True"), json!(true));
        assert_eq!(Cells::Integers.value(""), Value::Null);
    }
}
