//! Items that hang together: those that touch, or lie within a distance of each other.

use super::{Answer, Explain};
use crate::index::{Spatial, SpatialIndex};
use crate::measure::{Nearest, TOUCH, nearest_within};
use crate::unit::Length;

/// Items that hang together, and what holds them.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// The places of the items in [`SpatialIndex::items`], ordered by id.
    pub members: Vec<usize>,
    /// Each pair of them that touches or is near enough, ordered by the ids.
    pub joints: Vec<Joint>,
}

/// Two items that hold together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joint {
    /// The place of the first item; that with the lesser id.
    pub first: usize,
    /// The place of the second item.
    pub second: usize,
    /// The shortest line from the first to the second.
    pub nearest: Nearest,
    /// Whether the component would fall in two without this joint.
    pub bridge: bool,
    /// Whether this is one of the shortest joints that suffice to hold the component together: its
    /// minimum spanning tree. Every bridge is one.
    pub spanning: bool,
}

impl<T: Spatial> SpatialIndex<T> {
    /// The components of the items that pass `filter`, where two are joined when they are at most
    /// `within` apart; for a distance of zero, when they share a point. An item that is joined to
    /// none is a component of its own. The largest come first, then those with the lesser first id.
    ///
    /// Exact, but for the error of a distance (see [`Explain`]). Cost: each pair whose boxes are
    /// within the distance is measured, and each joint is kept; where all items are near to all
    /// others these are n²/2.
    ///
    /// ```
    /// use tumen_geo_core::{Length, LonLat, Shape, index::{Named, SpatialIndex}};
    /// let port = |id: &str, lon, lat| {
    ///     LonLat::new(lon, lat).map(|at| Named { id: id.to_owned(), shape: Shape::point(at) })
    /// };
    /// // Three ports at the mouth of the Tumen, and Chongjin down the coast.
    /// let index = SpatialIndex::new(vec![
    ///     port("posyet", 130.806, 42.651)?,
    ///     port("zarubino", 131.083, 42.646)?,
    ///     port("rajin", 130.298, 42.249)?,
    ///     port("chongjin", 129.776, 41.796)?,
    /// ]);
    /// let components = index.components(Length::km(65.0), |_| true).value;
    /// assert_eq!(components.len(), 2);
    /// assert_eq!(components[0].members, [0, 2, 1]);
    /// // Rajin hangs on Posyet alone: without that joint, it stands by itself.
    /// let bridges: Vec<(usize, usize)> =
    ///     components[0].joints.iter().filter(|j| j.bridge).map(|j| (j.first, j.second)).collect();
    /// assert_eq!(bridges, [(0, 2), (0, 1)]);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn components(
        &self,
        within: Length,
        filter: impl Fn(&T) -> bool,
    ) -> Answer<Vec<Component>> {
        let mut chosen: Vec<usize> =
            (0..self.len()).filter(|&place| filter(&self.items()[place])).collect();
        chosen.sort_by(|&a, &b| self.id_order(a, b));
        let mut node_of = vec![None; self.len()];
        for (node, &place) in chosen.iter().enumerate() {
            node_of[place] = Some(node);
        }
        let (mut joints, explain) = self.joints(&chosen, &node_of, within);
        let mut groups = hold_together(chosen.len(), &mut joints);
        find_bridges(chosen.len(), &mut joints);

        let mut components: Vec<Component> = Vec::new();
        let mut component_of = vec![None; chosen.len()];
        for (node, &place) in chosen.iter().enumerate() {
            let root = groups.root(node);
            let component = *component_of[root].get_or_insert(components.len());
            if component == components.len() {
                components.push(Component { members: Vec::new(), joints: Vec::new() });
            }
            components[component].members.push(place);
        }
        for joint in joints {
            if let Some(component) = component_of[groups.root(joint.first)] {
                let (first, second) = (chosen[joint.first], chosen[joint.second]);
                components[component].joints.push(Joint { first, second, ..joint });
            }
        }
        // The sort is stable, and components came by their first ids.
        components.sort_by_key(|component| std::cmp::Reverse(component.members.len()));
        Answer { value: components, explain }
    }

    /// The pairs near enough, by their places in `chosen`, ordered by these.
    fn joints(
        &self,
        chosen: &[usize],
        node_of: &[Option<usize>],
        within: Length,
    ) -> (Vec<Joint>, Explain) {
        let limit = within.to_m().max(TOUCH);
        let mut explain = Explain::of_pairs(self.len());
        let mut joints = Vec::new();
        for (first, &place) in chosen.iter().enumerate() {
            let from = self.measured(place);
            let mut walk = self.by_bound(&from.outline.bounds());
            let start = joints.len();
            while let Some(leaf) = walk.next_within(limit) {
                let other = self.item_of(leaf);
                let Some(second) = node_of[other].filter(|&second| second > first) else {
                    continue;
                };
                explain.candidates += 1;
                let nearest = nearest_within(from, self.measured(other), limit);
                joints.extend(nearest.map(|nearest| Joint {
                    first,
                    second,
                    nearest,
                    bridge: false,
                    spanning: false,
                }));
            }
            joints[start..].sort_by_key(|joint| joint.second);
        }
        explain.refined = explain.candidates;
        (joints, explain.among(chosen.len()))
    }
}

