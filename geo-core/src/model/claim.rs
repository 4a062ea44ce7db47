//! What a source says that can be computed.

use std::str::FromStr;

use serde::Deserialize;

use super::expression::{Argument, Expression, Type};
use super::source::Reference;
use crate::error::{Error, ErrorKind, Result};

/// How a source qualifies a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// "about", "approximately".
    About,
    /// The bare number.
    Exactly,
    /// Below the number.
    LessThan,
    /// Above the number.
    MoreThan,
    /// "near", "not far", with or without a number.
    Near,
}

impl About {
    /// All wordings.
    pub const ALL: [Self; 5] =
        [Self::About, Self::Exactly, Self::LessThan, Self::MoreThan, Self::Near];

    /// The word used in files and listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Exactly => "exactly",
            Self::LessThan => "less-than",
            Self::MoreThan => "more-than",
            Self::Near => "near",
        }
    }
}

impl FromStr for About {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|about| about.name() == text).ok_or_else(|| {
            Error::new(ErrorKind::Format, format!("a claim cannot be '{text}' its value"))
                .with_hint(format!("one of {}", Self::ALL.map(Self::name).join(", ")))
        })
    }
}

/// What a claim is held against.
#[derive(Clone, Debug, PartialEq)]
pub enum Computation {
    /// What to compute, as written and as read.
    Of(String, Expression),
    /// Why nothing can be computed.
    None(String),
}

/// A statement of a source that is held against geometries and figures.
///
/// # Guarantees
/// A claim of an area has its value in km², one of a length in km; a claim of a relation has none.
/// In a catalogue read from TOML what it speaks of exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Stable slug, unique among the claims of the catalogue.
    pub id: String,
    /// What it is held against.
    pub computation: Computation,
    /// The number; none for relations.
    pub value: Option<f64>,
    /// What the number counts, as `km2`, `km`, `persons`; empty for bare numbers.
    pub unit: String,
    /// How the number is qualified.
    pub about: About,
    /// The source's words.
    pub text: String,
    /// What to know about it.
    pub note: Option<String>,
    /// Where.
    pub source: Reference,
}

impl Claim {
    /// The expression, if something can be computed.
    pub fn expression(&self) -> Option<&Expression> {
        match &self.computation {
            Computation::Of(_, expression) => Some(expression),
            Computation::None(_) => None,
        }
    }

    /// The ids of the features that it speaks of, in the order of its expression; each once.
    pub fn features(&self) -> Vec<&str> {
        let mut features: Vec<&str> = Vec::new();
        for id in self.expression().into_iter().flat_map(Expression::features) {
            if !features.contains(&id) {
                features.push(id);
            }
        }
        features
    }

    /// What it speaks of besides: series and links.
    pub(super) fn figures(&self) -> impl Iterator<Item = &Argument> {
        let arguments = self.expression().map(Expression::arguments).unwrap_or_default();
        arguments.into_iter().filter(|a| matches!(a, Argument::Series(_) | Argument::Link(_)))
    }
}

/// What a source says that can be computed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ClaimRecord {
    /// Slug, unique among the claims.
    pub id: String,
    /// The source's words.
    text: String,
    /// What to compute, as area(rajin) or 1481.2 + 900; this or why.
    compute: Option<String>,
    /// Why nothing can be computed; this or compute.
    why: Option<String>,
    /// The printed number; none for relations.
    value: Option<f64>,
    /// km2 for areas, km or m for lengths, a word for other numbers.
    #[serde(default)]
    unit: String,
    /// How the number is qualified; exactly when left out.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = About::ALL.map(About::name))))]
    about: Option<String>,
    /// Id of the source.
    source: String,
    /// Lines or pages in it.
    #[serde(default)]
    lines: String,
    /// What to know about it.
    note: Option<String>,
}

impl ClaimRecord {
    pub(super) fn resolve(self) -> Result<Claim> {
        let wrong = |what: String| Error::new(ErrorKind::Catalogue, what);
        let computation = match (self.compute, self.why) {
            (Some(text), None) => {
                let expression = text.parse()?;
                Computation::Of(text, expression)
            }
            (None, Some(why)) => Computation::None(why),
            _ => {
                return Err(wrong("the claim needs 'compute' or 'why'".to_owned())
                    .with_hint("compute = \"area(rajin)\", or why nothing can be computed"));
            }
        };
        let (mut value, mut unit) = (self.value, self.unit);
        if value.is_some_and(|value| !value.is_finite()) {
            return Err(wrong("the value is no number".to_owned()));
        }
        if let Computation::Of(text, expression) = &computation {
            let fits = match expression.gives() {
                Type::Relation => value.is_none() && unit.is_empty(),
                Type::Number(1) if unit == "m" => {
                    value = value.map(|metres| metres / 1e3);
                    "km".clone_into(&mut unit);
                    true
                }
                Type::Number(1) => value.is_none() || unit == "km",
                Type::Number(2) => value.is_none() || unit == "km2",
                Type::Number(_) => true,
            };
            if !fits {
                return Err(wrong(format!("'{text}' cannot be in '{unit}'")).with_hint(
                    "areas are in km2, lengths in km or m, relations have neither value nor unit",
                ));
            }
        }
        Ok(Claim {
            id: self.id,
            computation,
            value,
            unit,
            about: self.about.as_deref().map_or(Ok(About::Exactly), str::parse)?,
            text: self.text,
            note: self.note,
            source: Reference { source: self.source, lines: self.lines },
        })
    }
}
