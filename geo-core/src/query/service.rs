//! Service areas: the ground nearer to one site than to any other.

use geo::{BooleanOps, BoundingRect};
use geo_types::{Coord, LineString, MultiPolygon, Polygon, Rect};

use super::area::area_of;
use super::{Answer, Explain};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::{EdgeModel, LonLat, Shape};
use crate::index::{Spatial, SpatialIndex};
use crate::measure::bisector::Bisector;
use crate::measure::{Geodesic, Haversine};
use crate::predicate::plane::{area_window, free_meridian};
use crate::unit::Length;

/// Sites nearer to each other have no ground between them that edges could tell apart.
const SAME_PLACE: Length = Length::m(2.0);

impl<T: Spatial> SpatialIndex<T> {
    /// For each item that passes `filter`, the part of an area that is nearer to it than to any
    /// other of them: the geodesic Voronoi diagram of their positions, clipped to `within`. Sites
    /// may lie outside that area; those without a part are left out. Ordered by id, then place.
    ///
    /// # Guarantees
    /// * The parts share no ground but for their boundaries, and make up `within`, to within a
    ///   metre along the boundaries.
    /// * A boundary between two sites lies within 2 m of the positions equally far from both, on
    ///   the ellipsoid, as far as 19 000 km from them: a metre for its corners and geodesic edges,
    ///   one for reading edges as straight in lon/lat.
    ///
    /// Cost: for each site a line half way to each that may border on it (6 do on average, some 15
    /// are looked at), at some milliseconds each, and an overlay with `within`. Half the earth,
    /// where lines are long, takes ten times as long as a region.
    ///
    /// # Errors
    /// [`ErrorKind::Geometry`], naming the items, when one that passes is no single point, two are
    /// less than 2 m apart, or `within` is no area.
    ///
    /// ```
    /// use geo_types::Rect;
    /// use tumen_geo_core::{EdgeModel, LonLat, Shape, index::{Named, SpatialIndex}};
    /// use tumen_geo_core::predicate::contains;
    /// let site = |id: &str, lon, lat| {
    ///     LonLat::new(lon, lat).map(|at| Named { id: id.to_owned(), shape: Shape::point(at) })
    /// };
    /// let index = SpatialIndex::new(vec![
    ///     site("hunchun", 130.366, 42.868)?,
    ///     site("rajin", 130.30, 42.25)?,
    ///     site("vladivostok", 131.885, 43.115)?,
    /// ]);
    /// let delta = Rect::new((129.5, 41.5), (132.5, 43.5));
    /// let delta = Shape::new(delta.into(), EdgeModel::LonLat)?;
    /// let areas = index.service_areas(&delta, |_| true)?.value;
    /// // The tripoint on the Tumen is nearer to Rajin (34 km) than to Hunchun (55 km).
    /// let tripoint = LonLat::new(130.637, 42.418)?;
    /// let (nearest, _) = areas.iter().find(|(_, area)| contains(area, tripoint)).unwrap();
    /// assert_eq!(nearest.id, "rajin");
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn service_areas(
        &self,
        within: &Shape,
        filter: impl Fn(&T) -> bool,
    ) -> Result<Answer<Vec<(&T, Shape)>>> {
        if within.dimension() < 2 {
            return Err(Error::new(
                ErrorKind::Geometry,
                "service areas need an area to lie within",
            )
            .with_hint("give land, a zone, or a box around the sites"));
        }
        let mut explain = Explain::of_pairs(self.len());
        let sites = self.sites(filter)?;
        let plane = Plane::of(within);
        let mut areas = Vec::new();
        for &(index, site) in &sites {
            let mut others: Vec<(f64, usize, LonLat)> = (sites.iter())
                .filter(|other| other.0 != index)
                .map(|&(other, at)| (Geodesic::distance(site, at).to_m(), other, at))
                .collect();
            others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if let Some(&(distance, other, _)) = others.first()
                && distance < SAME_PLACE.to_m()
            {
                return Err(self.same_place(index, other));
            }
            let ground = plane.cell((index, site), &others, &mut explain)?;
            areas.extend(
                area_of(ground, EdgeModel::LonLat).map(|area| (&self.items()[index], area)),
            );
        }
        // Each site is told from each other one, from either side.
        explain.candidates = explain.refined;
        explain.pruned = sites.len() * sites.len().saturating_sub(1) - explain.candidates;
        Ok(Answer { value: areas, explain })
    }

