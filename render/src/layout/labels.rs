//! The names on the map: what they say, where they could stand, and how they are drawn.

use geo::algorithm::{Area, Simplify};
use geo_types::{Coord, LineString, Polygon, Rect as PlaneRect};

use super::inner_point::inner_points;
use super::layers::{Layer, Seen};
use super::line_label;
use super::path::{areas, outlines, point};
use super::place::{
    Candidate, Label, Obstacles, SoftLine, area_positions, eight_positions, leader_positions, place,
};
use super::setter::{Setter, items, turned};
use crate::project::clip_ring;
use crate::scene::{Cap, Color, Item, Path, Point, Rect, Stroke};
use crate::spec::{LabelPlacement, LabelStyle, lines_of};
use crate::text::{Align, TextBlock, TextStyle};

/// Space that a label keeps around itself, pt.
const PADDING: f64 = 0.5;
/// Two labels of the same text nearer than this name the same thing, pt.
const SAME_PT: f64 = 26.0;
/// A name is ambiguous when another point is about as near to it as its own, pt.
const AMBIGUOUS_PT: f64 = 1.0;
/// What that costs: more than a worse side, less than a leader line.
const AMBIGUOUS_COST: f64 = 0.7;
/// The second language is set smaller by this factor.
const SECOND: f64 = 0.92;

/// A label before and after it has found its place.
struct Name {
    id: String,
    said: String,
    block: TextBlock,
    color: Color,
    halo: Option<(Color, f32)>,
    anchor: Coord,
    candidates: Vec<Candidate>,
    /// Where the text starts and how it is turned, for candidates along lines.
    turns: Vec<((f64, f64), f64)>,
    /// Whether the lines meet at the side that faces the anchor.
    beside: bool,
    quiet: bool,
    /// Smaller comes first: priority, rank, field.
    order: (i32, u8, f64),
}

/// The labels of a map.
pub(super) struct Labels {
    /// Leader lines, then texts.
    pub(super) items: Vec<Item>,
    /// Number of labels on the map.
    pub(super) placed: usize,
    /// What those without a place would have said, but for the quiet ones.
    pub(super) left_out: Vec<String>,
}

