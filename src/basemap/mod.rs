//! The base map that travels in the program: what `data/basemap` holds, unpacked when asked for.

mod arcs;
mod join;
mod labels;
mod relief;
mod units;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use geo_types::{LineString, MultiLineString, MultiPolygon};
use tumen_geo_core::Bbox;
use tumen_geo_core::model::{BaseMap, Union};

pub use arcs::{ArcProperties, Layer, Object, Parts, Properties, degrees};
pub use join::lines as joined;
pub use labels::{Names, Place, cities, country_names, river_names, seas};
pub use relief::relief;

/// The region that the detailed layers cover.
pub const REGION: Bbox = Bbox { west: 114.0, south: 36.0, east: 146.0, north: 56.0 };

macro_rules! layers {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {
        $($(#[$doc])*
        pub fn $name() -> &'static Layer {
            static LAYER: LazyLock<Layer> = LazyLock::new(|| {
                let bytes = include_bytes!(concat!("../../data/basemap/", $file));
                // A test unpacks every embedded file.
                #[allow(clippy::expect_used, reason = "the bytes are part of the program")]
                Layer::unpack(bytes).expect("embedded layers unpack")
            });
            &LAYER
        })*
    };
}

layers! {
    /// Land as administrative units whose lines are coasts, borders and inner limits.
    region = "region.arcs";
    /// Rivers other than those that borders follow.
    rivers = "rivers.arcs";
    /// Lakes.
    lakes = "lakes.arcs";
    /// Railways, schematic.
    rail = "rail.arcs";
    /// Populated places of GeoNames.
    places = "places.arcs";
    /// Administrative units of Asia that the region does not hold whole, and their neighbours.
    asia = "asia.arcs";
    /// The countries of the world, for small scales.
    world = "world.arcs";
}

/// The base map as the catalogue uses it.
///
/// Units come from the region when it holds every one of them whole, else from the layer of Asia,
/// else, when all are countries, from that of the world. So their union has no slivers, and parts
/// such as Yanbian (`CN-2224`) can be joined to units of the region only.
#[derive(Clone, Copy, Debug)]
pub struct Embedded;

impl BaseMap for Embedded {
    fn units(&self, ids: &[String]) -> Option<Union> {
        let (layer, indices) = units::find(ids)?;
        Some(Box::new(move || join::union(layer, &indices)))
    }

    fn border(&self, pair: &str) -> MultiLineString<f64> {
        border_lines(|arc| {
            arc.k == "border" && pair.split_once('-') == Some((arc.a.as_str(), arc.b.as_str()))
        })
    }

    fn coast(&self) -> MultiLineString<f64> {
        let layer = region();
        let coasts = (layer.arc_properties.iter().enumerate()).filter(|(_, arc)| arc.k == "coast");
        MultiLineString(coasts.map(|(index, _)| layer.line(&[index as i32])).collect())
    }

    fn river(&self, id: &str) -> MultiLineString<f64> {
        let mut lines = border_lines(|arc| arc.river == id);
        lines.0.extend(
            rivers()
                .objects
                .iter()
                .filter(|object| object.properties.id == id)
                .flat_map(|object| object_lines(rivers(), object, None)),
        );
        lines
    }

    fn lake(&self, name: &str) -> MultiPolygon<f64> {
        let named =
            |object: &Object| object.properties.names().get("en").is_some_and(|n| n == name);
        let indices: Vec<usize> =
            (0..lakes().objects.len()).filter(|&i| named(&lakes().objects[i])).collect();
        join::union(lakes(), &indices)
    }
}

/// The arcs of the region that `wanted` chooses, joined into lines.
pub fn border_lines(wanted: impl Fn(&ArcProperties) -> bool) -> MultiLineString<f64> {
    let layer = region();
    let chosen = layer.arc_properties.iter().enumerate().filter(|(_, arc)| wanted(arc));
    join::lines(layer, chosen.map(|(index, _)| index))
}

/// The lines of a line object that may touch `frame` (all without one); nothing for others.
pub fn object_lines(layer: &Layer, object: &Object, frame: Option<&Bbox>) -> Vec<LineString<f64>> {
    let Parts::Lines(lines) = &object.parts else { return Vec::new() };
    let touches = |line: &&Vec<i32>| {
        frame.is_none_or(|frame| {
            arcs_bbox(layer, line.iter().copied()).is_some_and(|bbox| bbox.intersects(frame))
        })
    };
    lines.iter().filter(touches).map(|line| layer.line(line)).collect()
}

/// The areas of the object at `index`; empty for lines and points.
pub fn object_areas(layer: &Layer, index: usize) -> MultiPolygon<f64> {
    join::union(layer, &[index])
}

/// The box around an object; `None` when it is empty.
pub fn object_bbox(layer: &Layer, object: &Object) -> Option<Bbox> {
    match &object.parts {
        Parts::Areas(areas) => {
            arcs_bbox(layer, areas.iter().filter_map(|rings| rings.first()).flatten().copied())
        }
        Parts::Lines(lines) => arcs_bbox(layer, lines.iter().flatten().copied()),
        Parts::Point(position) => Bbox::around([degrees(*position)]),
    }
}

/// The box around arcs; `None` when there are none.
fn arcs_bbox(layer: &Layer, references: impl Iterator<Item = i32>) -> Option<Bbox> {
    let positions = references.flat_map(|reference| layer.arc(arcs::arc_index(reference)));
    let corners = positions.fold(None, |corners: Option<[i32; 4]>, &[lon, lat]| {
        let [west, south, east, north] = corners.unwrap_or([lon, lat, lon, lat]);
        Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)])
    });
    let [west, south, east, north] = corners?;
    Bbox::around([[west, south], [east, north]].map(degrees))
}

/// The land of each country of the region as far as its units touch `frame`, with its code.
pub fn countries(frame: &Bbox) -> Vec<(&'static str, MultiPolygon<f64>)> {
    grouped(frame, |unit| &unit.country)
}

/// The whole administrative units of the region that touch `frame`, with their codes.
pub fn provinces(frame: &Bbox) -> Vec<(&'static str, MultiPolygon<f64>)> {
    grouped(frame, |unit| if unit.parent.is_empty() { &unit.id } else { &unit.parent })
}

/// The units of the region that touch `frame`, those with the same `key` joined.
fn grouped(
    frame: &Bbox,
    key: impl Fn(&'static Properties) -> &'static String,
) -> Vec<(&'static str, MultiPolygon<f64>)> {
    let layer = region();
    let mut groups: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (index, object) in layer.objects.iter().enumerate() {
        if object_bbox(layer, object).is_some_and(|bbox| bbox.intersects(frame)) {
            groups.entry(key(&object.properties)).or_default().push(index);
        }
    }
    groups.into_iter().map(|(id, indices)| (id, join::union(layer, &indices))).collect()
}

/// The names of an administrative unit, whole or in parts; none when unknown.
pub fn province_names(id: &str) -> Names {
    let whole = region().objects.iter().find(|object| object.properties.id == id);
    whole.map_or_else(|| labels::unit_names(id), |object| object.properties.names())
}
