//! The names on the map: what they say, where they could stand, and how they are drawn.

mod afar;
pub(super) mod area_label;
pub(super) mod course;
mod draw;
pub(super) mod lettering;
pub(super) mod line_label;
mod name;
mod obstacles;
pub mod place;
pub(super) mod region;
mod text;

use geo::{BoundingRect, Intersects};
use geo_types::Coord;

use self::afar::look_afar;
use self::course::distance;
use self::draw::draw;
use self::line_label::REPEAT_PT;
use self::name::{Ground, Name, names};
use self::obstacles::obstacles;
use self::place::{Label, Obstacles, place};
use super::layers::Layer;
use super::setter::Setter;
use crate::scene::{Item, Rect};
use crate::spec::{LabelPlacement, LabelStyle};

/// Two labels of the same text nearer than this name the same thing, pt.
const SAME_PT: f64 = 26.0;
/// The same for names that are spread through an area.
const SAME_SPREAD_PT: f64 = 160.0;
/// A name is ambiguous when another point is about as near to it as its own, pt.
const AMBIGUOUS_PT: f64 = 1.0;
/// A name this near to a point stands beside it, pt.
const BESIDE_PT: f64 = 5.0;
/// What that costs: more than a worse side, less than a leader line.
const AMBIGUOUS_COST: f64 = 0.7;

/// An area smaller than this on the page can be that of a town, pt.
const TOWN_PT: f64 = 100.0;

/// How often labels without a place look farther away, and all are placed anew.
const AFAR_ROUNDS: usize = 3;

/// The labels of a map.
#[derive(Default)]
pub(super) struct Labels {
    /// Leader lines, then texts.
    pub(super) items: Vec<Item>,
    /// Number of labels on the map.
    pub(super) placed: usize,
    /// Number of those at the end of a leader line.
    pub(super) on_leaders: usize,
    /// What those without a place would have said, but for the quiet ones.
    pub(super) left_out: Vec<String>,
    /// What the quiet ones without a place would have said.
    pub(super) quiet_left_out: Vec<String>,
}

