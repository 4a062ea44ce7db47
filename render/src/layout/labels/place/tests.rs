//! Tests of label placement: brute force is the oracle for overlaps, plain greed for the count.

use proptest::prelude::*;

use super::segment::length_inside;
use super::*;
use crate::scene::Path;

const PAGE: Rect = Rect { x0: 0.0, y0: 0.0, x1: 300.0, y1: 200.0 };

fn label(id: &str, priority: i32, candidates: Vec<Candidate>) -> Label {
    Label { priority, id: id.to_owned(), candidates }
}

fn boxes(rects: &[(f64, f64, f64, f64)]) -> Vec<Candidate> {
    let candidate = |(i, &(x, y, w, h)): (usize, &(f64, f64, f64, f64))| {
        Candidate::level(Rect::new(x, y, x + w, y + h), i as f64 * 0.1)
    };
    rects.iter().enumerate().map(candidate).collect()
}

/// Whether two candidates cannot both be chosen, by the letter of the guarantees and by brute force.
fn clash(a: &Candidate, b: &Candidate) -> bool {
    let over = |leader: &Option<Leader>, boxes: &[Rect]| {
        let near =
            |l: Leader, r: &Rect| length_inside(&r.expanded(LEADER_CLEAR_PT), l.from, l.to) > 0.0;
        leader.is_some_and(|l| boxes.iter().any(|r| near(l, r)))
    };
    a.boxes.iter().any(|r| b.boxes.iter().any(|s| r.overlaps(s)))
        || over(&a.leader, &b.boxes)
        || over(&b.leader, &a.boxes)
        || a.leader.zip(b.leader).is_some_and(|(a, b)| a.meets(b.from, b.to))
}

/// Whether a candidate may stand at all.
fn stands(candidate: &Candidate, hard: &[Rect]) -> bool {
    let free = |r: &Rect| PAGE.covers(r) && !hard.iter().any(|h| h.overlaps(r));
    candidate.boxes.iter().all(free)
        && candidate.leader.is_none_or(|l| {
            let own = |h: &Rect| {
                h.expanded(0.021).covers(&Rect::new(
                    f64::from(l.from.x),
                    f64::from(l.from.y),
                    f64::from(l.from.x),
                    f64::from(l.from.y),
                ))
            };
            let near = |h: &Rect| length_inside(&h.expanded(LEADER_CLEAR_PT), l.from, l.to) > 0.0;
            hard.iter().all(|h| own(h) || !near(h))
        })
}

/// First fit in the order of priority and id over the candidates that `offers` lets through, written
/// independently of the board.
fn plain_greed(labels: &[Label], hard: &[Rect], offers: impl Fn(usize) -> bool) -> usize {
    let mut order: Vec<&Label> = labels.iter().collect();
    order.sort_by_key(|label| (label.priority, label.id.clone()));
    let mut taken: Vec<&Candidate> = Vec::new();
    for label in order {
        let offered = label.candidates.iter().enumerate().filter(|(i, _)| offers(*i));
        let mut free =
            offered.filter(|(_, c)| stands(c, hard) && !taken.iter().any(|t| clash(t, c)));
        if let Some((_, found)) = free.next() {
            taken.push(found);
        }
    }
    taken.len()
}

fn check(labels: &[Label], obstacles: &Obstacles, result: &[Option<usize>]) {
    let chosen: Vec<&Candidate> = (labels.iter().zip(result))
        .filter_map(|(label, chosen)| chosen.map(|i| &label.candidates[i]))
        .collect();
    for (i, candidate) in chosen.iter().enumerate() {
        assert!(stands(candidate, &obstacles.hard), "off the page or blocked: {candidate:?}");
        let other = chosen[i + 1..].iter().find(|other| clash(candidate, other));
        assert!(other.is_none(), "{candidate:?} and {other:?}");
    }
}

