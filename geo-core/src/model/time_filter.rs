//! Time as a filter of any query.

use std::str::FromStr;

use super::allen::{Allen, AllenSet, Holds};
use super::interval::Interval;
use super::span::TimeSpan;
use crate::error::{Error, ErrorKind, Result};

/// What existed in a certain relation to a stretch of time.
///
/// It takes what *may* stand in the relation, as far as the dates tell, unless it asks for what
/// certainly does. A thing without dates may stand in any, which says nothing: it is never taken.
///
/// ```
/// use tumen_geo_core::model::{TimeFilter, TimeSpan, Event, EventKind};
/// let zone = TimeSpan::new(vec![
///     Event { what: EventKind::Established, when: "1991".parse()?, source: None, note: None },
///     Event { what: EventKind::Abolished, when: "1994-10".parse()?, source: None, note: None },
/// ])?;
/// // It may have been founded on 1 January 1991, and then it would start the years, not lie during.
/// assert!("during 1991/1996".parse::<TimeFilter>()?.takes(&zone));
/// assert!(!"certainly during 1991/1996".parse::<TimeFilter>()?.takes(&zone));
/// assert!("certainly within 1991/1996".parse::<TimeFilter>()?.takes(&zone));
/// assert!(!"after 1993".parse::<TimeFilter>()?.takes(&zone));
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeFilter {
    wanted: AllenSet,
    least: Holds,
    of: Interval,
}

impl TimeFilter {
    /// Takes what stands in one of the relations to `of`: certainly, or [`Holds::Possibly`] at
    /// least.
    pub fn new(wanted: AllenSet, certainly: bool, of: Interval) -> Self {
        Self { wanted, least: if certainly { Holds::Certainly } else { Holds::Possibly }, of }
    }

    /// Whether a thing that existed so is taken.
    pub fn takes(&self, span: &TimeSpan) -> bool {
        let interval = span.interval();
        interval.is_some_and(|own| own.relation_to(&self.of).hold(self.wanted) >= self.least)
    }
}

impl FromStr for TimeFilter {
    type Err = Error;

    /// Reads `during 1991/1996`, `certainly before 1993`, `starts,equals 1991-12/..`: relations by
    /// [`Allen::name`], or `within` and `intersects` for those of [`AllenSet`]; then an
    /// [`Interval`].
    fn from_str(text: &str) -> Result<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (certainly, words) = match words[..] {
            ["certainly", ref rest @ ..] => (true, rest),
            ["possibly", ref rest @ ..] => (false, rest),
            ref all => (false, all),
        };
        let [relations, interval] = words else {
            return Err(Error::new(
                ErrorKind::Format,
                format!("'{text}' is not a relation and a stretch of time"),
            )
            .with_hint(
                "write as in 'during 1991/1996', 'intersects 1993' or 'certainly before 1992'",
            ));
        };
        let relation = |word: &str| match word {
            "within" => Ok(AllenSet::WITHIN),
            "intersects" => Ok(AllenSet::INTERSECTS),
            word => word.parse::<Allen>().map(AllenSet::from).map_err(|e| {
                let all = Allen::ALL.map(Allen::name).join(", ");
                e.with_hint(format!("one of {all}, within, intersects"))
            }),
        };
        let wanted = relations.split(',').map(relation);
        let wanted: Result<Vec<AllenSet>> = wanted.collect();
        let wanted = wanted?.into_iter().reduce(AllenSet::or);
        Ok(Self::new(wanted.unwrap_or(AllenSet::INTERSECTS), certainly, interval.parse()?))
    }
}
