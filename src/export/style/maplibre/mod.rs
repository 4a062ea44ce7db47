//! MapLibre style documents, version 8: one for a map, whose sources are the GeoJSON files beside it.
//!
//! Lengths are CSS pixels of 1/96 inch.

mod expression;
mod layers;
#[cfg(test)]
mod tests;

use serde_json::{Value as Json, json};

use self::layers::Writer;
use super::{Sprite, Warnings, hex, note_common};
use crate::error::{Error, Result};
use crate::export::map::MapExport;

/// Where glyphs are from unless the page says otherwise: a public server of the fonts named.
const GLYPHS: &str = "https://demotiles.maplibre.org/font/{fontstack}/{range}.pbf";
/// Metres at the equator in a CSS pixel at zoom 0, of tiles of 512 pixels.
const ZOOM_0: f64 = 78_271.516_964;
/// Metres in a CSS pixel.
const PIXEL: f64 = 0.0254 / 96.0;

/// The style of a map, and the pictures that it uses.
///
/// # Errors
/// When it cannot be written.
pub fn maplibre(map: &MapExport, warnings: &mut Warnings) -> Result<(String, Sprite)> {
    let mut sprite = Sprite::default();
    let center = map.sheet.bbox.center();
    let zoom = |denominator: f64| zoom(denominator, center.lat());
    let background = json!({
        "id": "sea", "type": "background", "paint": { "background-color": hex(map.sheet.theme.sea) },
    });
    let (mut below, mut names) = (vec![background], Vec::new());
    let mut sources = serde_json::Map::new();
    for layer in &map.layers {
        note_common(layer, warnings);
        let name = &layer.table.name;
        let source = json!({
            "type": "geojson",
            "data": format!("./{name}.geojson"),
            "attribution": layer.credits.join(" · "),
        });
        sources.insert(name.clone(), source);
        let languages = &map.spec.languages;
        let mut writer = Writer { layer, languages, zoom: &zoom, sprite: &mut sprite, warnings };
        below.extend(writer.drawn());
        names.extend(writer.named());
    }
    below.append(&mut names);
    let title = crate::map::title(&map.spec).unwrap_or("Map");
    let mut style = json!({
        "version": 8,
        "name": title,
        "metadata": {
            "tumen:fonts": "Noto Sans; the server of the glyphs may be any that has them",
            "tumen:scale": map.sheet.denominator.round(),
            "tumen:credits": map.sheet.credits,
        },
        "center": [round(center.lon(), 5), round(center.lat(), 5)],
        "zoom": round(zoom(map.sheet.denominator), 2),
        "glyphs": GLYPHS,
        "sources": sources,
        "layers": below,
    });
    if !sprite.is_empty() {
        style["sprite"] = "./sprite".into();
    }
    let text = serde_json::to_string_pretty(&style).map_err(|e| Error::failure(e.to_string()))?;
    Ok((text + "\n", sprite))
}

/// The zoom at which the scale is 1 to `denominator` on a screen of 96 pixels per inch.
fn zoom(denominator: f64, lat: f64) -> f64 {
    let metres = ZOOM_0 * lat.to_radians().cos();
    (metres / (denominator * PIXEL)).log2().clamp(0.0, 24.0)
}

fn round(number: f64, digits: i32) -> f64 {
    let power = 10_f64.powi(digits);
    (number * power).round() / power
}

/// A list as JSON.
fn list(values: impl IntoIterator<Item = f64>) -> Json {
    values.into_iter().map(|value| round(value, 3)).collect()
}
