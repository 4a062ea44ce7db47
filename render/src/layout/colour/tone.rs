//! The tone of a theme: what becomes of the colours of layers and labels.

use crate::layout::colour::{Oklab, over};
use crate::layout::layers::{Class, Layer};
use crate::scene::Color;
use crate::spec::{Hatch, Pattern, Style, Theme, Tone};

/// Greys nearer than this in the lightness of Oklab look alike on a photocopy, whose steps are about
/// a tenth of the way from black to white.
const ALIKE: f64 = 0.1;
/// So many patterns are tried for one that no area has.
const MOST_PATTERNS: u32 = 24;
/// The lightness of what is white and of what is black, in the dark.
const DARK: (f64, f64) = (0.25, 1.0);

/// Turns the colours of all layers to the tone of the theme.
pub(in crate::layout) fn apply(layers: &mut [Layer<'_>], theme: &Theme) {
    if theme.tone == Tone::AsGiven {
        return;
    }
    for layer in &mut *layers {
        for class in &mut layer.classes {
            recolour(class, &|color| turned(color, theme));
        }
        for part in layer.parts.iter_mut().flat_map(|parts| &mut parts.all) {
            recolour(&mut part.class, &|color| turned(color, theme));
        }
        if let Some(charts) = &mut layer.charts {
            let all = charts.colors.iter_mut().chain([&mut charts.edge, &mut charts.line]);
            all.for_each(|color| *color = turned(*color, theme));
        }
    }
    if theme.tone == Tone::Grey {
        tell_apart(layers, theme);
    }
}

/// A colour of a layer in the tone of the theme; its opacity stays.
fn turned(color: Color, theme: &Theme) -> Color {
    let lab = Oklab::of(color);
    let opaque = match theme.tone {
        Tone::AsGiven => color,
        Tone::Grey => Oklab { a: 0.0, b: 0.0, ..lab }.to_color(),
        Tone::Dark => {
            let l = DARK.0 + (1.0 - lab.l) * (DARK.1 - DARK.0);
            Oklab { l, ..lab }.to_color()
        }
        Tone::OnPaper => {
            let ink = |c: u8, p: u8| (f64::from(c) * f64::from(p) / 255.0).round() as u8;
            let paper = theme.paper;
            Color::rgb(ink(color.r, paper.r), ink(color.g, paper.g), ink(color.b, paper.b))
        }
    };
    opaque.with_alpha(color.a)
}

fn recolour(class: &mut Class, turn: &dyn Fn(Color) -> Color) {
    let style = &mut class.style;
    let mut colors: Vec<&mut Color> = style.fill.iter_mut().chain(&mut style.stroke).collect();
    colors.extend(style.casing.iter_mut().map(|casing| &mut casing.color));
    if let Some(hatch) = &mut style.hatch {
        colors.push(&mut hatch.color);
        colors.extend(&mut hatch.also);
    }
    colors.extend(style.ticks.iter_mut().filter_map(|ticks| ticks.color.as_mut()));
    for symbol in style.symbol.iter_mut().chain(&mut style.vertices) {
        colors.push(&mut symbol.fill);
        colors.extend(symbol.stroke.as_mut());
    }
    if let Some(labels) = &mut class.labels {
        colors.push(&mut labels.color);
        colors.extend(labels.halo.iter_mut().map(|halo| &mut halo.color));
    }
    for color in colors {
        *color = turn(*color);
    }
}

/// The colour in which a style's fill is seen on the paper.
pub(in crate::layout) fn seen_fill(style: &Style, paper: Color) -> Option<Color> {
    let color = style.fill?;
    let opacity = style.fill_opacity.unwrap_or(1.0).clamp(0.0, 1.0);
    let color = color.with_alpha((f64::from(color.a) * opacity).round() as u8);
    Some(over(color, paper))
}

/// Gives areas whose greys look alike hatches of their own. Those that carry one already, classes of
/// a number and what the legend does not name stay as they are.
fn tell_apart(layers: &mut [Layer<'_>], theme: &Theme) {
    let mut greys: Vec<f64> = Vec::new();
    let mut next = 0;
    for layer in layers.iter_mut().rev() {
        if !layer.spec.legend || layer.spec.classes.is_some() {
            continue;
        }
        let mut fills = layer.fills_mut();
        let hatches = fills.iter().filter_map(|class| class.style.hatch.as_ref());
        let taken: Vec<(Pattern, f64)> = hatches.map(|h| (h.pattern, h.angle)).collect();
        for class in &mut fills {
            let Some(color) = seen_fill(&class.style, theme.paper) else { continue };
            if class.title.is_none() || class.style.hatch.is_some() {
                continue;
            }
            let grey = Oklab::of(color).l;
            if greys.iter().any(|other| (other - grey).abs() < ALIKE) {
                let darker = Oklab { l: (grey - 0.4).max(0.0), a: 0.0, b: 0.0 };
                let mut hatch = pattern(next, darker.to_color());
                while taken.contains(&(hatch.pattern, hatch.angle)) && next < MOST_PATTERNS {
                    next += 1;
                    hatch = pattern(next, darker.to_color());
                }
                class.style.hatch = Some(hatch);
                next += 1;
            }
            greys.push(grey);
        }
    }
}

/// The `n`-th of the patterns, from the most distinct ones on; closer together with each round.
fn pattern(n: u32, color: Color) -> Hatch {
    let (pattern, angle, width_pt) = match n % 6 {
        0 => (Pattern::Lines, 45.0, 0.45),
        1 => (Pattern::Dots, 0.0, 1.1),
        2 => (Pattern::Lines, 135.0, 0.45),
        3 => (Pattern::Cross, 45.0, 0.4),
        4 => (Pattern::Lines, 0.0, 0.45),
        _ => (Pattern::Lines, 90.0, 0.45),
    };
    let spacing_pt = if (n / 6).is_multiple_of(2) { 3.6 } else { 2.0 };
    Hatch { pattern, angle, spacing_pt, width_pt, color, also: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(tone: Tone) -> Theme {
        Theme { tone, ..Theme::default() }
    }

    #[test]
    fn greys_keep_their_lightness_and_opacity() {
        let red = Color::rgb(179, 32, 58).with_alpha(90);
        let grey = turned(red, &theme(Tone::Grey));
        assert!(grey.r == grey.g && grey.g == grey.b && grey.a == 90);
        assert!((Oklab::of(grey).l - Oklab::of(red).l).abs() < 0.004);
    }

    #[test]
    fn the_dark_turns_light_and_keeps_the_hue() {
        let theme = theme(Tone::Dark);
        let (ink, paper) = (turned(Color::BLACK, &theme), turned(Color::WHITE, &theme));
        assert_eq!(ink, Color::WHITE);
        assert!(Oklab::of(paper).l < 0.26);
        let hue = |color: Color| {
            let lab = Oklab::of(color);
            lab.b.atan2(lab.a)
        };
        for color in [Color::rgb(179, 32, 58), Color::rgb(42, 95, 168), Color::rgb(201, 138, 43)] {
            assert!((hue(turned(color, &theme)) - hue(color)).abs() < 0.08, "{color:?}");
        }
    }

    #[test]
    fn inks_on_paper_never_get_lighter_than_it() {
        let paper = Color::rgb(253, 248, 233);
        let theme = Theme { paper, ..theme(Tone::OnPaper) };
        assert_eq!(turned(Color::WHITE, &theme), paper);
        assert_eq!(turned(Color::BLACK, &theme), Color::BLACK);
    }

    #[test]
    fn patterns_are_distinct() {
        let all: Vec<Hatch> = (0..12).map(|n| pattern(n, Color::BLACK)).collect();
        for (i, one) in all.iter().enumerate() {
            assert!(all[..i].iter().all(|other| other != one), "{i}");
        }
    }
}
