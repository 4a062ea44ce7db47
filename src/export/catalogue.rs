//! The features of a catalogue as a layer: the same columns in every format.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;
use tumen_geo_core::model::{Event, Feature};
use tumen_geo_core::raw::exported;

use super::Selected;
use super::field::Type::{Date, Integer, Number, Text};
use super::field::{Field, field};
use super::layer::{GeometryType, Layer};
use crate::error::Result;
use crate::listing::Row;

/// Between the texts of a list in one cell.
const BETWEEN: &str = "; ";

/// The first columns are those of a listing, in its order.
const FIELDS: &[Field] = &[
    field("id", Text, "Stable id of the feature"),
    field("kind", Text, "border-port, seaport, zone, growth-triangle, region, corridor, place, …"),
    field("sub", Text, "The finer sort, as city or free-economic-zone"),
    field("name", Text, "English name"),
    field("name_zh", Text, "Chinese name"),
    field("name_ko", Text, "Korean name"),
    field("name_ru", Text, "Russian name"),
    field("countries", Text, "ISO 3166-1 codes of the countries it touches, parted by spaces"),
    field("status", Text, "undated, not yet, proposed, in force, closed or abolished"),
    field("year_from", Integer, "Year of the first event that the sources date"),
    field("year_to", Integer, "Year of its abolition"),
    field("edtf", Text, "When it is known to have existed, proposals included: an EDTF interval"),
    field("area_km2", Number, "Area in km² on the WGS 84 ellipsoid, of areas"),
    field("length_km", Number, "Length in km on the WGS 84 ellipsoid, of lines"),
    field("certainty", Text, "How well the geometry is known: surveyed to conceptual"),
    field("source", Text, "Ids of sources with lines or pages, parted by \"; \""),
    field("name_en", Text, "English name"),
    field("name_mn", Text, "Mongolian name"),
    field("name_ja", Text, "Japanese name"),
    field("names_also", Text, "Other romanisations and former names, parted by \"; \""),
    field("names_printed", Text, "Spellings printed in the sources, parted by \"; \""),
    field("names_ocr", Text, "Spellings damaged by character recognition, parted by \"; \""),
    field("admin", Text, "ISO 3166-2 code of the unit it lies in"),
    field("rank", Integer, "Weight of its label, 1 first"),
    field("date_from", Date, "First day of its first event that the sources date"),
    field("date_to", Date, "Last day that its end may fall on"),
    field("events", Text, "What happened when, dates in EDTF, parted by \"; \""),
    field("geometry_from", Text, "Where the geometry is from"),
    field("geometry_error_km", Number, "How far off the geometry may be, km"),
    field("members", Text, "Ids of the features whose positions the geometry uses"),
    field("place", Text, "Id of the place it belongs to"),
    field("border", Text, "Of a border port: the pair of countries, as CN-RU"),
    field("modes", Text, "Of a border port: rail, road, river, parted by \"; \""),
    field("counterpart", Text, "Of a border port: id of the port on the other side"),
    field("geonames", Text, "GeoNames id"),
    field("locode", Text, "UN/LOCODE"),
    field("wikidata", Text, "Wikidata id"),
    field("note", Text, "What to know about it"),
];

/// The layer of the features that are selected; a user's own properties are columns at the end.
///
/// # Errors
/// When a shape is smaller than the last decimal written, 1 cm.
pub fn layer(selected: &Selected<'_>, name: &str, title: &str) -> Result<Layer> {
    let mut geometry = None;
    for feature in &selected.features {
        let written = exported(&feature.shape);
        let written = written.map_err(|e| e.within(format!("feature '{}'", feature.id)))?;
        let here = GeometryType::of(&written);
        geometry = Some(geometry.map_or(here, |before: GeometryType| before.with(here)));
    }
    let own = own(selected).into_iter().map(|key| Field {
        name: Cow::Owned(key.clone()),
        of: Text,
        about: Cow::Borrowed("A property of the file that was read"),
    });
    Ok(Layer {
        name: name.to_owned(),
        title: title.to_owned(),
        fields: FIELDS.iter().cloned().chain(own).collect(),
        geometry: geometry.unwrap_or(GeometryType::Mixed),
    })
}

/// The cells of each feature for the [`layer`], in the order of the selection.
pub fn cells(selected: &Selected<'_>) -> impl Iterator<Item = Vec<Value>> {
    let own = own(selected);
    selected.features.iter().map(move |feature| {
        let row = Row::of(feature, selected.year).properties().into_iter().map(|(_, value)| value);
        let own = own.iter().map(|key| feature.properties.get(*key).cloned().into());
        row.chain(more(feature)).chain(own).collect()
    })
}

/// The names of a user's own properties.
fn own<'a>(selected: &Selected<'a>) -> BTreeSet<&'a String> {
    let keys = selected.features.iter().flat_map(|feature| feature.properties.keys());
    keys.filter(|key| FIELDS.iter().all(|field| field.name != key.as_str())).collect()
}

/// The cells after those of a listing.
fn more(feature: &Feature) -> Vec<Value> {
    let name = |language: &str| feature.names.by_language.get(language).cloned().into();
    let list = |texts: &[String]| Value::from(texts.join(BETWEEN));
    let id = |key: &str| feature.links.get(key).cloned().into();
    let event = |event: &Event| format!("{} {}", event.what.name(), event.when.edtf());
    let events: Vec<String> = feature.span.events().iter().map(event).collect();
    let crossing = feature.crossing.as_ref();
    let (from, to) = feature.span.days();
    vec![
        name("en"),
        name("mn"),
        name("ja"),
        list(&feature.names.also),
        list(&feature.names.printed),
        list(&feature.names.ocr),
        feature.admin.clone().into(),
        feature.rank.into(),
        from.into(),
        to.into(),
        list(&events),
        feature.provenance.from.clone().into(),
        feature.provenance.error.map(tumen_geo_core::Length::to_km).into(),
        list(&feature.provenance.members),
        feature.place.clone().into(),
        crossing.map(|c| c.border.clone()).into(),
        crossing.map_or(Value::Null, |c| list(&c.modes)),
        crossing.and_then(|c| c.counterpart.clone()).into(),
        id("geonames"),
        id("locode"),
        id("wikidata"),
        feature.note.clone().into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_columns_are_those_of_a_listing() {
        let catalogue = crate::catalogue().unwrap();
        let row = Row::of(&catalogue.features()[0], None).properties();
        let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
        let first: Vec<&str> = FIELDS.iter().take(names.len()).map(|field| &*field.name).collect();
        assert_eq!(names, first);
    }

    #[test]
    fn no_name_holds_what_parts_names() {
        let catalogue = crate::catalogue().unwrap();
        for feature in catalogue.features() {
            let names = &feature.names;
            let lists = [&names.also, &names.printed, &names.ocr, &feature.provenance.members];
            let mut texts = lists.into_iter().flatten();
            assert!(texts.all(|text| !text.contains(BETWEEN)), "{}", feature.id);
        }
    }
}
