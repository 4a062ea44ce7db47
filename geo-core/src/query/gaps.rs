//! What lies between components: the shortest line from each to another one.

use std::cmp::Ordering;

use super::Component;
use crate::index::{Spatial, SpatialIndex};
use crate::measure::{Nearest, nearest_within};

/// The shortest line from a component to another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// The place of its end in the component, in [`SpatialIndex::items`].
    pub first: usize,
    /// The place of its end in the other one.
    pub second: usize,
    /// The other component, by its place among them.
    pub to: usize,
    /// The line.
    pub nearest: Nearest,
}

impl<T: Spatial> SpatialIndex<T> {
    /// The gap between each of some [components](Self::components) of this index and the nearest
    /// other one; `None` when there is no other. Of lines that are as short it is that with the lesser
    /// id of the first, then of the second end.
    ///
    /// Exact, but for the error of a distance (see [`Explain`](super::Explain)). Cost: a search for
    /// the nearest item from each that is not in the first, which is the largest, component.
    ///
    /// ```
    /// use tumen_geo_core::{Length, LonLat, Shape, index::{Named, SpatialIndex}};
    /// let port = |id: &str, lon, lat| {
    ///     LonLat::new(lon, lat).map(|at| Named { id: id.to_owned(), shape: Shape::point(at) })
    /// };
    /// let index = SpatialIndex::new(vec![
    ///     port("posyet", 130.806, 42.651)?,
    ///     port("zarubino", 131.083, 42.646)?,
    ///     port("vladivostok", 131.885, 43.115)?,
    /// ]);
    /// let components = index.components(Length::km(30.0), |_| true).value;
    /// let gaps = index.gaps(&components);
    /// // 83 km are missing between Zarubino and Vladivostok.
    /// let gap = gaps[0].unwrap();
    /// assert_eq!((gap.first, gap.second, gap.to), (1, 2, 1));
    /// assert!((gap.nearest.distance.to_km() - 83.6).abs() < 0.5);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn gaps(&self, components: &[Component]) -> Vec<Option<Gap>> {
        let mut component_of = vec![None; self.len()];
        for (number, component) in components.iter().enumerate() {
            for &member in &component.members {
                component_of[member] = Some(number);
            }
        }
        let outside: Vec<usize> =
            components.iter().skip(1).flat_map(|one| one.members.iter().copied()).collect();
        let gap = |(number, component): (usize, &Component)| {
            // The largest is looked for from all others.
            if number == 0 {
                return self.shortest(&outside, &component_of, |of| of == Some(0), true);
            }
            let other = |of: Option<usize>| of.is_some_and(|of| of != number);
            self.shortest(&component.members, &component_of, other, false)
        };
        components.iter().enumerate().map(gap).collect()
    }

    /// The shortest line from one of `starts` to an item whose component is `wanted`, or from that
    /// when it is `turned`.
    fn shortest(
        &self,
        starts: &[usize],
        component_of: &[Option<usize>],
        wanted: impl Fn(Option<usize>) -> bool,
        turned: bool,
    ) -> Option<Gap> {
        let mut best: Option<Gap> = None;
        let mut limit = f64::INFINITY;
        for &start in starts {
            let from = self.measured(start);
            let mut walk = self.by_bound(&from.outline.bounds());
            while let Some(leaf) = walk.next_within(limit) {
                let end = self.item_of(leaf);
                if !wanted(component_of[end]) {
                    continue;
                }
                let Some(nearest) = nearest_within(from, self.measured(end), limit) else {
                    continue;
                };
                let (first, second, nearest) =
                    if turned { (end, start, nearest.reversed()) } else { (start, end, nearest) };
                let Some(to) = component_of[second] else { continue };
                let gap = Gap { first, second, to, nearest };
                if best.is_none_or(|best| self.gap_order(&gap, &best).is_lt()) {
                    limit = nearest.distance.to_m();
                    best = Some(gap);
                }
            }
        }
        best
    }

    fn gap_order(&self, a: &Gap, b: &Gap) -> Ordering {
        (a.nearest.distance.total_cmp(&b.nearest.distance))
            .then_with(|| self.id_order(a.first, b.first))
            .then_with(|| self.id_order(a.second, b.second))
    }
}
