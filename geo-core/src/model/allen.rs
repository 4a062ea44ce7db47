//! How stretches of time lie to each other.

use std::fmt;
use std::str::FromStr;

use super::interval::{Day, Interval};
use super::span::TimeSpan;
use crate::error::{Error, ErrorKind, Result};

/// The thirteen ways in which one stretch of days can lie to another (J. F. Allen, Maintaining
/// knowledge about temporal intervals, Comm. ACM 26, 1983, 832–843). Of any two, whose ends are
/// known to the day, exactly one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allen {
    /// It ends, and after a day or more the other begins.
    Before,
    /// It ends the day before the other begins.
    Meets,
    /// It begins first, and ends after the other has begun, and before it ends.
    Overlaps,
    /// Both begin on one day, and it ends first.
    Starts,
    /// It begins after the other, and ends before it.
    During,
    /// It begins after the other, and both end on one day.
    Finishes,
    /// Both begin on one day, and end on one day.
    Equals,
    /// The other finishes it.
    FinishedBy,
    /// The other is during it.
    Contains,
    /// The other starts it.
    StartedBy,
    /// The other overlaps it.
    OverlappedBy,
    /// The other meets it.
    MetBy,
    /// The other is before it.
    After,
}

impl Allen {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Before,
        Self::Meets,
        Self::Overlaps,
        Self::Starts,
        Self::During,
        Self::Finishes,
        Self::Equals,
        Self::FinishedBy,
        Self::Contains,
        Self::StartedBy,
        Self::OverlappedBy,
        Self::MetBy,
        Self::After,
    ];

    /// The word used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Meets => "meets",
            Self::Overlaps => "overlaps",
            Self::Starts => "starts",
            Self::During => "during",
            Self::Finishes => "finishes",
            Self::Equals => "equals",
            Self::FinishedBy => "finished-by",
            Self::Contains => "contains",
            Self::StartedBy => "started-by",
            Self::OverlappedBy => "overlapped-by",
            Self::MetBy => "met-by",
            Self::After => "after",
        }
    }

    /// The relation seen from the other.
    pub const fn inverse(self) -> Self {
        Self::ALL[Self::ALL.len() - 1 - self.place()]
    }

    /// Inverses mirror each other around `equals`.
    const fn place(self) -> usize {
        self as usize
    }

    /// What must hold of the first and last days of the two: each `a − b ≤ c`, over [`FIRST`] and
    /// [`LAST`] of the one and [`OTHER`] of these.
    const fn demands(self) -> &'static [(usize, usize, i64)] {
        match self {
            Self::Before => &[(LAST, OTHER + FIRST, -2)],
            Self::Meets => &[(LAST, OTHER + FIRST, -1), (OTHER + FIRST, LAST, 1)],
            Self::Overlaps => {
                &[(FIRST, OTHER + FIRST, -1), (OTHER + FIRST, LAST, 0), (LAST, OTHER + LAST, -1)]
            }
            Self::Starts => {
                &[(FIRST, OTHER + FIRST, 0), (OTHER + FIRST, FIRST, 0), (LAST, OTHER + LAST, -1)]
            }
            Self::During => &[(OTHER + FIRST, FIRST, -1), (LAST, OTHER + LAST, -1)],
            Self::Finishes => {
                &[(OTHER + FIRST, FIRST, -1), (LAST, OTHER + LAST, 0), (OTHER + LAST, LAST, 0)]
            }
            Self::Equals => &[
                (FIRST, OTHER + FIRST, 0),
                (OTHER + FIRST, FIRST, 0),
                (LAST, OTHER + LAST, 0),
                (OTHER + LAST, LAST, 0),
            ],
            Self::FinishedBy
            | Self::Contains
            | Self::StartedBy
            | Self::OverlappedBy
            | Self::MetBy
            | Self::After => &[],
        }
    }
}

const FIRST: usize = 0;
const LAST: usize = 1;
const OTHER: usize = 2;

impl fmt::Display for Allen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Allen {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|relation| relation.name() == text).ok_or_else(|| {
            Error::new(ErrorKind::Format, format!("there is no relation '{text}' of times"))
                .with_hint(format!("one of {}", Self::ALL.map(Self::name).join(", ")))
        })
    }
}

/// Some of the thirteen relations: those that are possible, or asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AllenSet(u16);

/// Whether something is so, as far as the dates tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// It is not.
    No,
    /// The dates allow it, and the contrary.
    Possibly,
    /// It is.
    Certainly,
}

impl AllenSet {
    /// Lying in the other: `starts`, `during`, `finishes`, `equals`.
    pub const WITHIN: Self =
        Self::all(&[Allen::Starts, Allen::During, Allen::Finishes, Allen::Equals]);

