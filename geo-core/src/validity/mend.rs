//! Polygons mended round by round, until nothing is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::{Coord, LineString, Polygon};

use super::areas::{self, Area};
use super::chain::Chain;
use super::overlay::{odd, united};
use super::problem::{Findings, Place, ProblemKind, Severity};
use crate::geometry::{EdgeModel, Shape};
use crate::measure::Geodesic;
use crate::predicate::plane::polygon_window;
use crate::raw::RawGeometry;
use crate::unit::{self, Length};

/// Rounds after which nothing more is expected: each places new positions where edges cross, and
/// rounding them may let edges cross again.
const ROUNDS: usize = 6;

/// The polygons of a feature.
pub(super) struct Pieces {
    areas: Vec<Area>,
    /// How far positions moved.
    pub(super) moved: Length,
    /// What was found only when the first problems were mended.
    pub(super) later: Findings,
}

impl Pieces {
    pub(super) fn new(members: &[&RawGeometry]) -> Self {
        let polygons = members.iter().flat_map(|member| match member {
            RawGeometry::Polygon(rings) => std::slice::from_ref(rings),
            RawGeometry::MultiPolygon(polygons) => polygons.as_slice(),
            _ => &[],
        });
        let mut unheard = Findings::new();
        let read = |rings: &Vec<Vec<Coord>>| Area::new(rings, Place::default(), &mut unheard);
        let areas = polygons.filter_map(read).collect();
        Self { areas, moved: Length::ZERO, later: Findings::new() }
    }

    /// The area: each ring without its sign, holes subtracted.
    pub(super) fn area(&self, edges: EdgeModel) -> unit::Area {
        let of_ring = |ring: &Chain| {
            let mut ring = closed(ring);
            let clockwise = Chain::made(ring.0.clone()).turning() < 0.0;
            if clockwise {
                ring.0.reverse();
            }
            Geodesic::area(&Shape::made(Polygon::new(ring, Vec::new()).into(), edges))
        };
        let of_area = |area: &Area| {
            let mut rings = area.rings.iter().map(|(_, ring)| of_ring(ring));
            let exterior = rings.next().unwrap_or(unit::Area::ZERO);
            (exterior - rings.sum::<unit::Area>()).max(unit::Area::ZERO)
        };
        self.areas.iter().map(of_area).sum()
    }

