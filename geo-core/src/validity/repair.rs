//! The least that makes a geometry valid.

use std::collections::BTreeSet;

use geo_types::{Coord, LineString};

use super::chain::Chain;
use super::geometry::{find, flat};
use super::mend::Pieces;
use super::problem::{Findings, Place, ProblemKind, Severity};
use crate::geometry::EdgeModel;
use crate::geometry::LonLat;
use crate::predicate::plane::line_window;
use crate::raw::RawGeometry;
use crate::unit::{Area, Length};

/// What came of a geometry.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Nothing is to be repaired.
    Kept,
    /// The geometry, repaired.
    Mended(RawGeometry),
    /// It was empty: the feature has no geometry.
    Emptied,
    /// There is no repair, for these problems.
    LeftOut(Vec<ProblemKind>),
}

/// What was repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The problem; [`remedy`](ProblemKind::remedy) says what was done.
    pub kind: ProblemKind,
    /// How often.
    pub count: usize,
    /// Where first.
    pub place: Place,
}

/// A repair: the geometry, what was changed, and by how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// What came of it.
    pub outcome: Outcome,
    /// What was changed, in the order of the kinds.
    pub changes: Vec<Change>,
    /// The area of the rings as they were declared, each taken without its sign, holes subtracted.
    pub area_before: Area,
    /// The area of what came of it.
    pub area_after: Area,
    /// How far a position moved, but for new ones where edges cross.
    pub moved: Length,
}

impl Repair {
    fn without(outcome: Outcome) -> Self {
        let (area_before, area_after) = (Area::ZERO, Area::ZERO);
        Self { outcome, changes: Vec::new(), area_before, area_after, moved: Length::ZERO }
    }
}

/// Makes a geometry valid by the least change, its edges meaning `edges` where areas are measured.
///
/// * Rings are closed and wound; positions that are there twice in a row, tips of spikes, rings and
///   parts without an extent are left out.
/// * Of a polygon whose rings cross, touch themselves or lie wrongly, what an odd number of its rings
///   holds stays: a hole outside becomes a polygon, as by GEOS (`MakeValid`, linework). Of a ring that
///   goes twice around, what it goes around stays.
/// * Polygons of one feature that share ground or an edge are united; one that is there twice is
///   there once.
/// * What goes over ±180° is cut there, and a ring around a pole is closed along ±180° and the pole.
///
/// Positions stay where they are, to the last bit, but for new ones where edges cross, whose error is
/// that of rounding; [`Repair::moved`] tells of any other. About n log n for n positions and the
/// places where edges meet.
///
/// ```
/// use geo_types::Coord;
/// use tumen_geo_core::{EdgeModel, raw::RawGeometry, validity::{Outcome, repair}};
/// let open = [(130.6, 42.3), (130.7, 42.3), (130.7, 42.4)].map(|(x, y)| Coord { x, y });
/// let repair = repair(&RawGeometry::Polygon(vec![open.to_vec()]), EdgeModel::LonLat);
/// let Outcome::Mended(RawGeometry::Polygon(rings)) = repair.outcome else { panic!() };
/// assert_eq!(rings[0].len(), 4);
/// assert_eq!(repair.area_after, repair.area_before);
/// ```
pub fn repair(geometry: &RawGeometry, edges: EdgeModel) -> Repair {
    let mut findings = Findings::all();
    find(geometry, &mut findings);
    let kinds: Vec<ProblemKind> = findings.counts().keys().copied().collect();
    if kinds.iter().all(|kind| kind.severity() == Severity::Note) {
        return Repair::without(Outcome::Kept);
    }
    let hopeless: Vec<ProblemKind> =
        kinds.iter().copied().filter(|kind| is_hopeless(*kind)).collect();
    if !hopeless.is_empty() {
        return Repair::without(Outcome::LeftOut(hopeless));
    }
    let mut members = Vec::new();
    flat(geometry, &mut members);
    members.retain(|member| !is_empty(member));
    let dimensions: BTreeSet<u8> = members.iter().copied().map(dimension).collect();
    let several = matches!(
        geometry,
        RawGeometry::MultiPoint(_)
            | RawGeometry::MultiLineString(_)
            | RawGeometry::MultiPolygon(_)
            | RawGeometry::GeometryCollection(_)
    );
    let cut = [
        ProblemKind::CrossesAntimeridian,
        ProblemKind::LongitudeBeyond180,
        ProblemKind::LongitudeFarOut,
        ProblemKind::AroundPole,
    ];
    let cut = cut.into_iter().any(|kind| findings.has(kind));
    let mut repair = Repair::without(Outcome::Emptied);
    repair.changes = changes(&findings);
    let mended = match dimensions.into_iter().collect::<Vec<u8>>()[..] {
        [] => return repair,
        [0] => points(&members, several),
        [1] => lines(&members, several, cut),
        [_] => {
            let mut pieces = Pieces::new(&members);
            repair.area_before = pieces.area(edges);
            if let Err(left) = pieces.mend() {
                repair.outcome = Outcome::LeftOut(left);
                return repair;
            }
            repair.area_after = pieces.area(edges);
            repair.moved = pieces.moved;
            add(&mut repair.changes, &pieces.later);
            pieces.written(several, cut)
        }
        _ => {
            repair.outcome = Outcome::LeftOut(vec![ProblemKind::Collection]);
            return repair;
        }
    };
    let Some(mended) = mended else {
        let without_extent =
            [ProblemKind::TooShort, ProblemKind::RingWithoutArea, ProblemKind::Spike];
        let mut left: Vec<ProblemKind> =
            without_extent.into_iter().filter(|kind| findings.has(*kind)).collect();
        if left.is_empty() {
            left.extend(kinds);
        }
        repair.outcome = Outcome::LeftOut(left);
        return repair;
    };
    let mut still = Findings::new();
    find(&mended, &mut still);
    repair.outcome = if still.count(Severity::Error) == 0 {
        Outcome::Mended(mended)
    } else {
        Outcome::LeftOut(still.counts().keys().copied().collect())
    };
    repair
}

