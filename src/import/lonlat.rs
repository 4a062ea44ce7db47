//! Positions brought to longitude and latitude on WGS 84.

use geo_types::Coord;
use tumen_geo_core::projection::System;
use tumen_geo_core::raw::{RawFeature, RawGeometry};

use super::{Notes, Options};
use crate::error::{Error, Result};

/// The way from the coordinate system of a file to longitude and latitude.
///
/// Edges that are straight in a plane are not so in longitude and latitude: positions are put into
/// them until both lie within [`SAG`](Self::SAG) of each other.
#[derive(Clone, Debug)]
pub(super) struct ToLonLat {
    system: System,
    plane: bool,
}

impl ToLonLat {
    /// How far an edge may come to lie beside that of the file, metres.
    const SAG: f64 = 0.5;

    /// An edge of this length on the ground lies nearer than [`SAG`](Self::SAG), metres: a chord of
    /// length l lies l²/8R·tan φ beside a parallel, and this is 0.35 m at 80° of latitude.
    const SHORT: f64 = 1_800.0;

    /// The way from the system that the caller gave, else from that which the file says it is in.
    ///
    /// # Errors
    /// When neither says anything, or the system is not known.
    pub(super) fn new(said: Option<&str>, options: &Options, notes: &Notes) -> Result<Self> {
        let Some(text) = options.crs.as_deref().or(said) else {
            return Err(Error::failure("it does not say which coordinate system it is in")
                .with_hint(
                    "if you know, say it, as in --crs EPSG:4326 for longitude and latitude",
                ));
        };
        let system = System::read(text)?;
        if !system.is_lonlat() {
            let shift = system.shift().map_or(String::new(), |shift| {
                format!(
                    " by {} (within {} m in {})",
                    shift.operation,
                    shift.accuracy.to_m(),
                    shift.region
                )
            });
            notes.say(format!("positions are brought from {system} to WGS 84{shift}"));
        }
        let plane = !system.definition().contains("+proj=longlat");
        Ok(Self { system, plane })
    }

    /// The way from the system that the caller gave, if one was given.
    ///
    /// # Errors
    /// When the system is not known.
    pub(super) fn given(options: &Options, notes: &Notes) -> Result<Option<Self>> {
        options.crs.is_some().then(|| Self::new(None, options, notes)).transpose()
    }

    /// Whether positions are longitude and latitude already.
    pub(super) fn is_lonlat(&self) -> bool {
        self.system.is_lonlat()
    }

    /// The feature in longitude and latitude.
    ///
    /// # Errors
    /// When a position is nowhere in the system; the message names the feature.
    pub(super) fn feature(&self, mut feature: RawFeature) -> Result<RawFeature> {
        if self.system.is_lonlat() {
            return Ok(feature);
        }
        if let Some(geometry) = &mut feature.geometry {
            let done = self.geometry(geometry);
            done.map_err(|e| e.within(&format!("feature '{}'", feature.name())))?;
        }
        Ok(feature)
    }

    fn geometry(&self, geometry: &mut RawGeometry) -> Result<()> {
        match geometry {
            RawGeometry::Point(at) => *at = self.position(*at)?,
            RawGeometry::MultiPoint(points) => {
                for at in points {
                    *at = self.position(*at)?;
                }
            }
            RawGeometry::LineString(line) => self.chain(line)?,
            RawGeometry::MultiLineString(lines) | RawGeometry::Polygon(lines) => {
                lines.iter_mut().try_for_each(|line| self.chain(line))?;
            }
            RawGeometry::MultiPolygon(areas) => {
                areas.iter_mut().flatten().try_for_each(|ring| self.chain(ring))?;
            }
            RawGeometry::GeometryCollection(parts) => {
                parts.iter_mut().try_for_each(|part| self.geometry(part))?;
            }
        }
        Ok(())
    }

    fn position(&self, at: Coord) -> Result<Coord> {
        Ok(self.system.to_lonlat(at)?)
    }

    fn chain(&self, chain: &mut Vec<Coord>) -> Result<()> {
        let mut brought: Vec<Coord> = Vec::with_capacity(chain.len());
        let mut before: Option<(Coord, Coord)> = None;
        for &there in &*chain {
            let here = self.position(there)?;
            if let Some((from, start)) = before.filter(|_| self.plane) {
                self.between((from, start), (there, here), 0, &mut brought)?;
            }
            brought.push(here);
            before = Some((there, here));
        }
        *chain = brought;
        Ok(())
    }

    /// Puts positions into an edge, each end of which is given in the plane and in longitude and
    /// latitude.
    fn between(
        &self,
        (from, start): (Coord, Coord),
        (to, end): (Coord, Coord),
        depth: u32,
        into: &mut Vec<Coord>,
    ) -> Result<()> {
        let middle = (start + end) / 2.0;
        let metres = |one: Coord, other: Coord| {
            let degree = 111_320.0;
            let wide = (one.x - other.x) * middle.y.to_radians().cos();
            wide.hypot(one.y - other.y) * degree
        };
        if metres(start, end) < Self::SHORT || depth == 16 || (end.x - start.x).abs() > 180.0 {
            return Ok(());
        }
        let there = (from + to) / 2.0;
        let here = self.position(there)?;
        if metres(here, middle) > Self::SAG {
            self.between((from, start), (there, here), depth + 1, into)?;
            into.push(here);
            self.between((there, here), (to, end), depth + 1, into)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brought(crs: &str, geometry: RawGeometry) -> RawGeometry {
        let way = ToLonLat::new(Some(crs), &Options::default(), &Notes::default()).unwrap();
        let mut geometry = geometry;
        way.geometry(&mut geometry).unwrap();
        geometry
    }

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn a_file_that_says_nothing_is_refused() {
        let error = ToLonLat::new(None, &Options::default(), &Notes::default()).unwrap_err();
        assert!(error.hint().unwrap().contains("--crs"));
        let told = Options { crs: Some("EPSG:32652".to_owned()), ..Options::default() };
        let notes = Notes::default();
        ToLonLat::new(Some("EPSG:4326"), &told, &notes).unwrap();
        assert!(notes.told()[0].contains("UTM zone 52N"), "{:?}", notes.told());
    }

    /// Expected: points of the straight line in the plane.
    #[test]
    fn straight_edges_of_a_plane_stay_where_they_are() {
        let (from, to) = (at(200_000.0, 4_700_000.0), at(800_000.0, 4_720_000.0));
        let line = brought("EPSG:32652", RawGeometry::LineString(vec![from, to]));
        let RawGeometry::LineString(line) = line else { panic!("a line") };
        assert!(line.len() > 30 && line.len() < 300, "{}", line.len());
        let utm = System::read("EPSG:32652").unwrap();
        for share in 0..=100 {
            let share = f64::from(share) / 100.0;
            let lonlat = utm.to_lonlat(from + (to - from) * share).unwrap();
            let edge = line.windows(2).find(|edge| edge[1].x >= lonlat.x).unwrap();
            let along = (lonlat.x - edge[0].x) / (edge[1].x - edge[0].x);
            let lat = edge[0].y + along * (edge[1].y - edge[0].y);
            assert!((lat - lonlat.y).abs() * 111_320.0 < ToLonLat::SAG * 1.1, "{share}");
        }
    }

    #[test]
    fn longitude_and_latitude_are_not_touched() {
        let line = RawGeometry::LineString(vec![at(100.0, 40.0), at(140.0, 40.0)]);
        assert_eq!(brought("EPSG:4326", line.clone()), line);
    }
}
