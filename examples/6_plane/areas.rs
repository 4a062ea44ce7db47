//! One area, six ways.

use tumen::Result;
use tumen::geo_core::measure::Geodesic;
use tumen::geo_core::projection::ProjString;
use tumen::geo_core::{Area, LonLat};

use crate::Chapter;
use crate::plane::{Plane, area_on_sphere, rings};

const AREAS: [&str; 3] = ["small-tumen-triangle", "large-tumen-triangle", "treda"];

/// The rows of the table, and the names of those that other programs compute, too.
const WAYS: [(&str, &str); 7] = [
    ("ellipsoid", "area"),
    ("degrees as squares of 111.32 km", ""),
    ("the same, times the cosine of the middle latitude", ""),
    ("plane of Web Mercator (EPSG:3857)", "area EPSG:3857"),
    ("plane of UTM zone 52N (EPSG:32652)", "area EPSG:32652"),
    ("equal-area plane (LAEA) about its middle", ""),
    ("sphere of 6371.0088 km", "area sphere"),
];

pub fn write(chapter: &mut Chapter<'_>) -> Result<()> {
    let mut columns = Vec::new();
    let mut names = Vec::new();
    for id in AREAS {
        let feature = chapter.feature(id)?;
        names.push(feature.name().to_owned());
        let members: Result<Vec<LonLat>> =
            feature.provenance.members.iter().map(|id| chapter.place(id)).collect();
        let members = members.unwrap_or_default();
        // A planar program joins the three corners; of a province it has every position.
        let outline = match members.len() {
            3 => vec![(1.0, members)],
            _ => rings(&feature.shape),
        };
        let middle = feature.shape.bbox().center();
        let planes = [
            Plane::square(),
            Plane::narrowed(middle.lat()),
            Plane::coded("EPSG:3857")?,
            Plane::coded("EPSG:32652")?,
            Plane::Projected(Box::new(ProjString::equal_area_at(middle)?)),
        ];
        let mut column = vec![Geodesic::area(&feature.shape)];
        for plane in &planes {
            let parts: Result<Vec<Area>> =
                outline.iter().map(|(sign, ring)| Ok(plane.area(ring)? * *sign)).collect();
            column.push(parts?.into_iter().sum());
        }
        column.push(outline.iter().map(|(sign, ring)| area_on_sphere(ring) * *sign).sum());
        for ((_, name), area) in WAYS.iter().zip(&column).filter(|((_, name), _)| !name.is_empty())
        {
            chapter.numbers.insert(format!("{name} km2 {id}"), area.to_km2());
        }
        columns.push(column);
    }
    writeln!(
        chapter.page,
        "\n## One area, seven answers\n\n\
         The triangles as a planar program draws them, with three straight edges in its plane; \
         the Tumen River Economic Development Area (TREDA) with every position of its boundary.\n\n\
         | | {} |\n|---|--:|--:|--:|",
        names.join(" | ")
    )?;
    for (row, (way, _)) in WAYS.iter().enumerate() {
        write!(chapter.page, "| {way} |")?;
        for column in &columns {
            let area = column[row];
            write!(chapter.page, " {:.1} km²", area.to_km2())?;
            if row > 0 {
                // Adding 0 makes a rounded -0 positive.
                let percent = ((area / column[0] - 1.0) * 1e4).round() / 1e2 + 0.0;
                write!(chapter.page, ", {percent:+.2} %")?;
            }
            write!(chapter.page, " |")?;
        }
        writeln!(chapter.page)?;
    }
    writeln!(
        chapter.page,
        "\nUTM and an equal-area plane are good servants where they belong: zone 52 ends at 132° E, and \
         TREDA does not; and what the equal-area plane is off by are its edges, straight there and no \
         geodesics. What the sources round to “about 1 000 km²” is none of these errors \
         ([the claims](check.md))."
    )?;
    Ok(())
}
