//! Names of seas, cities, countries, border rivers and split units, which the packages lack.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Names by language.
pub type Names = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sea: Vec<Place>,
    city: Vec<Place>,
    country: Vec<Named>,
    river: Vec<Named>,
    unit: Vec<Named>,
}

/// A sea or a city, and a place for its name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Slug.
    pub id: String,
    /// Degrees, longitude first.
    pub at: [f64; 2],
    /// 1 is an ocean, a sea or a capital, 2 another city, 4 a small bay.
    pub rank: u8,
    /// Names.
    pub names: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    id: String,
    names: Names,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    // A test reads every embedded file.
    #[expect(clippy::expect_used, reason = "the text is part of the program")]
    toml::from_str(include_str!("../../data/basemap/labels.toml")).expect("embedded labels read")
});

/// The seas.
pub fn seas() -> &'static [Place] {
    &FILE.sea
}

/// Capitals and large cities of Asia, for maps beyond the detailed region.
pub fn cities() -> &'static [Place] {
    &FILE.city
}

/// The names of a country by ISO 3166-1 code; none when unknown.
pub fn country_names(id: &str) -> Names {
    names(&FILE.country, id)
}

/// The names of a border river; none when unknown.
pub fn river_names(id: &str) -> Names {
    names(&FILE.river, id)
}

/// The names of a unit that the base map stores in parts; none when it is whole.
pub fn unit_names(id: &str) -> Names {
    names(&FILE.unit, id)
}

fn names(named: &[Named], id: &str) -> Names {
    named.iter().find(|one| one.id == id).map(|one| one.names.clone()).unwrap_or_default()
}
