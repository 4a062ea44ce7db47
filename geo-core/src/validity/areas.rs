//! What is wrong with polygons: how their rings lie to one another (OGC 06-103r4, 6.1.11 and 6.1.14).

use std::collections::{BTreeMap, BTreeSet};

use geo_types::Coord;

use super::chain::Chain;
use super::limit::MEETINGS;
use super::meeting::{Edges, How, Meeting, Node, Ring};
use super::nesting::Nesting;
use super::problem::{Findings, Place, Problem, ProblemKind};
use crate::geometry::densify::nearest_turn;
use crate::geometry::runs::Runs;

/// A polygon as reading takes it: its exterior and then its holes, as far as they are rings.
#[derive(Clone, Debug)]
pub(super) struct Area {
    pub(super) rings: Vec<(Place, Chain)>,
}

impl Area {
    /// The polygon of these rings; `None` without an exterior.
    pub(super) fn new(rings: &[Vec<Coord>], place: Place, findings: &mut Findings) -> Option<Self> {
        if rings.is_empty() {
            let what = "the polygon has no ring";
            findings.add(Problem::new(ProblemKind::Empty, what).in_place(place));
            return None;
        }
        let rings = rings.iter().enumerate().map(|(number, ring)| {
            let place = Place { ring: Some(number), ..place };
            (place, Chain::ring(ring, place, findings))
        });
        let rings: Vec<_> = rings.collect();
        let mut area = Self { rings: Vec::with_capacity(rings.len()) };
        for (number, (place, ring)) in rings.into_iter().enumerate() {
            match ring {
                Some(ring) => area.rings.push((place, ring)),
                None if number == 0 => return None,
                None => {}
            }
        }
        area.bring_together();
        Some(area)
    }

    /// Brings the holes to the turn of the exterior, and that to -180°…180° with its western end.
    fn bring_together(&mut self) {
        let middle = |chain: &Chain| {
            let (low, high) = chain.extent();
            f64::midpoint(low, high)
        };
        let (low, _) = self.rings[0].1.extent();
        let shift = -360.0 * ((low + 180.0) / 360.0).floor();
        let exterior = middle(&self.rings[0].1) + shift;
        for (number, (_, ring)) in self.rings.iter_mut().enumerate() {
            let shift = match number {
                0 => shift,
                _ => nearest_turn(middle(ring), exterior) - middle(ring),
            };
            // Added or subtracted, a turn that is none would still round.
            let shift = 360.0 * (shift / 360.0).round();
            *ring = ring.shifted(shift);
        }
    }

    /// A polygon of these rings, the exterior first.
    pub(super) fn made(rings: Vec<Chain>) -> Self {
        let rings = rings.into_iter().map(|ring| (Place::default(), ring)).collect();
        let mut area = Self { rings };
        area.bring_together();
        area
    }

    /// Whether the plane tells how its rings lie: holes of a ring around a pole may lie over its seam.
    pub(super) fn is_planar(&self) -> bool {
        self.rings.len() == 1 || self.rings.iter().all(|(_, ring)| !ring.around_pole)
    }
}

/// Finds what is wrong with areas of one feature. About n log n for n positions.
pub(super) fn check(areas: &[Area], findings: &mut Findings) {
    let rings = laid(areas);
    let edges = Edges::new(&rings);
    let runs = edges.runs();
    let Some(meetings) = edges.meetings(&runs, MEETINGS) else {
        let what = format!("its edges meet in more than {MEETINGS} places");
        findings.add(Problem::new(ProblemKind::TooManyMeetings, what));
        return;
    };
    let checked = Checked { edges: &edges, runs: &runs, meetings: &meetings };
    checked.tell_meetings(findings);
    checked.tell_windings(findings);
    if rings.len() > 1 {
        checked.tell_nesting(findings);
        checked.tell_parted(findings);
        tell_cuts(areas, findings);
    }
}

