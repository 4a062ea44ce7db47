//! What is wrong with a geometry.

use std::collections::BTreeMap;

use geo_types::Coord;

use super::areas::{self, Area};
use super::chain::Chain;
use super::limit::POSITIONS;
use super::problem::{Findings, Place, Problem, ProblemKind};
use crate::raw::RawGeometry;

/// Everything that is wrong with a geometry, with its place. About n log n for n positions.
///
/// Holes of a polygon whose exterior goes around a pole are checked each by itself.
///
/// ```
/// use geo_types::Coord;
/// use tumen_geo_core::{raw::RawGeometry, validity::{ProblemKind, problems}};
/// // A bow tie over the mouth of the Tumen.
/// let ring = [(130.6, 42.3), (130.7, 42.4), (130.7, 42.3), (130.6, 42.4), (130.6, 42.3)];
/// let ring = ring.map(|(x, y)| Coord { x, y }).to_vec();
/// let found = problems(&RawGeometry::Polygon(vec![ring]));
/// assert_eq!(found.problems()[0].kind, ProblemKind::RingCrossesItself);
/// ```
pub fn problems(geometry: &RawGeometry) -> Findings {
    let mut findings = Findings::new();
    find(geometry, &mut findings);
    findings
}

pub(super) fn find(geometry: &RawGeometry, findings: &mut Findings) {
    let count = count(geometry);
    if count > POSITIONS {
        let what = format!("it has {count} positions, more than {POSITIONS}");
        findings.add(Problem::new(ProblemKind::TooManyPositions, what));
        return;
    }
    let mut members = Vec::new();
    flat(geometry, &mut members);
    if members.is_empty() {
        findings.add(Problem::new(ProblemKind::Empty, "the collection is empty"));
    }
    let collection = matches!(geometry, RawGeometry::GeometryCollection(_));
    if collection && !members.is_empty() {
        let what = "a geometry collection has no one kind";
        findings.add(Problem::new(ProblemKind::Collection, what));
    }
    for (index, member) in members.into_iter().enumerate() {
        let member_place = Place { member: collection.then_some(index), ..Place::default() };
        if places(member, member_place, findings) {
            shape(member, member_place, findings);
        }
    }
}

/// How many positions there are.
fn count(geometry: &RawGeometry) -> usize {
    match geometry {
        RawGeometry::Point(_) => 1,
        RawGeometry::MultiPoint(line) | RawGeometry::LineString(line) => line.len(),
        RawGeometry::MultiLineString(lines) | RawGeometry::Polygon(lines) => {
            lines.iter().map(Vec::len).sum()
        }
        RawGeometry::MultiPolygon(areas) => areas.iter().flatten().map(Vec::len).sum(),
        RawGeometry::GeometryCollection(members) => members.iter().map(count).sum(),
    }
}

/// The geometries that are no collections.
pub(super) fn flat<'a>(geometry: &'a RawGeometry, members: &mut Vec<&'a RawGeometry>) {
    match geometry {
        RawGeometry::GeometryCollection(inner) => {
            for member in inner {
                flat(member, members);
            }
        }
        other => members.push(other),
    }
}

/// The chains of a geometry that is no collection, and where in it they are.
fn chains(geometry: &RawGeometry, place: Place) -> Vec<(Place, &[Coord])> {
    let part = |part: usize| Place { part: Some(part), ..place };
    match geometry {
        RawGeometry::Point(at) => vec![(place, std::slice::from_ref(at))],
        RawGeometry::MultiPoint(line) | RawGeometry::LineString(line) => vec![(place, line)],
        RawGeometry::MultiLineString(lines) => {
            lines.iter().enumerate().map(|(i, line)| (part(i), line.as_slice())).collect()
        }
        RawGeometry::Polygon(area) => area
            .iter()
            .enumerate()
            .map(|(i, ring)| (Place { ring: Some(i), ..place }, ring.as_slice()))
            .collect(),
        RawGeometry::MultiPolygon(areas) => (areas.iter().enumerate())
            .flat_map(|(i, area)| {
                area.iter().enumerate().map(move |(ring, chain)| {
                    (Place { ring: Some(ring), ..part(i) }, chain.as_slice())
                })
            })
            .collect(),
        RawGeometry::GeometryCollection(_) => Vec::new(),
    }
}

