//! What a person names on the command line: a feature, a position, a distance, the other side.

use std::path::Path;

use tumen_geo_core::model::{Catalogue, Feature};
use tumen_geo_core::{Length, LonLat, Shape};

use super::options::{Kinds, Selection};
use crate::error::{Error, Result};

/// A feature or a position, as a person names it.
pub(super) struct Target {
    /// Id of the feature, if it is one.
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) shape: Shape,
}

impl Target {
    pub(super) fn find(catalogue: &Catalogue, text: &str) -> Result<Self> {
        let numeric = text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
        if numeric && text.contains(',') {
            let position: LonLat = text.parse().map_err(|e| Error::from(e).as_usage())?;
            let shape = Shape::point(position);
            return Ok(Self { id: None, name: position.to_string(), shape });
        }
        catalogue.find(text).map(Self::of).map_err(Error::from)
    }

    pub(super) fn of(feature: &Feature) -> Self {
        Self {
            id: Some(feature.id.clone()),
            name: feature.name().to_owned(),
            shape: feature.shape.clone(),
        }
    }

    /// The id of the feature, or the position.
    pub(super) fn key(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.name)
    }
}

/// What to compare a selection with.
#[derive(Debug, clap::Args)]
pub(super) struct Other {
    /// Compare with these, not with one another: a kind, a file or folder of your own features, or
    /// features (ids or names).
    #[arg(long, value_name = "KIND|FILE|ID", num_args = 1..)]
    with: Vec<String>,
}

impl Other {
    pub(super) fn is_given(&self) -> bool {
        !self.with.is_empty()
    }

    /// The features of the file, if it is one.
    pub(super) fn read(&self) -> Result<Option<Catalogue>> {
        match &self.with[..] {
            [path] if Kinds::parse(path).is_err() && Path::new(path).exists() => {
                crate::read_catalogue(Path::new(path)).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The features to compare with, of `file` as it was [read](Self::read) or of the catalogue,
    /// but for the kind under the same selection; nothing when none are given.
    pub(super) fn features<'a>(
        &self,
        selection: &Selection,
        catalogue: &'a Catalogue,
        file: Option<&'a Catalogue>,
    ) -> Result<Option<Vec<&'a Feature>>> {
        let kind = match &self.with[..] {
            [] => return Ok(None),
            [kinds] => Kinds::parse(kinds).ok(),
            _ => None,
        };
        let of_any_kind = Selection { kind: kind.clone(), ..selection.clone() };
        let taken = |catalogue: &'a Catalogue| {
            Some(catalogue.features().iter().filter(|f| of_any_kind.takes(f)).collect())
        };
        match file {
            Some(file) => Ok(taken(file)),
            None if kind.is_some() => Ok(taken(catalogue)),
            None => {
                let named = self.with.iter().map(|text| Ok(catalogue.find(text)?));
                named.collect::<Result<_>>().map(Some)
            }
        }
    }
}

/// A length with its unit: `100km`, `2.5 km`, `500m`.
pub(super) fn length(text: &str) -> Result<Length> {
    let wrong =
        || Error::usage(format!("'{text}' is not a distance")).with_hint("write 100km or 500m");
    let (number, metres): (&str, bool) = match text.strip_suffix("km") {
        Some(number) => (number, false),
        None => (text.strip_suffix('m').ok_or_else(wrong)?, true),
    };
    let number: f64 = number.trim().parse().map_err(|_| wrong())?;
    if !(number.is_finite() && number >= 0.0) {
        return Err(wrong());
    }
    Ok(if metres { Length::m(number) } else { Length::km(number) })
}

/// A [`length`] as the value of an option.
pub(super) fn distance(text: &str) -> std::result::Result<Length, String> {
    length(text).map_err(|e| e.hint().map_or(e.to_string(), |hint| format!("{e} ({hint})")))
}
