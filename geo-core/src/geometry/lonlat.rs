//! A position on the WGS 84 ellipsoid.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};

/// A position in degrees on WGS 84, longitude first.
///
/// # Guarantees
/// Both numbers are finite; the longitude is in `[-180, 180]`, the latitude in `[-90, 90]`.
///
/// ```
/// use tumen_geo_core::LonLat;
/// let tripoint: LonLat = "130.637,42.418".parse()?;
/// assert_eq!((tripoint.lon(), tripoint.lat()), (130.637, 42.418));
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LonLat {
    lon: f64,
    lat: f64,
}

impl LonLat {
    /// A position from degrees. Longitudes up to one turn off (as rings over ±180° have them)
    /// are brought into `[-180, 180]`.
    ///
    /// # Errors
    /// [`ErrorKind::Position`] when a number is not finite, the latitude is beyond a pole or the
    /// longitude beyond ±360°.
    pub fn new(lon: f64, lat: f64) -> Result<Self> {
        if !(lon.is_finite() && lat.is_finite()) {
            return Err(Error::new(
                ErrorKind::Position,
                format!("the position ({lon}, {lat}) is not a number"),
            )
            .with_hint("a position is two finite numbers: longitude, latitude"));
        }
        if lat.abs() > 90.0 {
            let hint = if lon.abs() <= 90.0 && lat.abs() <= 180.0 {
                format!("longitude comes first: did you mean {lat},{lon}?")
            } else {
                "latitudes run from -90 to 90; are these metres of a projected system?".to_owned()
            };
            return Err(Error::new(
                ErrorKind::Position,
                format!("the latitude {lat} is outside -90…90"),
            )
            .with_hint(hint));
        }
        if lon.abs() > 360.0 {
            return Err(Error::new(
                ErrorKind::Position,
                format!("the longitude {lon} is outside -180…180"),
            )
            .with_hint("longitudes are degrees; are these metres of a projected system?"));
        }
        Ok(Self::wrap(lon, lat))
    }

    /// A position from degrees that are known to be finite; the latitude is clamped to the poles
    /// and the longitude wrapped.
    pub fn wrap(lon: f64, lat: f64) -> Self {
        let lon = if lon.abs() <= 180.0 { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 };
        Self { lon, lat: lat.clamp(-90.0, 90.0) }
    }

    /// Longitude in degrees, east positive.
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Latitude in degrees, north positive.
    pub const fn lat(self) -> f64 {
        self.lat
    }
}

impl fmt::Display for LonLat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.5},{:.5}", self.lon, self.lat)
    }
}

impl FromStr for LonLat {
    type Err = Error;

    /// Reads `longitude,latitude` in degrees.
    fn from_str(text: &str) -> Result<Self> {
        let numbers: Vec<f64> = text.split(',').map_while(|n| n.trim().parse().ok()).collect();
        match numbers[..] {
            [lon, lat] if text.split(',').count() == 2 => Self::new(lon, lat),
            _ => Err(Error::new(ErrorKind::Position, format!("'{text}' is not a position"))
                .with_hint("write longitude,latitude in degrees, as in 130.37,42.86")),
        }
    }
}

impl From<LonLat> for geo_types::Coord {
    fn from(position: LonLat) -> Self {
        Self { x: position.lon, y: position.lat }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_numbers_get_a_hint() {
        let error = LonLat::new(42.86, 130.37).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Position);
        assert!(error.hint().unwrap().contains("130.37,42.86"));
    }

    #[test]
    fn bad_numbers_are_refused() {
        assert!(LonLat::new(f64::NAN, 0.0).is_err());
        assert!(LonLat::new(0.0, f64::INFINITY).is_err());
        assert!(LonLat::new(735_997.0, 80.0).is_err());
        assert!("130.37".parse::<LonLat>().is_err());
        assert!("130.37,42.86,3".parse::<LonLat>().is_err());
        assert!("130.37,x".parse::<LonLat>().is_err());
    }

    #[test]
    fn longitudes_wrap() {
        assert_eq!(LonLat::new(190.0, 1.0).unwrap().lon(), -170.0);
        assert_eq!(LonLat::new(180.0, 1.0).unwrap().lon(), 180.0);
        assert_eq!(LonLat::new(-200.0, 1.0).unwrap().lon(), 160.0);
    }
}
