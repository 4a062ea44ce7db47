//! Three zones in a row of degrees: their parts, names, numbers and fills.

use std::collections::BTreeMap;

use geo::algorithm::Area as _;
use geo_types::{Coord, Geometry, Polygon, Rect};

use super::*;
use crate::layout::testing::frame;
use crate::scene::Color;
use crate::spec::Combination;

fn zone(id: &str, [west, south, east, north]: [f64; 4]) -> MapFeature {
    let corner = |x: f64, y: f64| Coord { x, y };
    MapFeature {
        id: id.to_owned(),
        geometry: Geometry::Polygon(
            Rect::new(corner(west, south), corner(east, north)).to_polygon(),
        ),
        names: BTreeMap::from([("en".to_owned(), format!("Zone {id}"))]),
        properties: BTreeMap::new(),
        rank: 1,
    }
}

fn class(color: Color) -> Class {
    let (fill, stroke) = (Some(color), Some(color));
    let style = Style { fill, fill_opacity: Some(0.4), stroke, ..Style::default() };
    Class { style, title: None, labels: None }
}

fn parts(combine: &Combine, zones: &[MapFeature], classes: &[Class]) -> Parts {
    let all: Vec<(usize, &MapFeature)> =
        zones.iter().enumerate().map(|(i, zone)| (i.min(classes.len() - 1), zone)).collect();
    Parts::new(combine, &all, classes, &frame([129.0, 41.0, 133.0, 45.0]), 0.1)
}

fn said(part: &Part) -> (String, String) {
    let text = |text: &LocalText| text.lines(&[]).first().map(|(_, t)| (*t).to_owned()).unwrap();
    let plain = |text: String| text.replace('\u{a0}', " ");
    (
        text(part.class.title.as_ref().unwrap()),
        plain(part.figures.as_ref().map(text).unwrap_or_default()),
    )
}

fn three() -> (Vec<MapFeature>, Vec<Class>) {
    let zones = vec![
        zone("a", [130.0, 42.0, 131.0, 43.0]),
        zone("b", [130.5, 42.5, 131.5, 43.5]),
        zone("c", [132.0, 42.0, 132.5, 42.5]),
    ];
    let colors = [Color::rgb(200, 140, 40), Color::rgb(180, 30, 60), Color::rgb(40, 95, 170)];
    (zones, colors.map(class).into_iter().collect())
}

/// Oracle: the closed form of the area between parallels and meridians of WGS 84 (J. P. Snyder, Map
/// projections: a working manual, 1987, 3-12): 9130.79 km² for a, 9058.49 for b, 2273.71 for what
/// they share.
#[test]
fn parts_have_their_names_areas_and_shares() {
    let (zones, classes) = three();
    let parts = parts(&Combine::default(), &zones, &classes);
    let km2: Vec<f64> = parts.all.iter().map(|part| part.area.to_km2()).collect();
    for (have, want) in km2.iter().zip([9130.79 - 2273.71, 9058.49 - 2273.71]) {
        assert!((have - want).abs() < 0.5, "{have} {want}");
    }
    assert!((km2[3] - 2273.71).abs() < 0.5, "{}", km2[3]);
    let texts: Vec<(String, String)> = parts.all.iter().map(said).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(texts[0], ("Zone a only", "6860 km² · 75 %"));
    assert_eq!(texts[1], ("Zone b only", "6780 km² · 75 %"));
    assert_eq!(texts[2].0, "Zone c");
    assert!(texts[2].1.ends_with(" km²"), "{}", texts[2].1);
    assert_eq!(texts[3], ("Zone a and Zone b", "2270 km² · 25 % / 25 %"));
}

