//! Which rings lie in which others.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::Coord;

use super::meeting::{Edges, How, Meeting, Node, in_sector, same_way};
use crate::geometry::runs::Runs;

/// The rings of a feature, asked for those around each.
pub(super) struct Nesting<'a> {
    edges: &'a Edges<'a>,
    runs: &'a Runs<'a>,
    /// The meetings of each ring with others.
    of: BTreeMap<usize, Vec<&'a Meeting>>,
    crossed: BTreeSet<(usize, usize)>,
}

impl<'a> Nesting<'a> {
    pub(super) fn new(edges: &'a Edges<'a>, runs: &'a Runs<'a>, meetings: &'a [Meeting]) -> Self {
        let mut of: BTreeMap<usize, Vec<&Meeting>> = BTreeMap::new();
        let mut crossed = BTreeSet::new();
        for meeting in meetings {
            let [one, other] = meeting.rings;
            if one == other {
                continue;
            }
            of.entry(one).or_default().push(meeting);
            of.entry(other).or_default().push(meeting);
            let same = edges.rings[one].polygon == edges.rings[other].polygon;
            // What runs along another may still lie in it, and then overlaps it.
            if meeting.how == How::Cross || (meeting.how == How::Along && same) {
                crossed.insert((one, other));
                crossed.insert((other, one));
            }
        }
        Self { edges, runs, of, crossed }
    }

    pub(super) fn crosses(&self, one: usize, other: usize) -> bool {
        self.crossed.contains(&(one, other))
    }

    /// The rings that cross a ring.
    pub(super) fn crossed(&self, ring: usize) -> impl Iterator<Item = usize> {
        self.crossed.range((ring, 0)..=(ring, usize::MAX)).map(|pair| pair.1)
    }

    /// The rings that hold a ring and do not cross it.
    pub(super) fn around(&self, ring: usize) -> BTreeSet<usize> {
        let met = self.of.get(&ring).map_or(&[][..], Vec::as_slice);
        let on_any = touched(self.edges, ring, met.iter().copied());
        let corners = &self.edges.rings[ring].chain.corners;
        let free = |touched: &BTreeSet<usize>| (0..corners.len()).find(|c| !touched.contains(c));
        let first = free(&on_any);
        let mut around = self.edges.around(self.runs, corners[first.unwrap_or(0)]);
        if first.is_none() {
            // Each corner lies on some ring: of those, another corner tells.
            let others: BTreeSet<usize> = met.iter().map(|m| other_than(m, ring)).collect();
            for other in others {
                let of_both = || met.iter().copied().filter(|m| other_than(m, ring) == other);
                let inside = match free(&touched(self.edges, ring, of_both())) {
                    Some(corner) => self.edges.around(self.runs, corners[corner]).contains(&other),
                    None => self.starts_inside(ring, other, of_both()),
                };
                if inside {
                    around.insert(other)
                } else {
                    around.remove(&other)
                };
            }
        }
        around.retain(|&other| {
            other != ring
                && self.edges.rings[ring].faces(&self.edges.rings[other])
                && !self.crosses(ring, other)
        });
        around
    }

    /// Whether a ring that has all its corners on another goes inside it; one that never leaves the
    /// other's edges fills it.
    fn starts_inside<'b>(
        &self,
        ring: usize,
        other: usize,
        mut meetings: impl Iterator<Item = &'b Meeting>,
    ) -> bool {
        let clockwise = self.edges.rings[other].chain.turning() < 0.0;
        let side = |at: Coord, meeting: &Meeting| {
            let (mine, its) = if meeting.rings[0] == ring { (0, 1) } else { (1, 0) };
            let [before, after] = self.edges.ends(other, meeting.nodes[its]);
            let (from, to) = if clockwise { (before, after) } else { (after, before) };
            let mut ends = self.edges.ends(ring, meeting.nodes[mine]).into_iter();
            let end = ends.find(|&end| !same_way(at, end, from) && !same_way(at, end, to))?;
            Some(in_sector(at, from, to, end))
        };
        meetings
            .find_map(|meeting| (meeting.how == How::Touch).then(|| side(meeting.at, meeting))?)
            .unwrap_or(true)
    }
}

fn other_than(meeting: &Meeting, ring: usize) -> usize {
    let [one, other] = meeting.rings;
    if one == ring { other } else { one }
}

/// The corners of a ring that may lie on another.
fn touched<'a>(
    edges: &Edges<'_>,
    ring: usize,
    meetings: impl Iterator<Item = &'a Meeting>,
) -> BTreeSet<usize> {
    let mut touched = BTreeSet::new();
    for meeting in meetings {
        let side = usize::from(meeting.rings[0] != ring);
        match (meeting.nodes[side], meeting.how) {
            (Node::Corner(corner), _) => {
                touched.insert(corner);
            }
            (Node::Edge(corner), How::Along) => {
                touched.extend([corner, edges.rings[ring].chain.next(corner)]);
            }
            (Node::Edge(_), _) => {}
        }
    }
    touched
}
