//! The columns of tables and layers.

use std::borrow::Cow;

/// What the cells of a column are; any cell may also be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A text of any length.
    Text,
    /// A whole number that 64 bits hold.
    Integer,
    /// A number in double precision.
    Number,
    /// True or false.
    Boolean,
    /// A day of the Gregorian calendar as `1991-12-24`.
    Date,
}

/// A column: its name, the type of its cells, and what they mean, units included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, unlike that of any other column in upper or lower case.
    pub name: Cow<'static, str>,
    /// The type of its cells.
    pub of: Type,
    /// What they mean; empty where nobody said.
    pub about: Cow<'static, str>,
}

/// A column that is known beforehand.
pub(super) const fn field(name: &'static str, of: Type, about: &'static str) -> Field {
    Field { name: Cow::Borrowed(name), of, about: Cow::Borrowed(about) }
}