/// Places the labels of `layers` at 1:`denominator` on `map`, clear of `furniture`.
pub(super) fn label(
    layers: &[Layer<'_>],
    denominator: f64,
    map: &Rect,
    furniture: &[Rect],
    setter: &mut Setter<'_>,
) -> Labels {
    let ground = Ground::new(layers, map, furniture);
    let mut all = Vec::new();
    for layer in layers {
        for seen in &layer.seen {
            let style = layer.classes[seen.class].labels.as_ref();
            let shows = |style: &&LabelStyle| {
                style.shows_at(denominator)
                    && style.max_rank.is_none_or(|most| seen.feature.rank <= most)
            };
            if let Some(style) = style.filter(shows) {
                all.extend(names(layer, seen, style, &ground, setter));
            }
        }
    }
    all.sort_by(|a, b| {
        let (a_order, b_order) = (a.order, b.order);
        (a.repeat.min(1).cmp(&b.repeat.min(1)))
            .then(a_order.0.cmp(&b_order.0))
            .then(a_order.1.cmp(&b_order.1))
            .then(a_order.2.total_cmp(&b_order.2))
            .then_with(|| a.id.cmp(&b.id))
            .then(a.repeat.cmp(&b.repeat))
    });
    let mut all = without_repeats(all);
    shun_other_anchors(&mut all);
    let obstacles = obstacles(layers, furniture);
    keep_off_symbols(&mut all, &obstacles);
    let placed = |names: &[Name<'_>]| place(&map.expanded(-1.5), &wanted(names), &obstacles);
    let mut found = placed(&all);
    for _ in 0..AFAR_ROUNDS {
        // Only those for whom there is no room look for it farther away: on a map that has room for
        // all, nothing changes.
        let mut asking = false;
        for (name, place) in all.iter_mut().zip(&found) {
            asking |= place.is_none() && !name.quiet && look_afar(name, map);
        }
        if !asking {
            break;
        }
        let again = placed(&all);
        let missed = |found: &[Option<usize>]| {
            all.iter().zip(found).filter(|(name, place)| place.is_none() && !name.quiet).count()
        };
        if missed(&again) <= missed(&found) {
            found = again;
        }
    }
    draw(&all, &found)
}

/// The names as labels, those before others more important.
fn wanted(names: &[Name<'_>]) -> Vec<Label> {
    let label = |(i, name): (usize, &Name<'_>)| Label {
        priority: i32::try_from(i).unwrap_or(i32::MAX),
        id: name.id.clone(),
        candidates: name.spots.iter().map(|spot| spot.candidate.clone()).collect(),
    };
    names.iter().enumerate().map(label).collect()
}

/// One name per text and neighbourhood, the first.
fn without_repeats(names: Vec<Name<'_>>) -> Vec<Name<'_>> {
    let mut kept: Vec<Name<'_>> = Vec::new();
    for mut name in names {
        let same = |other: &&Name<'_>| other.said == name.said && other.placement == name.placement;
        let twins: Vec<&Name<'_>> = kept.iter().filter(same).collect();
        let again = match name.placement {
            // A line of several features: what the next says must be far from what the last said.
            LabelPlacement::Line => {
                let other_lines = twins.iter().filter(|twin| twin.id != name.id);
                let taken: Vec<Coord> =
                    other_lines.flat_map(|t| t.spots.iter().map(name::Spot::middle)).collect();
                name.spots.retain(|spot| {
                    taken.iter().all(|at| distance(*at, spot.middle()) >= REPEAT_PT)
                });
                name.spots.is_empty()
            }
            LabelPlacement::Curved => {
                twins.iter().any(|twin| distance(twin.anchor, name.anchor) < SAME_SPREAD_PT)
            }
            LabelPlacement::Point | LabelPlacement::Area => kept.iter().any(|other| {
                other.said == name.said && distance(other.anchor, name.anchor) < SAME_PT
            }),
        };
        if !again {
            kept.push(name);
        }
    }
    let of_points: Vec<(String, Coord)> = (kept.iter().filter(|name| name.beside()))
        .map(|name| (name.said.clone(), name.anchor))
        .collect();
    kept.retain(|name| {
        !of_points.iter().any(|(said, at)| *said == name.said && is_town(name, *at))
    });
    kept
}

/// Leaves quiet names beside points no place on a symbol: rather than hide one they are left out.
fn keep_off_symbols(names: &mut [Name<'_>], obstacles: &Obstacles) {
    let free = |rect: &Rect| obstacles.soft.iter().all(|(symbol, _)| !symbol.overlaps(rect));
    for name in names.iter_mut().filter(|name| name.quiet && name.beside()) {
        name.spots.retain(|spot| spot.candidate.boxes.iter().all(free));
    }
}

/// Whether an area is that of a town at `at` which has a name of its own, as a municipality is; a
/// province called like its capital is larger.
fn is_town(name: &Name<'_>, at: Coord) -> bool {
    let polygons = &name.seen.shape.polygons;
    let bounds = polygons.iter().filter_map(BoundingRect::bounding_rect).reduce(|a, b| {
        let low = Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) };
        let high = Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) };
        geo_types::Rect::new(low, high)
    });
    name.quiet
        && bounds.is_some_and(|b| b.width().max(b.height()) < TOWN_PT)
        && polygons.iter().any(|polygon| polygon.intersects(&at))
}

/// Makes dear the places beside a point from which a name would seem to belong to another point.
fn shun_other_anchors(names: &mut [Name<'_>]) {
    let anchors: Vec<Coord> =
        names.iter().filter(|name| name.beside()).map(|name| name.anchor).collect();
    let away = |rect: &Rect, at: Coord| {
        let side =
            |low: f32, high: f32, v: f64| (f64::from(low) - v).max(v - f64::from(high)).max(0.0);
        side(rect.x0, rect.x1, at.x).hypot(side(rect.y0, rect.y1, at.y))
    };
    for name in names.iter_mut().filter(|name| name.beside()) {
        for spot in &mut name.spots {
            let Some(rect) = spot.candidate.bounds() else { continue };
            // A leader line tells whose name it is, unless that stands right beside another point.
            let own = match spot.candidate.leader {
                Some(_) => BESIDE_PT,
                None => away(&rect, name.anchor),
            };
            let others = anchors.iter().filter(|other| **other != name.anchor);
            let nearest = others.map(|other| away(&rect, *other)).fold(f64::INFINITY, f64::min);
            if nearest < own + AMBIGUOUS_PT {
                spot.candidate.cost += AMBIGUOUS_COST;
            }
        }
    }
}
