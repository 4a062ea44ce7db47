//! simplestyle-spec 1.1: colours and titles as properties of GeoJSON features, for geojson.io, GitHub
//! and uMap.
//!
//! They pollute a table, so they are only written when asked for.

use serde_json::Value as Json;
use tumen_render::spec::{Symbol, SymbolShape};

use super::sprite::PIXELS;
use super::{Part, Warnings, hex, opacity, parts_of};
use crate::export::field::{Field, Type, field};
use crate::export::map::MapLayer;

/// The columns that simplestyle knows.
const FIELDS: [Field; 9] = [
    field("title", Type::Text, "simplestyle: the name shown"),
    field("stroke", Type::Text, "simplestyle: colour of lines"),
    field("stroke-opacity", Type::Number, "simplestyle: 0 to 1"),
    field("stroke-width", Type::Number, "simplestyle: pixels"),
    field("fill", Type::Text, "simplestyle: colour of areas"),
    field("fill-opacity", Type::Number, "simplestyle: 0 to 1"),
    field("marker-color", Type::Text, "simplestyle: colour of points"),
    field("marker-size", Type::Text, "simplestyle: small, medium or large"),
    field("marker-symbol", Type::Text, "simplestyle: the name of a Maki icon"),
];

/// The looks of the features of a class; what is not said is null.
#[derive(Clone, Debug, Default, PartialEq)]
struct Looks {
    stroke: Option<(String, f64, f64)>,
    fill: Option<(String, f64)>,
    marker: Option<(String, &'static str, &'static str)>,
}

/// Adds the columns of simplestyle to a layer, in place of columns of the same names.
pub fn simplestyle(layer: &mut MapLayer, languages: &[String], warnings: &mut Warnings) {
    let looks: Vec<Looks> =
        (0..layer.style.classes.len()).map(|class| looks(layer, class, warnings)).collect();
    let known = |name: &str| FIELDS.iter().any(|field| field.name == name);
    let kept: Vec<bool> = layer.table.fields.iter().map(|field| !known(&field.name)).collect();
    let titles: Vec<usize> = languages
        .iter()
        .chain([&"en".to_owned()])
        .filter_map(|l| layer.table.fields.iter().position(|f| f.name == format!("name_{l}")))
        .collect();
    for (_, cells, class) in &mut layer.rows {
        let title = titles.iter().map(|at| cells[*at].clone()).find(|title| !title.is_null());
        let mut keep = kept.iter();
        cells.retain(|_| keep.next().copied().unwrap_or(true));
        let Looks { stroke, fill, marker } = looks[*class].clone();
        let (stroke, fill, marker) = (stroke.as_ref(), fill.as_ref(), marker.as_ref());
        cells.extend([
            title.unwrap_or_default(),
            stroke.map(|(color, ..)| color.clone()).into(),
            stroke.map(|(_, opacity, _)| *opacity).into(),
            stroke.map(|(_, _, width)| *width).into(),
            fill.map(|(color, _)| color.clone()).into(),
            fill.map(|(_, opacity)| *opacity).into(),
            marker.map(|(color, ..)| color.clone()).into(),
            marker.map(|(_, size, _)| *size).into(),
            marker.map(|(_, _, symbol)| *symbol).into(),
        ] as [Json; 9]);
    }
    let mut keep = kept.iter();
    layer.table.fields.retain(|_| keep.next().copied().unwrap_or(true));
    layer.table.fields.extend(FIELDS);
}

