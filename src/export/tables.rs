//! Names, links, series, claims and sources as tables.

use serde_json::Value;
use tumen_geo_core::LonLat;
use tumen_geo_core::check::check_some;
use tumen_geo_core::model::{Amount, Cell, Claim, Computation, Link, Series};

use super::Selected;
use super::field::Type::{Boolean, Integer, Number, Text};
use super::field::{Field, field};
use super::sheet::Sheet;
use crate::basemap::Embedded;
use crate::error::Result;

#[cfg(feature = "geopackage")]
const NAMES: &[Field] = &[
    field("of", Text, "Id of the feature it is a name of"),
    field("number", Integer, "Number of the name within the feature, from 1"),
    field("name", Text, "The name"),
    field("language", Text, "ISO 639-1 code of its language, of standard names"),
    field(
        "role",
        Text,
        "standard, also (another romanisation or a former name), printed (as a source spells it), \
         ocr (as character recognition damaged it)",
    ),
];

const LINKS: &[Field] = &[
    field("id", Text, "Stable id of the link"),
    field("amount", Integer, "Number of the amount within the link, from 1; 0 when it has none"),
    field("kind", Text, "trade, investment, migration, labour, tourism, agreement, rail, …"),
    field("from", Text, "Id of the feature it starts from"),
    field("to", Text, "Id of the feature it leads to"),
    field("both_ways", Boolean, "Whether it runs both ways alike"),
    field("along", Text, "Id of the corridor it runs along"),
    field("year_from", Integer, "Year of its first dated event"),
    field("year_to", Integer, "Year of its end"),
    field("edtf", Text, "When it is known to have existed: an EDTF interval"),
    field("value", Number, "How much it carries, as printed, in the unit beside"),
    field("unit", Text, "Unit of the value with its multiplier, as US$ million"),
    field("year", Integer, "Year of the value"),
    field("about", Text, "How the source qualifies the value"),
    field("distance_km", Number, "Geodesic distance in km between the places of its ends"),
    field("from_lon", Number, "Longitude in degrees of the place where it starts"),
    field("from_lat", Number, "Latitude in degrees of the place where it starts"),
    field("to_lon", Number, "Longitude in degrees of the place where it ends"),
    field("to_lat", Number, "Latitude in degrees of the place where it ends"),
    field("note", Text, "What to know about it"),
    field("source", Text, "Ids of sources with lines, parted by \"; \""),
];

const SERIES: &[Field] = &[
    field("id", Text, "Stable id of the series"),
    field("row", Integer, "Number of the row within the series, from 1"),
    field("of", Text, "Id of the feature it is of"),
    field("partner", Text, "Id of the feature on the other side"),
    field("title", Text, "English title"),
    field("quantity", Text, "What is counted"),
    field("unit", Text, "Unit of the values with its multiplier"),
    field("table", Text, "The table, as the source numbers it"),
    field("year", Integer, "Year of the value; none for totals and where the copy has lost it"),
    field("value", Number, "The number as printed, in the unit beside"),
    field("state", Text, "value, lost (in the copy), not given, year lost, or total"),
    field("source", Text, "Id of the source with lines"),
    field("note", Text, "What to know about it"),
];

const CLAIMS: &[Field] = &[
    field("id", Text, "Stable id of the claim"),
    field("text", Text, "The source's words"),
    field("features", Text, "Ids of the features that it speaks of, parted by \"; \""),
    field("compute", Text, "The expression that is computed; none where nothing can be"),
    field("value", Number, "The printed number, in the unit beside; none for relations"),
    field("unit", Text, "Unit of both numbers"),
    field("about", Text, "How the source qualifies the number"),
    field("computed", Number, "What comes out; none for relations"),
    field("verdict", Text, "What to make of it, in words"),
    field("source", Text, "Id of the source with lines"),
    field("note", Text, "What to know about it"),
];

const SOURCES: &[Field] = &[
    field("id", Text, "Id by which others cite it"),
    field("kind", Text, "thesis, article, dataset, …"),
    field("author", Text, "Authors, parted by \"; \""),
    field("title", Text, "Title"),
    field("year", Integer, "Year of publication"),
    field("publisher", Text, "Publisher, journal or package with its version"),
    field("url", Text, "Where it can be read"),
    field("licence", Text, "Licence of a data set"),
    field("note", Text, "Anything to add"),
];

/// All names of the features that are selected.
#[cfg(feature = "geopackage")]
pub(super) fn names(selected: &Selected<'_>) -> Sheet {
    let mut sheet = Sheet::new("names", "Names in all languages and spellings", NAMES);
    sheet.key = &["of", "number"];
    sheet.features_named = &["of"];
    for feature in &selected.features {
        let names = &feature.names;
        let standard = names.by_language.iter().map(|(code, name)| (name, Some(code), "standard"));
        let others = [(&names.also, "also"), (&names.printed, "printed"), (&names.ocr, "ocr")];
        let others = others
            .into_iter()
            .flat_map(|(names, role)| names.iter().map(move |name| (name, None, role)));
        for (index, (name, language, role)) in standard.chain(others).enumerate() {
            sheet.row([
                feature.id.clone().into(),
                (index + 1).into(),
                name.clone().into(),
                language.cloned().into(),
                role.into(),
            ]);
        }
    }
    sheet
}