/// Which nodes hang together so far: a forest whose paths are halved as they are walked
/// (R. E. Tarjan and J. van Leeuwen, J. ACM 31, 1984, 245–281).
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, mut node: usize) -> usize {
        while self.0[node] != node {
            self.0[node] = self.0[self.0[node]];
            node = self.0[node];
        }
        node
    }

    /// Whether the two were apart.
    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
        a != b
    }
}

/// Joins what the joints hold, the shortest first: those that joined something span the component
/// (J. B. Kruskal, Proc. Amer. Math. Soc. 7, 1956, 48–50).
fn hold_together(nodes: usize, joints: &mut [Joint]) -> Groups {
    let mut order: Vec<usize> = (0..joints.len()).collect();
    order.sort_by(|&a, &b| {
        let (one, other) = (joints[a].nearest.distance, joints[b].nearest.distance);
        one.total_cmp(&other).then(a.cmp(&b))
    });
    let mut groups = Groups((0..nodes).collect());
    for place in order {
        let joint = &mut joints[place];
        joint.spanning = groups.join(joint.first, joint.second);
    }
    groups
}

/// Marks the joints that lie on no cycle: what lies beyond one reaches back no farther than to its
/// own end (R. E. Tarjan, Inform. Process. Lett. 2, 1974, 160–161). By a stack of its own, as a
/// chain of items may be long.
fn find_bridges(nodes: usize, joints: &mut [Joint]) {
    let mut neighbours: Vec<Vec<(usize, usize)>> = vec![Vec::new(); nodes];
    for (place, joint) in joints.iter().enumerate() {
        neighbours[joint.first].push((joint.second, place));
        neighbours[joint.second].push((joint.first, place));
    }
    // When a node was entered, counted from 1, and the earliest that can be reached from it on.
    let mut entered = vec![0_usize; nodes];
    let mut reaches = vec![0_usize; nodes];
    let mut count = 0;
    for start in 0..nodes {
        if entered[start] > 0 {
            continue;
        }
        // A node, the joint by which it was entered, and how many of its joints were looked at.
        let mut path: Vec<(usize, Option<usize>, usize)> = vec![(start, None, 0)];
        while let Some((node, by, looked)) = path.last_mut() {
            let (node, by) = (*node, *by);
            if entered[node] == 0 {
                count += 1;
                entered[node] = count;
                reaches[node] = count;
            }
            if let Some(&(next, joint)) = neighbours[node].get(*looked) {
                *looked += 1;
                if entered[next] == 0 {
                    path.push((next, Some(joint), 0));
                } else if by != Some(joint) {
                    reaches[node] = reaches[node].min(entered[next]);
                }
                continue;
            }
            path.pop();
            if let (Some(joint), Some(&(before, ..))) = (by, path.last()) {
                joints[joint].bridge = reaches[node] > entered[before];
                reaches[before] = reaches[before].min(reaches[node]);
            }
        }
    }
}