fn looks(layer: &MapLayer, class: usize, warnings: &mut Warnings) -> Looks {
    let mut looks = Looks::default();
    let mut lost = |what: &str| warnings.add(layer, &format!("simplestyle: no {what}"));
    for part in parts_of(layer, &layer.style.classes[class]) {
        match part {
            Part::Fill { color, soft_edge_pt } => {
                looks.fill = Some((hex(color), opacity(color)));
                if soft_edge_pt > 0.0 {
                    lost("soft edges");
                }
            }
            Part::Hatch(_) => lost("hatches"),
            Part::Line { beyond_pt, .. } if beyond_pt > 0.0 => lost("casings"),
            Part::Line { color, width_pt, dash, round: _, beyond_pt: _ } => {
                let width = (width_pt * PIXELS * 100.0).round() / 100.0;
                looks.stroke = Some((hex(color), opacity(color), width));
                if !dash.is_empty() {
                    lost("dashes");
                }
            }
            Part::Ticks(..) => lost("marks along lines"),
            Part::Heads(..) => lost("heads"),
            Part::Symbol(symbol, place) => match place {
                super::Place::Point => looks.marker = Some(marker(&symbol)),
                super::Place::Middle | super::Place::Corners => lost("symbols on areas and lines"),
            },
        }
    }
    if layer.style.size.is_some() {
        lost("sizes by a number");
    }
    looks
}

/// Colour, size and Maki icon of a symbol.
fn marker(symbol: &Symbol) -> (String, &'static str, &'static str) {
    let Symbol { shape, size_pt, fill, stroke, stroke_width_pt: _ } = symbol;
    let icon = match shape {
        SymbolShape::Circle | SymbolShape::Target => "circle",
        SymbolShape::Square => "square",
        SymbolShape::Diamond => "marker",
        SymbolShape::Triangle | SymbolShape::TriangleDown => "triangle",
        SymbolShape::Star => "star",
        SymbolShape::Anchor => "harbor",
        SymbolShape::Cross => "cross",
        SymbolShape::Rail => "rail",
        SymbolShape::River => "ferry",
        SymbolShape::Road => "car",
    };
    let size = match *size_pt {
        small if small < 5.0 => "small",
        medium if medium < 9.0 => "medium",
        _ => "large",
    };
    // A white or clear fill is that of a ring, whose outline is what is seen.
    let pale = fill.a < 60 || fill.r.min(fill.g).min(fill.b) > 240;
    let color = stroke.filter(|_| pale).unwrap_or(*fill);
    (hex(color), size, icon)
}

#[cfg(test)]
mod tests {
    use geo_types::point;
    use tumen_geo_core::Shape;

    use super::*;
    use crate::export::style::Kind;
    use crate::export::style::testing::{languages, layer};

    fn styled(kind: Kind) -> (MapLayer, Vec<String>) {
        let mut of = layer(kind);
        let cells: Vec<Json> =
            vec!["a".into(), "Port".into(), "口岸".into(), 1.into(), "rail".into(), Json::Null];
        of.rows = vec![(Shape::from_checked(point!(x: 130.0, y: 42.0).into()), cells, 0)];
        let mut warnings = Warnings::default();
        simplestyle(&mut of, &languages(), &mut warnings);
        (of, warnings.into_lines())
    }

    fn cell<'a>(of: &'a MapLayer, name: &str) -> &'a Json {
        let at = of.table.fields.iter().position(|field| field.name == name).unwrap();
        &of.rows[0].1[at]
    }

    /// Oracle: 0.7 pt are 0.93 pixels of 1/96 inch.
    #[test]
    fn features_carry_their_colours() {
        let (areas, lost) = styled(Kind::Areas);
        assert_eq!(cell(&areas, "fill"), "#c98a2b");
        assert_eq!(cell(&areas, "stroke-width"), 0.93);
        assert_eq!(cell(&areas, "title"), "Port");
        assert!(cell(&areas, "marker-color").is_null());
        for what in ["hatches", "casings", "dashes", "soft edges", "marks along lines"] {
            assert!(lost.iter().any(|line| line.ends_with(what)), "{what}: {lost:?}");
        }
        let (points, _) = styled(Kind::Points);
        assert_eq!(
            (cell(&points, "marker-symbol"), cell(&points, "marker-size")),
            (&"harbor".into(), &"medium".into())
        );
        assert_eq!(points.rows[0].1.len(), points.table.fields.len());
    }
}
