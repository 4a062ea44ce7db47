//! How the features of a kind look on the globe.

use std::fmt::Write;

use super::xml::escaped;

/// The look of the features of a kind. Colours are red, green, blue and opacity.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The kind, as the column `kind` has it; empty for features of none.
    pub kind: String,
    /// Of lines and outlines.
    pub line: [u8; 4],
    /// Width of lines in pixels of the screen.
    pub line_width_px: f64,
    /// Of areas; an opacity of 0 leaves them empty.
    pub fill: [u8; 4],
    /// Tints the symbol of points.
    pub icon: [u8; 4],
    /// Size of the symbol, 1 being that of Google Earth.
    pub icon_scale: f64,
    /// Of names.
    pub label: [u8; 4],
    /// Size of names, 1 being that of Google Earth; 0 leaves them out.
    pub label_scale: f64,
}

/// A white disc that takes any tint, served by Google for this.
const ICON: &str = "http://maps.google.com/mapfiles/kml/shapes/shaded_dot.png";

impl Style {
    /// A style of one colour: outlines and symbols full, areas at a quarter.
    pub fn of_colour(kind: &str, [red, green, blue]: [u8; 3]) -> Self {
        Self {
            kind: kind.to_owned(),
            line: [red, green, blue, 255],
            line_width_px: 2.0,
            fill: [red, green, blue, 64],
            icon: [red, green, blue, 255],
            icon_scale: 0.8,
            label: [255, 255, 255, 255],
            label_scale: 0.8,
        }
    }

    /// The id in the document.
    pub(super) fn id(&self) -> String {
        let kept = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '.' };
        format!("_style-{}", self.kind.chars().map(kept).collect::<String>())
    }

    /// The element, its parts in the order of the standard.
    pub(super) fn xml(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(text, "<Style id=\"{}\">", escaped(&self.id()));
        let _ = writeln!(
            text,
            "<IconStyle><color>{}</color><scale>{}</scale><Icon><href>{ICON}</href></Icon></IconStyle>",
            colour(self.icon),
            self.icon_scale,
        );
        let (label, scale) = (colour(self.label), self.label_scale);
        let _ =
            writeln!(text, "<LabelStyle><color>{label}</color><scale>{scale}</scale></LabelStyle>");
        let (line, width) = (colour(self.line), self.line_width_px);
        let _ =
            writeln!(text, "<LineStyle><color>{line}</color><width>{width}</width></LineStyle>");
        let filled = u8::from(self.fill[3] > 0);
        let _ = writeln!(
            text,
            "<PolyStyle><color>{}</color><fill>{filled}</fill></PolyStyle>",
            colour(self.fill)
        );
        text.push_str("</Style>\n");
        text
    }
}

/// A colour as KML writes it: opacity, blue, green, red.
fn colour([red, green, blue, opacity]: [u8; 4]) -> String {
    format!("{opacity:02x}{blue:02x}{green:02x}{red:02x}")
}

/// A colour for each kind of feature of a catalogue, and one for features of none.
pub fn default_styles() -> Vec<Style> {
    [
        ("border-port", [0x7b, 0x2d, 0x8b]),
        ("seaport", [0x14, 0x50, 0x7a]),
        ("zone", [0xb5, 0x76, 0x1a]),
        ("growth-triangle", [0xc0, 0x39, 0x2b]),
        ("region", [0x4f, 0x7d, 0x5b]),
        ("corridor", [0xa8, 0x43, 0x1f]),
        ("place", [0x3a, 0x3a, 0x40]),
        ("natural-feature", [0x6f, 0xa3, 0xc7]),
        ("border-segment", [0x5d, 0x4a, 0x66]),
        ("", [0x2b, 0x6a, 0x94]),
    ]
    .map(|(kind, colour)| Style::of_colour(kind, colour))
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tumen_geo_core::model::Kind;

    #[test]
    fn every_kind_has_a_style() {
        let styles = default_styles();
        for kind in Kind::ALL {
            assert!(styles.iter().any(|style| style.kind == kind.name()), "{}", kind.name());
        }
    }

    #[test]
    fn colours_are_written_opacity_first_and_red_last() {
        assert_eq!(colour([0x12, 0x34, 0x56, 0x78]), "78563412");
    }
}
