//! What lies in a box of longitudes and latitudes.

use geo_types::Coord;

use super::Answer;
use crate::geometry::{Bbox, Shape};
use crate::index::{Spatial, SpatialIndex};
use crate::measure::ecef::EcefBox;

impl<T: Spatial> SpatialIndex<T> {
    /// The items that lie in a box with all their points, its edges included, of those that pass
    /// `filter`. Ordered by id, then place.
    ///
    /// The box may cross ±180°. Its northern and southern edges are parallels, as the edges of
    /// items are read here: straight in longitude and latitude. What goes around a pole lies in a
    /// box of all longitudes that reaches to the pole. Cost: a comparison for each position of the
    /// candidates.
    ///
    /// ```
    /// use tumen_geo_core::{Bbox, LonLat, Shape, index::{Named, SpatialIndex}};
    /// let port = |id: &str, lon, lat| {
    ///     LonLat::new(lon, lat).map(|at| Named { id: id.to_owned(), shape: Shape::point(at) })
    /// };
    /// let index = SpatialIndex::new(vec![
    ///     port("anadyr", 177.51, 64.73)?,
    ///     port("nome", -165.41, 64.50)?,
    ///     port("vladivostok", 131.885, 43.115)?,
    /// ]);
    /// // The Bering sea, from 160° E over ±180° to 160° W.
    /// let bering: Bbox = "160,52,-160,66".parse()?;
    /// let found = index.within_bbox(&bering, |_| true).value;
    /// let ids: Vec<&str> = found.iter().map(|item| item.id.as_str()).collect();
    /// assert_eq!(ids, ["anadyr", "nome"]);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn within_bbox(&self, bbox: &Bbox, filter: impl Fn(&T) -> bool) -> Answer<Vec<&T>> {
        let (mut found, explain) = self.that_may_meet(&EcefBox::around_lonlat(bbox), filter);
        found.retain(|&place| lies_in(self.items()[place].shape(), bbox));
        found.sort_by(|&a, &b| self.id_order(a, b));
        Answer { value: found.into_iter().map(|place| &self.items()[place]).collect(), explain }
    }
}

/// Whether each part of a shape lies in the box, at whichever turn.
fn lies_in(shape: &Shape, bbox: &Bbox) -> bool {
    let inside = |positions: &[Coord]| {
        Bbox::around(positions.iter().copied()).is_some_and(|part| bbox.covers(&part))
    };
    shape.points().iter().all(|point| inside(&[point.0]))
        && shape.chains().all(|chain| inside(&chain.0))
}
