//! From what a record says of its geometry to a shape: points, unions, members, schematic circles.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use geo::ConvexHull;
use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon};

use super::record::{FeatureRecord, GeometryRecord, SchematicRecord};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::{EdgeModel, LonLat, Shape};
use crate::measure::Geodesic;
use crate::measure::ecef::{Ecef, chord, to_ecef};
use crate::projection::{ProjString, Projection};
use crate::unit::{Angle, Length};

/// What a catalogue takes from the base map, so that no border is drawn a second time beside it.
///
/// Geometries are degrees, longitude first, straight in lon/lat, and valid.
pub trait BaseMap {
    /// How to join administrative units, or countries, given by their ISO 3166 codes, into one area
    /// without slivers; `None` when one is unknown, or no layer has all of them.
    fn units(&self, ids: &[String]) -> Option<Union>;

    /// The border of two countries, `CN-RU`, as lines joined end to end; empty when unknown.
    fn border(&self, pair: &str) -> MultiLineString<f64>;

    /// The lines of the coast.
    fn coast(&self) -> MultiLineString<f64>;

    /// The course of a river by its id, `tumen`; empty when unknown.
    fn river(&self, id: &str) -> MultiLineString<f64>;

    /// The lake of this English name; empty when unknown.
    fn lake(&self, name: &str) -> MultiPolygon<f64>;
}

/// Joins units of a base map, when somebody looks at them.
pub type Union = Box<dyn FnOnce() -> MultiPolygon<f64> + Send>;

type Resolved = (Shape, Vec<String>);

/// The shape of each record, with the ids of the features whose positions it uses.
pub(super) fn resolve(
    records: &[(&str, FeatureRecord)],
    base: &dyn BaseMap,
) -> Result<Vec<Resolved>> {
    let by_id: BTreeMap<&str, &GeometryRecord> =
        records.iter().map(|(_, record)| (record.id.as_str(), &record.geometry)).collect();
    let resolver =
        Resolver { by_id, base, unions: RefCell::default(), borders: RefCell::default() };
    records
        .iter()
        .map(|(file, record)| {
            resolver
                .shape(&record.geometry)
                .map_err(|e| e.within(format!("feature '{}'", record.id)).within(*file))
        })
        .collect()
}

struct Resolver<'a> {
    by_id: BTreeMap<&'a str, &'a GeometryRecord>,
    base: &'a dyn BaseMap,
    /// Unions of units, which many features have in common.
    unions: RefCell<BTreeMap<Vec<String>, Shape>>,
    /// Borders of pairs, of which many features are stretches.
    borders: RefCell<BTreeMap<String, Rc<Border>>>,
}

/// A border as the base map has it.
struct Border {
    lines: MultiLineString<f64>,
    /// The longest of the lines, and the same positions on the earth.
    longest: Vec<Coord>,
    on_earth: Vec<Ecef>,
}

