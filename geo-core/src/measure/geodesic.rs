//! Geodesics of WGS 84 between positions.
//!
//! C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43–55, by `geographiclib-rs`;
//! errors are a few nanometres.

use std::sync::LazyLock;

use geographiclib_rs::{
    DirectGeodesic, Geodesic as Karney, GeodesicLine, InverseGeodesic, geodesic_capability as caps,
};

use super::ecef::to_ecef;
use super::short::ground;
use crate::geometry::LonLat;
use crate::unit::{Angle, Length};

static WGS84: LazyLock<Karney> = LazyLock::new(Karney::wgs84);

/// The metric of the WGS 84 ellipsoid: shortest lines, as a taut thread on the ground.
///
/// ```
/// use tumen_geo_core::{LonLat, measure::Geodesic};
/// let rajin = LonLat::new(130.2980, 42.2494)?;
/// let posyet = LonLat::new(130.8061, 42.6511)?;
/// assert!((Geodesic::distance(rajin, posyet).to_m() - 61_140.566).abs() < 1e-3);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Geodesic;

impl Geodesic {
    /// The shortest distance between two positions, to some nanometres. About 1 µs; a tenth of that
    /// below 40 km.
    pub fn distance(from: LonLat, to: LonLat) -> Length {
        // Degrees; 40 km are less, and farther positions are not worth a look.
        const NEAR: f64 = 0.37;
        if (from.lat() - to.lat()).abs() < NEAR
            && let Some(metres) = ground(to_ecef(from.into()), to_ecef(to.into()))
        {
            return Length::m(metres);
        }
        Length::m(WGS84.inverse(from.lat(), from.lon(), to.lat(), to.lon()))
    }

    /// Distance, bearing at `from`, and bearing at `to` (of the line going on beyond it).
    pub fn inverse(from: LonLat, to: LonLat) -> (Length, Angle, Angle) {
        let (metres, azimuth_from, azimuth_to, _arc): (f64, f64, f64, f64) =
            WGS84.inverse(from.lat(), from.lon(), to.lat(), to.lon());
        (Length::m(metres), Angle::degrees(azimuth_from), Angle::degrees(azimuth_to))
    }

    /// The bearing of `to` seen from `from`, clockwise from true north, in `[-180°, 180°]`.
    pub fn bearing(from: LonLat, to: LonLat) -> Angle {
        Self::inverse(from, to).1
    }

    /// Where one arrives after `distance` along the geodesic that leaves at `bearing`.
    pub fn destination(from: LonLat, bearing: Angle, distance: Length) -> LonLat {
        let (lat, lon): (f64, f64) =
            WGS84.direct(from.lat(), from.lon(), bearing.to_degrees(), distance.to_m());
        LonLat::wrap(lon, lat)
    }

    /// The geodesic that leaves `from` at `bearing`, for many positions along it: each costs a third
    /// of a [`destination`](Self::destination), and is the same.
    pub(crate) fn line(from: LonLat, bearing: Angle) -> Line {
        let (lat, lon, bearing) = (from.lat(), from.lon(), bearing.to_degrees());
        Line(GeodesicLine::new(&WGS84, lat, lon, bearing, Some(Line::CAPABILITIES), None, None))
    }

    /// The position half way between two positions.
    pub fn midpoint(from: LonLat, to: LonLat) -> LonLat {
        let (distance, bearing, _) = Self::inverse(from, to);
        Self::destination(from, bearing, distance * 0.5)
    }

    /// The ellipsoid, for measures that feed it many positions at once.
    pub(crate) fn ellipsoid() -> &'static Karney {
        &WGS84
    }
}

/// A geodesic from its start on.
pub(crate) struct Line(GeodesicLine);

impl Line {
    const CAPABILITIES: u64 = caps::LATITUDE | caps::LONGITUDE | caps::DISTANCE_IN;

    /// Where one arrives after `distance`.
    pub(crate) fn at(&self, distance: Length) -> LonLat {
        let (_, lat, lon, ..) = self.0._gen_position(false, distance.to_m(), Self::CAPABILITIES);
        LonLat::wrap(lon, lat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected: Python `geographiclib` 2, `Geodesic.WGS84.Inverse(42.2494, 130.298, 41.7956, 129.7757)`.
    #[test]
    fn distances_agree_with_geographiclib() {
        let position = |lon, lat| LonLat::new(lon, lat).unwrap();
        let rajin = position(130.2980, 42.2494);
        let chongjin = position(129.7757, 41.7956);
        let (distance, bearing, _) = Geodesic::inverse(rajin, chongjin);
        assert!((distance.to_m() - 66_421.979_060_227_1).abs() < 1e-6, "{distance:?}");
        assert!((bearing.to_degrees() + 139.188_772_040_555_76).abs() < 1e-9, "{bearing:?}");
        let there = Geodesic::destination(rajin, bearing, distance);
        assert!(Geodesic::distance(there, chongjin).to_m() < 1e-6);
        for t in [0.1, 0.5, 0.77] {
            let there = Geodesic::destination(rajin, bearing, distance * t);
            assert_eq!(Geodesic::line(rajin, bearing).at(distance * t), there);
        }
    }
}
