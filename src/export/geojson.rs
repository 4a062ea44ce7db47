//! GeoJSON (RFC 7946), whole or a file for each kind.

use serde_json::Value;
use tumen_geo_core::geojson;
use tumen_geo_core::model::{Feature, Kind};

use super::{File, Selected};
use crate::error::Result;
use crate::listing::Row;

/// One collection of all features; properties are those of a listing, then a user's own.
///
/// # Errors
/// When a shape is smaller than the last decimal written, 1 cm.
pub fn geojson(selected: &Selected<'_>) -> Result<String> {
    collection(selected.features.iter().copied(), selected.year)
}

/// A collection for each kind that there is, `zone.geojson`; features without a kind are in
/// `feature.geojson`.
///
/// # Errors
/// Those of [`geojson()`].
pub fn geojson_per_kind(selected: &Selected<'_>) -> Result<Vec<File>> {
    let kinds = Kind::ALL.into_iter().map(Some).chain([None]);
    let mut files = Vec::new();
    for kind in kinds {
        let mut of_kind = selected.features.iter().copied().filter(|f| f.kind == kind).peekable();
        if of_kind.peek().is_some() {
            let name = format!("{}.geojson", kind.map_or("feature", Kind::name));
            files.push(File { name, text: collection(of_kind, selected.year)? });
        }
    }
    Ok(files)
}

fn collection<'a>(
    features: impl Iterator<Item = &'a Feature>,
    year: Option<i32>,
) -> Result<String> {
    let features: Vec<(&Feature, Vec<(String, Value)>)> =
        features.map(|feature| (feature, properties(feature, year))).collect();
    let rows = features.iter().map(|(feature, properties)| geojson::Row {
        id: &feature.id,
        shape: &feature.shape,
        properties,
    });
    Ok(geojson::write(rows)?)
}

/// The flat properties of a feature: those of a listing, then a user's own.
fn properties(feature: &Feature, year: Option<i32>) -> Vec<(String, Value)> {
    let row = Row::of(feature, year).properties();
    let own = feature.properties.iter().map(|(key, value)| (key.clone(), value.as_str().into()));
    row.into_iter().map(|(key, value)| (key.to_owned(), value)).chain(own).collect()
}
