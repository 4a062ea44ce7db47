//! Service areas against brute force: the nearest site of each of many positions, by
//! [`Geodesic::distance`] alone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use geo_types::{Coord, LineString, Polygon, Rect};
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::predicate::contains;
use tumen_geo_core::{Area, EdgeModel, Length, LonLat, Shape};

/// A generator that gives the same numbers everywhere: Knuth's MMIX.
struct Random(u64);

impl Random {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (high - low) * (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn position(&mut self, bounds: Rect) -> LonLat {
        let (low, high) = (bounds.min(), bounds.max());
        LonLat::wrap(self.between(low.x, high.x), self.between(low.y, high.y))
    }
}

fn bounds(west: f64, south: f64, east: f64, north: f64) -> Rect {
    Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north })
}

fn sites(positions: impl IntoIterator<Item = LonLat>) -> SpatialIndex<Named> {
    let named = |(i, at)| Named { id: format!("{i:03}"), shape: Shape::point(at) };
    SpatialIndex::new(positions.into_iter().enumerate().map(named).collect())
}

/// Checks the areas of sites within `land`, and at random positions of a box; returns how many of
/// them lay on it and were told apart.
fn check(name: &str, index: &SpatialIndex<Named>, land: &Shape, around: Rect, looks: u32) -> u32 {
    let areas = index.service_areas(land, |_| true).unwrap().value;
    let sum: Area = areas.iter().map(|(_, area)| Geodesic::area(area)).sum();
    let rims: f64 = areas.iter().map(|(_, area)| Geodesic::perimeter(area).to_m()).sum();
    let off = (sum - Geodesic::area(land)).abs().to_m2();
    assert!(off < 0.5 * rims, "{name}: {off} m² along {rims} m");
    let mut random = Random(17);
    let mut told = 0;
    for _ in 0..looks {
        let at = random.position(around);
        if !contains(land, at) {
            assert!(areas.iter().all(|(_, area)| !contains(area, at)), "{name} {at}");
            continue;
        }
        let mut by_distance: Vec<(Length, &str, LonLat)> = (index.items().iter())
            .map(|item| {
                let site = item.shape.points()[0].0;
                let site = LonLat::wrap(site.x, site.y);
                (Geodesic::distance(at, site), item.id.as_str(), site)
            })
            .collect();
        by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
        let [first, second, ..] = by_distance[..] else { panic!("two sites") };
        // How far it lies from the line between the two: the gradient of the difference of
        // distances is twice the sine of half the angle between the ways to them.
        let parting = Geodesic::bearing(at, first.2).to_radians()
            - Geodesic::bearing(at, second.2).to_radians();
        let aside = (second.0 - first.0).to_m() / (2.0 * (parting / 2.0).sin().abs());
        if aside < 3.0 || second.0 > Length::km(19_000.0) {
            continue;
        }
        told += 1;
        let holding: Vec<&str> = (areas.iter())
            .filter(|(_, area)| contains(area, at))
            .map(|(item, _)| item.id.as_str())
            .collect();
        assert_eq!(holding, [first.1], "{name} {at} {aside}");
    }
    told
}

#[test]
fn every_position_is_in_the_area_of_its_nearest_site() {
    let worlds = [
        ("delta", bounds(129.5, 41.5, 132.5, 43.5), 12, bounds(129.0, 41.0, 133.0, 44.0)),
        ("±180°", bounds(170.0, -25.0, 195.0, -5.0), 10, bounds(170.0, -25.0, 195.0, -5.0)),
        ("pole", bounds(-180.0, 60.0, 180.0, 90.0), 5, bounds(-180.0, 50.0, 180.0, 90.0)),
        ("two", bounds(90.0, 10.0, 150.0, 60.0), 2, bounds(100.0, 20.0, 140.0, 50.0)),
        ("far", bounds(129.5, 41.5, 132.5, 43.5), 6, bounds(20.0, -40.0, 40.0, -20.0)),
        ("half", bounds(-180.0, 0.0, 180.0, 90.0), 3, bounds(-180.0, -60.0, 180.0, 90.0)),
    ];
    for (name, area, count, around) in worlds {
        let mut random = Random(5);
        let index = sites((0..count).map(|_| random.position(around)));
        let land = Shape::new(area.into(), EdgeModel::LonLat).unwrap();
        assert!(check(name, &index, &land, area, 400) > 380, "{name}");
    }
}

#[test]
fn sites_on_a_grid_share_corners_and_latitudes() {
    let grid = (0..4).flat_map(|i| (0..4).map(move |j| (f64::from(i), f64::from(j))));
    let index = sites(grid.map(|(i, j)| LonLat::wrap(129.0 + i, 41.0 + 0.5 * j)));
    let area = bounds(128.3, 40.7, 132.6, 42.9);
    let land = Shape::new(area.into(), EdgeModel::LonLat).unwrap();
    assert!(check("grid", &index, &land, area, 1_000) > 990);
}

#[test]
fn land_with_islands_and_lakes_is_parted() {
    let mut random = Random(3);
    let ring = |x: f64, y: f64, size: f64, random: &mut Random| -> LineString {
        let corner = |i: u32, random: &mut Random| {
            let (sin, cos) = (f64::from(i) * std::f64::consts::TAU / 40.0).sin_cos();
            let spoke = size * random.between(0.6, 1.0);
            Coord { x: x + spoke * cos, y: y + spoke * sin }
        };
        let mut ring: Vec<Coord> = (0..40).map(|i| corner(i, random)).collect();
        ring.push(ring[0]);
        LineString(ring)
    };
    let lake = ring(131.0, 42.5, 0.5, &mut random);
    let main = Polygon::new(ring(131.0, 42.5, 2.0, &mut random), vec![lake]);
    let island = Polygon::new(ring(134.5, 42.0, 0.7, &mut random), vec![]);
    let land = geo_types::MultiPolygon(vec![main, island]);
    let land = Shape::new(land.into(), EdgeModel::LonLat).unwrap();
    let area = bounds(129.0, 40.5, 135.5, 44.5);
    let index = sites((0..50).map(|_| random.position(area)));
    assert!(check("islands", &index, &land, area, 1_000) > 200);
}

#[test]
fn what_cannot_be_parted_is_said_by_name() {
    let rajin = LonLat::wrap(130.30, 42.25);
    let area = bounds(129.5, 41.5, 132.5, 43.5);
    let land = Shape::new(area.into(), EdgeModel::LonLat).unwrap();
    let twice = sites([rajin, LonLat::wrap(131.0, 43.0), rajin]);
    let error = twice.service_areas(&land, |_| true).unwrap_err();
    assert!(error.to_string().contains("'000' and '002'"), "{error}");
    assert!(error.hint().is_some());
    let zone = Named { id: "zone".to_owned(), shape: land.clone() };
    let error = SpatialIndex::new(vec![zone]).service_areas(&land, |_| true).unwrap_err();
    assert!(error.to_string().contains("'zone'"), "{error}");
    let error = twice.service_areas(&Shape::point(rajin), |_| true).unwrap_err();
    assert!(error.to_string().contains("area"), "{error}");
    // One site has all of it, none has nothing.
    let alone = sites([rajin]);
    let one = alone.service_areas(&land, |_| true).unwrap().value;
    assert!((Geodesic::area(&one[0].1) / Geodesic::area(&land) - 1.0).abs() < 1e-7);
    assert!(twice.service_areas(&land, |_| false).unwrap().value.is_empty());
}
