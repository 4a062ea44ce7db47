//! The one error of this crate: what is wrong, where, and the way out.

use std::fmt;

/// What sort of thing went wrong, for programs that branch on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A position is not a number, or lies outside the range of longitudes and latitudes.
    Position,
    /// A geometry breaks a rule: too few positions, an open ring, a ring that crosses itself.
    Geometry,
    /// A text is not what its format demands.
    Format,
    /// A name or id that nothing in the catalogue has.
    Unknown,
    /// A feature contradicts itself or the catalogue.
    Catalogue,
    /// A projection that is not known or cannot be used at that place.
    Projection,
}

/// An error that names the thing, the place and the way out.
#[derive(Clone, Debug)]
pub struct Error {
    kind: ErrorKind,
    what: String,
    place: Vec<String>,
    hint: Option<String>,
}

/// The result of everything fallible in this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of `kind` that says `what` is wrong.
    pub fn new(kind: ErrorKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), place: Vec::new(), hint: None }
    }

    /// The same error with the way out, for people.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same error, placed inside `place` (a ring, then its feature, then its file).
    pub fn within(mut self, place: impl Into<String>) -> Self {
        self.place.push(place.into());
        self
    }

    /// What sort of error this is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The way out, if there is an obvious one.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in self.place.iter().rev() {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_print_from_the_outside_in() {
        let error = Error::new(ErrorKind::Geometry, "the ring is not closed")
            .within("ring 0")
            .within("feature 'hunchun'")
            .within("zones.geojson")
            .with_hint("repeat the first position at the end");
        assert_eq!(
            error.to_string(),
            "zones.geojson: feature 'hunchun': ring 0: the ring is not closed"
        );
        assert_eq!(error.hint(), Some("repeat the first position at the end"));
    }
}
