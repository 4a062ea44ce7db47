//! Small multiples of a made-up world.

use std::collections::BTreeMap;

use geo_types::{Geometry, Point as GeoPoint};
use tumen_geo_core::Bbox;

use super::*;
use crate::layout::compose as whole;
use crate::spec::{LayerSpec, MapFeature, Relief, Value};
use crate::text::testing::book;

/// A port whose trade is the last digit of the year.
struct Trade;

impl MapData for Trade {
    fn features(&self, _: &LayerSpec, _: &Bbox, year: Option<i32>) -> Result<Vec<MapFeature>> {
        let trade = f64::from(year.unwrap() % 10);
        Ok(vec![MapFeature {
            id: "port".to_owned(),
            geometry: Geometry::Point(GeoPoint::new(130.5, 42.5)),
            names: BTreeMap::from([("en".to_owned(), "Port".to_owned())]),
            properties: BTreeMap::from([("trade".to_owned(), Value::Number(trade))]),
            rank: 1,
        }])
    }

    fn relief(&self, _frame: &Bbox) -> Option<Relief> {
        None
    }

    fn credits(&self, _sources: &[&str]) -> Vec<String> {
        Vec::new()
    }

    fn extent_of(&self, _ids: &[String]) -> Result<Bbox> {
        Ok(Bbox { west: 130.0, south: 42.0, east: 131.0, north: 43.0 })
    }
}

fn spec(multiples: &str, more: &str) -> MapSpec {
    MapSpec::from_toml(&format!(
        "extent = {{ bbox = [130, 42, 131, 43] }}\nmultiples = {multiples}\n{more}\n\
         [[layers]]\nid = 'ports'\nsource = 'x'\ntitle = 'Trade'\nstyle = {{ symbol = {{}} }}\n\
         labels = {{ size_pt = 6 }}\nsize = {{ property = 'trade', largest_pt = 20 }}"
    ))
    .unwrap()
}

fn made(multiples: &str, more: &str) -> Result<Composed> {
    whole(&spec(multiples, more), &Trade, &book())
}

/// Widths of the symbols of the maps, in their order.
fn symbols(composed: &Composed) -> Vec<f32> {
    let inside = composed.scene.items.iter().filter_map(|item| match item {
        Item::Group { items, .. } => Some(items),
        _ => None,
    });
    inside
        .filter_map(|items| {
            let [_, Item::Fill { path, .. }, ..] = items.as_slice() else { return None };
            Some(path.bounds()?.width())
        })
        .collect()
}

#[test]
fn sizes_are_comparable_and_labels_are_summed() {
    let composed =
        made("{ years = [1991, 1994, 1999] }", "furniture = { graticule = false }").unwrap();
    let widths = symbols(&composed);
    assert_eq!(widths.len(), 3);
    // Areas as 1 to 4 to 9, the largest 20 pt wide.
    for (have, want) in widths.iter().zip([20.0 / 3.0, 40.0 / 3.0, 20.0]) {
        assert!((have - want).abs() < 0.1, "{widths:?}");
    }
    assert_eq!(composed.explain.labels_placed, 3);
    assert!(composed.description.contains("1991, 1994, 1999"), "{}", composed.description);
}

#[test]
fn the_page_grows_with_its_rows() {
    let height = |multiples: &str| made(multiples, "").unwrap().scene.height;
    let one = height("{ years = [1991, 1994], columns = 2 }");
    let two = height("{ years = [1991, 1994, 1999], columns = 2 }");
    assert!(two > one * 1.5, "{one} {two}");
}

#[test]
fn what_cannot_be_is_an_error() {
    let error = made("{ years = [] }", "").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Spec);
    let page = "page = { width_px = 300, ppi = 72 }";
    let error = made("{ years = [1991, 1992, 1993], columns = 3 }", page).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Size);
    assert!(error.to_string().contains("smaller than 100"), "{error}");
}
