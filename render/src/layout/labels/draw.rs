//! Names that have found their places, as items.

use super::super::setter::items;
use super::Labels;
use super::name::{Name, PADDING};
use super::place::Leader;
use crate::scene::{Cap, Color, Item, Path, Stroke};
use crate::text::Align;

/// Width of leader lines, pt.
const LEADER_WIDTH: f32 = 0.4;
/// Width of the light line below them, pt.
const LEADER_CASING: f32 = 1.2;

/// Draws `names` where they were `found` a place, and tells which were not.
pub(super) fn draw(names: &[Name<'_>], found: &[Option<usize>]) -> Labels {
    let mut out = Labels::default();
    let mut texts = Vec::new();
    for (name, choice) in names.iter().zip(found) {
        let Some(spot) = choice.and_then(|i| name.spots.get(i)) else {
            let again = |(other, found): (&Name<'_>, &Option<usize>)| {
                other.id == name.id && (found.is_some() || other.repeat < name.repeat)
            };
            // A line is named if it is named anywhere.
            if !names.iter().zip(found).any(again) {
                if name.quiet {
                    out.quiet_left_out.push(name.said.clone());
                } else {
                    out.left_out.push(format!("{} ({})", name.said, name.id));
                }
            }
            continue;
        };
        out.placed += 1;
        if let Some(leader) = &spot.candidate.leader {
            out.on_leaders += 1;
            out.items.extend(leader_line(leader, name.color, name.halo));
        }
        if let Some(set) = &spot.set {
            texts.extend(items(set.runs(name.color, name.halo)));
            continue;
        }
        let Some(rect) = spot.candidate.bounds() else { continue };
        let mut block = name.block.clone();
        let leader = spot.candidate.leader;
        let anchor = leader.map_or(name.anchor.x as f32, |leader| leader.from.x);
        block.align = if !name.beside() {
            Align::Center
        } else if rect.x0 > anchor {
            Align::Left
        } else if rect.x1 < anchor {
            Align::Right
        } else {
            Align::Center
        };
        let (x, y) = (f64::from(rect.x0) + PADDING, f64::from(rect.y0) + PADDING);
        texts.extend(items(block.place(x, y, name.color, name.halo)));
    }
    out.items.extend(texts);
    out
}

/// A thin line from the symbol to the label, over a light one that lifts it off the map.
fn leader_line(
    leader: &Leader,
    color: Color,
    halo: Option<(Color, f32)>,
) -> impl Iterator<Item = Item> + use<> {
    let path = Path::line(vec![leader.from, leader.to]);
    let stroke = move |color, width| Item::Stroke {
        path: path.clone(),
        stroke: Stroke { color, width, dash: Vec::new(), cap: Cap::Butt },
    };
    let casing = halo.map(|(color, _)| stroke(color, LEADER_CASING));
    casing.into_iter().chain([stroke(color, LEADER_WIDTH)])
}
