//! Shapes of all kinds, sizes and places.

use geo_types::{
    Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use proptest::prelude::*;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::{Angle, EdgeModel, Length, LonLat, Shape};

/// A shape before it is one.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    pub(crate) geometry: Geometry,
    pub(crate) edges: EdgeModel,
}

impl Drawn {
    pub(crate) fn shape(&self) -> Option<Shape> {
        Shape::new(self.geometry.clone(), self.edges).ok()
    }
}

pub(crate) fn position() -> impl Strategy<Value = LonLat> {
    (-180.0..180.0_f64, -90.0..90.0_f64).prop_map(|(lon, lat)| LonLat::wrap(lon, lat))
}

/// Anywhere, beside ±180°, at a pole, beside one.
pub(crate) fn center() -> impl Strategy<Value = LonLat> {
    let beside_pole = (-180.0..180.0_f64, -6.0..0.5_f64, any::<bool>());
    prop_oneof![
        3 => position(),
        2 => (179.9..180.1_f64, -75.0..75.0_f64).prop_map(|(lon, lat)| LonLat::wrap(lon, lat)),
        1 => beside_pole.prop_map(|(lon, reach, north)| {
            let lat = 90.0 - 10_f64.powf(reach);
            LonLat::wrap(lon, if north { lat } else { -lat })
        }),
        1 => prop_oneof![Just(90.0), Just(-90.0)].prop_map(|lat| LonLat::wrap(0.0, lat)),
    ]
}

/// Metres, from one to `most`, each size as often as twice of it.
pub(crate) fn size(most: f64) -> impl Strategy<Value = f64> {
    (0.0..most.log10()).prop_map(|size| 10_f64.powf(size))
}

pub(crate) fn away(from: LonLat, bearing: f64, metres: f64) -> LonLat {
    Geodesic::destination(from, Angle::degrees(bearing), Length::m(metres))
}

/// A ring about a center: spokes in the order of their bearings, as shares of `size`.
fn star(center: LonLat, size: f64, turn: f64, spokes: &[f64]) -> LineString {
    let step = 360.0 / spokes.len() as f64;
    let corner =
        |(i, spoke): (usize, &f64)| Coord::from(away(center, turn + step * i as f64, spoke * size));
    spokes.iter().enumerate().map(corner).collect()
}

/// A drawing of some size about a center.
pub(crate) fn about(center: LonLat, size: f64) -> impl Strategy<Value = Drawn> {
    let near = (0.0..360.0_f64, 0.0..1.0_f64)
        .prop_map(move |(bearing, share)| Coord::from(away(center, bearing, share * size)));
    let line = prop::collection::vec(near.clone(), 2..6).prop_map(LineString);
    let spokes = || prop::collection::vec(0.5..1.0_f64, 5..12);
    let ring = (0.0..360.0_f64, spokes())
        .prop_map(move |(turn, spokes)| star(center, size, turn, &spokes));
    // From the middle, where the rim is at least 0.4 of the size away, if edges are geodesics.
    let holed = (0.0..360.0_f64, spokes(), spokes(), any::<bool>()).prop_map(
        move |(turn, spokes, inner, aside)| {
            let (middle, share) =
                if aside { (away(center, turn, 0.2 * size), 0.15) } else { (center, 0.35) };
            let hole = star(middle, share * size, 0.0, &inner);
            Polygon::new(star(center, size, turn, &spokes), vec![hole])
        },
    );
    let several = prop::collection::vec(spokes(), 2..4).prop_map(move |rings| {
        let part = |(i, spokes): (usize, &Vec<f64>)| {
            let middle = away(center, 120.0 * i as f64, 0.7 * size);
            Polygon::new(star(middle, 0.25 * size, 0.0, spokes), vec![])
        };
        MultiPolygon(rings.iter().enumerate().map(part).collect())
    });
    let geometry = prop_oneof![
        near.clone().prop_map(|at| Geometry::from(Point(at))),
        prop::collection::vec(near.prop_map(Point), 1..5).prop_map(|all| MultiPoint(all).into()),
        line.clone().prop_map(Geometry::from),
        prop::collection::vec(line, 2..4).prop_map(|all| MultiLineString(all).into()),
        ring.prop_map(|ring| Polygon::new(ring, vec![]).into()),
        holed.prop_map(Geometry::from),
        several.prop_map(Geometry::from),
    ];
    (geometry, any::<bool>()).prop_map(move |(geometry, straight)| {
        let holes = matches!(&geometry, Geometry::Polygon(area) if !area.interiors().is_empty());
        // Holes and parts are apart as geodesics; straight edges may let them cross.
        let apart = holes || matches!(geometry, Geometry::MultiPolygon(_));
        let edges = if straight && !apart { EdgeModel::LonLat } else { EdgeModel::Geodesic };
        Drawn { geometry, edges }
    })
}

/// A drawing anywhere, and what it is about.
pub(crate) fn drawn() -> impl Strategy<Value = (LonLat, f64, Drawn)> {
    (center(), size(9e6)).prop_flat_map(|(center, size)| {
        about(center, size).prop_map(move |drawn| (center, size, drawn))
    })
}

/// Two shapes that may meet: the second some of the size of the first away.
pub(crate) fn pair(most: f64) -> impl Strategy<Value = (Shape, Shape)> {
    (center(), size(most), 0.0..360.0_f64, 0.0..2.5_f64, 0.2..3.0_f64)
        .prop_flat_map(|(center, size, bearing, far, larger)| {
            let other = away(center, bearing, far * size);
            (about(center, size), about(other, (size * larger).min(9e6)))
        })
        .prop_filter_map("no shapes", |(a, b)| Some((a.shape()?, b.shape()?)))
}

/// Shapes about one center, of sizes up to that of the whole.
pub(crate) fn layer(count: usize, most: f64) -> impl Strategy<Value = (LonLat, f64, Vec<Shape>)> {
    (center(), size(most)).prop_flat_map(move |(center, size)| {
        let one = (0.0..360.0_f64, 0.0..1.0_f64, 0.01..0.6_f64).prop_flat_map(
            move |(bearing, far, share)| about(away(center, bearing, far * size), share * size),
        );
        prop::collection::vec(one, 1..count)
            .prop_map(move |drawn| (center, size, drawn.iter().filter_map(Drawn::shape).collect()))
    })
}
