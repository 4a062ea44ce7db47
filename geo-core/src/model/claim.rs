//! What a source says that a geometry can confirm or contradict.

use std::str::FromStr;

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
        const ALL: [About; 5] =
            [About::About, About::Exactly, About::LessThan, About::MoreThan, About::Near];
        ALL.into_iter().find(|about| about.name() == text).ok_or_else(|| {
            Error::new(ErrorKind::Format, format!("a claim cannot be '{text}' its value"))
                .with_hint(format!("one of {}", ALL.map(About::name).join(", ")))
        })
    }
}

/// What is claimed of the feature that carries the claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// Its area.
    Area,
    /// Its length.
    Length,
    /// Its distance to another feature.
    Distance {
        /// Id of the other.
        to: String,
    },
    /// Its distance to a border line of the base map, `CN-RU`.
    DistanceToBorder {
        /// The pair of countries.
        to: String,
    },
    /// Its distance to the nearest coast.
    DistanceToCoast,
    /// Its distance to a river of the base map.
    DistanceToRiver {
        /// Name of the river.
        to: String,
    },
    /// It covers the others.
    Covers {
        /// Ids.
        others: Vec<String>,
    },
    /// It lies within the other.
    Within {
        /// Id of the other.
        to: String,
    },
    /// It lies west of the other.
    WestOf {
        /// Id of the other.
        to: String,
    },
    /// There are so many of the others.
    Count {
        /// Ids.
        others: Vec<String>,
    },
}

impl Quantity {
    /// What is claimed, in words.
    pub fn describe(&self) -> String {
        match self {
            Self::Area => "area".to_owned(),
            Self::Length => "length".to_owned(),
            Self::Distance { to } => format!("distance to {to}"),
            Self::DistanceToBorder { to } => format!("distance to the {to} border"),
            Self::DistanceToCoast => "distance to the coast".to_owned(),
            Self::DistanceToRiver { to } => format!("distance to the river {to}"),
            Self::Covers { others } => format!("covers {}", others.join(", ")),
            Self::Within { to } => format!("lies within {to}"),
            Self::WestOf { to } => format!("lies west of {to}"),
            Self::Count { others } => format!("number of {}", others.join(", ")),
        }
    }

    /// The ids of features that the claim speaks of.
    pub fn mentions(&self) -> Vec<&str> {
        match self {
            Self::Distance { to } | Self::Within { to } | Self::WestOf { to } => vec![to],
            Self::Covers { others } | Self::Count { others } => {
                others.iter().map(String::as_str).collect()
            }
            Self::Area
            | Self::Length
            | Self::DistanceToBorder { .. }
            | Self::DistanceToCoast
            | Self::DistanceToRiver { .. } => Vec::new(),
        }
    }
}

/// A statement of a source about a feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What is claimed.
    pub quantity: Quantity,
    /// The number, in km² for areas, km for lengths and distances; none for relations.
    pub value: Option<f64>,
    /// How the number is qualified.
    pub about: About,
    /// The source's words.
    pub text: String,
    /// Where.
    pub source: Reference,
}
