//! A hundred kilometres around Rajin.

use std::f64::consts::TAU;

use geo_types::{Coord, LineString, Polygon};
use tumen::Result;
use tumen::geo_core::measure::Geodesic;
use tumen::geo_core::model::{Feature, Kind};
use tumen::geo_core::predicate::contains;
use tumen::geo_core::{EdgeModel, Length, LonLat, Shape};

use crate::plane::Plane;
use crate::{Chapter, position};

/// The centre, and how far the ring should reach.
pub const CENTER: &str = "rajin";
pub const RADIUS: Length = Length::km(100.0);

/// Positions on a circle: at 100 km its sides lie within a few metres of it.
const SIDES: u32 = 720;

/// The circles by name, and what other programs call them.
pub fn planes() -> Result<[(&'static str, &'static str, Plane); 3]> {
    Ok([
        ("a circle of 100 km in Web Mercator", "EPSG:3857", Plane::coded("EPSG:3857")?),
        ("a circle in degrees, of 100 km / 111.32 km", "degrees", Plane::square()),
        ("a circle of 100 km in UTM zone 52N", "EPSG:32652", Plane::coded("EPSG:32652")?),
    ])
}

/// The position on a circle of a plane, counted from the right against the clock.
fn on_circle(plane: &Plane, center: LonLat, angle: f64) -> Result<LonLat> {
    let [x, y] = plane.forward(center)?;
    plane.inverse([x + RADIUS.to_m() * angle.cos(), y + RADIUS.to_m() * angle.sin()])
}

/// A circle of a plane as an area of the ground.
pub fn circle(plane: &Plane, center: LonLat) -> Result<Shape> {
    let angles = (0..SIDES).map(|side| f64::from(side) * TAU / f64::from(SIDES));
    let ring: Result<Vec<Coord>> =
        angles.map(|angle| Ok(on_circle(plane, center, angle)?.into())).collect();
    let area = Polygon::new(LineString(ring?), Vec::new());
    Ok(Shape::new(area.into(), EdgeModel::LonLat)?)
}

pub fn write(chapter: &mut Chapter<'_>) -> Result<()> {
    let center = chapter.place(CENTER)?;
    let ports: Vec<&Feature> = (chapter.catalogue.features().iter())
        .filter(|f| matches!(f.kind, Some(Kind::BorderPort | Kind::Seaport)))
        .collect();
    let ring = Geodesic::circle(center, RADIUS)?;
    let within = |area: &Shape| -> Result<Vec<&Feature>> {
        let mut found = Vec::new();
        for port in &ports {
            if contains(area, position(port)?) {
                found.push(*port);
            }
        }
        Ok(found)
    };
    let right = within(&ring)?;
    writeln!(
        chapter.page,
        "\n## A ring of 100 km around Rajin\n\n\
         | drawn as | reaches north | reaches east | reaches south | area | ports within |\n\
         |---|--:|--:|--:|--:|--:|\n\
         | a geodesic ring (`tumen buffer 100km rajin`) | 100.0 km | 100.0 km | 100.0 km | {:.0} km² | {} |",
        Geodesic::area(&ring).to_km2(),
        right.len(),
    )?;
    let mut lost = Vec::new();
    for (name, id, plane) in planes()? {
        let reach = |quarter: f64| -> Result<f64> {
            let at = on_circle(&plane, center, quarter * TAU / 4.0)?;
            Ok(Geodesic::distance(center, at).to_km())
        };
        let [east, north, south] = [reach(0.0)?, reach(1.0)?, reach(3.0)?];
        let area = circle(&plane, center)?;
        let wrong = within(&area)?;
        writeln!(
            chapter.page,
            "| {name} | {north:.1} km | {east:.1} km | {south:.1} km | {:.0} km² | {} |",
            Geodesic::area(&area).to_km2(),
            wrong.len(),
        )?;
        chapter.numbers.insert(format!("reach north km {id}"), north);
        chapter.numbers.insert(format!("reach east km {id}"), east);
        let names = right.iter().filter(|port| !wrong.iter().any(|other| other.id == port.id));
        lost.push(names.map(|port| port.name()).collect::<Vec<_>>().join(", "));
    }
    writeln!(
        chapter.page,
        "\nMercator stretches lengths by 1 / cos {:.2}° = {:.2}, so that its 100 km are {:.0}. It loses \
         {}; the circle in degrees loses {}. A circle in the right UTM zone is right to a few tens of \
         metres here; it ends where its zone ends.\n\n\
         ![A ring of 100 km around Rajin, and what two planes make of it](plane/rings.png)",
        center.lat(),
        1.0 / center.lat().to_radians().cos(),
        chapter.numbers["reach east km EPSG:3857"],
        lost[0],
        lost[1],
    )?;
    Ok(())
}
