//! From positions on the ellipsoid to a plane in metres and back, by pure-Rust PROJ mathematics;
//! with the feature `proj` also by PROJ itself, for every system that it knows.

mod codes;
mod datum;
mod given;
mod input;
mod opened;
mod projjson;
#[cfg(feature = "proj")]
mod system;
mod wkt;

use std::fmt;

use crate::error::{Error, ErrorKind, Result};
use crate::geometry::LonLat;
use opened::Opened;

pub use codes::{CodedSystem, coded};
pub use datum::DatumShift;
pub use input::System;
#[cfg(feature = "proj")]
pub use system::ProjSystem;

/// A position in the plane of a projection, in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanePoint {
    /// Metres to the right of the origin.
    pub easting: f64,
    /// Metres above the origin.
    pub northing: f64,
}

/// A map projection of WGS 84.
pub trait Projection: Send + Sync {
    /// The plane position of `position`; `None` where the projection is not defined.
    fn forward(&self, position: LonLat) -> Option<PlanePoint>;

    /// The position of a plane point; `None` outside the image of the earth.
    fn inverse(&self, point: PlanePoint) -> Option<LonLat>;

    /// The definition, for credits and world files: a PROJ string, or a code or WKT where PROJ
    /// computes the projection.
    fn definition(&self) -> &str;
}

/// A projection given by a PROJ string, computed by `proj4rs`.
///
/// It agrees with PROJ to better than a micrometre forward and a millimetre back for the
/// projections used here.
pub struct ProjString {
    definition: String,
    opened: Opened,
}

impl ProjString {
    /// The projection that a PROJ string on WGS 84 in metres describes.
    ///
    /// # Errors
    /// [`ErrorKind::Projection`] when the string is not understood or is geographic.
    ///
    /// ```
    /// use tumen_geo_core::{LonLat, projection::{ProjString, Projection}};
    /// let utm = ProjString::new("+proj=utm +zone=52 +datum=WGS84 +units=m +no_defs")?;
    /// let plane = utm.forward(LonLat::new(129.0, 42.0)?).unwrap();
    /// assert!((plane.easting - 500_000.0).abs() < 1e-6);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn new(definition: impl Into<String>) -> Result<Self> {
        let definition = definition.into();
        let wrong = |why: String| {
            Error::new(
                ErrorKind::Projection,
                format!("the projection '{definition}' cannot be used: {why}"),
            )
            .with_hint("give a PROJ string such as '+proj=laea +lat_0=43 +lon_0=131 +datum=WGS84'")
        };
        let opened = Opened::new(&definition).map_err(wrong)?;
        if opened.is_geographic() || opened.is_geocentric() {
            return Err(wrong("it has no plane".to_owned()));
        }
        Ok(Self { definition, opened })
    }

    /// Lambert's azimuthal equal-area projection with its centre at `center`.
    ///
    /// # Errors
    /// Never for a valid position; the signature is that of [`ProjString::new`].
    pub fn equal_area_at(center: LonLat) -> Result<Self> {
        Self::new(format!(
            "+proj=laea +lat_0={} +lon_0={} +datum=WGS84 +units=m +no_defs",
            center.lat(),
            center.lon()
        ))
    }
}

impl Projection for ProjString {
    fn forward(&self, position: LonLat) -> Option<PlanePoint> {
        let (easting, northing) = self.opened.forward(position.lon(), position.lat())?;
        Some(PlanePoint { easting, northing })
    }

    fn inverse(&self, point: PlanePoint) -> Option<LonLat> {
        let (lon, lat) = self.opened.inverse(point.easting, point.northing)?;
        LonLat::new(lon, lat).ok()
    }

    fn definition(&self) -> &str {
        &self.definition
    }
}

impl fmt::Debug for ProjString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProjString").field(&self.definition).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forward_and_back() {
        let proj = ProjString::equal_area_at(LonLat::wrap(130.637, 42.418)).unwrap();
        let mouth = LonLat::wrap(130.70, 42.29);
        let back = proj.inverse(proj.forward(mouth).unwrap()).unwrap();
        assert!((back.lon() - mouth.lon()).abs() < 1e-8);
        assert!((back.lat() - mouth.lat()).abs() < 1e-8);
    }

    #[test]
    fn nonsense_is_refused_with_a_hint() {
        let error = ProjString::new("+proj=nonsense").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Projection);
        assert!(error.hint().is_some());
        assert!(ProjString::new("+proj=longlat +datum=WGS84").is_err());
    }
}
