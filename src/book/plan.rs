//! Which pages the book has, in which order.

use tumen_geo_core::model::{Catalogue, Feature, Kind};

use crate::error::{Error, Result};
use crate::map::PRESETS;

/// A part of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The presets.
    Maps,
    /// The growth triangles.
    Triangles,
    /// The zones.
    Zones,
}

impl Section {
    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Maps => "Maps",
            Self::Triangles => "Growth triangles",
            Self::Zones => "Zones",
        }
    }

    /// The part that tells of `feature`, if one does.
    pub fn of(feature: &Feature) -> Option<Self> {
        match feature.kind? {
            Kind::GrowthTriangle => Some(Self::Triangles),
            Kind::Zone => Some(Self::Zones),
            Kind::BorderPort
            | Kind::Seaport
            | Kind::Region
            | Kind::Corridor
            | Kind::Place
            | Kind::NaturalFeature
            | Kind::BorderSegment => None,
        }
    }
}

/// What an entry of the contents is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A preset, by name.
    Preset(&'static str),
    /// A feature, by id.
    Feature(String),
}

/// An entry of the contents: a page, or more where the facts need them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The part that it stands in.
    pub section: Section,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub subject: Subject,
}

/// The entries of the book in the order of its pages, section by section.
#[derive(Clone, Debug)]
pub struct Plan {
    entries: Vec<Entry>,
}

impl Plan {
    /// All presets, growth triangles and zones; with `only`, the triangles and zones that it names,
    /// in the same order.
    ///
    /// # Errors
    /// A wrong use when a name of `only` is that of nothing, or of a feature without a page.
    pub fn new(catalogue: &Catalogue, only: &[String]) -> Result<Self> {
        let mut wanted = Vec::new();
        for name in only {
            wanted.push(&subject(catalogue, name)?.id);
        }
        let mut entries = Vec::new();
        for (name, _) in PRESETS.iter().filter(|_| only.is_empty()) {
            let (spec, _) = crate::map::spec(name)?;
            let title = crate::map::title(&spec).unwrap_or(name).to_owned();
            entries.push(Entry { section: Section::Maps, title, subject: Subject::Preset(name) });
        }
        for feature in catalogue.features() {
            let Some(section) = Section::of(feature) else { continue };
            if only.is_empty() || wanted.contains(&&feature.id) {
                let subject = Subject::Feature(feature.id.clone());
                entries.push(Entry { section, title: feature.name().to_owned(), subject });
            }
        }
        entries.sort_by_key(|entry| entry.section);
        Ok(Self { entries })
    }

    /// The entries, in the order of the pages.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The place among the entries of the page about the feature `id`.
    pub(super) fn place_of(&self, id: &str) -> Option<usize> {
        let about = |entry: &Entry| matches!(&entry.subject, Subject::Feature(this) if this == id);
        self.entries.iter().position(about)
    }
}

/// The zone or triangle that a person means, before places and ports of the same name.
fn subject<'a>(catalogue: &'a Catalogue, name: &str) -> Result<&'a Feature> {
    let has_page = |feature: &&Feature| Section::of(feature).is_some();
    let found = catalogue.find(name)?;
    let named = catalogue.features().iter().filter(has_page).find(|f| f.names.matches(name));
    Some(found).filter(has_page).or(named).ok_or_else(|| {
        Error::usage(format!("the atlas has no page about '{}'", found.id))
            .with_hint("'tumen list --kind zone' and 'tumen list --kind growth-triangle' show them")
    })
}
