//! Styles that say everything, as MapLibre layers.

use serde_json::{Value as Json, json};
use tumen_render::layout::resolved::{By, Sizes};

use super::layers::Writer;
use super::{Sprite, Warnings, zoom};
use crate::export::map::MapLayer;
use crate::export::style::Kind;
use crate::export::style::testing::{languages, layer};

fn written(layer: &MapLayer) -> (Vec<Json>, Vec<String>) {
    let (mut sprite, mut warnings) = (Sprite::default(), Warnings::default());
    let languages = languages();
    let zoom = |denominator: f64| zoom(denominator, 0.0);
    let mut writer = Writer {
        layer,
        languages: &languages,
        zoom: &zoom,
        sprite: &mut sprite,
        warnings: &mut warnings,
    };
    let mut all = writer.drawn();
    all.extend(writer.named());
    (all, warnings.into_lines())
}

fn kinds(all: &[Json]) -> Vec<&str> {
    all.iter().filter_map(|layer| layer["type"].as_str()).collect()
}

/// Oracle: a zoom level halves the denominator; 1:295 829 355.45 at zoom 0 on the equator with 512
/// pixels a tile and 96 pixels an inch (78271.517 m / 0.26458 mm).
#[test]
fn zooms_follow_the_scale() {
    assert!((zoom(295_829_355.45 / 1024.0, 0.0) - 10.0).abs() < 1e-6);
    assert!((zoom(295_829_355.45 / 2048.0, 60.0) - 10.0).abs() < 1e-6);
}

#[test]
fn areas_are_fills_patterns_and_lines() {
    let (all, warnings) = written(&layer(Kind::Areas));
    let one = ["fill", "fill", "line", "line", "symbol"];
    assert_eq!(kinds(&all), [&one[..], &one[..], &["symbol", "symbol"]].concat());
    assert_eq!(all[0]["paint"]["fill-opacity"], json!(0.259));
    assert_eq!(all[1]["paint"]["fill-pattern"], "ports-1-1");
    // 4 and 2.4 pt in widths of 0.7 pt.
    assert_eq!(all[3]["paint"]["line-dasharray"], json!([5.714, 3.429]));
    assert_eq!(all[0]["filter"][0], "==");
    assert_eq!((all[0]["filter"][2].clone(), all[5]["filter"][2].clone()), (json!(1), json!(0)));
    for lost in ["soft edge", "corners"] {
        assert!(warnings.iter().any(|w| w.contains(lost)), "{warnings:?}");
    }
}

#[test]
fn names_lie_above_and_say_both_languages() {
    let (all, _) = written(&layer(Kind::Points));
    assert_eq!(kinds(&all), ["symbol"; 4]);
    let names = &all[3];
    assert_eq!(names["layout"]["text-field"][0], "case");
    assert_eq!(names["layout"]["text-transform"], "uppercase");
    assert_eq!(names["filter"][0], "all");
    assert!(names["minzoom"].as_f64().unwrap() < names["maxzoom"].as_f64().unwrap());
}

#[test]
fn numbers_are_steps_and_sizes() {
    let mut of = layer(Kind::Lines);
    of.style.by = By::Bounds { property: "value".into(), between: vec![5.0], ends: None };
    of.style.classes.push(of.style.classes[1].clone());
    of.counts.push(0);
    of.style.size = Some(Sizes {
        property: "value".into(),
        largest: 10.0,
        largest_pt: 20.0,
        smallest_pt: 1.0,
        area: false,
    });
    let (all, _) = written(&of);
    assert_eq!(all[0]["filter"][1][3][0], "step");
    assert_eq!(all[0]["paint"]["line-width"][0], "+", "a casing is wider than its stroke");
    assert_eq!(all[1]["paint"]["line-width"][0], "*");
}
