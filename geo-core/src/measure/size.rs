//! Lengths, perimeters and areas of shapes.

use super::Geodesic;
use super::seam::real_edges;
use super::under::{under_geodesic, under_straight};
use crate::geometry::{EdgeModel, LonLat, Shape};
use crate::unit::{Area, Length};

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
