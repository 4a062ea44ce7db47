//! Distances on a sphere, for cross-checks.

use crate::geometry::LonLat;
use crate::unit::Length;

/// The metric of a sphere of 6371.0088 km, the mean radius of WGS 84: within 0.6 % of
/// [`Geodesic`](super::Geodesic) everywhere, and simple enough to check by hand. Not for answers.
///
/// ```
/// use tumen_geo_core::{LonLat, measure::{Geodesic, Haversine}};
/// let rajin = LonLat::new(130.2980, 42.2494)?;
/// let posyet = LonLat::new(130.8061, 42.6511)?;
/// let (round, flat) = (Haversine::distance(rajin, posyet), Geodesic::distance(rajin, posyet));
/// assert!((round / flat - 1.0).abs() < 0.006);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Haversine;

impl Haversine {
    /// Mean radius (2a + b) / 3 of WGS 84.
    pub const RADIUS: Length = Length::m(6_371_008.8);

    /// The great-circle distance. About 50 ns.
    pub fn distance(from: LonLat, to: LonLat) -> Length {
        let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
        let (lat_from, lat_to) = (from.lat().to_radians(), to.lat().to_radians());
        let haversine = half(to.lat() - from.lat())
            + lat_from.cos() * lat_to.cos() * half(to.lon() - from.lon());
        Self::RADIUS * (2.0 * haversine.min(1.0).sqrt().asin())
    }
}
