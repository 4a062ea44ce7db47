//! The middle of a shape.

use geo_types::Coord;

use super::Geodesic;
use super::ecef::{Ecef, dot, minus, to_ecef};
use super::seam::real_edges;
use crate::geometry::{LonLat, Shape};

/// Longer edges are cut: an arc of an ellipse is measured as one of a circle.
const LONGEST_EDGE: f64 = 5_000.0;

/// Of what has no middle, rounding and the tolerance of edges leave less than this share.
const NOTHING: f64 = 1e-6;

impl Geodesic {
    /// The centroid of a shape: where the plumb line points the way in which, on average over its
    /// points, lines or ground, plumb lines point. It needs no projection, and may lie outside the
    /// shape. `None` where no way is the middle one, as for a belt around the earth.
    ///
    /// The sum of the normals over an area is half the integral of r × dr along its boundary, after
    /// Stokes, for whatever surface it lies on. Error: a metre, for edges read as geodesics. Cost:
    /// some 0.1 µs for each edge, 1 µs for one longer than 5 km.
    ///
    /// ```
    /// use geo_types::polygon;
    /// use tumen_geo_core::{EdgeModel, LonLat, Shape, measure::Geodesic};
    /// // The small Tumen triangle: Rajin, Hunchun, Posyet.
    /// let triangle = polygon![
    ///     (x: 130.2980, y: 42.2494), (x: 130.3660, y: 42.8620), (x: 130.8061, y: 42.6511)];
    /// let triangle = Shape::new(triangle.into(), EdgeModel::Geodesic)?;
    /// let middle = Geodesic::centroid(&triangle).unwrap();
    /// // Some 30 m from the mean of the corners.
    /// assert!(Geodesic::distance(middle, LonLat::new(130.489_762, 42.587_725)?).to_m() < 1.0);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn centroid(shape: &Shape) -> Option<LonLat> {
        let (sum, whole) = match shape.dimension() {
            0 => {
                let normals = shape.points().iter().map(|point| normal(point.0));
                normals.fold(([0.0; 3], 0.0), |(sum, count), way| (plus(sum, way), count + 1.0))
            }
            1 => mean_of_lines(shape),
            _ => (sum_over_area(shape), Self::area(shape).to_m2()),
        };
        let length = dot(sum, sum).sqrt();
        let lat = (sum[2] / length).clamp(-1.0, 1.0).asin().to_degrees();
        let at = LonLat::wrap(sum[1].atan2(sum[0]).to_degrees(), lat);
        (length > whole * NOTHING).then_some(at)
    }
}

/// The normals along lines, added up by the length, and the length, metres.
fn mean_of_lines(shape: &Shape) -> (Ecef, f64) {
    let mut sum = [0.0; 3];
    let mut length = 0.0;
    for [from, to] in pieces(shape) {
        let (one, two) = (normal(from), normal(to));
        let metres = Geodesic::distance(lonlat(from), lonlat(to)).to_m();
        sum = plus(sum, times(plus(one, two), metres / 2.0));
        length += metres;
    }
    (sum, length)
}

/// The normals over an area, added up by the area, m².
fn sum_over_area(shape: &Shape) -> Ecef {
    let mut sum = [0.0; 3];
    let mut origin = None;
    for [from, to] in pieces(shape) {
        let (from, to) = (to_ecef(from), to_ecef(to));
        let step = minus(to, from);
        // The triangles to one of the corners do not suffer from the distance to the earth's centre.
        let origin = *origin.get_or_insert(from);
        sum = plus(sum, times(cross(minus(from, origin), step), 0.5));
        // Between the straight edge and the arc above it.
        let sector = cross(from, step);
        let (opposite, adjacent) = (dot(sector, sector).sqrt(), dot(from, to));
        let angle = opposite.atan2(adjacent);
        // What an arc has beyond its chord, angle / sin(angle) − 1, for angles below 0.001.
        sum = plus(sum, times(sector, 0.5 * angle * angle / 6.0));
    }
    sum
}

/// The edges on the ground in pieces of at most 5 km, in order.
fn pieces(shape: &Shape) -> impl Iterator<Item = [Coord; 2]> {
    real_edges(shape).into_iter().flat_map(|(from, to)| {
        let chord = minus(to_ecef(from), to_ecef(to));
        let chord = dot(chord, chord).sqrt();
        let mut ends = vec![from];
        if chord > LONGEST_EDGE {
            let (length, bearing, _) = Geodesic::inverse(lonlat(from), lonlat(to));
            let line = Geodesic::line(lonlat(from), bearing);
            let count = (length.to_m() / LONGEST_EDGE).ceil() as u32;
            let part = |piece: u32| length * (f64::from(piece) / f64::from(count));
            ends.extend((1..count).map(|piece| Coord::from(line.at(part(piece)))));
        }
        ends.push(to);
        (1..ends.len()).map(move |end| [ends[end - 1], ends[end]]).collect::<Vec<_>>()
    })
}

fn lonlat(at: Coord) -> LonLat {
    LonLat::wrap(at.x, at.y)
}

/// The unit vector straight up.
fn normal(at: Coord) -> Ecef {
    let (sin_lat, cos_lat) = at.y.to_radians().sin_cos();
    let (sin_lon, cos_lon) = at.x.to_radians().sin_cos();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

fn plus(a: Ecef, b: Ecef) -> Ecef {
    std::array::from_fn(|i| a[i] + b[i])
}

fn times(a: Ecef, factor: f64) -> Ecef {
    a.map(|value| value * factor)
}

fn cross(a: Ecef, b: Ecef) -> Ecef {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
