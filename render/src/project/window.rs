//! The part of the page that a map fills: a rectangle or a disc.

use std::f64::consts::TAU;

use geo_types::{Coord, Rect};

use super::clip::{self, clip_side};

/// Sides of the polygon that stands for a disc where rings are clipped: it lies round the disc, and
/// less than a thousandth of the radius outside it.
const SIDES: u32 = 72;

/// What is drawn on the page, pt.
#[derive(Clone, Copy, Debug)]
pub(super) enum Window {
    Rect(Rect),
    Disc { center: Coord, radius: f64 },
}

impl Window {
    /// Whether `p` lies in the window, edges included.
    pub(super) fn contains(&self, p: Coord) -> bool {
        match self {
            Self::Rect(rect) => clip::contains(rect, p),
            Self::Disc { center, radius } => {
                let d = p - *center;
                d.x.hypot(d.y) <= *radius
            }
        }
    }

    /// As [`clip::clip_ring`].
    pub(super) fn clip_ring(&self, ring: &[Coord]) -> Vec<Coord> {
        let (center, radius) = match self {
            Self::Rect(rect) => return clip::clip_ring(ring, rect),
            Self::Disc { center, radius } => (*center, *radius),
        };
        let open = match ring {
            [first, .., last] if first == last => &ring[..ring.len() - 1],
            _ => ring,
        };
        if open.iter().all(|p| self.contains(*p)) {
            return open.to_vec();
        }
        let mut ring = open.to_vec();
        for side in 0..SIDES {
            let (sin, cos) = (TAU * f64::from(side) / f64::from(SIDES)).sin_cos();
            ring = clip_side(&ring, |p| radius - (p.x - center.x) * cos - (p.y - center.y) * sin);
        }
        ring
    }

    /// As [`clip::clip_line`].
    pub(super) fn clip_line(&self, line: &[Coord]) -> Vec<Vec<Coord>> {
        let (center, radius) = match self {
            Self::Rect(rect) => return clip::clip_line(line, rect),
            Self::Disc { center, radius } => (*center, *radius),
        };
        clip::clip_line_by(line, |a, b| chord(a - center, b - center, radius))
    }

    /// The ring round the window.
    pub(super) fn outline(&self) -> Vec<Coord> {
        match self {
            Self::Rect(rect) => rect.to_polygon().exterior().0.clone(),
            Self::Disc { center, radius } => {
                let around = radius / (TAU / f64::from(2 * SIDES)).cos();
                let at = |side: u32| {
                    let (sin, cos) = (TAU * (f64::from(side) + 0.5) / f64::from(SIDES)).sin_cos();
                    *center + Coord { x: cos, y: sin } * around
                };
                (0..=SIDES).map(|side| at(side % SIDES)).collect()
            }
        }
    }
}

/// The share of the segment from `a` to `b` in a disc about the origin, as parameters from `a`.
fn chord(a: Coord, b: Coord, radius: f64) -> Option<(f64, f64)> {
    let d = b - a;
    let (square, along) = (d.x * d.x + d.y * d.y, a.x * d.x + a.y * d.y);
    let beyond = a.x * a.x + a.y * a.y - radius * radius;
    if square == 0.0 {
        return (beyond <= 0.0).then_some((0.0, 1.0));
    }
    let under_root = along * along - square * beyond;
    if under_root < 0.0 {
        return None;
    }
    let root = under_root.sqrt();
    let (t0, t1) = (((-along - root) / square).max(0.0), ((-along + root) / square).min(1.0));
    (t0 <= t1).then_some((t0, t1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DISC: Window = Window::Disc { center: Coord { x: 100.0, y: 100.0 }, radius: 50.0 };

    fn area(ring: &[Coord]) -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>() / 2.0
    }

    #[test]
    fn rings_are_clipped_to_a_disc() {
        let square = [(0.0, 0.0), (200.0, 0.0), (200.0, 200.0), (0.0, 200.0), (0.0, 0.0)]
            .map(|(x, y)| Coord { x, y });
        let whole = area(&DISC.clip_ring(&square));
        let disc = std::f64::consts::PI * 2500.0;
        assert!(whole > disc && whole < disc * 1.001, "{whole}");
        assert!((area(&DISC.outline()) - whole).abs() < 1e-6);
        let away = square.map(|p| p + Coord { x: 300.0, y: 0.0 });
        assert!(DISC.clip_ring(&away).is_empty());
    }

    #[test]
    fn lines_are_clipped_to_a_disc() {
        let line = [(0.0, 100.0), (300.0, 100.0), (300.0, 130.0), (0.0, 130.0)];
        let pieces = DISC.clip_line(&line.map(|(x, y)| Coord { x, y }));
        assert_eq!(pieces.len(), 2);
        assert_eq!((pieces[0][0].x, pieces[0][1].x), (50.0, 150.0));
        assert_eq!((pieces[1][0].x, pieces[1][1].x), (140.0, 60.0));
    }
}
