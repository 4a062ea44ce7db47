//! An R-tree of shapes over earth-centred boxes.

mod arrange;
mod block;
mod by_bound;
mod bytes;
mod change;
mod pairs;
mod tree;

use std::ops::Range;
use std::sync::OnceLock;

use geo_types::Coord;

use self::block::{Bounds, Reach};
use self::by_bound::ByBound;
use self::tree::{Forest, MOST};
use crate::geometry::Shape;
use crate::measure::Geodesic;
use crate::measure::contact::Measured;
use crate::measure::ecef::{EcefBox, to_ecef};
use crate::measure::outline::{Outline, quick_bounds};
use crate::measure::shared::Boundary;
use crate::measure::slabs::{Side, Slabs};
use crate::unit::Area;

/// Something with an id and a shape.
pub trait Spatial {
    /// The id; it breaks ties, so that answers come in one order only.
    fn id(&self) -> &str;

    /// Where it is.
    fn shape(&self) -> &Shape;
}

impl<T: Spatial> Spatial for &T {
    fn id(&self) -> &str {
        (**self).id()
    }
    fn shape(&self) -> &Shape {
        (**self).shape()
    }
}

/// A shape with an id and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The id.
    pub id: String,
    /// Where it is.
    pub shape: Shape,
}

impl Spatial for Named {
    fn id(&self) -> &str {
        &self.id
    }
    fn shape(&self) -> &Shape {
        &self.shape
    }
}

/// Items in an R-tree of boxes in earth-centred metres.
///
/// # Guarantees
/// * Each box holds the whole shape, its inside and both meanings of its edges included: that of an
///   area reaches out to the ends of the earth's axes it contains.
/// * The straight line between two boxes is never longer than the way on the ground, so that what
///   is skipped is certainly farther than what is found, at ±180° and the poles as elsewhere.
///
/// Beside the items it takes about 60 bytes for each, and more for those that were measured and are
/// no points.
///
/// Given together, items stand in one tree, which is the quickest to ask. They can be
/// [inserted](Self::insert) and [removed](Self::remove) one by one as well, and the tree can be
/// [kept as bytes](Self::to_bytes). Threads may share an index.
///
/// Questions are in [`query`](crate::query).
///
/// ```
/// use tumen_geo_core::{LonLat, Shape, index::{Named, SpatialIndex}};
/// let port = |id: &str, lon, lat| {
///     LonLat::new(lon, lat).map(|at| Named { id: id.to_owned(), shape: Shape::point(at) })
/// };
/// let index = SpatialIndex::new(vec![
///     port("quanhe", 130.516, 42.573)?,
///     port("hunchun", 130.632, 42.860)?,
///     port("khasan", 130.645, 42.428)?,
/// ]);
/// let rajin = Shape::point(LonLat::new(130.298, 42.249)?);
/// let answer = index.near(&rajin, 2, |_| true);
/// let ids: Vec<&str> = answer.value.iter().map(|hit| hit.item.id.as_str()).collect();
/// assert_eq!(ids, ["khasan", "quanhe"]);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
#[derive(Debug)]
pub struct SpatialIndex<T> {
    items: Vec<T>,
    /// Made when an item is first looked at: a province costs as much as a thousand ports.
    worked_out: Vec<OnceLock<Box<WorkedOut>>>,
    /// Where the items that are single points lie, in the order of the leaves; not a number for
    /// others, and nothing at all when there are no such items.
    points: Vec<Coord>,
    tree: Forest,
    /// The leaf of each item; empty until one is removed.
    leaves: Vec<u32>,
}

/// What is known of an item that was looked at, each worked out when it is first needed.
#[derive(Debug, Default)]
struct WorkedOut {
    outline: OnceLock<Outline>,
    area: OnceLock<Area>,
    slabs: OnceLock<Option<Slabs>>,
    boundary: OnceLock<Option<Boundary>>,
}

/// From so many positions on, an item is boxed by its longitudes and latitudes.
const MANY: usize = 64;

/// Not the place of a point.
const NOWHERE: Coord = Coord { x: f64::NAN, y: f64::NAN };

