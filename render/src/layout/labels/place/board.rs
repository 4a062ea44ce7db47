//! The state of a placement, and the search.

use super::costs::Costs;
use super::grid::Grid;
use super::segment::{Leader, touch};
use super::{Label, Obstacles};
use crate::scene::Rect;

/// Rounds of improvement; three settle nearly every map.
const ROUNDS: usize = 4;
/// Neighbours that one label may move aside.
const MOST_MOVED: usize = 2;
/// Neighbours of neighbours: how long a chain of moves may become.
const DEPTH: usize = 2;
/// Trials of a place for one label in one round, and for all: bounds the time.
const LABEL_TRIALS: usize = 600;
const ALL_TRIALS: usize = 60_000;
/// A dearer place is worth leaving for a gain of this much.
const WORTH: f64 = 0.02;

/// A candidate that keeps clear of page edge and hard obstacles, with its full cost.
struct Place {
    index: usize,
    boxes: Vec<Rect>,
    cost: f64,
    leader: Option<Leader>,
}

/// A step back: the label and where it was.
type Undo = Vec<(usize, Option<usize>)>;

/// Labels, their possible places and the present choice.
pub(super) struct Board {
    /// Possible places of each label, cheapest first.
    options: Vec<Vec<Place>>,
    /// Priority of each label.
    priorities: Vec<i32>,
    /// Labels by priority, then id, then number.
    order: Vec<usize>,
    /// Index into `options` for each label.
    chosen: Vec<Option<usize>>,
    /// The boxes of the labels that have a place.
    boxes: Grid,
    /// The boxes around their leader lines.
    leaders: Grid,
    trials: usize,
    label_trials: usize,
}