    /// The places and positions of the items that pass `filter`, ordered by id.
    fn sites(&self, filter: impl Fn(&T) -> bool) -> Result<Vec<(usize, LonLat)>> {
        let mut sites = Vec::new();
        for (index, item) in self.items().iter().enumerate().filter(|(_, item)| filter(item)) {
            let [point] = item.shape().points() else {
                return Err(Error::new(ErrorKind::Geometry, "it is no single point")
                    .within(format!("service area of '{}'", item.id()))
                    .with_hint("choose points only, such as ports and places"));
            };
            sites.push((index, LonLat::wrap(point.x(), point.y())));
        }
        sites.sort_by(|a, b| self.id_order(a.0, b.0));
        Ok(sites)
    }

    fn same_place(&self, one: usize, other: usize) -> Error {
        let (one, other) = (self.items()[one].id(), self.items()[other].id());
        Error::new(ErrorKind::Geometry, format!("'{one}' and '{other}' are at the same place"))
            .with_hint("leave one of them out: no ground is nearer to either")
    }
}

/// The area to be parted, in the window of longitudes in which it lies.
struct Plane {
    west: f64,
    within: MultiPolygon,
    bounds: Option<Rect>,
}

impl Plane {
    fn of(within: &Shape) -> Self {
        let west = free_meridian(&[within]);
        let within = area_window(within, west);
        Self { west, bounds: within.bounding_rect(), within }
    }

    /// The ground of the area that is nearer to a site than to any other, these ordered by their
    /// distance from it, metres.
    ///
    /// The box around the area loses what is nearer to each other site, the nearest first, until no
    /// farther one can reach what is left.
    fn cell(
        &self,
        (index, site): (usize, LonLat),
        others: &[(f64, usize, LonLat)],
        explain: &mut Explain,
    ) -> Result<MultiPolygon> {
        let Some(bounds) = self.bounds else { return Ok(MultiPolygon(vec![])) };
        let mut cell = MultiPolygon(vec![outline(bounds)]);
        // The farthest ground lies on the boundary, unless the opposite of the site is inside.
        let behind = self.holds_antipode(site);
        let far = |cell: &MultiPolygon| if behind { f64::INFINITY } else { reach(cell, site) };
        let mut reach = far(&cell);
        for &(distance, other, at) in others {
            if distance >= 2.0 * reach {
                break;
            }
            explain.refined += 1;
            // The line is the same from either side.
            let beyond = if index < other {
                Bisector::new(site, at).side(1, reach)?
            } else {
                Bisector::new(at, site).side(0, reach)?
            };
            cell = cell.difference(&area_window(&beyond, self.west));
            reach = far(&cell);
        }
        Ok(cell.intersection(&self.within))
    }

    /// Whether the box around the area holds the position opposite to a site.
    fn holds_antipode(&self, site: LonLat) -> bool {
        let Some(bounds) = self.bounds else { return false };
        let x = (site.lon() + 180.0 - bounds.min().x).rem_euclid(360.0) + bounds.min().x;
        x <= bounds.max().x && (bounds.min().y..=bounds.max().y).contains(&-site.lat())
    }
}

/// The ring around a box, in edges short enough for [`reach`].
fn outline(bounds: Rect) -> Polygon {
    const LONGEST_EDGE: f64 = 2.0;
    const FEWEST: f64 = 16.0;
    let corner = |x: f64, y: f64| Coord { x, y };
    let (low, high) = (bounds.min(), bounds.max());
    let corners = [
        corner(low.x, low.y),
        corner(high.x, low.y),
        corner(high.x, high.y),
        corner(low.x, high.y),
    ];
    let mut ring = Vec::new();
    for (place, &from) in corners.iter().enumerate() {
        let to = corners[(place + 1) % corners.len()];
        let length = (to.x - from.x).abs() + (to.y - from.y).abs();
        let pieces = (length / LONGEST_EDGE).ceil().max(FEWEST) as u32;
        ring.extend((0..pieces).map(|piece| {
            let part = f64::from(piece) / f64::from(pieces);
            corner(from.x + part * (to.x - from.x), from.y + part * (to.y - from.y))
        }));
    }
    ring.push(corners[0]);
    Polygon::new(LineString(ring), vec![])
}

/// No position on the boundary of some ground is farther than this from a site, metres: the way by
/// either end of its edge. Zero when there is no ground.
fn reach(ground: &MultiPolygon, site: LonLat) -> f64 {
    // Within 0.6 % of distances on the ellipsoid.
    let apart = |a: LonLat, b: LonLat| Haversine::distance(a, b).to_m() * 1.006;
    let mut most = 0.0_f64;
    for polygon in &ground.0 {
        let mut before: Option<(LonLat, f64)> = None;
        for corner in &polygon.exterior().0 {
            let at = LonLat::wrap(corner.x, corner.y);
            let distance = apart(site, at);
            if let Some((last, to_last)) = before {
                most = most.max((to_last + distance + apart(last, at)) / 2.0);
            }
            before = Some((at, distance));
        }
    }
    most
}
