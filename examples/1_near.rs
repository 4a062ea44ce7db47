//! The nearest seaports to a border city, by distance on the ellipsoid.

use tumen::geo_core::index::SpatialIndex;
use tumen::geo_core::model::Kind;

fn main() -> tumen::Result<()> {
    let catalogue = tumen::catalogue()?;
    let index = SpatialIndex::new(catalogue.features().to_vec());
    let hunchun = catalogue.find("hunchun")?;
    let answer = index.near(&hunchun.shape, 5, |f| f.kind == Some(Kind::Seaport));
    println!("Seaports near {}:", hunchun.name());
    for hit in &answer.value {
        println!("{:>7.1} km  {}", hit.distance().to_km(), hit.item.name());
    }
    println!("({})", answer.explain);
    Ok(())
}