/// The rings of areas in one plane, those that run on over 180° also a turn to the west.
fn laid(areas: &[Area]) -> Vec<Ring> {
    let mut rings = Vec::new();
    for (polygon, area) in areas.iter().enumerate() {
        let alone = !area.is_planar();
        let over = areas.len() > 1 && !alone && area.rings[0].1.extent().1 > 180.0;
        for copy in [false, true].into_iter().take(1 + usize::from(over)) {
            let by = if copy { -360.0 } else { 0.0 };
            for (number, (place, chain)) in area.rings.iter().enumerate() {
                let (chain, place) = (chain.shifted(by), *place);
                rings.push(Ring { chain, place, polygon, number, copy, alone });
            }
        }
    }
    rings
}

/// The rings of a feature, and where they meet.
struct Checked<'a> {
    edges: &'a Edges<'a>,
    runs: &'a Runs<'a>,
    meetings: &'a [Meeting],
}

impl<'a> Checked<'a> {
    fn ring(&self, ring: usize) -> &'a Ring {
        &self.edges.rings[ring]
    }

    fn place(&self, ring: usize, node: Node) -> Place {
        let ring = self.ring(ring);
        ring.place.at(ring.chain.positions[node.corner()])
    }

    fn tell_meetings(&self, findings: &mut Findings) {
        let twins = self.twins();
        for &(first, second) in &twins {
            let what = "the polygon is there twice";
            findings.add(
                Problem::new(ProblemKind::PolygonTwice, what)
                    .in_place(self.polygon(second))
                    .with(self.polygon(first)),
            );
        }
        for meeting in self.meetings {
            let [first, second] = meeting.rings.map(|ring| self.ring(ring));
            let same = first.polygon == second.polygon;
            let twins = twins.contains(&polygons(first, second));
            let Some((kind, what)) = (match (meeting.how, meeting.rings[0] == meeting.rings[1]) {
                (How::Cross, true) => {
                    Some((ProblemKind::RingCrossesItself, "the ring crosses itself"))
                }
                (How::Along, true) => {
                    Some((ProblemKind::RingCrossesItself, "the ring runs along itself"))
                }
                (How::Touch, true) => {
                    Some((ProblemKind::RingTouchesItself, "the ring touches itself"))
                }
                (How::Touch, false) => None,
                (how, false) if same => Some(match (first.number, how) {
                    (0, How::Cross) => {
                        (ProblemKind::HoleCrossesShell, "the hole crosses the exterior")
                    }
                    (0, _) => (ProblemKind::HoleCrossesShell, "the hole runs along the exterior"),
                    (_, How::Cross) => (ProblemKind::HolesOverlap, "two holes cross"),
                    (_, _) => (ProblemKind::HolesOverlap, "two holes run along one another"),
                }),
                (_, false) if twins => None,
                (How::Cross, false) => Some((ProblemKind::PolygonsOverlap, "two polygons cross")),
                (How::Along, false) => {
                    Some((ProblemKind::PolygonsShareEdge, "two polygons share an edge"))
                }
            }) else {
                continue;
            };
            // The hole is what is misplaced.
            let [one, other] =
                [0, 1].map(|side| self.place(meeting.rings[side], meeting.nodes[side]));
            findings.add(Problem::new(kind, what).in_place(other).with(one).near(meeting.at));
        }
    }

    fn polygon(&self, polygon: usize) -> Place {
        let ring = self.edges.rings.iter().find(|ring| ring.polygon == polygon);
        Place { ring: None, ..ring.map_or(Place::default(), |ring| ring.place) }
    }

    /// The polygons that are the same.
    fn twins(&self) -> BTreeSet<(usize, usize)> {
        let beside = self.meetings.iter().filter(|meeting| meeting.how == How::Along);
        let pairs: BTreeSet<(usize, usize)> = (beside)
            .map(|meeting| meeting.rings.map(|ring| self.ring(ring)))
            .filter(|[first, second]| first.polygon != second.polygon)
            .map(|[first, second]| polygons(first, second))
            .collect();
        let mut known: BTreeMap<usize, Vec<Vec<[u64; 2]>>> = BTreeMap::new();
        let mut twins = BTreeSet::new();
        for (first, second) in pairs {
            for polygon in [first, second] {
                known.entry(polygon).or_insert_with(|| self.canonical(polygon));
            }
            if known[&first] == known[&second] {
                twins.insert((first, second));
            }
        }
        twins
    }

    /// The rings of a polygon, whatever their start, direction and order.
    fn canonical(&self, polygon: usize) -> Vec<Vec<[u64; 2]>> {
        let of = |ring: &&Ring| ring.polygon == polygon && !ring.copy;
        let canonical = |ring: &Ring| {
            let mut corners: Vec<[u64; 2]> =
                ring.chain.corners.iter().map(|c| [c.x.to_bits(), c.y.to_bits()]).collect();
            if ring.chain.turning() < 0.0 {
                corners.reverse();
            }
            let least = (0..corners.len()).min_by_key(|&corner| corners[corner]);
            corners.rotate_left(least.unwrap_or(0));
            corners
        };
        let mut rings: Vec<_> = self.edges.rings.iter().filter(of).map(canonical).collect();
        rings.sort();
        rings
    }

    fn tell_windings(&self, findings: &mut Findings) {
        let crossed: BTreeSet<usize> = (self.meetings.iter())
            .filter(|meeting| meeting.rings[0] == meeting.rings[1])
            .map(|meeting| meeting.rings[0])
            .collect();
        for (index, ring) in self.edges.rings.iter().enumerate() {
            let clockwise = ring.chain.turning() < 0.0;
            if ring.copy || clockwise == (ring.number > 0) || crossed.contains(&index) {
                continue;
            }
            let what = match ring.number {
                0 => "the exterior runs clockwise",
                _ => "the hole runs counter-clockwise, as its exterior",
            };
            let first = ring.chain.corners[0];
            let problem = Problem::new(ProblemKind::Winding, what);
            findings.add(problem.in_place(ring.place).near(first));
        }
    }

    /// Rings that do not cross hold one another, or do not.
    fn tell_nesting(&self, findings: &mut Findings) {
        let nesting = Nesting::new(self.edges, self.runs, self.meetings);
        let twins = self.twins();
        for (index, ring) in self.edges.rings.iter().enumerate() {
            if ring.alone || (ring.copy && ring.number > 0) {
                continue;
            }
            let holders = nesting.around(index);
            let near = |problem: Problem| problem.near(ring.chain.corners[0]);
            if ring.number > 0 {
                let exterior = index - ring.number;
                if !holders.contains(&exterior) && !nesting.crosses(index, exterior) {
                    let what = "the hole lies outside the exterior";
                    let problem = Problem::new(ProblemKind::HoleOutsideShell, what);
                    findings.add(near(problem.in_place(ring.place)));
                }
                let hole = |holder: &&usize| {
                    let holder = self.ring(**holder);
                    holder.polygon == ring.polygon && holder.number > 0
                };
                if let Some(&holder) = holders.iter().find(hole) {
                    let problem =
                        Problem::new(ProblemKind::NestedHoles, "the hole lies in another");
                    let holder = self.ring(holder).place;
                    findings.add(near(problem.in_place(ring.place).with(holder)));
                }
                continue;
            }
            for &holder in &holders {
                let around = self.ring(holder);
                // In a hole of the other polygon it is outside of it.
                let hole = |&inner: &usize| {
                    let inner = self.ring(inner);
                    inner.polygon == around.polygon && inner.copy == around.copy && inner.number > 0
                };
                let crosses_hole = nesting.crossed(index).any(|other| hole(&other));
                if around.number > 0
                    || around.polygon == ring.polygon
                    || holders.iter().any(hole)
                    || crosses_hole
                    || twins.contains(&polygons(ring, around))
                {
                    continue;
                }
                let what = "the polygon lies in another of the feature";
                let problem = Problem::new(ProblemKind::PolygonsOverlap, what);
                let place = Place { ring: None, ..ring.place };
                let other = Place { ring: None, ..around.place };
                findings.add(near(problem.in_place(place).with(other)));
            }
        }
    }

    /// Rings that touch in a circle part what lies between them.
    fn tell_parted(&self, findings: &mut Findings) {
        let mut broken = BTreeSet::new();
        let mut touches: BTreeMap<usize, Vec<&Meeting>> = BTreeMap::new();
        for meeting in self.meetings {
            let [first, second] = meeting.rings.map(|ring| self.ring(ring));
            if first.polygon != second.polygon {
                continue;
            }
            if meeting.how != How::Touch || meeting.rings[0] == meeting.rings[1] {
                broken.insert(first.polygon);
            }
            touches.entry(first.polygon).or_default().push(meeting);
        }
        for (polygon, touches) in touches {
            if broken.contains(&polygon) {
                continue;
            }
            // Rings and the positions where they touch, joined to trees until there is a circle.
            let mut trees = Trees::default();
            let mut joined = BTreeSet::new();
            let circle = touches.iter().find(|meeting| {
                let at = [meeting.at.x.to_bits(), meeting.at.y.to_bits()];
                meeting.rings.iter().any(|&ring| {
                    let (ring, at) = (Joint::Ring(ring), Joint::At(at));
                    joined.insert((ring, at)) && !trees.join(ring, at)
                })
            });
            if let Some(meeting) = circle {
                let what = "holes touch so that they part the polygon";
                let place = Place { ring: None, ..self.ring(meeting.rings[0]).place };
                let problem = Problem::new(ProblemKind::InteriorDisconnected, what);
                findings.add(problem.in_place(place).near(meeting.at));
            }
        }
    }
}

