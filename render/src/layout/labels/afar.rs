//! Places farther away, for labels that find no room where they would rather stand.

use geo_types::Coord;

use super::name::{LEADERS, Name, PADDING, Spot, leaders, main_part};
use crate::layout::drawing::path::point;
use crate::layout::layers::inner_point::inner_points;
use crate::scene::Rect;
use crate::spec::LabelPlacement;

/// How far from the edge of its symbol such a label may stand, pt.
const FAR_LEADERS: [f64; 4] = [42.0, 54.0, 68.0, 84.0];
/// Points of an area from which its leader line may start, and what each costs more than the one
/// before.
const STARTS: usize = 6;
const START_COST: f64 = 0.1;

/// Adds places at the ends of leader lines: of longer ones for a point, from anywhere inside for an
/// area, whose middle may be shut in by symbols. Names along lines and curves get none. Whether there
/// are more places than before.
pub(super) fn look_afar(name: &mut Name<'_>, map: &Rect) -> bool {
    let along = matches!(name.placement, LabelPlacement::Line | LabelPlacement::Curved);
    if along || std::mem::replace(&mut name.afar, true) {
        return false;
    }
    let (width, height) = (name.block.width + 2.0 * PADDING, name.block.height + 2.0 * PADDING);
    let area = main_part(name.seen, map).filter(|_| name.seen.shape.points.is_empty());
    let starts: Vec<Coord> = match &area {
        Some(area) => inner_points(area, STARTS),
        None => vec![name.anchor],
    };
    let near: &[f64] = if area.is_some() { &LEADERS } else { &[] };
    for (rank, start) in starts.into_iter().enumerate() {
        for length in near.iter().chain(&FAR_LEADERS) {
            let places = leaders(point(start), name.radius, *length, width, height);
            name.spots.extend(places.map(|mut place| {
                place.cost += START_COST * rank as f64;
                Spot::level(place)
            }));
        }
    }
    true
}