/// The symbol of a town and its label: the positions around it, then those on leader lines.
fn town(x: f64, y: f64, width: f64, priority: i32, id: u32) -> (Rect, Label) {
    let symbol = Rect::new(x - 2.0, y - 2.0, x + 2.0, y + 2.0);
    let mut candidates = point_positions(Point::new(x, y), 2.0, width, 9.0, 1.0);
    for distance in [8.0, 20.0, 32.0] {
        candidates.extend(leader_positions(Point::new(x, y), 2.0, distance, width, 9.0));
    }
    (symbol, label(&format!("town-{id}"), priority, candidates))
}

/// Places `towns`, checks the guarantees, and that more are placed than by eight positions and greed.
fn crowd(towns: Vec<(Rect, Label)>, furniture: Option<Rect>) {
    // The eight positions of Imhof among the sixteen.
    const EIGHT: [usize; 8] = [0, 1, 3, 5, 7, 8, 11, 14];
    let (mut hard, labels): (Vec<Rect>, Vec<Label>) = towns.into_iter().unzip();
    hard.extend(furniture);
    let obstacles = Obstacles { hard, ..Obstacles::default() };
    let result = place(&PAGE, &labels, &obstacles);
    check(&labels, &obstacles, &result);
    let placed = result.iter().flatten().count();
    assert!(placed >= plain_greed(&labels, &obstacles.hard, |_| true));
    let eight = plain_greed(&labels, &obstacles.hard, |i| EIGHT.contains(&i));
    assert!(placed >= eight, "{placed} of {}, eight positions: {eight}", labels.len());
    assert_eq!(result, place(&PAGE, &labels, &obstacles));
}

/// Numbers in 0…1 that look random (Lehmer's generator with the multiplier of Park and Miller).
fn numbers() -> impl FnMut() -> f64 {
    let mut state = 42_u64;
    move || {
        state = state * 48_271 % 2_147_483_647;
        state as f64 / 2_147_483_647.0
    }
}

#[test]
fn three_hundred_points_clusters_rows_and_heaps() {
    let mut next = numbers();
    let page = |next: &mut dyn FnMut() -> f64| (next() * 300.0, next() * 200.0);
    let mut scattered = Vec::new();
    for id in 0..300 {
        let (x, y) = page(&mut next);
        scattered.push(town(x, y, 20.0 + 40.0 * next(), (id % 3) as i32, id));
    }
    crowd(scattered, None);
    let mut clusters = Vec::new();
    for id in 0..90 {
        let (x, y) = [(60.0, 50.0), (220.0, 120.0), (150.0, 170.0)][id as usize % 3];
        let (dx, dy) = page(&mut next);
        clusters.push(town(x + dx / 10.0 - 15.0, y + dy / 10.0 - 10.0, 40.0, 0, id));
    }
    crowd(clusters, Some(Rect::new(0.0, 150.0, 80.0, 200.0)));
    crowd((0..40).map(|id| town(10.0 + f64::from(id) * 7.0, 100.0, 35.0, 0, id)).collect(), None);
    crowd((0..25).map(|id| town(150.0, 100.0, 35.0, 0, id)).collect(), None);
}

