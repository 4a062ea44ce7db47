//! Frames of round maps, and the far side of azimuthal projections.

use std::f64::consts::PI;

use geo_types::{Coord, Rect};
use tumen_geo_core::{Bbox, LonLat};

use super::choose::Choice;
use super::describe::{parameter, word};
use super::frame::Frame;
use super::limb::BeyondLimb;
use crate::error::{Error, ErrorKind, Result};

/// Mean radius of the earth, m.
const RADIUS: f64 = 6_371_008.8;
/// The smallest radius of a round map, as an angle at the earth's centre: a kilometre.
const SMALLEST: f64 = 1000.0 / RADIUS;

/// The point in the middle of an azimuthal projection.
fn middle(definition: &str) -> LonLat {
    let number = |name| parameter(definition, name).unwrap_or(0.0);
    LonLat::wrap(number("lon_0"), number("lat_0"))
}

/// The angle at the earth's centre between two positions, radians.
fn angle(a: LonLat, b: LonLat) -> f64 {
    let toward = |p: LonLat| {
        let ((sin_lat, cos_lat), (sin, cos)) =
            (p.lat().to_radians().sin_cos(), p.lon().to_radians().sin_cos());
        [cos_lat * cos, cos_lat * sin, sin_lat]
    };
    let (a, b) = (toward(a), toward(b));
    let dot: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
    dot.clamp(-1.0, 1.0).acos()
}

/// Distance from the middle on the plane, m, of what is `angle` from it on the sphere.
fn plane_radius(definition: &str, angle: f64) -> Option<f64> {
    match word(definition, "proj") {
        Some("laea") => Some(2.0 * RADIUS * (angle / 2.0).sin()),
        Some("aeqd") => Some(RADIUS * angle),
        Some("ortho") => Some(RADIUS * angle.min(PI / 2.0).sin()),
        Some("stere") if angle < PI - 1e-3 => Some(2.0 * RADIUS * (angle / 2.0).tan()),
        _ => None,
    }
}

impl Frame {
    /// The frame of a round map: the disc about the middle of the projection that holds `extent`,
    /// at most half of the earth, as large as it fits into `rect` (pt). `margin` is added to its
    /// radius, as a share.
    ///
    /// # Errors
    /// [`ErrorKind::Projection`] for a projection that is not azimuthal.
    pub(crate) fn round(
        mut choice: Choice,
        extent: &Bbox,
        margin: f64,
        rect: Rect,
    ) -> Result<Self> {
        let definition = choice.projection.definition().to_owned();
        let middle = middle(&definition);
        let mut farthest = 0.0_f64;
        for step in 0..=24 {
            let share = f64::from(step) / 24.0;
            let lon = extent.west + extent.width_degrees() * share;
            let lat = extent.south + (extent.north - extent.south) * share;
            let east = extent.east_unwrapped();
            for (lon, lat) in
                [(lon, extent.south), (lon, extent.north), (extent.west, lat), (east, lat)]
            {
                farthest = farthest.max(angle(middle, LonLat::wrap(lon, lat)));
            }
        }
        let angle = (farthest * (1.0 + margin)).clamp(SMALLEST, PI / 2.0);
        let not_azimuthal = || Error::new(ErrorKind::Projection, "a round map is azimuthal");
        let radius = plane_radius(&definition, angle).ok_or_else(not_azimuthal)?;
        let at = choice.projection.forward(middle).ok_or_else(not_azimuthal)?;
        let (center, half) =
            (Coord { x: at.easting, y: at.northing }, Coord { x: radius, y: radius });
        if word(&definition, "proj") == Some("ortho") {
            choice.projection = Box::new(BeyondLimb::new(choice.projection, middle));
        }
        Self::new(choice, &Rect::new(center - half, center + half), rect, true)
    }

    /// The position opposite the middle of an azimuthal projection.
    pub(super) fn opposite(&self) -> Option<LonLat> {
        let middle = middle(self.definition());
        self.is_uncut().then(|| LonLat::wrap(middle.lon() + 180.0, -middle.lat()))
    }

