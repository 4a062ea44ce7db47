//! Geometries of the earth as shapes on the page.

use geo_types::{Coord, Geometry, LineString, Polygon, Rect};
use tumen_geo_core::LonLat;

use super::clip::{clip_line, clip_ring, thin};
use super::frame::Frame;
use super::join::join;
use super::window::Window;

/// How far, in pt, an edge on the page may lie from where the projection takes it.
pub const TOLERANCE_PT: f64 = 0.05;
/// An edge this short on the page is straight within the tolerance.
const STRAIGHT_PT: f64 = 1.5;
/// An edge is halved this often at most.
const MOST_HALVINGS: u32 = 9;

/// A geometry on the page, clipped to the frame and a margin around it, in pt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageShape {
    /// Points inside the frame.
    pub points: Vec<Coord>,
    /// Lines.
    pub lines: Vec<LineString>,
    /// Areas.
    pub polygons: Vec<Polygon>,
}

impl PageShape {
    /// Whether nothing of the geometry is in sight.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty() && self.lines.is_empty() && self.polygons.is_empty()
    }
}

/// Cuts, projects, clips and thins geometries for one frame.
struct Cutter<'a> {
    frame: &'a Frame,
    /// The box of the frame in degrees, west to east without a jump.
    degrees: Rect,
    /// What is drawn on the page, pt.
    page: Window,
    /// Points closer than this are one, degrees of latitude.
    fine_degrees: f64,
    /// Points closer than this are one, pt.
    fine_pt: f64,
    out: PageShape,
}

impl Frame {
    /// The shape of a geometry on the page, clipped `margin_pt` outside the frame and thinned to
    /// `fine_pt`. Degrees as in [`MapFeature::geometry`](crate::spec::MapFeature::geometry).
    pub fn shape(&self, geometry: &Geometry, margin_pt: f64, fine_pt: f64) -> PageShape {
        let bbox = self.bbox();
        let fine_m = fine_pt * self.denominator() * 0.0254 / 72.0;
        let mut cutter = Cutter {
            frame: self,
            degrees: Rect::new(
                Coord { x: bbox.west, y: bbox.south },
                Coord { x: bbox.east_unwrapped(), y: bbox.north },
            ),
            page: self.window(margin_pt),
            fine_degrees: fine_m / 111_400.0,
            fine_pt,
            out: PageShape::default(),
        };
        cutter.add(geometry);
        cutter.out
    }
}

