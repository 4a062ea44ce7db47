//! Lines measured along themselves: where a position falls, and what lies between two chainages.

use std::collections::BTreeMap;

use geo_types::{Coord, Geometry, LineString};

use super::Geodesic;
use super::nearest::between_outlines;
use super::outline::{Edge, Outline};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::densify::nearest_turn;
use crate::geometry::{EdgeModel, LonLat, Shape};
use crate::unit::{Angle, Length};

/// Nearer to the line than this, metres, a position lies on it: its foot is not known better.
const ON_LINE: f64 = 1e-3;

/// A line with the way from its start to each of its positions.
///
/// Parts whose ends have the same position are joined, in the direction of the first of them in the
/// line; where three ends or more meet, nothing is joined. What is left apart has a chainage of its
/// own: parts are numbered from 0, the longest first.
///
/// # Guarantees
/// * Chainages are sums of geodesics between neighbouring positions of the line, each exact to some
///   nanometres.
/// * There is at least one part, and each has a length.
///
/// ```
/// use geo_types::line_string;
/// use tumen_geo_core::measure::{Chainage, Geodesic, Side};
/// use tumen_geo_core::{EdgeModel, LonLat, Shape};
/// // The lower Tumen, down from Namyang by Quanhe to its mouth.
/// let river = line_string![
///     (x: 129.86, y: 42.95), (x: 130.52, y: 42.57), (x: 130.63, y: 42.42), (x: 130.70, y: 42.29)];
/// let river = Shape::new(river.into(), EdgeModel::Geodesic)?;
/// let chainage = Chainage::of(&river)?;
/// assert!((chainage.length(0).to_km() - 103.1).abs() < 0.1);
/// // Hunchun lies on the left bank, 17.7 km away.
/// let hunchun = chainage.locate(LonLat::new(130.366, 42.862)?);
/// assert_eq!(hunchun.side, Side::Left);
/// assert!((hunchun.chainage.to_km() - 38.6).abs() < 0.1, "{hunchun:?}");
/// let lowest = chainage.between(0, hunchun.chainage, chainage.length(0)).unwrap();
/// assert!((Geodesic::length(&lowest).to_km() - 64.5).abs() < 0.1);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Chainage {
    tracks: Vec<Track>,
}

/// Where a position falls on a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The number of the part of the line.
    pub part: usize,
    /// The way from the start of the part.
    pub chainage: Length,
    /// How far the position lies from the line; zero below a millimetre.
    pub offset: Length,
    /// On which side of the line it lies.
    pub side: Side,
    /// The nearest position on the line.
    pub on_line: LonLat,
}

/// A side of a line, seen in its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// On the line, or ahead of or behind it.
    On,
}

impl Side {
    /// `left`, `right` or `on`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::On => "on",
        }
    }
}

/// A part: its edges in order, each of at most 20 km, and the way to the start of each.
#[derive(Clone, Debug)]
struct Track {
    outline: Outline,
    passed: Vec<f64>,
    length: f64,
}

impl Chainage {
    /// Measures a line. Cost: 1 µs for each position.
    ///
    /// # Errors
    /// [`ErrorKind::Geometry`] for points, areas, and lines without a length.
    pub fn of(line: &Shape) -> Result<Self> {
        let mut tracks: Vec<Track> =
            joined(line.lines()).into_iter().filter_map(Track::of).collect();
        // Stable: parts of one length stay in their order.
        tracks.sort_by(|a, b| b.length.total_cmp(&a.length));
        if tracks.is_empty() {
            return Err(Error::new(ErrorKind::Geometry, "only a line has a chainage")
                .with_hint("give a border, a river, a railway or another line"));
        }
        Ok(Self { tracks })
    }

    /// How many parts there are, one at least.
    pub fn parts(&self) -> usize {
        self.tracks.len()
    }

    /// The length of a part; zero when there is no such part.
    pub fn length(&self, part: usize) -> Length {
        self.tracks.get(part).map_or(Length::ZERO, |track| Length::m(track.length))
    }

    /// Where a position falls: the place of the line nearest to it, on whichever part; of places
    /// equally near, that of the first part.
    ///
    /// Error: 2 mm for the offset, and no other place is nearer by more; the chainage is that of
    /// the position returned to a millimetre, and for lines within 9 000 km the foot of the
    /// perpendicular to a millimetre. Edges read as straight in lon/lat move all by a metre at
    /// most. Cost: linear in the positions at worst, mostly some tens of edges.
    pub fn locate(&self, position: LonLat) -> Place {
        let mut best = self.tracks[0].locate(0, position);
        for (part, track) in self.tracks.iter().enumerate().skip(1) {
            let place = track.locate(part, position);
            if place.offset < best.offset {
                best = place;
            }
        }
        best
    }

