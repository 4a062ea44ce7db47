//! The features of a map's layers: from the base map, the catalogue, or a user's file.

mod base;
mod feature;
mod files;
mod links;
mod query;
mod thematic;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use geo_types::Coord;
use tumen_geo_core::Bbox;
use tumen_geo_core::model::{Catalogue, Feature};
use tumen_render::spec::{LayerSpec, MapData, MapFeature, Relief};
use tumen_render::{Error, ErrorKind, Result};

use self::base::{detailed, from_base};
use self::feature::map_feature;
use self::files::{Files, UserFile};
use self::query::Query;
use crate::basemap;
use crate::import::Options;

/// Everything that maps are made of.
#[derive(Debug)]
pub struct Atlas {
    /// Read when a layer or the extent asks for it: many maps of a user's files never do.
    catalogue: OnceLock<Catalogue>,
    /// The user's file that the catalogue is, if it is one.
    origin: Option<PathBuf>,
    folder: PathBuf,
    files: Files,
}

impl Atlas {
    /// The features of `catalogue`; files that a spec names are looked for in `folder`.
    pub fn new(catalogue: Catalogue, folder: impl Into<PathBuf>) -> Self {
        Self { catalogue: OnceLock::from(catalogue), ..Self::built_in(folder) }
    }

    /// As [`new`](Self::new) with the built-in catalogue, which is read once a map needs it.
    pub fn built_in(folder: impl Into<PathBuf>) -> Self {
        Self {
            catalogue: OnceLock::new(),
            origin: None,
            folder: folder.into(),
            files: Files::default(),
        }
    }

    fn catalogue(&self) -> Result<&Catalogue> {
        if let Some(catalogue) = self.catalogue.get() {
            return Ok(catalogue);
        }
        let built_in = crate::catalogue().map_err(|e| data_error(&e))?;
        Ok(self.catalogue.get_or_init(|| built_in))
    }

    /// The features of a file in place of the catalogue.
    ///
    /// # Errors
    /// When the file cannot be read or a feature is wrong.
    pub fn of_file(
        path: &Path,
        options: &Options,
        folder: impl Into<PathBuf>,
    ) -> crate::Result<Self> {
        let file = UserFile::read(path, options)?;
        let mut atlas = Self::new(file.catalogue.clone(), folder);
        atlas.files.insert(path, file);
        atlas.origin = Some(path.to_path_buf());
        Ok(atlas)
    }

    /// What there is to say of the files that were read so far.
    pub fn notes(&self) -> Vec<String> {
        self.files.notes()
    }

    /// The files that a map of `layers` is made from, with their SHA-256.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn files(&self, layers: &[LayerSpec]) -> crate::Result<Vec<(PathBuf, [u8; 32])>> {
        let named = layers.iter().filter_map(|layer| layer.source.strip_prefix("file:"));
        let mut files: Vec<PathBuf> = named.map(|source| self.place_of(source).0).collect();
        files.extend(self.origin.clone());
        files.sort();
        files.dedup();
        let with_sum = |file: PathBuf| self.files.sha256(&file).map(|sum| (file, sum));
        files.into_iter().map(with_sum).collect()
    }

    fn chosen(
        layer: &LayerSpec,
        catalogue: &Catalogue,
        year: Option<i32>,
    ) -> Result<Vec<MapFeature>> {
        let choice = Query::of(layer, true, &[])?.choice(catalogue)?;
        let wanted = |feature: &&Feature| {
            choice.takes(feature) && year.is_none_or(|year| feature.span.shown_in(year))
        };
        let features = catalogue.features().iter().filter(wanted);
        Ok(features.map(|f| map_feature(f, year, catalogue)).collect())
    }

    /// The file and the layer in it that `PATH` or `PATH#LAYER` names.
    fn place_of<'s>(&self, source: &'s str) -> (PathBuf, Option<&'s str>) {
        let whole = self.folder.join(source);
        match source.rsplit_once('#') {
            Some((path, layer)) if !whole.exists() => (self.folder.join(path), Some(layer)),
            _ => (whole, None),
        }
    }

    fn file(&self, layer: &LayerSpec, source: &str, year: Option<i32>) -> Result<Vec<MapFeature>> {
        let (path, part) = self.place_of(source);
        let file = self.files.get(&path, part).map_err(|e| data_error(&e).at("source"))?;
        Self::chosen(layer, &file.catalogue, year)
    }
}

