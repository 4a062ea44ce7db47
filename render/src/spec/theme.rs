//! Themes: the colours of the sheet and the tone that every other colour is turned to.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scene::Color;

/// Colours that belong to no layer, and the tone of those that do.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Theme {
    /// Paper.
    pub paper: Color,
    /// What the map is filled with before the layers.
    pub sea: Color,
    /// Text and frame.
    pub ink: Color,
    /// Credits and second languages.
    pub quiet: Color,
    /// Graticule lines.
    pub graticule: Color,
    /// The boxes of legend and scale bar.
    pub panel: Color,
    /// What becomes of the colours of the layers.
    pub tone: Tone,
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            paper: Color::WHITE,
            sea: Color::rgb(0xdf, 0xec, 0xf3),
            ink: Color::rgb(0x26, 0x26, 0x2b),
            quiet: Color::rgb(0x66, 0x66, 0x6e),
            graticule: Color::rgb(0x5a, 0x78, 0x8c).with_alpha(70),
            panel: Color::WHITE.with_alpha(232),
            tone: Tone::AsGiven,
        }
    }
}

/// What becomes of the colours of the layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// They stay.
    #[default]
    AsGiven,
    /// Greys of the same lightness; areas that differ by colour only get hatches.
    Grey,
    /// Light becomes dark and dark light, the hue stays.
    Dark,
    /// As printed in transparent inks on the paper: white is its colour, everything is warmer on
    /// warm paper.
    OnPaper,
}

/// A theme by name, one of the base map's, or given in place.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "the name of a theme, or a table of its colours")]
pub enum ThemeChoice {
    /// The name of a theme of the base map: `print`, `grey`, `dark`, `atlas`.
    Named(String),
    /// Its colours.
    Given(Theme),
}
