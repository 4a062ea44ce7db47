//! The orthographic projection, carried on beyond the edge of the visible half of the earth, so that
//! what lies across the edge can be clipped on the page.

use std::f64::consts::FRAC_PI_2;

use tumen_geo_core::LonLat;
use tumen_geo_core::projection::{PlanePoint, Projection};

/// Mean radius of the earth, m.
const RADIUS: f64 = 6_371_008.771_4;

/// A projection whose far side lies round its near one, the point opposite the middle farthest out.
pub(super) struct BeyondLimb {
    near: Box<dyn Projection>,
    lon_0: f64,
    sin_lat_0: f64,
    cos_lat_0: f64,
}

impl BeyondLimb {
    /// The near side is that of `near`, an orthographic projection with its middle at `middle`.
    pub(super) fn new(near: Box<dyn Projection>, middle: LonLat) -> Self {
        let (sin_lat_0, cos_lat_0) = middle.lat().to_radians().sin_cos();
        Self { near, lon_0: middle.lon(), sin_lat_0, cos_lat_0 }
    }
}

impl Projection for BeyondLimb {
    fn forward(&self, position: LonLat) -> Option<PlanePoint> {
        let (sin_lat, cos_lat) = position.lat().to_radians().sin_cos();
        let (sin_lon, cos_lon) = (position.lon() - self.lon_0).to_radians().sin_cos();
        let toward = self.sin_lat_0 * sin_lat + self.cos_lat_0 * cos_lat * cos_lon;
        if toward > 1e-9 {
            return self.near.forward(position);
        }
        let x = cos_lat * sin_lon;
        let y = self.cos_lat_0 * sin_lat - self.sin_lat_0 * cos_lat * cos_lon;
        let across = x.hypot(y);
        if across < 1e-9 {
            return None;
        }
        let out = RADIUS * (1.0 + across.atan2(toward) - FRAC_PI_2) / across;
        Some(PlanePoint { easting: x * out, northing: y * out })
    }

    fn inverse(&self, point: PlanePoint) -> Option<LonLat> {
        self.near.inverse(point)
    }

    fn definition(&self) -> &str {
        self.near.definition()
    }
}

#[cfg(test)]
mod tests {
    use tumen_geo_core::projection::ProjString;

    use super::*;

    #[test]
    fn the_far_side_lies_beyond_the_edge() {
        let near = "+proj=ortho +lat_0=40 +lon_0=130 +R=6371008.7714 +units=m +no_defs";
        let near = Box::new(ProjString::new(near).unwrap());
        let all = BeyondLimb::new(near, LonLat::wrap(130.0, 40.0));
        let out = |lon: f64, lat: f64| {
            let p = all.forward(LonLat::wrap(lon, lat)).unwrap();
            p.easting.hypot(p.northing) / RADIUS
        };
        // 90° from the middle along its parallel circle on the equator.
        assert!((out(40.0, 0.0) - 1.0).abs() < 1e-6);
        assert!(out(45.0, 0.0) < 1.0 && out(35.0, 0.0) > 1.0 && out(-40.0, -40.0) > 2.0);
        assert!(all.forward(LonLat::wrap(-50.0, -40.0)).is_none());
    }
}
