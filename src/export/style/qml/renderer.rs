//! The renderer of a layer: one symbol, categories, graduated classes, or rules.

use tumen_render::layout::resolved::{By, ResolvedClass};
use tumen_render::spec::Value;

use super::expression::{category, column, in_class};
use super::symbol::symbol;
use crate::error::Result;
use crate::export::element::Element;
use crate::export::map::MapLayer;
use crate::export::style::{Warnings, class_title, has_column, parts_of};

/// Parts of a class get symbol levels of their own; no style has more.
const LEVELS: usize = 16;

/// How a layer is drawn.
pub(super) fn renderer(
    layer: &MapLayer,
    languages: &[String],
    warnings: &mut Warnings,
) -> Result<Element> {
    let classes = &layer.style.classes;
    let last = classes.len() - 1;
    let mut symbols = Vec::new();
    let title = |class: &ResolvedClass| class_title(class, languages).unwrap_or_default();
    // The first class is on top, and its casings above the strokes of those below it.
    let mut push = |class: usize| -> Result<String> {
        let name = symbols.len().to_string();
        let pass = (last - class) * LEVELS;
        symbols.push(symbol(&name, layer, &parts_of(layer, &classes[class]), pass, warnings)?);
        Ok(name)
    };
    let out = match &layer.style.by {
        By::Values { property, values } if has_column(layer, property) => {
            let mut categories = Vec::new();
            for (class, value) in values.iter().enumerate() {
                let of = match value {
                    Value::Number(number) if number.fract() == 0.0 => "long",
                    Value::Number(_) => "double",
                    Value::Text(_) | Value::List(_) => "string",
                };
                categories.push((value.to_text(), of, title(&classes[class]), push(class)?));
            }
            categories.push((String::new(), "string", title(&classes[last]), push(last)?));
            let category_of = |(value, of, label, symbol): (String, &str, String, String)| {
                Element::new("category")
                    .with("value", value)
                    .with("type", of)
                    .with("symbol", symbol)
                    .with("label", label)
                    .with("render", true)
            };
            Element::new("renderer-v2")
                .with("type", "categorizedSymbol")
                .with("attr", category(layer, property, values))
                .child(Element::new("categories").children(categories.into_iter().map(category_of)))
        }
        By::Bounds { property, between, ends } if layer.counts[last] == 0 => {
            let (low, high) = ends.unwrap_or((-1e300, 1e300));
            let mut ranges = Vec::new();
            for class in (0..last).rev() {
                // A number on a bound is in the class above it, which therefore comes first.
                let lower = class.checked_sub(1).map_or(low, |before| between[before]);
                let upper = between.get(class).copied().unwrap_or(high);
                ranges.push(
                    Element::new("range")
                        .with("lower", lower)
                        .with("upper", upper)
                        .with("symbol", push(class)?)
                        .with("label", title(&classes[class]))
                        .with("render", true),
                );
            }
            Element::new("renderer-v2")
                .with("type", "graduatedSymbol")
                .with("attr", column(property))
                .with("graduatedMethod", "GraduatedColor")
                .child(Element::new("ranges").children(ranges))
        }
        By::Bounds { .. } => {
            let mut rules = Vec::new();
            for (class, of) in classes.iter().enumerate() {
                rules.push(
                    Element::new("rule")
                        .with("key", key(&layer.table.name, "rule", class))
                        .with("symbol", push(class)?)
                        .with("label", title(of))
                        .with("filter", in_class(layer, class).unwrap_or_default()),
                );
            }
            let root = Element::new("rules").with("key", key(&layer.table.name, "rules", 0));
            Element::new("renderer-v2").with("type", "RuleRenderer").child(root.children(rules))
        }
        By::Nothing | By::Values { .. } => {
            push(last)?;
            Element::new("renderer-v2").with("type", "singleSymbol")
        }
    };
    let out = out
        .with_all(&[("forceraster", "0"), ("referencescale", "-1")])
        .with("symbollevels", u8::from(layer.style.size.is_none()))
        .with("enableorderby", u8::from(layer.style.size.is_some()))
        .child(Element::new("symbols").children(symbols));
    Ok(match &layer.style.size {
        // The larger lies below the smaller.
        Some(sizes) => out.child(
            Element::new("orderby").child(
                Element::of_text("orderByClause", column(&sizes.property))
                    .with_all(&[("asc", "0"), ("nullsFirst", "1")]),
            ),
        ),
        None => out,
    })
}

/// An identifier in the form of a UUID: the same for the same thing.
pub(in crate::export) fn key(layer: &str, of: &str, at: usize) -> String {
    use sha2::{Digest, Sha256};
    let sum = Sha256::digest(format!("{layer}/{of}/{at}"));
    let hex: String = sum.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{{{}-{}-{}-{}-{}}}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
