//! QML, the style files of QGIS (read by 3.22 and later): `NAME.qml` beside `NAME.geojson` is taken by
//! itself when the layer is opened.

mod expression;
mod labels;
mod options;
mod renderer;
mod symbol;
#[cfg(test)]
mod tests;

pub(in crate::export) use labels::{FAMILIES, text_style};
pub(in crate::export) use options::{options, rgba};
pub(in crate::export) use renderer::key;
pub(in crate::export) use symbol::{picture, plain};

use self::labels::labeling;
use self::renderer::renderer;
use super::{Warnings, note_common, short};
use crate::error::Result;
use crate::export::element::Element;
use crate::export::map::MapLayer;

/// The version of QGIS whose words are used.
pub(in crate::export) const VERSION: &str = "3.22.0";
/// What a file of QGIS begins with.
pub(in crate::export) const DOCTYPE: &str =
    "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n";

/// The style of a layer as a file. Lengths are pt on the page.
///
/// # Errors
/// When a symbol cannot be drawn.
pub fn qml(layer: &MapLayer, languages: &[String], warnings: &mut Warnings) -> Result<String> {
    let root = Element::new("qgis")
        .with("version", VERSION)
        .with("styleCategories", "LayerConfiguration|Symbology|Labeling|Rendering");
    Ok(styled(root, layer, languages, warnings)?.document(DOCTYPE))
}

/// `element`, a file or a layer of a project, with the style of `layer`.
pub(in crate::export) fn styled(
    element: Element,
    layer: &MapLayer,
    languages: &[String],
    warnings: &mut Warnings,
) -> Result<Element> {
    note_common(layer, warnings);
    let (low, high) = (layer.style.min_scale, layer.style.max_scale);
    let labels = labeling(layer, languages, warnings);
    Ok(element
        .with("hasScaleBasedVisibilityFlag", u8::from(low.is_some() || high.is_some()))
        // The words of QGIS: the smallest scale has the largest denominator.
        .with("minScale", short(high.unwrap_or(1e12)))
        .with("maxScale", short(low.unwrap_or(0.0)))
        .with("labelsEnabled", u8::from(labels.is_some()))
        .with_all(&[("simplifyDrawingHints", "1"), ("simplifyDrawingTol", "0.5")])
        .child(renderer(layer, languages, warnings)?)
        .children(labels)
        .child(Element::of_text("blendMode", "0"))
        .child(Element::of_text("featureBlendMode", "0"))
        .child(Element::of_text("layerOpacity", "1")))
}
