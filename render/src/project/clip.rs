//! Clipping to an axis-parallel rectangle, in degrees or on the page, and thinning.

use geo_types::{Coord, Rect};

/// A ring clipped to a rectangle: I. E. Sutherland and G. W. Hodgman, Reentrant polygon clipping,
/// CACM 17 (1974) 32–42. Parts that fall apart stay joined along the rectangle's edge. The ring may
/// repeat its first point at the end or not; the result does not.
pub(crate) fn clip_ring(ring: &[Coord], rect: &Rect) -> Vec<Coord> {
    let open = match ring {
        [first, .., last] if first == last => &ring[..ring.len() - 1],
        _ => ring,
    };
    let (low, high) = (rect.min(), rect.max());
    if open.iter().all(|p| p.x >= low.x && p.x <= high.x && p.y >= low.y && p.y <= high.y) {
        return open.to_vec();
    }
    let after_west = clip_side(open, |p| p.x - low.x);
    let after_east = clip_side(&after_west, |p| high.x - p.x);
    let after_south = clip_side(&after_east, |p| p.y - low.y);
    clip_side(&after_south, |p| high.y - p.y)
}

/// The part of a ring where `inside`, which is linear, is not negative.
pub(super) fn clip_side(ring: &[Coord], inside: impl Fn(&Coord) -> f64) -> Vec<Coord> {
    let Some(mut previous) = ring.last() else { return Vec::new() };
    let mut out = Vec::with_capacity(ring.len());
    let mut depth_before = inside(previous);
    for point in ring {
        let depth = inside(point);
        if (depth < 0.0) != (depth_before < 0.0) {
            let t = depth_before / (depth_before - depth);
            out.push(*previous + (*point - *previous) * t);
        }
        if depth >= 0.0 {
            out.push(*point);
        }
        (previous, depth_before) = (point, depth);
    }
    out
}

/// The pieces of a line inside a rectangle: Y.-D. Liang and B. A. Barsky, A new concept and method
/// for line clipping, ACM TOG 3 (1984) 1–22.
pub(crate) fn clip_line(line: &[Coord], rect: &Rect) -> Vec<Vec<Coord>> {
    clip_line_by(line, |a, b| visible(a, b, rect))
}

/// The pieces of a line of which `visible` tells the part of each segment, as parameters from its
/// start.
pub(super) fn clip_line_by(
    line: &[Coord],
    visible: impl Fn(Coord, Coord) -> Option<(f64, f64)>,
) -> Vec<Vec<Coord>> {
    let mut pieces: Vec<Vec<Coord>> = Vec::new();
    let mut open = false;
    for pair in line.windows(2) {
        let &[a, b] = pair else { continue };
        let Some((t0, t1)) = visible(a, b) else {
            open = false;
            continue;
        };
        let at = |t: f64| {
            if t == 0.0 {
                a
            } else if t >= 1.0 {
                b
            } else {
                a + (b - a) * t
            }
        };
        match pieces.last_mut() {
            Some(piece) if open && t0 == 0.0 => piece.push(at(t1)),
            _ => pieces.push(vec![at(t0), at(t1)]),
        }
        open = t1 >= 1.0;
    }
    pieces
}

/// The share of the segment from `a` to `b` inside the rectangle, as parameters from `a`.
fn visible(a: Coord, b: Coord, rect: &Rect) -> Option<(f64, f64)> {
    let d = b - a;
    let (mut t0, mut t1) = (0.0_f64, 1.0_f64);
    let sides = [
        (-d.x, a.x - rect.min().x),
        (d.x, rect.max().x - a.x),
        (-d.y, a.y - rect.min().y),
        (d.y, rect.max().y - a.y),
    ];
    for (p, q) in sides {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            t0 = t0.max(q / p);
        } else {
            t1 = t1.min(q / p);
        }
    }
    (t0 <= t1).then_some((t0, t1))
}

/// The line without points closer than `distance` to the one kept before; both ends stay.
pub(crate) fn thin(line: &[Coord], distance: f64) -> Vec<Coord> {
    let mut out: Vec<Coord> = Vec::with_capacity(line.len().min(256));
    let limit = distance * distance;
    for (i, point) in line.iter().enumerate() {
        let near = out.last().is_some_and(|kept| {
            let d = *point - *kept;
            d.x * d.x + d.y * d.y < limit
        });
        if !near {
            out.push(*point);
        } else if i + 1 == line.len() {
            match out.len() {
                0 | 1 => out.push(*point),
                n => out[n - 1] = *point,
            }
        }
    }
    out
}

/// Whether `p` lies in the rectangle, edges included.
pub(crate) fn contains(rect: &Rect, p: Coord) -> bool {
    (rect.min().x..=rect.max().x).contains(&p.x) && (rect.min().y..=rect.max().y).contains(&p.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(list: &[(f64, f64)]) -> Vec<Coord> {
        list.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    fn unit() -> Rect {
        Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 1.0, y: 1.0 })
    }

    fn area(ring: &[Coord]) -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>() / 2.0
    }

    #[test]
    fn rings_are_clipped() {
        let big = points(&[(-1.0, -1.0), (2.0, -1.0), (2.0, 2.0), (-1.0, 2.0), (-1.0, -1.0)]);
        assert!((area(&clip_ring(&big, &unit())) - 1.0).abs() < 1e-12);
        let corner = points(&[(0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (0.5, 1.5), (0.5, 0.5)]);
        assert!((area(&clip_ring(&corner, &unit())) - 0.25).abs() < 1e-12);
        let away = points(&[(3.0, 3.0), (4.0, 3.0), (4.0, 4.0), (3.0, 3.0)]);
        assert!(clip_ring(&away, &unit()).is_empty());
        assert!(clip_ring(&[], &unit()).is_empty());
    }

    #[test]
    fn lines_are_clipped_into_pieces() {
        let zigzag = points(&[(-1.0, 0.2), (2.0, 0.2), (2.0, 0.8), (-1.0, 0.8)]);
        let pieces = clip_line(&zigzag, &unit());
        assert_eq!(pieces.len(), 2);
        for (piece, y) in pieces.iter().zip([0.2, 0.8]) {
            assert!(piece.iter().all(|p| contains(&unit(), *p) && (p.y - y).abs() < 1e-12));
        }
        let inside = points(&[(0.1, 0.1), (0.5, 0.5), (0.9, 0.1)]);
        assert_eq!(clip_line(&inside, &unit()), vec![inside]);
        assert!(clip_line(&points(&[(2.0, 0.0), (2.0, 1.0)]), &unit()).is_empty());
    }

    #[test]
    fn thinning_keeps_the_ends() {
        let line = points(&[(0.0, 0.0), (0.1, 0.0), (0.2, 0.0), (5.0, 0.0), (5.1, 0.0)]);
        assert_eq!(thin(&line, 0.5), points(&[(0.0, 0.0), (5.1, 0.0)]));
        assert_eq!(thin(&line[..2], 0.5), points(&[(0.0, 0.0), (0.1, 0.0)]));
    }
}
