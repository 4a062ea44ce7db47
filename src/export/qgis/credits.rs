//! What a layer says of itself and of its sources.

use crate::export::element::Element;
use crate::export::map::{MapExport, MapLayer};

/// The metadata of a layer: title, summary and rights.
pub(super) fn metadata(map: &MapExport, layer: &MapLayer) -> Element {
    let languages = &map.spec.languages;
    let of = if layer.is_base() { "base map" } else { "map" };
    let about = format!("Layer '{}' of the {of}, source '{}'", layer.style.id, layer.style.source);
    let text = |name, text: &str| Element::of_text(name, text);
    Element::new("resourceMetadata")
        .children([
            text("identifier", &layer.table.name),
            text("type", "dataset"),
            text("title", &layer.title(languages)),
            text("abstract", &about),
        ])
        .children(layer.credits.iter().map(|credit| text("rights", credit)))
        .children([Element::new("links"), text("fees", ""), text("encoding", "UTF-8")])
}

/// Title and attribution, which QGIS shows on its canvas and its server hands out.
pub(super) fn attribution(layer: &MapLayer) -> Element {
    Element::of_text("attribution", layer.credits.join(" · ")).with("href", "")
}
