//! How a feature relates to others: by what the catalogue says, and by where they lie.

use serde::Serialize;
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::{Catalogue, Feature, Kind};
use tumen_geo_core::predicate;

use crate::book::facts;
use crate::table::grouped;

/// More than this of a kind are counted, not named.
const NAMED: usize = 12;

/// The features that one has to do with.
#[derive(Debug)]
pub struct Relations<'a> {
    /// The place that it belongs to.
    pub place: Option<&'a Feature>,
    /// The port across the border, with the distance to it in km.
    pub counterpart: Option<(&'a Feature, f64)>,
    /// What its geometry is made from.
    pub members: Vec<&'a Feature>,
    /// What is made from it: the triangles of which it is a vertex, corridors through it.
    pub member_of: Vec<&'a Feature>,
    /// The ports and zones that stand at it.
    pub here: Vec<&'a Feature>,
    /// The areas that cover it.
    pub within: Vec<&'a Feature>,
    /// What lies within it, by kind.
    pub holds: Vec<&'a Feature>,
    /// The nearest seaport, apart from itself and those within it.
    pub nearest_seaport: Option<(&'a Feature, f64)>,
    /// The nearest border port, likewise.
    pub nearest_border_port: Option<(&'a Feature, f64)>,
}

/// Relations as ids, for JSON.
#[derive(Debug, Serialize)]
pub struct Ids<'a> {
    member_of: Vec<&'a str>,
    here: Vec<&'a str>,
    within: Vec<&'a str>,
    holds: Vec<&'a str>,
    counterpart_km: Option<f64>,
    nearest_seaport: Option<&'a str>,
    nearest_seaport_km: Option<f64>,
    nearest_border_port: Option<&'a str>,
    nearest_border_port_km: Option<f64>,
}

impl<'a> Relations<'a> {
    /// The relations of a feature; `index` holds the features of `catalogue`.
    pub fn of(
        feature: &'a Feature,
        catalogue: &'a Catalogue,
        index: &SpatialIndex<Feature>,
    ) -> Self {
        let known = |id: &str| catalogue.get(id);
        let all = catalogue.features();
        let km = |other: &Feature| Geodesic::distance_between(&feature.shape, &other.shape).to_km();
        let counterpart = feature.crossing.as_ref().and_then(|c| c.counterpart.as_deref());
        let not_it = |other: &Feature| other.id != feature.id;
        let area = |other: &Feature| other.shape.dimension() == 2;
        let covering = index.intersecting(&feature.shape, |other| not_it(other) && area(other));
        let covers = |other: &&&Feature| predicate::covers(&other.shape, &feature.shape);
        let holds = if area(feature) {
            index.within_area(&feature.shape, not_it).value
        } else {
            Vec::new()
        };
        let nearest = |kind: Kind| {
            let outside = |other: &Feature| {
                let inside = holds.iter().any(|held| held.id == other.id);
                other.kind == Some(kind) && not_it(other) && !inside
            };
            let hits = index.near(&feature.shape, 1, outside).value;
            hits.first().and_then(|hit| Some((known(&hit.item.id)?, hit.distance().to_km())))
        };
        let mut relations = Self {
            place: feature.place.as_deref().and_then(known),
            counterpart: counterpart.and_then(known).map(|other| (other, km(other))),
            members: feature.provenance.members.iter().filter_map(|id| known(id)).collect(),
            member_of: all.iter().filter(|f| f.provenance.members.contains(&feature.id)).collect(),
            here: all.iter().filter(|f| f.place.as_deref() == Some(&feature.id)).collect(),
            within: covering.value.iter().filter(covers).filter_map(|f| known(&f.id)).collect(),
            holds: holds.iter().filter_map(|f| known(&f.id)).collect(),
            nearest_seaport: nearest(Kind::Seaport),
            nearest_border_port: nearest(Kind::BorderPort),
        };
        // The smallest says most.
        relations.within.sort_by_cached_key(|other| {
            let m2 = Geodesic::area(&other.shape).to_m2();
            (m2.max(0.0) as u64, &other.id)
        });
        relations.holds.sort_by_key(|other| (other.kind, &other.id));
        relations
    }

    /// The relations by id.
    pub fn ids(&self) -> Ids<'a> {
        let ids = |features: &[&'a Feature]| features.iter().map(|f| f.id.as_str()).collect();
        let rounded =
            |found: Option<(&'a Feature, f64)>| found.map(|(_, km)| (km * 1e4).round() / 1e4);
        Ids {
            member_of: ids(&self.member_of),
            here: ids(&self.here),
            within: ids(&self.within),
            holds: ids(&self.holds),
            counterpart_km: rounded(self.counterpart),
            nearest_seaport: self.nearest_seaport.map(|(f, _)| f.id.as_str()),
            nearest_seaport_km: rounded(self.nearest_seaport),
            nearest_border_port: self.nearest_border_port.map(|(f, _)| f.id.as_str()),
            nearest_border_port_km: rounded(self.nearest_border_port),
        }
    }

    /// The relations in words, each under its label; what is not there is left out.
    pub fn told(
        &self,
        feature: &Feature,
        index: &SpatialIndex<Feature>,
    ) -> Vec<(&'static str, Vec<String>)> {
        let names = |features: &[&Feature]| -> Vec<String> {
            if features.is_empty() {
                return Vec::new();
            }
            vec![features.iter().map(|f| f.name()).collect::<Vec<_>>().join(" · ")]
        };
        let opposite = |(other, km): (&Feature, f64)| {
            format!("{}, {} km across the border", other.name(), grouped(km, 1))
        };
        vec![
            ("place", self.place.iter().map(|place| place.name().to_owned()).collect()),
            ("opposite", self.counterpart.into_iter().map(opposite).collect()),
            ("drawn from", names(&self.members)),
            ("part of", names(&self.member_of)),
            ("here", names(&self.here)),
            ("lies within", smallest(&self.within)),
            ("holds", by_kind(&self.holds)),
            ("shares", shared(feature, index, &self.within, &self.holds)),
            ("seaport", facts::nearest(feature, index, Kind::Seaport)),
            ("border port", facts::nearest(feature, index, Kind::BorderPort)),
        ]
    }
}

/// The first of many areas by name.
fn smallest(areas: &[&Feature]) -> Vec<String> {
    if areas.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = areas.iter().take(NAMED).map(|area| area.name()).collect();
    let more = areas.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" · and {more} larger areas") } else { String::new() };
    vec![names.join(" · ") + &rest]
}

