//! The cases of `cases.py`, drawn alike.

use geo_types::Coord;
use tumen_geo_core::raw::RawGeometry;

type Ring = Vec<(u64, u64)>;

struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1))
    }

    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

fn chain(draw: &mut Random, width: u64, top: u64) -> Ring {
    let xs: Vec<u64> = (1..width).filter(|_| draw.below(3) > 0).collect();
    let mut ring = vec![(0, draw.below(top))];
    ring.extend(xs.iter().map(|&x| (x, draw.below(top))));
    ring.push((width, draw.below(top) + 1));
    ring.extend(xs.iter().rev().map(|&x| (x, top - 2 + draw.below(top))));
    ring
}

fn rectangle(draw: &mut Random, size: u64, most: u64) -> Ring {
    let (west, south) = (draw.below(size), draw.below(size));
    let (east, north) = (west + 1 + draw.below(most), south + 1 + draw.below(most));
    let mut ring = vec![(west, south), (east, south), (east, north), (west, north)];
    if draw.below(2) == 1 {
        ring.reverse();
    }
    ring
}

fn scribble(draw: &mut Random, count: u64, size: u64) -> Ring {
    (0..count).map(|_| (draw.below(size), draw.below(size))).collect()
}

fn rings(index: u64) -> Vec<Vec<Ring>> {
    let draw = &mut Random::new(index);
    match index % 7 {
        0 => {
            let width = 3 + draw.below(9);
            vec![vec![chain(draw, width, 7)]]
        }
        1 => {
            let width = 4 + draw.below(6);
            let mut ring = chain(draw, width, 9);
            let count = ring.len() as u64;
            let (a, b) = (draw.below(count), draw.below(count));
            ring.swap(a as usize, b as usize);
            vec![vec![ring]]
        }
        2 => {
            let mut area = vec![vec![(0, 0), (12, 0), (12, 12), (0, 12)]];
            let count = 1 + draw.below(3);
            area.extend((0..count).map(|_| scribble(draw, 3, 12)));
            vec![area]
        }
        3 => {
            let count = 2 + draw.below(3);
            let part = |_| {
                let corners = 3 + draw.below(2);
                vec![scribble(draw, corners, 14)]
            };
            (0..count).map(part).collect()
        }
        4 => {
            let count = 2 + draw.below(4);
            (0..count).map(|_| vec![rectangle(draw, 12, 4)]).collect()
        }
        5 => {
            let mut area = vec![vec![(0, 0), (0, 10), (10, 10), (10, 0)]];
            let count = 1 + draw.below(4);
            area.extend((0..count).map(|_| rectangle(draw, 12, 4)));
            vec![area]
        }
        _ => {
            let corners = 3 + draw.below(6);
            vec![vec![scribble(draw, corners, 10)]]
        }
    }
}

/// The polygons of a case, in degrees.
pub fn case(index: u64) -> RawGeometry {
    let ring = |ring: Ring| -> Vec<Coord> {
        let first = ring[0];
        let closed = ring.into_iter().chain([first]);
        closed.map(|(x, y)| Coord { x: x as f64, y: y as f64 }).collect()
    };
    let area = |area: Vec<Ring>| -> Vec<Vec<Coord>> { area.into_iter().map(ring).collect() };
    let mut areas: Vec<Vec<Vec<Coord>>> = rings(index).into_iter().map(area).collect();
    if areas.len() == 1 {
        RawGeometry::Polygon(areas.remove(0))
    } else {
        RawGeometry::MultiPolygon(areas)
    }
}
