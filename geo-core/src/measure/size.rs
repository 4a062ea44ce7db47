//! Lengths, perimeters and areas of shapes.

use geo_types::Coord;
use geographiclib_rs::InverseGeodesic;

use super::Geodesic;
use super::seam::real_edges;
use crate::geometry::{EdgeModel, LonLat, Shape};
use crate::unit::{Area, Length};

/// Area of WGS 84 in square metres, as GeographicLib has it (`Geodesic::WGS84().EllipsoidArea()`).
const EARTH_AREA: f64 = 510_065_621_724_088.44;

impl Geodesic {
    /// The most by which an [`area`](Self::area) is off.
    pub const AREA_ERROR: Area = Area::m2(0.25);

    /// The length of the lines of a shape; zero for points and areas. About 1 µs for each edge.
    ///
    /// ```
    /// use geo_types::line_string;
    /// use tumen_geo_core::{EdgeModel, Shape, measure::Geodesic};
    /// // Rajin to Chongjin.
    /// let line = line_string![(x: 130.2980, y: 42.2494), (x: 129.7757, y: 41.7956)];
    /// let line = Shape::new(line.into(), EdgeModel::Geodesic)?;
    /// assert!((Geodesic::length(&line).to_m() - 66_421.979).abs() < 1e-3);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn length(shape: &Shape) -> Length {
        if shape.dimension() == 1 { edge_sum(shape) } else { Length::ZERO }
    }

    /// The length of the boundary of an area, holes included; zero for points and lines. The
    /// meridians along which rings are closed over a pole, or cut at ±180°, do not count. About
    /// 1 µs for each edge.
    pub fn perimeter(shape: &Shape) -> Length {
        if shape.dimension() == 2 { edge_sum(shape) } else { Length::ZERO }
    }

    /// The area of a shape on the ellipsoid: exteriors less holes, rings over a pole included;
    /// zero for points and lines. Each edge is what its [model](Shape::edge_model) says: about 2 µs
    /// for a geodesic one, 50 ns for one that is straight in longitude and latitude.
    ///
    /// The areas between each edge and the equator are summed: below a geodesic by C. F. F. Karney,
    /// Algorithms for geodesics, J. Geodesy 87 (2013), section 6, below a straight edge by
    /// quadrature of the area below each parallel. The rings of a shape are closed in the lon/lat
    /// plane, so no count of the turns around a pole is needed. Error: below
    /// [`AREA_ERROR`](Self::AREA_ERROR) for rings of any size, at the poles too.
    ///
    /// ```
    /// use geo_types::polygon;
    /// use tumen_geo_core::{EdgeModel, Shape, measure::Geodesic};
    /// // The small Tumen triangle: Rajin, Hunchun, Posyet.
    /// let triangle = polygon![
    ///     (x: 130.2980, y: 42.2494), (x: 130.3660, y: 42.8620), (x: 130.8061, y: 42.6511)];
    /// let triangle = Shape::new(triangle.into(), EdgeModel::Geodesic)?;
    /// assert!((Geodesic::area(&triangle).to_km2() - 1_289.0).abs() < 20.0);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn area(shape: &Shape) -> Area {
        let mut sum = Sum::default();
        let under = match shape.edge_model() {
            EdgeModel::Geodesic => under_geodesic,
            EdgeModel::LonLat => under_straight,
        };
        for ring in
            shape.polygons().iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        {
            for pair in ring.0.windows(2) {
                sum.add(-under(pair[0], pair[1]));
            }
        }
        Area::m2(sum.value().max(0.0))
    }
}

fn edge_sum(shape: &Shape) -> Length {
    let mut sum = Sum::default();
    for (from, to) in real_edges(shape) {
        let (from, to) = (LonLat::wrap(from.x, from.y), LonLat::wrap(to.x, to.y));
        sum.add(Geodesic::distance(from, to).to_m());
    }
    Length::m(sum.value())
}

/// The area between a geodesic edge and the equator, square metres: positive north of the equator
/// for an edge that runs east.
fn under_geodesic(from: Coord, to: Coord) -> f64 {
    let width = to.x - from.x;
    if width == 0.0 {
        0.0
    } else if width < 0.0 {
        -under_geodesic(to, from)
    } else if from.y == to.y && from.y.abs() == 90.0 {
        from.y.signum() * EARTH_AREA / 2.0 * width / 360.0
    } else if width > 180.0 {
        // Only the last halvings of an edge over a pole are as wide, and they are tiny.
        let middle = Coord { x: f64::midpoint(from.x, to.x), y: f64::midpoint(from.y, to.y) };
        under_geodesic(from, middle) + under_geodesic(middle, to)
    } else {
        let (.., area, _): (f64, f64, f64, f64, f64, f64, f64, f64) =
            Geodesic::ellipsoid().inverse(from.y, from.x, to.y, to.x);
        area
    }
}

/// As [`under_geodesic`], for an edge that is straight in longitude and latitude.
///
/// Gauss–Legendre quadrature over its latitudes, exact to rounding: with n nodes the error is a
/// share of h²ⁿ/4320 (n = 2) or h²ⁿ/2016000 (n = 3), h radians of latitude in a piece.
fn under_straight(from: Coord, to: Coord) -> f64 {
    const WIDTH_OF_TWO_NODES: f64 = 0.1;
    const WIDTH_OF_THREE_NODES: f64 = 2.0;
    let width = (to.x - from.x).to_radians();
    let height = to.y - from.y;
    let middle = f64::midpoint(from.y, to.y);
    if width == 0.0 {
        0.0
    } else if height.abs() <= WIDTH_OF_TWO_NODES {
        let off = height / (2.0 * 3_f64.sqrt());
        width * 0.5 * (below_parallel(middle - off) + below_parallel(middle + off))
    } else {
        let pieces = (height.abs() / WIDTH_OF_THREE_NODES).ceil();
        let off = 0.6_f64.sqrt() * height / (2.0 * pieces);
        let sum = (0..pieces as u32).map(|piece| {
            let middle = from.y + height * (f64::from(piece) + 0.5) / pieces;
            let sides = below_parallel(middle - off) + below_parallel(middle + off);
            (5.0 * sides + 8.0 * below_parallel(middle)) / 18.0
        });
        width * sum.sum::<f64>() / pieces
    }
}

/// The area between a parallel and the equator for each radian of longitude, square metres.
///
/// J. P. Snyder, Map projections: a working manual (1987), equation 3-12, with its logarithm as the
/// series of the inverse hyperbolic tangent.
fn below_parallel(lat: f64) -> f64 {
    const A: f64 = 6_378_137.0;
    const F: f64 = 1.0 / 298.257_223_563;
    const E2: f64 = F * (2.0 - F);
    let sine = lat.to_radians().sin();
    let z = E2 * sine * sine;
    // The next term is below 1e-17.
    let arctanh = (1..=7).rev().fold(0.0, |sum, n| z * (sum + 1.0 / f64::from(2 * n + 1)));
    0.5 * A * A * (1.0 - E2) * sine * (1.0 / (1.0 - z) + 1.0 + arctanh)
}

/// A sum that keeps what rounding drops: A. Neumaier, Z. Angew. Math. Mech. 54 (1974) 39–51.
#[derive(Default)]
struct Sum {
    sum: f64,
    dropped: f64,
}

impl Sum {
    fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        self.dropped += if self.sum.abs() >= value.abs() {
            (self.sum - sum) + value
        } else {
            (value - sum) + self.sum
        };
        self.sum = sum;
    }

    fn value(&self) -> f64 {
        self.sum + self.dropped
    }
}
