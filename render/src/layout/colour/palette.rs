//! Whether the classes of each layer can be told apart, also by readers who are colour-blind.

use super::tone::seen_fill;
use crate::layout::colour::{Vision, difference, over};
use crate::layout::layers::Layer;
use crate::layout::layers::combine::Parts;
use crate::scene::Color;
use crate::spec::{ChartPart, LocalText, Pattern, Style, SymbolShape, Theme, TickShape};

/// The least difference (CIEDE2000) of two classes. Readers of maps compared colours 2 to 10 apart
/// and read those 10 apart best: A. Brychtová, A. Çöltekin, An empirical user study for measuring
/// the influence of colour distance and font size in map reading using eye tracking, The
/// Cartographic Journal 53 (2016) 202–212.
const CLASSES: f64 = 10.0;
/// Neighbours on a ramp, whose order helps, may be half as far apart.
const NEIGHBOURS: f64 = 5.0;

/// What is to be said of the colours of a map.
pub(in crate::layout) struct Palette {
    /// Pairs that can hardly be told apart.
    pub(in crate::layout) warnings: Vec<String>,
    /// The smallest difference under any vision.
    pub(in crate::layout) smallest: Option<f64>,
}

/// One of the things that readers must tell apart.
struct Shown {
    name: String,
    color: Color,
    /// What else than colour tells it from others.
    form: Form,
}

/// What is seen without colours.
#[derive(PartialEq)]
struct Form {
    symbol: Option<SymbolShape>,
    hatch: Option<(Pattern, i64)>,
    ticks: Option<TickShape>,
    /// Dash lengths, tenths of a point.
    dash: Vec<i64>,
    /// Cased, with arrows, with a soft edge.
    marks: [bool; 3],
    /// Steps of half as large again: of the diameter of a symbol, or of the width of a line.
    size: i64,
}

