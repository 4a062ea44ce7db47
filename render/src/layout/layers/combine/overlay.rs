//! The ground of the combinations, and which of its members need a name.

use tumen_geo_core::Shape;
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::query::Part as Ground;

use crate::spec::MapFeature;

/// Parts below this share of their smallest member are not told apart unless the map says otherwise.
const SMALLEST_SHARE: f64 = 0.001;

/// The parts of some areas; members are the places of the areas, in rising order.
pub(super) struct Overlay {
    grounds: Vec<Ground>,
    least: f64,
    /// The members of each part that is told apart.
    told: Vec<Vec<usize>>,
}

impl Overlay {
    /// Lays the areas over each other: see [`SpatialIndex::combine`].
    pub(super) fn new(areas: &[(usize, &MapFeature)], smallest_share: Option<f64>) -> Self {
        let named = |(_, feature): &(usize, &MapFeature)| Named {
            id: feature.id.clone(),
            shape: Shape::from_checked(feature.geometry.clone()),
        };
        let mut grounds =
            SpatialIndex::new(areas.iter().map(named).collect()).combine(|_| true).value;
        for ground in &mut grounds {
            let shares = ground.members.iter().copied().zip(ground.shares.iter().copied());
            let mut pairs: Vec<(usize, f64)> = shares.collect();
            pairs.sort_by_key(|(member, _)| *member);
            (ground.members, ground.shares) = pairs.into_iter().unzip();
        }
        grounds.sort_by(|a, b| (a.members.len(), &a.members).cmp(&(b.members.len(), &b.members)));
        let least = smallest_share.unwrap_or(SMALLEST_SHARE);
        let mut overlay = Self { grounds, least, told: Vec::new() };
        let told = overlay.grounds.iter().filter(|ground| overlay.is_told(ground));
        overlay.told = told.map(|ground| ground.members.clone()).collect();
        overlay
    }

    /// Ordered by number of members, then members.
    pub(super) fn grounds(&self) -> &[Ground] {
        &self.grounds
    }

    /// Whether a part is large enough to be told apart.
    pub(super) fn is_told(&self, ground: &Ground) -> bool {
        ground.shares.iter().copied().fold(0.0, f64::max) >= self.least
    }

    /// Whether these members are a single area that meets no other.
    pub(super) fn alone(&self, members: &[usize]) -> bool {
        let [only] = members else { return false };
        !self.told.iter().any(|told| told.len() > 1 && told.contains(only))
    }

    /// Leaves out the areas that meet no other and pass `filter`.
    pub(super) fn leave_out_alone(&mut self, filter: impl Fn(usize) -> bool) {
        let grounds = std::mem::take(&mut self.grounds);
        let stays = |ground: &Ground| {
            !(self.alone(&ground.members) && ground.members.iter().all(|member| filter(*member)))
        };
        self.grounds = grounds.into_iter().filter(stays).collect();
    }

    /// The members without those that hold another of them whole, when two or more are left.
    pub(super) fn named(&self, members: &[usize]) -> Vec<usize> {
        let holds = |outer: usize, inner: usize| {
            let with = |member: usize| move |told: &&Vec<usize>| told.contains(&member);
            self.told.iter().filter(with(inner)).all(|told| told.contains(&outer))
                && !self.told.iter().filter(with(outer)).all(|told| told.contains(&inner))
        };
        let said =
            |outer: &usize| members.iter().all(|inner| outer == inner || !holds(*outer, *inner));
        let left: Vec<usize> = members.iter().copied().filter(said).collect();
        if left.len() < 2 { members.to_vec() } else { left }
    }
}
