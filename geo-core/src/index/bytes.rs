//! The tree of an index as bytes, so that it is built once. All numbers are little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `MAGIC` |
//! | 4 | `VERSION` |
//! | 4 | number of trees |
//! | 8 | number of items |
//! | 8 | `Hash` of the shapes of the items, in their order |
//! | 8 for each tree | number of its leaves |
//! | 4 for each leaf | place of its item; `GONE` when it was removed |
//! | 24 for each leaf | its box, metres: least x, y, z, greatest x, y, z, single precision |
//! | 8 | `Hash` of all bytes before |

use super::block::Bounds;
use super::tree::{Forest, GONE, MOST};
use super::{NOWHERE, Spatial, SpatialIndex};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::Shape;

const MAGIC: [u8; 8] = *b"TUMENIDX";
const VERSION: u32 = 1;
const HEADER: usize = 32;
const BOX: usize = 24;
const SUM: usize = 8;

impl<T: Spatial> SpatialIndex<T> {
    /// The tree as bytes, for [`from_bytes`](Self::from_bytes): 28 for each item, and 48 or some
    /// more. The items are not in them; they stay in whichever store they come from.
    ///
    /// Cost: about half of that of reading them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Forest { items, trees, .. } = &self.tree;
        let length = HEADER + trees.len() * 8 + items.len() * (4 + BOX) + SUM;
        let mut bytes = Vec::with_capacity(length);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((trees.len() as u32).to_le_bytes());
        bytes.extend((self.len() as u64).to_le_bytes());
        bytes.extend(self.items.iter().fold(Hash::new(), Hash::item).0.to_le_bytes());
        for tree in trees {
            bytes.extend((tree.leaves.len() as u64).to_le_bytes());
        }
        for item in items {
            bytes.extend(item.to_le_bytes());
        }
        for bounds in trees.iter().flat_map(|tree| self.tree.boxes(tree)) {
            for side in bounds.low.iter().chain(&bounds.high) {
                bytes.extend(side.to_le_bytes());
            }
        }
        let sum = Hash::new().bytes(&bytes);
        bytes.extend(sum.0.to_le_bytes());
        bytes
    }

    /// The index of some items whose tree is kept as bytes, such as a mapped file; it is copied from
    /// there. The items are those whose index the [bytes](Self::to_bytes) were made of, in the order of
    /// its [`items`](Self::items); their ids may be others.
    ///
    /// Cost: for points a third of that of [`new`](Self::new); areas are hashed, not boxed, at 2 ns for
    /// each position (`cargo bench -p tumen-geo-core --bench changes`).
    ///
    /// # Errors
    /// [`ErrorKind::Format`] for bytes that are cut, damaged, of another version, or of another number
    /// of items or other shapes. Damage and other shapes are told by hashes of 64 bits: bytes that
    /// someone forged to match can have wrong answers, though no panic. An index of references
    /// (`SpatialIndex<&T>`) leaves the items with the caller when there is an error.
    ///
    /// ```
    /// use tumen_geo_core::{geojson::Features, raw::Record};
    /// use tumen_geo_core::{EdgeModel, Error, LonLat, Shape, index::SpatialIndex};
    /// let ports = r#"{"type":"Feature","id":"rajin","geometry":{"type":"Point","coordinates":[130.298,42.249]}}
    /// {"type":"Feature","id":"posyet","geometry":{"type":"Point","coordinates":[130.806,42.651]}}"#;
    /// let read = || -> Result<Vec<Record>, Error> {
    ///     Features::new(ports.as_bytes()).map(|line| line?.read(EdgeModel::LonLat)).collect()
    /// };
    /// let tree = SpatialIndex::new(read()?).to_bytes();
    /// // Another day, from the same file and the tree that was kept beside it:
    /// let index = SpatialIndex::from_bytes(read()?, &tree)?;
    /// let hunchun = Shape::point(LonLat::new(130.366, 42.862)?);
    /// assert_eq!(index.near(&hunchun, 1, |_| true).value[0].item.id, "posyet");
    /// // A file to which a line was added needs a tree of its own.
    /// let more: Vec<Record> = read()?.into_iter().chain(read()?).collect();
    /// assert!(SpatialIndex::from_bytes(more, &tree).is_err());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn from_bytes(items: Vec<T>, bytes: &[u8]) -> Result<Self> {
        let stored = Stored::read(bytes)?;
        if stored.items != items.len() as u64 {
            let (there, here) = (stored.items, items.len());
            return Err(refused(format!("the tree is of {there} items, not of {here}")));
        }
        let mut points = Vec::with_capacity(items.len());
        let mut hash = Hash::new();
        for item in &items {
            hash = hash.item(item);
            points.push(item.shape().single_point().unwrap_or(NOWHERE));
        }
        if stored.shapes != hash.0 {
            return Err(refused("the tree is of items with other shapes, or in another order"));
        }
        Ok(Self::assembled(items, &points, stored.forest()?))
    }
}

