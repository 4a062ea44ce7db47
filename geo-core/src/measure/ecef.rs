//! Earth-centred coordinates in metres, where straight lines bound distances on the ground.
//!
//! Between two points on the ellipsoid a straight line of length c belongs to a geodesic of length
//! s with 2 R asin(c / 2R) ≤ s for R = [`LARGEST_RADIUS`] and, while c stays below a few thousand
//! kilometres, s ≤ 2 R asin(c / 2R) for R = [`SMALLEST_RADIUS`]. Proof: the squared chord f(s) has
//! f″ = 2 − 2κh, with κ the curvature of the geodesic and h the depth of its start below the
//! tangent plane at s. By Blaschke's rolling theorem (W. Blaschke, Kreis und Kugel, 1916, § 24) the
//! ellipsoid rolls freely in a ball of its largest radius of curvature R, so h ≥ f / 2R; with
//! κ ≥ 1/R, f″ + f / R² ≤ 2, and Sturm's comparison gives f ≤ (2R sin(s / 2R))². The other bound
//! mirrors it.

use std::f64::consts::FRAC_PI_2;

use geo_types::Coord;

use crate::geometry::Bbox;

/// Position in metres: through (0° E, 0° N), through (90° E, 0° N), through the north pole.
pub(crate) type Ecef = [f64; 3];

/// Smallest radius of curvature of WGS 84, a (1 − e²): that of the meridian at the equator, metres
/// (rounded down).
pub(crate) const SMALLEST_RADIUS: f64 = 6_335_439.0;

/// Largest radius of curvature of WGS 84, a² / b: that at the poles, metres (rounded up).
pub(crate) const LARGEST_RADIUS: f64 = 6_399_594.0;

pub(crate) const SEMI_MAJOR: f64 = 6_378_137.0;
const SEMI_MINOR: f64 = 6_356_752.314_245_179;
pub(crate) const ECCENTRICITY_SQUARED: f64 = 6.694_379_990_141_317e-3;

/// Where the axes leave the ellipsoid: the only places at which a coordinate can be extreme inside
/// an area. As degrees, longitude first, and earth-centred.
pub(crate) const AXIS_POINTS: [(Coord, Ecef); 6] = [
    (Coord { x: 0.0, y: 0.0 }, [SEMI_MAJOR, 0.0, 0.0]),
    (Coord { x: 90.0, y: 0.0 }, [0.0, SEMI_MAJOR, 0.0]),
    (Coord { x: 180.0, y: 0.0 }, [-SEMI_MAJOR, 0.0, 0.0]),
    (Coord { x: -90.0, y: 0.0 }, [0.0, -SEMI_MAJOR, 0.0]),
    (Coord { x: 0.0, y: 90.0 }, [0.0, 0.0, SEMI_MINOR]),
    (Coord { x: 0.0, y: -90.0 }, [0.0, 0.0, -SEMI_MINOR]),
];

/// The earth-centred position of degrees on WGS 84.
pub(crate) fn to_ecef(position: Coord) -> Ecef {
    let (sin_lat, cos_lat) = position.y.to_radians().sin_cos();
    let (sin_lon, cos_lon) = position.x.to_radians().sin_cos();
    let normal = SEMI_MAJOR / (1.0 - ECCENTRICITY_SQUARED * sin_lat * sin_lat).sqrt();
    [
        normal * cos_lat * cos_lon,
        normal * cos_lat * sin_lon,
        normal * (1.0 - ECCENTRICITY_SQUARED) * sin_lat,
    ]
}

/// Up to this straight distance, metres, the ground has an upper bound.
const FAR: f64 = 5e6;

/// The least distance on the ground, metres, at which two points can be `chord` metres apart.
pub(crate) fn ground_at_least(chord: f64) -> f64 {
    // The rounding of a chord is some nanometres; a point must never be pruned by it.
    let chord = (chord - 1e-7).max(0.0);
    2.0 * LARGEST_RADIUS * (chord / (2.0 * LARGEST_RADIUS)).min(1.0).asin()
}

/// A distance on the ground, metres, that two points `chord` metres apart cannot exceed.
pub(crate) fn ground_at_most(chord: f64) -> f64 {
    if chord > FAR {
        return f64::INFINITY;
    }
    2.0 * SMALLEST_RADIUS * ((chord + 1e-7) / (2.0 * SMALLEST_RADIUS)).asin()
}