/// Whether nothing but a guess could repair it.
fn is_hopeless(kind: ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::TooManyPositions
            | ProblemKind::TooManyMeetings
            | ProblemKind::NotFinite
            | ProblemKind::NotDegrees
            | ProblemKind::LooksSwapped
            | ProblemKind::LatitudeOutOfRange
    )
}

fn changes(findings: &Findings) -> Vec<Change> {
    let mut changes = Vec::new();
    add(&mut changes, findings);
    changes
}

/// Adds the kinds that are not there yet.
fn add(changes: &mut Vec<Change>, findings: &Findings) {
    for (&kind, &count) in findings.counts() {
        let known = changes.iter().any(|change| change.kind == kind);
        if known || kind.severity() == Severity::Note {
            continue;
        }
        let first = findings.problems().iter().find(|problem| problem.kind == kind);
        let place = first.map(|problem| problem.place).unwrap_or_default();
        changes.push(Change { kind, count, place });
    }
}

fn dimension(geometry: &RawGeometry) -> u8 {
    match geometry {
        RawGeometry::Point(_) | RawGeometry::MultiPoint(_) => 0,
        RawGeometry::LineString(_) | RawGeometry::MultiLineString(_) => 1,
        _ => 2,
    }
}

fn is_empty(geometry: &RawGeometry) -> bool {
    match geometry {
        RawGeometry::Point(_) => false,
        RawGeometry::MultiPoint(line) | RawGeometry::LineString(line) => line.is_empty(),
        RawGeometry::MultiLineString(lines) | RawGeometry::Polygon(lines) => {
            lines.iter().all(Vec::is_empty)
        }
        RawGeometry::MultiPolygon(areas) => areas.iter().flatten().all(Vec::is_empty),
        RawGeometry::GeometryCollection(members) => members.iter().all(is_empty),
    }
}

/// Each point once, within ±180°.
fn points(members: &[&RawGeometry], several: bool) -> Option<RawGeometry> {
    let mut points: Vec<Coord> = Vec::new();
    let mut seen = BTreeSet::new();
    for member in members {
        let at = match member {
            RawGeometry::Point(at) => std::slice::from_ref(at),
            RawGeometry::MultiPoint(points) => points,
            _ => &[],
        };
        for &at in at {
            let at = Coord::from(LonLat::wrap(at.x, at.y));
            if seen.insert([at.x + 0.0, at.y + 0.0].map(f64::to_bits)) {
                points.push(at);
            }
        }
    }
    match points[..] {
        [] => None,
        [at] if !several => Some(RawGeometry::Point(at)),
        _ => Some(RawGeometry::MultiPoint(points)),
    }
}

/// Each line once, without what repeats, cut at ±180°.
fn lines(members: &[&RawGeometry], several: bool, cut: bool) -> Option<RawGeometry> {
    let mut lines: Vec<Vec<Coord>> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut unheard = Findings::new();
    for member in members {
        let members = match member {
            RawGeometry::LineString(line) => std::slice::from_ref(line),
            RawGeometry::MultiLineString(lines) => lines,
            _ => &[],
        };
        for line in members {
            let Some(chain) = Chain::line(line, Place::default(), &mut unheard) else { continue };
            let mut key: Vec<[u64; 2]> =
                chain.corners.iter().map(|at| [at.x + 0.0, at.y + 0.0].map(f64::to_bits)).collect();
            if key.last() < key.first() {
                key.reverse();
            }
            if !seen.insert(key) {
                continue;
            }
            if cut {
                let parts = line_window(&LineString(chain.corners), -180.0);
                lines.extend(parts.into_iter().map(|part| part.0));
            } else {
                lines.push(chain.corners);
            }
        }
    }
    match lines.len() {
        0 => None,
        1 if !several => lines.pop().map(RawGeometry::LineString),
        _ => Some(RawGeometry::MultiLineString(lines)),
    }
}