/// The links whose ends are both selected, a row for each amount.
pub(super) fn links(selected: &Selected<'_>) -> Result<Sheet> {
    let mut sheet = Sheet::new("links", "What runs or flows between two features", LINKS);
    sheet.key = &["id", "amount"];
    sheet.features_named = &["from", "to"];
    let all = selected.catalogue.links().iter();
    for link in all.filter(|link| selected.has(&link.from) && selected.has(&link.to)) {
        if link.amounts.is_empty() {
            sheet.row(link_row(selected, link, 0, None)?);
        }
        for (index, amount) in link.amounts.iter().enumerate() {
            sheet.row(link_row(selected, link, index + 1, Some(amount))?);
        }
    }
    Ok(sheet)
}

fn link_row(
    selected: &Selected<'_>,
    link: &Link,
    number: usize,
    amount: Option<&Amount>,
) -> Result<Vec<Value>> {
    let catalogue = selected.catalogue;
    let stand = |id: &str| -> Result<LonLat> { Ok(catalogue.stand(catalogue.find(id)?)?) };
    let (from, to) = (stand(&link.from)?, stand(&link.to)?);
    let (year_from, year_to) = link.span.years();
    let sources: Vec<String> = link.sources.iter().map(ToString::to_string).collect();
    Ok(vec![
        link.id.clone().into(),
        number.into(),
        link.kind.name().into(),
        link.from.clone().into(),
        link.to.clone().into(),
        link.both_ways.into(),
        link.along.clone().into(),
        year_from.into(),
        year_to.into(),
        link.span.edtf().into(),
        amount.map(|amount| amount.value).into(),
        amount.map(|amount| amount.unit.clone()).into(),
        amount.and_then(|amount| amount.year).into(),
        amount.map(|amount| amount.about.name()).into(),
        rounded(catalogue.span_of(link)?.to_km(), 3).into(),
        rounded(from.lon(), 7).into(),
        rounded(from.lat(), 7).into(),
        rounded(to.lon(), 7).into(),
        rounded(to.lat(), 7).into(),
        link.note.clone().into(),
        sources.join("; ").into(),
    ])
}

fn rounded(value: f64, digits: i32) -> f64 {
    (value * 10f64.powi(digits)).round() / 10f64.powi(digits)
}

/// The series of selected features, a row for each cell, for values without a year and for totals.
pub(super) fn series(selected: &Selected<'_>) -> Sheet {
    let mut sheet = Sheet::new("series", "Figures by year, as the sources print them", SERIES);
    sheet.key = &["id", "row"];
    sheet.features_named = &["of"];
    for series in selected.catalogue.series().iter().filter(|series| selected.has(&series.of)) {
        let dated = series.cells().iter().map(|&(year, cell)| match cell {
            Cell::Value(value) => (Some(year), Some(value), "value"),
            Cell::Lost => (Some(year), None, "lost"),
            Cell::NotGiven => (Some(year), None, "not given"),
        });
        let undated = series.undated.iter().map(|&value| (None, Some(value), "year lost"));
        let total = series.total.map(|value| (None, Some(value), "total"));
        for (index, cell) in dated.chain(undated).chain(total).enumerate() {
            sheet.row(series_row(series, index + 1, cell));
        }
    }
    sheet
}

fn series_row(
    series: &Series,
    number: usize,
    (year, value, state): (Option<i32>, Option<f64>, &str),
) -> Vec<Value> {
    vec![
        series.id.clone().into(),
        number.into(),
        series.of.clone().into(),
        series.partner.clone().into(),
        series.title.get("en").into(),
        series.quantity.clone().into(),
        series.unit.clone().into(),
        series.table.clone().into(),
        year.into(),
        value.into(),
        state.into(),
        series.source.to_string().into(),
        series.note.clone().into(),
    ]
}

/// The claims that speak of selected features only, computed.
pub(super) fn claims(selected: &Selected<'_>) -> Sheet {
    let mut sheet = Sheet::new("claims", "What the sources say, and what comes out", CLAIMS);
    sheet.key = &["id"];
    let wanted = |claim: &&Claim| claim.features().iter().all(|id| selected.has(id));
    let claims = selected.catalogue.claims().iter().filter(wanted);
    for checked in check_some(claims, selected.catalogue, &Embedded) {
        let claim = checked.claim;
        let compute = match &claim.computation {
            Computation::Of(text, _) => Some(text.clone()),
            Computation::None(_) => None,
        };
        sheet.row([
            claim.id.clone().into(),
            claim.text.clone().into(),
            claim.features().join("; ").into(),
            compute.into(),
            claim.value.into(),
            checked.unit.into(),
            claim.about.name().into(),
            checked.computed.map(|number| rounded(number, 3)).into(),
            checked.verdict.describe().into(),
            claim.source.to_string().into(),
            claim.note.clone().into(),
        ]);
    }
    sheet
}

/// The bibliography.
pub(super) fn sources(selected: &Selected<'_>) -> Sheet {
    let mut sheet = Sheet::new("sources", "The bibliography", SOURCES);
    sheet.key = &["id"];
    for source in selected.catalogue.sources() {
        sheet.row([
            source.id.clone().into(),
            source.kind.clone().into(),
            source.author.clone().into(),
            source.title.clone().into(),
            source.year.into(),
            source.publisher.clone().into(),
            source.url.clone().into(),
            source.licence.clone().into(),
            source.note.clone().into(),
        ]);
    }
    sheet
}
