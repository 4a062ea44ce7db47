//! What a line between two cities is, and what follows for areas that share ground.

use geo_types::{Coord, LineString, Polygon};
use tumen::Result;
use tumen::geo_core::measure::Geodesic;
use tumen::geo_core::query::overlap_of;
use tumen::geo_core::{Area, EdgeModel, Length, LonLat, Shape};

use crate::Chapter;
use crate::plane::Plane;

/// Points looked at on an edge: the gap is widest near the middle, where it changes least.
const STEPS: u32 = 2000;

const EDGES: [(&str, &str); 6] = [
    ("chongjin", "vladivostok"),
    ("yanji", "vladivostok"),
    ("chongjin", "yanji"),
    ("rajin", "posyet"),
    ("hunchun", "posyet"),
    ("rajin", "hunchun"),
];

/// Positions along a straight line in a plane.
pub fn straight(plane: &Plane, from: LonLat, to: LonLat) -> Result<Vec<LonLat>> {
    let ([x0, y0], [x1, y1]) = (plane.forward(from)?, plane.forward(to)?);
    (0..=STEPS)
        .map(|step| {
            let t = f64::from(step) / f64::from(STEPS);
            plane.inverse([x0 + t * (x1 - x0), y0 + t * (y1 - y0)])
        })
        .collect()
}

fn coords(positions: &[LonLat]) -> Vec<Coord> {
    positions.iter().map(|at| Coord::from(*at)).collect()
}

/// How far the positions of a line lie from the geodesic between its ends at most, and the area
/// between the two.
fn off(line: &[LonLat]) -> Result<(Length, Area)> {
    let ends = [line[0], line[line.len() - 1]];
    let geodesic = Shape::new(LineString(coords(&ends)).into(), EdgeModel::Geodesic)?;
    let gap = |at: &LonLat| Geodesic::distance_between(&Shape::point(*at), &geodesic);
    let widest = line.iter().map(gap).fold(Length::ZERO, Length::max);
    let between = Polygon::new(LineString(coords(line)), Vec::new());
    Ok((widest, Geodesic::area(&Shape::new(between.into(), EdgeModel::Geodesic)?)))
}

pub fn write(chapter: &mut Chapter<'_>) -> Result<()> {
    writeln!(
        chapter.page,
        "\n## A straight line is three lines\n\n\
         The edge of a growth triangle is the shortest way between two cities, a geodesic. GeoJSON \
         draws it straight in longitude and latitude, a web map straight in Mercator; here both run south of \
         it.\n\n\
         | edge | length | straight in lon/lat: off by up to | ground between | straight in Web \
         Mercator: off by up to | ground between |\n|---|--:|--:|--:|--:|--:|"
    )?;
    let planes = [Plane::square(), Plane::coded("EPSG:3857")?];
    for (from, to) in EDGES {
        let (a, b) = (chapter.place(from)?, chapter.place(to)?);
        let length = Geodesic::distance(a, b);
        let names = [chapter.feature(from)?.name(), chapter.feature(to)?.name()].join("–");
        write!(chapter.page, "| {names} | {:.1} km |", length.to_km())?;
        for plane in &planes {
            let (gap, ground) = off(&straight(plane, a, b)?)?;
            write!(chapter.page, " {:.0} m | {:.1} km² |", gap.to_m(), ground.to_km2())?;
            if from == "chongjin" && matches!(plane, Plane::Degrees(_)) {
                let mut note = |what: &str, value| {
                    chapter.numbers.insert(format!("{what} {from} {to}"), value);
                };
                note("length km", length.to_km());
                if to == "vladivostok" {
                    note("gap m", gap.to_m());
                    note("ground between km2", ground.to_km2());
                }
            }
        }
        writeln!(chapter.page)?;
    }
    writeln!(
        chapter.page,
        "\nSo `tumen` adds positions to the edges when it reads them, until the geodesic and the line \
         straight in lon/lat lie within a metre of each other, and writes them out: the exported \
         triangle is the same one in every GIS.\n\n\
         ![The edge Chongjin–Vladivostok off Khasan, as three lines](plane/edges.png)"
    )?;
    Ok(())
}

/// The zones that a triangle is laid over.
const OVERLAPS: [(&str, &str); 6] = [
    ("large-tumen-triangle", "yanbian"),
    ("large-tumen-triangle", "primorsky-krai"),
    ("large-tumen-triangle", "north-korea"),
    ("large-tumen-triangle", "rajin-sonbong-fetz"),
    ("small-tumen-triangle", "hunchun-city-district"),
    ("small-tumen-triangle", "rajin-sonbong-fetz"),
];

pub fn write_overlaps(chapter: &mut Chapter<'_>) -> Result<()> {
    writeln!(
        chapter.page,
        "\n## Overlaps inherit it\n\n\
         What a triangle shares with a zone, once with geodesics for edges and once with the lines of \
         GeoJSON between its corners; both areas are measured on the ellipsoid.\n\n\
         | triangle | zone | shared | with edges straight in lon/lat | difference |\n\
         |---|---|--:|--:|--:|"
    )?;
    for (triangle, zone) in OVERLAPS {
        let (triangle, zone) = (chapter.feature(triangle)?, chapter.feature(zone)?);
        let corners: Result<Vec<LonLat>> =
            triangle.provenance.members.iter().map(|id| chapter.place(id)).collect();
        let flat = Polygon::new(LineString(coords(&corners?)), Vec::new());
        let flat = Shape::new(flat.into(), EdgeModel::LonLat)?;
        let shared = |shape: &Shape| {
            overlap_of(shape, &zone.shape).map_or(Area::ZERO, |overlap| overlap.area).to_km2()
        };
        let (right, wrong) = (shared(&triangle.shape), shared(&flat));
        let row = format!(
            "| {} | {} | {right:.1} km² | {wrong:.1} km² | {:+.1} km², {:+.2} % |",
            triangle.name(),
            zone.name(),
            wrong - right,
            (wrong / right - 1.0) * 100.0,
        );
        writeln!(chapter.page, "{row}")?;
    }
    Ok(())
}
