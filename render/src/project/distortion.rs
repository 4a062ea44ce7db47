//! How much a projection stretches, by Tissot's indicatrix.

use geo_types::Coord;
use tumen_geo_core::LonLat;

use super::frame::Frame;

/// Squared first eccentricity and semi-major axis (m) of WGS 84.
const E2: f64 = 0.006_694_379_990_141_316;
const A: f64 = 6_378_137.0;
/// The distance over which derivatives are taken, degrees.
const STEP: f64 = 1e-4;
/// Points of the grid along each side of the frame.
const GRID: u32 = 15;

/// The largest deviations in a frame from its middle, as shares, on a grid of 15 × 15 points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Distortion {
    /// Of the scale of lengths, in the direction in which it is worst.
    pub scale: f64,
    /// Of the scale of areas.
    pub area: f64,
}

/// Plane length per length on the ellipsoid in the directions of most and least, and the same of
/// areas.
struct Factors {
    most: f64,
    least: f64,
    area: f64,
}

/// Plane metres per radian at `here`, from the points a step before and after it; from one of them
/// where the projection is cut between, or ends.
fn slope(before: Option<Coord>, here: Coord, after: Option<Coord>) -> Option<Coord> {
    let size = |d: &Coord| d.x.hypot(d.y);
    let (back, on) = (before.map(|p| here - p), after.map(|p| p - here));
    let step = match (back, on) {
        (Some(a), Some(b)) if size(&(a - b)) < 0.01 * size(&a) => (a + b) / 2.0,
        (Some(a), Some(b)) if size(&a) <= size(&b) => a,
        (_, Some(b)) => b,
        (a, None) => a?,
    };
    Some(step / STEP.to_radians())
}

impl Frame {
    /// J. P. Snyder, Map projections: a working manual (1987), eq. 4-10 to 4-15 with derivatives
    /// taken as differences.
    fn factors(&self, at: LonLat) -> Option<Factors> {
        if at.lat().abs() > 89.9 {
            return None;
        }
        let plane = |lon: f64, lat: f64| self.forward(LonLat::wrap(lon, lat));
        let here = plane(at.lon(), at.lat())?;
        let east = slope(plane(at.lon() - STEP, at.lat()), here, plane(at.lon() + STEP, at.lat()))?;
        let north =
            slope(plane(at.lon(), at.lat() - STEP), here, plane(at.lon(), at.lat() + STEP))?;
        let (sin, cos) = at.lat().to_radians().sin_cos();
        let w = 1.0 - E2 * sin * sin;
        let (meridian, parallel) = (A * (1.0 - E2) / w.powf(1.5), A * cos / w.sqrt());
        let (k, h) = (east.x.hypot(east.y) / parallel, north.x.hypot(north.y) / meridian);
        let area = (east.x * north.y - east.y * north.x).abs() / (meridian * parallel);
        let sum = (k * k + h * h + 2.0 * area).sqrt();
        let gap = (k * k + h * h - 2.0 * area).max(0.0).sqrt();
        Some(Factors { most: f64::midpoint(sum, gap), least: (sum - gap) / 2.0, area })
    }

    /// The largest deviations from the middle of the frame.
    pub(super) fn measure_distortion(&self) -> Distortion {
        let center = self.rect().center();
        let at = |page: Coord| self.to_lonlat(page).and_then(|at| self.factors(at));
        // A middle on a pole has its factors beside it.
        let beside = || at(Coord { x: center.x, y: center.y + self.rect().height() * 0.01 });
        let Some(middle) = at(center).or_else(beside) else { return Distortion::default() };
        let scale = middle.area.sqrt();
        let mut worst = Distortion::default();
        for i in 0..GRID {
            for j in 0..GRID {
                let share = |k: u32| f64::from(k) / f64::from(GRID - 1);
                let page = Coord {
                    x: self.rect().min().x + self.rect().width() * share(i),
                    y: self.rect().min().y + self.rect().height() * share(j),
                };
                if !self.shows(page) {
                    continue;
                }
                let Some(here) = at(page) else { continue };
                worst.scale = worst
                    .scale
                    .max((here.most / scale - 1.0).abs())
                    .max((here.least / scale - 1.0).abs());
                worst.area = worst.area.max((here.area / middle.area - 1.0).abs());
            }
        }
        worst
    }
}

#[cfg(test)]
mod tests {
    use geo_types::Rect;
    use tumen_geo_core::Bbox;

    use super::super::choose;
    use super::*;

    fn distortion(projection: &str) -> Distortion {
        let extent = Bbox { west: 115.0, south: 41.0, east: 136.0, north: 54.0 };
        let choice = choose(&extent, projection).unwrap();
        let plane = Frame::plane_extent(&choice, &extent).unwrap();
        let rect = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 500.0, y: 400.0 });
        Frame::fit(choice, &plane, rect).unwrap().distortion()
    }

    #[test]
    fn equal_area_projections_keep_areas() {
        for projection in ["laea", "albers", "equal-earth"] {
            assert!(distortion(projection).area < 1e-6, "{projection}");
        }
        assert!(distortion("laea").scale > 0.002);
        let world = Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        let choice = choose(&world, "auto").unwrap();
        let plane = Frame::plane_extent(&choice, &world).unwrap();
        let rect = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 500.0, y: 243.0 });
        let earth = Frame::fit(choice, &plane, rect).unwrap().distortion();
        assert!(earth.area < 1e-4 && earth.scale < 10.0, "{earth:?}");
    }

    /// Sphere: the scale of Mercator is 1/cos φ and that of areas its square.
    #[test]
    fn web_mercator_stretches_as_the_formula_says() {
        let extent = Bbox { west: 130.0, south: 30.0, east: 150.0, north: 60.0 };
        let choice = choose(&extent, "mercator").unwrap();
        let plane = Frame::plane_extent(&choice, &extent).unwrap();
        let aspect = plane.height() / plane.width();
        let rect = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 300.0, y: 300.0 * aspect });
        let frame = Frame::fit(choice, &plane, rect).unwrap();
        let middle = frame.to_lonlat(frame.rect().center()).unwrap().lat();
        let expected = middle.to_radians().cos() / 60.0_f64.to_radians().cos() - 1.0;
        let found = frame.distortion();
        assert!((found.scale - expected).abs() < 0.005, "{} {expected}", found.scale);
        assert!((found.area - ((1.0 + expected).powi(2) - 1.0)).abs() < 0.01, "{}", found.area);
    }
}
