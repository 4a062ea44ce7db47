//! The columns of a legend: about equally high, as few as the map's height allows.

use super::entries::Block;
use super::{COLUMN_GAP, HEIGHT_SHARE, MOST_COLUMNS, ROW_GAP};

/// The blocks in `wanted` columns, or in as many as suit a map of `room` (width and height, pt).
pub(super) fn columns(
    mut blocks: Vec<Block>,
    wanted: Option<usize>,
    room: (f64, f64),
) -> Vec<Vec<Block>> {
    let heights: Vec<f64> = blocks.iter().map(Block::height).collect();
    let widths: Vec<f64> = blocks.iter().map(Block::width).collect();
    let most = wanted.unwrap_or(MOST_COLUMNS).clamp(1, blocks.len());
    let fewest = if wanted.is_some() { most } else { 1 };
    let mut best: Option<(f64, Vec<usize>)> = None;
    for count in fewest..=most {
        let (height, starts) = balanced(&heights, count);
        let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
        let width: f64 = starts
            .iter()
            .zip(ends)
            .map(|(from, to)| widths[*from..to].iter().copied().fold(0.0, f64::max))
            .sum::<f64>()
            + COLUMN_GAP * (count - 1) as f64;
        let fits = height <= room.1 * HEIGHT_SHARE && width <= room.0 * 0.9;
        let cost = if fits { 0.0 } else { (height / room.1).max(width / room.0) };
        if best.as_ref().is_none_or(|(least, _)| cost < *least - 1e-9) {
            best = Some((cost, starts));
        }
        if fits {
            break;
        }
    }
    let starts = best.map(|(_, starts)| starts).unwrap_or_default();
    let mut columns: Vec<Vec<Block>> =
        starts.iter().skip(1).rev().map(|start| blocks.split_off(*start)).collect();
    columns.push(blocks);
    columns.reverse();
    columns
}

/// Where each of `count` columns starts so that the highest is as low as can be, and its height.
fn balanced(heights: &[f64], count: usize) -> (f64, Vec<usize>) {
    let of = |from: usize, to: usize| {
        heights[from..to].iter().sum::<f64>() + ROW_GAP * (to - from).saturating_sub(1) as f64
    };
    let n = heights.len();
    // The height of the first `to` blocks in one column, then in one more each time.
    let mut least: Vec<f64> = (0..=n).map(|to| of(0, to)).collect();
    let mut starts: Vec<Vec<usize>> = Vec::new();
    for column in 1..count {
        let mut better = vec![f64::INFINITY; n + 1];
        let mut start = vec![0; n + 1];
        for to in column + 1..=n {
            for (from, before) in least.iter().enumerate().take(to).skip(column) {
                let height = before.max(of(from, to));
                if height < better[to] - 1e-9 {
                    (better[to], start[to]) = (height, from);
                }
            }
        }
        least = better;
        starts.push(start);
    }
    let mut places = vec![];
    let mut to = n;
    for start in starts.iter().rev() {
        to = start[to];
        places.push(to);
    }
    places.push(0);
    places.reverse();
    (least[n], places)
}

impl Block {
    fn height(&self) -> f64 {
        let spaces = self.rows.windows(2).map(|pair| super::space(&pair[0], &pair[1]));
        self.rows.iter().map(super::Row::height).chain(spaces).sum()
    }

    fn width(&self) -> f64 {
        let swatch = self.rows.iter().map(super::Row::swatch_width).fold(0.0, f64::max);
        self.rows.iter().map(|row| row.width(swatch)).fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_balanced() {
        let (height, starts) = balanced(&[10.0, 10.0, 10.0, 30.0], 2);
        assert_eq!(starts, [0, 3]);
        assert!((height - (30.0 + 2.0 * ROW_GAP)).abs() < 1e-9);
        assert_eq!(balanced(&[5.0, 5.0, 5.0], 3).1, [0, 1, 2]);
        assert_eq!(balanced(&[5.0], 1), (5.0, vec![0]));
    }
}
