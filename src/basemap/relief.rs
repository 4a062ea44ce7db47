//! Heights for the hillshade, embedded as a grey picture and a table of metres.

use serde::Deserialize;
use tumen_geo_core::Bbox;
use tumen_render::spec::Relief;

#[derive(Deserialize)]
struct Sidecar {
    west: f64,
    north: f64,
    step_deg: f64,
    metres: Vec<i16>,
}

/// The heights in and around `frame`; `None` outside the region, or when the embedded picture is
/// not what its sidecar says.
pub fn relief(frame: &Bbox) -> Option<Relief> {
    let sidecar: Sidecar =
        serde_json::from_str(include_str!("../../data/basemap/relief.json")).ok()?;
    let picture = include_bytes!("../../data/basemap/relief.png").as_slice();
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info().ok()?;
    let info = reader.info();
    if info.color_type != png::ColorType::Grayscale || info.bit_depth != png::BitDepth::Eight {
        return None;
    }
    let (width, height) = (info.width as usize, info.height as usize);
    let cells = |degrees: f64| degrees / sidecar.step_deg;
    let columns = span(cells(frame.west - sidecar.west), cells(frame.width_degrees()), width);
    let rows = span(cells(sidecar.north - frame.north), cells(frame.north - frame.south), height);
    // What lies south of the frame stays packed.
    let mut grey = Vec::with_capacity(width * rows.end);
    while grey.len() < width * rows.end {
        grey.extend_from_slice(reader.next_row().ok()??.data());
    }
    let cell = |row: usize, column: usize| {
        sidecar.metres.get(usize::from(grey[row * width + column])).copied()
    };
    let metres: Option<Vec<i16>> = rows
        .clone()
        .flat_map(|row| columns.clone().map(move |column| (row, column)))
        .map(|(row, column)| cell(row, column))
        .collect();
    // The sidecar gives the corner of the picture, a relief the middle of its first cell.
    let middle = |cell: usize| (cell as f64 + 0.5) * sidecar.step_deg;
    Some(Relief {
        west: sidecar.west + middle(columns.start),
        north: sidecar.north - middle(rows.start),
        step_deg: sidecar.step_deg,
        width: columns.len(),
        height: rows.len(),
        metres: metres?,
    })
}

/// The cells from `start` on for `length` cells, and two more on each side for the slopes there.
fn span(start: f64, length: f64, most: usize) -> std::ops::Range<usize> {
    let from = (start.floor().max(2.0) as usize - 2).min(most);
    let to = ((start + length).ceil().max(0.0) as usize + 3).clamp(from, most);
    from..to
}
