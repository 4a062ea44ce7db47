//! A name and the places that it could take.

use std::cell::OnceCell;

use geo::algorithm::{Area, Simplify};
use geo_types::{Coord, LineString, Polygon, Rect as PlaneRect};

use super::super::layers::{Layer, Seen};
use super::super::setter::Setter;
use super::lettering::{Lettering, Set};
use super::place::{Candidate, area_positions, leader_positions, point_positions};
use super::region::Region;
use super::text::{block, letterings, texts};
use super::{area_label, line_label};
use crate::layout::drawing::path::{areas, point};
use crate::layout::layers::inner_point::inner_points;
use crate::project::clip_ring;
use crate::scene::{Color, Path, Point, Rect};
use crate::spec::{LabelPlacement, LabelStyle, Value};
use crate::text::TextBlock;

/// Space that a label keeps around itself, pt.
pub(super) const PADDING: f64 = 0.5;
/// How far from the edge of its symbol a label with a leader line may stand, pt.
pub(super) const LEADERS: [f64; 5] = [5.0, 10.0, 16.0, 23.0, 32.0];
/// What a pt of leader line costs.
const LEADER_COST: f64 = 0.025;
/// What it costs a curved name to stand level in the middle.
const LEVEL_COST: f64 = 1.2;
/// With so many places along its curve a name needs no others.
const ENOUGH: usize = 12;
/// Cells of the open water, pt.
const WATER_CELL: f64 = 5.0;
/// The least radius about its point within which a sea is looked for, pt.
const WATER_REACH: f64 = 150.0;
/// How far the middle of its name may lie from the point of a sea, as a share of the name's length.
const ASTRAY: f64 = 0.3;

/// A place with its text, where that is set along a line.
pub(super) struct Spot {
    pub(super) candidate: Candidate,
    pub(super) set: Option<Set>,
}

impl Spot {
    pub(super) fn level(candidate: Candidate) -> Self {
        Self { candidate, set: None }
    }

    fn along(set: Set, cost: f64) -> Self {
        Self { candidate: Candidate { boxes: set.boxes(), cost, leader: None }, set: Some(set) }
    }

    /// The middle of its boxes.
    pub(super) fn middle(&self) -> Coord {
        let at = self.candidate.bounds().unwrap_or_default().center();
        Coord { x: f64::from(at.x), y: f64::from(at.y) }
    }
}

/// A label before it has found its place.
pub(super) struct Name<'a> {
    pub(super) id: String,
    /// What it names.
    pub(super) seen: &'a Seen,
    /// 0 for the first time that a line is named, 1 and more for its repetitions.
    pub(super) repeat: usize,
    pub(super) said: String,
    pub(super) placement: LabelPlacement,
    pub(super) block: TextBlock,
    pub(super) color: Color,
    pub(super) halo: Option<(Color, f32)>,
    pub(super) anchor: Coord,
    /// How far the symbol reaches from there, pt; 0 for areas and lines.
    pub(super) radius: f64,
    pub(super) spots: Vec<Spot>,
    pub(super) quiet: bool,
    /// Whether it has looked for places farther away.
    pub(super) afar: bool,
    /// Smaller comes first: priority, rank, field.
    pub(super) order: (i32, u8, f64),
}

impl Name<'_> {
    /// Whether it stands beside its anchor, so that its lines meet at the side that faces it.
    pub(super) fn beside(&self) -> bool {
        self.placement == LabelPlacement::Point
    }
}

/// Places at the ends of leader lines `length` pt long.
pub(super) fn leaders(
    at: Point,
    radius: f64,
    length: f64,
    width: f64,
    height: f64,
) -> impl Iterator<Item = Candidate> {
    let places = leader_positions(at, radius, radius + length, width, height);
    places.into_iter().map(move |c| Candidate { cost: c.cost + LEADER_COST * length, ..c })
}

