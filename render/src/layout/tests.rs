//! Whole maps of a made-up world.

use std::collections::BTreeMap;

use geo_types::{Geometry, Point as GeoPoint, line_string, polygon};
use tumen_geo_core::Bbox;

use super::compose;
use crate::error::{Error, ErrorKind, Result};
use crate::scene::Item;
use crate::spec::{BaseSpec, LayerSpec, MapData, MapFeature, MapSpec, Relief, Value};
use crate::text::testing::book;

struct World;

fn feature(id: &str, geometry: Geometry, en: &str, zh: &str) -> MapFeature {
    let names = [("en", en), ("zh", zh)].into_iter().filter(|(_, name)| !name.is_empty());
    MapFeature {
        id: id.to_owned(),
        geometry,
        names: names.map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
        properties: BTreeMap::from([("mode".to_owned(), Value::Text(id.to_owned()))]),
        rank: 1,
    }
}

impl MapData for World {
    fn features(&self, layer: &LayerSpec, _: &Bbox, _: Option<i32>) -> Result<Vec<MapFeature>> {
        let corner = |x: f64, y: f64| Geometry::from(GeoPoint::new(x, y));
        Ok(match layer.source.as_str() {
            "land" => vec![feature(
                "land",
                polygon![(x: 125.0, y: 40.0), (x: 131.0, y: 40.0), (x: 131.0, y: 45.0), (x: 125.0, y: 45.0)].into(),
                "",
                "",
            )],
            "triangle" => vec![feature(
                "triangle",
                polygon![(x: 130.28, y: 42.25), (x: 130.81, y: 42.65), (x: 130.36, y: 42.87)].into(),
                "Triangle",
                "三角",
            )],
            "towns" => vec![
                feature("rail", corner(130.28, 42.25), "Rajin", ""),
                feature("road", corner(130.36, 42.87), "Hunchun", "珲春"),
                feature("far", corner(10.0, 50.0), "Frankfurt", ""),
            ],
            "river" => vec![feature(
                "river",
                line_string![(x: 129.0, y: 42.95), (x: 130.2, y: 42.9), (x: 130.7, y: 42.3)].into(),
                "Tumen",
                "",
            )],
            unit if unit.starts_with("unit:") => {
                let size: f64 = unit["unit:".len()..].parse().unwrap();
                let (x, y) = (130.28 - size / 4.0, 42.25 - size / 4.0);
                let square = polygon![
                    (x: x, y: y), (x: x + size, y: y), (x: x + size, y: y + size), (x: x, y: y + size)];
                vec![feature("unit", square.into(), "Rajin", "")]
            }
            _ => {
                return Err(Error::new(ErrorKind::Spec, "no such source")
                    .with_hint("land, triangle, towns or river"));
            }
        })
    }

    fn relief(&self, _frame: &Bbox) -> Option<Relief> {
        let metres = (0..40_i16 * 40).map(|i| (i % 40) * 20 + (i / 40 % 3) * 200).collect();
        Some(Relief { west: 129.0, north: 44.0, step_deg: 0.1, width: 40, height: 40, metres })
    }

    fn credits(&self, sources: &[&str]) -> Vec<String> {
        sources.iter().map(|source| format!("from {source}")).collect()
    }

    fn extent_of(&self, ids: &[String]) -> Result<Bbox> {
        match ids {
            [id] if id == "triangle" => {
                Ok(Bbox { west: 130.28, south: 42.25, east: 130.81, north: 42.87 })
            }
            _ => Err(Error::new(ErrorKind::Spec, "no such feature")),
        }
    }
}

const MAP: &str = r##"
title = { en = "The triangle", zh = "三角" }
subtitle = "A test"
extent = { features = ["triangle"], margin = 0.2 }
languages = ["en", "zh"]
[[layers]]
id = "land"
source = "land"
coverage = true
style = { fill = "#f7f4ec" }
[[layers]]
id = "relief"
source = "relief"
style = { relief = { inside = "land" } }
[[layers]]
id = "river"
source = "river"
title = "River"
style = { stroke = "#7fa9c4" }
labels = { placement = "line", size_pt = 6 }
[[layers]]
id = "zone"
source = "triangle"
title = "Growth triangle"
matters = true
style = { fill = "#cc3333", fill_opacity = 0.2, stroke = "#cc3333", vertices = { size_pt = 4 }, hatch = { spacing_pt = 4, width_pt = 0.3, color = "#cc3333" } }
labels = { placement = "area", size_pt = 9 }
[[layers]]
id = "towns"
source = "towns"
title = "Town"
style = { symbol = { size_pt = 3 } }
labels = { size_pt = 7 }
categories = { property = "mode", values = [
  { value = "rail", title = "Rail", style = { symbol = { shape = "rail", size_pt = 5 } } },
  { value = "far", title = "Nowhere near" },
] }
"##;

