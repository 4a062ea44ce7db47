//! A style that says everything, and layers with it.

use std::collections::BTreeMap;

use tumen_render::layout::resolved::{By, ResolvedClass, ResolvedLayer};
use tumen_render::scene::Color;
use tumen_render::spec::{
    Arrow, ArrowEnds, Casing, Halo, Hatch, LabelPlacement, LabelStyle, LocalText, Pattern, Style,
    Symbol, SymbolShape, TickShape, Ticks, Value,
};

use super::Kind;
use crate::export::field::{Field, Type};
use crate::export::layer::{GeometryType, Layer};
use crate::export::map::MapLayer;

/// Every shape of symbols.
pub(super) const SHAPES: [SymbolShape; 12] = [
    SymbolShape::Circle,
    SymbolShape::Target,
    SymbolShape::Square,
    SymbolShape::Diamond,
    SymbolShape::Triangle,
    SymbolShape::TriangleDown,
    SymbolShape::Star,
    SymbolShape::Anchor,
    SymbolShape::Cross,
    SymbolShape::Rail,
    SymbolShape::River,
    SymbolShape::Road,
];

/// A style with something in each field but the relief.
pub(super) fn everything() -> Style {
    let symbol = Symbol {
        shape: SymbolShape::Anchor,
        size_pt: 8.0,
        fill: Color::rgb(0x14, 0x50, 0x7a),
        stroke: Some(Color::WHITE),
        stroke_width_pt: 0.7,
    };
    Style {
        fill: Some(Color::rgb(0xc9, 0x8a, 0x2b)),
        fill_opacity: Some(0.26),
        stroke: Some(Color::rgb(0xb5, 0x76, 0x1a)),
        stroke_width_pt: Some(0.7),
        stroke_dash: Some(vec![4.0, 2.4]),
        casing: Some(Casing {
            color: Color::rgb(0x8d, 0x6f, 0x9a).with_alpha(0x2e),
            width_pt: 5.0,
        }),
        symbol: Some(symbol),
        vertices: Some(Symbol { shape: SymbolShape::Circle, ..symbol }),
        hatch: Some(Hatch {
            pattern: Pattern::Lines,
            angle: 45.0,
            spacing_pt: 3.2,
            width_pt: 0.55,
            color: Color::rgb(1, 2, 3),
            also: vec![Color::rgb(4, 5, 6)],
        }),
        ticks: Some(Ticks {
            shape: TickShape::Wave,
            every_pt: 6.4,
            size_pt: 4.4,
            width_pt: 0.8,
            color: None,
        }),
        arrow: Some(Arrow { size_pt: 5.0, at: ArrowEnds::Both }),
        bulge: Some(0.12),
        soft_edge_pt: Some(6.0),
        relief: None,
    }
}

/// Labels with something in each field.
pub(super) fn labels(placement: LabelPlacement) -> LabelStyle {
    LabelStyle {
        placement,
        halo: Some(Halo { color: Color::WHITE.with_alpha(0xd0), width_pt: 0.9 }),
        letter_spacing_pt: 0.8,
        uppercase: true,
        wrap_pt: Some(84.0),
        max_rank: Some(4),
        min_scale: Some(1e5),
        max_scale: Some(6e6),
        ..LabelStyle::default()
    }
}

/// A layer of that style, with a category by the list `modes` and the rest.
pub(super) fn layer(kind: Kind) -> MapLayer {
    let placement = match kind {
        Kind::Points => LabelPlacement::Point,
        Kind::Lines => LabelPlacement::Line,
        Kind::Areas => LabelPlacement::Area,
    };
    let class = |style: Style, title: &str| ResolvedClass {
        style,
        title: Some(LocalText::ByLanguage(BTreeMap::from([
            ("en".to_owned(), title.to_owned()),
            ("zh".to_owned(), "口岸".to_owned()),
        ]))),
        labels: Some(labels(placement)),
    };
    let plain = Style { soft_edge_pt: None, bulge: None, ..everything() };
    let column = |name: &'static str, of| Field { name: name.into(), of, about: "".into() };
    MapLayer {
        table: Layer {
            name: "ports".to_owned(),
            title: "Ports".to_owned(),
            fields: vec![
                column("id", Type::Text),
                column("name_en", Type::Text),
                column("name_zh", Type::Text),
                column("rank", Type::Integer),
                column("modes", Type::Text),
                column("value", Type::Number),
            ],
            geometry: match kind {
                Kind::Points => GeometryType::Point,
                Kind::Lines => GeometryType::LineString,
                Kind::Areas => GeometryType::Polygon,
            },
        },
        style: ResolvedLayer {
            id: "ports".to_owned(),
            source: "catalogue".to_owned(),
            title: None,
            group: None,
            legend: true,
            min_scale: Some(1e4),
            max_scale: Some(5e6),
            coverage: false,
            on_land: false,
            relief: None,
            chart: None,
            by: By::Values {
                property: "modes".to_owned(),
                values: vec![Value::Text("rail".to_owned())],
            },
            size: None,
            classes: vec![class(everything(), "Rail port"), class(plain, "Port")],
            features: Vec::new(),
        },
        kind,
        lists: vec!["modes".to_owned()],
        counts: vec![1, 1],
        credits: vec!["GeoNames (CC BY 4.0)".to_owned()],
        rows: Vec::new(),
    }
}

/// The languages of the tests.
pub(super) fn languages() -> Vec<String> {
    vec!["en".to_owned(), "zh".to_owned()]
}
