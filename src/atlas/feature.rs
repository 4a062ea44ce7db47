//! Features of a catalogue as the renderer takes them.

use std::collections::BTreeMap;

use tumen_geo_core::model::{Catalogue, Feature};
use tumen_render::spec::{MapFeature, Value};

/// A feature as it was in `year`, with the figures of its series: the property `ID@YEAR` for each
/// year of the series `ID`, `ID` for that of the map's year, and `ID#1` and on for those whose years
/// are lost.
pub(super) fn map_feature(
    feature: &Feature,
    year: Option<i32>,
    catalogue: &Catalogue,
) -> MapFeature {
    let mut properties: BTreeMap<String, Value> = feature
        .properties
        .iter()
        .map(|(key, value)| (key.clone(), Value::Text(value.clone())))
        .collect();
    let mut set = |key: &str, value: Value| {
        properties.insert(key.to_owned(), value);
    };
    let text = |text: &str| Value::Text(text.to_owned());
    if let Some(kind) = feature.kind {
        set("kind", text(kind.name()));
    }
    if let Some(sub) = &feature.sub {
        set("sub", text(sub));
    }
    if let Some(certainty) = feature.certainty {
        set("certainty", text(certainty.name()));
    }
    if let Some(place) = &feature.place {
        set("place", text(place));
    }
    if let Some(crossing) = &feature.crossing {
        set("modes", Value::List(crossing.modes.clone()));
        set("border", text(&crossing.border));
    }
    set("countries", Value::List(feature.countries.clone()));
    set("status", text(feature.span.status(year.unwrap_or(i32::MAX)).name()));
    for series in catalogue.series().iter().filter(|series| series.of == feature.id) {
        for (year, value) in series.values() {
            set(&format!("{}@{year}", series.id), Value::Number(value));
        }
        for (at, value) in series.undated.iter().enumerate() {
            set(&format!("{}#{}", series.id, at + 1), Value::Number(*value));
        }
        if let Some(value) = year.and_then(|year| series.value(year)) {
            set(&series.id, Value::Number(value));
        }
    }
    MapFeature {
        id: feature.id.clone(),
        geometry: feature.shape.geometry().clone(),
        names: feature.names.by_language.clone(),
        properties,
        rank: feature.rank,
    }
}
