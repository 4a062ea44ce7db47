//! Styles that say everything, as SLD.

use super::super::testing::{SHAPES, languages, layer};
use super::super::{Kind, Warnings};
use super::{Pictures, sld};
use crate::export::map::MapLayer;
use tumen_render::layout::resolved::{By, Sizes};
use tumen_render::spec::Symbol;

fn written(layer: &MapLayer) -> (String, Pictures, Vec<String>) {
    let (mut pictures, mut warnings) = (Pictures::new(), Warnings::default());
    let text = sld(layer, &languages(), &mut pictures, &mut warnings).unwrap();
    (text, pictures, warnings.into_lines())
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

/// Oracle: 1 pt is 25.4 / 72 mm, a pixel of the standard 0.28 mm: 0.7 pt are 0.882 pixels.
#[test]
fn areas_have_fills_hatches_and_outlines() {
    let (text, _, warnings) = written(&layer(Kind::Areas));
    has(
        &text,
        &[
            "<se:SvgParameter name=\"fill\">#c98a2b</se:SvgParameter>",
            "<se:SvgParameter name=\"fill-opacity\">0.259</se:SvgParameter>",
            "shape://slash",
            "<se:SvgParameter name=\"stroke-width\">0.882</se:SvgParameter>",
            "<se:SvgParameter name=\"stroke-dasharray\">5.04 3.024</se:SvgParameter>",
            "<se:MinScaleDenominator>10000</se:MinScaleDenominator>",
            "<se:MaxScaleDenominator>5000000</se:MaxScaleDenominator>",
            "<ogc:Literal>*rail*</ogc:Literal>",
            "<ogc:Not>",
        ],
    );
    for lost in ["soft edge", "several colours", "corners", "arcs"] {
        assert!(warnings.iter().any(|w| w.contains(lost)), "{lost}: {warnings:?}");
    }
}

#[test]
fn symbols_are_marks_or_pictures() {
    for shape in SHAPES {
        let mut of = layer(Kind::Points);
        for class in &mut of.style.classes {
            class.style.symbol = Some(Symbol { shape, ..Symbol::default() });
        }
        let (text, pictures, _) = written(&of);
        let picture = text.contains("ExternalGraphic");
        assert_eq!(picture, !pictures.is_empty(), "{shape:?}");
        assert!(picture || text.contains("WellKnownName"), "{shape:?}");
    }
}

#[test]
fn numbers_are_filters_and_sizes() {
    let mut of = layer(Kind::Lines);
    of.style.by = By::Bounds { property: "value".into(), between: vec![5.0], ends: None };
    of.style.classes.push(of.style.classes[1].clone());
    of.counts.push(0);
    of.style.size = Some(Sizes {
        property: "value".into(),
        largest: 10.0,
        largest_pt: 20.0,
        smallest_pt: 1.0,
        area: false,
    });
    let (text, _, _) = written(&of);
    has(
        &text,
        &["PropertyIsGreaterThanOrEqualTo", "PropertyIsLessThan", "PropertyIsNull", "<ogc:Div>"],
    );
    has(&text, &["se:GraphicStroke", "se:LinePlacement", "symbols/ports-tick.svg"]);
}