    /// Having a day in common: all but `before`, `meets`, `met-by`, `after`.
    pub const INTERSECTS: Self = Self(
        (1 << Allen::ALL.len())
            - 1
            - Self::all(&[Allen::Before, Allen::Meets, Allen::MetBy, Allen::After]).0,
    );

    const fn all(relations: &[Allen]) -> Self {
        let mut set = 0;
        let mut place = 0;
        while place < relations.len() {
            set |= 1 << relations[place].place();
            place += 1;
        }
        Self(set)
    }

    /// Whether the relation is one of them.
    pub const fn has(self, relation: Allen) -> bool {
        self.0 & (1 << relation.place()) != 0
    }

    /// The relations, in the order of [`Allen::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Allen> {
        Allen::ALL.into_iter().filter(move |&relation| self.has(relation))
    }

    /// The one relation, if it is one: of those that are possible, the one that is certain.
    pub fn only(self) -> Option<Allen> {
        let mut relations = self.iter();
        relations.next().filter(|_| relations.next().is_none())
    }

    /// The relations of either.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of the relations `wanted` holds, when these are the ones possible: certainly,
    /// when no other one is.
    pub const fn hold(self, wanted: Self) -> Holds {
        match (self.0 & wanted.0, self.0 & !wanted.0) {
            (0, _) => Holds::No,
            (_, 0) => Holds::Certainly,
            _ => Holds::Possibly,
        }
    }
}

impl From<Allen> for AllenSet {
    fn from(relation: Allen) -> Self {
        Self::all(&[relation])
    }
}

impl FromIterator<Allen> for AllenSet {
    fn from_iter<I: IntoIterator<Item = Allen>>(relations: I) -> Self {
        relations.into_iter().fold(Self(0), |set, relation| set.or(relation.into()))
    }
}

impl fmt::Debug for AllenSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Interval {
    /// How this can lie to another: each relation for which there are days, of those that its ends
    /// and those of the other may be, at which it holds. Never empty.
    pub fn relation_to(&self, other: &Self) -> AllenSet {
        let ends = [self.first, self.last, other.first, other.last];
        let swapped = [other.first, other.last, self.first, self.last];
        let possible = |relation: &Allen| {
            // One half of the relations is the other half seen from the other side.
            if *relation <= Allen::Equals {
                possible(ends, relation.demands())
            } else {
                possible(swapped, relation.inverse().demands())
            }
        };
        Allen::ALL.into_iter().filter(possible).collect()
    }
}

impl TimeSpan {
    /// How the existence of a thing, see [`TimeSpan::interval`], can lie to that of another; `None`
    /// when one of them has no dates.
    pub fn relation_to(&self, other: &Self) -> Option<AllenSet> {
        Some(self.interval()?.relation_to(&other.interval()?))
    }

    /// Whether a thing existed on at least one day of a year; `None` when it has no dates, or the
    /// year is out of range.
    ///
    /// [`shown_in`](Self::shown_in) takes dates by their word instead: a port that was open "by
    /// 1993" is there from 1993 on, whereas here it is possible before that, and certain since.
    pub fn at(&self, year: i32) -> Option<Holds> {
        let year = Interval::year(year).ok()?;
        Some(self.interval()?.relation_to(&year).hold(AllenSet::INTERSECTS))
    }
}

