//! The lines of the chapter's figures, as GeoJSON for the map specs in `docs/plane`.

use std::path::Path;

use geo_types::{Coord, LineString};
use tumen::geo_core::geojson::{Row, write as geojson};
use tumen::geo_core::measure::Geodesic;
use tumen::geo_core::model::Catalogue;
use tumen::geo_core::{EdgeModel, LonLat, Shape};
use tumen::{Error, Result};

use crate::edges::straight;
use crate::plane::Plane;
use crate::position;
use crate::rings::{CENTER, RADIUS, circle, planes};

/// The edge that is drawn.
const EDGE: [&str; 2] = ["chongjin", "vladivostok"];

pub fn write(catalogue: &Catalogue, folder: &Path) -> Result<()> {
    let place = |id: &str| position(catalogue.find(id)?);
    let [from, to] = [place(EDGE[0])?, place(EDGE[1])?];
    let line = |positions: &[LonLat], edges| {
        let coords: Vec<Coord> = positions.iter().map(|at| Coord::from(*at)).collect();
        Shape::new(LineString(coords).into(), edges)
    };
    let mercator = straight(&Plane::coded("EPSG:3857")?, from, to)?;
    let mercator: Vec<LonLat> = mercator.into_iter().step_by(50).collect();
    let edges = [
        ("geodesic", line(&[from, to], EdgeModel::Geodesic)?),
        ("lonlat", line(&[from, to], EdgeModel::LonLat)?),
        ("mercator", line(&mercator, EdgeModel::LonLat)?),
    ];
    save(&folder.join("edges.geojson"), &edges)?;
    let center = place(CENTER)?;
    let [(_, _, mercator), (_, _, degrees), _] = planes()?;
    let rings = [
        ("geodesic", Geodesic::circle(center, RADIUS)?),
        ("mercator", circle(&mercator, center)?),
        ("degrees", circle(&degrees, center)?),
    ];
    save(&folder.join("rings.geojson"), &rings)
}

fn save(path: &Path, shapes: &[(&str, Shape)]) -> Result<()> {
    let rows = shapes.iter().map(|(id, shape)| Row { id, shape, properties: &[] });
    std::fs::write(path, geojson(rows)?).map_err(|e| Error::file("write", path, &e))
}
