//! The one error of this crate: what is wrong, where, and the way out.

use std::fmt;

/// What sort of thing went wrong, for programs that branch on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A text is not what its format demands.
    Format,
    /// The map spec contradicts itself or asks for what does not exist.
    Spec,
    /// A projection that is not known or cannot be used at that place.
    Projection,
    /// The caller's data are not what the map asks for.
    Data,
    /// A font cannot be read.
    Font,
    /// The page or a picture is empty, or too large to paint.
    Size,
    /// An output could not be encoded.
    Encoding,
}

/// An error that names the thing, the place and the way out.
#[derive(Clone, Debug)]
pub struct Error {
    kind: ErrorKind,
    what: String,
    place: Vec<String>,
    /// From the inside out.
    field: Vec<String>,
    hint: Option<String>,
}

/// The result of everything fallible in this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of `kind` that says `what` is wrong.
    pub fn new(kind: ErrorKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), place: Vec::new(), field: Vec::new(), hint: None }
    }

    /// The same error with the way out, for people.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same error, placed inside `place` (a style, then its layer, then its file).
    pub fn within(mut self, place: impl Into<String>) -> Self {
        self.place.push(place.into());
        self
    }

    /// The same error, found in a field of a map spec, or in the field outside that which it was
    /// found in: `size`, or several from the outside in, `combine.styles.2`. In a list a field is
    /// the place of an item, from 0.
    pub fn at(mut self, field: &str) -> Self {
        self.field.extend(field.rsplit('.').map(str::to_owned));
        self
    }

    /// The same error, found in the item of a list that has this id or is this text.
    pub fn at_item(mut self, id: &str) -> Self {
        self.field.push(id.to_owned());
        self
    }

    /// The same error, placed in the layer with this id, which its message names.
    pub fn in_layer(self, id: &str) -> Self {
        self.within(format!("layer '{id}'")).at_item(id).at("layers")
    }

    /// The way to the field of the map spec that is wrong, from the outside in; empty when it is no
    /// field. [`line_of`](crate::spec::line_of) finds it in the text.
    pub fn field(&self) -> Vec<&str> {
        self.field.iter().rev().map(String::as_str).collect()
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

impl From<tumen_geo_core::Error> for Error {
    fn from(error: tumen_geo_core::Error) -> Self {
        let hint = error.hint().map(str::to_owned);
        Self {
            kind: ErrorKind::Data,
            what: error.to_string(),
            place: Vec::new(),
            field: Vec::new(),
            hint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_print_from_the_outside_in() {
        let error = Error::new(ErrorKind::Spec, "the colour 'blu' is not known")
            .within("layer 'zones'")
            .within("map.toml")
            .with_hint("write #rrggbb");
        assert_eq!(error.to_string(), "map.toml: layer 'zones': the colour 'blu' is not known");
        assert_eq!((error.kind(), error.hint()), (ErrorKind::Spec, Some("write #rrggbb")));
    }

    #[test]
    fn fields_are_given_from_the_outside_in() {
        let error = Error::new(ErrorKind::Spec, "no combination").at("combine.styles.2");
        let error = error.in_layer("zones 1.5");
        assert_eq!(error.field(), ["layers", "zones 1.5", "combine", "styles", "2"]);
        assert_eq!(error.to_string(), "layer 'zones 1.5': no combination");
    }
}
