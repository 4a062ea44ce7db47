//! Which seaports that surely stood in 1993 hang together, and which zone lies in which.

use tumen::geo_core::Length;
use tumen::geo_core::index::SpatialIndex;
use tumen::geo_core::model::{Feature, Holds, Kind};

fn main() -> tumen::Result<()> {
    let catalogue = tumen::catalogue()?;
    let index = SpatialIndex::new(catalogue.features().iter().collect::<Vec<&Feature>>());

    let stood =
        |f: &&Feature| f.kind == Some(Kind::Seaport) && f.span.at(1993) == Some(Holds::Certainly);
    for component in index.components(Length::km(60.0), stood).value {
        let ports = component.members.iter().map(|&member| index.items()[member].name());
        println!("{}", ports.collect::<Vec<_>>().join(" · "));
        for joint in component.joints.iter().filter(|joint| joint.bridge) {
            let [first, second] =
                [joint.first, joint.second].map(|port| index.items()[port].name());
            println!("  only by {first} – {second}, {:.1} km", joint.nearest.distance.to_km());
        }
    }

    let forest = index.hierarchy(0.99, |f| f.kind == Some(Kind::GrowthTriangle))?;
    for branch in &forest.value {
        let share = branch.parent.map_or(String::new(), |p| format!(" {:.1} %", p.share * 100.0));
        println!("{}{}{share}", "  ".repeat(branch.depth), index.items()[branch.index].name());
    }
    println!("({})", forest.explain);
    Ok(())
}
