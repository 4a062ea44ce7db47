//! Reading: any winding, heights, old `crs` members, bare geometries; nothing that is wrong.

use serde_json::Value;

use super::document::{Kind, Members};
use super::fault::{not_geojson, scalar};
use super::geometry::raw;
use super::stream::Features;
use super::{EDGES_VALUE, GEODESIC, GEODESIC_DENSE};
use crate::error::Result;
use crate::geometry::EdgeModel;
use crate::raw::{RawFeature, Record};

/// Reads a collection, a sequence of features, a feature or a bare geometry, as
/// [`Features`] does one by one.
///
/// RFC 7946 says that `edges` are straight in longitude and latitude; files drawn with other
/// meanings exist, so the caller may say otherwise. Rings may run either way, a third number of a
/// position is left out, and a `crs` member that names WGS 84 is ignored. Properties are made flat
/// ([`RawFeature::flattened`]); of members and properties of one name the last counts.
///
/// # Errors
/// [`ErrorKind::Format`](crate::ErrorKind::Format) for a text that is empty, cut off, not JSON, not
/// GeoJSON, or in another coordinate system; [`ErrorKind::Position`](crate::ErrorKind::Position) and
/// [`ErrorKind::Geometry`](crate::ErrorKind::Geometry) for what [`Shape::new`](crate::Shape::new)
/// refuses, for open rings and for features without a geometry. Each names the feature by its id, and
/// the ring.
///
/// ```
/// use tumen_geo_core::{EdgeModel, geojson};
/// let text = r#"{"type": "Feature", "properties": {"name": "Fangchuan"},
///     "geometry": {"type": "Point", "coordinates": [130.60, 42.45, 5.0]}}"#;
/// let records = geojson::read(text, EdgeModel::LonLat)?;
/// assert_eq!(records[0].id, "Fangchuan");
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn read(text: &str, edges: EdgeModel) -> Result<Vec<Record>> {
    Features::new(text.as_bytes()).map(|feature| feature?.read(edges)).collect()
}

/// The feature of the place `index`, a member of a collection or `alone`; errors name it.
pub(super) fn feature(
    members: Members,
    index: usize,
    alone: bool,
    densified: bool,
) -> Result<RawFeature> {
    let edges = members.edges.as_ref().and_then(Value::as_str);
    let properties = members.properties.unwrap_or_default();
    let mut found = RawFeature {
        id: members.id.as_ref().and_then(scalar),
        index,
        geometry: None,
        properties: properties.all,
        edges: matches!(edges, Some(GEODESIC | GEODESIC_DENSE)).then_some(EdgeModel::Geodesic),
        densified: densified || matches!(edges, Some(EDGES_VALUE | GEODESIC_DENSE)),
        heights: members.heights,
        flattened: properties.flattened,
    };
    let geometry = match (members.own.kind, alone) {
        (Some(Kind::Feature), _) => members.geometry.map(raw).transpose(),
        (Some(Kind::FeatureCollection), true) => {
            Err(not_geojson("the collection has no list 'features'"))
        }
        (Some(_), true) => raw(members.own).map(Some),
        (Some(kind), false) => Err(not_geojson(&format!("a feature is expected, not a {kind:?}"))),
        (None, _) => Err(not_geojson("it has no member 'type'")),
    };
    found.geometry = geometry.map_err(|e| e.within(format!("feature '{}'", found.name())))?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::raw::RawGeometry;

    fn fails(text: &str) -> Error {
        read(text, EdgeModel::LonLat).unwrap_err()
    }

    fn polygon(id: &str, ring: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","features":[
            {{"type":"Feature","properties":{{"name":"ok"}},"geometry":{{"type":"Point","coordinates":[1,2]}}}},
            {{"type":"Feature","id":"{id}","properties":null,"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}"#
        )
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases = [
            (String::new(), "nothing in it"),
            ("   \n".to_owned(), "nothing in it"),
            (r#"{"type":"FeatureCollection","features":["#.to_owned(), "ends too early, in line 1"),
            (r#"{"type":"Point","coordinates":[NaN,2]}"#.to_owned(), "not JSON"),
            (r#"{"type":"Point","coordinates":[1]}"#.to_owned(), "two"),
            (r#"{"type":"Point","coordinates":[42.9,130.4]}"#.to_owned(), "latitude 130.4"),
            (r#"{"kind":"Point"}"#.to_owned(), "not GeoJSON"),
            (
                polygon("a", "[[0,0],[1,0],[1,1],[0,1]]"),
                "feature 'a': ring 0: the ring is not closed",
            ),
            (
                polygon("b", "[[0,0],[1,1],[1,0],[0,1],[0,0]]"),
                "feature 'b': ring 0: the ring crosses",
            ),
            (polygon("c", "[[0,0],[1,1],[0,0]]"), "feature 'c': ring 0: a ring needs at least 4"),
            (polygon("d", "[[0,0],[1,95],[1,0],[0,0]]"), "feature 'd': ring 0: the latitude 95"),
            (polygon("e", r#"[["x",0],[1,9],[1,0],[0,0]]"#), "feature 'e'"),
            (polygon("f", "[[0,0],[9,0],[9,9],[0,0]],[[1,1],[1,2]]"), "feature 'f': ring 1"),
            (
                r#"{"type":"Feature","id":7,"properties":{},"geometry":null}"#.to_owned(),
                "feature '7'",
            ),
        ];
        for (text, expected) in cases {
            let error = fails(&text);
            assert!(error.to_string().contains(expected), "{expected}: {error}");
        }
    }

    #[test]
    fn old_coordinate_systems() {
        let with = |crs: &str| {
            format!(
                r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"{crs}"}}}},"features":[
                {{"type":"Feature","properties":null,"geometry":{{"type":"Point","coordinates":[607140,4677650]}}}}]}}"#
            )
        };
        for crs in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"] {
            let text = with(crs);
            let feature = Features::new(text.as_bytes()).next().unwrap().unwrap();
            assert_eq!(feature.crs(), None);
        }
        let text = with("urn:ogc:def:crs:EPSG::32652");
        let error = fails(&text);
        assert!(error.to_string().contains("EPSG::32652"));
        assert!(error.hint().unwrap().contains("ogr2ogr"));
        // Who asks for the system can have the positions.
        let feature = Features::new(text.as_bytes()).next().unwrap().unwrap();
        assert_eq!(feature.crs(), Some("urn:ogc:def:crs:EPSG::32652"));
        let at = geo_types::Coord { x: 607_140.0, y: 4_677_650.0 };
        assert_eq!(feature.raw().unwrap().geometry, Some(RawGeometry::Point(at)));
    }

    #[test]
    fn ids_and_properties() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":3,"properties":{"id":3,"b":1,"a":[1,2]},"geometry":{"type":"Point","coordinates":[1,2,3]}},
            {"type":"Feature","properties":{"id":"two","name":"x"},"geometry":{"type":"Point","coordinates":[1,2]}},
            {"type":"Feature","properties":{"name":""},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#;
        let records = read(text, EdgeModel::LonLat).unwrap();
        let ids: Vec<&str> = records.iter().map(|record| &*record.id).collect();
        assert_eq!(ids, ["3", "two", "2"]);
        let names: Vec<&str> = records[0].properties.iter().map(|p| &*p.0).collect();
        assert_eq!(names, ["b", "a"]);
        assert_eq!(records[1].properties[0].0, "name");
    }
}
