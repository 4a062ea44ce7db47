//! How two straight edges in the lon/lat plane lie to each other, and whether that is clear.

use geo_types::Coord;

use super::slabs::MARGIN;

/// Degrees: what lies nearer to an edge may be on either side of it, but for rounding.
const UNSURE: f64 = 2e-12;

/// A box in degrees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) low: Coord,
    pub(crate) high: Coord,
}

impl Extent {
    pub(crate) fn of(positions: &[Coord]) -> Self {
        let mut extent = Self { low: positions[0], high: positions[0] };
        for c in positions {
            extent.low = Coord { x: extent.low.x.min(c.x), y: extent.low.y.min(c.y) };
            extent.high = Coord { x: extent.high.x.max(c.x), y: extent.high.y.max(c.y) };
        }
        extent
    }

    /// Whether the boxes come within the margin of each other.
    pub(crate) fn near(&self, other: &Self) -> bool {
        self.low.x <= other.high.x + MARGIN
            && other.low.x <= self.high.x + MARGIN
            && self.low.y <= other.high.y + MARGIN
            && other.low.y <= self.high.y + MARGIN
    }

    pub(crate) fn east(self, by: f64) -> Self {
        Self { low: east(self.low, by), high: east(self.high, by) }
    }
}

/// How two edges lie to each other.
pub(crate) enum Meeting {
    /// By more than the margin, in degrees, that edges and touching may be off.
    Apart,
    /// Apart, but by less than the margin.
    Near,
    /// At a position that is so far along each, 0…1.
    Crossing(Coord, [f64; 2]),
    /// They touch, but for rounding.
    Unsure,
}

/// The position so many degrees farther east.
pub(crate) fn east(c: Coord, by: f64) -> Coord {
    Coord { x: c.x + by, y: c.y }
}

/// How edge `a` lies to edge `b`; neither is a single position.
pub(crate) fn meeting(a: [Coord; 2], b: [Coord; 2]) -> Meeting {
    let (along_a, along_b) = (a[1] - a[0], b[1] - b[0]);
    let cross = |u: Coord, v: Coord| u.x * v.y - u.y * v.x;
    // Of which side of an edge the ends of the other lie, times its length.
    let of_a = a.map(|end| cross(along_b, end - b[0]));
    let of_b = b.map(|end| cross(along_a, end - a[0]));
    let (size_a, size_b) = (along_a.x.abs() + along_a.y.abs(), along_b.x.abs() + along_b.y.abs());
    let beside = |sides: [f64; 2], size: f64| {
        (sides[0] > size && sides[1] > size) || (sides[0] < -size && sides[1] < -size)
    };
    if beside(of_a, MARGIN * size_b) || beside(of_b, MARGIN * size_a) {
        return Meeting::Apart;
    }
    let across = |sides: [f64; 2], size: f64| {
        (sides[0] > size && sides[1] < -size) || (sides[0] < -size && sides[1] > size)
    };
    if across(of_a, UNSURE * size_b) && across(of_b, UNSURE * size_a) {
        let along = [of_a[0] / (of_a[0] - of_a[1]), of_b[0] / (of_b[0] - of_b[1])];
        return Meeting::Crossing(a[0] + along_a * along[0], along);
    }
    let off = |p: Coord, edge: [Coord; 2], along: Coord| {
        let (to, square) = (p - edge[0], along.x * along.x + along.y * along.y);
        let part = ((to.x * along.x + to.y * along.y) / square).clamp(0.0, 1.0);
        let off = to - along * part;
        off.x.hypot(off.y)
    };
    let gap = (off(a[0], b, along_b).min(off(a[1], b, along_b)))
        .min(off(b[0], a, along_a).min(off(b[1], a, along_a)));
    if gap <= 2.0 * UNSURE {
        Meeting::Unsure
    } else if gap <= MARGIN {
        Meeting::Near
    } else {
        Meeting::Apart
    }
}