/// What names stand on.
pub(super) struct Ground<'a> {
    layers: &'a [Layer<'a>],
    map: &'a Rect,
    furniture: &'a [Rect],
    water: OnceCell<Region>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(layers: &'a [Layer<'a>], map: &'a Rect, furniture: &'a [Rect]) -> Self {
        Self { layers, map, furniture, water: OnceCell::new() }
    }

    fn without_furniture(&self, mut region: Region) -> Region {
        self.furniture.iter().for_each(|rect| region.cut(rect));
        region
    }

    /// What no coverage (land) fills.
    fn water(&self) -> &Region {
        self.water.get_or_init(|| {
            let land = self.layers.iter().filter(|layer| layer.spec.coverage);
            let polygons = land.flat_map(|layer| &layer.seen).flat_map(|s| &s.shape.polygons);
            self.without_furniture(Region::new(self.map, WATER_CELL, polygons).inverted())
        })
    }
}

/// The names of a feature: one, or several along a line; none without a text or any place for it.
pub(super) fn names<'a>(
    layer: &Layer<'_>,
    seen: &'a Seen,
    style: &LabelStyle,
    ground: &Ground<'_>,
    setter: &mut Setter<'_>,
) -> Vec<Name<'a>> {
    let lines = texts(seen, style, setter.languages);
    let Some(said) = lines.first().map(|(_, text)| text.clone()) else { return Vec::new() };
    let block = block(&lines, style, setter);
    let size = (block.width + 2.0 * PADDING, block.height + 2.0 * PADDING);
    let drawn = &layer.classes[seen.class].style;
    let places: Vec<(Coord, Vec<Spot>)> = match style.placement {
        LabelPlacement::Point => {
            around(seen, ground.map, size, layer.radius_pt(seen), style.quiet).into_iter().collect()
        }
        LabelPlacement::Area => inside(seen, ground.map, size, style.quiet).into_iter().collect(),
        LabelPlacement::Curved => {
            let lines = letterings(&lines, style, setter);
            curved(seen, ground, &lines, size, style.quiet).into_iter().collect()
        }
        LabelPlacement::Line => {
            let width = drawn.casing.map_or(0.0, |casing| casing.width_pt).max(drawn.width_pt());
            let text = block.lines.first().map(Lettering::new);
            let found = text.map(|text| {
                line_label::positions(&seen.shape.lines, width.min(3.0), &text, ground.map)
            });
            let place = |list: Vec<line_label::Along>| {
                let anchor = list.first()?.middle;
                Some((anchor, list.into_iter().map(|a| Spot::along(a.set, a.cost)).collect()))
            };
            found.into_iter().flatten().filter_map(place).collect()
        }
    };
    let field = style.priority_field.as_ref().and_then(|f| seen.feature.property(f));
    let field = match field {
        Some(Value::Number(number)) => -number,
        _ => 0.0,
    };
    let name = |(repeat, (anchor, spots))| Name {
        id: format!("{}/{}", layer.spec.id, seen.feature.id),
        seen,
        repeat,
        said: said.clone(),
        placement: style.placement,
        block: block.clone(),
        color: style.color,
        halo: style.halo.map(|halo| (halo.color, halo.width_pt as f32)),
        anchor,
        radius: if seen.shape.points.is_empty() { 0.0 } else { layer.radius_pt(seen) },
        spots,
        quiet: style.quiet,
        afar: false,
        order: (-style.priority, seen.feature.rank, field),
    };
    places.into_iter().enumerate().map(name).collect()
}

/// The positions beside a point, or beside the middle of a feature that is none; those with a leader
/// line unless the name is quiet.
fn around(
    seen: &Seen,
    map: &Rect,
    (width, height): (f64, f64),
    radius: f64,
    quiet: bool,
) -> Option<(Coord, Vec<Spot>)> {
    let (anchor, radius) = match seen.shape.points.first() {
        Some(at) => (*at, radius),
        None => (middle(seen, map)?, 0.0),
    };
    let mut all = point_positions(point(anchor), radius, width, height, 1.6);
    for length in LEADERS.into_iter().filter(|_| !quiet) {
        all.extend(leaders(point(anchor), radius, length, width, height));
    }
    Some((anchor, all.into_iter().map(Spot::level).collect()))
}