/// Whether there are days within their bounds that meet all demands and come in order: differences
/// can be kept when no round of them must be below zero (R. Bellman, Quart. Appl. Math. 16, 1958,
/// 87–90; the distances are those of R. W. Floyd, Comm. ACM 5, 1962, 345).
fn possible(days: [Day; 4], demands: &[(usize, usize, i64)]) -> bool {
    /// The day that others are bounded by.
    const ZERO: usize = 4;
    /// More than any difference.
    const FREE: i64 = 1 << 40;
    let mut most = [[FREE; 5]; 5];
    let mut demand = |a: usize, b: usize, difference: i64| {
        most[a][b] = most[a][b].min(difference);
    };
    for (day, bounds) in days.iter().enumerate() {
        demand(day, ZERO, bounds.latest);
        demand(ZERO, day, -bounds.earliest);
    }
    demand(FIRST, LAST, 0);
    demand(OTHER + FIRST, OTHER + LAST, 0);
    for &(a, b, difference) in demands {
        demand(a, b, difference);
    }
    for by in 0..5 {
        for a in 0..5 {
            for b in 0..5 {
                most[a][b] = most[a][b].min(most[a][by] + most[by][b]);
            }
        }
    }
    (0..5).all(|day| most[day][day] >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relation of two stretches whose days are known, by comparing them.
    fn told([from, to]: [i64; 2], [other_from, other_to]: [i64; 2]) -> Allen {
        use std::cmp::Ordering::{Equal, Greater, Less};
        if to + 1 < other_from {
            return Allen::Before;
        }
        if to + 1 == other_from {
            return Allen::Meets;
        }
        if other_to + 1 < from {
            return Allen::After;
        }
        if other_to + 1 == from {
            return Allen::MetBy;
        }
        match (from.cmp(&other_from), to.cmp(&other_to)) {
            (Less, Less) => Allen::Overlaps,
            (Less, Equal) => Allen::FinishedBy,
            (Less, Greater) => Allen::Contains,
            (Equal, Less) => Allen::Starts,
            (Equal, Equal) => Allen::Equals,
            (Equal, Greater) => Allen::StartedBy,
            (Greater, Less) => Allen::During,
            (Greater, Equal) => Allen::Finishes,
            (Greater, Greater) => Allen::OverlappedBy,
        }
    }

    /// Every interval whose ends are known to some of four days, against every other, and each day
    /// that they may be: no relation is missing, none is too many.
    #[test]
    fn possible_relations_are_those_of_all_days() {
        let bounds: Vec<Day> = (0..4)
            .flat_map(|earliest| (earliest..4).map(move |latest| Day { earliest, latest }))
            .collect();
        let days = |interval: &Interval| -> Vec<[i64; 2]> {
            let (first, last) = (interval.first, interval.last);
            (first.earliest..=first.latest)
                .flat_map(|from| (last.earliest..=last.latest).map(move |to| [from, to]))
                .filter(|[from, to]| from <= to)
                .collect()
        };
        let intervals: Vec<(Interval, Vec<[i64; 2]>)> = bounds
            .iter()
            .flat_map(|&first| bounds.iter().map(move |&last| Interval { first, last }))
            .map(|interval| (interval, days(&interval)))
            .filter(|(_, days)| !days.is_empty())
            .collect();
        assert!(intervals.len() > 80);
        for (one, one_days) in &intervals {
            for (two, two_days) in &intervals {
                let expected: AllenSet = one_days
                    .iter()
                    .flat_map(|&one| two_days.iter().map(move |&two| told(one, two)))
                    .collect();
                assert_eq!(one.relation_to(two), expected, "{one:?} {two:?}");
                let back: AllenSet = expected.iter().map(Allen::inverse).collect();
                assert_eq!(two.relation_to(one), back);
            }
        }
    }

    #[test]
    fn relations_read_back_and_mirror() {
        for relation in Allen::ALL {
            assert_eq!(relation.name().parse::<Allen>().unwrap(), relation);
            assert_eq!(relation.inverse().inverse(), relation);
        }
        assert_eq!(Allen::Starts.inverse(), Allen::StartedBy);
        assert_eq!(Allen::Equals.inverse(), Allen::Equals);
        assert!("while".parse::<Allen>().unwrap_err().hint().is_some());
        assert_eq!(AllenSet::INTERSECTS.iter().count(), 9);
    }

    #[test]
    fn vague_dates_are_possible_and_not_certain() {
        use super::super::span::{Event, EventKind};
        let span = |events: &[(EventKind, &str)]| {
            let event = |&(what, when): &(EventKind, &str)| Event {
                what,
                when: when.parse().unwrap(),
                source: None,
                note: None,
            };
            TimeSpan::new(events.iter().map(event).collect()).unwrap()
        };
        let port = span(&[(EventKind::Opened, "by 1993")]);
        let at = |span: &TimeSpan, years: [i32; 4]| years.map(|year| span.at(year).unwrap());
        let (no, maybe, sure) = (Holds::No, Holds::Possibly, Holds::Certainly);
        assert_eq!(at(&port, [1900, 1992, 1993, 2018]), [maybe, maybe, sure, sure]);
        let zone =
            span(&[(EventKind::Established, "about 1992"), (EventKind::Abolished, "1996-03")]);
        assert_eq!(at(&zone, [1989, 1990, 1994, 1996]), [no, maybe, sure, sure]);
        assert_eq!(zone.at(1997), Some(no));
        let closed = span(&[(EventKind::Closed, "1969"), (EventKind::Reopened, "1983")]);
        assert_eq!(at(&closed, [1950, 1968, 1969, 1970]), [maybe, maybe, sure, sure]);
        assert_eq!(span(&[]).at(1993), None);
        assert_eq!(span(&[]).relation_to(&zone), None);
        // The first became the second at some time in 1996.
        let second = span(&[(EventKind::Established, "1996-04-01")]);
        let relations = zone.relation_to(&second).unwrap();
        assert_eq!(relations.iter().collect::<Vec<_>>(), [Allen::Before, Allen::Meets]);
        assert_eq!(relations.hold(AllenSet::INTERSECTS), Holds::No);
    }
}