/// The polygons of two rings, in rising order.
fn polygons(first: &Ring, second: &Ring) -> (usize, usize) {
    let (a, b) = (first.polygon, second.polygon);
    (a.min(b), a.max(b))
}

/// A ring, or a position where rings touch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Joint {
    Ring(usize),
    At([u64; 2]),
}

/// Things joined step by step, each known by one of them.
#[derive(Default)]
struct Trees {
    parents: BTreeMap<Joint, Joint>,
}

impl Trees {
    fn root(&mut self, mut joint: Joint) -> Joint {
        while let Some(&parent) = self.parents.get(&joint) {
            if let Some(&above) = self.parents.get(&parent) {
                self.parents.insert(joint, above);
            }
            joint = parent;
        }
        joint
    }

    /// Joins two; false when they were joined.
    fn join(&mut self, one: Joint, other: Joint) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.parents.insert(one, other);
        }
        one != other
    }
}

/// Tells which polygons end at ±180° where others go on.
fn tell_cuts(areas: &[Area], findings: &mut Findings) {
    let along = |area: &Area, meridian: f64| {
        let corners = &area.rings[0].1.corners;
        let next = corners.iter().cycle().skip(1);
        let edges = corners.iter().zip(next).filter(|(a, b)| a.x == meridian && b.x == meridian);
        edges.map(|(a, b)| (a.y.min(b.y), a.y.max(b.y))).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let spans = |meridian: f64| -> Vec<(usize, (f64, f64))> {
        let spans = areas.iter().enumerate();
        spans.filter_map(|(index, area)| Some((index, along(area, meridian)?))).collect()
    };
    let (west, east) = (spans(180.0), spans(-180.0));
    for (index, (low, high)) in west {
        let goes_on = |(other, (from, to)): &&(usize, (f64, f64))| {
            *other != index && *from < high && low < *to
        };
        if let Some(&(other, _)) = east.iter().find(goes_on) {
            let [place, other] =
                [index, other].map(|area| Place { ring: None, ..areas[area].rings[0].0 });
            let what = "the polygon ends at ±180° where another goes on: reading joins them";
            let problem = Problem::new(ProblemKind::CutAtAntimeridian, what);
            findings.add(problem.in_place(place).with(other).near(Coord { x: 180.0, y: low }));
        }
    }
}
