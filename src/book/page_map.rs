//! The map on the page of a feature.

use tumen_geo_core::Bbox;
use tumen_geo_core::model::{Catalogue, Certainty, Feature};
use tumen_render::spec::{LabelPlacement, LayerSpec, MapSpec};

use super::plan::Section;
use crate::basemap;
use crate::error::Result;

/// The map, but for what it shows.
const TEMPLATE: &str = include_str!("../../data/maps/page.toml");
/// Ground around the feature, as a share of its size.
const MARGIN: f64 = 0.2;
/// The map shows at least so much from side to side, km: where the base map is detailed, and where
/// its coasts are coarse.
const LEAST_KM: (f64, f64) = (40.0, 160.0);
/// Length of a degree of latitude, km; the margin needs no better.
const KM_PER_DEGREE: f64 = 111.2;

/// The spec of the map that shows `feature`.
///
/// # Errors
/// When the template is none.
pub(super) fn page_map(feature: &Feature, catalogue: &Catalogue) -> Result<MapSpec> {
    let mut spec = MapSpec::from_toml(TEMPLATE)?;
    let mut layers = std::mem::take(&mut spec.layers);
    layers.retain_mut(|layer| choose(layer, feature, catalogue));
    if feature.shape.dimension() == 0 {
        // On the point itself stands the name of the place that it is.
        let this = layers.iter_mut().filter(|layer| layer.id == "this");
        this.filter_map(|l| l.labels.as_mut()).for_each(|l| l.placement = LabelPlacement::Point);
    }
    spec.layers = layers;
    let bbox = feature.shape.bbox();
    let mut extent = around(&bbox, LEAST_KM.0);
    if !basemap::REGION.covers(&extent) {
        extent = around(&bbox, LEAST_KM.1);
        // Beyond the region the places are cities, which the members name again.
        spec.without.push("places".to_owned());
    }
    let Bbox { west, south, east, north } = extent;
    spec.extent.bbox = Some([west, south, east, north]);
    spec.languages = languages(feature);
    Ok(spec)
}

/// Puts ids in the place of the words of the template; whether there are any.
fn choose(layer: &mut LayerSpec, feature: &Feature, catalogue: &Catalogue) -> bool {
    let Some(toml::Value::Array(ids)) = layer.query.get_mut("ids") else { return true };
    let named = |ids: &[String]| ids.iter().cloned().map(toml::Value::String).collect();
    let mut chosen: Vec<toml::Value> = Vec::new();
    for id in std::mem::take(ids) {
        match id.as_str() {
            Some("this") => chosen.push(toml::Value::String(feature.id.clone())),
            Some("members") => chosen.extend::<Vec<_>>(named(&feature.provenance.members)),
            Some("others") => chosen.extend::<Vec<_>>(named(&others(feature, catalogue))),
            _ => chosen.push(id),
        }
    }
    let some = !chosen.is_empty();
    *ids = chosen;
    some
}

/// The other zones and triangles that have a boundary or a place of their own.
fn others(feature: &Feature, catalogue: &Catalogue) -> Vec<String> {
    let elsewhere = |other: &&Feature| {
        Section::of(other).is_some()
            && other.id != feature.id
            && other.certainty != Some(Certainty::Conceptual)
            && other.shape != feature.shape
    };
    catalogue.features().iter().filter(elsewhere).map(|other| other.id.clone()).collect()
}

/// English, and the language of the first country if the feature has a name in it.
fn languages(feature: &Feature) -> Vec<String> {
    let local = match feature.countries.first().map(String::as_str) {
        Some("CN") => "zh",
        Some("KP" | "KR") => "ko",
        Some("RU") => "ru",
        _ => "en",
    };
    let mut languages = vec!["en".to_owned()];
    if local != "en" && feature.names.by_language.contains_key(local) {
        languages.push(local.to_owned());
    }
    languages
}

/// A box with room around it, and at least `least_km` each way.
fn around(shape: &Bbox, least_km: f64) -> Bbox {
    let middle = shape.center();
    let half = |degrees: f64, km_per_degree: f64| {
        (degrees * (1.0 + 2.0 * MARGIN)).max(least_km / km_per_degree) / 2.0
    };
    let x = half(shape.width_degrees(), KM_PER_DEGREE * middle.lat().to_radians().cos());
    let y = half(shape.north - shape.south, KM_PER_DEGREE);
    Bbox {
        west: wrapped(middle.lon() - x),
        south: (middle.lat() - y).max(-90.0),
        east: wrapped(middle.lon() + x),
        north: (middle.lat() + y).min(90.0),
    }
}

fn wrapped(lon: f64) -> f64 {
    if lon.abs() <= 180.0 { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_of_points_show_forty_kilometres_and_those_of_areas_a_margin() {
        let point = Bbox { west: 130.36, south: 42.86, east: 130.36, north: 42.86 };
        let box_of = around(&point, 40.0);
        assert!(((box_of.north - box_of.south) * KM_PER_DEGREE - 40.0).abs() < 1e-6);
        let asia = Bbox { west: 100.0, south: 0.0, east: 120.0, north: 10.0 };
        let wide = around(&asia, 40.0);
        assert!((wide.west - 96.0).abs() < 1e-9 && (wide.north - 12.0).abs() < 1e-9);
    }

    #[test]
    fn the_template_is_filled_for_every_feature() {
        let catalogue = crate::catalogue().unwrap();
        let triangle = catalogue.get("small-tumen-triangle").unwrap();
        let spec = page_map(triangle, &catalogue).unwrap();
        let ids = |layer: &str| {
            let layer = spec.layers.iter().find(|l| l.id == layer).unwrap();
            layer.query["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect()
        };
        let (this, members): (Vec<_>, Vec<_>) = (ids("this"), ids("members"));
        assert_eq!(
            (this, members),
            (vec!["small-tumen-triangle"], vec!["rajin", "hunchun", "posyet"])
        );
        let zone = page_map(catalogue.get("rajin-sonbong-fetz").unwrap(), &catalogue).unwrap();
        assert!(zone.layers.iter().all(|layer| layer.id != "members"));
        assert_eq!(zone.languages, ["en", "ko"]);
    }
}
