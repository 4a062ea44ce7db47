//! The frame: a window of the plane of a projection, laid on a rectangle of the page.

use geo_types::{Coord, Rect};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::projection::{PlanePoint, Projection};
use tumen_geo_core::{Angle, Bbox, Length, LonLat};

use super::choose::Choice;
use super::describe::is_azimuthal;
use super::distortion::Distortion;
use super::place::MapPlace;
use super::window::Window;
use crate::error::{Error, ErrorKind, Result};

/// Metres in one point of 1/72 inch.
const METRES_PER_PT: f64 = 0.0254 / 72.0;
/// Steps along each side of the window when its outline is followed.
const SIDE_STEPS: u32 = 48;

/// Where the earth lies on the page.
///
/// # Guarantees
/// The middle of the frame is on the earth.
pub struct Frame {
    projection: Box<dyn Projection>,
    /// Name and place of the projection.
    name: String,
    /// The code of its plane, where a registry has it.
    code: Option<String>,
    /// The rectangle of the page, pt.
    rect: Rect,
    /// The plane point in the middle of the rectangle.
    middle: PlanePoint,
    /// Plane metres per pt.
    metres_per_pt: f64,
    bbox: Bbox,
    azimuthal: bool,
    /// Radius of the disc in the middle of the rectangle that a round map fills, pt.
    radius: Option<f64>,
    distortion: Distortion,
}

impl Frame {
    /// The plane extent of a box of the earth: lower left and upper right corner, metres.
    ///
    /// # Errors
    /// [`ErrorKind::Projection`] when no part of the box is in the image of the projection.
    pub fn plane_extent(choice: &Choice, extent: &Bbox) -> Result<Rect> {
        let (width, height) = (extent.width_degrees(), extent.north - extent.south);
        let mut around: Option<Rect> = None;
        // The inside counts too: the outline of a box over a pole does not bound it.
        for i in 0..=SIDE_STEPS {
            for j in 0..=SIDE_STEPS {
                let inside = i % SIDE_STEPS != 0 && j % SIDE_STEPS != 0;
                if inside && (i % 8 != 0 || j % 8 != 0) {
                    continue;
                }
                let share = |k: u32| f64::from(k) / f64::from(SIDE_STEPS);
                // On the very seam ±180° off the central meridian the side is undecided.
                let lon = (extent.west + width * share(i))
                    .clamp(choice.lon_0 - 179.999_999, f64::INFINITY);
                let lat = extent.south + height * share(j);
                let Some(p) = choice.projection.forward(LonLat::wrap(lon, lat)) else { continue };
                let at = Coord { x: p.easting, y: p.northing };
                around = Some(around.map_or(Rect::new(at, at), |r| grow(r, at)));
            }
        }
        around.filter(|r| r.width() > 0.0 && r.height() > 0.0).ok_or_else(|| {
            Error::new(
                ErrorKind::Projection,
                format!(
                    "the extent {}…{}°, {}…{}° is outside the projection '{}'",
                    extent.west,
                    extent.east,
                    extent.south,
                    extent.north,
                    choice.projection.definition()
                ),
            )
            .with_hint("use projection = \"auto\", or another extent")
        })
    }

    /// The frame that shows `plane` (metres) as large as it fits into `rect` (pt), in its middle.
    ///
    /// # Errors
    /// [`ErrorKind::Projection`] when the middle of the frame is not on the earth.
    pub fn fit(choice: Choice, plane: &Rect, rect: Rect) -> Result<Self> {
        Self::new(choice, plane, rect, false)
    }