impl Cutter<'_> {
    fn add(&mut self, geometry: &Geometry) {
        match geometry {
            Geometry::Point(p) => self.point(p.0),
            Geometry::MultiPoint(points) => points.iter().for_each(|p| self.point(p.0)),
            Geometry::Line(l) => self.line(&[l.start, l.end]),
            Geometry::LineString(l) => self.line(&l.0),
            Geometry::MultiLineString(lines) => join(&lines.0).iter().for_each(|l| self.line(l)),
            Geometry::Polygon(p) => self.polygon(p),
            Geometry::MultiPolygon(polygons) => polygons.iter().for_each(|p| self.polygon(p)),
            Geometry::Rect(r) => self.polygon(&r.to_polygon()),
            Geometry::Triangle(t) => self.polygon(&t.to_polygon()),
            Geometry::GeometryCollection(all) => all.iter().for_each(|g| self.add(g)),
        }
    }

    /// The turns by which longitudes from `west` to `east` come into the frame.
    fn turns(&self, west: f64, east: f64) -> impl Iterator<Item = f64> + use<> {
        let (low, high) = (self.degrees.min().x, self.degrees.max().x);
        let uncut = self.frame.is_uncut();
        [-720.0, -360.0, 0.0, 360.0, 720.0]
            .into_iter()
            .filter(move |turn| !uncut || *turn == 0.0)
            .filter(move |turn| uncut || (west + turn <= high && east + turn >= low))
    }

    fn point(&mut self, at: Coord) {
        if let Some(p) = self.frame.to_page(LonLat::wrap(at.x, at.y))
            && self.frame.shows(p)
        {
            self.out.points.push(p);
        }
    }

    fn line(&mut self, line: &[Coord]) {
        let Some((low, high)) = bounds(line) else { return };
        if high.y < self.degrees.min().y || low.y > self.degrees.max().y {
            return;
        }
        let line = thin(line, self.fine_degrees * 0.5);
        for turn in self.turns(low.x, high.x) {
            let moved: Vec<Coord> = line.iter().map(|p| Coord { x: p.x + turn, y: p.y }).collect();
            let pieces =
                if self.frame.is_uncut() { vec![moved] } else { clip_line(&moved, &self.degrees) };
            for piece in pieces {
                for part in self.project(&piece) {
                    for seen in self.page.clip_line(&part) {
                        self.out.lines.push(LineString(thin(&seen, self.fine_pt)));
                    }
                }
            }
        }
    }

    fn polygon(&mut self, polygon: &Polygon) {
        let Some((low, high)) = bounds(&polygon.exterior().0) else { return };
        if high.y < self.degrees.min().y || low.y > self.degrees.max().y {
            return;
        }
        if self.frame.is_uncut() {
            self.uncut_polygon(polygon);
            return;
        }
        for turn in self.turns(low.x, high.x) {
            let Some(exterior) = self.ring(&polygon.exterior().0, turn) else { continue };
            let holes = polygon.interiors().iter();
            let holes = holes.filter_map(|ring| self.ring(&ring.0, turn)).collect();
            self.out.polygons.push(Polygon::new(exterior, holes));
        }
    }

    /// A ring round the point opposite the middle has its inside outside on the page: an odd number
    /// of them is turned by the outline of the window.
    fn uncut_polygon(&mut self, polygon: &Polygon) {
        let rings = || std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let mut parts: Vec<LineString> =
            rings().filter_map(|ring| self.ring(&ring.0, 0.0)).collect();
        let turned = self
            .frame
            .opposite()
            .is_some_and(|far| rings().filter(|ring| winds_round(&ring.0, far)).count() % 2 == 1);
        if turned {
            parts.insert(0, LineString(self.page.outline()));
        }
        if !parts.is_empty() {
            let holes = parts.split_off(1);
            self.out.polygons.extend(parts.pop().map(|exterior| Polygon::new(exterior, holes)));
        }
    }

    fn ring(&self, ring: &[Coord], turn: f64) -> Option<LineString> {
        let (low, high) = bounds(ring)?;
        let size = (high.x - low.x).max(high.y - low.y);
        if size < self.fine_degrees {
            return None;
        }
        let ring: Vec<Coord> = thin(ring, self.fine_degrees * 0.5)
            .into_iter()
            .map(|p| Coord { x: p.x + turn, y: p.y })
            .collect();
        let mut ring = if self.frame.is_uncut() { ring } else { clip_ring(&ring, &self.degrees) };
        if ring.first() != ring.last() {
            ring.push(*ring.first()?);
        }
        // A ring has no gaps: what cannot be projected is left out.
        let page: Vec<Coord> = self.project(&ring).into_iter().flatten().collect();
        let mut ring = thin(&self.page.clip_ring(&page), self.fine_pt);
        ring.push(*ring.first()?);
        (ring.len() > 3).then_some(LineString(ring))
    }

    /// A line in degrees on the page, with points between where its edges are long or bend on the
    /// page; in pieces where it leaves the projection.
    fn project(&self, line: &[Coord]) -> Vec<Vec<Coord>> {
        let longest = (self.degrees.width().max(self.degrees.height()) / 48.0).max(1e-9);
        let mut pieces = vec![Vec::with_capacity(line.len())];
        let mut previous: Option<Vertex> = None;
        for &degrees in line {
            let end = self.vertex(degrees);
            if let Some(from) = previous {
                let d = degrees - from.degrees;
                let parts = (d.x.abs().max(d.y.abs()) / longest).ceil().min(1000.0) as u32;
                let mut start = from;
                for i in 1..parts {
                    let middle = self.vertex(from.degrees + d * (f64::from(i) / f64::from(parts)));
                    self.bend(start, middle, MOST_HALVINGS, &mut pieces);
                    push(middle.page, &mut pieces);
                    start = middle;
                }
                self.bend(start, end, MOST_HALVINGS, &mut pieces);
            }
            push(end.page, &mut pieces);
            previous = Some(end);
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }

    fn vertex(&self, degrees: Coord) -> Vertex {
        Vertex { degrees, page: self.frame.to_page(LonLat::wrap(degrees.x, degrees.y)) }
    }

    /// Pushes the points between the ends of an edge that keep it within the tolerance.
    fn bend(&self, from: Vertex, to: Vertex, depth: u32, pieces: &mut Vec<Vec<Coord>>) {
        let (Some(a), Some(b)) = (from.page, to.page) else { return };
        let d = b - a;
        let squared = d.x * d.x + d.y * d.y;
        if depth == 0 || squared < STRAIGHT_PT * STRAIGHT_PT {
            return;
        }
        let middle = self.vertex((from.degrees + to.degrees) / 2.0);
        let Some(at) = middle.page else { return };
        let off = (at.x - a.x) * d.y - (at.y - a.y) * d.x;
        if off * off > TOLERANCE_PT * TOLERANCE_PT * squared {
            self.bend(from, middle, depth - 1, pieces);
            push(Some(at), pieces);
            self.bend(middle, to, depth - 1, pieces);
        }
    }
}

/// A position of a line, in degrees and on the page.
#[derive(Clone, Copy)]
struct Vertex {
    degrees: Coord,
    page: Option<Coord>,
}

/// Goes on with the last piece, or begins another where there is no point.
fn push(at: Option<Coord>, pieces: &mut Vec<Vec<Coord>>) {
    match (at, pieces.last_mut()) {
        (Some(p), Some(piece)) => piece.push(p),
        _ => pieces.push(Vec::new()),
    }
}

