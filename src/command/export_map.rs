//! `tumen export --map`: the layers of a map with its styles, or a QGIS project that shows it.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::options::Input;
use crate::atlas::Atlas;
use crate::error::{Error, Result};
use crate::export;
use crate::export::map::MapExport;
use crate::export::qgis::Project;
use crate::export::style::{Warnings, qml::qml};

/// What of a map is exported.
#[derive(Debug, clap::Args)]
pub struct OfMap {
    /// The layers of a map (preset, or spec file), with its styles beside them, into a folder.
    #[arg(long, value_name = "PRESET|FILE")]
    map: Option<String>,
    /// A QGIS project that shows the map, with the GeoPackage it stands on beside it.
    #[arg(long, value_name = "FILE.qgz", conflicts_with_all = ["format", "out"])]
    qgis: Option<PathBuf>,
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
        Some(file) => Atlas::of_file(file, folder)?,
    };
    let map = MapExport::new(&spec, &atlas, &crate::fonts()?);
    let map = map.map_err(|e| crate::map::in_spec(e, name))?;
    for warning in &map.warnings {
        eprintln!("warning: {warning}");
    }
    let mut warnings = Warnings::default();
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
    let project = Project { map, data: &name };
    let bytes = project.write(warnings)?;
    super::write_file(path, &bytes)?;
    let count = map.layers.len();
    Ok(writeln!(out, "Wrote {} and {} with {count} layers.", path.display(), data.display())?)
}

/// A file for each layer, with its styles.
fn layers(
    map: &MapExport,
    format: export::Format,
    to: Option<&Path>,
    warnings: &mut Warnings,
    out: &mut dyn Write,
) -> Result<()> {
    let folder = super::export::made(to)?;
    let languages = &map.spec.languages;
    for layer in &map.layers {
        let path = folder.join(&layer.table.name).with_extension(format.extension());
        layer.write(format.file(&path, &layer.table)?)?;
        super::write_file(
            &path.with_extension("qml"),
            qml(layer, languages, warnings)?.as_bytes(),
        )?;
    }
    Ok(writeln!(out, "Wrote {} layers to {}.", map.layers.len(), folder.display())?)
}
