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
pub mod import;
mod listing;
pub mod map;
mod prose;
pub mod report;
pub mod schema;
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

#[cfg(doctest)]
#[doc = include_str!("../docs/queries.md")]
struct Queries;

/// The built-in catalogue, read and resolved against the embedded base map. A few milliseconds.
///
/// # Errors
/// None, as a test reads it; the signature is that of every catalogue.
pub fn catalogue() -> Result<Catalogue> {
    let files = include_str!(concat!(env!("OUT_DIR"), "/catalogue.json"));
    Ok(Catalogue::from_json(files, &basemap::Embedded)?)
}

/// A catalogue of the features in a file of any [`import::Format`], or of the TOML files in a folder, which the
/// embedded base map resolves.
///
/// # Errors
/// When a file cannot be read or is not valid; the message names file and feature.
pub fn read_catalogue(path: &Path) -> Result<Catalogue> {
    if path.is_dir() {
        return read_folder(path);
    }
    Ok(import::catalogue(path, &import::Options::default())?.0)
}

fn read_folder(folder: &Path) -> Result<Catalogue> {
    let unread = |e: std::io::Error| Error::file("read", folder, &e);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text =
                std::fs::read_to_string(&path).map_err(|e| Error::file("read", &path, &e))?;
            files.push((path.display().to_string(), text));
        }
    }
    files.sort();
    let texts: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    Ok(Catalogue::from_toml(&texts, &basemap::Embedded)?)
}