    /// As [`fit`](Self::fit); a round frame shows the disc in the middle of `plane`, a square.
    pub(super) fn new(choice: Choice, plane: &Rect, rect: Rect, round: bool) -> Result<Self> {
        let middle = plane.center();
        let metres_per_pt = (plane.width() / rect.width()).max(plane.height() / rect.height());
        let radius = round.then(|| plane.width() / 2.0 / metres_per_pt);
        let mut frame = Self {
            azimuthal: is_azimuthal(choice.projection.definition()),
            projection: choice.projection,
            name: choice.name,
            code: choice.code,
            rect,
            middle: PlanePoint { easting: middle.x, northing: middle.y },
            metres_per_pt,
            bbox: Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 },
            radius,
            distortion: Distortion::default(),
        };
        frame.bbox = frame.bounds(choice.lon_0).ok_or_else(|| {
            Error::new(ErrorKind::Projection, "the middle of the map is not on the earth")
                .with_hint("use projection = \"auto\", or another extent")
        })?;
        frame.distortion = frame.measure_distortion();
        Ok(frame)
    }

    /// The box of the earth that the frame shows, with a little more around it.
    fn bounds(&self, lon_0: f64) -> Option<Bbox> {
        let center = self.to_lonlat(self.rect.center())?;
        let (mut west, mut east) = (0.0_f64, 0.0_f64);
        let (mut south, mut north) = (center.lat(), center.lat());
        let mut whole = false;
        let steps = SIDE_STEPS / 2;
        for i in 0..=steps {
            for j in 0..=steps {
                let share = |k: u32| f64::from(k) / f64::from(steps);
                let at = Coord {
                    x: self.rect.min().x + self.rect.width() * share(i),
                    y: self.rect.min().y + self.rect.height() * share(j),
                };
                let Some(p) = self.to_lonlat(at) else {
                    whole = true;
                    continue;
                };
                let off = (p.lon() - center.lon() + 540.0).rem_euclid(360.0) - 180.0;
                (west, east) = (west.min(off), east.max(off));
                (south, north) = (south.min(p.lat()), north.max(p.lat()));
            }
        }
        for pole in [-90.0, 90.0] {
            let at = self.to_page(LonLat::wrap(lon_0, pole));
            if at.is_some_and(|at| super::clip::contains(&self.rect, at)) {
                whole = true;
                (south, north) = (south.min(pole), north.max(pole));
            }
        }
        let (dx, dy) = ((east - west) * 0.03, (north - south) * 0.03);
        let (south, north) = ((south - dy).max(-90.0), (north + dy).min(90.0));
        if whole || east - west + 2.0 * dx >= 350.0 {
            // Cut where the projection is cut: half a turn from its central meridian.
            let seam = LonLat::wrap(lon_0 + 180.0, 0.0).lon();
            return Some(if seam.abs() > 180.0 - 1e-9 {
                Bbox { west: -180.0, south, east: 180.0, north }
            } else {
                Bbox { west: seam + 1e-7, south, east: seam - 1e-7, north }
            });
        }
        let lon = |off: f64| LonLat::wrap(center.lon() + off, 0.0).lon();
        Some(Bbox { west: lon(west - dx), south, east: lon(east + dx), north })
    }

    /// The point of the page (pt) where a position lies; `None` outside the projection.
    pub fn to_page(&self, position: LonLat) -> Option<Coord> {
        let p = self.forward(position)?;
        let center = self.rect.center();
        Some(Coord {
            x: center.x + (p.x - self.middle.easting) / self.metres_per_pt,
            y: center.y - (p.y - self.middle.northing) / self.metres_per_pt,
        })
    }

    /// The plane point of a position, m.
    pub(super) fn forward(&self, position: LonLat) -> Option<Coord> {
        let p = self.projection.forward(position)?;
        Some(Coord { x: p.easting, y: p.northing })
    }

    /// The disc of a round map: middle and radius, pt.
    pub fn disc(&self) -> Option<(Coord, f64)> {
        self.radius.map(|radius| (self.rect.center(), radius))
    }

    /// What the map fills and `margin` pt around it.
    pub(super) fn window(&self, margin: f64) -> Window {
        let around = Coord { x: margin, y: margin };
        match self.disc() {
            Some((center, radius)) => Window::Disc { center, radius: radius + margin },
            None => Window::Rect(Rect::new(self.rect.min() - around, self.rect.max() + around)),
        }
    }

    /// Whether a point of the page is on the map.
    pub fn shows(&self, at: Coord) -> bool {
        self.window(0.0).contains(at)
    }

    /// Whether the whole earth lies round one point of the plane, uncut.
    pub(super) fn is_uncut(&self) -> bool {
        self.azimuthal && self.is_whole()
    }

    /// The position at a point of the page (pt); `None` beside the earth.
    pub fn to_lonlat(&self, at: Coord) -> Option<LonLat> {
        let center = self.rect.center();
        let position = self.projection.inverse(PlanePoint {
            easting: self.middle.easting + (at.x - center.x) * self.metres_per_pt,
            northing: self.middle.northing - (at.y - center.y) * self.metres_per_pt,
        })?;
        // Beside the earth some inverses give the nearest position on it.
        let back = self.to_page(position)? - at;
        (back.x.hypot(back.y) < 0.1).then_some(position)
    }

    /// The rectangle of the page that the map fills, pt.
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// Where the page lies in the plane of the projection.
    pub fn place(&self) -> MapPlace {
        let center = self.rect.center();
        MapPlace {
            name: self.name.clone(),
            projection: self.definition().to_owned(),
            code: self.code.clone(),
            easting: self.middle.easting - center.x * self.metres_per_pt,
            northing: self.middle.northing + center.y * self.metres_per_pt,
            metres_per_pt: self.metres_per_pt,
        }
    }

    /// Plane metres in a point of the page.
    pub(super) fn metres_per_pt(&self) -> f64 {
        self.metres_per_pt
    }

    /// The box of the earth that the frame shows, with a little more around it.
    pub fn bbox(&self) -> Bbox {
        self.bbox
    }

    /// Whether the frame shows the whole earth, whose edge may then be in sight.
    pub fn is_whole(&self) -> bool {
        self.bbox.width_degrees() > 359.0
    }

    /// Name and place of the projection, for the reader.
    pub fn projection_name(&self) -> &str {
        &self.name
    }

    /// The projection as a PROJ string.
    pub fn definition(&self) -> &str {
        self.projection.definition()
    }

    /// Ground metres per metre of paper at a point of the page, eastwards and northwards.
    pub fn denominators_at(&self, at: Coord) -> Option<(f64, f64)> {
        let here = self.to_lonlat(at)?;
        let step = Length::m((self.metres_per_pt * 2.0).min(50_000.0));
        let along = |bearing: f64| {
            let there = Geodesic::destination(here, Angle::degrees(bearing), step);
            let d = self.to_page(there)? - self.to_page(here)?;
            let pt = d.x.hypot(d.y);
            (pt > 0.0).then(|| step.to_m() / (pt * METRES_PER_PT))
        };
        Some((along(90.0)?, along(0.0)?))
    }

    /// The scale denominator in the middle of the frame, on the printed page.
    pub fn denominator(&self) -> f64 {
        self.denominators_at(self.rect.center())
            .map_or(self.metres_per_pt / METRES_PER_PT, |(x, y)| (x * y).sqrt())
    }

    /// The largest deviations of lengths and areas from the scale in the middle of the frame.
    pub fn distortion(&self) -> Distortion {
        self.distortion
    }

    /// The direction of true north at a point of the page: degrees clockwise from up.
    pub fn north_at(&self, at: Coord) -> Option<Angle> {
        let here = self.to_lonlat(at)?;
        let step = Length::m((self.metres_per_pt * 10.0).min(100_000.0));
        let (there, sign) = if here.lat() < 89.0 { (0.0, 1.0) } else { (180.0, -1.0) };
        let there = Geodesic::destination(here, Angle::degrees(there), step);
        let d = (self.to_page(there)? - self.to_page(here)?) * sign;
        Some(Angle::degrees(d.x.atan2(-d.y).to_degrees()))
    }
}