/// Places the labels of `layers` at 1:`denominator` on `map`, clear of `furniture`.
pub(super) fn label(
    layers: &[Layer<'_>],
    denominator: f64,
    map: &Rect,
    furniture: &[Rect],
    setter: &mut Setter<'_>,
) -> Labels {
    let mut names = Vec::new();
    for layer in layers {
        for seen in &layer.seen {
            let style = layer.classes[seen.class].labels.as_ref();
            let shows = |style: &&LabelStyle| {
                style.shows_at(denominator)
                    && style.max_rank.is_none_or(|most| seen.feature.rank <= most)
            };
            if let Some(style) = style.filter(shows) {
                names.extend(name(layer, seen, style, map, setter));
            }
        }
    }
    names.sort_by(|a, b| {
        let (a_order, b_order) = (a.order, b.order);
        (a_order.0.cmp(&b_order.0))
            .then(a_order.1.cmp(&b_order.1))
            .then(a_order.2.total_cmp(&b_order.2))
            .then_with(|| a.id.cmp(&b.id))
    });
    let mut names = without_repeats(names);
    shun_other_anchors(&mut names);
    let wanted: Vec<Label> = names
        .iter()
        .enumerate()
        .map(|(i, name)| Label {
            priority: i32::try_from(i).unwrap_or(i32::MAX),
            id: name.id.clone(),
            candidates: name.candidates.clone(),
        })
        .collect();
    let found = place(&map.expanded(-1.5), &wanted, &obstacles(layers, furniture));
    draw(&names, &found)
}

/// One name per text and neighbourhood, the first.
fn without_repeats(names: Vec<Name>) -> Vec<Name> {
    let mut kept: Vec<Name> = Vec::new();
    for name in names {
        let again = kept.iter().any(|other| {
            let d = other.anchor - name.anchor;
            other.said == name.said && d.x.hypot(d.y) < SAME_PT
        });
        if !again {
            kept.push(name);
        }
    }
    kept
}

/// Makes dear the places beside a point from which a name would seem to belong to another point.
fn shun_other_anchors(names: &mut [Name]) {
    let anchors: Vec<Coord> = names.iter().filter(|n| n.beside).map(|n| n.anchor).collect();
    let away = |rect: &Rect, at: Coord| {
        let side =
            |low: f32, high: f32, v: f64| (f64::from(low) - v).max(v - f64::from(high)).max(0.0);
        side(rect.x0, rect.x1, at.x).hypot(side(rect.y0, rect.y1, at.y))
    };
    for name in names.iter_mut().filter(|name| name.beside) {
        for candidate in name.candidates.iter_mut().filter(|candidate| !candidate.leader) {
            let own = away(&candidate.rect, name.anchor);
            let others = anchors.iter().filter(|other| **other != name.anchor);
            let nearest =
                others.map(|other| away(&candidate.rect, *other)).fold(f64::INFINITY, f64::min);
            if nearest < own + AMBIGUOUS_PT {
                candidate.cost += AMBIGUOUS_COST;
            }
        }
    }
}

fn name(
    layer: &Layer<'_>,
    seen: &Seen,
    style: &LabelStyle,
    map: &Rect,
    setter: &mut Setter<'_>,
) -> Option<Name> {
    let lines = texts(seen, style, setter.languages);
    let said = lines.first()?.1.clone();
    let block = set(&lines, style, setter);
    let (width, height) = (block.width + 2.0 * PADDING, block.height + 2.0 * PADDING);
    let radius = layer.radius_pt(seen);
    let mut turns = Vec::new();
    let (anchor, candidates) = match style.placement {
        LabelPlacement::Point => {
            let (anchor, radius) = match seen.shape.points.first() {
                Some(at) => (*at, radius),
                None => (middle(seen, map)?, 0.0),
            };
            let mut all = eight_positions(point(anchor), radius, width, height, 1.6);
            if !style.quiet {
                for distance in [radius + 8.0, radius + 15.0, radius + 24.0] {
                    all.extend(leader_positions(point(anchor), distance, width, height));
                }
            }
            (anchor, all)
        }
        LabelPlacement::Area => inside(seen, map, (width, height), style.quiet)?,
        LabelPlacement::Line => {
            let found = line_label::positions(&seen.shape.lines, block.width, block.height, map);
            turns = found.iter().map(|p| (p.start, p.degrees)).collect();
            let anchor = found.first().map(|p| Coord { x: p.start.0, y: p.start.1 })?;
            (anchor, found.into_iter().map(|p| p.candidate).collect())
        }
    };
    let field = style.priority_field.as_ref().and_then(|f| seen.feature.property(f));
    let field = match field {
        Some(crate::spec::Value::Number(number)) => -number,
        _ => 0.0,
    };
    Some(Name {
        id: format!("{}/{}", layer.spec.id, seen.feature.id),
        said,
        block,
        color: style.color,
        halo: style.halo.map(|halo| (halo.color, halo.width_pt as f32)),
        anchor,
        candidates,
        turns,
        beside: style.placement == LabelPlacement::Point,
        quiet: style.quiet,
        order: (-style.priority, seen.feature.rank, field),
    })
}

/// What the label says: a line for each language.
fn texts(seen: &Seen, style: &LabelStyle, languages: &[String]) -> Vec<(String, String)> {
    let languages =
        if style.one_language { languages.get(..1).unwrap_or_default() } else { languages };
    let lines: Vec<(String, String)> = if style.field == "name" {
        let lines = lines_of(&seen.feature.names, languages);
        lines.into_iter().map(|(lang, text)| (lang.to_owned(), text.to_owned())).collect()
    } else {
        let lang = languages.first().cloned().unwrap_or_default();
        let value = seen.feature.property(&style.field);
        value.map(|v| (lang, v.to_text())).into_iter().collect()
    };
    let capitals = |text: String| if style.uppercase { text.to_uppercase() } else { text };
    lines
        .into_iter()
        .map(|(lang, text)| (lang, capitals(text)))
        .filter(|(_, text)| !text.trim().is_empty())
        .collect()
}

fn set(lines: &[(String, String)], style: &LabelStyle, setter: &mut Setter<'_>) -> TextBlock {
    let text_style = |i: usize, lang| TextStyle {
        size_pt: if i == 0 { style.size_pt } else { style.size_pt * SECOND },
        face: style.face,
        letter_spacing_pt: style.letter_spacing_pt,
        lang: Some(lang),
    };
    if style.placement == LabelPlacement::Line {
        // Along a line there is room for one line of text.
        let text: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
        let text_style = TextStyle { lang: None, ..text_style(0, "en") };
        return TextBlock::stack(vec![setter.line(&text.join("  "), &text_style)], Align::Left);
    }
    let mut shaped = Vec::new();
    for (i, (lang, text)) in lines.iter().enumerate() {
        let width = style.wrap_pt.unwrap_or(f64::INFINITY);
        shaped.extend(setter.wrap(text, &text_style(i, lang), width, Align::Center).lines);
    }
    TextBlock::stack(shaped, Align::Center)
}

/// The largest part of the feature's areas on the map, with a simpler outline.
fn main_part(seen: &Seen, map: &Rect) -> Option<Polygon> {
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

/// The positions inside an area, or on the point of a feature that is one; beside an area too small
/// for its name, unless the name is quiet and rather left out.
fn inside(
    seen: &Seen,
    map: &Rect,
    (width, height): (f64, f64),
    quiet: bool,
) -> Option<(Coord, Vec<Candidate>)> {
    let centred = |at: Coord, cost: f64| {
        let (w, h) = (width / 2.0, height / 2.0);
        Candidate { rect: Rect::new(at.x - w, at.y - h, at.x + w, at.y + h), cost, leader: false }
    };
    if let Some(at) = seen.shape.points.first() {
        let mut all = vec![centred(*at, 0.0)];
        for (i, (dx, dy)) in
            [(0.0, -0.7), (0.0, 0.7), (-0.3, 0.0), (0.3, 0.0)].into_iter().enumerate()
        {
            let moved = Coord { x: at.x + dx * width, y: at.y + dy * height };
            all.push(centred(moved, 0.4 + 0.1 * i as f64));
        }
        return Some((*at, all));
    }
    let part = main_part(seen, map)?;
    let points = inner_points(&part, 16);
    let at = *points.first()?;
    let path: Path = areas([&part]);
    let places: Vec<Point> = points.iter().map(|p| point(*p)).collect();
    let mut all = area_positions(&path, &places, width, height);
    if all.is_empty() && !quiet {
        all = eight_positions(point(at), 2.0, width, height, 1.0);
        for candidate in &mut all {
            candidate.cost += 1.0;
        }
        all.push(centred(at, 2.0));
    }
    Some((at, all))
}

/// What labels keep off: furniture and symbols that matter; and what they rather do not cover.
fn obstacles(layers: &[Layer<'_>], furniture: &[Rect]) -> Obstacles {
    let mut out = Obstacles { hard: furniture.to_vec(), ..Obstacles::default() };
    for layer in layers {
        let matters = layer.spec.matters;
        out.hard.extend(layer.seen.iter().filter_map(|seen| layer.chart_rect(seen)));
        for (index, class) in layer.classes.iter().enumerate() {
            let shapes = layer.shapes(index);
            for rect in layer.symbol_rects(index) {
                if matters {
                    out.hard.push(rect);
                } else {
                    out.soft.push((rect, 0.8));
                }
            }
            let cost_per_pt = match (&class.style.stroke, matters, &class.style.casing) {
                (None, ..) => continue,
                (Some(_), true, _) => 0.04,
                (Some(_), false, Some(_)) => 0.03,
                (Some(_), false, None) => 0.012,
            };
            let lines = outlines(shapes.iter().copied()).subpaths.into_iter();
            out.lines.extend(lines.map(|subpath| {
                let mut points = subpath.points;
                if subpath.closed {
                    points.extend(points.first().copied());
                }
                SoftLine { points, cost_per_pt }
            }));
        }
    }
    out
}

fn draw(names: &[Name], found: &[Option<usize>]) -> Labels {
    let mut out = Labels { items: Vec::new(), placed: 0, left_out: Vec::new() };
    let mut texts = Vec::new();
    for (name, choice) in names.iter().zip(found) {
        let Some(candidate) = choice.and_then(|i| name.candidates.get(i)) else {
            if !name.quiet {
                out.left_out.push(format!("{} ({})", name.said, name.id));
            }
            continue;
        };
        out.placed += 1;
        if let Some((start, degrees)) = choice.and_then(|i| name.turns.get(i)) {
            let lines = name.block.lines.iter();
            let runs = lines.flat_map(|l| turned(l, *start, *degrees, name.color, name.halo));
            texts.extend(items(runs.collect()));
            continue;
        }
        let rect = candidate.rect;
        if candidate.leader {
            out.items.push(leader(name.anchor, &rect, name.color));
        }
        let mut block = name.block.clone();
        let anchor = name.anchor.x as f32;
        block.align = if !name.beside {
            Align::Center
        } else if rect.x0 > anchor {
            Align::Left
        } else if rect.x1 < anchor {
            Align::Right
        } else {
            Align::Center
        };
        let (x, y) = (f64::from(rect.x0) + PADDING, f64::from(rect.y0) + PADDING);
        texts.extend(items(block.place(x, y, name.color, name.halo)));
    }
    out.items.extend(texts);
    out
}

/// A thin line from the anchor to the nearest point of the label's box.
fn leader(anchor: Coord, rect: &Rect, color: Color) -> Item {
    let from = point(anchor);
    let to = Point {
        x: from.x.clamp(rect.x0 + PADDING as f32, rect.x1 - PADDING as f32),
        y: from.y.clamp(rect.y0 + PADDING as f32, rect.y1 - PADDING as f32),
    };
    let stroke = Stroke { color, width: 0.35, dash: Vec::new(), cap: Cap::Butt };
    Item::Stroke { path: Path::line(vec![from, to]), stroke }
}