/// The smallest difference of the classes of each layer that the legend names.
pub(in crate::layout) fn check(
    layers: &[Layer<'_>],
    theme: &Theme,
    languages: &[String],
) -> Palette {
    let mut out = Palette { warnings: Vec::new(), smallest: None };
    for layer in layers.iter().filter(|layer| layer.spec.legend) {
        let ordered = layer.spec.classes.is_some();
        let classes = shown(layer, theme, languages);
        compare(&mut out, &layer.spec.id, &classes, ordered);
        compare(&mut out, &layer.spec.id, &parts(layer, languages), false);
    }
    out
}

fn first(text: &LocalText, languages: &[String]) -> String {
    text.lines(languages).first().map(|(_, text)| (*text).to_owned()).unwrap_or_default()
}

/// The classes in sight; of classes of a number not those without one.
fn shown(layer: &Layer<'_>, theme: &Theme, languages: &[String]) -> Vec<Shown> {
    let count = layer.classes.len() - usize::from(layer.spec.classes.is_some());
    let classes = layer.classes.iter().enumerate().take(count);
    let classes = classes.map(|(index, class)| (class, layer.unparted(index)));
    let parts = layer.parts.iter().flat_map(Parts::listed);
    classes
        .chain(parts.map(|part| (&part.class, vec![&part.shape])))
        .filter_map(|(class, shapes)| {
            let title = class.title.as_ref().filter(|_| !shapes.is_empty())?;
            let area = shapes.iter().any(|shape| !shape.polygons.is_empty());
            let line = shapes.iter().any(|shape| !shape.lines.is_empty());
            let style = &class.style;
            let color = match style.symbol {
                Some(symbol) if layer.scale.is_some() || !area && !line => {
                    over(symbol.fill, theme.paper)
                }
                _ => area
                    .then(|| seen_fill(style, theme.paper))
                    .flatten()
                    .or_else(|| style.stroke.map(|color| over(color, theme.paper)))?,
            };
            let form = form(style, area && style.fill.is_some());
            Some(Shown { name: first(title, languages), color, form })
        })
        .collect()
}

fn form(style: &Style, area: bool) -> Form {
    let steps = |size: f64| (size.max(0.1).ln() / 1.5_f64.ln()).round() as i64;
    let size = match style.symbol {
        Some(symbol) => steps(symbol.size_pt),
        None if area => 0,
        None => steps(style.width_pt()),
    };
    Form {
        symbol: style.symbol.map(|symbol| symbol.shape),
        hatch: style.hatch.as_ref().map(|h| (h.pattern, h.angle.rem_euclid(180.0).round() as i64)),
        ticks: style.ticks.map(|ticks| ticks.shape),
        dash: style.stroke_dash.iter().flatten().map(|d| (d * 10.0).round() as i64).collect(),
        marks: [style.casing.is_some(), style.arrow.is_some(), style.soft_edge_pt.is_some()],
        size,
    }
}

/// The parts of the charts; bars all of one colour are told apart by their place.
fn parts(layer: &Layer<'_>, languages: &[String]) -> Vec<Shown> {
    let (Some(chart), Some(charts)) = (&layer.spec.chart, &layer.charts) else {
        return Vec::new();
    };
    if charts.colors.iter().all(|color| Some(color) == charts.colors.first()) {
        return Vec::new();
    }
    let part = |(part, color): (&ChartPart, &Color)| Shown {
        name: part.title.as_ref().map_or_else(|| part.property.clone(), |t| first(t, languages)),
        color: *color,
        form: form(&Style::default(), true),
    };
    chart.parts.iter().zip(&charts.colors).map(part).collect()
}

/// Compares each with each, or with the next in an order.
fn compare(out: &mut Palette, layer: &str, all: &[Shown], ordered: bool) {
    let limit = if ordered { NEIGHBOURS } else { CLASSES };
    for (i, one) in all.iter().enumerate() {
        let others = all.iter().skip(i + 1).take(if ordered { 1 } else { usize::MAX });
        for other in others.filter(|other| other.form == one.form) {
            let found = Vision::ALL.map(|vision| {
                (vision, difference(vision.sees(one.color), vision.sees(other.color)))
            });
            let Some((vision, least)) = found.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)) else {
                continue;
            };
            out.smallest = Some(out.smallest.map_or(least, |smallest| smallest.min(least)));
            // What normal eyes cannot tell apart is said of them first.
            let (vision, least) = if found[0].1 < limit { found[0] } else { (vision, least) };
            if least < limit {
                out.warnings.push(format!(
                    "the colours of '{}' and '{}' in layer '{layer}' can hardly be told apart with \
                     {} (ΔE {least:.1})",
                    one.name,
                    other.name,
                    vision.name()
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str, color: Color, style: &Style) -> Shown {
        Shown { name: name.into(), color, form: form(style, true) }
    }

    fn said(all: &[Shown], ordered: bool) -> Palette {
        let mut out = Palette { warnings: Vec::new(), smallest: None };
        compare(&mut out, "zones", all, ordered);
        out
    }

    #[test]
    fn red_and_green_are_warned_about_but_not_with_a_hatch() {
        let plain = Style::default();
        let (red, green) = (Color::rgb(190, 90, 60), Color::rgb(118, 125, 50));
        let palette = said(&[shown("A", red, &plain), shown("B", green, &plain)], false);
        assert_eq!(palette.warnings.len(), 1, "{:?}", palette.smallest);
        let warning = &palette.warnings[0];
        assert!(warning.starts_with("the colours of 'A' and 'B' in layer 'zones'"), "{warning}");
        assert!(warning.contains("opia"), "{warning}");
        let hatch = toml::from_str("spacing_pt = 3\nwidth_pt = 0.4\ncolor = '#000000'").unwrap();
        let hatched = Style { hatch: Some(hatch), ..Style::default() };
        let palette = said(&[shown("A", red, &plain), shown("B", green, &hatched)], false);
        assert!(palette.warnings.is_empty() && palette.smallest.is_none());
    }

    #[test]
    fn ramps_are_compared_step_by_step() {
        let plain = Style::default();
        let greys = [250, 200, 205].map(|v| shown("x", Color::rgb(v, v, v), &plain));
        assert_eq!(said(&greys, true).warnings.len(), 1);
        assert!(said(&greys, true).warnings[0].contains("normal vision"));
        // Blue and orange are safe for all (M. Okabe, K. Ito, Color universal design, 2008).
        let safe =
            [Color::rgb(0, 114, 178), Color::rgb(230, 159, 0)].map(|c| shown("x", c, &plain));
        assert!(said(&safe, false).warnings.is_empty());
    }
}
