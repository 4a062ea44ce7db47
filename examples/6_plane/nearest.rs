//! Who is nearest: degrees against metres, and the sphere against the ellipsoid.

use tumen::Result;
use tumen::basemap::REGION;
use tumen::geo_core::index::SpatialIndex;
use tumen::geo_core::measure::{Geodesic, Haversine};
use tumen::geo_core::model::{Feature, Kind};
use tumen::geo_core::query::Hit;

use crate::plane::degrees_apart;
use crate::{Chapter, position};

const PORTS: [Kind; 2] = [Kind::BorderPort, Kind::Seaport];

/// From where, and what is looked for.
const CASES: [(&str, &[Kind]); 7] = [
    ("antu", &[Kind::BorderPort]),
    ("posyet-port", &[Kind::BorderPort]),
    ("saebyol-port", &[Kind::Seaport]),
    ("antu", &[Kind::Seaport]),
    ("ussuriysk", &PORTS),
    ("harbin", &PORTS),
    ("dehui", &[Kind::Seaport]),
];

/// The one of some features that is nearest in degrees; by id among equals.
fn nearest_in_degrees<'a>(from: &Feature, among: &[&'a Feature]) -> Result<Option<&'a Feature>> {
    let at = position(from)?;
    let mut best: Option<(f64, &Feature)> = None;
    for candidate in among.iter().filter(|candidate| candidate.id != from.id) {
        let apart = degrees_apart(at, position(candidate)?);
        if best.is_none_or(|(least, _)| apart < least) {
            best = Some((apart, candidate));
        }
    }
    Ok(best.map(|(_, nearest)| nearest))
}

pub fn write(chapter: &mut Chapter<'_>) -> Result<()> {
    let catalogue = chapter.catalogue;
    let is = |f: &&Feature, kinds: &[Kind]| f.kind.is_some_and(|kind| kinds.contains(&kind));
    let ports: Vec<&Feature> = catalogue.features().iter().filter(|f| is(f, &PORTS)).collect();
    let index = SpatialIndex::new(ports.clone());
    writeln!(
        chapter.page,
        "\n## The wrong port\n\n\
         At 43° N a degree of longitude is {:.0} % shorter than on the equator. Who compares degrees \
         prefers what lies north or south.\n\n\
         | from | looking for | nearest in degrees | which is away | nearest on the ellipsoid | \
         which is away |\n|---|---|---|--:|---|--:|",
        (1.0 - 43_f64.to_radians().cos()) * 100.0,
    )?;
    for (from, kinds) in CASES {
        let from = chapter.feature(from)?;
        let among: Vec<&Feature> = ports.iter().copied().filter(|f| is(f, kinds)).collect();
        let near = index.near(&from.shape, 1, |f| is(f, kinds) && f.id != from.id).value;
        let (Some(hit), Some(wrong)) = (near.first(), nearest_in_degrees(from, &among)?) else {
            continue;
        };
        let away = Geodesic::distance(position(from)?, position(wrong)?);
        let sought = match kinds {
            [kind] => kind.name().replace('-', " "),
            _ => "port of either kind".to_owned(),
        };
        let row = format!(
            "| {} | {sought} | {} | {:.1} km | {} | {:.1} km |",
            from.name(),
            wrong.name(),
            away.to_km(),
            hit.item.name(),
            hit.distance().to_km(),
        );
        if from.id == "antu" && kinds == [Kind::BorderPort] {
            let (wrong, right) = (&wrong.id, &hit.item.id);
            chapter.numbers.insert(format!("distance km antu {wrong}"), away.to_km());
            chapter.numbers.insert(format!("distance km antu {right}"), hit.distance().to_km());
        }
        writeln!(chapter.page, "{row}")?;
    }
    let (mut asked, mut misled) = (0_u32, 0_u32);
    for place in catalogue.features().iter().filter(|f| is(f, &[Kind::Place])) {
        if place.shape.points().len() != 1 || !REGION.contains(position(place)?) {
            continue;
        }
        let near = index.near(&place.shape, 1, |_| true).value;
        let right = near.first().map(Hit::distance);
        let wrong = nearest_in_degrees(place, &ports)?;
        let wrong = wrong.map(|port| Geodesic::distance_between(&place.shape, &port.shape));
        asked += 1;
        misled += u32::from(wrong > right);
    }
    writeln!(
        chapter.page,
        "\nOf the {asked} places of the catalogue between {}–{}° E and {}–{}° N, degrees lead {misled} to \
         a port that is not the nearest of the {} ({:.0} %).",
        REGION.west,
        REGION.east,
        REGION.south,
        REGION.north,
        ports.len(),
        f64::from(misled) / f64::from(asked) * 100.0,
    )?;
    Ok(())
}

/// From where, and two of which the sphere takes the farther one for the nearer one.
const REVERSED: [[&str; 3]; 4] = [
    ["dandong-port", "anda", "vladivostok-port"],
    ["dandong-port", "baicheng", "zarubino"],
    ["chunggang-port", "dehui", "tumen-mouth"],
    ["fangchuan-port", "tumangang-port", "khasan-port"],
];

pub fn write_sphere(chapter: &mut Chapter<'_>) -> Result<()> {
    writeln!(
        chapter.page,
        "\n## The sphere is not the cure\n\n\
         The haversine formula knows that meridians meet, but not that the earth is flattened: it is \
         up to 0.6 % off, one way along meridians and the other way across them. Two places that \
         are nearly as far then change their order.\n\n\
         | from | nearer on the ellipsoid | farther on the ellipsoid | the same two on the sphere |\n\
         |---|---|---|---|"
    )?;
    for ids in REVERSED {
        let [from, near, far] =
            [chapter.place(ids[0])?, chapter.place(ids[1])?, chapter.place(ids[2])?];
        let mut names = Vec::new();
        for id in ids {
            names.push(chapter.feature(id)?.name().to_owned());
        }
        let km = |to| Geodesic::distance(from, to).to_km();
        let round = |to| Haversine::distance(from, to).to_km();
        // Two ports on either side of a border bridge differ by metres only.
        let decimals = if km(near) < 10.0 { 4 } else { 2 };
        writeln!(
            chapter.page,
            "| {} | {}, {:.decimals$} km | {}, {:.decimals$} km | {:.decimals$} km and {:.decimals$} km |",
            names[0],
            names[1],
            km(near),
            names[2],
            km(far),
            round(near),
            round(far),
        )?;
        for (id, to) in [(ids[1], near), (ids[2], far)] {
            chapter.numbers.insert(format!("distance km {} {id}", ids[0]), km(to));
        }
    }
    writeln!(
        chapter.page,
        "\nIn the last row the two differ by less than their positions are known to: an order that \
         rests on a decimetre is none. In the others the two lie hundreds of metres apart, and the sphere \
         turns them round."
    )?;
    Ok(())
}
