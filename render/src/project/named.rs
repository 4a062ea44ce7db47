//! Projections by name, fitted to an extent.

use tumen_geo_core::Bbox;

use super::describe::{latitude, round_to};
use crate::error::{Error, ErrorKind, Result};

/// The names that a spec may give.
pub(super) const NAMES: &str = "utm, tmerc, laea, aeqd, albers, lcc, mercator, equirectangular, equal-earth, \
                     robinson, orthographic, stereographic";

/// The end of every PROJ string on WGS 84.
const WGS84: &str = "+datum=WGS84 +units=m +no_defs";

/// The parameters of a projection of an extent.
pub(super) struct Fitted {
    west_to_east: f64,
    south: f64,
    north: f64,
    lon: f64,
    lat: f64,
}

impl Fitted {
    /// Fits projections to `extent`.
    pub(super) fn new(extent: &Bbox) -> Self {
        let center = extent.center();
        Self {
            west_to_east: extent.width_degrees(),
            south: extent.south,
            north: extent.north,
            lon: center.lon(),
            lat: center.lat(),
        }
    }

    /// The meridian in the middle, to a step that suits the width; Greenwich for the whole world.
    fn lon_0(&self) -> f64 {
        match self.west_to_east {
            w if w >= 359.0 => 0.0,
            w if w >= 60.0 => round_to(self.lon, 1.0),
            w if w > 6.0 => round_to(self.lon, 0.5),
            _ => round_to(self.lon, 0.1),
        }
    }

    fn lat_0(&self) -> f64 {
        round_to(self.lat, if self.north - self.south > 4.0 { 0.5 } else { 0.1 })
    }

    pub(super) fn transverse_mercator(&self) -> String {
        let lon_0 = round_to(self.lon, 0.1);
        format!("+proj=tmerc +lat_0=0 +lon_0={lon_0} +k=1 +x_0=0 +y_0=0 {WGS84}")
    }

    /// Zone and hemisphere of the middle, without the exceptions of Norway and Svalbard.
    pub(super) fn utm(&self) -> String {
        let zone = (((self.lon + 180.0) / 6.0).floor() as i32).rem_euclid(60) + 1;
        let south = if self.lat < 0.0 { " +south" } else { "" };
        format!("+proj=utm +zone={zone}{south} {WGS84}")
    }

    /// Zone and latitude band (C to X without I and O) of the middle, as in `52T`.
    pub(super) fn utm_band(&self) -> String {
        let zone = (((self.lon + 180.0) / 6.0).floor() as i32).rem_euclid(60) + 1;
        let band = (((self.lat + 80.0) / 8.0).floor()).clamp(0.0, 19.0) as usize;
        let letter = "CDEFGHJKLMNPQRSTUVWX".chars().nth(band).unwrap_or('X');
        format!("{zone}{letter}")
    }

    /// An azimuthal projection about the middle; about the pole for an extent round it.
    pub(super) fn azimuthal(&self, name: &str) -> String {
        let (lon_0, lat_0) = (self.lon_0(), self.polar().unwrap_or(self.lat_0()));
        if name == "ortho" {
            // The sphere of the earth's mean radius has a circle for its edge.
            return format!(
                "+proj=ortho +lat_0={lat_0} +lon_0={lon_0} +R=6371008.7714 +units=m +no_defs"
            );
        }
        format!("+proj={name} +lat_0={lat_0} +lon_0={lon_0} {WGS84}")
    }

    /// The pole of an extent that lies round one: 90 or -90.
    pub(super) fn polar(&self) -> Option<f64> {
        let round = |near: f64, far: f64| {
            far >= 35.0 && self.west_to_east >= 90.0 && (near > 85.0 || far >= 60.0)
        };
        if round(self.north, self.south) {
            Some(90.0)
        } else if round(-self.south, -self.north) {
            Some(-90.0)
        } else {
            None
        }
    }

    /// A cone whose standard parallels lie a sixth of the height from each end: C. H. Deetz and
    /// O. S. Adams, Elements of map projection (1934), p. 79 and 91.
    ///
    /// # Errors
    /// [`ErrorKind::Projection`] when the parallels lie the same way north and south of the equator.
    pub(super) fn conic(&self, name: &str) -> Result<String> {
        let sixth = (self.north - self.south) / 6.0;
        let (lat_1, lat_2) = (round_to(self.south + sixth, 0.1), round_to(self.north - sixth, 0.1));
        if (lat_1 + lat_2).abs() < 2.0 {
            return Err(Error::new(
                ErrorKind::Projection,
                format!(
                    "no cone stands on {} and {}, as far from the equator on both sides",
                    latitude(lat_1),
                    latitude(lat_2)
                ),
            )
            .with_hint("use projection = \"laea\", or \"mercator\" for shapes"));
        }
        let (lat_0, lon_0) = (self.lat_0(), self.lon_0());
        Ok(format!(
            "+proj={name} +lat_0={lat_0} +lon_0={lon_0} +lat_1={lat_1} +lat_2={lat_2} {WGS84}"
        ))
    }

    /// Whether a cone suits the extent: a belt on one side of the equator, away from the poles.
    pub(super) fn suits_cone(&self) -> bool {
        let sixth = (self.north - self.south) / 6.0;
        (self.south + self.north).abs() > 2.0 * sixth + 4.0
            && self.north.abs().max(self.south.abs()) < 80.0
    }

    pub(super) fn mercator(&self) -> String {
        format!("+proj=merc +lon_0={} {WGS84}", self.lon_0())
    }

    pub(super) fn equirectangular(&self) -> String {
        let (lat_ts, lon_0) = (self.lat_0(), self.lon_0());
        format!("+proj=eqc +lat_ts={lat_ts} +lat_0=0 +lon_0={lon_0} {WGS84}")
    }

    pub(super) fn world(&self, name: &str) -> String {
        format!("+proj={name} +lon_0={} {WGS84}", self.lon_0())
    }

    /// The projection called `name`, and what is said of it.
    ///
    /// # Errors
    /// [`ErrorKind::Projection`] for an unknown name, or one that does not suit the extent.
    pub(super) fn by_name(&self, name: &str) -> Result<(String, String)> {
        let given = "given in the map spec";
        let definition = match name {
            "utm" => {
                return Ok((
                    self.utm(),
                    format!("{given}; the middle of the map is in zone {}", self.utm_band()),
                ));
            }
            "tmerc" => self.transverse_mercator(),
            "laea" => self.azimuthal("laea"),
            "aeqd" => self.azimuthal("aeqd"),
            "orthographic" => self.azimuthal("ortho"),
            "stereographic" => self.azimuthal("stere"),
            "albers" => self.conic("aea")?,
            "lcc" => self.conic("lcc")?,
            "mercator" => {
                let factor = 1.0 / self.lat.to_radians().cos().max(1e-3);
                let lat = latitude(round_to(self.lat, 0.1));
                return Ok((
                    tumen_geo_core::projection::coded("EPSG:3857")?.definition,
                    format!(
                        "{given}; lengths are drawn {factor:.2} times too long at {lat}, areas \
                         {:.2} times",
                        factor * factor
                    ),
                ));
            }
            "equirectangular" => self.equirectangular(),
            "equal-earth" => self.world("eqearth"),
            "robinson" => self.world("robin"),
            other => {
                return Err(Error::new(
                    ErrorKind::Projection,
                    format!("there is no projection '{other}'"),
                )
                .with_hint(format!(
                    "use auto, auto areas, auto shapes, auto distances, a name ({NAMES}), a code \
                     such as EPSG:32652, or a PROJ string"
                )));
            }
        };
        Ok((definition, given.to_owned()))
    }
}
