//! Buffers and rings against [`Geodesic::distance_between`], which is exact.

#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests")]

use geo_types::{Coord, LineString, MultiPoint, Polygon};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::contains;
use tumen_geo_core::{EdgeModel, Length, LonLat, Shape};

fn line(positions: &[(f64, f64)], edges: EdgeModel) -> Shape {
    Shape::new(LineString::from(positions.to_vec()).into(), edges).unwrap()
}

/// A line with many small bends, as rivers have.
fn river() -> Shape {
    let bend = |i: u32| {
        let t = f64::from(i);
        (
            128.0 + 0.01 * t + 0.01 * (0.9 * t).sin(),
            42.0 + 0.3 * (0.05 * t).sin() + 0.01 * (1.7 * t).cos(),
        )
    };
    line(&(0..300).map(bend).collect::<Vec<_>>(), EdgeModel::LonLat)
}

fn shapes() -> Vec<(&'static str, Shape)> {
    let hole = [(130.45, 42.5), (130.55, 42.6), (130.6, 42.5)];
    let ring = |ring: &[(f64, f64)]| LineString::from(ring.to_vec());
    let triangle =
        Polygon::new(ring(&[(130.298, 42.249), (130.366, 42.862), (130.806, 42.651)]), vec![]);
    let holed = Polygon::new(
        ring(&[(130.298, 42.249), (130.366, 42.862), (130.806, 42.651)]),
        vec![ring(&hole)],
    );
    let fiji = Polygon::new(ring(&[(177.0, -18.0), (-179.0, -19.0), (-178.0, -16.0)]), vec![]);
    let cap: Vec<(f64, f64)> = (0..12).map(|i| (f64::from(i) * 30.0, 84.0)).collect();
    let cap = Polygon::new(ring(&cap), vec![]);
    let ports = MultiPoint::from(vec![(130.30, 42.25), (131.885, 43.115), (129.78, 41.80)]);
    let area = |polygon: Polygon| Shape::new(polygon.into(), EdgeModel::Geodesic).unwrap();
    vec![
        ("ports", Shape::new(ports.into(), EdgeModel::LonLat).unwrap()),
        ("edge", line(&[(130.30, 42.25), (131.885, 43.115)], EdgeModel::Geodesic)),
        ("meridian", line(&[(130.0, -10.0), (130.0, 60.0)], EdgeModel::Geodesic)),
        ("river", river()),
        ("triangle", area(triangle)),
        ("holed", area(holed)),
        ("fiji", area(fiji)),
        ("cap", area(cap)),
    ]
}

/// The boundary lies at the distance, to within what is promised; random positions are told right.
#[test]
fn boundaries_lie_at_their_distance() {
    for (name, shape) in shapes() {
        for km in [2.0, 30.0, 800.0] {
            let distance = Length::km(km);
            let buffer = Geodesic::buffer(&shape, distance).unwrap();
            let tolerance = Geodesic::buffer_tolerance(distance) + Shape::EDGE_TOLERANCE;
            let corners: Vec<Coord> = buffer.positions().collect();
            // A pole or a seam at ±180° is no boundary.
            let inner = |c: &&Coord| c.y.abs() < 90.0 && c.x.abs() != 180.0;
            let mut worst = 0.0_f64;
            for corner in corners.iter().step_by(corners.len() / 40 + 1).filter(inner) {
                let at = Shape::point(LonLat::wrap(corner.x, corner.y));
                let off = Geodesic::distance_between(&shape, &at) - distance;
                worst = worst.max(off.abs().to_m());
            }
            assert!(worst <= tolerance.to_m(), "{name} {km} km: {worst} m");
            let bbox = buffer.bbox();
            for i in 0..49 {
                let (x, y) = (f64::from(i % 7) / 6.03, f64::from(i / 7) / 6.07);
                let at = LonLat::wrap(
                    bbox.west + x * bbox.width_degrees(),
                    bbox.south + y * (bbox.north - bbox.south),
                );
                let off = Geodesic::distance_between(&shape, &Shape::point(at)) - distance;
                if off.abs() > tolerance {
                    let held = contains(&buffer, at);
                    assert_eq!(held, off < Length::ZERO, "{name} {km} km {at} {off:?}");
                }
            }
        }
    }
}

#[test]
fn rings_lie_around_each_other() {
    let distances = [10.0, 25.0, 100.0].map(Length::km);
    for (name, shape) in shapes().into_iter().filter(|(name, _)| ["edge", "fiji"].contains(name)) {
        let rings = Geodesic::rings(&shape, &distances).unwrap();
        let outer = Geodesic::buffer(&shape, distances[2]).unwrap();
        let sum: f64 = rings.iter().map(|ring| Geodesic::area(ring).to_m2()).sum();
        assert!((sum / Geodesic::area(&outer).to_m2() - 1.0).abs() < 1e-6, "{name}");
        assert_eq!(rings[2].polygons()[0].interiors().len(), 1, "{name}");
    }
}

#[test]
fn what_has_no_buffer_is_refused() {
    let edge = line(&[(130.30, 42.25), (131.885, 43.115)], EdgeModel::Geodesic);
    for metres in [0.0, -1.0, 5_000_001.0, f64::NAN] {
        let error = Geodesic::buffer(&edge, Length::m(metres)).unwrap_err();
        assert!(error.hint().is_some(), "{error}");
    }
    let rings = Geodesic::rings(&edge, &[Length::km(20.0), Length::km(10.0)]);
    assert!(rings.unwrap_err().to_string().contains("from 20 km to 10 km"));
    assert!(Geodesic::rings(&edge, &[]).unwrap().is_empty());
}
