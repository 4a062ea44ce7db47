//! What a style puts on the page, from the bottom up: what every target writes in its own words.

use tumen_render::scene::Color;
use tumen_render::spec::{Arrow, Hatch, Style, Symbol, Ticks};

/// Geometries of one dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Points.
    Points,
    /// Lines.
    Lines,
    /// Areas.
    Areas,
}

/// One thing that a style draws.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// An area is filled; its edge fades away over this width, pt.
    Fill {
        /// With what.
        color: Color,
        /// 0 for a sharp edge.
        soft_edge_pt: f64,
    },
    /// A pattern lies across an area.
    Hatch(Hatch),
    /// A line, or the outline of an area, is stroked.
    Line {
        /// With what.
        color: Color,
        /// How wide, pt.
        width_pt: f64,
        /// Lengths on and off, pt; solid when empty.
        dash: Vec<f64>,
        /// Whether it ends in half circles.
        round: bool,
        /// How much wider than the stroke it is, pt: 0 for the stroke itself, more for its casing.
        beyond_pt: f64,
    },
    /// Marks stand along a line or outline.
    Ticks(Ticks, Color),
    /// A line has heads.
    Heads(Arrow, Color),
    /// A symbol stands somewhere.
    Symbol(Symbol, Place),
}

/// Where a symbol stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a point.
    Point,
    /// In the middle of an area or line.
    Middle,
    /// On the corners of an area.
    Corners,
}

/// What `style` draws of geometries of one kind, first at the bottom: fill, hatch, casing, stroke,
/// ticks, heads, symbols, as the maps of this program have it. When `sized`, the sizes of symbols and
/// the widths of lines come from a number, and areas and lines have their symbol in the middle.
///
/// The bulge of lines and the shading of the relief are no parts: one is a geometry, as resolved
/// layers have it, the other a picture.
pub fn parts(style: &Style, kind: Kind, sized: bool) -> Vec<Part> {
    let Style {
        fill,
        fill_opacity,
        stroke,
        stroke_width_pt: _,
        stroke_dash,
        casing,
        symbol,
        vertices,
        hatch,
        ticks,
        arrow,
        bulge: _,
        soft_edge_pt,
        relief: _,
    } = style;
    let mut all = Vec::new();
    if kind == Kind::Areas {
        if let Some(color) = fill {
            let opacity = fill_opacity.unwrap_or(1.0).clamp(0.0, 1.0);
            let color = color.with_alpha((f64::from(color.a) * opacity).round() as u8);
            all.push(Part::Fill { color, soft_edge_pt: soft_edge_pt.unwrap_or(0.0).max(0.0) });
        }
        all.extend(hatch.clone().filter(|hatch| hatch.width_pt > 0.0).map(Part::Hatch));
    }
    if kind != Kind::Points {
        let heads = arrow.filter(|_| kind == Kind::Lines);
        if let Some(casing) = casing.filter(|casing| casing.width_pt > 0.0 && casing.color.a > 0) {
            all.push(Part::Line {
                color: casing.color,
                width_pt: casing.width_pt,
                dash: Vec::new(),
                round: heads.is_none(),
                beyond_pt: (casing.width_pt - style.width_pt()).max(0.0),
            });
        }
        if let Some(color) = stroke.filter(|_| style.width_pt() > 0.0) {
            let dash = stroke_dash.clone().unwrap_or_default();
            let round = dash.is_empty() && heads.is_none();
            let width_pt = style.width_pt();
            all.push(Part::Line { color, width_pt, dash, round, beyond_pt: 0.0 });
        }
        let ink = stroke.unwrap_or(Color::BLACK);
        all.extend(ticks.map(|ticks| Part::Ticks(ticks, ticks.color.unwrap_or(ink))));
        if let (Some(arrow), Some(color)) = (heads, stroke) {
            all.push(Part::Heads(arrow, *color));
        }
    }
    if kind == Kind::Areas {
        all.extend(vertices.map(|symbol| Part::Symbol(symbol, Place::Corners)));
    }
    match kind {
        Kind::Points => all.extend(symbol.map(|symbol| Part::Symbol(symbol, Place::Point))),
        Kind::Lines | Kind::Areas if sized => {
            all.extend(symbol.map(|symbol| Part::Symbol(symbol, Place::Middle)));
        }
        Kind::Lines | Kind::Areas => {}
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::style::testing::everything;

    fn names(kind: Kind, sized: bool) -> Vec<&'static str> {
        let name = |part: &Part| match part {
            Part::Fill { .. } => "fill",
            Part::Hatch(_) => "hatch",
            Part::Line { beyond_pt, .. } if *beyond_pt > 0.0 => "casing",
            Part::Line { .. } => "stroke",
            Part::Ticks(..) => "ticks",
            Part::Heads(..) => "heads",
            Part::Symbol(_, Place::Point) => "symbol",
            Part::Symbol(_, Place::Middle) => "middle",
            Part::Symbol(_, Place::Corners) => "corners",
        };
        parts(&everything(), kind, sized).iter().map(name).collect()
    }

    #[test]
    fn a_style_is_drawn_from_the_bottom_up() {
        let areas = ["fill", "hatch", "casing", "stroke", "ticks", "corners"];
        assert_eq!(names(Kind::Areas, false), areas);
        assert_eq!(names(Kind::Areas, true)[6..], ["middle"]);
        assert_eq!(names(Kind::Lines, false), ["casing", "stroke", "ticks", "heads"]);
        assert_eq!(names(Kind::Points, false), ["symbol"]);
    }

    #[test]
    fn what_cannot_be_seen_is_no_part() {
        let mut style = everything();
        style.casing =
            style.casing.map(|casing| tumen_render::spec::Casing { width_pt: 0.0, ..casing });
        style.stroke_width_pt = Some(0.0);
        style.ticks = None;
        style.arrow = None;
        assert!(parts(&style, Kind::Lines, false).is_empty());
    }
}
