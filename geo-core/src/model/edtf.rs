//! Time in EDTF, the Extended Date/Time Format (ISO 8601-2:2019, Library of Congress, level 1 and
//! the sets of level 2).

use std::fmt;

use super::span::{Event, EventKind, Precision, TimeSpan, When};

impl When {
    /// The date alone: `1991-12`, `1993~` (about), `[..1996]` (some time up to it).
    ///
    /// ```
    /// use tumen_geo_core::model::When;
    /// for (ours, edtf) in [("1991-12", "1991-12"), ("about 1993", "1993~"), ("by 1996", "[..1996]")] {
    ///     assert_eq!(ours.parse::<When>()?.edtf(), edtf);
    /// }
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn edtf(&self) -> String {
        let date = Self { precision: Precision::Exact, ..*self };
        match self.precision {
            Precision::Exact => date.to_string(),
            Precision::About => format!("{date}~"),
            Precision::By => format!("[..{date}]"),
        }
    }

    /// The date as an end of an interval: empty, which means unknown, for a date by which a thing
    /// was so already, since an interval cannot hold a set.
    fn edtf_end(&self) -> String {
        match self.precision {
            Precision::Exact | Precision::About => self.edtf(),
            Precision::By => String::new(),
        }
    }
}

impl TimeSpan {
    /// The interval in which a thing is known to have existed, proposals included: `1991-12/..` (to
    /// this day, as far as the sources tell), `1991/1994-10`, `/..` (since a time unknown). Empty
    /// when there are no dates.
    ///
    /// A thing whose first event is an end, a reopening or a new name was there before.
    pub fn edtf(&self) -> String {
        let (Some(first), Some(last)) = (self.events().first(), self.events().last()) else {
            return String::new();
        };
        let start = match first.what {
            EventKind::Proposed | EventKind::Established | EventKind::Opened => {
                first.when.edtf_end()
            }
            EventKind::Closed | EventKind::Reopened | EventKind::Abolished | EventKind::Renamed => {
                String::new()
            }
        };
        let end = match last.what {
            EventKind::Abolished => last.when.edtf_end(),
            EventKind::Proposed
            | EventKind::Established
            | EventKind::Opened
            | EventKind::Closed
            | EventKind::Reopened
            | EventKind::Renamed => "..".to_owned(),
        };
        format!("{start}/{end}")
    }
}

impl fmt::Display for Event {
    /// `closed 1969 — border closed (study-a 6404–6412)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what.name(), self.when)?;
        if let Some(note) = &self.note {
            write!(f, " — {note}")?;
        }
        match &self.source {
            Some(source) => write!(f, " ({source})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_intervals() {
        let edtf = |events: &[(&str, &str)]| {
            let event = |(what, when): &(&str, &str)| Event {
                what: what.parse().unwrap(),
                when: when.parse().unwrap(),
                source: None,
                note: None,
            };
            TimeSpan::new(events.iter().map(event).collect()).unwrap().edtf()
        };
        assert_eq!(edtf(&[]), "");
        assert_eq!(edtf(&[("established", "1991-12"), ("renamed", "by 2009")]), "1991-12/..");
        assert_eq!(edtf(&[("proposed", "about 1991"), ("abolished", "1994-10")]), "1991~/1994-10");
        assert_eq!(edtf(&[("closed", "1969"), ("reopened", "1983")]), "/..");
        assert_eq!(edtf(&[("opened", "by 1996"), ("abolished", "by 1999")]), "/");
    }
}