/// Oracle: each spot of the page has one fill when the fills are together as large as what they
/// cover.
#[test]
fn fills_do_not_lie_over_each_other() {
    let (zones, classes) = three();
    let parts = parts(&Combine::default(), &zones, &classes);
    let frame = frame([129.0, 41.0, 133.0, 45.0]);
    let page = |shape: &PageShape| shape.polygons.iter().map(Polygon::unsigned_area).sum::<f64>();
    let drawn: f64 = parts.all.iter().map(|part| page(&part.shape)).sum();
    let whole: f64 = zones.iter().map(|zone| page(&frame.shape(&zone.geometry, 0.0, 0.1))).sum();
    let shared = page(&parts.all[3].shape);
    assert!((drawn - (whole - shared)).abs() < whole * 1e-3, "{drawn} {whole} {shared}");
    let styles: Vec<&Style> = parts.all.iter().map(|part| &part.class.style).collect();
    assert_eq!(styles[0].fill, classes[0].style.fill);
    assert!(styles[..3].iter().all(|style| style.hatch.is_none() && style.stroke.is_none()));
    assert_eq!(styles[3].hatch.as_ref().unwrap().also.len(), 1);
}

#[test]
fn what_holds_another_whole_goes_without_saying() {
    let (mut zones, classes) = three();
    zones[2] = zone("c", [129.5, 41.5, 132.5, 44.0]);
    let parts = parts(&Combine::default(), &zones, &classes);
    let names: Vec<String> = parts.all.iter().map(|part| said(part).0).collect();
    let expected = ["Zone c only", "Zone a and Zone c", "Zone b and Zone c", "Zone a and Zone b"];
    assert_eq!(names, expected);
    assert_eq!((parts.all[3].members.len(), parts.all[3].shares.len()), (3, 2));
}

#[test]
fn slight_parts_look_like_their_neighbours_and_are_not_listed() {
    let (mut zones, classes) = three();
    zones[1] = zone("b", [130.999, 42.0, 132.0, 43.0]);
    let combine = Combine { smallest_share: Some(0.01), ..Combine::default() };
    let parts = parts(&combine, &zones, &classes);
    let both = parts.all.iter().find(|part| part.members.len() == 2).unwrap();
    assert!(!both.listed && both.class.style.hatch.is_none());
    assert_eq!(parts.listed().count(), 3);
    assert_eq!(said(&parts.all[0]).0, "Zone a");
}

#[test]
fn styles_and_titles_are_laid_over_the_blend() {
    let (zones, classes) = three();
    let given = Combination {
        members: vec!["b".into(), "a".into()],
        title: Some(LocalText::Plain("Both".into())),
        style: Style { fill: Some(Color::BLACK), ..Style::default() },
    };
    let combine = Combine { styles: vec![given], areas: Some(false), ..Combine::default() };
    let parts = parts(&combine, &zones, &classes);
    assert_eq!(said(&parts.all[3]), ("Both".to_owned(), String::new()));
    assert_eq!(parts.all[3].class.style.fill, Some(Color::BLACK));
    assert!(parts.all[3].class.style.hatch.is_some());
}

#[test]
fn soft_edges_part_nothing_and_titled_classes_name_what_meets_no_other() {
    let (zones, mut classes) = three();
    classes[1].style.soft_edge_pt = Some(6.0);
    let soft = parts(&Combine::default(), &zones, &classes);
    assert_eq!(soft.ids().into_iter().collect::<Vec<_>>(), ["a", "c"]);
    let (zones, _) = three();
    let titled = Class { title: Some(LocalText::Plain("Zones".into())), ..class(Color::BLACK) };
    let one = parts(&Combine::default(), &zones, &[titled]);
    assert_eq!(one.ids().into_iter().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn numbers_and_combinations_do_not_go_together() {
    let layer = |text: &str| {
        let text = format!("id = 'x'\nsource = 'y'\n{text}");
        check(&toml::from_str::<LayerSpec>(&text).unwrap()).map_err(|e| e.to_string())
    };
    assert_eq!(layer("combine = {}"), Ok(()));
    let classes = "classes = { property = 'p', ramp = ['#ffffff', '#000000'] }";
    let error = layer(&format!("combine = {{}}\n{classes}")).unwrap_err();
    assert!(error.contains("combine and classes"), "{error}");
    let error = layer("combine = { styles = [{ members = ['a', 'a'] }] }").unwrap_err();
    assert!(error.starts_with("combine.styles[0]"), "{error}");
    let error = layer("combine = { smallest_share = 2 }").unwrap_err();
    assert!(error.starts_with("combine.smallest_share"), "{error}");
}
