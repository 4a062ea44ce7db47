//! A box of degrees is no lower bound of a distance.

use geo_types::Rect;
use tumen::Result;
use tumen::geo_core::measure::{Geodesic, Haversine};
use tumen::geo_core::query::overlap_of;
use tumen::geo_core::{Bbox, EdgeModel, Length, LonLat, Shape};

use crate::Chapter;

const CASES: [(&str, &str); 6] = [
    ("irkutsk", "khabarovsk-krai"),
    ("chita", "kamchatka"),
    ("yekaterinburg", "sakha"),
    ("petropavlovsk-kamchatsky", "east-siberia"),
    ("omsk", "magadan-oblast"),
    ("anadyr", "united-states"),
];

/// The distance to a box as spatial indexes estimate it: longitude and latitude are clamped into the
/// box, and the way there is measured on the sphere.
fn clamped(from: LonLat, bbox: &Bbox) -> Length {
    let (west, east) = (bbox.west, bbox.east_unwrapped());
    let lon = from.lon().clamp(west, east);
    let lat = from.lat().clamp(bbox.south, bbox.north);
    Haversine::distance(from, LonLat::wrap(lon, lat))
}

/// The least of these over the boxes of an area's parts.
fn bound(from: LonLat, area: &Shape) -> Length {
    let boxes = area.polygons().iter().filter_map(|part| Bbox::around(part.exterior().0.clone()));
    boxes.map(|bbox| clamped(from, &bbox)).fold(Length::m(f64::INFINITY), Length::min)
}

pub fn write(chapter: &mut Chapter<'_>) -> Result<()> {
    writeln!(
        chapter.page,
        "\n## A bound that is none\n\n\
         A spatial index skips a box when a lower bound of the distance to it is above what it has \
         found. A usual bound clamps longitude and latitude into the box and takes the haversine \
         distance. But the nearest point of a meridian is not at the same latitude: the shortest way \
         bends to the pole, the more the farther north. Where the bound is too high, the index drops \
         the right answer. Here each part of an area has a box of its own, as a careful index would \
         have it.\n\n\
         | from | to | distance | its “lower bound” | too high by |\n|---|---|--:|--:|--:|"
    )?;
    for (from, to) in CASES {
        let area = chapter.feature(to)?.shape.clone();
        let names = [chapter.feature(from)?.name(), chapter.feature(to)?.name()].join(" | ");
        row(chapter, &names, from, &area)?;
    }
    // Only the antimeridian parts Chukotka; files hold it in two halves, as RFC 7946 asks.
    let east = Rect::new((-180.0, 60.0), (-160.0, 75.0));
    let east = Shape::new(east.into(), EdgeModel::LonLat)?;
    let chukotka = &chapter.feature("chukotka")?.shape;
    if let Some(half) = overlap_of(chukotka, &east).and_then(|overlap| overlap.shared) {
        row(chapter, "Anadyr | the half of Chukotka beyond 180°", "anadyr", &half)?;
    }
    writeln!(
        chapter.page,
        "\n±180° is not far from here: the half beyond it begins a short way east of Anadyr, but its \
         longitudes are negative: the clamp takes the far end of the box. `tumen` bounds with \
         straight lines between boxes in earth-centred metres: no way on the ground is shorter, \
         there is no seam, and a pole is a point like any other."
    )?;
    Ok(())
}

fn row(chapter: &mut Chapter<'_>, names: &str, from: &str, area: &Shape) -> Result<()> {
    let at = chapter.place(from)?;
    let distance = Geodesic::distance_between(&Shape::point(at), area);
    let bound = bound(at, area);
    writeln!(
        chapter.page,
        "| {names} | {:.1} km | {:.1} km | {:.1} % |",
        distance.to_km(),
        bound.to_km(),
        (bound / distance - 1.0) * 100.0,
    )?;
    Ok(())
}
