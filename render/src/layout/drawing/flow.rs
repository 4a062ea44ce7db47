//! Lines that are no paths on the ground: from end to end in an arc.

use geo_types::{Coord, Geometry, LineString, MultiLineString};
use tumen_geo_core::LonLat;

use super::along::arc;
use crate::project::{Frame, PageShape, clip_line};

/// The lines of a geometry as arcs between their ends, which bulge to the left by a share of their
/// length, clipped `margin_pt` outside the frame. Ends outside the projection have no arc.
pub(in crate::layout) fn bulged(
    geometry: &Geometry,
    bulge: f64,
    frame: &Frame,
    margin_pt: f64,
) -> PageShape {
    let margin = Coord { x: margin_pt, y: margin_pt };
    let rect = geo_types::Rect::new(frame.rect().min() - margin, frame.rect().max() + margin);
    let on_page = |at: Coord| frame.to_page(LonLat::wrap(at.x, at.y));
    let mut shape = PageShape::default();
    for (from, to) in chords(geometry) {
        if let (Some(from), Some(to)) = (on_page(from), on_page(to)) {
            let pieces = clip_line(&arc(from, to, bulge).0, &rect);
            shape.lines.extend(pieces.into_iter().map(LineString));
        }
    }
    shape
}

/// The same arcs as positions on the earth, whole; `None` where an end is outside the projection.
pub(in crate::layout) fn bulged_on_earth(
    geometry: &Geometry,
    bulge: f64,
    frame: &Frame,
) -> Option<Geometry> {
    let mut lines = Vec::new();
    for (from, to) in chords(geometry) {
        let ends = [from, to].map(|at| frame.to_page(LonLat::wrap(at.x, at.y)));
        let [Some(a), Some(b)] = ends else { return None };
        let mut line: Vec<Coord> = Vec::new();
        for at in arc(a, b, bulge).0 {
            let here = frame.to_lonlat(at)?;
            // Longitudes run on without a jump.
            let before = line.last().map_or(from.x, |at| at.x);
            let x = here.lon() + 360.0 * ((before - here.lon()) / 360.0).round();
            line.push(Coord { x, y: here.lat() });
        }
        lines.push(LineString(line));
    }
    (!lines.is_empty()).then(|| MultiLineString(lines).into())
}

/// The ends of the lines of a geometry.
fn chords(geometry: &Geometry) -> Vec<(Coord, Coord)> {
    let ends = |line: &LineString| Some((*line.0.first()?, *line.0.last()?));
    match geometry {
        Geometry::Line(line) => vec![(line.start, line.end)],
        Geometry::LineString(line) => ends(line).into_iter().collect(),
        Geometry::MultiLineString(lines) => lines.0.iter().filter_map(ends).collect(),
        Geometry::GeometryCollection(all) => all.iter().flat_map(chords).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use geo_types::line_string;

    use super::*;
    use crate::layout::testing::frame;

    #[test]
    fn there_and_back_are_two_arcs() {
        let frame = frame([129.0, 42.0, 131.0, 43.0]);
        let there = line_string![(x: 129.5, y: 42.5), (x: 130.5, y: 42.5)].into();
        let back = line_string![(x: 130.5, y: 42.5), (x: 129.5, y: 42.5)].into();
        let middle = |geometry: &Geometry| {
            let shape = bulged(geometry, 0.2, &frame, 2.0);
            let line = &shape.lines[0].0;
            line[line.len() / 2].y
        };
        let straight = frame.to_page(LonLat::wrap(130.0, 42.5)).unwrap().y;
        assert!(middle(&there) < straight - 20.0 && middle(&back) > straight + 20.0);
    }

    #[test]
    fn arcs_on_the_earth_lie_where_those_on_the_page_do() {
        let frame = frame([129.0, 42.0, 131.0, 43.0]);
        let there = line_string![(x: 129.5, y: 42.5), (x: 130.5, y: 42.5)].into();
        let on_page = bulged(&there, 0.2, &frame, 2.0);
        let on_earth = bulged_on_earth(&there, 0.2, &frame).unwrap();
        let back = frame.shape(&on_earth, 2.0, 0.01);
        let middle = |shape: &PageShape| shape.lines[0].0[shape.lines[0].0.len() / 2];
        let off = middle(&on_page) - middle(&back);
        assert!(off.x.hypot(off.y) < 8.0, "{off:?}");
        let top =
            |shape: &PageShape| shape.lines[0].0.iter().map(|p| p.y).fold(f64::INFINITY, f64::min);
        assert!((top(&on_page) - top(&back)).abs() < 0.05);
    }

    #[test]
    fn arcs_keep_their_form_where_an_end_is_outside() {
        let frame = frame([129.0, 42.0, 131.0, 43.0]);
        let far = line_string![(x: 125.0, y: 42.5), (x: 130.0, y: 42.5)].into();
        let shape = bulged(&far, 0.1, &frame, 2.0);
        let line = &shape.lines[0].0;
        assert!(
            line[0].x > -2.1
                && line[line.len() - 1] == frame.to_page(LonLat::wrap(130.0, 42.5)).unwrap()
        );
    }
}