fn texts(items: &[Item]) -> Vec<String> {
    let mut all = Vec::new();
    for item in items {
        match item {
            Item::Text(run) => all.push(run.text.clone()),
            Item::Group { items, .. } => all.extend(texts(items)),
            Item::Fill { .. } | Item::Stroke { .. } | Item::Image(_) => {}
        }
    }
    all
}

#[test]
fn a_map_has_its_parts() {
    let spec = MapSpec::from_toml(MAP).unwrap();
    let map = compose(&spec, &World, &book()).unwrap();
    assert_eq!(map.warnings, Vec::<String>::new());
    let said = texts(&map.scene.items);
    for text in ["The triangle", "Hunchun", "珲春", "Rajin", "Tumen", "Growth triangle", "Rail"] {
        assert!(said.iter().any(|t| t == text), "{text} in {said:?}");
    }
    // The legend names only what is in sight.
    assert!(!said.iter().any(|t| t.contains("Nowhere") || t.contains("Frankfurt")));
    assert!(said.iter().any(|t| t.starts_with("Transverse Mercator, 130.5°E")));
    assert!(
        said.iter()
            .any(|t| t == "from land · from relief · from river · from triangle · from towns")
    );
    // The triangle, two towns, and the river twice.
    assert_eq!(map.explain.labels_placed, 5);
    assert!(map.explain.scale_error < 1e-3);
}

