//! The names of a layer's features in QGIS.

use tumen_render::layout::resolved::ResolvedClass;
use tumen_render::scene::Color;
use tumen_render::spec::{Halo, LabelPlacement, LabelStyle};
use tumen_render::text::FaceStyle;

use super::expression::{column, in_class, label};
use super::options::{UNIT, rgba};
use super::renderer::key;
use crate::export::element::Element;
use crate::export::map::MapLayer;
use crate::export::style::{Kind, Warnings, has_column, short};

/// The families of the embedded fonts, in the order in which they are asked.
pub(in crate::export) const FAMILIES: [&str; 3] = ["Noto Sans", "Noto Sans SC", "Noto Sans KR"];
/// Letters are about this wide, as a share of their size.
const LETTER: f64 = 0.52;

/// The labelling of a layer; nothing when no feature of it is named.
pub(super) fn labeling(
    layer: &MapLayer,
    languages: &[String],
    warnings: &mut Warnings,
) -> Option<Element> {
    let mut rules = Vec::new();
    for (at, class) in layer.style.classes.iter().enumerate() {
        let ResolvedClass { style: _, title: _, labels } = class;
        let Some(labels) = labels.as_ref().filter(|_| layer.counts[at] > 0) else { continue };
        let Some(text) = label(layer, labels, languages) else { continue };
        let mut filters: Vec<String> = in_class(layer, at).into_iter().collect();
        filters.extend(labels.max_rank.map(|rank| format!("\"rank\" <= {rank}")));
        let settings = settings(layer, labels, &text, warnings);
        rules.push(
            Element::new("rule")
                .with("key", key(&layer.table.name, "label", at))
                .with("filter", filters.join(" AND "))
                .child(settings),
        );
    }
    if rules.is_empty() {
        return None;
    }
    let root = Element::new("rules").with("key", key(&layer.table.name, "labels", 0));
    Some(Element::new("labeling").with("type", "rule-based").child(root.children(rules)))
}

