//! The legend of the page: what the map shows and the spec names.

use tumen_render::layout::resolved::By;

use super::tree::id;
use crate::export::element::Element;
use crate::export::map::{MapExport, MapLayer, one_line};
use crate::export::style::qml::options;
use crate::export::style::{Kind, has_column};

/// The tree of the legend: layers by group, in each points, lines and areas, those on top first.
pub(super) fn tree(map: &MapExport) -> Element {
    let languages = &map.spec.languages;
    let mut groups: Vec<(Option<String>, Vec<(Kind, Element)>)> = vec![(None, Vec::new())];
    for layer in map.layers.iter().rev().filter(|layer| layer.style.legend) {
        let Some(entry) = entry(layer, languages) else { continue };
        let group = layer.style.group.as_ref().map(|group| one_line(group, languages));
        let at = groups.iter().position(|(name, _)| *name == group).unwrap_or_else(|| {
            groups.push((group, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push((layer.kind, entry));
    }
    let mut root = Element::new("layer-tree-group");
    for (name, mut entries) in groups {
        entries.sort_by_key(|(kind, _)| *kind);
        let entries = entries.into_iter().map(|(_, entry)| entry);
        root = match name {
            None => root.children(entries),
            Some(name) => root.child(
                Element::new("layer-tree-group")
                    .with("name", name)
                    .with("checked", "Qt::Checked")
                    .with("expanded", 1)
                    .children(entries),
            ),
        };
    }
    root
}

/// A layer with those of its classes that have a title and are in sight; nothing without any.
fn entry(layer: &MapLayer, languages: &[String]) -> Option<Element> {
    let classes = &layer.style.classes;
    let last = classes.len() - 1;
    let told = |class: &usize| classes[*class].title.is_some() && layer.counts[*class] > 0;
    let nodes: Vec<usize> = match &layer.style.by {
        By::Values { property, .. } if has_column(layer, property) => {
            (0..=last).filter(told).collect()
        }
        // Graduated symbols have the highest class first.
        By::Bounds { .. } if layer.counts[last] == 0 => {
            (0..last).filter(|c| told(&(last - 1 - c))).collect()
        }
        By::Bounds { .. } => (0..=last).filter(told).collect(),
        By::Nothing | By::Values { .. } => Some(0).filter(|_| told(&last)).into_iter().collect(),
    };
    if nodes.is_empty() {
        return None;
    }
    let order: Vec<String> = nodes.iter().map(ToString::to_string).collect();
    let single = matches!(layer.style.by, By::Nothing);
    // One symbol stands beside the name of its layer; the classes say themselves what they are.
    let style = if single { "symbol" } else { "hidden" };
    let kept = options(&[
        ("legend/node-order", order.join(",")),
        ("legend/title-style", style.to_owned()),
        ("cached_name", layer.title(languages)),
    ]);
    Some(
        Element::new("layer-tree-layer")
            .with("id", id(layer))
            .with("name", layer.title(languages))
            .with_all(&[("providerKey", "ogr"), ("checked", "Qt::Checked"), ("expanded", "1")])
            .child(Element::new("customproperties").child(kept)),
    )
}
