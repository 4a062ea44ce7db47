//! A map composed, and its files.

use std::path::Path;

use tumen_render::paint::{Metadata, PngOptions, SvgOptions, TiffOptions, pdf, png, svg, tiff};
use tumen_render::spec::MapSpec;
use tumen_render::text::FontBook;
use tumen_render::{Composed, MapPlace, compose, sheet_size};

use super::geotiff::geo_place;
use super::provenance::provenance;
use super::{base_of, line};
use crate::atlas::Atlas;
use crate::error::{Error, Result};

/// The formats that maps are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Pixels.
    Png,
    /// The same pixels in a GeoTIFF, which falls into its place in a GIS.
    Tiff,
    /// Vectors with selectable text.
    Svg,
    /// A page with searchable text.
    Pdf,
}

impl Format {
    /// The format that a file name's extension asks for.
    ///
    /// # Errors
    /// A wrong use for other extensions.
    pub fn of(path: &Path) -> Result<Self> {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("png") => Ok(Self::Png),
            Some("tif" | "tiff") => Ok(Self::Tiff),
            Some("svg") => Ok(Self::Svg),
            Some("pdf") => Ok(Self::Pdf),
            _ => Err(Error::usage(format!("maps are not written as '{}'", path.display()))
                .with_hint("end the file name in .png, .tif, .svg or .pdf")),
        }
    }
}

/// A map, laid out: one scene for every format.
#[derive(Debug)]
pub struct Drawing {
    /// The scene, what is missing from it, and why it looks as it does.
    pub composed: Composed,
    /// What the files say of themselves.
    pub metadata: Metadata,
    /// Pixels per inch of a PNG or a TIFF.
    pub ppi: f64,
    /// Whether the letters of an SVG are outlines; text with its fonts otherwise.
    pub outlined: bool,
}

impl Drawing {
    /// The map in `format`.
    ///
    /// # Errors
    /// When the picture would be too large, and for a TIFF of a map that has no place, or one that
    /// GeoTIFF cannot say.
    pub fn write(&self, format: Format) -> Result<Vec<u8>> {
        let scene = &self.composed.scene;
        Ok(match format {
            Format::Png => png(scene, &self.metadata, PngOptions { ppi: self.ppi })?,
            Format::Tiff => {
                let place = Some(geo_place(self.place()?, self.ppi)?);
                tiff(scene, &self.metadata, &TiffOptions { ppi: self.ppi, place })?
            }
            Format::Svg => svg(scene, &self.metadata, SvgOptions { outlined: self.outlined })?,
            Format::Pdf => pdf(scene, &self.metadata)?,
        })
    }

    /// Width and height of a PNG or a TIFF, pixels.
    pub fn size_px(&self) -> (u32, u32) {
        let pixels = |pt: f32| (f64::from(pt) * self.ppi / 72.0).round() as u32;
        (pixels(self.composed.scene.width), pixels(self.composed.scene.height))
    }

    /// The world file of a PNG (six lines: pixel sizes, rotations, middle of the first pixel) and
    /// the `.aux.xml` that names its projection, in metres of that projection.
    ///
    /// # Errors
    /// When the map has no place.
    pub fn world_file(&self) -> Result<(String, String)> {
        let place = self.place()?;
        let pixel = place.metres_per_pt * 72.0 / self.ppi;
        let (x, y) = (place.easting + pixel / 2.0, place.northing - pixel / 2.0);
        let world = format!("{pixel}\n0\n0\n{}\n{x}\n{y}\n", -pixel);
        let system = place.code.as_ref().unwrap_or(&place.projection);
        let srs = system.replace('&', "&amp;").replace('<', "&lt;");
        let aux = format!("<PAMDataset>\n  <SRS>{srs}</SRS>\n</PAMDataset>\n");
        Ok((world, aux))
    }

    fn place(&self) -> Result<&MapPlace> {
        self.composed.place.as_ref().ok_or_else(|| {
            Error::failure("a sheet of several maps has no place in a GIS").with_hint(
                "write a .png, .svg or .pdf without --world-file, or draw one year alone",
            )
        })
    }
}

/// Draws a spec over its base map in the embedded fonts.
///
/// # Errors
/// When the spec names what does not exist or asks for what cannot be drawn.
///
/// ```no_run
/// use tumen::map::Format;
///
/// let (mut spec, folder) = tumen::map::spec("small-triangle")?;
/// spec.year = Some(1992);
/// let atlas = tumen::atlas::Atlas::built_in(folder);
/// let drawing = tumen::map::draw(&spec, &atlas, &tumen::fonts()?)?;
/// std::fs::write("triangle.svg", drawing.write(Format::Svg)?).unwrap();
/// # Ok::<(), tumen::Error>(())
/// ```
pub fn draw(spec: &MapSpec, atlas: &Atlas, fonts: &FontBook) -> Result<Drawing> {
    let over = over_base(spec)?;
    let composed = compose(&over, atlas, fonts)?;
    let english = ["en".to_owned()];
    let metadata = Metadata {
        title: spec.title.as_ref().and_then(|t| line(t, &english)).unwrap_or_default().to_owned(),
        description: composed.description.clone(),
        language: "en".to_owned(),
        credits: composed.credits.join(" · "),
        provenance: provenance(&over, &atlas.files(&over.layers)?),
        software: concat!("tumen ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    Ok(Drawing { composed, metadata, ppi: spec.page.ppi, outlined: false })
}

/// Width and height of the sheet that [`draw`] lays out, pt, without what then stands below the map.
///
/// # Errors
/// As [`draw`].
pub(crate) fn size(spec: &MapSpec, atlas: &Atlas, fonts: &FontBook) -> Result<(f64, f64)> {
    Ok(sheet_size(&over_base(spec)?, atlas, fonts)?)
}

/// The spec over its base map.
///
/// # Errors
/// When the spec names what does not exist.
pub(crate) fn over_base(spec: &MapSpec) -> Result<MapSpec> {
    Ok(match base_of(spec)? {
        Some(base) => spec.clone().with_base(&base)?,
        None => spec.clone(),
    })
}
