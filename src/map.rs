//! From a map spec to the bytes of an image.

use std::path::{Path, PathBuf};

use tumen_geo_core::model::Catalogue;
use tumen_render::paint::{Metadata, PngOptions, png};
use tumen_render::spec::{BaseSpec, MapData, MapSpec};
use tumen_render::{Explain, compose};

use crate::atlas::Atlas;
use crate::error::{Error, Result};

/// The presets, by name: specs to draw, or to copy and change.
pub const PRESETS: [(&str, &str); 4] = [
    ("small-triangle", include_str!("../data/maps/small-triangle.toml")),
    ("tumen-triangles", include_str!("../data/maps/tumen-triangles.toml")),
    ("treda", include_str!("../data/maps/treda.toml")),
    ("border-ports", include_str!("../data/maps/border-ports.toml")),
];

/// A map, drawn.
#[derive(Debug)]
pub struct Drawing {
    /// The PNG file.
    pub png: Vec<u8>,
    /// Size in pixels.
    pub size_px: (u32, u32),
    /// What a reader should know: labels left out, glyphs missing.
    pub warnings: Vec<String>,
    /// Which projection and scale, and why.
    pub explain: Explain,
}

/// A spec by the name of a preset or the path of a TOML file, with the folder that its own paths
/// start from.
///
/// # Errors
/// A wrong use when there is no such preset; a failure when the file cannot be read or is no spec.
pub fn spec(name: &str) -> Result<(MapSpec, PathBuf)> {
    if let Some((_, text)) = PRESETS.iter().find(|(preset, _)| *preset == name) {
        return Ok((MapSpec::from_toml(text)?, PathBuf::new()));
    }
    let path = Path::new(name);
    if path.extension().is_none() && !path.exists() {
        let presets = PRESETS.map(|(preset, _)| preset).join(", ");
        return Err(Error::usage(format!("there is no map '{name}'"))
            .with_hint(format!("presets are {presets}; or give the path of a spec, FILE.toml")));
    }
    let text = std::fs::read_to_string(path).map_err(|e| Error::file("read", path, &e))?;
    let spec = MapSpec::from_toml(&text).map_err(|e| e.within(path.display().to_string()))?;
    Ok((spec, path.parent().unwrap_or(Path::new("")).to_path_buf()))
}

/// The title of a map in its first language.
pub fn title(spec: &MapSpec) -> Option<&str> {
    let lines = spec.title.as_ref()?.lines(&spec.languages);
    lines.first().map(|(_, text)| *text)
}

/// Draws a spec over its base map.
///
/// # Errors
/// When the spec names what does not exist or asks for what cannot be drawn.
///
/// ```no_run
/// let (mut spec, folder) = tumen::map::spec("small-triangle")?;
/// spec.year = Some(1992);
/// let drawing = tumen::map::draw(spec, tumen::catalogue()?, folder)?;
/// std::fs::write("triangle.png", drawing.png).unwrap();
/// # Ok::<(), tumen::Error>(())
/// ```
pub fn draw(spec: MapSpec, catalogue: Catalogue, folder: PathBuf) -> Result<Drawing> {
    let spec = match spec.base.as_deref() {
        None => spec,
        Some("base") => {
            spec.with_base(&BaseSpec::from_toml(include_str!("../data/maps/base.toml"))?)?
        }
        Some(other) => {
            return Err(Error::failure(format!("there is no base map '{other}'"))
                .with_hint("write base = \"base\", or leave it out"));
        }
    };
    let atlas = Atlas::new(catalogue, folder);
    let composed = compose(&spec, &atlas, &crate::fonts()?)?;
    let metadata = Metadata {
        title: title(&spec).unwrap_or_default().to_owned(),
        description: String::new(),
        language: spec.languages.first().cloned().unwrap_or_default(),
        credits: atlas
            .credits(&["catalogue", "base:units", "base:rivers", "base:relief"])
            .join(" · "),
        provenance: String::new(),
        software: concat!("tumen ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    let png = png(&composed.scene, &metadata, PngOptions { ppi: spec.page.ppi })?;
    let pixels = |pt: f32| (f64::from(pt) * spec.page.ppi / 72.0).round() as u32;
    Ok(Drawing {
        png,
        size_px: (pixels(composed.scene.width), pixels(composed.scene.height)),
        warnings: composed.warnings,
        explain: composed.explain,
    })
}