/// The largest part of the feature's areas on the map, with a simpler outline.
pub(super) fn main_part(seen: &Seen, map: &Rect) -> Option<Polygon> {
    let corner = |x: f32, y: f32| Coord { x: f64::from(x), y: f64::from(y) };
    let rect = PlaneRect::new(corner(map.x0, map.y0), corner(map.x1, map.y1));
    let cut = |polygon: &Polygon| {
        let mut ring = clip_ring(&polygon.exterior().0, &rect);
        ring.push(*ring.first()?);
        Some(Polygon::new(LineString(ring), polygon.interiors().to_vec()))
    };
    let parts = seen.shape.polygons.iter().filter_map(cut);
    parts
        .max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))
        .map(|polygon| polygon.simplify(1.0))
}

/// A point in the middle of the feature.
fn middle(seen: &Seen, map: &Rect) -> Option<Coord> {
    let inner = main_part(seen, map).and_then(|part| inner_points(&part, 1).first().copied());
    let line = || seen.shape.lines.first().and_then(|line| line.0.get(line.0.len() / 2)).copied();
    inner.or_else(line)
}

/// The positions along the long axis of an area, then those level inside it.
fn curved(
    seen: &Seen,
    ground: &Ground<'_>,
    lines: &[Lettering],
    size: (f64, f64),
    quiet: bool,
) -> Option<(Coord, Vec<Spot>)> {
    let width = lines.first().map_or(0.0, |line| line.width);
    let region = match seen.shape.points.first() {
        Some(at) => Some(ground.water().around(*at, WATER_REACH.max(width))),
        None => main_part(seen, ground.map).and_then(|part| {
            let rect = areas([&part]).bounds()?;
            let cell = (f64::from(rect.width().max(rect.height())) / 60.0).clamp(1.5, 6.0);
            Some(ground.without_furniture(Region::new(&rect, cell, [&part])))
        }),
    };
    // The water round a point may reach into the next sea: the name may not.
    let near = |spot: &Spot| {
        seen.shape.points.first().is_none_or(|at| {
            let away = spot.middle() - *at;
            away.x.hypot(away.y) < ASTRAY * width
        })
    };
    let found = region.map(|region| area_label::positions(&region, lines, ground.map));
    let spread = found.into_iter().flatten().map(|s| Spot::along(s.set, s.cost));
    let mut spots: Vec<Spot> = spread.filter(near).collect();
    if spots.len() >= ENOUGH {
        return Some((spots.first()?.middle(), spots));
    }
    let (middle, level) = inside(seen, ground.map, size, quiet)?;
    let anchor = spots.first().map_or(middle, Spot::middle);
    spots.extend(level.into_iter().map(|mut spot| {
        spot.candidate.cost += LEVEL_COST;
        spot
    }));
    Some((anchor, spots))
}

/// The positions inside an area, or on the point of a feature that is one; beside an area too small
/// for its name, unless the name is quiet and rather left out.
fn inside(
    seen: &Seen,
    map: &Rect,
    (width, height): (f64, f64),
    quiet: bool,
) -> Option<(Coord, Vec<Spot>)> {
    let centred = |at: Coord, cost: f64| {
        let (w, h) = (width / 2.0, height / 2.0);
        Candidate::level(Rect::new(at.x - w, at.y - h, at.x + w, at.y + h), cost)
    };
    if let Some(at) = seen.shape.points.first() {
        let mut all = vec![centred(*at, 0.0)];
        for (i, (dx, dy)) in
            [(0.0, -0.7), (0.0, 0.7), (-0.3, 0.0), (0.3, 0.0)].into_iter().enumerate()
        {
            let moved = Coord { x: at.x + dx * width, y: at.y + dy * height };
            all.push(centred(moved, 0.4 + 0.1 * i as f64));
        }
        return Some((*at, all.into_iter().map(Spot::level).collect()));
    }
    let part = main_part(seen, map)?;
    let points = inner_points(&part, 16);
    let at = *points.first()?;
    let path: Path = areas([&part]);
    let places: Vec<Point> = points.iter().map(|p| point(*p)).collect();
    let mut all = area_positions(&path, &places, width, height);
    if all.is_empty() && !quiet {
        all = point_positions(point(at), 2.0, width, height, 1.0);
        for candidate in &mut all {
            candidate.cost += 1.0;
        }
        all.push(centred(at, 2.0));
    }
    Some((at, all.into_iter().map(Spot::level).collect()))
}
