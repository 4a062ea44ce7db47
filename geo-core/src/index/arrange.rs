//! The order of the leaves: neighbours in the list are neighbours on the ground.

use super::block::FANOUT;

/// The middle of a box and its place among those that are arranged.
#[derive(Clone, Copy)]
pub(super) struct Middle {
    pub(super) at: [f32; 3],
    pub(super) place: u32,
}

/// Orders the middles so that each run of [`FANOUT`], of `FANOUT`², … from the start is compact: they
/// are parted across their longest extent, again and again, where a run of the greatest length ends.
/// About n log n for n middles.
pub(super) fn arrange(middles: &mut [Middle]) {
    let mut run = FANOUT;
    while run * FANOUT < middles.len() {
        run *= FANOUT;
    }
    let parting = middles.len().div_ceil(run) / 2 * run;
    if parting == 0 {
        return;
    }
    let axis = longest_extent(middles);
    middles.select_nth_unstable_by(parting, |a, b| {
        a.at[axis].total_cmp(&b.at[axis]).then(a.place.cmp(&b.place))
    });
    let (before, after) = middles.split_at_mut(parting);
    arrange(before);
    arrange(after);
}

fn longest_extent(middles: &[Middle]) -> usize {
    let (mut low, mut high) = ([f32::INFINITY; 3], [f32::NEG_INFINITY; 3]);
    for middle in middles {
        for axis in 0..3 {
            low[axis] = low[axis].min(middle.at[axis]);
            high[axis] = high[axis].max(middle.at[axis]);
        }
    }
    let extent = |axis: usize| high[axis] - low[axis];
    let longer = |one: usize, other: usize| if extent(other) > extent(one) { other } else { one };
    longer(longer(0, 1), 2)
}
