//! How far to a line: to its positions, or to its edges.

use tumen::Result;
use tumen::geo_core::measure::Geodesic;
use tumen::geo_core::{Length, LonLat, Shape};

use crate::Chapter;

const CASES: [(&str, &str); 5] = [
    ("suifenhe-port", "china-russia-eastern-border"),
    ("pogranichny-port", "china-russia-eastern-border"),
    ("changbai-shan", "china-north-korea-border"),
    ("khasan-port", "tumen-river"),
    ("sonbong", "small-tumen-triangle"),
];

pub fn write(chapter: &mut Chapter<'_>) -> Result<()> {
    writeln!(
        chapter.page,
        "\n## A line is more than its vertices\n\n\
         To measure to the nearest vertex of a border is easy to index, and right where the vertices \
         are dense. On straight stretches they are not. Of the triangle the vertices are its three \
         corners; of the other lines all that the base map has.\n\n\
         | from | to | nearest vertex | nearest point of the line | too far by |\n\
         |---|---|--:|--:|--:|"
    )?;
    for (from, to) in CASES {
        let at = chapter.place(from)?;
        let line = chapter.feature(to)?;
        let corners: Result<Vec<LonLat>> =
            line.provenance.members.iter().map(|id| chapter.place(id)).collect();
        let vertices = match corners {
            Ok(corners) if corners.len() == 3 => corners,
            _ => line.shape.positions().map(|c| LonLat::wrap(c.x, c.y)).collect(),
        };
        let by_vertex = vertices.iter().map(|vertex| Geodesic::distance(at, *vertex));
        let by_vertex = by_vertex.fold(Length::m(f64::INFINITY), Length::min);
        let right = Geodesic::distance_between(&Shape::point(at), &line.shape);
        let row = format!(
            "| {} | {} | {:.2} km | {:.2} km | {:.0} % |",
            chapter.feature(from)?.name(),
            line.name(),
            by_vertex.to_km(),
            right.to_km(),
            (by_vertex / right - 1.0) * 100.0,
        );
        writeln!(chapter.page, "{row}")?;
    }
    Ok(())
}
