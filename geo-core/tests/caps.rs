//! Areas around a pole, and wide ones, with holes on any side.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use geo_types::{Coord, LineString, MultiPoint, Polygon};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::{Relation, contains, relate};
use tumen_geo_core::{EdgeModel, LonLat, Shape};

fn parallel(lat: f64, first: f64, corners: u32) -> LineString {
    let step = 360.0 / f64::from(corners);
    (0..corners).map(|i| Coord::from(LonLat::wrap(first + step * f64::from(i), lat))).collect()
}

#[test]
fn a_band_around_a_pole_is_the_cap_without_the_inner_cap() {
    for (lat, inner) in [(70.0, 80.0), (-60.0, -85.0)] {
        for first in [0.0, 33.0, 101.0, -170.0] {
            let cap = |lat| {
                let cap = Polygon::new(parallel(lat, 10.0, 12), vec![]);
                Geodesic::area(&Shape::new(cap.into(), EdgeModel::LonLat).unwrap())
            };
            let holes = vec![parallel(inner, first, 9)];
            let band = Polygon::new(parallel(lat, 10.0, 12), holes);
            let band = Shape::new(band.into(), EdgeModel::LonLat).unwrap();
            let off = (Geodesic::area(&band) - (cap(lat) - cap(inner))).abs();
            assert!(off < Geodesic::AREA_ERROR * 3.0, "{off:?}");
            for lon in (-180..180).step_by(7).map(f64::from) {
                let middle = f64::midpoint(lat, inner);
                assert!(contains(&band, LonLat::wrap(lon, middle)));
                assert!(!contains(&band, LonLat::wrap(lon, inner * 1.01)));
            }
            assert!(!contains(&band, LonLat::wrap(0.0, 90.0_f64.copysign(lat))));
        }
    }
}

#[test]
fn holes_on_any_side_of_a_cap_are_holes() {
    let hole = |lon: f64| -> LineString {
        [(-4.0, 80.0), (4.0, 80.0), (0.0, 84.0)]
            .map(|(x, y)| Coord::from(LonLat::wrap(lon + x, y)))
            .to_vec()
            .into()
    };
    let lons = [0.0, 31.0, 90.0, 177.0, -100.0];
    let cap = Polygon::new(parallel(70.0, 0.0, 24), lons.map(hole).to_vec());
    let cap = Shape::new(cap.into(), EdgeModel::LonLat).unwrap();
    for lon in lons {
        assert!(!contains(&cap, LonLat::wrap(lon, 81.0)), "{lon}");
        assert!(contains(&cap, LonLat::wrap(lon, 85.0)));
    }
    let inside = MultiPoint(lons.map(|lon| geo_types::Point::new(lon, 79.0)).to_vec());
    let inside = Shape::new(inside.into(), EdgeModel::LonLat).unwrap();
    assert_eq!(relate(&cap, &inside), Relation::Covers);
}

#[test]
fn the_hole_of_a_wide_area_is_where_it_is() {
    let wide = [(0.0, 0.0), (90.0, 0.0), (180.0, 0.0), (300.0, 0.0), (300.0, 30.0), (180.0, 30.0)];
    let wide: LineString = wide
        .into_iter()
        .chain([(90.0, 30.0), (0.0, 30.0)])
        .map(|(x, y)| Coord::from(LonLat::wrap(x, y)))
        .collect();
    let hole = [(240.0, 10.0), (250.0, 10.0), (250.0, 20.0)].map(|(x, y)| Coord { x, y });
    let area = Polygon::new(wide, vec![hole.to_vec().into()]);
    let area = Shape::new(area.into(), EdgeModel::LonLat).unwrap();
    assert!(!contains(&area, LonLat::wrap(248.0, 12.0)));
    assert!(contains(&area, LonLat::wrap(242.0, 18.0)));
}