    /// Where a position falls on one of the parts, as [`locate`](Self::locate) has it; `None` when
    /// there is no such part.
    pub fn locate_on(&self, part: usize, position: LonLat) -> Option<Place> {
        self.tracks.get(part).map(|track| track.locate(part, position))
    }

    /// The position at a chainage; `None` when there is no such part, or it is not as long. About
    /// 2 µs.
    pub fn position_at(&self, part: usize, chainage: Length) -> Option<LonLat> {
        let track = self.tracks.get(part)?;
        let metres = chainage.to_m();
        if !(0.0..=track.length).contains(&metres) {
            return None;
        }
        let at = track.position_at(metres);
        Some(LonLat::wrap(at.x, at.y))
    }

    /// The line from one chainage to another, against its direction when `from` is the greater;
    /// both are brought onto the part. `None` when there is no such part, or nothing between them.
    pub fn between(&self, part: usize, from: Length, to: Length) -> Option<Shape> {
        let track = self.tracks.get(part)?;
        let [from, to] = [from, to].map(|at| at.to_m().clamp(0.0, track.length));
        let (low, high) = (from.min(to), from.max(to));
        if from.is_nan() || to.is_nan() || low >= high {
            return None;
        }
        let mut line = vec![track.position_at(low)];
        let edges = track.outline.edges();
        let inner = (edges.iter().zip(&track.passed)).filter(|(_, passed)| low < **passed);
        line.extend(inner.take_while(|(_, passed)| **passed < high).map(|(edge, _)| edge.from));
        line.push(track.position_at(high));
        // Places beside a vertex can round to it.
        line.dedup();
        if line.len() < 2 {
            return None;
        }
        if to < from {
            line.reverse();
        }
        Some(Shape::made(Geometry::LineString(LineString(line)), EdgeModel::Geodesic))
    }
}

impl Track {
    /// `None` for a line without a length, such as one that stays at a pole.
    fn of(line: LineString) -> Option<Self> {
        let outline = Outline::of(&Shape::made(line.into(), EdgeModel::Geodesic));
        let mut passed = Vec::with_capacity(outline.edges().len());
        let mut length = 0.0;
        for edge in outline.edges() {
            passed.push(length);
            length += length_of(edge);
        }
        (length > 0.0).then_some(Self { outline, passed, length })
    }

    fn locate(&self, part: usize, position: LonLat) -> Place {
        let from = Outline::of(&Shape::point(position));
        let start = LonLat::wrap(self.outline.edges()[0].from.x, self.outline.edges()[0].from.y);
        // Both have edges, so that there is a shortest line.
        let (on_line, edge) = between_outlines(&from, &self.outline, f64::INFINITY)
            .map_or((start, 0), |(nearest, [_, edge])| (nearest.to, edge));
        let found = &self.outline.edges()[edge];
        let offset = Geodesic::distance(position, on_line);
        let way = Geodesic::distance(LonLat::wrap(found.from.x, found.from.y), on_line).to_m();
        let chainage = (self.passed[edge] + way).min(self.length);
        let touches = offset.to_m() < ON_LINE;
        Place {
            part,
            chainage: Length::m(chainage),
            offset: if touches { Length::ZERO } else { offset },
            side: if touches { Side::On } else { self.side(edge, on_line, position) },
            on_line,
        }
    }

    /// On which side of the line a position lies whose nearest place is on an edge.
    ///
    /// At a corner what lies outside is nearest to the corner itself, on either side of the edges
    /// drawn on: it is told by the direction half way between theirs.
    fn side(&self, edge: usize, on_line: LonLat, position: LonLat) -> Side {
        /// Nearer to a corner, metres, the foot is the corner.
        const AT_CORNER: f64 = 2e-3;
        let edges = self.outline.edges();
        let (start, end) = ends(&edges[edge]);
        let (last, closed) = (edges.len() - 1, self.closed());
        let near = |corner: LonLat| Geodesic::distance(corner, on_line).to_m() < AT_CORNER;
        let (before, after) = if near(start) {
            (if edge > 0 { Some(edge - 1) } else { closed.then_some(last) }, Some(edge))
        } else if near(end) {
            (Some(edge), if edge < last { Some(edge + 1) } else { closed.then_some(0) })
        } else {
            (None, None)
        };
        let leaving = |edge: usize| {
            let (start, end) = ends(&edges[edge]);
            Geodesic::bearing(start, end)
        };
        let arriving = |edge: usize| {
            let (start, end) = ends(&edges[edge]);
            Geodesic::inverse(start, end).2
        };
        let along = match (before, after) {
            (Some(before), Some(after)) => half_way(arriving(before), leaving(after)),
            (Some(before), None) => arriving(before),
            (None, Some(after)) => leaving(after),
            (None, None) => Geodesic::bearing(on_line, end),
        };
        let turn = (Geodesic::bearing(on_line, position) - along).to_radians().sin();
        // A nanometre at a kilometre is rounding, not a side.
        if turn.abs() < 1e-12 {
            Side::On
        } else if turn < 0.0 {
            Side::Left
        } else {
            Side::Right
        }
    }