    /// The circle on the page that bounds the earth in an uncut projection: middle and radius, pt;
    /// `None` when the plane has no end or the projection is another.
    pub(crate) fn earth_disc(&self) -> Option<(Coord, f64)> {
        let radius = self.is_uncut().then(|| plane_radius(self.definition(), PI))??;
        let middle = self.to_page(middle(self.definition()))?;
        Some((middle, radius / self.metres_per_pt()))
    }
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::super::choose_round;
    use super::*;

    fn hemisphere(projection: &str) -> Frame {
        let world = Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        let choice = choose_round(&world, projection).unwrap();
        let rect = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 400.0, y: 400.0 });
        Frame::round(choice, &world, 0.0, rect).unwrap()
    }

    fn area(frame: &Frame, polygon: geo_types::Polygon) -> f64 {
        let shape = frame.shape(&polygon.into(), 0.0, 0.05);
        let rings = shape.polygons.iter().flat_map(|polygon| {
            std::iter::once((1.0, polygon.exterior()))
                .chain(polygon.interiors().iter().map(|ring| (-1.0, ring)))
        });
        let area = |ring: &geo_types::LineString| {
            ring.lines().map(|l| l.determinant()).sum::<f64>().abs() / 2.0
        };
        rings.map(|(sign, ring)| sign * area(ring)).sum()
    }

    /// The area of a cap on an equal-area map is that on the sphere.
    #[test]
    fn areas_across_the_edge_and_round_the_far_point_are_right() {
        let laea = "+proj=laea +lat_0=0 +lon_0=0 +datum=WGS84 +units=m";
        let frame = hemisphere(laea);
        let disc = PI * 200.0 * 200.0;
        let belt = |west: f64, east: f64, south: f64, north: f64| polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)];
        let share = |polygon| area(&frame, polygon) / disc;
        // A lune from 60° E to 120° E has a third of its third in sight: 30° of 180°.
        assert!((share(belt(60.0, 120.0, -90.0, 90.0)) - 1.0 / 6.0).abs() < 0.003);
        // All but a lune of 90° about the middle; the far point lies within.
        assert!((share(belt(45.0, 315.0, -90.0, 90.0)) - 0.5).abs() < 0.003);
        assert!(share(belt(120.0, 170.0, -20.0, 20.0)).abs() < 1e-9);
    }

    #[test]
    fn a_hemisphere_is_a_disc() {
        let frame = hemisphere("+proj=ortho +lat_0=43 +lon_0=130 +R=6371008.7714 +units=m");
        let (center, radius) = frame.disc().unwrap();
        assert!((radius - 200.0).abs() < 0.1 && frame.is_whole());
        let tumen = frame.to_page(LonLat::wrap(130.0, 43.0)).unwrap();
        assert!((tumen - center).x.abs() < 1e-6);
        assert!(!frame.shows(frame.to_page(LonLat::wrap(-60.0, 0.0)).unwrap()));
        let earth = polygon![
            (x: -180.0, y: -89.9), (x: 180.0, y: -89.9), (x: 180.0, y: 89.9), (x: -180.0, y: 89.9)
        ];
        assert!((area(&frame, earth) / (PI * radius * radius) - 1.0).abs() < 0.01);
    }

    #[test]
    fn a_disc_round_a_place_holds_it() {
        let extent = Bbox { west: 128.0, south: 41.5, east: 132.0, north: 43.5 };
        let choice = choose_round(&extent, "auto distances").unwrap();
        let rect = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 400.0, y: 400.0 });
        let frame = Frame::round(choice, &extent, 0.0, rect).unwrap();
        for (lon, lat) in [(128.0, 41.5), (132.0, 41.5), (130.0, 43.5), (132.0, 43.5)] {
            let at = frame.to_page(LonLat::wrap(lon, lat)).unwrap() - Coord { x: 200.0, y: 200.0 };
            assert!(at.x.hypot(at.y) < 201.0, "{at:?}");
        }
        assert!(frame.bbox().width_degrees() < 10.0);
    }
}
