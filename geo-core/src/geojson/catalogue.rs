//! A user's own features as a catalogue.

use std::collections::BTreeSet;

use serde_json::Value;

use super::read;
use crate::error::Result;
use crate::geometry::EdgeModel;
use crate::model::{Catalogue, Event, EventKind, Feature, Precision, TimeSpan, When};
use crate::raw::Record;

impl Catalogue {
    /// A catalogue of the features of a GeoJSON text, whose edges are straight in lon/lat.
    ///
    /// Properties with the names that exports use are understood: `name`, `name_zh`, `name_ko`,
    /// `name_ru`, `kind`, `sub`, `countries`, `certainty`, `year_from`, `year_to`; the others are
    /// kept as they are. A second feature of one id gets `-2` behind it.
    ///
    /// # Errors
    /// Those of [`read`].
    ///
    /// ```
    /// use tumen_geo_core::{measure::Geodesic, model::Catalogue};
    /// let catalogue = Catalogue::from_geojson(r#"{
    ///     "type": "Feature", "id": "park", "properties": {"name": "Industrial park"},
    ///     "geometry": {"type": "Polygon", "coordinates":
    ///         [[[130.30, 42.85], [130.32, 42.85], [130.32, 42.87], [130.30, 42.85]]]}}"#)?;
    /// let park = catalogue.find("Industrial park")?;
    /// assert!((Geodesic::area(&park.shape).to_km2() - 1.816).abs() < 0.001);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn from_geojson(text: &str) -> Result<Self> {
        Self::of_records(read(text, EdgeModel::LonLat)?.into_iter().map(Ok))
    }

    /// A catalogue of features that were read from a file, as [`from_geojson`](Self::from_geojson)
    /// understands them.
    ///
    /// # Errors
    /// The first of the records; [`ErrorKind::Catalogue`](crate::ErrorKind::Catalogue) for years out
    /// of range or order.
    pub fn of_records(records: impl IntoIterator<Item = Result<Record>>) -> Result<Self> {
        let mut taken = BTreeSet::new();
        let features: Result<Vec<Feature>> = records
            .into_iter()
            .map(|record| {
                let record = record?;
                let mut id = record.id.clone();
                let mut count = 1;
                while !taken.insert(id.clone()) {
                    count += 1;
                    id = format!("{}-{count}", record.id);
                }
                let place = format!("feature '{id}'");
                own(id, record).map_err(|e| e.within(place))
            })
            .collect();
        Self::new(features?, Vec::new())
    }
}

/// The feature that a record describes; see [`Catalogue::from_geojson`].
///
/// # Errors
/// [`ErrorKind::Catalogue`](crate::ErrorKind::Catalogue) for years out of range or order.
pub fn feature(record: Record) -> Result<Feature> {
    own(record.id.clone(), record)
}

fn own(id: String, record: Record) -> Result<Feature> {
    let mut feature = Feature::own(id.clone(), id, record.shape);
    let mut years = [(EventKind::Established, None), (EventKind::Abolished, None)];
    for (key, value) in record.properties {
        let text = match &value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        match key.as_str() {
            "name" => drop(feature.names.by_language.insert("en".to_owned(), text)),
            "name_zh" | "name_ko" | "name_ru" => {
                feature.names.by_language.insert(key["name_".len()..].to_owned(), text);
            }
            "kind" if text.parse::<crate::model::Kind>().is_ok() => {
                feature.kind = text.parse().ok();
            }
            "sub" => feature.sub = Some(text),
            "countries" => feature.countries = text.split_whitespace().map(str::to_owned).collect(),
            "certainty" if feature.certainty.is_none() => feature.certainty = text.parse().ok(),
            "year_from" => years[0].1 = value.as_i64(),
            "year_to" => years[1].1 = value.as_i64(),
            _ => drop(feature.properties.insert(key, text)),
        }
    }
    let events: Result<Vec<Event>> = years
        .into_iter()
        .filter_map(|(what, year)| Some((what, i32::try_from(year?).unwrap_or(i32::MAX))))
        .map(|(what, year)| {
            let year = When::check_year(year)?;
            let when = When { year, month: None, day: None, precision: Precision::Exact };
            Ok(Event { what, when, source: None, note: None })
        })
        .collect();
    feature.span = TimeSpan::new(events?)?;
    Ok(feature)
}