impl<T: Spatial> SpatialIndex<T> {
    /// Indexes the items. About 0.3 µs for each, and 30 ns for each position of it.
    ///
    /// # Panics
    /// When there are more than 2³⁰ (1 073 741 824) items.
    pub fn new(items: Vec<T>) -> Self {
        assert!(items.len() <= MOST, "an index holds at most {MOST} items");
        let mut boxes = Vec::with_capacity(items.len());
        let mut points = Vec::with_capacity(items.len());
        for item in &items {
            let (bounds, point) = boxed(item.shape());
            boxes.push(bounds);
            points.push(point);
        }
        Self::assembled(items, &points, Forest::new(&boxes))
    }

    /// An index of items, where those lie that are points, and a tree of them.
    fn assembled(items: Vec<T>, points: &[Coord], tree: Forest) -> Self {
        let points = if points.iter().all(|at| at.x.is_nan()) {
            Vec::new()
        } else {
            let point = |&item: &u32| points.get(item as usize).copied().unwrap_or(NOWHERE);
            tree.items.iter().map(point).collect()
        };
        let worked_out = std::iter::repeat_with(OnceLock::new).take(items.len()).collect();
        Self { items, worked_out, points, tree, leaves: Vec::new() }
    }

    /// The items, in the order in which they were given, but for what was
    /// [removed](Self::remove).
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(crate) fn area(&self, index: usize) -> Area {
        let area = || Geodesic::area(self.items[index].shape());
        *self.worked_out(index).area.get_or_init(area)
    }

    pub(crate) fn measured(&self, index: usize) -> Measured<'_> {
        let shape = self.items[index].shape();
        let outline = self.worked_out(index).outline.get_or_init(|| Outline::of(shape));
        Measured { shape, outline }
    }

    /// Where a position lies to an item that is an area; `None` of points and lines.
    pub(crate) fn side(&self, index: usize, at: Coord) -> Option<Side> {
        let slabs = || Slabs::of(self.items[index].shape());
        Some(self.worked_out(index).slabs.get_or_init(slabs).as_ref()?.side(at))
    }

    /// The boundary of an item that is an area of one ring.
    pub(crate) fn boundary(&self, index: usize) -> Option<&Boundary> {
        let boundary = || Boundary::of(self.items[index].shape());
        self.worked_out(index).boundary.get_or_init(boundary).as_ref()
    }

    fn worked_out(&self, index: usize) -> &WorkedOut {
        self.worked_out[index].get_or_init(Box::default)
    }
}

impl<T> SpatialIndex<T> {
    /// The leaves of the trees by the least distance that they can have on the ground from what is
    /// in `from`.
    pub(crate) fn by_bound(&self, from: &EcefBox) -> ByBound<'_> {
        ByBound::new(&self.tree, Bounds::around(from))
    }

    /// Calls `visit` with each run of leaves that may lie at most `radius` metres on the ground from
    /// what is in `from`, and whether they surely do. No order is promised.
    pub(crate) fn visit_within(
        &self,
        from: &EcefBox,
        radius: f64,
        visit: impl FnMut(Range<usize>, bool),
    ) {
        self.tree.visit(&Bounds::around(from), Reach::ground(radius), visit);
    }

    /// The place in [`items`](Self::items) of a leaf.
    pub(crate) fn item_of(&self, leaf: usize) -> usize {
        self.tree.items[leaf] as usize
    }

    /// The places in [`items`](Self::items) of a run of leaves.
    pub(crate) fn items_of(&self, leaves: Range<usize>) -> impl Iterator<Item = usize> {
        self.tree.items[leaves].iter().map(|&item| item as usize)
    }

    /// Where a leaf lies whose item is a single point.
    pub(crate) fn point_of(&self, leaf: usize) -> Option<Coord> {
        self.points.get(leaf).copied().filter(|at| !at.x.is_nan())
    }
}

/// The box of a shape, and where it lies if it is a single point.
fn boxed(shape: &Shape) -> (Bounds, Coord) {
    let (bounds, point) = match shape.single_point() {
        Some(degrees) => {
            let at = to_ecef(degrees);
            (EcefBox { low: at, high: at }, degrees)
        }
        None => (bounds_of(shape), NOWHERE),
    };
    (Bounds::around(&bounds), point)
}

fn bounds_of(shape: &Shape) -> EcefBox {
    if shape.positions().nth(MANY).is_some() {
        return EcefBox::around_lonlat(&shape.bbox()).padded(Shape::EDGE_TOLERANCE.to_m());
    }
    quick_bounds(shape).unwrap_or_else(|| Outline::of(shape).bounds())
}
