//! A box of longitudes and latitudes that may cross ±180°.

use std::str::FromStr;

use geo_types::Coord;

use super::LonLat;
use crate::error::{Error, ErrorKind, Result};

/// A box in degrees on WGS 84; `west > east` means that it crosses ±180°.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bbox {
    /// Western longitude, degrees.
    pub west: f64,
    /// Southern latitude, degrees.
    pub south: f64,
    /// Eastern longitude, degrees.
    pub east: f64,
    /// Northern latitude, degrees.
    pub north: f64,
}

impl Bbox {
    /// The smallest box around positions whose longitudes run on without a jump at ±180° (as the
    /// rings of a [`Shape`](super::Shape) do); `None` when there are none.
    pub fn around(positions: impl IntoIterator<Item = Coord>) -> Option<Self> {
        let mut positions = positions.into_iter();
        let first = positions.next()?;
        let (mut low, mut high) = (first, first);
        for position in positions {
            low = Coord { x: low.x.min(position.x), y: low.y.min(position.y) };
            high = Coord { x: high.x.max(position.x), y: high.y.max(position.y) };
        }
        if high.x - low.x >= 360.0 {
            return Some(Self { west: -180.0, south: low.y, east: 180.0, north: high.y });
        }
        let (west, east) = (LonLat::wrap(low.x, 0.0).lon(), LonLat::wrap(high.x, 0.0).lon());
        // An edge exactly on ±180° takes the sign that keeps the box on its own side.
        let west = if west == 180.0 && low.x < high.x { -180.0 } else { west };
        let east = if east == -180.0 && low.x < high.x { 180.0 } else { east };
        Some(Self { west, south: low.y, east, north: high.y })
    }

    /// Whether the box crosses ±180°.
    pub fn crosses_antimeridian(&self) -> bool {
        self.west > self.east
    }

    /// Eastern longitude counted on from the western one: never less than [`west`](Self::west).
    pub fn east_unwrapped(&self) -> f64 {
        if self.crosses_antimeridian() { self.east + 360.0 } else { self.east }
    }

    /// Width in degrees of longitude, 0…360.
    pub fn width_degrees(&self) -> f64 {
        self.east_unwrapped() - self.west
    }

    /// The middle of the box.
    pub fn center(&self) -> LonLat {
        LonLat::wrap(self.west + self.width_degrees() / 2.0, f64::midpoint(self.south, self.north))
    }

    /// Whether the position lies in the box, its edges included.
    pub fn contains(&self, position: LonLat) -> bool {
        self.south <= position.lat()
            && position.lat() <= self.north
            && (position.lon() - self.west).rem_euclid(360.0) <= self.width_degrees()
    }

    /// Whether `other` lies wholly in this box, edges included.
    pub fn covers(&self, other: &Self) -> bool {
        self.south <= other.south
            && other.north <= self.north
            && (self.width_degrees() >= 360.0
                || (other.west - self.west).rem_euclid(360.0) + other.width_degrees()
                    <= self.width_degrees())
    }

    /// Whether the two boxes share at least a point.
    pub fn intersects(&self, other: &Self) -> bool {
        self.south <= other.north
            && other.south <= self.north
            && ((other.west - self.west).rem_euclid(360.0) <= self.width_degrees()
                || (self.west - other.west).rem_euclid(360.0) <= other.width_degrees())
    }
}

impl FromStr for Bbox {
    type Err = Error;

    /// Reads `west,south,east,north` in degrees; a west greater than the east crosses ±180°.
    fn from_str(text: &str) -> Result<Self> {
        let wrong = |what: String| {
            Error::new(ErrorKind::Position, what)
                .with_hint("write west,south,east,north in degrees, as in 129,41,133,44")
        };
        let numbers: Vec<f64> = text.split(',').map_while(|n| n.trim().parse().ok()).collect();
        let (&[west, south, east, north], 4) = (&numbers[..], text.split(',').count()) else {
            return Err(wrong(format!("'{text}' is not a box")));
        };
        let ranges = [(west, 180.0), (south, 90.0), (east, 180.0), (north, 90.0)];
        let outside = |&&(value, most): &&(f64, f64)| !(-most..=most).contains(&value);
        if let Some((degrees, most)) = ranges.iter().find(outside) {
            return Err(wrong(format!("{degrees} is not between -{most} and {most}")));
        }
        if south > north {
            return Err(wrong(format!("the box ends at {north}, south of its start at {south}")));
        }
        Ok(Self { west, south, east, north })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bbox(west: f64, south: f64, east: f64, north: f64) -> Bbox {
        Bbox { west, south, east, north }
    }

    #[test]
    fn boxes_over_the_antimeridian() {
        let fiji = bbox(177.0, -20.0, -178.0, -15.0);
        assert!(fiji.crosses_antimeridian());
        assert_eq!(fiji.width_degrees(), 5.0);
        assert!(fiji.contains(LonLat::wrap(180.0, -16.0)));
        assert!(fiji.contains(LonLat::wrap(-179.0, -16.0)));
        assert!(!fiji.contains(LonLat::wrap(0.0, -16.0)));
        assert!(fiji.intersects(&bbox(-179.0, -17.0, -100.0, 0.0)));
        assert!(!fiji.intersects(&bbox(0.0, -17.0, 100.0, 0.0)));
        assert!(fiji.covers(&bbox(179.0, -18.0, -179.0, -16.0)));
        assert_eq!(fiji.center(), LonLat::wrap(179.5, -17.5));
    }

    #[test]
    fn boxes_are_read_and_checked() {
        assert_eq!("177,-20, -178,-15".parse::<Bbox>().unwrap(), bbox(177.0, -20.0, -178.0, -15.0));
        for wrong in ["", "1,2,3", "1,2,3,4,5", "a,2,3,4", "0,9,1,8", "0,nan,1,8", "181,0,2,1"] {
            assert!(wrong.parse::<Bbox>().unwrap_err().hint().is_some(), "{wrong}");
        }
    }

    #[test]
    fn boxes_around_running_longitudes() {
        let ring = [(179.0, 1.0), (181.0, 1.0), (181.0, 3.0)].map(|(x, y)| Coord { x, y });
        assert_eq!(Bbox::around(ring), Some(bbox(179.0, 1.0, -179.0, 3.0)));
        let cut = [(170.0, 1.0), (180.0, 2.0)].map(|(x, y)| Coord { x, y });
        assert_eq!(Bbox::around(cut), Some(bbox(170.0, 1.0, 180.0, 2.0)));
        assert_eq!(Bbox::around([]), None);
    }
}
