//! Shapes on the page as paths of the scene: from here on coordinates are rounded.

use geo_types::{Coord, LineString, Polygon};

use crate::project::PageShape;
use crate::scene::{Path, Point, Subpath};

/// A point of the scene.
pub(in crate::layout) fn point(at: Coord) -> Point {
    Point::new(at.x, at.y)
}

/// The points of a line, without repeats that the rounding made.
fn points(line: &[Coord]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(line.len());
    for at in line {
        let p = point(*at);
        if out.last() != Some(&p) {
            out.push(p);
        }
    }
    out
}

fn push_ring(path: &mut Path, ring: &LineString) {
    let mut points = points(&ring.0);
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    if points.len() > 2 {
        path.subpaths.push(Subpath { points, closed: true });
    }
}

fn push_line(path: &mut Path, line: &LineString) {
    let points = points(&line.0);
    if points.len() > 1 {
        path.subpaths.push(Subpath { points, closed: false });
    }
}

/// The rings of areas.
pub(in crate::layout) fn areas<'a>(polygons: impl IntoIterator<Item = &'a Polygon>) -> Path {
    let mut path = Path::default();
    for polygon in polygons {
        push_ring(&mut path, polygon.exterior());
        polygon.interiors().iter().for_each(|ring| push_ring(&mut path, ring));
    }
    path
}

/// The lines and the rings of shapes.
pub(in crate::layout) fn outlines<'a>(shapes: impl IntoIterator<Item = &'a PageShape>) -> Path {
    let mut path = Path::default();
    for shape in shapes {
        path.subpaths.extend(areas(&shape.polygons).subpaths);
        shape.lines.iter().for_each(|line| push_line(&mut path, line));
    }
    path
}
