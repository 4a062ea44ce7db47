//! The part of a geometry in a box of degrees.

use geo::BooleanOps;
use geo_types::{
    Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon, Rect,
};
use tumen_geo_core::Bbox;

use super::clip::clip_line;

/// The part of `geometry` in `bbox`, with edges straight in longitude and latitude; `None` when there
/// is none. Longitudes may lie a whole turn off those of the box, and stay so.
///
/// Cost: in proportion to the vertices, times their logarithm for areas.
pub fn cutout(geometry: &Geometry, bbox: &Bbox) -> Option<Geometry> {
    let turned = |turn: f64| {
        let (west, east) = (bbox.west + turn, bbox.east_unwrapped() + turn);
        Rect::new(Coord { x: west, y: bbox.south }, Coord { x: east, y: bbox.north })
    };
    let boxes = [-360.0, 0.0, 360.0].map(turned);
    match geometry {
        Geometry::Point(point) => {
            let inside = boxes.iter().any(|rect| holds(rect, point.0));
            inside.then(|| geometry.clone())
        }
        Geometry::MultiPoint(points) => {
            let inside = |at: &Coord| boxes.iter().any(|rect| holds(rect, *at));
            let points: Vec<_> = points.0.iter().filter(|p| inside(&p.0)).copied().collect();
            (!points.is_empty()).then(|| MultiPoint(points).into())
        }
        Geometry::Line(line) => lines(&[LineString(vec![line.start, line.end])], &boxes),
        Geometry::LineString(line) => lines(std::slice::from_ref(line), &boxes),
        Geometry::MultiLineString(all) => lines(&all.0, &boxes),
        Geometry::Polygon(area) => areas(std::slice::from_ref(area), &boxes),
        Geometry::MultiPolygon(all) => areas(&all.0, &boxes),
        Geometry::Rect(rect) => areas(&[rect.to_polygon()], &boxes),
        Geometry::Triangle(triangle) => areas(&[triangle.to_polygon()], &boxes),
        Geometry::GeometryCollection(all) => {
            let parts: Vec<Geometry> = all.iter().filter_map(|one| cutout(one, bbox)).collect();
            (!parts.is_empty()).then(|| Geometry::GeometryCollection(parts.into()))
        }
    }
}

fn holds(rect: &Rect, at: Coord) -> bool {
    let (low, high) = (rect.min(), rect.max());
    (low.x..=high.x).contains(&at.x) && (low.y..=high.y).contains(&at.y)
}

fn lines(all: &[LineString], boxes: &[Rect]) -> Option<Geometry> {
    let in_box = |rect: &Rect| {
        let pieces = all.iter().flat_map(|line| clip_line(&line.0, rect));
        // A line that only touches the box leaves a point.
        let long = pieces.filter(|piece| piece.iter().any(|at| Some(at) != piece.first()));
        long.map(LineString).collect::<Vec<_>>()
    };
    let pieces: Vec<LineString> = boxes.iter().flat_map(in_box).collect();
    (!pieces.is_empty()).then(|| MultiLineString(pieces).into())
}

fn areas(all: &[Polygon], boxes: &[Rect]) -> Option<Geometry> {
    let inside = |area: &Polygon, rect: &Rect| area.exterior().0.iter().all(|at| holds(rect, *at));
    let mut parts: Vec<Polygon> = Vec::new();
    for rect in boxes {
        let (whole, others): (Vec<&Polygon>, Vec<&Polygon>) =
            all.iter().partition(|area| inside(area, rect));
        parts.extend(whole.into_iter().cloned());
        for area in others.into_iter().filter(|area| meets(area, rect)) {
            parts.extend(rect.to_polygon().intersection(area).0);
        }
    }
    (!parts.is_empty()).then(|| MultiPolygon(parts).into())
}

/// Whether the boxes of an area and `rect` meet.
fn meets(area: &Polygon, rect: &Rect) -> bool {
    let (low, high) = (rect.min(), rect.max());
    let within = |of: fn(&Coord) -> f64, from: f64, to: f64| {
        let numbers = || area.exterior().0.iter().map(of);
        numbers().any(|n| n <= to) && numbers().any(|n| n >= from)
    };
    within(|at| at.x, low.x, high.x) && within(|at| at.y, low.y, high.y)
}

#[cfg(test)]
mod tests {
    use geo::Area;
    use geo_types::{line_string, polygon};

    use super::*;

    const BOX: Bbox = Bbox { west: 170.0, south: 0.0, east: -170.0, north: 10.0 };

    #[test]
    fn areas_are_cut_on_either_side_of_the_antimeridian() {
        let square = polygon![(x: -175.0, y: 5.0), (x: -165.0, y: 5.0), (x: -165.0, y: 15.0), (x: -175.0, y: 15.0)];
        let Some(Geometry::MultiPolygon(cut)) = cutout(&square.into(), &BOX) else { panic!() };
        assert!((cut.unsigned_area() - 25.0).abs() < 1e-6);
        assert!(cut.0.iter().flat_map(|p| &p.exterior().0).all(|at| at.x < -169.9));
        let far = polygon![(x: 0.0, y: 5.0), (x: 1.0, y: 5.0), (x: 1.0, y: 6.0)];
        assert_eq!(cutout(&far.into(), &BOX), None);
    }

    #[test]
    fn lines_fall_into_pieces() {
        let zigzag = line_string![(x: 171.0, y: 5.0), (x: 171.0, y: 15.0), (x: 173.0, y: 15.0), (x: 173.0, y: 5.0)];
        let Some(Geometry::MultiLineString(cut)) = cutout(&zigzag.into(), &BOX) else { panic!() };
        assert_eq!(cut.0.len(), 2);
        assert_eq!(cut.0[0], line_string![(x: 171.0, y: 5.0), (x: 171.0, y: 10.0)]);
    }
}
