//! The configuration of kepler.gl, version 1: one layer for each layer of a map, with the colours of
//! its classes. The data sets are the GeoJSON files of the same names.

use serde_json::{Value as Json, json};
use tumen_render::layout::resolved::By;
use tumen_render::scene::Color;

use super::sprite::PIXELS;
use super::{Kind, Part, Place, Warnings, has_column, hex, opacity, parts_of};
use crate::error::{Error, Result};
use crate::export::field::Type;
use crate::export::map::{MapExport, MapLayer};

/// The configuration for a map.
///
/// # Errors
/// When it cannot be written.
pub fn kepler(map: &MapExport, warnings: &mut Warnings) -> Result<String> {
    // Kepler lists what is on top first.
    let layers: Vec<Json> = map
        .layers
        .iter()
        .rev()
        .map(|layer| of_layer(layer, &map.spec.languages, warnings))
        .collect();
    let bbox = map.sheet.bbox;
    let center = bbox.center();
    let zoom = (360.0 / bbox.width_degrees().max(1e-6)).log2() + 1.0;
    let round = |number: f64| (number * 1e5).round() / 1e5;
    let config = json!({
        "version": "v1",
        "config": {
            "visState": {
                "filters": [],
                "layers": layers,
                "interactionConfig": {
                    "tooltip": { "enabled": true, "fieldsToShow": tooltips(map) },
                    "brush": { "enabled": false, "size": 0.5 },
                    "geocoder": { "enabled": false },
                    "coordinate": { "enabled": false },
                },
                "layerBlending": "normal",
                "splitMaps": [],
                "animationConfig": { "currentTime": null, "speed": 1 },
            },
            "mapState": {
                "bearing": 0,
                "dragRotate": false,
                "latitude": round(center.lat()),
                "longitude": round(center.lon()),
                "pitch": 0,
                "zoom": (zoom * 100.0).round() / 100.0,
                "isSplit": false,
            },
            "mapStyle": { "styleType": "light", "topLayerGroups": {}, "visibleLayerGroups": {} },
        },
    });
    let text = serde_json::to_string_pretty(&config).map_err(|e| Error::failure(e.to_string()))?;
    Ok(text + "\n")
}

fn tooltips(map: &MapExport) -> Json {
    let of = |layer: &MapLayer| {
        let named =
            layer.table.fields.iter().filter(|f| f.name == "id" || f.name.starts_with("name_"));
        let fields: Vec<Json> = named.map(|f| json!({ "name": f.name, "format": null })).collect();
        (layer.table.name.clone(), Json::from(fields))
    };
    Json::Object(map.layers.iter().map(of).collect())
}

/// What the features of a class look like to kepler.
#[derive(Default)]
struct Looks {
    fill: Option<Color>,
    stroke: Option<(Color, f64)>,
    radius_pt: Option<f64>,
}

fn looks(layer: &MapLayer, class: usize, warnings: &mut Warnings) -> Looks {
    let mut looks = Looks::default();
    let mut lost = |what: &str| warnings.add(layer, &format!("kepler.gl: no {what}"));
    for part in parts_of(layer, &layer.style.classes[class]) {
        match part {
            Part::Fill { color, soft_edge_pt } => {
                looks.fill = Some(color);
                if soft_edge_pt > 0.0 {
                    lost("soft edges");
                }
            }
            Part::Hatch(_) => lost("hatches"),
            Part::Line { beyond_pt, .. } if beyond_pt > 0.0 => lost("casings"),
            Part::Line { color, width_pt, dash, round: _, beyond_pt: _ } => {
                looks.stroke = Some((color, width_pt));
                if !dash.is_empty() {
                    lost("dashes");
                }
            }
            Part::Ticks(..) => lost("marks along lines"),
            Part::Heads(..) => lost("heads"),
            Part::Symbol(symbol, Place::Point) => {
                looks.fill = Some(symbol.fill);
                looks.stroke = symbol.stroke.map(|color| (color, symbol.stroke_width_pt));
                looks.radius_pt = Some(symbol.size_pt / 2.0);
            }
            Part::Symbol(_, Place::Middle | Place::Corners) => lost("symbols on areas and lines"),
        }
    }
    looks
}

