//! Paths filled and stroked.

use std::fmt::Write as _;

use super::path::{PathData, number};
use crate::scene::{Cap, Color, Path, Stroke};

/// Fills `path` by the even-odd rule.
pub(super) fn fill(to: &mut String, path: &Path, color: Color) {
    let data = PathData::of(path).finish();
    if !data.is_empty() {
        to.push_str("<path");
        paint(to, "fill", color);
        _ = writeln!(to, " fill-rule=\"evenodd\" d=\"{data}\"/>");
    }
}

/// Strokes `path` with round joins.
pub(super) fn stroke(to: &mut String, path: &Path, stroke: &Stroke) {
    let data = PathData::of(path).finish();
    if data.is_empty() || stroke.width <= 0.0 {
        return;
    }
    to.push_str("<path fill=\"none\"");
    paint(to, "stroke", stroke.color);
    pen(to, f64::from(stroke.width));
    if stroke.cap == Cap::Round {
        to.push_str(" stroke-linecap=\"round\"");
    }
    if !stroke.dash.is_empty() {
        to.push_str(" stroke-dasharray=\"");
        for (i, length) in stroke.dash.iter().enumerate() {
            if i > 0 {
                to.push(' ');
            }
            number(to, f64::from(*length));
        }
        to.push('"');
    }
    _ = writeln!(to, " d=\"{data}\"/>");
}

/// A stroke's width, never rounded to nothing, and its joins.
pub(super) fn pen(to: &mut String, width: f64) {
    to.push_str(" stroke-width=\"");
    number(to, width.max(0.01));
    to.push_str("\" stroke-linejoin=\"round\"");
}

/// The attribute `kind` (`fill`, `stroke`) with a colour, and its opacity apart: few programs but
/// browsers know `#rrggbbaa`.
pub(super) fn paint(to: &mut String, kind: &str, color: Color) {
    opaque(to, kind, color);
    opacity(to, &format!("{kind}-opacity"), f64::from(color.a) / 255.0);
}

/// The attribute `kind` with a colour as if it were opaque.
pub(super) fn opaque(to: &mut String, kind: &str, color: Color) {
    let Color { r, g, b, a: _ } = color;
    _ = if [r, g, b].iter().all(|channel| channel % 17 == 0) {
        write!(to, " {kind}=\"#{:x}{:x}{:x}\"", r / 17, g / 17, b / 17)
    } else {
        write!(to, " {kind}=\"#{r:02x}{g:02x}{b:02x}\"")
    };
}

/// The attribute `name` with an opacity, unless it is 1. Three decimals tell 256 steps apart.
pub(super) fn opacity(to: &mut String, name: &str, value: f64) {
    let thousandths = (value.clamp(0.0, 1.0) * 1000.0).round() as u32;
    if thousandths < 1000 {
        let digits = format!("{thousandths:03}");
        let digits = digits.trim_end_matches('0');
        let point = if digits.is_empty() { "0" } else { "." };
        _ = write!(to, " {name}=\"{point}{digits}\"");
    }
}
