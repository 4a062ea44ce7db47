//! How two shapes lie to each other.

use std::fmt;

use geo::MapCoords;
use geo::Relate;
use geo::coordinate_position::CoordPos;
use geo::dimensions::Dimensions;
use geo::relate::IntersectionMatrix;
use geo_types::{Coord, Geometry};

use super::plane::common_plane;
use crate::geometry::Shape;

/// The relation of a first shape to a second one, after the Dimensionally Extended 9-Intersection
/// Model (OGC 06-103r4, section 6.1.15).
///
/// Boundary rule: an area has its rings for a boundary, a line its ends (the OGC mod-2 rule), a
/// point none. Shapes are closed: the boundary belongs to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// No point in common.
    Disjoint,
    /// Points in common, but none that is inside both.
    Touches,
    /// Lines, or a line and another shape, that pass through each other.
    Crosses,
    /// Each has a part that the other lacks, and they share one of their own dimension.
    Overlaps,
    /// The first has every point of the second, and more.
    Covers,
    /// The second has every point of the first, and more.
    CoveredBy,
    /// The same points.
    Equals,
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Disjoint => "disjoint",
            Self::Touches => "touches",
            Self::Crosses => "crosses",
            Self::Overlaps => "overlaps",
            Self::Covers => "covers",
            Self::CoveredBy => "covered by",
            Self::Equals => "equals",
        })
    }
}

impl Relation {
    /// The relation seen from the second shape.
    pub fn reversed(self) -> Self {
        match self {
            Self::Covers => Self::CoveredBy,
            Self::CoveredBy => Self::Covers,
            Self::Disjoint | Self::Touches | Self::Crosses | Self::Overlaps | Self::Equals => self,
        }
    }
}

/// The relation of `a` to `b`. Positions less than about 0.1 mm apart are the same.
///
/// Cost: n log n for n positions; some milliseconds for 10 000.
///
/// ```
/// use geo_types::polygon;
/// use tumen_geo_core::{EdgeModel, LonLat, Shape, predicate::{Relation, relate}};
/// let triangle = polygon![
///     (x: 130.2980, y: 42.2494), (x: 130.3660, y: 42.8620), (x: 130.8061, y: 42.6511)];
/// let triangle = Shape::new(triangle.into(), EdgeModel::Geodesic)?;
/// let quanhe = Shape::point(LonLat::new(130.51, 42.58)?);
/// assert_eq!(relate(&triangle, &quanhe), Relation::Covers);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn relate(a: &Shape, b: &Shape) -> Relation {
    let matrix = matrix(a, b);
    if matrix.is_disjoint() {
        Relation::Disjoint
    } else if matrix.is_equal_topo() {
        Relation::Equals
    } else if matrix.is_covers() {
        Relation::Covers
    } else if matrix.is_coveredby() {
        Relation::CoveredBy
    } else if matrix.is_touches() {
        Relation::Touches
    } else if matrix.is_crosses() {
        Relation::Crosses
    } else {
        Relation::Overlaps
    }
}

/// The matrix itself: the dimensions (`F`, `0`, `1`, `2`) that inside, boundary and outside of
/// `a` share with those of `b`, row by row, such as `212101212`.
///
/// A shape that goes around a pole, or all around the earth, may be cut along a meridian, and that
/// cut then counts as boundary.
pub fn relate_matrix(a: &Shape, b: &Shape) -> String {
    let matrix = matrix(a, b);
    let sides = [CoordPos::Inside, CoordPos::OnBoundary, CoordPos::Outside];
    sides
        .iter()
        .flat_map(|&of_a| sides.iter().map(move |&of_b| (of_a, of_b)))
        .map(|(of_a, of_b)| match matrix.get(of_a, of_b) {
            Dimensions::Empty => 'F',
            Dimensions::ZeroDimensional => '0',
            Dimensions::OneDimensional => '1',
            Dimensions::TwoDimensional => '2',
        })
        .collect()
}

fn matrix(a: &Shape, b: &Shape) -> IntersectionMatrix {
    let (a, b) = common_plane(a, b);
    on_grid(&a).relate(&on_grid(&b))
}

/// Positions on a grid of 1e-9 degrees, 0.1 mm: the same geodesic densified from either end, or
/// the same border a turn away, differs by less.
fn on_grid(geometry: &Geometry) -> Geometry {
    let round = |v: f64| (v * 1e9).round() / 1e9;
    geometry.map_coords(|c| Coord { x: round(c.x), y: round(c.y) })
}
