//! What stands on and around the map.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::map::Extent;
use super::text::LocalText;

/// Which pieces of furniture stand where.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Furniture {
    /// Title and subtitle.
    pub title: bool,
    /// Legend.
    pub legend: Corner,
    /// Heading of the legend.
    pub legend_title: Option<LocalText>,
    /// Columns of the legend; as many as suit the room when not given.
    pub legend_columns: Option<usize>,
    /// Scale bar.
    pub scale_bar: Corner,
    /// North arrow.
    pub north_arrow: Corner,
    /// Graticule lines and their labels at the frame.
    pub graticule: bool,
    /// Distance of the graticule lines, degrees; chosen to suit when not given.
    pub graticule_step_deg: Option<f64>,
    /// A small map of where the map is.
    pub inset: Option<Inset>,
    /// Notes, credits, projection and scale.
    pub credits: bool,
}

impl Default for Furniture {
    fn default() -> Self {
        Self {
            title: true,
            legend: Corner::Auto,
            legend_title: None,
            legend_columns: None,
            scale_bar: Corner::Auto,
            north_arrow: Corner::Auto,
            graticule: true,
            graticule_step_deg: None,
            inset: None,
            credits: true,
        }
    }
}

/// A locator: a small map with the frame of the main map drawn in it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Inset {
    /// Where it stands.
    pub corner: Corner,
    /// What it shows; the surroundings of the map, about eight times as wide, when not given.
    pub extent: Extent,
    /// Its width as a share of the map's, 0.22 unless given.
    pub share: Option<f64>,
    /// Ids of the layers that it shows; the base map's coverage, coasts, borders and country names
    /// when not given.
    pub layers: Vec<String>,
}

/// Where a piece of furniture stands; `true` is `auto` and `false` is `none` in a spec.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Corner {
    /// Not at all.
    None,
    /// Where it hides least.
    #[default]
    Auto,
    /// Top left.
    TopLeft,
    /// Top right.
    TopRight,
    /// Bottom left.
    BottomLeft,
    /// Bottom right.
    BottomRight,
}

/// The names of [`Corner`] in a spec.
const CORNERS: [(&str, Corner); 6] = [
    ("none", Corner::None),
    ("auto", Corner::Auto),
    ("top-left", Corner::TopLeft),
    ("top-right", Corner::TopRight),
    ("bottom-left", Corner::BottomLeft),
    ("bottom-right", Corner::BottomRight),
];

impl<'de> Deserialize<'de> for Corner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "true, false or the name of a corner")]
        enum Given {
            Switch(bool),
            Name(String),
        }
        match Given::deserialize(deserializer)? {
            Given::Switch(true) => Ok(Self::Auto),
            Given::Switch(false) => Ok(Self::None),
            Given::Name(name) => {
                let corner = CORNERS.iter().find(|(known, _)| *known == name);
                corner.map(|(_, corner)| *corner).ok_or_else(|| {
                    let known = CORNERS.map(|(known, _)| format!("\"{known}\"")).join(", ");
                    D::Error::custom(format!("'{name}' is no place; write true, false, {known}"))
                })
            }
        }
    }
}

impl JsonSchema for Corner {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Corner".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Where a piece of furniture stands; true is auto and false is none.",
            "enum": [true, false, "none", "auto", "top-left", "top-right", "bottom-left", "bottom-right"]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_switched_or_placed() {
        let furniture: Furniture =
            toml::from_str("legend = 'top-left'\nscale_bar = false\nnorth_arrow = true").unwrap();
        assert_eq!(furniture.legend, Corner::TopLeft);
        assert_eq!(furniture.scale_bar, Corner::None);
        assert_eq!(furniture.north_arrow, Corner::Auto);
        let error = toml::from_str::<Furniture>("legend = 'left'").unwrap_err();
        assert!(error.to_string().contains("\"bottom-left\""), "{error}");
    }
}