/// An error of this crate as the renderer passes it on.
fn data_error(error: &crate::Error) -> Error {
    let same = Error::new(ErrorKind::Data, error.to_string());
    match error.hint() {
        Some(hint) => same.with_hint(hint),
        None => same,
    }
}

impl MapData for Atlas {
    fn features(
        &self,
        layer: &LayerSpec,
        frame: &Bbox,
        year: Option<i32>,
    ) -> Result<Vec<MapFeature>> {
        if let Some(name) = layer.source.strip_prefix("base:") {
            return from_base(name, frame, year).map_err(|e| e.at("source"));
        }
        if let Some(path) = layer.source.strip_prefix("file:") {
            return self.file(layer, path, year);
        }
        match layer.source.as_str() {
            "catalogue" => Self::chosen(layer, self.catalogue()?, year),
            "links" => links::links(layer, self.catalogue()?, year),
            "rings" => thematic::rings(layer, self.catalogue()?),
            "service-areas" => thematic::service_areas(layer, self.catalogue()?, frame, year),
            "changes" => thematic::changes(layer, self.catalogue()?),
            other => Err(Error::new(ErrorKind::Data, format!("there is no source '{other}'"))
                .with_hint(
                    "sources are 'catalogue', 'links', 'rings', 'service-areas', 'changes', \
                     'base:…', 'file:PATH' and 'file:PATH#LAYER'",
                )
                .at("source")),
        }
    }

    fn relief(&self, frame: &Bbox) -> Option<Relief> {
        basemap::relief(frame).filter(|_| detailed(frame))
    }

    fn credits(&self, sources: &[&str]) -> Vec<String> {
        let uses = |names: &[&str]| names.iter().any(|name| sources.contains(name));
        let mut credits = Vec::new();
        let osm = ["units", "coast", "borders", "border-rivers", "rail", "countries"]
            .map(|name| format!("base:{name}"));
        if osm.iter().any(|name| sources.contains(&name.as_str())) {
            credits.push("© OpenStreetMap contributors (ODbL)".to_owned());
        }
        if uses(&["base:rivers", "base:lakes", "base:admin"]) {
            credits.push("GSHHG and DCW (LGPL)".to_owned());
        }
        if uses(&["base:places", "catalogue", "links", "rings", "service-areas", "changes"]) {
            credits.push("GeoNames (CC BY 4.0)".to_owned());
        }
        if uses(&["base:units", "base:rivers", "base:countries"]) {
            credits.push("Natural Earth".to_owned());
        }
        if uses(&["base:borders"]) {
            credits.push("borders as they run on the ground, without judging claims".to_owned());
        }
        if uses(&["base:relief"]) {
            credits.push("relief: NASA SRTM".to_owned());
        }
        credits
    }

    fn extent_of(&self, ids: &[String]) -> Result<Bbox> {
        let mut positions: Vec<Coord> = Vec::new();
        for id in ids {
            let in_list = |e| Error::from(e).at_item(id).at("features");
            let shape = &self.catalogue()?.find(id).map_err(in_list)?.shape;
            // Parts of a shape over ±180° may be given on either side of it.
            let near = |lon: f64| match positions.first() {
                Some(first) => lon + 360.0 * ((first.x - lon) / 360.0).round(),
                None => lon,
            };
            let moved: Vec<Coord> =
                shape.positions().map(|c| Coord { x: near(c.x), y: c.y }).collect();
            positions.extend(moved);
        }
        Bbox::around(positions).ok_or_else(|| {
            Error::new(ErrorKind::Spec, "the extent names no features")
                .with_hint("give extent = { features = [\"rajin\"] } or extent = { bbox = […] }")
        })
    }
}
