//! A feature: one thing with a name, a place, a time and sources.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::kind::Kind;
use super::names::Names;
use super::source::Reference;
use super::span::TimeSpan;
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::Shape;
use crate::index::Spatial;
use crate::unit::Length;

/// How well a geometry is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Measured on the ground or traced from survey or satellite data.
    Surveyed,
    /// The limit of an administrative unit.
    Administrative,
    /// Drawn by hand from what the record names.
    Digitised,
    /// A simple shape that stands for the thing: claimed size, right place.
    Schematic,
    /// A region of thought, without a limit that anybody could walk.
    Conceptual,
}

impl Certainty {
    /// All of them, the best known first.
    pub const ALL: [Self; 5] =
        [Self::Surveyed, Self::Administrative, Self::Digitised, Self::Schematic, Self::Conceptual];

    /// The word used in files and exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Surveyed => "surveyed",
            Self::Administrative => "administrative",
            Self::Digitised => "digitised",
            Self::Schematic => "schematic",
            Self::Conceptual => "conceptual",
        }
    }
}

impl FromStr for Certainty {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|certainty| certainty.name() == text).ok_or_else(|| {
            Error::new(ErrorKind::Format, format!("there is no certainty '{text}'"))
                .with_hint(format!("one of {}", Self::ALL.map(Self::name).join(", ")))
        })
    }
}

/// Where a geometry comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// Package and record, union of units, or by hand from what.
    pub from: String,
    /// How far off a hand-curated position may be.
    pub error: Option<Length>,
    /// Ids of the features whose positions the geometry uses, in order.
    pub members: Vec<String>,
}

/// What a border port has besides: its border and its other half.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// The border, `CN-RU`.
    pub border: String,
    /// `rail`, `road`, `river`.
    pub modes: Vec<String>,
    /// Id of the port on the other side.
    pub counterpart: Option<String>,
}

/// One thing of the catalogue.
///
/// # Guarantees
/// Its id is not empty; a feature read from a catalogue has at least one source and a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Stable slug, unique in the catalogue.
    pub id: String,
    /// What sort of thing; `None` for a user's own features without a kind.
    pub kind: Option<Kind>,
    /// The finer sort: `city`, `krai`, `free-economic-zone`, `rail`.
    pub sub: Option<String>,
    /// ISO 3166-1 codes of the countries it touches.
    pub countries: Vec<String>,
    /// ISO 3166-2 code of the unit it lies in.
    pub admin: Option<String>,
    /// Weight of its label, 1 first.
    pub rank: u8,
    /// Names.
    pub names: Names,
    /// When it existed.
    pub span: TimeSpan,
    /// Where it is.
    pub shape: Shape,
    /// How well that is known.
    pub certainty: Option<Certainty>,
    /// Where that comes from.
    pub provenance: Provenance,
    /// For a border port.
    pub crossing: Option<Crossing>,
    /// Why a port lies more than 3 km from its border or coast, if it does.
    pub away: Option<String>,
    /// The place that a port or zone belongs to.
    pub place: Option<String>,
    /// What to know about it.
    pub note: Option<String>,
    /// Who speaks of it.
    pub sources: Vec<Reference>,
    /// Ids elsewhere: `geonames`, `locode`, `wikidata`.
    pub links: BTreeMap<String, String>,
    /// Further properties, of a user's own features.
    pub properties: BTreeMap<String, String>,
}

impl Spatial for Feature {
    fn id(&self) -> &str {
        &self.id
    }

    fn shape(&self) -> &Shape {
        &self.shape
    }
}

impl Feature {
    /// A user's own feature: an id, a name and a shape.
    pub fn own(id: impl Into<String>, name: impl Into<String>, shape: Shape) -> Self {
        let mut names = Names::default();
        names.by_language.insert("en".to_owned(), name.into());
        Self {
            id: id.into(),
            kind: None,
            sub: None,
            countries: Vec::new(),
            admin: None,
            rank: 3,
            names,
            span: TimeSpan::default(),
            shape,
            certainty: None,
            provenance: Provenance { from: String::new(), error: None, members: Vec::new() },
            crossing: None,
            away: None,
            place: None,
            note: None,
            sources: Vec::new(),
            links: BTreeMap::new(),
            properties: BTreeMap::new(),
        }
    }

    /// The English name, or the first there is.
    pub fn name(&self) -> &str {
        self.names.get("en")
    }
}