#[test]
fn eight_places_around_one_delta_all_find_room() {
    // Pairs of ports on both banks of a river, a few pt apart.
    let places = [
        (100.0, 60.0),
        (103.0, 61.0),
        (120.0, 92.0),
        (126.0, 98.0),
        (127.0, 97.0),
        (70.0, 120.0),
        (112.0, 75.0),
        (118.0, 86.0),
    ];
    let towns: Vec<(Rect, Label)> =
        places.iter().zip(0..).map(|(&(x, y), id)| town(x, y, 50.0, 0, id)).collect();
    let (hard, labels): (Vec<Rect>, Vec<Label>) = towns.into_iter().unzip();
    let obstacles = Obstacles { hard, ..Obstacles::default() };
    let result = place(&PAGE, &labels, &obstacles);
    check(&labels, &obstacles, &result);
    assert_eq!(result.iter().flatten().count(), labels.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn crowded_pages_keep_the_guarantees(
        towns in prop::collection::vec((0.0..300.0, 0.0..200.0, 20.0..60.0, 0..3, 0..500_u32), 1..120),
        frame in 0.0..40.0,
    ) {
        let towns = towns.into_iter().map(|(x, y, width, priority, id)| town(x, y, width, priority, id));
        crowd(towns.collect(), Some(Rect::new(0.0, 0.0, 60.0 + frame, frame)));
    }

    #[test]
    fn bent_labels_keep_the_guarantees(
        bent in prop::collection::vec((0.0..260.0, 0.0..190.0, -1.0..1.0), 1..60),
    ) {
        let labels: Vec<Label> = bent.iter().zip(0..).map(|(&(x, y, rise), id)| {
            let stairs = |x: f64, y: f64| (0..6).map(|i| {
                let (x, y) = (x + f64::from(i) * 6.0, y + f64::from(i) * 6.0 * rise);
                Rect::new(x, y, x + 7.0, y + 8.0)
            }).collect();
            let at = |d: f64| Candidate { boxes: stairs(x, y + d), cost: d.abs(), leader: None };
            label(&format!("river-{id}"), 0, vec![at(0.0), at(12.0), at(-12.0)])
        }).collect();
        let result = place(&PAGE, &labels, &Obstacles::default());
        check(&labels, &Obstacles::default(), &result);
        prop_assert!(result.iter().flatten().count() >= plain_greed(&labels, &[], |_| true));
    }

    #[test]
    fn segments_meet_as_sampling_says(
        (ax, ay, bx, by) in (0..12_i32, 0..12_i32, 0..12_i32, 0..12_i32),
        (cx, cy, dx, dy) in (0..12_i32, 0..12_i32, 0..12_i32, 0..12_i32),
    ) {
        let p = |x: i32, y: i32| Point::new(f64::from(x), f64::from(y));
        let (a, b, c, d) = (p(ax, ay), p(bx, by), p(cx, cy), p(dx, dy));
        prop_assume!(a != b && c != d && a != c);
        // Cramer's rule in whole numbers: the parameters of the crossing times the determinant.
        let det = (bx - ax) * (cy - dy) - (by - ay) * (cx - dx);
        prop_assume!(det != 0);
        let s = ((cx - ax) * (cy - dy) - (cy - ay) * (cx - dx)) * det.signum();
        let t = ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) * det.signum();
        let expected = (0..=det.abs()).contains(&s) && (0..=det.abs()).contains(&t);
        prop_assert_eq!(Leader { from: a, to: b }.meets(c, d), expected);
    }

    #[test]
    fn length_inside_agrees_with_sampling(
        (ax, ay, bx, by) in (0.0..100.0, 0.0..100.0, 0.0..100.0, 0.0..100.0),
    ) {
        let (a, b) = (Point::new(ax, ay), Point::new(bx, by));
        let rect = Rect::new(30.0, 40.0, 70.0, 60.0);
        let (x0, y0) = (f64::from(a.x), f64::from(a.y));
        let (x1, y1) = (f64::from(b.x), f64::from(b.y));
        let inside = (0..10_000).filter(|i| {
            let t = (f64::from(*i) + 0.5) / 10_000.0;
            let (x, y) = (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t);
            (30.0..70.0).contains(&x) && (40.0..60.0).contains(&y)
        }).count();
        let expected = inside as f64 / 10_000.0 * (x1 - x0).hypot(y1 - y0);
        prop_assert!((length_inside(&rect, a, b) - expected).abs() < 0.1);
    }
}

#[test]
fn a_neighbour_moves_aside_twice_over() {
    // a blocks b's only place; a's other place is taken by c, which has a third.
    let labels = [
        label("a", 0, boxes(&[(10.0, 10.0, 20.0, 10.0), (40.0, 10.0, 20.0, 10.0)])),
        label("c", 0, boxes(&[(45.0, 10.0, 20.0, 10.0), (80.0, 10.0, 20.0, 10.0)])),
        label("d", 1, boxes(&[(15.0, 10.0, 20.0, 10.0)])),
    ];
    assert_eq!(plain_greed(&labels, &[], |_| true), 2);
    let result = place(&PAGE, &labels, &Obstacles::default());
    assert_eq!(result, [Some(1), Some(1), Some(0)]);
}