impl Board {
    /// An empty board.
    pub(super) fn new(page: &Rect, labels: &[Label], obstacles: &Obstacles) -> Self {
        let costs = Costs::new(page, obstacles);
        let places = |label: &Label| {
            let mut places: Vec<Place> = Vec::with_capacity(label.candidates.len());
            for (index, candidate) in label.candidates.iter().enumerate() {
                if candidate.bounds().is_some_and(|bounds| page.covers(&bounds))
                    && let Some(extra) = costs.of(candidate)
                {
                    let (boxes, cost) = (candidate.boxes.clone(), candidate.cost + extra);
                    places.push(Place { index, boxes, cost, leader: candidate.leader });
                }
            }
            places.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.index.cmp(&b.index)));
            places
        };
        let mut order: Vec<usize> = (0..labels.len()).collect();
        order.sort_by(|&a, &b| {
            let key = |l: usize| (labels[l].priority, labels[l].id.as_str(), l);
            key(a).cmp(&key(b))
        });
        Self {
            options: labels.iter().map(places).collect(),
            priorities: labels.iter().map(|label| label.priority).collect(),
            order,
            chosen: vec![None; labels.len()],
            boxes: Grid::new(page),
            leaders: Grid::new(page),
            trials: ALL_TRIALS,
            label_trials: 0,
        }
    }

    /// The chosen candidate of each label.
    pub(super) fn result(&self) -> Vec<Option<usize>> {
        let index = |(places, chosen): (&Vec<Place>, &Option<usize>)| {
            chosen.map(|option| places[option].index)
        };
        self.options.iter().zip(&self.chosen).map(index).collect()
    }

    /// Greed: every label in its order takes the cheapest free place.
    pub(super) fn fill(&mut self) {
        for at in 0..self.order.len() {
            let label = self.order[at];
            let free = |option: &usize| self.others_at(label, *option).is_empty();
            if let Some(option) = (0..self.options[label].len()).find(free) {
                self.set(label, Some(option));
            }
        }
    }

    /// Lets in labels that were left out and moves labels to cheaper places, moving others aside.
    pub(super) fn improve(&mut self) {
        for _ in 0..ROUNDS {
            let mut changed = false;
            for at in 0..self.order.len() {
                let label = self.order[at];
                // Cheaper than the present place; all places for a label that has none.
                let better = self.chosen[label].unwrap_or(self.options[label].len());
                self.label_trials = LABEL_TRIALS;
                changed |= (0..better).any(|option| self.move_to(label, option));
            }
            if !changed {
                break;
            }
        }
    }

    /// Moves `label` to `option` if room can be made there, at a gain if it has a place already.
    fn move_to(&mut self, label: usize, option: usize) -> bool {
        let had_place = self.chosen[label].is_some();
        let (mut undo, mut fixed) = (Undo::new(), Vec::new());
        let done = self.put(label, option, DEPTH, self.priorities[label], &mut fixed, &mut undo);
        if done && (!had_place || self.gain(&undo) > WORTH) {
            return true;
        }
        self.go_back(&mut undo, 0);
        false
    }

    /// Puts `label` at `option`; what stands there moves elsewhere, in chains of at most `depth`
    /// moves and never what is `fixed`. On failure the board may be left changed, as `undo` tells.
    fn put(
        &mut self,
        label: usize,
        option: usize,
        depth: usize,
        asking: i32,
        fixed: &mut Vec<usize>,
        undo: &mut Undo,
    ) -> bool {
        if self.trials == 0 || self.label_trials == 0 {
            return false;
        }
        self.trials -= 1;
        self.label_trials -= 1;
        let others = self.others_at(label, option);
        let most = if depth == 0 { 0 } else { MOST_MOVED };
        if others.len() > most || others.iter().any(|other| fixed.contains(other)) {
            return false;
        }
        let places: Vec<Option<usize>> = others.iter().map(|&other| self.chosen[other]).collect();
        for &other in &others {
            undo.push((other, self.chosen[other]));
            self.set(other, None);
        }
        undo.push((label, self.chosen[label]));
        self.set(label, Some(option));
        fixed.push(label);
        let moved = others.iter().zip(places).all(|(&other, place)| {
            let spared = self.priorities[other] < asking
                && place.is_some_and(|place| self.options[other][place].leader.is_none());
            // First all free places, then those that need another move.
            let depths = if depth > 1 { vec![0, depth - 1] } else { vec![0] };
            depths.into_iter().any(|depth| {
                (0..self.options[other].len()).any(|option| {
                    // Nobody sends a more important label away on a leader line.
                    if spared && self.options[other][option].leader.is_some() {
                        return false;
                    }
                    let (mark, fixed_mark) = (undo.len(), fixed.len());
                    let done = self.put(other, option, depth, asking, fixed, undo);
                    if !done {
                        self.go_back(undo, mark);
                        fixed.truncate(fixed_mark);
                    }
                    done
                })
            })
        });
        if !moved {
            fixed.retain(|&l| l != label);
        }
        moved
    }

    /// How much cheaper the board has become since the moves in `undo`.
    fn gain(&self, undo: &Undo) -> f64 {
        let cost = |label: usize, option: Option<usize>| {
            option.map_or(0.0, |option| self.options[label][option].cost)
        };
        let mut seen: Vec<usize> = Vec::new();
        let mut gain = 0.0;
        for &(label, before) in undo {
            // A label's first entry is where it stood at the outset.
            if !seen.contains(&label) {
                seen.push(label);
                gain += cost(label, before) - cost(label, self.chosen[label]);
            }
        }
        gain
    }

    fn go_back(&mut self, undo: &mut Undo, mark: usize) {
        while undo.len() > mark {
            if let Some((label, place)) = undo.pop() {
                self.set(label, place);
            }
        }
    }

    fn set(&mut self, label: usize, option: Option<usize>) {
        if let Some(before) = self.chosen[label] {
            let place = &self.options[label][before];
            place.boxes.iter().for_each(|rect| self.boxes.remove(label, rect));
            place.leader.iter().for_each(|l| self.leaders.remove(label, &l.bounds()));
        }
        if let Some(now) = option {
            let place = &self.options[label][now];
            place.boxes.iter().for_each(|rect| self.boxes.insert(label, rect));
            place.leader.iter().for_each(|l| self.leaders.insert(label, &l.bounds()));
        }
        self.chosen[label] = option;
    }

    /// The labels that stand where `label` would at `option`.
    fn others_at(&self, label: usize, option: usize) -> Vec<usize> {
        let place = &self.options[label][option];
        let leader_of = |other: usize| self.options[other][self.chosen[other]?].leader;
        let mut others = Vec::new();
        for rect in &place.boxes {
            others.extend(self.boxes.near(rect, |_, r| r.overlaps(rect)));
            others.extend(self.leaders.near(rect, |other, r| {
                touch(r, rect) && leader_of(other).is_some_and(|leader| leader.crosses(rect))
            }));
        }
        if let Some(leader) = place.leader {
            let around = leader.bounds();
            others.extend(self.boxes.near(&around, |_, r| leader.crosses(r)));
            others.extend(self.leaders.near(&around, |other, r| {
                touch(r, &around) && leader_of(other).is_some_and(|o| leader.meets(o.from, o.to))
            }));
        }
        others.retain(|&other| other != label);
        others.sort_unstable();
        others.dedup();
        others
    }
}
