//! The geometries of a placemark.

use geo_types::Coord;
use tumen_geo_core::raw::RawGeometry;

use super::element::Element;
use crate::error::{Error, Result};

/// What a placemark has, by kind.
#[derive(Debug, Default)]
pub(super) struct Parts {
    points: Vec<Coord>,
    lines: Vec<Vec<Coord>>,
    areas: Vec<Vec<Vec<Coord>>>,
    /// What it has that is not read.
    pub(super) left_out: Vec<&'static str>,
}

impl Parts {
    /// Adds an element if it is a geometry.
    pub(super) fn add(&mut self, element: &Element) -> Result<()> {
        match element.name.as_str() {
            "Point" => {
                let line = self.coordinates(element)?;
                let [at] = line[..] else {
                    return Err(Error::failure(format!("a point has {} positions", line.len()))
                        .with_hint("write one, as in <coordinates>130.3,42.25</coordinates>"));
                };
                self.points.push(at);
            }
            "LineString" | "LinearRing" => {
                let line = self.coordinates(element)?;
                self.lines.push(line);
            }
            "Polygon" => {
                let rings = element.all("outerBoundaryIs").chain(element.all("innerBoundaryIs"));
                let rings = rings.flat_map(|boundary| boundary.all("LinearRing"));
                let rings: Result<Vec<_>> = rings.map(|ring| self.coordinates(ring)).collect();
                self.areas.push(rings?);
            }
            "MultiGeometry" => element.children.iter().try_for_each(|part| self.add(part))?,
            "Track" | "MultiTrack" => self.left_out.push("tracks (gx:Track) are left out"),
            "Model" => self.left_out.push("models in three dimensions are left out"),
            _ => {}
        }
        Ok(())
    }

    /// The geometry of each kind, areas first.
    pub(super) fn geometries(self) -> Vec<(&'static str, RawGeometry)> {
        let area = one_or(self.areas, RawGeometry::Polygon, RawGeometry::MultiPolygon);
        let line = one_or(self.lines, RawGeometry::LineString, RawGeometry::MultiLineString);
        let point = one_or(self.points, RawGeometry::Point, RawGeometry::MultiPoint);
        let kinds = [("areas", area), ("lines", line), ("points", point)];
        kinds.into_iter().filter_map(|(kind, geometry)| Some((kind, geometry?))).collect()
    }

    /// The positions of an element: `lon,lat` or `lon,lat,height`, parted by white space.
    fn coordinates(&mut self, element: &Element) -> Result<Vec<Coord>> {
        let text = element.child("coordinates").map_or("", |child| child.text.as_str());
        let mut line = Vec::new();
        let mut heights = false;
        for position in text.split_whitespace() {
            let mut numbers = position.split(',');
            let (x, y, height) = (numbers.next(), numbers.next(), numbers.next());
            let number = |text: Option<&str>| text.and_then(|text| text.parse::<f64>().ok());
            let (Some(x), Some(y), None) = (number(x), number(y), numbers.next()) else {
                return Err(Error::failure(format!("'{position}' is not a position")).with_hint(
                    "write lon,lat or lon,lat,height without spaces, positions parted by spaces",
                ));
            };
            heights |= number(height).is_some_and(|height| height != 0.0);
            line.push(Coord { x, y });
        }
        if heights {
            self.left_out.push("heights are left out");
        }
        Ok(line)
    }
}

fn one_or<T>(
    mut parts: Vec<T>,
    one: impl FnOnce(T) -> RawGeometry,
    several: impl FnOnce(Vec<T>) -> RawGeometry,
) -> Option<RawGeometry> {
    match parts.len() {
        0 => None,
        1 => parts.pop().map(one),
        _ => Some(several(parts)),
    }
}
