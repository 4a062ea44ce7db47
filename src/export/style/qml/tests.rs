//! Styles that say everything, in QML.

use super::super::testing::{SHAPES, languages, layer};
use super::super::{Kind, Warnings};
use super::qml;
use tumen_render::layout::resolved::{By, Sizes};
use tumen_render::spec::{Pattern, Symbol, TickShape};

fn written(layer: &crate::export::map::MapLayer) -> (String, Vec<String>) {
    let mut warnings = Warnings::default();
    let text = qml(layer, &languages(), &mut warnings).unwrap();
    let mut again = Warnings::default();
    assert_eq!(text, qml(layer, &languages(), &mut again).unwrap(), "the same bytes again");
    (text, warnings.into_lines())
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

#[test]
fn areas_have_fills_hatches_and_outlines() {
    let (text, warnings) = written(&layer(Kind::Areas));
    has(
        &text,
        &[
            "class=\"SimpleFill\"",
            "value=\"201,138,43,66\"",
            "type=\"blur\"",
            "class=\"LinePatternFill\"",
            "name=\"distance\" value=\"6.4\"",
            "class=\"SimpleLine\"",
            "name=\"customdash\" value=\"4;2.4\"",
            "class=\"MarkerLine\"",
            "class=\"GeometryGenerator\"",
            "type=\"categorizedSymbol\"",
            "label=\"Rail port 口岸\"",
            "minScale=\"5000000\"",
            "maxScale=\"10000\"",
        ],
    );
    assert_eq!(warnings, ["ports: the geometry is that of the arcs drawn, not of the links"]);
}

#[test]
fn lines_have_casings_ticks_and_heads() {
    let (text, _) = written(&layer(Kind::Lines));
    has(
        &text,
        &[
            "name=\"line_width\" value=\"5\"",
            "value=\"lastvertex\"",
            "value=\"firstvertex\"",
            "base64:",
        ],
    );
    assert!(!text.contains("SimpleFill"));
}

#[test]
fn every_symbol_and_tick_is_written() {
    for shape in SHAPES {
        let mut of = layer(Kind::Points);
        let symbol = Symbol { shape, ..Symbol::default() };
        for class in &mut of.style.classes {
            class.style.symbol = Some(symbol);
        }
        let (text, _) = written(&of);
        assert!(text.contains("Marker\""), "{shape:?}");
    }
    for shape in
        [TickShape::Bar, TickShape::Left, TickShape::Dot, TickShape::Wave, TickShape::Arrow]
    {
        let mut of = layer(Kind::Lines);
        for class in &mut of.style.classes {
            class.style.ticks =
                class.style.ticks.map(|ticks| tumen_render::spec::Ticks { shape, ..ticks });
        }
        has(&written(&of).0, &["value=\"interval\""]);
    }
    for pattern in [Pattern::Cross, Pattern::Dots] {
        let mut of = layer(Kind::Areas);
        for hatch in of.style.classes.iter_mut().filter_map(|class| class.style.hatch.as_mut()) {
            hatch.pattern = pattern;
        }
        let (text, warnings) = written(&of);
        match pattern {
            Pattern::Dots => {
                has(
                    &text,
                    &["class=\"PointPatternFill\"", "name=\"displacement_x\" value=\"1.6\""],
                );
                assert_eq!(warnings.len(), 3, "{warnings:?}");
            }
            _ => has(&text, &["name=\"angle\" value=\"135\""]),
        }
    }
}

#[test]
fn labels_have_their_font_halo_and_place() {
    let (text, _) = written(&layer(Kind::Points));
    has(
        &text,
        &[
            "fontFamily=\"Noto Sans\"",
            "fontSize=\"7\"",
            "bufferSize=\"0.9\"",
            "bufferColor=\"255,255,255,208\"",
            "capitalization=\"1\"",
            "fontLetterSpacing=\"0.8\"",
            "&quot;rank&quot; &lt;= 4",
            "placement=\"6\"",
            "scaleMax=\"6000000\"",
        ],
    );
}

#[test]
fn numbers_make_ranges_rules_and_sizes() {
    let mut of = layer(Kind::Points);
    of.style.by = By::Bounds { property: "value".into(), between: vec![], ends: Some((1.0, 9.0)) };
    of.counts = vec![2, 0];
    has(&written(&of).0, &["type=\"graduatedSymbol\"", "lower=\"1\" upper=\"9\""]);
    of.counts = vec![1, 1];
    has(&written(&of).0, &["type=\"RuleRenderer\"", "IS NULL"]);
    of.style.by = By::Nothing;
    of.style.size = Some(Sizes {
        property: "value".into(),
        largest: 9.0,
        largest_pt: 20.0,
        smallest_pt: 1.0,
        area: true,
    });
    has(&written(&of).0, &["enableorderby=\"1\"", "max(1, sqrt(&quot;value&quot; / 9) * 20)"]);
}