fn grow(rect: Rect, at: Coord) -> Rect {
    let (low, high) = (rect.min(), rect.max());
    Rect::new(
        Coord { x: low.x.min(at.x), y: low.y.min(at.y) },
        Coord { x: high.x.max(at.x), y: high.y.max(at.y) },
    )
}

#[cfg(test)]
mod tests {
    use super::super::choose;
    use super::*;

    fn frame(extent: Bbox, projection: &str) -> Frame {
        let choice = choose(&extent, projection).unwrap();
        let plane = Frame::plane_extent(&choice, &extent).unwrap();
        let rect = Rect::new(Coord { x: 20.0, y: 40.0 }, Coord { x: 520.0, y: 440.0 });
        Frame::fit(choice, &plane, rect).unwrap()
    }

    #[test]
    fn the_extent_is_in_the_frame_and_fills_it_one_way() {
        let extent = Bbox { west: 128.0, south: 41.5, east: 132.0, north: 43.5 };
        let frame = frame(extent, "auto");
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for i in 0..=100 {
            let lon = 128.0 + 4.0 * f64::from(i) / 100.0;
            for lat in [41.5, 43.5] {
                let p = frame.to_page(LonLat::wrap(lon, lat)).unwrap();
                assert!((19.9..520.1).contains(&p.x) && (39.9..440.1).contains(&p.y), "{p:?}");
                (low, high) = (low.min(p.x), high.max(p.x));
            }
        }
        assert!((low - 20.0).abs() < 0.1 && (high - 520.0).abs() < 0.1, "{low} {high}");
        assert!(frame.bbox().covers(&extent));
        let there = frame.to_lonlat(frame.to_page(LonLat::wrap(130.0, 43.0)).unwrap()).unwrap();
        assert!((there.lon() - 130.0).abs() < 1e-8 && (there.lat() - 43.0).abs() < 1e-8);
    }

