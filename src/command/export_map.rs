//! `tumen export --map`: the layers of a map with its styles, or a QGIS project that shows it.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::options::Input;
#[cfg(feature = "geopackage")]
use super::unfinished::Unfinished;
use crate::atlas::Atlas;
use crate::error::{Error, Result};
use crate::export;
#[cfg(feature = "geopackage")]
use crate::export::geopackage::{Package, Style};
use crate::export::map::MapExport;
use crate::export::qgis::Project;
use crate::export::style::Warnings;
use crate::export::style::kepler::kepler;
use crate::export::style::maplibre::maplibre;
use crate::export::style::qml::qml;
use crate::export::style::simplestyle::simplestyle;
use crate::export::style::sld::{Pictures, sld};
use crate::prose::count_of;

/// What of a map is exported.
#[derive(Debug, clap::Args)]
pub struct OfMap {
    /// The layers of a map (preset, or spec file), with its styles beside them, into a folder.
    #[arg(long, value_name = "PRESET|FILE")]
    map: Option<String>,
    /// A QGIS project that shows the map, with the GeoPackage it stands on beside it.
    #[arg(long, value_name = "FILE.qgz", conflicts_with_all = ["format", "out"])]
    qgis: Option<PathBuf>,
    /// Colours and titles as properties of features (simplestyle), for geojson.io and GitHub.
    #[arg(long, requires = "map", conflicts_with = "qgis")]
    simplestyle: bool,
}

/// The map of projects that name none.
const DEFAULT: &str = "small-triangle";

impl OfMap {
    /// Whether a map is exported, not features of the catalogue.
    pub(super) fn is_wanted(&self) -> bool {
        self.map.is_some() || self.qgis.is_some()
    }
}

/// Writes the layers of a map.
pub(super) fn run(
    of: &OfMap,
    format: Option<export::Format>,
    to: Option<&Path>,
    input: &Input,
    year: Option<i32>,
    out: &mut dyn Write,
) -> Result<()> {
    let name = of.map.as_deref().unwrap_or(DEFAULT);
    let (mut spec, folder) = crate::map::spec(name)?;
    spec.year = year.or(spec.year);
    if year.is_some() {
        spec.multiples = None;
    }
    let atlas = match input.file() {
        None => Atlas::built_in(folder),
        Some(file) => Atlas::of_file(file, &input.options(), folder)?,
    };
    let map = MapExport::new(&spec, &atlas, &crate::fonts()?);
    let mut map = map.map_err(|e| crate::map::in_spec(e, name))?;
    for warning in &map.warnings {
        eprintln!("warning: {warning}");
    }
    let mut warnings = Warnings::default();
    if of.simplestyle {
        for layer in &mut map.layers {
            simplestyle(layer, &map.spec.languages, &mut warnings);
        }
    }
    if let Some(path) = &of.qgis {
        project(&map, path, &mut warnings, out)?;
    } else if let Some(format) = format {
        layers(&map, format, to, &mut warnings, out)?;
    }
    for warning in warnings.into_lines() {
        eprintln!("warning: {warning}");
    }
    Ok(())
}

/// The project, and the package beside it.
fn project(
    map: &MapExport,
    path: &Path,
    warnings: &mut Warnings,
    out: &mut dyn Write,
) -> Result<()> {
    let data = path.with_extension("gpkg");
    let name = data.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = Project { map, data: &name }.write(warnings)?;
    package(map, &data, warnings)?;
    super::write_file(path, &bytes)?;
    let count = count_of(map.layers.len(), "layer");
    Ok(writeln!(out, "Wrote {} and {} with {count}.", path.display(), data.display())?)
}

/// All layers with their styles in one GeoPackage.
#[cfg(feature = "geopackage")]
fn package(map: &MapExport, path: &Path, warnings: &mut Warnings) -> Result<()> {
    let unfinished = Unfinished::new(path)?;
    let mut package = Package::create(unfinished.path())?;
    for credit in &map.sheet.credits {
        package.remark("rights", credit)?;
    }
    for layer in &map.layers {
        layer.write(Box::new(package.layer(&layer.table)?))?;
        let languages = &map.spec.languages;
        let qml = qml(layer, languages, warnings)?;
        // QGIS takes the first; what the second lacks is no news to it.
        let sld = sld(layer, languages, &mut Pictures::new(), &mut Warnings::default())?;
        let (name, about) = (&layer.table.name, &layer.table.title);
        package.style(&Style { layer: name, name, about, qml: &qml, sld: &sld })?;
    }
    package.finish()?;
    unfinished.finish()
}

#[cfg(not(feature = "geopackage"))]
fn package(_: &MapExport, _: &Path, _: &mut Warnings) -> Result<()> {
    Err(Error::not_built("GeoPackage", "geopackage"))
}

/// A file for each layer, or one for all in a GeoPackage, with their styles.
fn layers(
    map: &MapExport,
    format: export::Format,
    to: Option<&Path>,
    warnings: &mut Warnings,
    out: &mut dyn Write,
) -> Result<()> {
    let languages = &map.spec.languages;
    let count = count_of(map.layers.len(), "layer");
    if let (export::Format::Geopackage, Some(path)) = (format, to) {
        package(map, path, warnings)?;
        return Ok(writeln!(out, "Wrote {count} to {}.", path.display())?);
    }
    let folder = super::export::made(to)?;
    let mut pictures = Pictures::new();
    for layer in &map.layers {
        let path = folder.join(&layer.table.name).with_extension(format.extension());
        layer.write(format.file(&path, &layer.table)?)?;
        super::write_file(
            &path.with_extension("qml"),
            qml(layer, languages, warnings)?.as_bytes(),
        )?;
        let sld = sld(layer, languages, &mut pictures, warnings)?;
        super::write_file(&path.with_extension("sld"), sld.as_bytes())?;
    }
    if format == export::Format::Geojson {
        write_style(map, folder, warnings)?;
    }
    for (name, bytes) in &pictures {
        let path = folder.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Error::file("make", folder, &e))?;
        }
        super::write_file(&path, bytes)?;
    }
    Ok(writeln!(out, "Wrote {count} to {}.", folder.display())?)
}

/// The styles of the whole map for the web, which stand on GeoJSON.
fn write_style(map: &MapExport, folder: &Path, warnings: &mut Warnings) -> Result<()> {
    let (style, sprite) = maplibre(map, warnings)?;
    super::write_file(&folder.join("style.json"), style.as_bytes())?;
    if !sprite.is_empty() {
        for (ratio, name) in [(1, "sprite"), (2, "sprite@2x")] {
            let (picture, table) = sprite.write(ratio)?;
            super::write_file(&folder.join(format!("{name}.png")), &picture)?;
            super::write_file(&folder.join(format!("{name}.json")), table.as_bytes())?;
        }
    }
    super::write_file(&folder.join("kepler.json"), kepler(map, warnings)?.as_bytes())
}
