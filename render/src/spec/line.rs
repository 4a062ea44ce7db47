//! What lines carry beside their stroke.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scene::Color;

/// Marks along a line at even distances: the ties of a railway, the dots of a cable.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ticks {
    /// Their shape.
    #[serde(default)]
    pub shape: TickShape,
    /// Distance from one to the next, pt.
    pub every_pt: f64,
    /// Length across the line, or diameter, pt.
    pub size_pt: f64,
    /// Width of the mark's stroke, pt.
    #[serde(default = "Ticks::default_width")]
    pub width_pt: f64,
    /// Colour; that of the stroke when not given.
    #[serde(default)]
    pub color: Option<Color>,
}

impl Ticks {
    fn default_width() -> f64 {
        0.5
    }
}

/// The marks along a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TickShape {
    /// A stroke across.
    #[default]
    Bar,
    /// A stroke to the left of the line's direction only.
    Left,
    /// A dot.
    Dot,
    /// A wave's crest (shipping).
    Wave,
    /// An arrowhead in the line's direction.
    Arrow,
}

/// Arrowheads at the ends of a line: their tips are its end points, and they are smaller where the
/// line is short.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrow {
    /// Length of the head, pt; for lines of proportional width as a multiple of the width.
    pub size_pt: f64,
    /// Where the heads are.
    #[serde(default)]
    pub at: ArrowEnds,
}

/// Which ends of a line have an arrowhead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ArrowEnds {
    /// The last point.
    #[default]
    End,
    /// Both.
    Both,
}
