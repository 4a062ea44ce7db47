//! Layer by layer: what the items of an index have to do with each shape of a stream.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::Explain;
use super::answer::Counted;
use crate::geometry::Shape;
use crate::index::{Spatial, SpatialIndex};
use crate::measure::Nearest;
use crate::predicate::Relation;
use crate::unit::Length;

/// Which items are joined to a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum JoinBy {
    /// Those that share a point with it.
    Intersects,
    /// Those to which it has one of these relations; [`Relation::Disjoint`] is none of them, whatever
    /// is asked.
    Relation(Vec<Relation>),
    /// Those at most so far away.
    Within(Length),
    /// So many of the nearest.
    Nearest(usize),
}

/// An item that is joined to a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// The place of the item in [`SpatialIndex::items`].
    pub index: usize,
    /// How the shape lies to the item, of a join by relations.
    pub relation: Option<Relation>,
    /// The shortest line from the shape to the item, of a join by distance.
    pub nearest: Option<Nearest>,
}

/// Shapes that are worked on at once: enough to keep threads busy, few enough to hold.
const BATCH: usize = 512;

impl<T: Spatial> SpatialIndex<T> {
    /// The items that are joined to one shape: by distance, then id, of a join by distance, else by
    /// id, then place.
    pub fn matches(&self, shape: &Shape, by: &JoinBy) -> (Vec<Match>, Explain) {
        match by {
            JoinBy::Intersects => {
                let mut found = Vec::new();
                let explain = self.each_intersecting(shape, |index| {
                    found.push(Match { index, relation: None, nearest: None });
                });
                found.sort_by(|a, b| self.id_order(a.index, b.index));
                (found, explain)
            }
            JoinBy::Relation(relations) => {
                let (found, explain) = self.related(shape, relations);
                let related =
                    |(index, relation)| Match { index, relation: Some(relation), nearest: None };
                (found.into_iter().map(related).collect(), explain)
            }
            JoinBy::Within(_) | JoinBy::Nearest(_) => {
                let answer = match by {
                    JoinBy::Within(radius) => self.within_distance(shape, *radius, |_| true),
                    JoinBy::Nearest(k) => self.near(shape, *k, |_| true),
                    JoinBy::Intersects | JoinBy::Relation(_) => self.near(shape, 0, |_| true),
                };
                let matched = answer.value.iter().map(|hit| Match {
                    index: hit.index,
                    relation: None,
                    nearest: Some(hit.nearest),
                });
                (matched.collect(), answer.explain)
            }
        }
    }

    /// Joins the items to each shape of a stream: `make` makes the shape of what comes (such as a
    /// line of a file), and `each` gets it with its [matches](Self::matches), in the order of the
    /// stream. The answer tells of the work done.
    ///
    /// `make` and the matching run on the threads of the current `rayon` pool, while this one reads
    /// ahead and calls `each`: the memory used is that of the index and of some thousand shapes.
    ///
    /// # Errors
    /// The first that `left`, `make` or `each` yields, in the order of the stream.
    ///
    /// ```
    /// use tumen_geo_core::{EdgeModel, Error, Length, LonLat, Shape};
    /// use tumen_geo_core::{geojson::Features, index::{Named, SpatialIndex}, query::JoinBy};
    /// let at = |lon, lat| LonLat::new(lon, lat).map(Shape::point);
    /// let ports = SpatialIndex::new(vec![
    ///     Named { id: "rajin".to_owned(), shape: at(130.298, 42.249)? },
    ///     Named { id: "posyet".to_owned(), shape: at(130.806, 42.651)? },
    /// ]);
    /// let factories = r#"{"type":"Feature","id":"cannery","geometry":{"type":"Point","coordinates":[130.4,42.3]}}
    /// {"type":"Feature","id":"sawmill","geometry":{"type":"Point","coordinates":[130.8,42.7]}}"#;
    /// let mut rows = Vec::new();
    /// ports.join(
    ///     Features::new(factories.as_bytes()),
    ///     |feature| feature.read(EdgeModel::LonLat),
    ///     &JoinBy::Within(Length::km(20.0)),
    ///     |factory, matches| {
    ///         for found in matches {
    ///             rows.push(format!("{} {}", factory.id, ports.items()[found.index].id));
    ///         }
    ///         Ok::<(), Error>(())
    ///     },
    /// )?;
    /// assert_eq!(rows, ["cannery rajin", "sawmill posyet"]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn join<I, L, E>(
        &self,
        left: impl Iterator<Item = Result<I, E>>,
        make: impl Fn(I) -> Result<L, E> + Sync,
        by: &JoinBy,
        mut each: impl FnMut(L, Vec<Match>) -> Result<(), E>,
    ) -> Result<Explain, E>
    where
        T: Sync,
        I: Send,
        L: Spatial + Send,
        E: Send,
    {
        let mut left = left;
        let mut explain = Explain::of_pairs(self.len());
        let mut waiting = batch(&mut left);
        let mut done = Vec::new();
        while !(waiting.is_empty() && done.is_empty()) {
            let one = |item: Result<I, E>| -> Result<(L, Vec<Match>, Explain), E> {
                let item = make(item?)?;
                let (matches, explain) = self.matches(item.shape(), by);
                Ok((item, matches, explain))
            };
            let work = std::mem::take(&mut waiting);
            let mut worked = Vec::new();
            rayon::in_place_scope(|scope| {
                scope.spawn(|_| worked = work.into_par_iter().map(one).collect());
                for row in std::mem::take(&mut done) {
                    let (item, matches, counts) = row?;
                    explain.add(&counts);
                    each(item, matches)?;
                }
                waiting = batch(&mut left);
                Ok(())
            })?;
            done = worked;
        }
        Ok(explain)
    }
}

fn batch<I, E>(left: &mut impl Iterator<Item = Result<I, E>>) -> Vec<Result<I, E>> {
    let mut batch = Vec::with_capacity(BATCH);
    while batch.len() < BATCH {
        let Some(next) = left.next() else { break };
        let failed = next.is_err();
        batch.push(next);
        if failed {
            break;
        }
    }
    batch
}

impl Explain {
    /// Counts what was done for one shape as pairs.
    fn add(&mut self, one: &Self) {
        debug_assert_eq!(self.counted, Counted::Pairs);
        self.candidates += one.candidates;
        self.refined += one.refined;
        self.pruned += one.pruned;
    }
}