/// The greatest straight distance at which two points at most `ground` metres apart on the ground can
/// be: the other way round from [`ground_at_least`].
pub(crate) fn chord_at_most(ground: f64) -> f64 {
    let angle = (ground / (2.0 * LARGEST_RADIUS)).clamp(0.0, FRAC_PI_2);
    2.0 * LARGEST_RADIUS * angle.sin() + 1e-6
}

/// A straight distance up to which two points are surely at most `ground` metres apart on the ground:
/// the other way round from [`ground_at_most`]. It may be negative: none is.
pub(crate) fn chord_surely_within(ground: f64) -> f64 {
    let angle = (ground / (2.0 * SMALLEST_RADIUS)).clamp(0.0, FRAC_PI_2);
    (2.0 * SMALLEST_RADIUS * angle.sin()).min(FAR) - 1e-6
}

/// How far a geodesic whose ends are `chord` metres apart (at most some tens of kilometres) can
/// leave its chord: s² / 8R for a curve of curvature at most 1/R.
pub(crate) fn bulge(chord: f64) -> f64 {
    chord * chord * 1.0001 / (8.0 * SMALLEST_RADIUS)
}

pub(crate) fn minus(a: Ecef, b: Ecef) -> Ecef {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

pub(crate) fn dot(a: Ecef, b: Ecef) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Straight distance between two points, metres.
pub(crate) fn chord(a: Ecef, b: Ecef) -> f64 {
    let d = minus(a, b);
    dot(d, d).sqrt()
}

fn along(from: Ecef, to: Ecef, t: f64) -> Ecef {
    std::array::from_fn(|i| from[i] + t * (to[i] - from[i]))
}

/// Where on the straight segment `a`–`b` the point nearest to `p` lies, 0 at `a` and 1 at `b`.
pub(crate) fn foot(p: Ecef, a: Ecef, b: Ecef) -> f64 {
    let d = minus(b, a);
    let squared = dot(d, d);
    if squared == 0.0 { 0.0 } else { (dot(minus(p, a), d) / squared).clamp(0.0, 1.0) }
}

/// Straight distance between two straight segments, metres.
///
/// C. Ericson, Real-Time Collision Detection (2005), section 5.1.9.
pub(crate) fn segment_chord(a: (Ecef, Ecef), b: (Ecef, Ecef)) -> f64 {
    let (d1, d2, r) = (minus(a.1, a.0), minus(b.1, b.0), minus(a.0, b.0));
    let (long1, long2, across) = (dot(d1, d1), dot(d2, d2), dot(d1, d2));
    let determinant = long1 * long2 - across * across;
    let s = if determinant > 0.0 {
        ((across * dot(d2, r) - dot(d1, r) * long2) / determinant).clamp(0.0, 1.0)
    } else {
        0.0
    };
    // Nearest on b to that point of a, then nearest on a to that point of b.
    let on_b = along(b.0, b.1, foot(along(a.0, a.1, s), b.0, b.1));
    let on_a = along(a.0, a.1, foot(on_b, a.0, a.1));
    chord(on_a, on_b)
}

/// A box along the earth-centred axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct EcefBox {
    pub(crate) low: Ecef,
    pub(crate) high: Ecef,
}

impl EcefBox {
    /// The box that holds nothing.
    pub(crate) const EMPTY: Self = Self { low: [f64::INFINITY; 3], high: [f64::NEG_INFINITY; 3] };

    /// The box around a straight segment, `pad` metres wider on each side.
    pub(crate) fn around(a: Ecef, b: Ecef, pad: f64) -> Self {
        Self {
            low: std::array::from_fn(|i| a[i].min(b[i]) - pad),
            high: std::array::from_fn(|i| a[i].max(b[i]) + pad),
        }
    }

