//! How well lengths are known, when edges are known to a metre.

use super::Geodesic;
use super::ecef::SMALLEST_RADIUS;
use super::seam::real_edges;
use crate::geometry::{EdgeModel, LonLat, Shape};
use crate::unit::Length;

impl Geodesic {
    /// How far the [length](Self::length) of a line, or the [perimeter](Self::perimeter) of an
    /// area, can be off because the geodesics between its positions are measured: zero where its
    /// edges are geodesics.
    ///
    /// A flat arc that leaves its chord of length l by s is 8 s² / 3 l longer. The lon/lat line
    /// leaves the geodesic by l² tan φ / 8 R, on a sphere and but for terms of the fourth order, and by
    /// no more than [`Shape::EDGE_TOLERANCE`]; twice the sum over all edges is told.
    pub fn length_error(shape: &Shape) -> Length {
        const SAFETY: f64 = 2.0;
        if shape.dimension() == 0 || shape.edge_model() == EdgeModel::Geodesic {
            return Length::ZERO;
        }
        let error = |(from, to): (geo_types::Coord, geo_types::Coord)| {
            let metres = Self::distance(LonLat::wrap(from.x, from.y), LonLat::wrap(to.x, to.y));
            let metres = metres.to_m();
            let slope = from.y.abs().max(to.y.abs()).to_radians().tan();
            let aside = metres * metres * slope / (8.0 * SMALLEST_RADIUS);
            let aside = aside.min(Shape::EDGE_TOLERANCE.to_m());
            if metres > 0.0 { 8.0 * aside * aside / (3.0 * metres) } else { 0.0 }
        };
        Length::m(SAFETY * real_edges(shape).into_iter().map(error).sum::<f64>())
    }
}