#[test]
fn categories_without_titles_stand_in_the_legend_as_their_layer() {
    let nameless =
        MAP.replace(r#"title = "Rail", "#, "").replace(r#", title = "Nowhere near""#, "");
    let said = |text: &str| {
        let map = compose(&MapSpec::from_toml(text).unwrap(), &World, &book()).unwrap();
        texts(&map.scene.items).iter().filter(|t| *t == "Town").count()
    };
    // Hunchun alone is of no category; then both are but towns.
    assert_eq!((said(MAP), said(&nameless)), (1, 1));
    let all_in = r#"{ value = "road", style = {} },"#;
    assert_eq!(
        said(&MAP.replace(r#"{ value = "far""#, &format!(r#"{all_in} {{ value = "far""#))),
        0
    );
    assert_eq!(
        said(&nameless.replace(r#"{ value = "far""#, &format!(r#"{all_in} {{ value = "far""#))),
        1
    );
}

#[test]
fn a_municipality_called_like_its_town_is_not_named_again() {
    let named = |size_deg: f64| {
        let label = "labels = { placement = 'area', size_pt = 7, quiet = true }";
        let text = format!(
            "extent = {{ features = ['triangle'] }}\n\
             [[layers]]\nid = 'unit'\nsource = 'unit:{size_deg}'\nstyle = {{ fill = '#eeeeee' }}\n{label}\n\
             [[layers]]\nid = 'towns'\nsource = 'towns'\nstyle = {{ symbol = {{ size_pt = 3 }} }}\n\
             labels = {{ size_pt = 7 }}"
        );
        let map = compose(&MapSpec::from_toml(&text).unwrap(), &World, &book()).unwrap();
        texts(&map.scene.items).iter().filter(|t| *t == "Rajin").count()
    };
    assert_eq!((named(0.12), named(0.5)), (1, 2));
}

#[test]
fn the_same_map_comes_out_each_time_and_stays_on_the_page() {
    let spec = MapSpec::from_toml(MAP).unwrap();
    let (first, second) =
        (compose(&spec, &World, &book()).unwrap(), compose(&spec, &World, &book()).unwrap());
    assert_eq!(first.scene.items, second.scene.items);
    assert!((first.scene.width - 576.0).abs() < 0.01);
    assert!(first.scene.height > first.explain.map.y1 && first.explain.map.y0 > 30.0);
}

#[test]
fn a_page_of_fixed_height_keeps_it() {
    let mut spec = MapSpec::from_toml(MAP).unwrap();
    spec.page.height_px = Some(1000);
    let map = compose(&spec, &World, &book()).unwrap();
    assert!((map.scene.height - 360.0).abs() < 0.01);
    assert!(map.explain.map.y1 < 345.0);
}

#[test]
fn what_is_wrong_is_named() {
    let book = book();
    let compose = |text: &str| compose(&MapSpec::from_toml(text).unwrap(), &World, &book);
    assert_eq!(compose("").unwrap_err().kind(), ErrorKind::Spec);
    let error =
        compose("extent = { features = ['triangle'] }\n[[layers]]\nid = 'x'\nsource = 'nothing'");
    assert_eq!(error.unwrap_err().to_string(), "layer 'x': no such source");
    let thematic = |lines: &str| {
        let head = "extent = { features = ['triangle'] }\n[[layers]]\nid = 'x'\nsource = 'land'";
        compose(&format!("{head}\n{lines}")).unwrap_err().to_string()
    };
    let classes = "classes = { property = 'n', ramp = ['#ffffff', '#000000'], count = 12 }";
    assert_eq!(thematic(classes), "layer 'x': classes.count makes not 2 to 9 classes");
    let both = "categories = { property = 'n', values = [] }\n\
                classes = { property = 'n', ramp = ['#ffffff', '#000000'] }";
    assert_eq!(thematic(both), "layer 'x': both categories and classes are given");
}

#[test]
fn what_is_meant_for_land_is_cut_by_the_coverage_below() {
    let head = "extent = { bbox = [129, 41, 133, 44] }\nfurniture = { legend = false }\n";
    let land = "[[layers]]\nid = 'land'\nsource = 'land'\ncoverage = true\n\
                style = { fill = '#eeeeee' }\n";
    let zone = "[[layers]]\nid = 'zone'\nsource = 'triangle'\non_land = true\n\
                style = { fill = '#ff0000' }\n";
    let clips = |layers: String| {
        let spec = MapSpec::from_toml(&format!("{head}{layers}")).unwrap();
        let items = compose(&spec, &World, &book()).unwrap().scene.items;
        let Some(Item::Group { items, .. }) = items.into_iter().next() else { panic!("no map") };
        let clip = |item: Item| match item {
            Item::Group { clip, .. } => clip.and_then(|path| path.bounds()),
            _ => None,
        };
        items.into_iter().filter_map(clip).collect::<Vec<_>>()
    };
    // The land ends at 131° E, in the middle of the map.
    let [clip] = clips(format!("{land}{zone}"))[..] else { panic!("one layer is cut") };
    let middle = 576.0 / 2.0;
    assert!((clip.x1 - middle).abs() < 20.0, "{clip:?}");
    assert!(clips(format!("{zone}{land}")).is_empty(), "land above cuts nothing");
    assert!(clips(format!("{land}{}", zone.replace("on_land = true", ""))).is_empty());
}

#[test]
fn labels_without_room_and_letters_without_font_are_reported() {
    let text = MAP.replace("title = { en = \"The triangle\"", "title = { en = \"ᠮᠣᠩᠭᠣᠯ\"");
    let mut spec = MapSpec::from_toml(&text).unwrap();
    for layer in &mut spec.layers {
        if let Some(labels) = &mut layer.labels {
            labels.size_pt = 190.0;
        }
    }
    let map = compose(&spec, &World, &book()).unwrap();
    assert!(map.warnings.iter().any(|w| w.contains("no room for the label Hunchun")));
    assert!(map.warnings.iter().any(|w| w.starts_with("no font has")), "{:?}", map.warnings);
}

/// The presets are read and lie over the base map.
#[test]
fn the_presets_are_sound() {
    let read = |name: &str| {
        let path = format!("{}/../data/maps/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    };
    let base = BaseSpec::from_toml(&read("base")).unwrap();
    for name in ["small-triangle", "tumen-triangles", "treda", "border-ports"] {
        let spec = MapSpec::from_toml(&read(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        spec.with_base(&base).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}