    fn closed(&self) -> bool {
        let edges = self.outline.edges();
        key(edges[0].from) == key(edges[edges.len() - 1].to)
    }

    /// The position at a chainage within the length, longitudes running on.
    fn position_at(&self, metres: f64) -> Coord {
        let edges = self.outline.edges();
        let edge = self.passed.partition_point(|&passed| passed <= metres).saturating_sub(1);
        let way = metres - self.passed[edge];
        let found = &edges[edge];
        if way <= 0.0 {
            return found.from;
        }
        if way >= length_of(found) {
            return found.to;
        }
        let (start, end) = ends(found);
        let at = Geodesic::destination(start, Geodesic::bearing(start, end), Length::m(way));
        Coord { x: nearest_turn(at.lon(), found.from.x), y: at.lat() }
    }
}

fn ends(edge: &Edge) -> (LonLat, LonLat) {
    (LonLat::wrap(edge.from.x, edge.from.y), LonLat::wrap(edge.to.x, edge.to.y))
}

fn length_of(edge: &Edge) -> f64 {
    let (start, end) = ends(edge);
    Geodesic::distance(start, end).to_m()
}

/// The direction half way between two; the first when they are opposite.
fn half_way(a: Angle, b: Angle) -> Angle {
    let turn = (b - a).to_degrees();
    let turn = (turn + 180.0).rem_euclid(360.0) - 180.0;
    if turn.abs() == 180.0 { a } else { a + Angle::degrees(turn / 2.0) }
}

/// A position whatever the turn its longitude is given at, to a tenth of a millimetre.
fn key(at: Coord) -> (i64, i64) {
    const STEPS: f64 = 1e9;
    let lon = if at.y.abs() == 90.0 { 0.0 } else { at.x };
    let lon = ((lon * STEPS).round() as i64).rem_euclid(360 * STEPS as i64);
    (lon, (at.y * STEPS).round() as i64)
}

/// One of the two ends of a line: its place, and whether it is the last position.
type End = (usize, bool);

/// The lines with those strung together that alone share an end.
fn joined(lines: &[LineString]) -> Vec<LineString> {
    let at = |(line, last): End| {
        let line = &lines[line].0;
        if last { line[line.len() - 1] } else { line[0] }
    };
    let mut meeting: BTreeMap<(i64, i64), Vec<End>> = BTreeMap::new();
    for end in (0..lines.len()).flat_map(|line| [(line, false), (line, true)]) {
        meeting.entry(key(at(end))).or_default().push(end);
    }
    let other = |end: End| match meeting.get(&key(at(end))).map(Vec::as_slice) {
        Some(&[a, b]) if a.0 != b.0 => Some(if a == end { b } else { a }),
        _ => None,
    };
    let mut used = vec![false; lines.len()];
    let mut whole = Vec::new();
    for first in 0..lines.len() {
        if used[first] {
            continue;
        }
        // Back to the start, or all the way round.
        let mut start: End = (first, false);
        while let Some((line, last)) = other(start) {
            if line == first {
                break;
            }
            start = (line, !last);
        }
        let mut chain: Vec<Coord> = Vec::new();
        let mut next = Some(start);
        while let Some((line, last)) = next {
            if std::mem::replace(&mut used[line], true) {
                break;
            }
            let mut coords = lines[line].0.clone();
            if last {
                coords.reverse();
            }
            if let Some(end) = chain.last() {
                let shift = nearest_turn(coords[0].x, end.x) - coords[0].x;
                chain.extend(coords[1..].iter().map(|c| Coord { x: c.x + shift, y: c.y }));
            } else {
                chain = coords;
            }
            next = other((line, !last));
        }
        whole.push(LineString(chain));
    }
    whole
}
