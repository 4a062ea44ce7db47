//! When a feature existed, and in what state.

use std::fmt;
use std::str::FromStr;

use super::source::Reference;
use crate::error::{Error, ErrorKind, Result};

/// How well a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// The date as written.
    Exact,
    /// "about" the date.
    About,
    /// At the date it was so already.
    By,
}

/// A date to the year, month or day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// Year of the Gregorian calendar.
    pub year: i32,
    /// Month 1…12, if known.
    pub month: Option<u8>,
    /// Day 1…31, if known.
    pub day: Option<u8>,
    /// How well it is known.
    pub precision: Precision,
}

impl When {
    /// Years that a date may have; the studies speak of 1644 to 2018.
    pub const YEARS: std::ops::RangeInclusive<i32> = 1000..=2100;

    /// A year given by a user.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] outside [`When::YEARS`].
    pub fn check_year(year: i32) -> Result<i32> {
        if Self::YEARS.contains(&year) {
            return Ok(year);
        }
        Err(Error::new(ErrorKind::Format, format!("the year {year} is out of range"))
            .with_hint(format!("years run from {} to {}", Self::YEARS.start(), Self::YEARS.end())))
    }
}

impl FromStr for When {
    type Err = Error;

    /// Reads `1991`, `1991-12`, `1991-12-28`, each also after `about` or `by`.
    fn from_str(text: &str) -> Result<Self> {
        let wrong = || {
            Error::new(ErrorKind::Format, format!("'{text}' is not a date"))
                .with_hint("write 1991, 1991-12, 1991-12-28, 'about 1993' or 'by 1993'")
        };
        let (precision, date) = if let Some(date) = text.strip_prefix("about ") {
            (Precision::About, date)
        } else if let Some(date) = text.strip_prefix("by ") {
            (Precision::By, date)
        } else {
            (Precision::Exact, text)
        };
        let mut parts = date.split('-');
        let year = parts.next().and_then(|p| p.parse().ok()).ok_or_else(wrong)?;
        let mut next = |range: std::ops::RangeInclusive<u8>| match parts.next() {
            None => Ok(None),
            Some(part) => {
                let number: u8 = part.parse().map_err(|_| wrong())?;
                if range.contains(&number) { Ok(Some(number)) } else { Err(wrong()) }
            }
        };
        let (month, day) = (next(1..=12)?, next(1..=31)?);
        if parts.next().is_some() {
            return Err(wrong());
        }
        Ok(Self { year: Self::check_year(year)?, month, day, precision })
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Exact => {}
            Precision::About => f.write_str("about ")?,
            Precision::By => f.write_str("by ")?,
        }
        write!(f, "{}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

/// What happened to a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Somebody proposed it.
    Proposed,
    /// It was founded or designated.
    Established,
    /// It began to work.
    Opened,
    /// It ceased to work.
    Closed,
    /// It worked again.
    Reopened,
    /// It ceased to exist.
    Abolished,
    /// It took another name.
    Renamed,
}

impl EventKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Proposed,
        Self::Established,
        Self::Opened,
        Self::Closed,
        Self::Reopened,
        Self::Abolished,
        Self::Renamed,
    ];

    /// The word used in files and listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Established => "established",
            Self::Opened => "opened",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::Abolished => "abolished",
            Self::Renamed => "renamed",
        }
    }
}

impl FromStr for EventKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
            Error::new(ErrorKind::Format, format!("nothing can be '{text}'"))
                .with_hint(format!("one of {}", Self::ALL.map(Self::name).join(", ")))
        })
    }
}

/// Something that happened to a feature, and who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What.
    pub what: EventKind,
    /// When.
    pub when: When,
    /// Who says so.
    pub source: Option<Reference>,
    /// Anything to add.
    pub note: Option<String>,
}

/// The state of a feature in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The sources give no dates.
    Undated,
    /// Not even proposed yet.
    NotYet,
    /// Proposed, not realised.
    Proposed,
    /// Founded or working.
    InForce,
    /// There, but not working.
    Closed,
    /// No longer there.
    Abolished,
}

impl Status {
    /// The word used in listings and exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Undated => "undated",
            Self::NotYet => "not yet",
            Self::Proposed => "proposed",
            Self::InForce => "in force",
            Self::Closed => "closed",
            Self::Abolished => "abolished",
        }
    }
}

/// The dated events of a feature, in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeSpan {
    events: Vec<Event>,
}

impl TimeSpan {
    /// A span from events in order of time.
    ///
    /// # Errors
    /// [`ErrorKind::Catalogue`] when an event stands before an earlier one.
    pub fn new(events: Vec<Event>) -> Result<Self> {
        let key = |event: &Event| {
            (event.when.year, event.when.month.unwrap_or(0), event.when.day.unwrap_or(0))
        };
        for pair in events.windows(2) {
            let unknown_month = pair[0].when.year == pair[1].when.year
                && (pair[0].when.month.is_none() || pair[1].when.month.is_none());
            if key(&pair[1]) < key(&pair[0]) && !unknown_month {
                return Err(Error::new(
                    ErrorKind::Catalogue,
                    format!(
                        "'{}' in {} stands after {}",
                        pair[1].what.name(),
                        pair[1].when,
                        pair[0].when
                    ),
                )
                .with_hint("put the events of a span in order of time"));
            }
        }
        Ok(Self { events })
    }