fn settings(layer: &MapLayer, labels: &LabelStyle, text: &str, warnings: &mut Warnings) -> Element {
    let LabelStyle {
        field: _,
        size_pt,
        face,
        color,
        halo,
        letter_spacing_pt,
        uppercase,
        priority,
        priority_field,
        placement,
        wrap_pt,
        second: _,
        one_language: _,
        max_rank: _,
        quiet: _,
        min_scale,
        max_scale,
    } = labels;
    if *placement == LabelPlacement::Curved && layer.kind == Kind::Areas {
        warnings.add(layer, "names through areas stand level");
    }
    let style = text_style(*size_pt, *face, *color, *halo)
        .with("fieldName", text)
        .with("isExpression", 1)
        .with("fontLetterSpacing", short(*letter_spacing_pt))
        .with("capitalization", u8::from(*uppercase));
    let wrap = wrap_pt.map_or(0, |pt| (pt / (size_pt * LETTER)).round().max(1.0) as u32);
    let format = Element::new("text-format")
        .with("autoWrapLength", wrap)
        // Beside a point lines begin or end at it.
        .with("multilineAlign", if layer.kind == Kind::Points { 3 } else { 1 })
        .with("useMaxLineLengthForAutoWrap", 1);
    let scale = |denominator: &Option<f64>| short(denominator.unwrap_or(0.0));
    let rendering = Element::new("rendering")
        .with("scaleVisibility", u8::from(min_scale.is_some() || max_scale.is_some()))
        // The words of QGIS: the smallest scale has the largest denominator.
        .with("scaleMin", scale(min_scale))
        .with("scaleMax", scale(max_scale))
        .with("zIndex", short(f64::from(*priority)))
        .with("mergeLines", u8::from(layer.kind == Kind::Lines))
        .with_all(&[("drawLabels", "1"), ("displayAll", "0")])
        // Names keep off symbols; lines and edges of areas they may cross.
        .with("obstacle", u8::from(layer.kind == Kind::Points));
    // 0…10, where an important name of a map has 100.
    let importance = f64::from(*priority).clamp(0.0, 100.0) / 10.0;
    let mut defined: Vec<(&'static str, String)> = Vec::new();
    if let Some(field) = priority_field.as_ref().filter(|field| has_column(layer, field)) {
        // A tenfold number is worth one step.
        let number = format!("log10(max(coalesce({}, 1), 1))", column(field));
        defined.push(("Priority", format!("min(10, {} + {number})", short(importance / 2.0))));
    }
    Element::new("settings")
        .with("calloutType", "simple")
        .child(style)
        .child(format)
        .child(place(layer.kind, *placement, importance))
        .child(rendering)
        .child(super::options::data_defined("dd_properties", &defined))
}

/// How letters look.
pub(in crate::export) fn text_style(
    size_pt: f64,
    face: FaceStyle,
    color: Color,
    halo: Option<Halo>,
) -> Element {
    let (name, weight) = match face {
        FaceStyle::Regular => ("Regular", 50),
        FaceStyle::Bold => ("Bold", 75),
        FaceStyle::Italic => ("Italic", 50),
    };
    let family = |name: &&'static str| Element::new("family").with("name", *name);
    let halo_of = halo.unwrap_or(Halo { color: Color::WHITE, width_pt: 0.0 });
    let Halo { color: edge, width_pt } = halo_of;
    Element::new("text-style")
        .with("fontFamily", FAMILIES[0])
        .with("namedStyle", name)
        .with("fontSize", short(size_pt))
        .with("fontSizeUnit", UNIT)
        .with("fontWeight", weight)
        .with("fontItalic", u8::from(face == FaceStyle::Italic))
        .with("textColor", rgba(color))
        .with("textOpacity", short(f64::from(color.a) / 255.0))
        .with_all(&[("fontKerning", "1"), ("multilineHeight", "0.9")])
        .child(Element::new("families").children(FAMILIES.iter().map(family)))
        .child(
            Element::new("text-buffer")
                .with("bufferDraw", u8::from(width_pt > 0.0))
                .with("bufferSize", short(width_pt))
                .with("bufferSizeUnits", UNIT)
                .with("bufferColor", rgba(edge))
                .with("bufferOpacity", short(f64::from(edge.a) / 255.0))
                .with_all(&[("bufferNoFill", "1"), ("bufferJoinStyle", "128")]),
        )
}

/// The numbers of placements in QGIS.
const OVER_POINT: u8 = 1;
const CURVED: u8 = 3;
const HORIZONTAL: u8 = 4;
const AROUND_POINT: u8 = 6;

fn place(kind: Kind, placement: LabelPlacement, importance: f64) -> Element {
    let number = match (placement, kind) {
        (LabelPlacement::Point, Kind::Points) => AROUND_POINT,
        (LabelPlacement::Area | LabelPlacement::Curved | LabelPlacement::Line, Kind::Points) => {
            OVER_POINT
        }
        (_, Kind::Lines) => CURVED,
        (_, Kind::Areas) => HORIZONTAL,
    };
    Element::new("placement")
        .with("placement", number)
        .with("priority", importance.round() as u8)
        .with("predefinedPositionOrder", "R,TR,BR,L,TL,BL,TSR,BSR,TSL,BSL,T,B")
        // From the edge of the symbol, not from its middle.
        .with("offsetType", 1)
        .with("dist", if number == AROUND_POINT { "1" } else { "0" })
        .with("distUnits", UNIT)
        .with("quadOffset", 4)
        // On the line or beside it, as on the map.
        .with("placementFlags", 15)
        .with("repeatDistance", if kind == Kind::Lines { "220" } else { "0" })
        .with("repeatDistanceUnits", UNIT)
        .with_all(&[
            ("centroidInside", "1"),
            ("centroidWhole", "0"),
            ("fitInPolygonOnly", "0"),
            ("polygonPlacementFlags", "2"),
            ("maxCurvedCharAngleIn", "25"),
            ("maxCurvedCharAngleOut", "-25"),
        ])
}
