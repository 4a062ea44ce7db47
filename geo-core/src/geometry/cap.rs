//! Holes of areas around a pole: a ring that is closed along a meridian must not be closed through
//! one of them.

use geo_types::{Coord, LineString};

use super::densify::nearest_turn;
use super::shape::{TURN_ROUNDING, running};
use super::validity::check_ring;
use super::{EdgeModel, LonLat};
use crate::error::Result;
use crate::measure::Geodesic;

/// A ring around a pole, begun at the corner nearest to the pole whose meridian meets no hole but one
/// around the pole itself; any other ring as it is.
///
/// Where a hole lies on the meridian of every corner, the ring stays as it is, too.
pub(super) fn begun_clear_of(ring: Vec<Coord>, holes: &[LineString]) -> Vec<Coord> {
    let Ok(corners) = running(ring.clone()) else { return ring };
    let Some(pole) = pole_around(&corners) else { return ring };
    let spans: Vec<(f64, f64)> = holes
        .iter()
        .filter_map(|hole| running(hole.0.clone()).ok())
        .filter(|hole| pole_around(hole).is_none())
        .map(|hole| extent(&hole))
        .collect();
    let clear = |corner: &Coord| {
        spans.iter().all(|(low, high)| (corner.x - low).rem_euclid(360.0) > high - low)
    };
    let Some(first) = (corners[1..].iter())
        .filter(|corner| clear(corner))
        .max_by(|a, b| (a.y * pole).total_cmp(&(b.y * pole)))
    else {
        return ring;
    };
    let same =
        |c: &Coord| c.y == first.y && (c.x - nearest_turn(first.x, c.x)).abs() < TURN_ROUNDING;
    let Some(place) = ring.iter().position(same) else { return ring };
    let mut begun = [&ring[place..ring.len() - 1], &ring[..place]].concat();
    begun.push(ring[place]);
    begun
}

/// The western- and the easternmost longitude.
pub(super) fn extent(positions: &[Coord]) -> (f64, f64) {
    positions
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), c| (low.min(c.x), high.max(c.x)))
}

/// The pole, 90 or -90, that a chain goes around which ends a turn from its start.
fn pole_around(chain: &[Coord]) -> Option<f64> {
    let (first, last) = (chain.first()?, chain.last()?);
    let turns = ((last.x - first.x).abs() - 360.0).abs() < TURN_ROUNDING && first.y == last.y;
    let middle: f64 = chain.iter().map(|c| c.y).sum();
    turns.then(|| 90_f64.copysign(middle))
}

/// The ring around an area between two rings around one pole, both closed over it: east along the
/// outer, up its meridian to the inner, back along that and down. `None` when they are no such rings.
///
/// # Errors
/// [`ErrorKind::Geometry`](crate::ErrorKind::Geometry) when the rings cross.
pub(super) fn without_cap(
    outer: &LineString,
    inner: &LineString,
    edges: EdgeModel,
) -> Result<Option<LineString>> {
    let (Some((outer, pole)), Some((inner, same))) = (opened(outer), opened(inner)) else {
        return Ok(None);
    };
    let (start, end) = (outer[0], outer[outer.len() - 1]);
    if pole != same {
        return Ok(None);
    }
    let Some(mut inner) = begun_at(&inner, start, end.x, pole, edges) else { return Ok(None) };
    inner.reverse();
    let mut ring = [outer, inner, vec![start]].concat();
    ring.dedup();
    check_ring(&ring)?;
    if pole < 0.0 {
        ring.reverse();
    }
    Ok(Some(LineString(ring)))
}

/// What of a ring that is closed over a pole lies beside it, eastwards, and the pole.
fn opened(ring: &LineString) -> Option<(Vec<Coord>, f64)> {
    let corners = &ring.0[..ring.0.len() - 1];
    let count = corners.len();
    let at_pole = (0..count).find(|&i| {
        let next = corners[(i + 1) % count];
        let turn = ((next.x - corners[i].x).abs() - 360.0).abs() < TURN_ROUNDING;
        turn && corners[i].y.abs() == 90.0 && next.y == corners[i].y
    })?;
    let mut chain: Vec<Coord> = (2..count).map(|step| corners[(at_pole + step) % count]).collect();
    if chain.last()?.x < chain.first()?.x {
        chain.reverse();
    }
    Some((chain, corners[at_pole].y))
}

/// A chain once around, cut anew where it first meets the meridian from `start` to the pole, which is
/// that of `end`, too.
fn begun_at(
    chain: &[Coord],
    start: Coord,
    end: f64,
    pole: f64,
    edges: EdgeModel,
) -> Option<Vec<Coord>> {
    let mut first: Option<(f64, usize, f64)> = None;
    for (place, edge) in chain.windows(2).enumerate() {
        let (west, east) = (edge[0].x.min(edge[1].x), edge[0].x.max(edge[1].x));
        let x = start.x + 360.0 * ((west - start.x) / 360.0).ceil();
        if x >= east {
            continue;
        }
        let y = latitude_at(x, edge[0], edge[1], edges);
        let beyond = (y - start.y) * pole;
        if beyond >= 0.0 && first.is_none_or(|(least, ..)| beyond < least) {
            first = Some((beyond, place, y));
        }
    }
    let (_, place, y) = first?;
    let turns = 360.0 * ((start.x - chain[place].x) / 360.0).round();
    let shifted = |by: f64| move |c: &Coord| Coord { x: c.x + by, y: c.y };
    let count = chain.len() - 1;
    let ahead = chain[place + 1..count].iter().map(shifted(turns));
    let behind = chain[..=place].iter().map(shifted(turns + 360.0));
    let ends = [start.x, end].map(|x| Coord { x, y });
    Some([ends[0]].into_iter().chain(ahead).chain(behind).chain([ends[1]]).collect())
}

/// The latitude at which an edge meets a meridian between its ends.
fn latitude_at(x: f64, from: Coord, to: Coord, edges: EdgeModel) -> f64 {
    let part = (x - from.x) / (to.x - from.x);
    if edges == EdgeModel::LonLat {
        return from.y + part * (to.y - from.y);
    }
    let (start, end) = (LonLat::wrap(from.x, from.y), LonLat::wrap(to.x, to.y));
    let (length, bearing, _) = Geodesic::inverse(start, end);
    let line = Geodesic::line(start, bearing);
    let (mut low, mut high) = (0.0, 1.0);
    while high - low > f64::EPSILON {
        let middle = f64::midpoint(low, high);
        let lon = nearest_turn(line.at(length * middle).lon(), x);
        if (lon < x) == (from.x < to.x) { low = middle } else { high = middle }
    }
    line.at(length * low).lat()
}