/// What lies within an area, a line for each kind.
fn by_kind(features: &[&Feature]) -> Vec<String> {
    let of = |kind: Kind| {
        let names: Vec<&str> =
            features.iter().filter(|f| f.kind == Some(kind)).map(|f| f.name()).collect();
        match names.len() {
            0 => None,
            1..=NAMED => Some(format!("{}: {}", kind.name(), names.join(" · "))),
            many => Some(format!("{}: {many} of them", kind.name())),
        }
    };
    Kind::ALL.into_iter().filter_map(of).collect()
}

/// The zones and triangles with which an area shares ground, neither within the other.
fn shared(
    feature: &Feature,
    index: &SpatialIndex<Feature>,
    within: &[&Feature],
    holds: &[&Feature],
) -> Vec<String> {
    if feature.shape.dimension() < 2 {
        return Vec::new();
    }
    let zone = |other: &Feature| {
        let told = within.iter().chain(holds).any(|f| f.id == other.id);
        matches!(other.kind, None | Some(Kind::Zone | Kind::GrowthTriangle))
            && other.id != feature.id
            && !told
    };
    let overlaps = index.overlap(&feature.shape, zone).value;
    let ground = overlaps.into_iter().filter(|(_, overlap)| overlap.shared.is_some());
    ground
        .map(|(other, overlap)| {
            let km2 = overlap.area.to_km2();
            let of_this = overlap.share_of_first * 100.0;
            let area = grouped(km2, usize::from(km2 < 100.0));
            format!("{}: {area} km², {of_this:.1} % of this", other.name())
        })
        .collect()
}
