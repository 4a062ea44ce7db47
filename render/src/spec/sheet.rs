//! The sheet: paper, colours that belong to no layer, and furniture.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::error::{Error, ErrorKind, Result};
use crate::scene::Color;

/// The paper, in pixels and pixels per inch.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Page {
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels; made to fit the extent when not given.
    pub height_px: Option<u32>,
    /// Pixels per inch.
    pub ppi: f64,
}

impl Default for Page {
    fn default() -> Self {
        Self { width_px: 1600, height_px: None, ppi: 200.0 }
    }
}

impl Page {
    /// Width and height in pt.
    ///
    /// # Errors
    /// [`ErrorKind::Size`] when the page is smaller than 150 pt or the resolution is not within
    /// 50…1200 ppi.
    pub fn size_pt(&self) -> Result<(f64, Option<f64>)> {
        if !(50.0..=1200.0).contains(&self.ppi) {
            return Err(Error::new(
                ErrorKind::Size,
                format!("the resolution of {} ppi is not within 50…1200", self.ppi),
            ));
        }
        let pt = |px: u32| f64::from(px) * 72.0 / self.ppi;
        let (width, height) = (pt(self.width_px), self.height_px.map(pt));
        if width < 150.0 || height.is_some_and(|h| h < 150.0) {
            return Err(Error::new(
                ErrorKind::Size,
                format!("the page is only {width:.0} pt wide or too low"),
            )
            .with_hint(
                "a page is at least 150 pt (about 53 mm) each way; raise width_px or lower ppi",
            ));
        }
        Ok((width, height))
    }
}

/// Colours that belong to no layer.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
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
        }
    }
}

/// What stands on and around the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Furniture {
    /// Title and subtitle.
    pub title: bool,
    /// Legend.
    pub legend: Corner,
    /// Scale bar.
    pub scale_bar: Corner,
    /// North arrow.
    pub north_arrow: Corner,
    /// Graticule lines and their labels at the frame.
    pub graticule: bool,
    /// Notes, credits, projection and scale.
    pub credits: bool,
}

impl Default for Furniture {
    fn default() -> Self {
        Self {
            title: true,
            legend: Corner::Auto,
            scale_bar: Corner::Auto,
            north_arrow: Corner::Auto,
            graticule: true,
            credits: true,
        }
    }
}

/// Where a piece of furniture stands; `true` is `auto` and `false` is `none` in a spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// Not at all.
    None,
    /// Where it hides least.
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

impl<'de> Deserialize<'de> for Corner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Given {
            Switch(bool),
            Name(String),
        }
        match Given::deserialize(deserializer)? {
            Given::Switch(true) => Ok(Self::Auto),
            Given::Switch(false) => Ok(Self::None),
            Given::Name(name) => match name.as_str() {
                "auto" => Ok(Self::Auto),
                "none" => Ok(Self::None),
                "top-left" => Ok(Self::TopLeft),
                "top-right" => Ok(Self::TopRight),
                "bottom-left" => Ok(Self::BottomLeft),
                "bottom-right" => Ok(Self::BottomRight),
                _ => Err(D::Error::custom(format!(
                    "'{name}' is no place; write true, false, \"auto\", \"top-left\", \
                     \"top-right\", \"bottom-left\" or \"bottom-right\""
                ))),
            },
        }
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
    }
}