/// Whether each position is a place on earth.
fn places(geometry: &RawGeometry, place: Place, findings: &mut Findings) -> bool {
    let chains = chains(geometry, place);
    let all = || chains.iter().flat_map(|(_, chain)| chain.iter());
    let beyond = all().filter(|at| at.y.abs() > 90.0).count();
    let swapped = |at: &Coord| at.x.abs() <= 90.0 && at.y.abs() <= 360.0;
    if beyond > 0 && all().all(swapped) {
        let what = format!(
            "{beyond} of its positions have latitudes beyond a pole, and all fit with their numbers \
             swapped: longitude comes first"
        );
        findings.add(Problem::new(ProblemKind::LooksSwapped, what).in_place(place));
        return false;
    }
    let mut usable = true;
    for (place, chain) in &chains {
        let mut far = None;
        for (position, &at) in chain.iter().enumerate() {
            let Coord { x, y } = at;
            let (kind, what) = if !(x.is_finite() && y.is_finite()) {
                usable = false;
                (ProblemKind::NotFinite, format!("the position ({x}, {y}) is not a number"))
            } else if y.abs() > 90.0 {
                usable = false;
                let what = format!("the latitude {y} is outside -90…90");
                (ProblemKind::LatitudeOutOfRange, what)
            } else if x.abs() > 540.0 {
                usable = false;
                let what = format!("the longitude {x} can be no degrees: are these metres?");
                (ProblemKind::NotDegrees, what)
            } else if x.abs() > 360.0 {
                let what = format!("the longitude {x} is outside -360…360");
                (ProblemKind::LongitudeFarOut, what)
            } else {
                if x.abs() > 180.0 {
                    far = far.or(Some((position, at)));
                }
                continue;
            };
            findings.add(Problem::new(kind, what).in_place(place.at(position)).near(at));
        }
        if let Some((position, at)) = far {
            let what = format!("the longitude {} is beyond ±180", at.x);
            let problem = Problem::new(ProblemKind::LongitudeBeyond180, what);
            findings.add(problem.in_place(place.at(position)).near(at));
        }
    }
    usable
}

/// What is wrong with a geometry whose positions are places on earth.
fn shape(geometry: &RawGeometry, place: Place, findings: &mut Findings) {
    let part = |part: usize| Place { part: Some(part), ..place };
    let parts = match geometry {
        RawGeometry::Point(_) | RawGeometry::GeometryCollection(_) => None,
        RawGeometry::LineString(line) => {
            Chain::line(line, place, findings);
            None
        }
        RawGeometry::Polygon(rings) => {
            if let Some(area) = Area::new(rings, place, findings) {
                areas::check(&[area], findings);
            }
            None
        }
        RawGeometry::MultiPoint(points) => {
            twice(points.iter().map(|at| vec![bits(*at)]), "point", part, findings);
            Some(points.len())
        }
        RawGeometry::MultiLineString(lines) => {
            for (index, line) in lines.iter().enumerate() {
                Chain::line(line, part(index), findings);
            }
            let key = |line: &Vec<Coord>| {
                let mut key: Vec<[u64; 2]> = line.iter().map(|at| bits(*at)).collect();
                if key.last() < key.first() {
                    key.reverse();
                }
                key
            };
            twice(lines.iter().map(key), "line", part, findings);
            Some(lines.len())
        }
        RawGeometry::MultiPolygon(polygons) => {
            let polygons_read = (polygons.iter().enumerate())
                .filter_map(|(index, rings)| Area::new(rings, part(index), findings));
            let read: Vec<Area> = polygons_read.collect();
            areas::check(&read, findings);
            Some(polygons.len())
        }
    };
    match parts {
        Some(0) => {
            let what = format!("the {} is empty", geometry.type_name());
            findings.add(Problem::new(ProblemKind::Empty, what).in_place(place));
        }
        Some(1) => {
            let what = format!("a {} of one part", geometry.type_name());
            findings.add(Problem::new(ProblemKind::OneMemberMulti, what).in_place(place));
        }
        _ => {}
    }
}

fn bits(at: Coord) -> [u64; 2] {
    // Without a negative zero.
    [at.x + 0.0, at.y + 0.0].map(f64::to_bits)
}

/// Tells the points or lines that are there twice.
fn twice(
    keys: impl Iterator<Item = Vec<[u64; 2]>>,
    what: &str,
    part: impl Fn(usize) -> Place,
    findings: &mut Findings,
) {
    let mut seen = BTreeMap::new();
    for (index, key) in keys.enumerate() {
        let Some(at) = key.first().copied() else { continue };
        if let Some(first) = seen.get(&key) {
            let problem =
                Problem::new(ProblemKind::PartTwice, format!("the {what} is there twice"));
            let at = Coord { x: f64::from_bits(at[0]), y: f64::from_bits(at[1]) };
            findings.add(problem.in_place(part(index)).with(part(*first)).near(at));
        } else {
            seen.insert(key, index);
        }
    }
}