impl Resolver<'_> {
    fn shape(&self, record: &GeometryRecord) -> Result<Resolved> {
        let one_of = [
            record.point.is_some(),
            record.ring.is_some(),
            record.members.is_some(),
            record.of.is_some(),
            record.at.is_some(),
            record.schematic.is_some(),
            record.hull.is_some(),
            record.through.is_some(),
            record.border.is_some(),
            record.river.is_some(),
            record.lake.is_some(),
        ];
        if one_of.iter().filter(|&&set| set).count() != 1 {
            return Err(wrong("the geometry needs exactly one shape").with_hint(
                "one of point, ring, members, of, at, schematic, hull, through, border, river, lake",
            ));
        }
        let alone = |shape| Ok((shape, Vec::new()));
        if let Some([lon, lat]) = record.point {
            return alone(Shape::point(LonLat::new(lon, lat)?));
        }
        if let Some(ring) = &record.ring {
            let edges = match record.edges.as_deref() {
                None | Some("geodesic") => EdgeModel::Geodesic,
                Some("lonlat") => EdgeModel::LonLat,
                Some(other) => {
                    return Err(wrong(format!("edges cannot be '{other}'"))
                        .with_hint("edges are geodesic or lonlat"));
                }
            };
            let ring = ring.iter().map(|&[x, y]| Coord { x, y }).collect();
            return alone(Shape::new(area(ring), edges)?);
        }
        if let Some(ids) = &record.of {
            return alone(self.union(ids)?);
        }
        if let Some(pair) = &record.border {
            return self.border(pair, record);
        }
        if let Some(id) = &record.river {
            let lines = self.base.river(id);
            if lines.0.is_empty() {
                return Err(wrong(format!("the base map has no river '{id}'")));
            }
            return alone(Shape::from_checked(Geometry::MultiLineString(lines)));
        }
        if let Some(name) = &record.lake {
            let areas = self.base.lake(name);
            if areas.0.is_empty() {
                return Err(wrong(format!("the base map has no lake '{name}'"))
                    .with_hint("lakes go by their English names, as in \"Lake Khanka\""));
            }
            return alone(Shape::from_checked(Geometry::MultiPolygon(areas)));
        }
        let (ids, shape) = if let Some(id) = &record.at {
            (vec![id.clone()], self.shape(self.stands_at(id)?)?.0)
        } else if let Some(ids) = &record.members {
            let mut ring = self.positions(ids)?;
            ring.extend(ring.first().copied());
            (ids.clone(), Shape::new(area(ring), EdgeModel::Geodesic)?)
        } else if let Some(ids) = &record.hull {
            (ids.clone(), hull(&self.positions(ids)?)?)
        } else if let Some(ids) = &record.through {
            let line = LineString(self.positions(ids)?);
            (ids.clone(), Shape::new(Geometry::LineString(line), EdgeModel::Geodesic)?)
        } else if let Some(schematic) = &record.schematic {
            (schematic.at.clone(), self.circle(schematic)?)
        } else {
            return Err(wrong("the geometry has no shape"));
        };
        Ok((shape, ids))
    }

    fn union(&self, ids: &[String]) -> Result<Shape> {
        if let Some(known) = self.unions.borrow().get(ids) {
            return Ok(known.clone());
        }
        let units = self.base.units(ids).ok_or_else(|| {
            wrong(format!("no layer of the base map holds all of {}", ids.join(", ")))
                .with_hint("units are ISO 3166-2 codes such as KP-13, or countries such as KP")
        })?;
        let shape = Shape::from_checked_later(|| Geometry::MultiPolygon(units()));
        self.unions.borrow_mut().insert(ids.to_vec(), shape.clone());
        Ok(shape)
    }

    /// The geometry of a feature, or of that at which it stands.
    fn stands_at(&self, id: &str) -> Result<&GeometryRecord> {
        let mut at = id;
        // A chain of `at` longer than the catalogue goes in a circle.
        for _ in 0..=self.by_id.len() {
            let record =
                self.by_id.get(at).ok_or_else(|| wrong(format!("there is no feature '{at}'")))?;
            match &record.at {
                Some(next) => at = next,
                None => return Ok(record),
            }
        }
        Err(wrong(format!("the feature '{id}' stands at itself")))
    }

    /// The position of a feature that is a point, or stands at one.
    fn position(&self, id: &str) -> Result<LonLat> {
        match self.stands_at(id)?.point {
            Some([lon, lat]) => LonLat::new(lon, lat),
            None => Err(wrong(format!("the feature '{id}' is not a point"))),
        }
    }

    fn positions(&self, ids: &[String]) -> Result<Vec<Coord>> {
        ids.iter().map(|id| self.position(id).map(Coord::from)).collect()
    }

    /// A circle of the claimed area about the middle of one or two features.
    fn circle(&self, schematic: &SchematicRecord) -> Result<Shape> {
        const CORNERS: u32 = 72;
        let center = match &schematic.at[..] {
            [one] => self.position(one)?,
            [one, other] => Geodesic::midpoint(self.position(one)?, self.position(other)?),
            _ => return Err(wrong("a schematic shape stands at one feature or between two")),
        };
        if !(schematic.area_km2 > 0.0 && schematic.area_km2 < 1e6) {
            return Err(wrong(format!("an area of {} km² cannot be drawn", schematic.area_km2)));
        }
        let step = std::f64::consts::TAU / f64::from(CORNERS);
        let radius = (2.0 * schematic.area_km2 / (f64::from(CORNERS) * step.sin())).sqrt();
        let corner = |i: u32| {
            let bearing = Angle::degrees(-360.0 * f64::from(i) / f64::from(CORNERS));
            Coord::from(Geodesic::destination(center, bearing, Length::km(radius)))
        };
        let mut ring: Vec<Coord> = (0..CORNERS).map(corner).collect();
        ring.push(ring[0]);
        Shape::new(area(ring), EdgeModel::Geodesic)
    }

    fn whole_border(&self, pair: &str) -> Rc<Border> {
        if let Some(known) = self.borders.borrow().get(pair) {
            return Rc::clone(known);
        }
        let lines = self.base.border(pair);
        let longest = lines.0.iter().max_by_key(|line| line.0.len());
        let longest = longest.map(|line| line.0.clone()).unwrap_or_default();
        let on_earth = longest.iter().map(|&c| to_ecef(c)).collect();
        let border = Rc::new(Border { lines, longest, on_earth });
        self.borders.borrow_mut().insert(pair.to_owned(), Rc::clone(&border));
        border
    }

    /// The border of a pair, or its stretch between the positions nearest to two features.
    fn border(&self, pair: &str, record: &GeometryRecord) -> Result<Resolved> {
        let border = self.whole_border(pair);
        if border.lines.0.is_empty() {
            return Err(wrong(format!("the base map has no border '{pair}'"))
                .with_hint("two countries in alphabetical order, as in CN-RU"));
        }
        let (Some(from), Some(to)) = (&record.from_feature, &record.to_feature) else {
            let lines = Geometry::MultiLineString(border.lines.clone());
            return Ok((Shape::from_checked(lines), Vec::new()));
        };
        let line = &border.longest;
        // The nearest vertex through the earth is the nearest over the ground.
        let nearest = |id: &str| -> Result<usize> {
            let position = to_ecef(self.position(id)?.into());
            let through: Vec<f64> = border.on_earth.iter().map(|&c| chord(position, c)).collect();
            let best = (0..line.len()).min_by(|&a, &b| through[a].total_cmp(&through[b]));
            best.ok_or_else(|| wrong(format!("the border '{pair}' is empty")))
        };
        let (start, end) = (nearest(from)?, nearest(to)?);
        let stretch = LineString(line[start.min(end)..=start.max(end)].to_vec());
        if stretch.0.len() < 2 {
            return Err(wrong(format!("'{from}' and '{to}' meet the border at one place")));
        }
        let ids = vec![from.clone(), to.clone()];
        Ok((Shape::from_checked(Geometry::LineString(stretch)), ids))
    }
}

/// The convex hull of positions, found in an equal-area plane about their middle; its corners are
/// the positions themselves and its edges geodesics.
fn hull(positions: &[Coord]) -> Result<Shape> {
    let cloud = Geometry::MultiPoint(MultiPoint::from(positions.to_vec()));
    let center = Shape::new(cloud, EdgeModel::Geodesic)?.bbox().center();
    let plane = ProjString::equal_area_at(center)?;
    let flat: Vec<Coord> = positions
        .iter()
        .filter_map(|c| plane.forward(LonLat::wrap(c.x, c.y)))
        .map(|p| Coord { x: p.easting, y: p.northing })
        .collect();
    let hull = MultiPoint::from(flat.clone()).convex_hull();
    let corner = |at: &Coord| flat.iter().position(|c| c == at).map(|index| positions[index]);
    Shape::new(area(hull.exterior().0.iter().filter_map(corner).collect()), EdgeModel::Geodesic)
}

fn area(ring: Vec<Coord>) -> Geometry<f64> {
    Geometry::Polygon(Polygon::new(LineString(ring), Vec::new()))
}

fn wrong(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Catalogue, what)
}