    /// A box around all of the ellipsoid that lies in a box of longitudes and latitudes.
    pub(crate) fn around_lonlat(bbox: &Bbox) -> Self {
        let (low, high) = (bbox.south.to_radians(), bbox.north.to_radians());
        // The distance from the axis is largest at the latitude nearest to the equator.
        let widest = if low > 0.0 { low } else { high.min(0.0) };
        let axis = |lat: f64| {
            let at = to_ecef(Coord { x: 0.0, y: lat.to_degrees() });
            (at[0].max(0.0), at[2])
        };
        let (most, least) = (axis(widest).0, axis(low).0.min(axis(high).0));
        let turns = |middle: f64| {
            (bbox.west..=bbox.west + bbox.width_degrees())
                .contains(&(middle + 360.0 * ((bbox.west - middle) / 360.0).ceil()))
        };
        // The range of the cosine of the longitude less `zero`, then of a coordinate.
        let range = |zero: f64| {
            let ends = [bbox.west, bbox.east].map(|lon| (lon - zero).to_radians().cos());
            let high = if turns(zero) { 1.0 } else { ends[0].max(ends[1]) };
            let low = if turns(zero + 180.0) { -1.0 } else { ends[0].min(ends[1]) };
            let reach = |cosine: f64, outwards: bool| {
                cosine * if (cosine > 0.0) == outwards { most } else { least }
            };
            (reach(low, false), reach(high, true))
        };
        let (x, y) = (range(0.0), range(90.0));
        // Rounding of the cosines is some nanometres.
        Self { low: [x.0, y.0, axis(low).1], high: [x.1, y.1, axis(high).1] }.padded(1e-6)
    }

    pub(crate) fn merge(self, other: Self) -> Self {
        Self {
            low: std::array::from_fn(|i| self.low[i].min(other.low[i])),
            high: std::array::from_fn(|i| self.high[i].max(other.high[i])),
        }
    }

    /// The box, `pad` metres wider on each side.
    pub(crate) fn padded(self, pad: f64) -> Self {
        Self { low: self.low.map(|v| v - pad), high: self.high.map(|v| v + pad) }
    }

    /// Straight distance to another box, metres; 0 when they share a point.
    pub(crate) fn chord(&self, other: &Self) -> f64 {
        let gap: Ecef = std::array::from_fn(|i| {
            (self.low[i] - other.high[i]).max(other.low[i] - self.high[i]).max(0.0)
        });
        dot(gap, gap).sqrt()
    }

    /// The longest side, metres.
    pub(crate) fn longest_side(&self) -> f64 {
        (0..3).map(|i| self.high[i] - self.low[i]).fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::LonLat;
    use crate::measure::Geodesic;

    #[test]
    fn chords_bound_the_ground() {
        let mut seed = 1_u64;
        let mut random = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        for round in 0..20_000 {
            let from = LonLat::wrap(random() * 360.0 - 180.0, random() * 180.0 - 90.0);
            let far = 10_f64.powf(random() * 7.3);
            let bearing = crate::unit::Angle::degrees(random() * 360.0);
            let to = Geodesic::destination(from, bearing, crate::unit::Length::m(far));
            let ground = Geodesic::distance(from, to).to_m();
            let chord = chord(to_ecef(from.into()), to_ecef(to.into()));
            assert!(ground_at_least(chord) <= ground, "{round} {from} {to}");
            assert!(ground <= ground_at_most(chord) + 1e-6, "{round} {from} {to}");
        }
    }

    /// The oracle is a grid of positions over each box.
    #[test]
    fn boxes_of_longitudes_and_latitudes_hold_what_lies_in_them() {
        let boxes = [
            (130.0, 42.0, 131.0, 43.0),
            (-180.0, -90.0, 180.0, 90.0),
            (170.0, -10.0, -170.0, 20.0),
            (-100.0, 60.0, 100.0, 90.0),
            (80.0, -40.0, 200.0 - 360.0, -20.0),
            (-1.0, -1.0, 1.0, 1.0),
        ];
        for (west, south, east, north) in boxes {
            let bbox = Bbox { west, south, east, north };
            let bounds = EcefBox::around_lonlat(&bbox);
            let mut tight = EcefBox::EMPTY;
            for i in 0..=60 {
                for j in 0..=60 {
                    let x = west + bbox.width_degrees() * f64::from(i) / 60.0;
                    let y = south + (north - south) * f64::from(j) / 60.0;
                    let at = to_ecef(Coord { x, y });
                    tight = tight.merge(EcefBox::around(at, at, 0.0));
                }
            }
            for i in 0..3 {
                assert!(bounds.low[i] <= tight.low[i] && tight.high[i] <= bounds.high[i]);
                assert!(
                    bounds.high[i] - bounds.low[i] < 1.05 * (tight.high[i] - tight.low[i]) + 1.0
                );
            }
        }
    }

    /// Expected: GeographicLib, `CartConvert` arithmetic done by hand at the axis points.
    #[test]
    fn axis_points_are_where_they_should_be() {
        for (degrees, expected) in AXIS_POINTS {
            assert!(chord(to_ecef(degrees), expected) < 1e-8, "{degrees:?}");
        }
    }
}
