//! Stretches of time whose ends may be known to a year only.

use std::str::FromStr;

use super::span::{EventKind, Precision, TimeSpan, When};
use crate::error::{Error, ErrorKind, Result};

/// A stretch of whole days: from a first day to a last one, both included, as EDTF has it. Each of
/// the two is known to lie between an earliest and a latest day.
///
/// # Guarantees
/// Neither end can only lie on the wrong side of the other.
///
/// ```
/// use tumen_geo_core::model::{Allen, Interval};
/// let decade: Interval = "1991/2000".parse()?;
/// let soviet: Interval = "1922-12-30/1991-12-26".parse()?;
/// assert_eq!(soviet.relation_to(&decade).only(), Some(Allen::Overlaps));
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub(super) first: Day,
    pub(super) last: Day,
}

/// A day, counted from 1 March of year 0, that is known to lie between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) earliest: i64,
    pub(super) latest: i64,
}

/// Before all days of [`When::YEARS`]: a start that nobody tells.
const LONG_AGO: i64 = -1_000_000;

/// After all of them: an end that has not come.
const OPEN: i64 = 10_000_000;

impl Interval {
    /// How far a date that is "about" a year, month or day may be off, in years: the sources do
    /// not say, and two is our reading of them.
    pub const ABOUT_YEARS: i32 = 2;

    /// A year, from its first day to its last.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] outside [`When::YEARS`].
    pub fn year(year: i32) -> Result<Self> {
        let year = When::check_year(year)?;
        let when = When { year, month: None, day: None, precision: Precision::Exact };
        let (first, last) = days(&when);
        Ok(Self { first: Day::exactly(first), last: Day::exactly(last) })
    }
}

impl Day {
    fn exactly(day: i64) -> Self {
        Self { earliest: day, latest: day }
    }

    /// When something happened that `when` tells.
    fn of(when: &When) -> Self {
        let (earliest, latest) = days(when);
        match when.precision {
            Precision::Exact => Self { earliest, latest },
            Precision::About => {
                let around = |years| days(&When { year: when.year + years, ..*when });
                Self {
                    earliest: around(-Interval::ABOUT_YEARS).0,
                    latest: around(Interval::ABOUT_YEARS).1,
                }
            }
            Precision::By => Self { earliest: LONG_AGO, latest },
        }
    }
}

impl FromStr for Interval {
    type Err = Error;

    /// Reads `1993`, `1991/1996`, `1991-12/1994-10-15`, `1991/..`, `../1996`: from the first day of
    /// the one to the last day of the other.
    fn from_str(text: &str) -> Result<Self> {
        let wrong = |what: String| {
            Error::new(ErrorKind::Format, what)
                .with_hint("write 1993, 1991/1996, 1991-12/.. or ../1996")
        };
        let (from, to) = text.split_once('/').unwrap_or((text, text));
        let read = |text: &str| -> Result<Option<(i64, i64)>> {
            if text == ".." {
                return Ok(None);
            }
            let when: When = text.parse()?;
            if when.precision != Precision::Exact {
                return Err(wrong(format!("'{text}' is too vague to ask about")));
            }
            Ok(Some(days(&when)))
        };
        let first = read(from)?.map_or(LONG_AGO, |(first, _)| first);
        let last = read(to)?.map_or(OPEN, |(_, last)| last);
        if first > last {
            return Err(wrong(format!("'{text}' ends before it begins")));
        }
        Ok(Self { first: Day::exactly(first), last: Day::exactly(last) })
    }
}

impl TimeSpan {
    /// The stretch of time in which a thing is known to have existed, proposals included, as
    /// [`years`](Self::years) has it; `None` when there are no dates.
    ///
    /// A date is known to lie somewhere in its year, month or day; one that is "about" lies
    /// [`Interval::ABOUT_YEARS`] either side; one "by" which a thing was so is the latest. The
    /// start of what began with an end, a reopening or a new name is unknown, up to that day. What
    /// is not abolished goes on without end.
    pub fn interval(&self) -> Option<Interval> {
        let (begin, end) = (self.events().first()?, self.events().last()?);
        let told = Day::of(&begin.when);
        let first = match begin.what {
            EventKind::Proposed | EventKind::Established | EventKind::Opened => told,
            EventKind::Closed | EventKind::Reopened | EventKind::Abolished | EventKind::Renamed => {
                Day { earliest: LONG_AGO, ..told }
            }
        };
        let last = match end.what {
            EventKind::Abolished => Day::of(&end.when),
            EventKind::Proposed
            | EventKind::Established
            | EventKind::Opened
            | EventKind::Closed
            | EventKind::Reopened
            | EventKind::Renamed => Day::exactly(OPEN),
        };
        Some(Interval { first, last })
    }
}

/// The first and the last day of the year, month or day of a date.
fn days(when: &When) -> (i64, i64) {
    let (from, to) = match when.month {
        Some(month) => (month, month),
        None => (1, 12),
    };
    let from = day(when.year, from, when.day.unwrap_or(1));
    let to = match when.day {
        Some(_) => from,
        None if to == 12 => day(when.year + 1, 1, 1) - 1,
        None => day(when.year, to + 1, 1) - 1,
    };
    (from, to)
}

/// The number of a day of the Gregorian calendar, whose years are taken to begin in March so that
/// the leap day comes last (L. Howard Hinnant, chrono-Compatible Low-Level Date Algorithms).
fn day(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let month = (i64::from(month) + 9) % 12;
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap + (153 * month + 2) / 5 + i64::from(day) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected: Python `date(y, m, d).toordinal()`, whose day 1 is 1 January of year 1.
    #[test]
    fn days_are_counted() {
        for (year, month, of_month, ordinal) in [
            (1858, 5, 28, 678_403),
            (1900, 3, 1, 693_655),
            (1991, 12, 28, 727_194),
            (2000, 2, 29, 730_179),
        ] {
            assert_eq!(day(year, month, of_month) - day(1, 1, 1) + 1, ordinal, "{year}");
        }
        let lasts = ["1991", "1991-12", "1991-12-31"].map(|text| days(&text.parse().unwrap()).1);
        assert_eq!(lasts, [day(1991, 12, 31); 3]);
        assert_eq!(days(&"2000-02".parse().unwrap()), (day(2000, 2, 1), day(2000, 2, 29)));
    }

    #[test]
    fn intervals_are_read_and_checked() {
        let read = |text: &str| text.parse::<Interval>();
        assert_eq!(read("1993").unwrap(), Interval::year(1993).unwrap());
        assert_eq!(read("1991/1991").unwrap(), read("1991-01-01/1991-12-31").unwrap());
        assert_eq!(read("../..").unwrap().first.latest, LONG_AGO);
        for wrong in ["", "1996/1991", "about 1993", "1991/1993/1996", "1991/", "91"] {
            assert!(read(wrong).unwrap_err().hint().is_some(), "{wrong}");
        }
    }
}
