//! Styled Layer Descriptors 1.1 with Symbology Encoding 1.1 (OGC 05-078r4, 05-077r4), as GeoServer,
//! MapServer and QGIS read them.
//!
//! Lengths are pixels of 0.28 mm, which the standard takes a pixel for.

mod filter;
mod symbolizer;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use self::filter::filter;
use self::symbolizer::{Writer, nothing, text};
use super::{Warnings, class_title, note_common, parts_of, short};
use crate::error::Result;
use crate::export::element::Element;
use crate::export::map::MapLayer;

/// Pixels of 0.28 mm in a pt.
const PIXELS: f64 = 25.4 / 72.0 / 0.28;

/// A length in pixels.
fn pixels(pt: f64) -> String {
    short(pt * PIXELS)
}

/// Pictures that the styles of a folder name, by file name.
pub type Pictures = BTreeMap<String, Vec<u8>>;

/// The style of a layer. Pictures that it needs beside it are added to `pictures`.
///
/// # Errors
/// When a symbol cannot be drawn.
pub fn sld(
    layer: &MapLayer,
    languages: &[String],
    pictures: &mut Pictures,
    warnings: &mut Warnings,
) -> Result<String> {
    note_common(layer, warnings);
    let mut styles = Vec::new();
    // Each class lies above those drawn before it, the first on top.
    for (at, class) in layer.style.classes.iter().enumerate().rev() {
        let parts = parts_of(layer, class);
        if parts.is_empty() {
            continue;
        }
        let mut writer = Writer { layer, pictures, warnings };
        let mut symbolizers = Vec::new();
        for part in &parts {
            symbolizers.extend(writer.part(part)?);
        }
        let title = class_title(class, languages).unwrap_or_default();
        styles.push(style_of(rule(layer, at, &title, None), symbolizers));
    }
    let mut names = Vec::new();
    for (at, class) in layer.style.classes.iter().enumerate() {
        let Some(labels) = class.labels.as_ref().filter(|_| layer.counts[at] > 0) else { continue };
        let Some(symbolizer) = text(layer, labels, languages, warnings) else { continue };
        let range = (labels.min_scale, labels.max_scale);
        names.push(style_of(rule(layer, at, "", Some(range)), vec![symbolizer]));
    }
    if styles.is_empty() {
        // A style draws something, if only nothing: QGIS reads no style of names alone.
        styles.push(style_of(bare(layer), vec![nothing(layer.kind)]));
    }
    styles.append(&mut names);
    let name = &layer.table.name;
    let root = Element::new("StyledLayerDescriptor")
        .with_all(&[
            ("version", "1.1.0"),
            ("xmlns", "http://www.opengis.net/sld"),
            ("xmlns:se", "http://www.opengis.net/se"),
            ("xmlns:ogc", "http://www.opengis.net/ogc"),
            ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://www.opengis.net/sld http://schemas.opengis.net/sld/1.1.0/StyledLayerDescriptor.xsd",
            ),
        ])
        .child(
            Element::new("NamedLayer").child(Element::of_text("se:Name", name)).child(
                Element::new("UserStyle").child(Element::of_text("se:Name", name)).children(styles),
            ),
        );
    Ok(root.document("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
}

/// A rule for all features.
fn bare(layer: &MapLayer) -> Element {
    Element::new("se:Rule").child(Element::of_text("se:Name", &layer.table.name))
}

fn style_of(rule: Element, symbolizers: Vec<Element>) -> Element {
    Element::new("se:FeatureTypeStyle").child(rule.children(symbolizers))
}

/// A rule for a class, without its symbolizers. Labels have a range of scales of their own, inside
/// that of the layer.
fn rule(
    layer: &MapLayer,
    class: usize,
    title: &str,
    labels: Option<(Option<f64>, Option<f64>)>,
) -> Element {
    let (low, high) = labels.unwrap_or_default();
    let least = [layer.style.min_scale, low].into_iter().flatten().reduce(f64::max);
    let most = [layer.style.max_scale, high].into_iter().flatten().reduce(f64::min);
    let mut rule = Element::new("se:Rule").child(Element::of_text(
        "se:Name",
        if title.is_empty() { layer.table.name.as_str() } else { title },
    ));
    if !title.is_empty() {
        rule =
            rule.child(Element::new("se:Description").child(Element::of_text("se:Title", title)));
    }
    rule.children(filter(layer, class))
        .children(least.map(|n| Element::of_text("se:MinScaleDenominator", short(n))))
        .children(most.map(|n| Element::of_text("se:MaxScaleDenominator", short(n))))
}