/// Whether a ring in degrees, on any turn of the longitude, contains a position.
fn winds_round(ring: &[Coord], position: LonLat) -> bool {
    let contains = |x: f64| {
        let crossed = ring.windows(2).filter(|pair| {
            let (a, b) = (pair[0], pair[1]);
            let y = position.lat();
            (a.y > y) != (b.y > y) && x < a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y)
        });
        crossed.count() % 2 == 1
    };
    [-360.0, 0.0, 360.0].into_iter().any(|turn| contains(position.lon() + turn))
}

fn bounds(points: &[Coord]) -> Option<(Coord, Coord)> {
    let first = *points.first()?;
    Some(points.iter().fold((first, first), |(low, high), p| {
        (
            Coord { x: low.x.min(p.x), y: low.y.min(p.y) },
            Coord { x: high.x.max(p.x), y: high.y.max(p.y) },
        )
    }))
}

#[cfg(test)]
mod tests {
    use geo_types::{Point, line_string, polygon};
    use tumen_geo_core::Bbox;

    use super::super::choose;
    use super::*;

    fn frame(west: f64, south: f64, east: f64, north: f64) -> Frame {
        let extent = Bbox { west, south, east, north };
        let choice = choose(&extent, "auto").unwrap();
        let plane = Frame::plane_extent(&choice, &extent).unwrap();
        let rect = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 500.0, y: 400.0 });
        Frame::fit(choice, &plane, rect).unwrap()
    }

    fn is_inside(shape: &PageShape, margin: f64) -> bool {
        let lines = shape.lines.iter().chain(shape.polygons.iter().map(Polygon::exterior));
        lines.flat_map(|l| l.0.iter()).all(|p| {
            (-margin - 1e-6..=500.0 + margin + 1e-6).contains(&p.x)
                && (-margin - 1e-6..=400.0 + margin + 1e-6).contains(&p.y)
        })
    }

    #[test]
    fn a_huge_area_fills_the_frame_and_its_margin() {
        let frame = frame(129.0, 42.0, 132.0, 44.0);
        let asia = polygon![(x: 60.0, y: 10.0), (x: 160.0, y: 10.0), (x: 160.0, y: 70.0), (x: 60.0, y: 70.0)];
        let shape = frame.shape(&asia.into(), 3.0, 0.1);
        assert!(is_inside(&shape, 3.0));
        let ring = shape.polygons[0].exterior();
        let area = ring.lines().map(|l| l.determinant()).sum::<f64>().abs() / 2.0;
        assert!((area - 506.0 * 406.0).abs() < 1.0, "{area}");
    }

    #[test]
    fn lines_and_points_outside_are_left_out() {
        let frame = frame(129.0, 42.0, 132.0, 44.0);
        assert!(frame.shape(&Point::new(10.0, 43.0).into(), 2.0, 0.1).is_empty());
        let line = line_string![(x: 120.0, y: 43.0), (x: 140.0, y: 43.0)];
        let shape = frame.shape(&line.into(), 2.0, 0.1);
        assert_eq!(shape.lines.len(), 1);
        assert!(is_inside(&shape, 2.0));
        // The edge runs along the parallel, as straight edges in degrees do.
        let middle = frame.to_page(LonLat::wrap(130.5, 43.0)).unwrap();
        let nearest = shape.lines[0].0.iter().map(|p| (p.y - middle.y).abs());
        assert!(nearest.fold(f64::INFINITY, f64::min) < 0.05);
    }

    #[test]
    fn areas_over_the_antimeridian_come_in_whole() {
        let frame = frame(177.0, -20.0, -179.0, -16.0);
        for turn in [0.0, -360.0] {
            let fiji = polygon![
                (x: 178.5 + turn, y: -19.0), (x: 181.0 + turn, y: -19.0),
                (x: 181.0 + turn, y: -17.0), (x: 178.5 + turn, y: -17.0)
            ];
            let shape = frame.shape(&fiji.into(), 2.0, 0.1);
            assert_eq!(shape.polygons.len(), 1);
            assert!(shape.polygons[0].exterior().0.len() > 4);
        }
    }

    #[test]
    fn the_world_is_cut_where_the_projection_is() {
        let frame = frame(-180.0, -90.0, 180.0, 90.0);
        let chukotka = polygon![(x: 170.0, y: 62.0), (x: 190.0, y: 62.0), (x: 190.0, y: 68.0), (x: 170.0, y: 68.0)];
        let shape = frame.shape(&chukotka.into(), 2.0, 0.1);
        assert_eq!(shape.polygons.len(), 2);
        for polygon in &shape.polygons {
            let xs = polygon.exterior().0.iter().map(|p| p.x);
            let (low, high) =
                xs.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
            assert!(high - low < 40.0, "{low}…{high}");
        }
    }
}
