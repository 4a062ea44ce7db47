//! What the map shows, in words: for readers who cannot see it, and for search.

use geo_types::Geometry;
use tumen_geo_core::Shape;
use tumen_geo_core::measure::Geodesic;

use super::layers::{Layer, Seen};
use super::sheet::scale_text;
use crate::layout::furniture::numbers::three_digits;
use crate::layout::layers::combine::{Part, Parts, percent};
use crate::project::Frame;
use crate::spec::{LocalText, MapSpec, lines_of};

/// Members of a layer that are named.
const NAMED: usize = 4;

/// The description, in English: the title, the ground in sight, the scale, and for each layer that
/// the map explains or names how many features of it are in sight and which come first: areas by
/// size, others by rank. It says what is there, not what to think of it (levels 1 and 2 of Lundgard
/// and Satyanarayan 2022, "Accessible visualization via natural language descriptions").
pub(super) fn describe(spec: &MapSpec, frame: &Frame, layers: &[Layer<'_>]) -> String {
    let english = ["en".to_owned()];
    let said = |text: &LocalText| {
        text.lines(&english).first().map(|(_, text)| (*text).to_owned()).unwrap_or_default()
    };
    let mut sentences = vec![match &spec.title {
        Some(title) => format!("Map: {}.", said(title)),
        None => "Map.".to_owned(),
    }];
    sentences.extend(spec.subtitle.iter().map(|text| format!("{}.", said(text))));
    let bbox = frame.bbox();
    sentences.push(format!(
        "It shows the ground from {} to {} and from {} to {}, north up, at a scale of {}{}.",
        degrees(bbox.west, 'E', 'W'),
        degrees(bbox.east, 'E', 'W'),
        degrees(bbox.south, 'N', 'S'),
        degrees(bbox.north, 'N', 'S'),
        scale_text(frame.denominator()),
        spec.year.map(|year| format!(", as of {year}")).unwrap_or_default(),
    ));
    for layer in layers.iter().rev() {
        let named = |class: usize| layer.classes[class].labels.as_ref().is_some_and(|l| !l.quiet);
        for (index, class) in layer.classes.iter().enumerate() {
            let seen: Vec<&Seen> = layer.seen.iter().filter(|seen| seen.class == index).collect();
            let title = class.title.as_ref().filter(|_| layer.spec.legend).map(said);
            if seen.is_empty() || (title.is_none() && !named(index)) {
                continue;
            }
            sentences.push(members(title.as_deref(), &seen, named(index)));
        }
        sentences.extend(layer.parts.as_ref().and_then(shared_ground));
    }
    sentences.join(" ")
}

/// A sentence for the features of a class.
fn members(title: Option<&str>, seen: &[&Seen], named: bool) -> String {
    let is_area =
        |s: &Seen| matches!(s.feature.geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
    let mut entries: Vec<(f64, String)> = seen
        .iter()
        .filter_map(|s| {
            let names = &s.feature.names;
            let name = lines_of(names, &["en".to_owned()]).first()?.1.to_owned();
            if !is_area(s) {
                return Some((f64::from(s.feature.rank), name));
            }
            let area = Geodesic::area(&Shape::from_checked(s.feature.geometry.clone())).to_km2();
            Some((-area, format!("{name} ({} km²)", three_digits(area))))
        })
        .collect();
    entries.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    entries.dedup_by(|a, b| a.1 == b.1);
    let count = seen.len();
    let sort = match seen.first() {
        Some(s) if is_area(s) => "area",
        Some(s) if matches!(s.feature.geometry, Geometry::Point(_)) => "place",
        _ => "line",
    };
    let plural = if count == 1 { "" } else { "s" };
    let mut text = match title {
        Some(title) => format!("{title}: {count} {sort}{plural}"),
        None => format!("{count} named {sort}{plural}"),
    };
    if named && !entries.is_empty() {
        let first: Vec<&str> = entries.iter().take(NAMED).map(|(_, e)| e.as_str()).collect();
        let among = if entries.len() > NAMED { ", among them " } else { ": " };
        text.push_str(among);
        text.push_str(&first.join(", "));
    }
    text.push('.');
    text
}

/// A sentence for the ground that several areas share, the largest parts first.
fn shared_ground(parts: &Parts) -> Option<String> {
    let mut shared: Vec<&Part> = parts.listed().filter(|part| part.members.len() > 1).collect();
    shared.sort_by(|a, b| b.area.to_km2().total_cmp(&a.area.to_km2()));
    let said = |part: &&Part| {
        let members = parts.shares(part);
        let names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
        let ground = names.join(" and ");
        if part.figures.is_none() {
            return ground;
        }
        let area = three_digits(part.area.to_km2());
        let shares = members.iter().map(|(name, share)| format!("{} of {name}", percent(*share)));
        format!("{ground} {area} km² ({})", shares.collect::<Vec<_>>().join(", "))
    };
    let all: Vec<String> = shared.iter().take(NAMED).map(said).collect();
    let among = if shared.len() > NAMED { ", among it" } else { "" };
    (!all.is_empty()).then(|| format!("Shared ground{among}: {}.", all.join("; ")))
}

fn degrees(value: f64, positive: char, negative: char) -> String {
    let wrapped = if value > 180.0 { value - 360.0 } else { value };
    let side = if wrapped < 0.0 { negative } else { positive };
    format!("{:.1}° {side}", wrapped.abs())
}
