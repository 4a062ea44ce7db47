//! Features as a table, their geometry as WKT.

use serde_json::Value;
use std::collections::BTreeSet;

use tumen_geo_core::model::{Event, Feature};

use super::sheet::Type::{Integer, Number, Text, Wkt};
use super::sheet::{Field, Sheet, field};
use super::{Selected, wkt};
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
    field("name_mn", Text, "Mongolian name"),
    field("name_ja", Text, "Japanese name"),
    field("names_also", Text, "Other romanisations and former names, parted by \"; \""),
    field("names_printed", Text, "Spellings printed in the sources, parted by \"; \""),
    field("names_ocr", Text, "Spellings damaged by character recognition, parted by \"; \""),
    field("admin", Text, "ISO 3166-2 code of the unit it lies in"),
    field("rank", Integer, "Weight of its label, 1 first"),
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
    field("wkt", Wkt, "Geometry as WKT: degrees on WGS 84 (OGC:CRS84), longitude first"),
];

/// The features as CSV, a row for each, with all names; a user's own properties are columns at the
/// end.
///
/// # Errors
/// When a shape is smaller than the last decimal written, 1 cm.
pub fn csv(selected: &Selected<'_>) -> Result<String> {
    sheet(selected)?.csv()
}

/// The features as a sheet.
pub(super) fn sheet(selected: &Selected<'_>) -> Result<Sheet> {
    let mut sheet = Sheet::new("features", "Ports, zones, triangles, regions and places", FIELDS);
    sheet.key = &["id"];
    let own = selected.features.iter().flat_map(|feature| feature.properties.keys());
    let own: BTreeSet<&String> =
        own.filter(|key| FIELDS.iter().all(|field| field.name != key.as_str())).collect();
    for key in &own {
        sheet.column(key, "A property of the file that was read");
    }
    for feature in &selected.features {
        let row = Row::of(feature, selected.year).properties().into_iter().map(|(_, value)| value);
        let more = more(feature)?;
        let own = own.iter().map(|key| feature.properties.get(*key).cloned().into());
        sheet.row(row.chain(more).chain(own));
    }
    Ok(sheet)
}

/// The cells after those of a listing.
fn more(feature: &Feature) -> Result<Vec<Value>> {
    let name = |language: &str| feature.names.by_language.get(language).cloned().into();
    let list = |texts: &[String]| Value::from(texts.join(BETWEEN));
    let id = |key: &str| feature.links.get(key).cloned().into();
    let event = |event: &Event| format!("{} {}", event.what.name(), event.when.edtf());
    let events: Vec<String> = feature.span.events().iter().map(event).collect();
    let crossing = feature.crossing.as_ref();
    Ok(vec![
        name("mn"),
        name("ja"),
        list(&feature.names.also),
        list(&feature.names.printed),
        list(&feature.names.ocr),
        feature.admin.clone().into(),
        feature.rank.into(),
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
        wkt(&feature.shape).map_err(|e| e.within(&format!("feature '{}'", feature.id)))?.into(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_columns_are_those_of_a_listing() {
        let catalogue = crate::catalogue().unwrap();
        let row = Row::of(&catalogue.features()[0], None).properties();
        let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
        let first: Vec<&str> = FIELDS.iter().take(names.len()).map(|field| field.name).collect();
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