#[test]
fn the_more_important_label_wins_and_the_order_of_input_does_not_matter() {
    let only = boxes(&[(10.0, 10.0, 30.0, 10.0)]);
    let labels =
        [label("b", 1, only.clone()), label("z", 0, only.clone()), label("a", 1, only.clone())];
    assert_eq!(place(&PAGE, &labels, &Obstacles::default()), [None, Some(0), None]);
    let labels = [labels[2].clone(), labels[0].clone()];
    assert_eq!(place(&PAGE, &labels, &Obstacles::default()), [Some(0), None]);
}

#[test]
fn lines_and_soft_boxes_push_labels_away() {
    let labels =
        [label("hunchun", 0, boxes(&[(10.0, 10.0, 40.0, 10.0), (10.0, 60.0, 40.0, 10.0)]))];
    let border = SoftLine {
        points: vec![Point::new(0.0, 15.0), Point::new(300.0, 15.0)],
        cost_per_pt: 0.02,
    };
    let crossed = Obstacles { lines: vec![border.clone()], ..Obstacles::default() };
    assert_eq!(place(&PAGE, &labels, &crossed), [Some(1)]);
    let slight = SoftLine { cost_per_pt: 0.002, ..border };
    let crossed = Obstacles { lines: vec![slight], ..Obstacles::default() };
    assert_eq!(place(&PAGE, &labels, &crossed), [Some(0)]);
    let soft = vec![(Rect::new(0.0, 0.0, 60.0, 30.0), 3.0)];
    assert_eq!(place(&PAGE, &labels, &Obstacles { soft, ..Obstacles::default() }), [Some(1)]);
}

#[test]
fn positions_clear_their_symbol_and_start_at_the_upper_right() {
    let point = Point::new(100.0, 100.0);
    for (radius, gap) in [(2.0, 1.0), (6.0, 0.5), (3.33, 0.0), (0.0, 2.0)] {
        let symbol = Rect::new(100.0 - radius, 100.0 - radius, 100.0 + radius, 100.0 + radius);
        let all = point_positions(point, radius, 40.0, 10.0, gap);
        assert_eq!(all.len(), 16);
        assert!(all.iter().all(|c| !c.boxes[0].overlaps(&symbol)), "{radius} {gap}");
        assert!(all.windows(2).all(|w| w[0].cost <= w[1].cost));
        assert!(all[0].boxes[0].x0 > 99.99 && all[0].boxes[0].y1 < 100.01);
    }
    for c in leader_positions(point, 3.0, 30.0, 40.0, 10.0) {
        let (rect, leader) = (c.boxes[0], c.leader.unwrap());
        let nearest = (point.x.clamp(rect.x0, rect.x1), point.y.clamp(rect.y0, rect.y1));
        assert!((nearest.0 - leader.to.x).hypot(nearest.1 - leader.to.y) < 0.02);
        let length = |p: Point| (p.x - point.x).hypot(p.y - point.y);
        assert!(
            (length(leader.to) - 30.0).abs() < 0.02 && (length(leader.from) - 3.0).abs() < 0.02
        );
    }
    assert!(leader_positions(point, 3.0, 3.0, 40.0, 10.0).is_empty());
}

#[test]
fn areas_take_labels_inside() {
    // An L: its corner at the lower left.
    let ring = [(0.0, 0.0), (40.0, 0.0), (40.0, 60.0), (120.0, 60.0), (120.0, 100.0), (0.0, 100.0)];
    let polygon = Path::ring(ring.iter().map(|&(x, y)| Point::new(x, y)).collect());
    let points = [Point::new(20.0, 80.0), Point::new(60.0, 80.0), Point::new(100.0, 20.0)];
    let all = area_positions(&polygon, &points, 60.0, 10.0);
    assert_eq!(all.len(), 2);
    assert!(all[0].cost > all[1].cost, "the first hangs out by a sixth");
    assert!(all[1].cost < 0.2);
}