    /// Mends what is wrong.
    ///
    /// # Errors
    /// What is still wrong after so many rounds.
    pub(super) fn mend(&mut self) -> Result<(), Vec<ProblemKind>> {
        for round in 0..ROUNDS {
            self.clear_spikes();
            self.number();
            let mut findings = Findings::all();
            areas::check(&self.areas, &mut findings);
            if round > 0 {
                self.later.extend(&findings);
            }
            if findings.has(ProblemKind::TooManyMeetings) {
                return Err(vec![ProblemKind::TooManyMeetings]);
            }
            if findings.count(Severity::Error) == 0 {
                self.wind();
                return Ok(());
            }
            self.resolve(&findings)?;
        }
        let mut findings = Findings::new();
        areas::check(&self.areas, &mut findings);
        let errors = findings.counts().keys().filter(|kind| kind.severity() == Severity::Error);
        let errors: Vec<ProblemKind> = errors.copied().collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    fn clear_spikes(&mut self) {
        for area in &mut self.areas {
            let rings = std::mem::take(&mut area.rings);
            for (number, (place, ring)) in rings.into_iter().enumerate() {
                match ring.without_spikes() {
                    Some(ring) => area.rings.push((place, ring)),
                    None if number == 0 => break,
                    None => {}
                }
            }
        }
        self.areas.retain(|area| !area.rings.is_empty());
    }

    /// Gives each ring its place in this list.
    fn number(&mut self) {
        for (part, area) in self.areas.iter_mut().enumerate() {
            for (ring, (place, _)) in area.rings.iter_mut().enumerate() {
                *place = Place { part: Some(part), ring: Some(ring), ..Place::default() };
            }
        }
    }

    /// Exteriors counter-clockwise, holes clockwise.
    fn wind(&mut self) {
        for area in &mut self.areas {
            for (number, (_, ring)) in area.rings.iter_mut().enumerate() {
                if (ring.turning() < 0.0) != (number > 0) {
                    // The first position stays the first.
                    ring.corners[1..].reverse();
                }
            }
        }
    }

    /// One round.
    fn resolve(&mut self, findings: &Findings) -> Result<(), Vec<ProblemKind>> {
        let mut crossings: BTreeMap<usize, Vec<Coord>> = BTreeMap::new();
        let mut odd_ones: BTreeSet<usize> = BTreeSet::new();
        let mut twins: BTreeSet<usize> = BTreeSet::new();
        let mut groups = Groups::new(self.areas.len());
        for problem in findings.problems() {
            let Some(part) = problem.place.part else { continue };
            let other = problem.other.and_then(|other| other.part);
            for part in [Some(part), other].into_iter().flatten() {
                crossings.entry(part).or_default().extend(problem.at);
            }
            match (problem.kind, other) {
                (ProblemKind::PolygonTwice, _) => {
                    twins.insert(part);
                }
                (ProblemKind::PolygonsOverlap | ProblemKind::PolygonsShareEdge, Some(other)) => {
                    groups.join(part, other);
                }
                (kind, _) if kind.severity() == Severity::Error => {
                    odd_ones.insert(part);
                }
                _ => {}
            }
        }
        let unmended: Vec<ProblemKind> = findings.counts().keys().copied().collect();
        self.wind();
        let mut mended: Vec<Vec<Area>> = Vec::with_capacity(self.areas.len());
        for (part, area) in std::mem::take(&mut self.areas).into_iter().enumerate() {
            if twins.contains(&part) {
                mended.push(Vec::new());
                continue;
            }
            if !odd_ones.contains(&part) {
                mended.push(vec![area]);
                continue;
            }
            if !area.is_planar() {
                return Err(unmended);
            }
            let rings: Vec<&Chain> = area.rings.iter().map(|(_, ring)| ring).collect();
            let at = crossings.get(&part).map_or(&[][..], Vec::as_slice);
            let (pieces, moved) = odd(&rings, at);
            self.moved = self.moved.max(moved);
            mended.push(pieces.into_iter().map(Area::made).collect());
        }
        for group in groups.sets() {
            let [first, ..] = group[..] else { continue };
            let areas: Vec<Area> =
                group.iter().flat_map(|&part| std::mem::take(&mut mended[part])).collect();
            let areas = together(areas);
            let rings: Vec<Vec<Chain>> = areas
                .into_iter()
                .map(|area| area.rings.into_iter().map(|(_, ring)| ring).collect())
                .collect();
            let polygons: Vec<&[Chain]> = rings.iter().map(Vec::as_slice).collect();
            let at = group.iter().filter_map(|part| crossings.get(part)).flatten();
            let at: Vec<Coord> = at.copied().collect();
            let (pieces, moved) = united(&polygons, &at);
            self.moved = self.moved.max(moved);
            mended[first] = pieces.into_iter().map(Area::made).collect();
        }
        self.areas = mended.into_iter().flatten().collect();
        Ok(())
    }

    /// The geometry, cut at ±180° where it is to be; `None` when nothing is left.
    pub(super) fn written(self, several: bool, cut: bool) -> Option<RawGeometry> {
        let mut polygons: Vec<Vec<Vec<Coord>>> = Vec::with_capacity(self.areas.len());
        let rings = |polygon: Polygon| {
            let (exterior, holes) = polygon.into_inner();
            std::iter::once(exterior).chain(holes).map(|ring| ring.0).collect()
        };
        for area in self.areas {
            let mut all = area.rings.iter().map(|(_, ring)| closed(ring));
            let polygon = Polygon::new(all.next()?, all.collect());
            let (west, east) = area.rings[0].1.extent();
            if cut && (west < -180.0 || east > 180.0) {
                polygons.extend(polygon_window(&polygon, -180.0).into_iter().map(rings));
            } else {
                polygons.push(rings(polygon));
            }
        }
        match polygons.len() {
            0 => None,
            1 if !several => polygons.pop().map(RawGeometry::Polygon),
            _ => Some(RawGeometry::MultiPolygon(polygons)),
        }
    }
}

fn closed(ring: &Chain) -> LineString {
    ring.corners.iter().chain(ring.corners.first()).copied().collect()
}

/// Areas brought next to the first, where a turn parts them.
fn together(areas: Vec<Area>) -> Vec<Area> {
    let Some((west, east)) = areas.first().map(|area| area.rings[0].1.extent()) else {
        return areas;
    };
    let shifted = |mut area: Area| {
        let (low, high) = area.rings[0].1.extent();
        // The turn in which it meets the first, if there is one.
        let turns = [0.0, 360.0, -360.0];
        let by = turns.into_iter().find(|by| low + by <= east && high + by >= west).unwrap_or(0.0);
        if by != 0.0 {
            for (_, ring) in &mut area.rings {
                *ring = ring.shifted(by);
            }
        }
        area
    };
    areas.into_iter().map(shifted).collect()
}

/// Numbers in sets that are joined step by step.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }

    /// The sets of more than one, each in rising order.
    fn sets(mut self) -> Vec<Vec<usize>> {
        let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in 0..self.0.len() {
            sets.entry(self.root(number)).or_default().push(number);
        }
        sets.into_values().filter(|set| set.len() > 1).collect()
    }
}
