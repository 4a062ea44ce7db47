//! A PROJ string opened for computing.

use proj4rs::Proj;
use proj4rs::transform::transform;

/// A PROJ string as `proj4rs` has understood it, beside WGS 84.
pub(super) struct Opened {
    system: Proj,
    lonlat: Proj,
}

impl Opened {
    /// # Errors
    /// What `proj4rs` says of a string that it does not understand.
    pub(super) fn new(definition: &str) -> Result<Self, String> {
        let open = |text: &str| Proj::from_proj_string(text).map_err(|error| error.to_string());
        // The grid that shifts nothing costs the way over the earth's centre.
        let system = open(&definition.replace("+nadgrids=@null", ""))?;
        Ok(Self { system, lonlat: open("+proj=longlat +datum=WGS84 +no_defs")? })
    }

    pub(super) fn is_geographic(&self) -> bool {
        self.system.is_latlong()
    }

    pub(super) fn is_geocentric(&self) -> bool {
        self.system.is_geocent()
    }

    /// From degrees on WGS 84 to the units of the system; `None` where it is not defined.
    pub(super) fn forward(&self, lon: f64, lat: f64) -> Option<(f64, f64)> {
        let mut point = (lon.to_radians(), lat.to_radians(), 0.0);
        transform(&self.lonlat, &self.system, &mut point).ok()?;
        (point.0.is_finite() && point.1.is_finite()).then_some((point.0, point.1))
    }

    /// From the units of the system, degrees of a geographic one, to degrees on WGS 84; `None` where
    /// it is not defined.
    pub(super) fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let mut point =
            if self.is_geographic() { (x.to_radians(), y.to_radians(), 0.0) } else { (x, y, 0.0) };
        transform(&self.system, &self.lonlat, &mut point).ok()?;
        let (lon, lat) = (point.0.to_degrees(), point.1.to_degrees());
        (lon.is_finite() && lat.is_finite()).then_some((lon, lat))
    }
}
