//! The short cuts: a plane in the place of the ellipsoid, or a sphere.

use geo_types::Polygon;
use tumen::geo_core::measure::Haversine;
use tumen::geo_core::projection::{PlanePoint, ProjString, Projection};
use tumen::geo_core::{Area, LonLat, Shape};
use tumen::{Error, Result};

/// A degree of the equator of WGS 84, which has 6378.137 km for a radius, in metres.
pub const METRES_PER_DEGREE: f64 = 6_378_137.0 * std::f64::consts::PI / 180.0;

/// Positions as metres of a plane.
pub enum Plane {
    /// Degrees, each taken for so many metres in longitude and in latitude.
    Degrees([f64; 2]),
    /// A map projection.
    Projected(Box<ProjString>),
}

impl Plane {
    /// A degree is a degree.
    pub fn square() -> Self {
        Self::Degrees([METRES_PER_DEGREE; 2])
    }

    /// Degrees of longitude shrunk to what they are at a latitude.
    pub fn narrowed(latitude: f64) -> Self {
        Self::Degrees([METRES_PER_DEGREE * latitude.to_radians().cos(), METRES_PER_DEGREE])
    }

    /// The plane of a coordinate system.
    pub fn coded(code: &str) -> Result<Self> {
        Ok(Self::Projected(Box::new(ProjString::coded(code)?)))
    }

    /// Where a position lies in the plane.
    pub fn forward(&self, position: LonLat) -> Result<[f64; 2]> {
        match self {
            Self::Degrees([x, y]) => Ok([position.lon() * x, position.lat() * y]),
            Self::Projected(projection) => {
                let point = projection.forward(position).ok_or_else(off_the_plane)?;
                Ok([point.easting, point.northing])
            }
        }
    }

    /// The position at a point of the plane.
    pub fn inverse(&self, [x, y]: [f64; 2]) -> Result<LonLat> {
        match self {
            Self::Degrees(metres) => Ok(LonLat::new(x / metres[0], y / metres[1])?),
            Self::Projected(projection) => {
                let point = PlanePoint { easting: x, northing: y };
                projection.inverse(point).ok_or_else(off_the_plane)
            }
        }
    }

    /// The area of a ring as the plane has it, by the surveyor's formula.
    pub fn area(&self, ring: &[LonLat]) -> Result<Area> {
        let corners: Result<Vec<[f64; 2]>> = ring.iter().map(|at| self.forward(*at)).collect();
        let corners = corners?;
        let start = corners.first().copied().unwrap_or_default();
        let twice: f64 = edges(&corners)
            .map(|(a, b)| {
                (a[0] - start[0]) * (b[1] - start[1]) - (b[0] - start[0]) * (a[1] - start[1])
            })
            .sum();
        Ok(Area::m2(twice.abs() / 2.0))
    }
}

fn off_the_plane() -> Error {
    Error::failure("a position lies off the plane")
}

/// How far apart two positions are when degrees are lengths.
pub fn degrees_apart(a: LonLat, b: LonLat) -> f64 {
    (a.lon() - b.lon()).hypot(a.lat() - b.lat())
}

/// The area of a ring of great circles on the sphere of the mean radius: the sum of the spherical
/// excesses between the equator and each edge (I. Todhunter, Spherical Trigonometry, 1886, §103).
pub fn area_on_sphere(ring: &[LonLat]) -> Area {
    let excess: f64 = edges(ring)
        .map(|(a, b)| {
            let half = |degrees: f64| (degrees.to_radians() / 2.0).tan();
            let (south, north) = (half(a.lat()), half(b.lat()));
            2.0 * (half(b.lon() - a.lon()) * (south + north)).atan2(1.0 + south * north)
        })
        .sum();
    Area::m2(excess.abs() * Haversine::RADIUS.to_m().powi(2))
}

/// The rings of an area with their signs: exteriors count, holes count against it.
pub fn rings(shape: &Shape) -> Vec<(f64, Vec<LonLat>)> {
    let ring =
        |line: &geo_types::LineString| line.0.iter().map(|c| LonLat::wrap(c.x, c.y)).collect();
    let of = |area: &Polygon| {
        let holes = area.interiors().iter().map(|hole| (-1.0, ring(hole)));
        std::iter::once((1.0, ring(area.exterior()))).chain(holes).collect::<Vec<_>>()
    };
    shape.polygons().iter().flat_map(of).collect()
}

/// The edges of a ring, the last one back to its start.
fn edges<T: Copy>(ring: &[T]) -> impl Iterator<Item = (T, T)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}
