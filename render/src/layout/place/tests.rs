//! Tests of label placement: brute force is the oracle for overlaps, plain greed for the count.

use proptest::prelude::*;

use super::board::length_inside;
use super::*;
use crate::scene::Path;

const PAGE: Rect = Rect { x0: 0.0, y0: 0.0, x1: 300.0, y1: 200.0 };

fn label(id: &str, priority: i32, candidates: Vec<Candidate>) -> Label {
    Label { priority, id: id.to_owned(), candidates }
}

fn boxes(rects: &[(f64, f64, f64, f64)]) -> Vec<Candidate> {
    let candidate = |(i, &(x, y, w, h)): (usize, &(f64, f64, f64, f64))| Candidate {
        rect: Rect::new(x, y, x + w, y + h),
        cost: i as f64 * 0.1,
        leader: false,
    };
    rects.iter().enumerate().map(candidate).collect()
}

/// First fit in the order of priority and id, written independently of the board.
fn plain_greed(labels: &[Label], hard: &[Rect]) -> usize {
    let mut order: Vec<&Label> = labels.iter().collect();
    order.sort_by_key(|label| (label.priority, label.id.clone()));
    let mut taken: Vec<Rect> = hard.to_vec();
    let mut count = 0;
    for label in order {
        let free = |c: &&Candidate| {
            PAGE.covers(&c.rect) && !taken.iter().any(|rect| rect.overlaps(&c.rect))
        };
        if let Some(found) = label.candidates.iter().find(free) {
            taken.push(found.rect);
            count += 1;
        }
    }
    count
}

fn check(labels: &[Label], obstacles: &Obstacles, result: &[Option<usize>]) {
    let rects: Vec<Rect> = (labels.iter().zip(result))
        .filter_map(|(label, chosen)| chosen.map(|i| label.candidates[i].rect))
        .collect();
    for (i, rect) in rects.iter().enumerate() {
        assert!(PAGE.covers(rect), "off the page: {rect:?}");
        assert!(!obstacles.hard.iter().any(|r| r.overlaps(rect)), "on an obstacle: {rect:?}");
        assert!(!rects[i + 1..].iter().any(|r| r.overlaps(rect)), "overlap: {rect:?}");
    }
}

prop_compose! {
    /// A town with a symbol of 2 pt and a name of 20 to 60 pt.
    fn town()(x in 0.0..300.0, y in 0.0..200.0, width in 20.0..60.0, priority in 0..3, id in 0..500_u32)
        -> (Rect, Label)
    {
        let symbol = Rect::new(x - 2.0, y - 2.0, x + 2.0, y + 2.0);
        let mut candidates = eight_positions(Point::new(x, y), 2.0, width, 9.0, 1.0);
        candidates.extend(leader_positions(Point::new(x, y), 20.0, width, 9.0));
        (symbol, label(&format!("town-{id}"), priority, candidates))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn crowded_pages_have_no_overlap_and_more_labels_than_greed(
        towns in prop::collection::vec(town(), 1..150),
        frame in 0.0..40.0,
    ) {
        let (mut hard, labels): (Vec<Rect>, Vec<Label>) = towns.into_iter().unzip();
        hard.push(Rect::new(0.0, 0.0, 60.0 + frame, frame));
        let obstacles = Obstacles { hard, ..Obstacles::default() };
        let result = place(&PAGE, &labels, &obstacles);
        check(&labels, &obstacles, &result);
        let placed = result.iter().flatten().count();
        prop_assert!(placed >= plain_greed(&labels, &obstacles.hard));
        prop_assert_eq!(result, place(&PAGE, &labels, &obstacles));
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
    assert_eq!(plain_greed(&labels, &[]), 2);
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
fn eight_positions_clear_their_symbol_and_start_at_the_upper_right() {
    let point = Point::new(100.0, 100.0);
    for (radius, gap) in [(2.0, 1.0), (6.0, 0.5), (3.33, 0.0), (0.0, 2.0)] {
        let symbol = Rect::new(100.0 - radius, 100.0 - radius, 100.0 + radius, 100.0 + radius);
        let all = eight_positions(point, radius, 40.0, 10.0, gap);
        assert_eq!(all.len(), 8);
        assert!(all.iter().all(|c| !c.rect.overlaps(&symbol)), "{radius} {gap}");
        assert!(all.windows(2).all(|w| w[0].cost < w[1].cost));
        assert!(all[0].rect.x0 > 99.99 && all[0].rect.y1 < 100.01);
    }
    for c in leader_positions(point, 30.0, 40.0, 10.0) {
        let nearest = (point.x.clamp(c.rect.x0, c.rect.x1), point.y.clamp(c.rect.y0, c.rect.y1));
        let distance = (nearest.0 - point.x).hypot(nearest.1 - point.y);
        assert!(c.leader && (distance - 30.0).abs() < 0.02, "{distance}");
    }
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
