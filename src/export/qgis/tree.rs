//! The tree of layers: those of the map above those of the base map.

use super::Project;
use crate::export::element::Element;
use crate::export::map::MapLayer;

/// The id of a layer in the project.
pub(super) fn id(layer: &MapLayer) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = layer.table.name.chars().map(plain).collect();
    // QGIS replaces ids of ten characters and less by others.
    format!("tumen_layer_{name}")
}

/// Where QGIS finds the features of a layer.
pub(super) fn source(project: &Project<'_>, layer: &MapLayer) -> String {
    format!("./{}|layername={}", project.data, layer.table.name)
}

pub(super) fn tree(project: &Project<'_>) -> Element {
    let map = project.map;
    let group = |name: &str, base: bool, expanded: u8| {
        let layers = map.layers.iter().rev().filter(|layer| layer.is_base() == base);
        let entry = |layer: &MapLayer| {
            Element::new("layer-tree-layer")
                .with("id", id(layer))
                .with("name", layer.title(&map.spec.languages))
                .with("source", source(project, layer))
                .with("expanded", expanded)
                .with_all(&[("providerKey", "ogr"), ("checked", "Qt::Checked")])
        };
        Element::new("layer-tree-group")
            .with("name", name)
            .with("expanded", 1)
            .with("checked", "Qt::Checked")
            .children(layers.map(entry))
    };
    let order = map.layers.iter().rev().map(|layer| Element::of_text("item", id(layer)));
    Element::new("layer-tree-group")
        .child(group("Map", false, 1))
        .child(group("Base map", true, 0))
        // Some layers of the map lie below some of the base map.
        .child(Element::new("custom-order").with("enabled", 1).children(order))
}