    #[test]
    fn the_scale_is_that_of_the_ground() {
        let frame = frame(Bbox { west: 130.0, south: 42.0, east: 131.0, north: 43.0 }, "auto");
        let (a, b) = (LonLat::wrap(130.4, 42.5), LonLat::wrap(130.6, 42.5));
        let d = frame.to_page(a).unwrap() - frame.to_page(b).unwrap();
        let paper = d.x.hypot(d.y) * METRES_PER_PT;
        let expected = Geodesic::distance(a, b).to_m() / paper;
        assert!((frame.denominator() / expected - 1.0).abs() < 1e-4);
        assert!(frame.distortion().scale < 1e-3);
    }

    #[test]
    fn north_turns_with_the_meridian() {
        let laea = "+proj=laea +lat_0=47.5 +lon_0=125.5 +datum=WGS84 +units=m";
        let frame = frame(Bbox { west: 115.0, south: 41.0, east: 136.0, north: 54.0 }, laea);
        let middle = frame.to_page(LonLat::wrap(125.5, 47.5)).unwrap();
        assert!(frame.north_at(middle).unwrap().to_degrees().abs() < 1e-3);
        // East of the central meridian, north leans to the left; Snyder (1987) eq. 24-2ff give
        // about -sin(lat) * dlon.
        let east = frame.to_page(LonLat::wrap(135.5, 47.5)).unwrap();
        let angle = frame.north_at(east).unwrap().to_degrees();
        assert!((angle + 7.4).abs() < 0.3, "{angle}");
    }

    #[test]
    fn frames_over_the_antimeridian_and_the_world() {
        let fiji = frame(Bbox { west: 177.0, south: -20.0, east: -179.0, north: -16.0 }, "auto");
        assert!(fiji.bbox().crosses_antimeridian());
        let world = Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        assert!((frame(world, "auto").bbox().width_degrees() - 360.0).abs() < 1e-6);
    }
}
