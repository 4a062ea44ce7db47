//! The state of a placement, and the search.

use super::grid::Grid;
use super::{Label, Obstacles};
use crate::scene::{Point, Rect};

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
    rect: Rect,
    cost: f64,
    leader: bool,
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
    grid: Grid,
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
                if page.covers(&candidate.rect)
                    && let Some(extra) = costs.of(&candidate.rect)
                {
                    let (rect, cost) = (candidate.rect, candidate.cost + extra);
                    places.push(Place { index, rect, cost, leader: candidate.leader });
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
            grid: Grid::new(page),
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
                && place.is_some_and(|place| !self.options[other][place].leader);
            // First all free places, then those that need another move.
            let depths = if depth > 1 { vec![0, depth - 1] } else { vec![0] };
            depths.into_iter().any(|depth| {
                (0..self.options[other].len()).any(|option| {
                    // Nobody sends a more important label away on a leader line.
                    if spared && self.options[other][option].leader {
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
            self.grid.remove(label, &self.options[label][before].rect);
        }
        if let Some(now) = option {
            self.grid.insert(label, &self.options[label][now].rect);
        }
        self.chosen[label] = option;
    }

    /// The labels that stand where `label` would at `option`.
    fn others_at(&self, label: usize, option: usize) -> Vec<usize> {
        let rect = &self.options[label][option].rect;
        let mut others = self.grid.near(rect, |r| r.overlaps(rect));
        others.retain(|&other| other != label);
        others
    }
}

/// What a box costs because of the obstacles.
struct Costs<'a> {
    obstacles: &'a Obstacles,
    hard: Grid,
    soft: Grid,
    lines: Grid,
    /// The segments of all lines: ends, cost per pt.
    segments: Vec<(Point, Point, f64)>,
}

impl<'a> Costs<'a> {
    fn new(page: &Rect, obstacles: &'a Obstacles) -> Self {
        let (mut hard, mut soft) = (Grid::new(page), Grid::new(page));
        obstacles.hard.iter().enumerate().for_each(|(i, rect)| hard.insert(i, rect));
        obstacles.soft.iter().enumerate().for_each(|(i, (rect, _))| soft.insert(i, rect));
        let mut lines = Grid::new(page);
        let mut segments = Vec::new();
        for line in &obstacles.lines {
            for (a, b) in line.points.iter().zip(line.points.iter().skip(1)) {
                lines.insert(segments.len(), &bounds(*a, *b));
                segments.push((*a, *b, line.cost_per_pt));
            }
        }
        Self { obstacles, hard, soft, lines, segments }
    }

    /// The cost of `rect` beyond its own, `None` if a hard obstacle is in the way.
    fn of(&self, rect: &Rect) -> Option<f64> {
        if !self.hard.near(rect, |r| r.overlaps(rect)).is_empty() {
            return None;
        }
        let mut cost = 0.0;
        for i in self.soft.near(rect, |r| r.overlaps(rect)) {
            let (other, whole) = self.obstacles.soft[i];
            let width = rect.x1.min(other.x1) - rect.x0.max(other.x0);
            let height = rect.y1.min(other.y1) - rect.y0.max(other.y0);
            cost += whole * f64::from(width * height / (other.width() * other.height()));
        }
        // Level and plumb segments have boxes without inside: closed comparison.
        let meets =
            |r: &Rect| r.x0 <= rect.x1 && rect.x0 <= r.x1 && r.y0 <= rect.y1 && rect.y0 <= r.y1;
        for i in self.lines.near(rect, meets) {
            let (a, b, per_pt) = self.segments[i];
            cost += per_pt * length_inside(rect, a, b);
        }
        Some(cost)
    }
}

fn bounds(a: Point, b: Point) -> Rect {
    Rect { x0: a.x.min(b.x), y0: a.y.min(b.y), x1: a.x.max(b.x), y1: a.y.max(b.y) }
}

/// The length of the segment from `a` to `b` inside `rect`, pt (Liang and Barsky 1984, "A new concept
/// and method for line clipping").
pub(super) fn length_inside(rect: &Rect, a: Point, b: Point) -> f64 {
    let (dx, dy) = (f64::from(b.x - a.x), f64::from(b.y - a.y));
    let edges = [
        (-dx, f64::from(a.x - rect.x0)),
        (dx, f64::from(rect.x1 - a.x)),
        (-dy, f64::from(a.y - rect.y0)),
        (dy, f64::from(rect.y1 - a.y)),
    ];
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (towards, room) in edges {
        if towards == 0.0 {
            if room < 0.0 {
                return 0.0;
            }
        } else if towards < 0.0 {
            enter = enter.max(room / towards);
        } else {
            leave = leave.min(room / towards);
        }
    }
    (leave - enter).max(0.0) * dx.hypot(dy)
}
