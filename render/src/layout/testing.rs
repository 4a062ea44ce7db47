//! Frames and data for tests.

use std::collections::BTreeMap;

use geo_types::{Coord, Rect};
use tumen_geo_core::Bbox;

use crate::error::Result;
use crate::project::{Frame, choose};
use crate::spec::{LayerSpec, MapData, MapFeature, Relief};

/// A frame of 500 × 400 pt with its corner at (0, 0), for west, south, east, north.
pub(super) fn frame([west, south, east, north]: [f64; 4]) -> Frame {
    let extent = Bbox { west, south, east, north };
    let choice = choose(&extent, "auto").unwrap();
    let plane = Frame::plane_extent(&choice, &extent).unwrap();
    let rect = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 500.0, y: 400.0 });
    Frame::fit(choice, &plane, rect).unwrap()
}

/// Two areas, `west` and `east`, that share a quarter of a degree.
pub(super) struct Squares;

impl MapData for Squares {
    fn features(&self, _: &LayerSpec, _: &Bbox, _: Option<i32>) -> Result<Vec<MapFeature>> {
        let square = |id: &str, west: f64| MapFeature {
            id: id.to_owned(),
            geometry: Rect::new((west, 42.5), (west + 1.0, 43.5)).to_polygon().into(),
            names: BTreeMap::from([("en".to_owned(), id.to_owned())]),
            properties: BTreeMap::new(),
            rank: 1,
        };
        Ok(vec![square("west", 129.5), square("east", 130.25)])
    }

    fn relief(&self, _: &Bbox) -> Option<Relief> {
        None
    }

    fn credits(&self, _: &[&str]) -> Vec<String> {
        vec!["by hand".to_owned()]
    }

    fn extent_of(&self, _: &[String]) -> Result<Bbox> {
        Ok(Bbox { west: 129.5, south: 42.5, east: 131.25, north: 43.5 })
    }
}
