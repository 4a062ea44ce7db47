//! The small words of QML.

use tumen_render::scene::Color;

use crate::export::element::Element;

/// Lengths are pt on the page.
pub(super) const UNIT: &str = "Point";

/// A table of texts.
pub(in crate::export) fn options(pairs: &[(&'static str, String)]) -> Element {
    let one = |(name, value): &(&'static str, String)| option(name, value, "QString");
    Element::new("Option").with("type", "Map").children(pairs.iter().map(one))
}

pub(super) fn option(name: &'static str, value: &str, of: &'static str) -> Element {
    Element::new("Option").with("name", name).with("value", value).with("type", of)
}

/// Red, green, blue and opacity, 0…255.
pub(in crate::export) fn rgba(color: Color) -> String {
    format!("{},{},{},{}", color.r, color.g, color.b, color.a)
}

/// Properties whose values are expressions.
pub(super) fn data_defined(tag: &'static str, properties: &[(&'static str, String)]) -> Element {
    let of = |(name, expression): &(&'static str, String)| {
        Element::new("Option").with("name", *name).with("type", "Map").children([
            option("active", "true", "bool"),
            option("expression", expression, "QString"),
            option("type", "3", "int"),
        ])
    };
    let all = Element::new("Option").with("name", "properties").with("type", "Map");
    Element::new(tag).child(Element::new("Option").with("type", "Map").children([
        option("name", "", "QString"),
        all.children(properties.iter().map(of)),
        option("type", "collection", "QString"),
    ]))
}
