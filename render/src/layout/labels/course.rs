//! A line by the distance along it: what text runs along.

use geo_types::Coord;

/// A line of two points or more and of some length; a position on it is its distance from the start,
/// pt.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Course {
    points: Vec<Coord>,
    /// Distance of each point from the start.
    along: Vec<f64>,
}

impl Course {
    /// The line through `points`; `None` when it has no length.
    pub(in crate::layout) fn new(points: Vec<Coord>) -> Option<Self> {
        let mut total = 0.0;
        let mut along = Vec::with_capacity(points.len());
        along.push(0.0);
        for pair in points.windows(2) {
            total += distance(pair[0], pair[1]);
            along.push(total);
        }
        (total > 0.0 && total.is_finite()).then_some(Self { points, along })
    }

    pub(in crate::layout) fn length(&self) -> f64 {
        self.along.last().copied().unwrap_or(0.0)
    }

    pub(in crate::layout) fn points(&self) -> &[Coord] {
        &self.points
    }

    /// The distances of the points from the start.
    pub(in crate::layout) fn along(&self) -> &[f64] {
        &self.along
    }

    /// The position `s` pt from the start; beyond the ends the line runs straight on.
    pub(in crate::layout) fn at(&self, s: f64) -> Coord {
        let i = self.along.partition_point(|a| *a < s);
        self.on(i.clamp(1, self.points.len() - 1), s)
    }

    /// The position `s` pt from the start, on the edge that ends at point `i`.
    fn on(&self, i: usize, s: f64) -> Coord {
        let (before, step) = (self.along[i - 1], self.along[i] - self.along[i - 1]);
        let t = if step > 0.0 { (s - before) / step } else { 0.0 };
        self.points[i - 1] + (self.points[i] - self.points[i - 1]) * t
    }

    pub(in crate::layout) fn reversed(&self) -> Self {
        let points = self.points.iter().rev().copied().collect();
        let along = self.along.iter().rev().map(|a| self.length() - a).collect();
        Self { points, along }
    }

    /// Points on the line about `step` pt apart, both ends among them.
    pub(in crate::layout) fn resampled(&self, step: f64) -> Vec<Coord> {
        let count = (self.length() / step).ceil().clamp(1.0, 20_000.0) as usize;
        let share = self.length() / count as f64;
        let mut i = 1;
        let point = |n: usize| {
            let s = share * n as f64;
            while i + 1 < self.points.len() && self.along[i] < s {
                i += 1;
            }
            self.on(i, s)
        };
        (0..=count).map(point).collect()
    }

    /// The stretch from `from` to `to` pt, moved `lift` pt to the left of its direction (up, for a
    /// line to the right); longer by `margin` pt at both ends.
    pub(in crate::layout) fn beside(
        &self,
        from: f64,
        to: f64,
        lift: f64,
        margin: f64,
    ) -> Option<Self> {
        let count = (f64::midpoint(to - from, 2.0 * margin)).ceil().clamp(2.0, 500.0) as usize;
        let step = (to - from + 2.0 * margin) / count as f64;
        let point = |i: usize| {
            let s = from - margin + step * i as f64;
            self.at(s) + left(self.at(s + 1.0) - self.at(s - 1.0)) * lift
        };
        Self::new((0..=count).map(point).collect())
    }
}

pub(in crate::layout) fn distance(a: Coord, b: Coord) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}

/// The unit vector to the left of `direction` on a page whose y runs down; none for no direction.
pub(in crate::layout) fn left(direction: Coord) -> Coord {
    let size = direction.x.hypot(direction.y);
    if size > 0.0 { Coord { x: direction.y / size, y: -direction.x / size } } else { Coord::zero() }
}

/// `points` with each moved to the mean of those at most `reach` before and after it, three times
/// over (near a Gaussian); both ends stay.
pub(in crate::layout) fn smoothed(points: &[Coord], reach: usize) -> Vec<Coord> {
    let mut points = points.to_vec();
    for _ in 0..3 {
        let mut sums = Vec::with_capacity(points.len() + 1);
        let mut sum = Coord::zero();
        sums.push(sum);
        for p in &points {
            sum = sum + *p;
            sums.push(sum);
        }
        let last = points.len() - 1;
        for (i, p) in points.iter_mut().enumerate() {
            let reach = reach.min(i).min(last - i);
            *p = (sums[i + reach + 1] - sums[i - reach]) / (2 * reach + 1) as f64;
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn positions_run_along_the_line_and_on_beyond_it() {
        let course = Course::new(vec![c(0.0, 0.0), c(10.0, 0.0), c(10.0, 20.0)]).unwrap();
        assert!((course.length() - 30.0).abs() < 1e-9);
        assert_eq!(course.at(15.0), c(10.0, 5.0));
        assert_eq!(course.at(-2.0), c(-2.0, 0.0));
        assert_eq!(course.at(31.0), c(10.0, 21.0));
        assert_eq!(course.reversed().at(25.0), c(5.0, 0.0));
        assert_eq!(course.resampled(7.0).len(), 6);
        let above = course.beside(2.0, 8.0, 3.0, 0.0).unwrap();
        assert!(above.points().iter().all(|p| (p.y + 3.0).abs() < 1e-9));
        assert!(Course::new(vec![c(1.0, 1.0), c(1.0, 1.0)]).is_none());
        assert!(Course::new(vec![]).is_none());
    }

    #[test]
    fn smoothing_takes_the_meanders_and_leaves_the_way() {
        let zigzag: Vec<Coord> = (0..200)
            .map(|i| c(f64::from(i), f64::from(i) * 0.3 + if i % 2 == 0 { 2.0 } else { -2.0 }))
            .collect();
        let smooth = smoothed(&zigzag, 6);
        assert!([0, 199].iter().all(|i| distance(smooth[*i], zigzag[*i]) < 1e-9));
        for (i, p) in smooth.iter().enumerate().skip(20).take(160) {
            assert!((p.x - i as f64).abs() < 0.1 && (p.y - 0.3 * p.x).abs() < 0.2, "{p:?}");
        }
    }
}
