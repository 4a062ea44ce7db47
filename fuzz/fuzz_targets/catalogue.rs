//! Catalogues: no panic, and every shape of one that is read can be looked at.

#![no_main]

use geo_types::{MultiLineString, MultiPolygon, line_string, polygon};
use libfuzzer_sys::fuzz_target;
use tumen_geo_core::model::{BaseMap, Catalogue, Union};

struct Base;

impl BaseMap for Base {
    fn units(&self, ids: &[String]) -> Option<Union> {
        let square =
            polygon![(x: 130., y: 42.), (x: 131., y: 42.), (x: 131., y: 43.), (x: 130., y: 43.)];
        (ids == ["KP-13"]).then(|| Box::new(|| MultiPolygon(vec![square])) as Union)
    }
    fn border(&self, _: &str) -> MultiLineString<f64> {
        MultiLineString(vec![line_string![(x: 130., y: 42.), (x: 130., y: 43.)]])
    }
    fn coast(&self) -> MultiLineString<f64> {
        MultiLineString(vec![])
    }
    fn river(&self, _: &str) -> MultiLineString<f64> {
        MultiLineString(vec![])
    }
    fn lake(&self, _: &str) -> MultiPolygon<f64> {
        MultiPolygon(vec![])
    }
}

fuzz_target!(|text: &str| {
    if let Ok(catalogue) = Catalogue::from_toml(&[("features.toml", text)], &Base) {
        assert!(catalogue.features().iter().all(|f| f.shape.positions().next().is_some()));
    }
});
