//! The packed Hilbert R-tree of a file.

use std::io::Result as IoResult;
use std::ops::Range;

use super::super::ranges::Ranges;
use super::super::window::meet;

/// Bytes of a node: a box and where its feature is.
const NODE: u64 = 40;

/// The index of a file: where it starts, and the numbers of the nodes of each level, the leaves
/// first. All but the last node of a level are full, so that children are found by their number.
pub(super) struct Index {
    start: u64,
    levels: Vec<Range<u64>>,
    node: u64,
}

impl Index {
    /// That of so many features, with up to `node` children each; `None` when it cannot be so large.
    pub(super) fn new(start: u64, count: u64, node: u16) -> Option<Self> {
        let node = u64::from(node);
        let mut counts = vec![count];
        while let Some(&level) = counts.last()
            && (level > 1 || counts.len() == 1)
        {
            counts.push(level.div_ceil(node));
        }
        let mut end = counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count))?;
        end.checked_mul(NODE)?;
        let mut levels = Vec::new();
        for count in counts {
            levels.push(end - count..end);
            end -= count;
        }
        Some(Self { start, levels, node })
    }

    /// Its length in bytes.
    pub(super) fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.end * NODE)
    }

    /// The features whose boxes meet one of the windows: where they are, counted from the first,
    /// and their numbers, in the order of the file.
    pub(super) fn search(
        &self,
        file: &Ranges,
        windows: &[[f64; 4]],
    ) -> IoResult<Vec<(u64, usize)>> {
        let mut found = Vec::new();
        let mut look: Vec<Range<u64>> = self.levels.last().cloned().into_iter().collect();
        for (height, level) in self.levels.iter().enumerate().rev() {
            let children = height.checked_sub(1).map(|below| &self.levels[below]);
            let mut next: Vec<Range<u64>> = Vec::new();
            for numbers in look {
                let bytes = file.bytes(
                    self.start + numbers.start * NODE,
                    (numbers.end - numbers.start) * NODE,
                )?;
                for (number, node) in numbers.zip(bytes.as_chunks::<{ NODE as usize }>().0) {
                    let (around, place) = read(node);
                    if !windows.iter().any(|window| meet(around, *window)) {
                        continue;
                    }
                    let Some(children) = children else {
                        found.push((place, (number - level.start) as usize));
                        continue;
                    };
                    let first = children.start + (number - level.start) * self.node;
                    let last = (first + self.node).min(children.end);
                    match next.last_mut() {
                        Some(before) if before.end == first => before.end = last,
                        _ => next.push(first..last),
                    }
                }
            }
            look = next;
        }
        Ok(found)
    }
}

/// The box of a node, west, south, east and north, and what it points to.
fn read(node: &[u8; NODE as usize]) -> ([f64; 4], u64) {
    let word = |place: usize| node.as_chunks::<8>().0[place];
    ([0, 1, 2, 3].map(|place| f64::from_le_bytes(word(place))), u64::from_le_bytes(word(4)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::flatgeobuf::packed_r_tree::PackedRTree;

    /// Sizes by the crate `flatgeobuf`.
    #[test]
    fn sizes_are_those_of_the_format() {
        for (count, node) in [(1, 16), (2, 2), (16, 16), (17, 16), (144_000, 16), (5, 65_535)] {
            let index = Index::new(0, count, node).unwrap();
            assert_eq!(index.size(), PackedRTree::index_size(count as usize, node) as u64);
        }
        assert!(Index::new(0, u64::MAX / 2, 16).is_none());
    }
}
