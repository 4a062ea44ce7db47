//! Heights for the hillshade, embedded as a grey picture and a table of metres.

use serde::Deserialize;
use tumen_render::spec::Relief;

#[derive(Deserialize)]
struct Sidecar {
    west: f64,
    north: f64,
    step_deg: f64,
    metres: Vec<i16>,
}

/// The heights of the region; `None` when the embedded picture is not what its sidecar says.
pub fn relief() -> Option<Relief> {
    let sidecar: Sidecar =
        serde_json::from_str(include_str!("../../data/basemap/relief.json")).ok()?;
    let picture = include_bytes!("../../data/basemap/relief.png").as_slice();
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info().ok()?;
    let mut grey = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut grey).ok()?;
    if info.color_type != png::ColorType::Grayscale || info.bit_depth != png::BitDepth::Eight {
        return None;
    }
    let metres: Option<Vec<i16>> =
        grey.iter().map(|&value| sidecar.metres.get(usize::from(value)).copied()).collect();
    Some(Relief {
        // The sidecar gives the corner of the picture, a relief the middle of its first cell.
        west: sidecar.west + sidecar.step_deg / 2.0,
        north: sidecar.north - sidecar.step_deg / 2.0,
        step_deg: sidecar.step_deg,
        width: info.width as usize,
        height: info.height as usize,
        metres: metres?,
    })
}