    /// The events, in order of time.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The state at the end of `year`.
    pub fn status(&self, year: i32) -> Status {
        let Some(first) = self.events.first() else { return Status::Undated };
        // A thing whose first event is an end, or a new name, was there before.
        let before = match first.what {
            EventKind::Proposed | EventKind::Established | EventKind::Opened => Status::NotYet,
            EventKind::Closed | EventKind::Abolished | EventKind::Renamed => Status::InForce,
            EventKind::Reopened => Status::Closed,
        };
        let past = self.events.iter().take_while(|event| event.when.year <= year);
        past.fold(before, |status, event| match event.what {
            EventKind::Proposed if status == Status::NotYet => Status::Proposed,
            EventKind::Proposed | EventKind::Renamed => status,
            EventKind::Established | EventKind::Opened | EventKind::Reopened => Status::InForce,
            EventKind::Closed => Status::Closed,
            EventKind::Abolished => Status::Abolished,
        })
    }

    /// Whether a map or list of `year` shows the feature: it was proposed, in force or closed at
    /// some time in that year, or has no dates.
    pub fn shown_in(&self, year: i32) -> bool {
        let there = |status| !matches!(status, Status::NotYet | Status::Abolished);
        there(self.status(year)) || there(self.status(year - 1))
    }

    /// The first and last year in which it is known to have existed: from the first proposal or
    /// foundation to the abolition.
    pub fn years(&self) -> (Option<i32>, Option<i32>) {
        let from = self.events.first().map(|event| event.when.year);
        let to = self.events.last().filter(|event| event.what == EventKind::Abolished);
        (from, to.map(|event| event.when.year))
    }

    /// The first day of the first event and the last day that the abolition may fall on, as
    /// `1991-12-24`, as far as their dates tell: for programs that sort and filter by days.
    pub fn days(&self) -> (Option<String>, Option<String>) {
        let first = |when: &When| {
            format!("{:04}-{:02}-{:02}", when.year, when.month.unwrap_or(1), when.day.unwrap_or(1))
        };
        let last = |when: &When| {
            let month = when.month.unwrap_or(12);
            let day = when.day.unwrap_or_else(|| days_in(when.year, month));
            format!("{:04}-{month:02}-{day:02}", when.year)
        };
        let to = self.events.last().filter(|event| event.what == EventKind::Abolished);
        (self.events.first().map(|event| first(&event.when)), to.map(|event| last(&event.when)))
    }
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_months_run_from_their_first_day_to_their_last() {
        let days = |events| span(events).days();
        let (from, to) = days(&[("established", "1991-12"), ("abolished", "2000-02")]);
        assert_eq!((from.as_deref(), to.as_deref()), (Some("1991-12-01"), Some("2000-02-29")));
        let (from, to) = days(&[("opened", "about 1988"), ("closed", "1994")]);
        assert_eq!((from.as_deref(), to), (Some("1988-01-01"), None));
    }

    fn span(events: &[(&str, &str)]) -> TimeSpan {
        TimeSpan::new(
            events
                .iter()
                .map(|(what, when)| Event {
                    what: what.parse().unwrap(),
                    when: when.parse().unwrap(),
                    source: None,
                    note: None,
                })
                .collect(),
        )
        .unwrap()
    }

    #[test]
    fn dates_read_and_print() {
        for text in ["1991", "1991-12", "1991-12-28", "about 1993", "by 1996"] {
            assert_eq!(text.parse::<When>().unwrap().to_string(), text);
        }
        for text in ["", "1991-13", "91", "1991-12-28-1", "in 1991", "9999"] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_state_follows_the_events() {
        let suifenhe = span(&[("closed", "1969"), ("reopened", "1983"), ("opened", "1986")]);
        assert_eq!(suifenhe.status(1960), Status::InForce);
        assert_eq!(suifenhe.status(1970), Status::Closed);
        assert_eq!(suifenhe.status(1983), Status::InForce);
        let triangle = span(&[("proposed", "1991"), ("abolished", "1994-10")]);
        assert_eq!(triangle.status(1990), Status::NotYet);
        assert_eq!(triangle.status(1993), Status::Proposed);
        assert!(triangle.shown_in(1994), "it was there until October");
        assert!(!triangle.shown_in(1995));
        assert_eq!(span(&[]).status(1990), Status::Undated);
        assert_eq!(span(&[("reopened", "1983")]).status(1975), Status::Closed);
    }

    #[test]
    fn events_out_of_order_are_refused() {
        let events = ["1994", "1991"].map(|when| Event {
            what: EventKind::Proposed,
            when: when.parse().unwrap(),
            source: None,
            note: None,
        });
        assert!(TimeSpan::new(events.to_vec()).is_err());
    }
}
