//! Tumen: transborder zones as geometries in an R-tree, questions about them answered on the
//! ellipsoid, and publication-quality maps.
//!
//! This crate brings the two libraries together with the data: [`geo_core`] holds the model, the
//! measures, the index and the queries, [`render`] draws. [`catalogue`] is the built-in world of
//! border ports and zones of Northeast Asia.
//!
//! ```
//! use tumen::geo_core::measure::Geodesic;
//!
//! let catalogue = tumen::catalogue()?;
//! let triangle = catalogue.find("small triangle")?;
//! println!("{}: {:.0} km²", triangle.name(), Geodesic::area(&triangle.shape).to_km2());
//! # Ok::<(), tumen::Error>(())
//! ```

pub mod atlas;
pub mod basemap;
pub mod bibliography;
pub mod book;
pub mod command;
mod entry;
mod error;
pub mod export;
mod fonts;
mod listing;
pub mod map;
mod prose;
mod table;

pub use error::{Error, Result};
pub use fonts::{fonts, fonts_with};
pub use tumen_geo_core as geo_core;
pub use tumen_render as render;

use std::path::Path;

use geo_core::model::Catalogue;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The built-in catalogue, read and resolved against the embedded base map. A few milliseconds.
///
/// # Errors
/// None, as a test reads it; the signature is that of every catalogue.
pub fn catalogue() -> Result<Catalogue> {
    macro_rules! file {
        ($name:literal) => {
            ($name, include_str!(concat!("../data/catalogue/", $name)))
        };
    }
    let files = [
        file!("sources.toml"),
        file!("places.toml"),
        file!("asia.toml"),
        file!("border-ports.toml"),
        file!("seaports.toml"),
        file!("zones.toml"),
        file!("triangles.toml"),
        file!("regions.toml"),
        file!("corridors.toml"),
        file!("borders.toml"),
        file!("links.toml"),
        file!("series.toml"),
    ];
    Ok(Catalogue::from_toml(&files, &basemap::Embedded)?)
}

/// A catalogue of the features in a GeoJSON file.
///
/// # Errors
/// When the file cannot be read or is not valid GeoJSON; the message names file and feature.
pub fn read_geojson(path: &Path) -> Result<Catalogue> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::file("read", path, &e))?;
    Ok(Catalogue::from_geojson(&text).map_err(|e| e.within(path.display().to_string()))?)
}
