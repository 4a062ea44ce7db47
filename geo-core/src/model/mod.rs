//! The catalogue: validated features with names, time, sources and claims, the links between them
//! and their figures by year.

mod allen;
mod catalogue;
mod claim;
mod edtf;
mod expression;
mod feature;
mod interval;
mod kind;
mod link;
mod linked;
mod names;
mod parse;
mod record;
mod resolve;
#[cfg(feature = "schema")]
mod schema;
mod search;
mod series;
mod source;
mod span;
mod time_filter;

pub use allen::{Allen, AllenSet, Holds};
pub use catalogue::Catalogue;
pub use claim::{About, Claim, Computation};
pub use expression::{Argument, Comparison, Expression, Function, Operator, Term, Type};
pub use feature::{Certainty, Crossing, Feature, Provenance};
pub use interval::Interval;
pub use kind::Kind;
pub use link::{Amount, Link, LinkKind};
pub use linked::{Direction, Linked};
pub use names::{Names, fold};
pub use resolve::{BaseMap, Union};
#[cfg(feature = "schema")]
pub use schema::schema;
pub use search::{Found, Match, Spelling};
pub use series::{Cell, Series};
pub use source::{Journal, Reference, Source};
pub use span::{Event, EventKind, Precision, Status, TimeSpan, When};
pub use time_filter::TimeFilter;
