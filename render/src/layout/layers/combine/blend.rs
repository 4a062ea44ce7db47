//! The fill of shared ground: a blend of those of its members, with stripes of their colours.

use crate::layout::colour::Oklab;
use crate::scene::Color;
use crate::spec::{Hatch, Pattern, Style};

/// Width of the stripes and their distance, pt.
const STRIPE_PT: f64 = 0.55;
const STRIPE_SPACING_PT: f64 = 3.2;
/// Stripes are as much more opaque than the fill, and never paler than the second.
const STRIPE_OPACITY: (f64, f64) = (2.0, 0.4);
/// Directions of the stripes, so that combinations differ without colours, degrees.
const ANGLES: [f64; 8] = [45.0, 135.0, 0.0, 90.0, 22.5, 112.5, 67.5, 157.5];

/// The fill of ground covered by areas of these styles, the `nth` that several share.
///
/// One area alone keeps its fill and hatch. Shared ground gets the mean of the fills in Oklab, as
/// opaque as the most opaque of them, so that it is never paler than a member, and stripes in the
/// colours of the outlines in turn, stronger where the fill is.
pub(super) fn blended(members: &[&Style], nth: usize) -> Style {
    if let [only] = members {
        return Style {
            fill: only.fill,
            fill_opacity: only.fill_opacity,
            hatch: only.hatch.clone(),
            ..Style::default()
        };
    }
    let fills: Vec<(Color, f64)> = members
        .iter()
        .filter_map(|style| {
            let fill = style.fill?;
            Some((fill, style.fill_opacity.unwrap_or(1.0) * f64::from(fill.a) / 255.0))
        })
        .collect();
    let mut mixed: Option<Oklab> = None;
    for (i, (fill, _)) in fills.iter().enumerate() {
        let next = Oklab::of(*fill);
        mixed = Some(mixed.map_or(next, |mixed| mixed.mix(next, 1.0 / (i + 1) as f64)));
    }
    let opacity = fills.iter().map(|(_, opacity)| *opacity).fold(0.0, f64::max);
    let stripes = (opacity * STRIPE_OPACITY.0).clamp(STRIPE_OPACITY.1, 1.0);
    let mut colors: Vec<Color> = Vec::new();
    for color in members.iter().filter_map(|style| style.stroke.or(style.fill)) {
        let color = color.with_alpha((stripes * 255.0).round() as u8);
        if !colors.contains(&color) {
            colors.push(color);
        }
    }
    let hatch = colors.split_first().map(|(color, also)| Hatch {
        pattern: Pattern::Lines,
        angle: ANGLES[nth % ANGLES.len()],
        spacing_pt: STRIPE_SPACING_PT,
        width_pt: STRIPE_PT,
        color: *color,
        also: also.to_vec(),
    });
    Style {
        fill: mixed.map(Oklab::to_color),
        fill_opacity: mixed.map(|_| opacity),
        hatch,
        ..Style::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(fill: Color, opacity: f64) -> Style {
        let stroke = Some(fill);
        Style { fill: Some(fill), fill_opacity: Some(opacity), stroke, ..Style::default() }
    }

    #[test]
    fn shared_ground_is_between_its_members() {
        let (black, white) = (filled(Color::BLACK, 0.2), filled(Color::WHITE, 0.4));
        let style = blended(&[&black, &white], 1);
        // Halfway in Oklab between black and white is L = 0.5: sRGB 99 (oracle: Ottosson's code).
        assert_eq!(style.fill, Some(Color::rgb(99, 99, 99)));
        assert_eq!(style.fill_opacity, Some(0.4));
        let hatch = style.hatch.unwrap();
        let striped = [Color::BLACK, Color::WHITE].map(|color| color.with_alpha(204));
        assert_eq!((hatch.color, hatch.also), (striped[0], vec![striped[1]]));
        assert!((hatch.angle - 135.0).abs() < 1e-9);
        assert_eq!(style.stroke, None);
    }

    #[test]
    fn the_order_of_three_does_not_matter() {
        let colors = [Color::rgb(200, 30, 60), Color::rgb(30, 90, 170), Color::rgb(200, 140, 40)];
        let [a, b, c] = colors.map(|color| filled(color, 0.3));
        assert_eq!(blended(&[&a, &b, &c], 0).fill, blended(&[&c, &a, &b], 0).fill);
        assert_eq!(blended(&[&a], 0), Style { stroke: None, ..a });
        assert_eq!(blended(&[&Style::default(), &Style::default()], 0), Style::default());
    }
}