fn of_layer(layer: &MapLayer, languages: &[String], warnings: &mut Warnings) -> Json {
    let last = layer.style.classes.len() - 1;
    let all: Vec<Looks> = (0..=last).map(|class| looks(layer, class, warnings)).collect();
    // Where classes differ, the one with most features sets what kepler has once for a layer.
    let most = (0..=last).max_by_key(|class| (layer.counts[*class], *class)).unwrap_or(last);
    let Looks { fill, stroke, radius_pt } = &all[most];
    let main = match layer.kind {
        Kind::Lines => stroke.map(|(color, _)| color),
        Kind::Points | Kind::Areas => *fill,
    };
    let rgb = |color: Color| json!([color.r, color.g, color.b]);
    let main = main.unwrap_or(Color::WHITE.with_alpha(0));
    let (edge, edge_pt) = stroke.unwrap_or((main, 0.0));
    let px = |pt: f64| (pt * PIXELS * 100.0).round() / 100.0;
    let color_of = |looks: &Looks| match layer.kind {
        Kind::Lines => looks.stroke.map(|(color, _)| color),
        Kind::Points | Kind::Areas => looks.fill,
    };
    let colors: Vec<String> =
        all.iter().map(|looks| hex(color_of(looks).unwrap_or(main))).collect();
    let (field, scale, range) = channel(layer, &colors, warnings);
    let labels = layer.style.classes[most].labels.as_ref();
    let name = languages.iter().map(|l| format!("name_{l}")).find(|name| has_column(layer, name));
    let text: Vec<Json> = labels
        .zip(name)
        .map(|(labels, name)| {
            json!({
                "field": { "name": name, "type": "string" },
                "color": rgb(labels.color),
                "size": px(labels.size_pt),
                "offset": [0, 0],
                "anchor": "start",
                "alignment": "center",
            })
        })
        .into_iter()
        .collect();
    json!({
        "id": layer.table.name,
        "type": "geojson",
        "config": {
            "dataId": layer.table.name,
            "label": layer.title(languages),
            "color": rgb(main),
            "columns": { "geojson": "_geojson" },
            "isVisible": true,
            "visConfig": {
                "opacity": opacity(main),
                "strokeOpacity": opacity(edge),
                "thickness": px(edge_pt),
                "strokeColor": rgb(edge),
                "colorRange": range,
                "strokeColorRange": range,
                "radius": px(radius_pt.unwrap_or(2.0)),
                "sizeRange": [0, 10],
                "radiusRange": [0, 50],
                "heightRange": [0, 500],
                "elevationScale": 5,
                "stroked": stroke.is_some(),
                "filled": layer.kind != Kind::Lines && fill.is_some(),
                "enable3d": false,
                "wireframe": false,
            },
            "hidden": false,
            "textLabel": text,
        },
        "visualChannels": {
            "colorField": if layer.kind == Kind::Lines { Json::Null } else { field.clone() },
            "colorScale": scale,
            "strokeColorField": if layer.kind == Kind::Lines { field } else { Json::Null },
            "strokeColorScale": scale,
            "sizeField": null,
            "sizeScale": "linear",
            "heightField": null,
            "heightScale": "linear",
            "radiusField": null,
            "radiusScale": "linear",
        },
    })
}

/// The column that colours are by, how they are, and the colours.
fn channel(
    layer: &MapLayer,
    colors: &[String],
    warnings: &mut Warnings,
) -> (Json, &'static str, Json) {
    let range = |colors: &[String], map: Json| json!({ "name": "tumen", "type": "custom", "category": "Custom", "colors": colors, "colorMap": map });
    let plain = (Json::Null, "quantile", range(&colors[colors.len() - 1..], Json::Null));
    let field = |property: &str| {
        let found = layer.table.fields.iter().find(|field| field.name == property)?;
        let of = match found.of {
            Type::Text => "string",
            Type::Integer => "integer",
            Type::Number => "real",
            Type::Boolean => "boolean",
            Type::Date => "date",
        };
        Some(json!({ "name": property, "type": of }))
    };
    match &layer.style.by {
        By::Nothing => plain,
        By::Values { property, values } => {
            if layer.lists.iter().any(|list| list == property) {
                warnings.add(layer, "kepler.gl: no colours by members of a list");
                return plain;
            }
            let Some(field) = field(property) else { return plain };
            let pairs =
                values.iter().zip(colors).map(|(value, color)| json!([value.to_text(), color]));
            let map: Vec<Json> = pairs.collect();
            (field, "ordinal", range(colors, map.into()))
        }
        By::Bounds { property, between, .. } => {
            let Some(field) = field(property) else { return plain };
            let bounds = between.iter().map(|bound| json!(bound)).chain([Json::Null]);
            let map: Vec<Json> =
                bounds.zip(colors).map(|(bound, color)| json!([bound, color])).collect();
            (field, "custom", range(&colors[..=between.len()], map.into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use tumen_render::spec::Value;

    use super::*;
    use crate::export::style::testing::{languages, layer};

    #[test]
    fn layers_have_their_colours_and_channels() {
        let mut warnings = Warnings::default();
        let mut of = layer(Kind::Areas);
        let config = of_layer(&of, &languages(), &mut warnings);
        assert_eq!(config["config"]["color"], json!([201, 138, 43]));
        assert_eq!(config["config"]["visConfig"]["filled"], true);
        assert!(config["visualChannels"]["colorField"].is_null());
        let lost = warnings.into_lines();
        assert!(lost.iter().any(|line| line.contains("members of a list")), "{lost:?}");
        of.lists.clear();
        of.style.by =
            By::Values { property: "modes".into(), values: vec![Value::Text("rail".into())] };
        let config = of_layer(&of, &languages(), &mut Warnings::default());
        assert_eq!(config["visualChannels"]["colorScale"], "ordinal");
        let map = &config["config"]["visConfig"]["colorRange"]["colorMap"];
        assert_eq!(map, &json!([["rail", "#c98a2b"]]));
        of.style.by = By::Bounds { property: "value".into(), between: vec![], ends: None };
        let config = of_layer(&of, &languages(), &mut Warnings::default());
        assert_eq!(config["visualChannels"]["colorField"]["type"], "real");
    }
}
