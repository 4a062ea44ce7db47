//! The paper.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};

/// The paper: its size in pixels or in millimetres, and pixels per inch.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Page {
    /// Width in pixels; 1600 when no width is given.
    pub width_px: Option<u32>,
    /// Height in pixels; made to fit the extent when no height is given.
    pub height_px: Option<u32>,
    /// Width in millimetres, instead of pixels.
    pub width_mm: Option<f64>,
    /// Height in millimetres, instead of pixels.
    pub height_mm: Option<f64>,
    /// Pixels per inch, 50…1200.
    pub ppi: f64,
}

impl Default for Page {
    fn default() -> Self {
        Self { width_px: None, height_px: None, width_mm: None, height_mm: None, ppi: 200.0 }
    }
}

/// Width in pixels when the spec gives none.
const WIDTH_PX: u32 = 1600;

impl Page {
    /// Width and height in pt.
    ///
    /// # Errors
    /// [`ErrorKind::Size`] when the page is smaller than 150 pt, given in both units, or the
    /// resolution is not within 50…1200 ppi.
    pub fn size_pt(&self) -> Result<(f64, Option<f64>)> {
        if !(50.0..=1200.0).contains(&self.ppi) {
            return Err(Error::new(
                ErrorKind::Size,
                format!("the resolution of {} ppi is not within 50…1200", self.ppi),
            )
            .at("page.ppi"));
        }
        let width = self.side("width", self.width_px, self.width_mm)?;
        let width = width.unwrap_or_else(|| f64::from(WIDTH_PX) * 72.0 / self.ppi);
        let height = self.side("height", self.height_px, self.height_mm)?;
        // Written so that a size that is no number is refused too.
        let fits = |pt: f64| (150.0..=14_400.0).contains(&pt);
        if !fits(width) || height.is_some_and(|h| !fits(h)) {
            let sides = match height {
                Some(height) => format!("{width:.0} × {height:.0} pt"),
                None => format!("{width:.0} pt wide"),
            };
            return Err(Error::new(
                ErrorKind::Size,
                format!("a page of {sides} cannot be laid out"),
            )
            .with_hint(
                "a page is 150 pt (53 mm) to 14,400 pt (5 m) each way; change its size or ppi",
            )
            .at("page"));
        }
        Ok((width, height))
    }

    /// The same sheet with `width_px` pixels across. With `ppi` pixels per inch a sheet in
    /// millimetres keeps its size, one in pixels keeps its pixels.
    ///
    /// # Errors
    /// As [`size_pt`](Self::size_pt).
    pub fn resized(self, width_px: Option<u32>, ppi: Option<f64>) -> Result<Self> {
        let Some(width_px) = width_px else {
            return Ok(Self { ppi: ppi.unwrap_or(self.ppi), ..self });
        };
        let (width, height) = self.size_pt()?;
        let high = |height: f64| (height / width * f64::from(width_px)).round() as u32;
        Ok(Self {
            width_px: Some(width_px),
            height_px: height.map(high),
            width_mm: None,
            height_mm: None,
            ppi: ppi.unwrap_or(f64::from(width_px) * 72.0 / width),
        })
    }

    fn side(&self, name: &str, px: Option<u32>, mm: Option<f64>) -> Result<Option<f64>> {
        match (px, mm) {
            (Some(_), Some(_)) => Err(Error::new(
                ErrorKind::Size,
                format!("the page has a {name} in pixels and another in millimetres"),
            )
            .with_hint(format!("give {name}_px or {name}_mm"))
            .at(&format!("page.{name}_px"))),
            (Some(px), None) => Ok(Some(f64::from(px) * 72.0 / self.ppi)),
            (None, Some(mm)) => Ok(Some(mm * 72.0 / 25.4)),
            (None, None) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_measured_in_pixels_or_millimetres() {
        let page = |text: &str| toml::from_str::<Page>(text).unwrap().size_pt();
        assert_eq!(page("").unwrap(), (576.0, None));
        let (width, height) = page("width_mm = 210\nheight_mm = 297").unwrap();
        assert!((width - 595.28).abs() < 0.01 && (height.unwrap() - 841.89).abs() < 0.01);
        assert_eq!(page("width_px = 600\nppi = 100").unwrap(), (432.0, None));
        for wrong in ["width_px = 100", "width_mm = 1e9", "width_mm = nan", "ppi = 10"] {
            assert_eq!(page(wrong).unwrap_err().kind(), ErrorKind::Size, "{wrong}");
        }
        assert!(page("width_px = 1000\nwidth_mm = 100").is_err());
    }
}
