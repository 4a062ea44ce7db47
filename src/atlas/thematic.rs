//! Features that are computed: distance rings, service areas, and what changed between two years.

use std::collections::BTreeMap;

use geo_types::{Geometry, MultiPolygon, Polygon, Rect};
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::{Catalogue, Event, EventKind, Feature, Status};
use tumen_geo_core::{Bbox, Length, Shape};
use tumen_render::Result;
use tumen_render::spec::{LayerSpec, MapFeature, Value};

use super::feature::map_feature;
use super::query::{Query, wrong};
use crate::basemap;

/// The ground within `km` of each feature of `around`, an area for each distance, named by it.
pub(super) fn rings(layer: &LayerSpec, catalogue: &Catalogue) -> Result<Vec<MapFeature>> {
    let query = Query::of(layer, false, &["around", "km"])?;
    let (around, kilometres) = (query.found("around", catalogue)?, query.numbers("km")?);
    if around.is_empty() || kilometres.is_empty() {
        return Err(wrong("rings need 'around', ids of features, and 'km', distances".to_owned())
            .at("query"));
    }
    let mut features = Vec::new();
    for center in around {
        for km in &kilometres {
            let shape = Geodesic::buffer(&center.shape, Length::km(*km))
                .map_err(|e| Query::at("km", e.into()))?;
            let name = format!("{km} km");
            features.push(MapFeature {
                id: format!("{} {km:08.2}", center.id),
                geometry: shape.geometry().clone(),
                names: BTreeMap::from([("en".to_owned(), name)]),
                properties: BTreeMap::from([("km".to_owned(), Value::Number(*km))]),
                rank: 1,
            });
        }
    }
    Ok(features)
}

/// The ground that is nearer to each chosen feature than to the others: of the features `within`,
/// of the `land` in sight, or of the whole frame.
pub(super) fn service_areas(
    layer: &LayerSpec,
    catalogue: &Catalogue,
    frame: &Bbox,
    year: Option<i32>,
) -> Result<Vec<MapFeature>> {
    let query = Query::of(layer, true, &["within"])?;
    let choice = query.choice(catalogue)?;
    let sites: Vec<Feature> = catalogue
        .features()
        .iter()
        .filter(|f| choice.takes(f) && year.is_none_or(|year| f.span.shown_in(year)))
        .cloned()
        .collect();
    let index = SpatialIndex::new(sites);
    let areas = index.service_areas(&ground(&query, catalogue, frame)?, |_| true)?.value;
    let feature = |(site, area): (&Feature, Shape)| MapFeature {
        geometry: area.geometry().clone(),
        ..map_feature(site, year, catalogue)
    };
    Ok(areas.into_iter().map(feature).collect())
}

/// The areas of the features `within`, the land in a frame, or all of it.
fn ground(query: &Query<'_>, catalogue: &Catalogue, frame: &Bbox) -> Result<Shape> {
    let mut parts: Vec<Polygon> = Vec::new();
    match query.texts("within")?.as_slice() {
        [] => {
            let (west, east) = (frame.west, frame.east_unwrapped());
            parts.push(Rect::new((west, frame.south), (east, frame.north)).into());
        }
        [land] if land == "land" => {
            let countries = basemap::countries(frame).into_iter();
            parts.extend(countries.flat_map(|(_, land)| land.0));
        }
        _ => {
            for feature in query.found("within", catalogue)? {
                parts.extend_from_slice(feature.shape.polygons());
            }
        }
    }
    Ok(Shape::from_checked(Geometry::MultiPolygon(MultiPolygon(parts))))
}

/// The chosen features that were there between the ends of `from` and `to`, with the property
/// `change`: `appeared`, `vanished`, `passed` (in neither year, but between), `changed` (another
/// status, or an event in between: renamed, reopened), `same`, or `undated`.
pub(super) fn changes(layer: &LayerSpec, catalogue: &Catalogue) -> Result<Vec<MapFeature>> {
    let query = Query::of(layer, true, &["from", "to"])?;
    let (choice, from, to) = (query.choice(catalogue)?, query.year("from")?, query.year("to")?);
    if from >= to {
        let error = wrong(format!("changes from {from} to {to} need the earlier year first"));
        return Err(Query::at("from", error));
    }
    let there = |status: Status| !matches!(status, Status::NotYet | Status::Abolished);
    let mut features = Vec::new();
    for feature in catalogue.features().iter().filter(|f| choice.takes(f)) {
        let (before, after) = (feature.span.status(from), feature.span.status(to));
        let between = |event: &&Event| {
            (from + 1..=to).contains(&event.when.year) && event.what != EventKind::Proposed
        };
        let change = match (there(before), there(after)) {
            _ if before == Status::Undated => "undated",
            (false, false) if (from + 1..to).any(|year| there(feature.span.status(year))) => {
                "passed"
            }
            (false, false) => continue,
            (false, true) => "appeared",
            (true, false) => "vanished",
            (true, true) if before != after => "changed",
            (true, true) if feature.span.events().iter().any(|e| between(&e)) => "changed",
            (true, true) => "same",
        };
        let mut feature = map_feature(feature, Some(to), catalogue);
        feature.properties.insert("change".to_owned(), Value::Text(change.to_owned()));
        features.push(feature);
    }
    Ok(features)
}
