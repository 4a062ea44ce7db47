//! The styles of a map's layers in the words of other programs.
//!
//! A style is first put into [`parts`], what it draws from the bottom up; each target then writes
//! every part, or says in a warning what it cannot have.

pub mod kepler;
pub mod maplibre;
mod part;
pub mod qml;
pub mod simplestyle;
pub mod sld;
mod sprite;

#[cfg(test)]
mod testing;

use std::collections::BTreeSet;

use tumen_render::layout::resolved::ResolvedClass;
use tumen_render::scene::Color;
use tumen_render::spec::{LabelStyle, LocalText};

pub use part::{Kind, Part, Place, parts};
pub use sprite::Sprite;

use super::map::{MapLayer, one_line};

impl Kind {
    /// Its name in the names of layers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Lines => "lines",
            Self::Areas => "areas",
        }
    }
}

/// What a target could not have, each thing once.
#[derive(Debug, Default)]
pub struct Warnings(BTreeSet<String>);

impl Warnings {
    /// Notes what is missing from a layer.
    pub fn add(&mut self, layer: &MapLayer, what: &str) {
        self.0.insert(format!("{}: {what}", layer.table.name));
    }

    /// The warnings in order.
    pub fn into_lines(self) -> Vec<String> {
        self.0.into_iter().collect()
    }
}

/// The parts of a class of a layer.
fn parts_of(layer: &MapLayer, class: &ResolvedClass) -> Vec<Part> {
    parts(&class.style, layer.kind, layer.style.size.is_some())
}

/// Notes what no target of styles can have of a layer.
fn note_common(layer: &MapLayer, warnings: &mut Warnings) {
    let style = &layer.style;
    if style.chart.is_some() {
        warnings.add(layer, "the charts are left out; their figures are columns");
    }
    if style.on_land {
        warnings.add(layer, "not cut off at the coast");
    }
    if style.classes.iter().any(|class| class.style.bulge.is_some()) {
        warnings.add(layer, "the geometry is that of the arcs drawn, not of the links");
    }
}

/// The title of a class in the languages of the map.
fn class_title(class: &ResolvedClass, languages: &[String]) -> Option<String> {
    class.title.as_ref().map(|title: &LocalText| one_line(title, languages))
}

/// The columns of names that a label shows: one for each of its languages that the layer has, and
/// those to fall back on in their order.
fn name_columns(
    layer: &MapLayer,
    labels: &LabelStyle,
    languages: &[String],
) -> (Vec<String>, Vec<String>) {
    let known: Vec<&str> =
        layer.table.fields.iter().filter_map(|field| field.name.strip_prefix("name_")).collect();
    let count = if labels.one_language { 1 } else { 2 };
    let wanted = languages.iter().take(count).filter(|l| known.contains(&l.as_str()));
    let column = |language: &str| format!("name_{language}");
    let wanted: Vec<String> = wanted.map(|language| column(language)).collect();
    let rest: Vec<String> =
        known.iter().map(|l| column(l)).filter(|c| !wanted.contains(c)).collect();
    // English comes first among the columns, and first to fall back on.
    (wanted, rest)
}

/// Whether a layer has a column.
pub(super) fn has_column(layer: &MapLayer, name: &str) -> bool {
    layer.table.fields.iter().any(|field| field.name == name)
}

/// `#rrggbb`, without the opacity.
fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)
}

/// The opacity of a colour, 0…1, to three digits.
fn opacity(color: Color) -> f64 {
    (f64::from(color.a) / 255.0 * 1000.0).round() / 1000.0
}

/// A length to a thousandth, without zeros that say nothing.
fn short(number: f64) -> String {
    let rounded = (number * 1000.0).round() / 1000.0;
    // No minus before zero.
    (rounded + 0.0).to_string()
}
