//! One's own zones as GeoJSON: read, ask, write. Here the two islands of Hong Kong and Lantau, cut
//! to rectangles, and a ferry pier.

use tumen::geo_core::geojson;
use tumen::geo_core::index::SpatialIndex;
use tumen::geo_core::measure::Geodesic;
use tumen::geo_core::model::Catalogue;

const OWN: &str = r#"{"type": "FeatureCollection", "features": [
  {"type": "Feature", "id": "hong-kong", "properties": {"name": "Hong Kong Island"},
   "geometry": {"type": "Polygon", "coordinates":
     [[[114.11, 22.20], [114.26, 22.20], [114.26, 22.29], [114.11, 22.29], [114.11, 22.20]]]}},
  {"type": "Feature", "id": "lantau", "properties": {"name": "Lantau"},
   "geometry": {"type": "Polygon", "coordinates":
     [[[113.84, 22.20], [114.06, 22.20], [114.06, 22.33], [113.84, 22.33], [113.84, 22.20]]]}},
  {"type": "Feature", "id": "pier", "properties": {"name": "Central Pier"},
   "geometry": {"type": "Point", "coordinates": [114.161, 22.287]}}
]}"#;

fn main() -> tumen::Result<()> {
    let catalogue = Catalogue::from_geojson(OWN)?;
    for feature in catalogue.features() {
        println!("{}: {:.1} km²", feature.name(), Geodesic::area(&feature.shape).to_km2());
    }
    let pier = catalogue.find("Central Pier")?;
    let index = SpatialIndex::new(catalogue.features().to_vec());
    for hit in index.near(&pier.shape, 2, |f| f.id != pier.id).value {
        println!("{:.2} km from the pier to {}", hit.distance().to_km(), hit.item.name());
    }
    let rows = catalogue.features().iter().map(|feature| geojson::Row {
        id: &feature.id,
        shape: &feature.shape,
        properties: &[],
    });
    println!("{}", geojson::write(rows)?);
    Ok(())
}