/// Bytes whose parts have the right lengths and the right sum.
struct Stored<'a> {
    items: u64,
    shapes: u64,
    /// The numbers of the leaves of the trees.
    trees: &'a [[u8; 8]],
    places: &'a [[u8; 4]],
    boxes: &'a [[u8; BOX]],
}

impl<'a> Stored<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self> {
        let cut = || refused("the bytes of the tree are cut short");
        let (magic, rest) = bytes.split_first_chunk().ok_or_else(cut)?;
        if *magic != MAGIC {
            return Err(refused("these bytes are no tree of an index"));
        }
        let (version, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let version = u32::from_le_bytes(*version);
        if version != VERSION {
            return Err(refused(format!("the tree is of version {version}, not {VERSION}")));
        }
        let (trees, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let (items, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let (shapes, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let trees = u32::from_le_bytes(*trees) as usize;
        let (trees, rest) =
            trees.checked_mul(8).and_then(|n| rest.split_at_checked(n)).ok_or_else(cut)?;
        let trees = trees.as_chunks().0;
        let (rest, sum) = rest.split_last_chunk().ok_or_else(cut)?;
        let leaves = rest.len() / (4 + BOX);
        let told =
            trees.iter().try_fold(0_u64, |all, one| all.checked_add(u64::from_le_bytes(*one)));
        if told != Some(leaves as u64) || rest.len() != leaves * (4 + BOX) || leaves > 2 * MOST {
            return Err(refused("the bytes of the tree are cut short, or have others behind them"));
        }
        if Hash::new().bytes(&bytes[..bytes.len() - SUM]).0 != u64::from_le_bytes(*sum) {
            return Err(damaged());
        }
        let (places, boxes) = rest.split_at(leaves * 4);
        Ok(Self {
            items: u64::from_le_bytes(*items),
            shapes: u64::from_le_bytes(*shapes),
            trees,
            places: places.as_chunks().0,
            boxes: boxes.as_chunks().0,
        })
    }

    /// The trees: each item has one leaf, and each leaf that is not gone a box.
    fn forest(&self) -> Result<Forest> {
        let mut missing = vec![true; self.items as usize];
        let mut items = Vec::with_capacity(self.places.len());
        let mut boxes = Vec::with_capacity(self.places.len());
        for (place, sides) in self.places.iter().zip(self.boxes) {
            let item = u32::from_le_bytes(*place);
            items.push(item);
            if item == GONE {
                boxes.push(Bounds::EMPTY);
                continue;
            }
            let sides = sides.as_chunks().0;
            let side = |i: usize| f32::from_le_bytes(sides[i]);
            let bounds = Bounds {
                low: std::array::from_fn(side),
                high: std::array::from_fn(|i| side(i + 3)),
            };
            let first_time = missing.get_mut(item as usize).is_some_and(std::mem::take);
            if !first_time || !bounds.holds_something() {
                return Err(damaged());
            }
            boxes.push(bounds);
        }
        if missing.contains(&true) {
            return Err(damaged());
        }
        let mut forest = Forest::default();
        let (mut items, mut boxes) = (items.into_iter(), boxes.as_slice());
        for leaves in self.trees {
            let (of_tree, rest) = boxes
                .split_at_checked(u64::from_le_bytes(*leaves) as usize)
                .filter(|(of_tree, _)| !of_tree.is_empty())
                .ok_or_else(damaged)?;
            boxes = rest;
            forest.raise(items.by_ref().take(of_tree.len()), of_tree);
        }
        Ok(forest)
    }
}

fn refused(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Format, what)
        .with_hint("build the index with SpatialIndex::new, and keep its bytes anew")
}

fn damaged() -> Error {
    refused("the bytes of the tree are damaged")
}

/// A hash that is the same on every machine: words are mixed in as `MurmurHash3` finishes (A.
/// Appleby, 2011), each step one to one, so that no single word can change unseen.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(u64::from(VERSION))
    }

    fn word(self, word: u64) -> Self {
        let mixed = (self.0 ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
        Self(mixed ^ (mixed >> 33))
    }

    fn bytes(self, bytes: &[u8]) -> Self {
        let (words, rest) = bytes.as_chunks();
        let hash = words.iter().fold(self, |hash, word| hash.word(u64::from_le_bytes(*word)));
        let rest = rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
        hash.word(rest).word(bytes.len() as u64)
    }

    /// Everything of a shape that its box depends on.
    fn item(self, item: &impl Spatial) -> Self {
        let shape: &Shape = item.shape();
        let rings = shape.polygons().iter().map(|area| area.interiors().len() + 1);
        let chains = shape.chains().map(|chain| chain.0.len());
        let counts = std::iter::once(shape.points().len()).chain(rings).chain(chains);
        let hash = self.word(u64::from(shape.dimension()));
        let hash = counts.fold(hash, |hash, count| hash.word(count as u64));
        shape.positions().fold(hash, |hash, at| hash.word(at.x.to_bits()).word(at.y.to_bits()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::LonLat;
    use crate::index::Named;
    use crate::unit::Length;

    /// Bytes whose sum was made to fit are refused, or answer something.
    #[test]
    fn forged_bytes_do_not_panic() {
        let at = |i: u32| LonLat::wrap(f64::from(i * 37 % 360), f64::from(i * 61 % 180) - 90.0);
        let named = |i: u32| Named { id: String::new(), shape: Shape::point(at(i)) };
        let mut index = SpatialIndex::new((0..40).map(named).collect());
        index.insert(named(40));
        index.remove(7);
        let bytes = index.to_bytes();
        let items: Vec<&Named> = index.items().iter().collect();
        let (mut taken, mut refused) = (0, 0);
        for place in 0..bytes.len() - SUM {
            for byte in [0, 1, 7, 0x7f, 0x80, 0xff] {
                let mut forged = bytes[..bytes.len() - SUM].to_vec();
                forged[place] = byte;
                let sum = Hash::new().bytes(&forged);
                forged.extend(sum.0.to_le_bytes());
                let Ok(mut index) = SpatialIndex::from_bytes(items.clone(), &forged) else {
                    refused += 1;
                    continue;
                };
                taken += 1;
                let asked = &items[0].shape;
                for metres in [0.0, 1e6, 1e7] {
                    index.each_within_distance(asked, Length::m(metres), |place| {
                        assert!(place < items.len());
                    });
                }
                assert!(index.near(asked, 50, |_| true).value.len() <= items.len());
                index.nearest_pairs(&index, 3, |_, _| true);
                index.insert(items[0]);
                index.remove(0);
            }
        }
        assert!(taken > 100 && refused > 100, "{taken} {refused}");
    }
}
