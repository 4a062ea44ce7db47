//! What lies along a line, in the order in which one passes it.

use std::ops::RangeBounds;

use super::Answer;
use crate::error::Result;
use crate::geometry::{LonLat, Shape};
use crate::index::{Spatial, SpatialIndex};
use crate::measure::{Chainage, Place};
use crate::unit::Length;

/// An item near a line, and where it falls on it.
#[derive(Clone, Copy, Debug)]
pub struct Stop<'a, T> {
    /// The item.
    pub item: &'a T,
    /// Its place in [`SpatialIndex::items`].
    pub index: usize,
    /// Where it falls. What is no single point falls where it is nearest to the line, or where it
    /// meets it.
    pub place: Place,
    /// The way along the line to the next stop; `None` at the last one of a part.
    pub to_next: Option<Length>,
}

impl<T: Spatial> SpatialIndex<T> {
    /// The items at most `within` from a line, of those that pass `filter`, whose chainage lies in
    /// `stretch`, in the order of the line: part, chainage, then id. Each part of a line that does
    /// not hang together counts from its own start, see [`Chainage`], whose errors are those here.
    ///
    /// Cost: that of [`within_distance`](Self::within_distance), and a search of the line for each
    /// item found.
    ///
    /// # Errors
    /// [`ErrorKind::Geometry`](crate::ErrorKind::Geometry) when `line` is no line.
    ///
    /// ```
    /// use geo_types::line_string;
    /// use tumen_geo_core::{EdgeModel, Length, LonLat, Shape, index::{Named, SpatialIndex}};
    /// let port = |id: &str, lon, lat| {
    ///     LonLat::new(lon, lat).map(|at| Named { id: id.to_owned(), shape: Shape::point(at) })
    /// };
    /// let index = SpatialIndex::new(vec![
    ///     port("quanhe", 130.516, 42.573)?,
    ///     port("tumen", 129.847, 42.960)?,
    ///     port("vladivostok", 131.885, 43.115)?,
    /// ]);
    /// // The lower Tumen, down to its mouth.
    /// let river = line_string![
    ///     (x: 129.86, y: 42.95), (x: 130.52, y: 42.57), (x: 130.63, y: 42.42), (x: 130.70, y: 42.29)];
    /// let river = Shape::new(river.into(), EdgeModel::Geodesic)?;
    /// let stops = index.along(&river, Length::km(5.0), .., |_| true)?.value;
    /// let ids: Vec<&str> = stops.iter().map(|stop| stop.item.id.as_str()).collect();
    /// assert_eq!(ids, ["tumen", "quanhe"]);
    /// assert!((stops[0].to_next.unwrap().to_km() - 68.0).abs() < 1.0);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn along(
        &self,
        line: &Shape,
        within: Length,
        stretch: impl RangeBounds<Length>,
        filter: impl Fn(&T) -> bool,
    ) -> Result<Answer<Vec<Stop<'_, T>>>> {
        let chainage = Chainage::of(line)?;
        let Answer { value: hits, explain } = self.within_distance(line, within, filter);
        let mut stops: Vec<Stop<'_, T>> = Vec::with_capacity(hits.len());
        for hit in hits {
            let at = match hit.item.shape().points() {
                [point] => LonLat::wrap(point.x(), point.y()),
                _ => hit.nearest.to,
            };
            let place = chainage.locate(at);
            if stretch.contains(&place.chainage) {
                stops.push(Stop { item: hit.item, index: hit.index, place, to_next: None });
            }
        }
        stops.sort_by(|a, b| {
            (a.place.part.cmp(&b.place.part))
                .then(a.place.chainage.total_cmp(&b.place.chainage))
                .then_with(|| self.id_order(a.index, b.index))
        });
        for place in 1..stops.len() {
            let (before, after) = (stops[place - 1].place, stops[place].place);
            if before.part == after.part {
                stops[place - 1].to_next = Some(after.chainage - before.chainage);
            }
        }
        Ok(Answer { value: stops, explain })
    }
}
