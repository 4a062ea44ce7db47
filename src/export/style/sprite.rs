//! Pictures of symbols and hatches in one PNG, with a table of where each of them is: the sprite of a
//! MapLibre style.

use std::collections::BTreeMap;

use serde_json::json;
use tumen_render::paint::pixels;
use tumen_render::scene::Scene;

use crate::error::{Error, Result};

/// CSS pixels in a pt.
pub(super) const PIXELS: f64 = 96.0 / 72.0;
/// Width of the sprite in CSS pixels.
const WIDTH: u32 = 256;

/// Pictures by name.
#[derive(Debug, Default)]
pub struct Sprite {
    pictures: BTreeMap<String, Picture>,
}

#[derive(Debug)]
struct Picture {
    scene: Scene,
    /// Width and height in CSS pixels.
    size: (u32, u32),
    /// Whether it repeats to the right and down.
    tile: bool,
}

impl Sprite {
    /// Adds a picture in the middle of whole pixels; one of that name stays.
    pub(super) fn add(&mut self, name: &str, scene: Scene) {
        let size = |pt: f32| (f64::from(pt) * PIXELS).ceil().max(1.0) as u32;
        let size = (size(scene.width), size(scene.height));
        let picture = || Picture { scene, size, tile: false };
        self.pictures.entry(name.to_owned()).or_insert_with(picture);
    }

    /// Adds a picture that repeats, stretched to whole pixels.
    pub(super) fn add_tile(&mut self, name: &str, scene: Scene) {
        let size = |pt: f32| (f64::from(pt) * PIXELS).round().max(1.0) as u32;
        let size = (size(scene.width), size(scene.height));
        let picture = || Picture { scene, size, tile: true };
        self.pictures.entry(name.to_owned()).or_insert_with(picture);
    }

    /// Whether there are no pictures.
    pub fn is_empty(&self) -> bool {
        self.pictures.is_empty()
    }

    /// The PNG and its table, with `ratio` pixels for a CSS pixel.
    ///
    /// # Errors
    /// When a picture cannot be painted.
    pub fn write(&self, ratio: u32) -> Result<(Vec<u8>, String)> {
        // Rows of pictures, a pixel apart so that none bleeds into another.
        let (mut x, mut y, mut row) = (0, 0, 0);
        let mut places = Vec::new();
        for (name, picture) in &self.pictures {
            let (width, height) = picture.size;
            if x > 0 && x + width > WIDTH {
                (x, y, row) = (0, y + row + 1, 0);
            }
            places.push((name, picture, x, y));
            x += width + 1;
            row = row.max(height);
        }
        let across = places.iter().map(|(_, picture, x, _)| x + picture.size.0).max().unwrap_or(1);
        let (width, height) = (across * ratio, (y + row).max(1) * ratio);
        let mut rgba = vec![0_u8; (width * height * 4) as usize];
        let mut table = serde_json::Map::new();
        for (name, picture, x, y) in places {
            let (wide, high) = (picture.size.0 * ratio, picture.size.1 * ratio);
            let painted = if picture.tile {
                pixels(&picture.scene, (wide, high))?
            } else {
                // In the middle of its pixels, not stretched to them.
                let page = |px: u32| (f64::from(px) / PIXELS / f64::from(ratio)) as f32;
                pixels(&centred(&picture.scene, page(wide), page(high)), (wide, high))?
            };
            for line in 0..high {
                let from = (line * wide * 4) as usize;
                let to = (((y * ratio + line) * width + x * ratio) * 4) as usize;
                let length = (wide * 4) as usize;
                rgba[to..to + length].copy_from_slice(&painted[from..from + length]);
            }
            let place = json!({
                "x": x * ratio, "y": y * ratio, "width": wide, "height": high, "pixelRatio": ratio,
            });
            table.insert(name.clone(), place);
        }
        let text =
            serde_json::to_string_pretty(&table).map_err(|e| Error::failure(e.to_string()))?;
        Ok((png(width, height, &rgba)?, text + "\n"))
    }
}

/// The scene in the middle of a page.
fn centred(scene: &Scene, width: f32, height: f32) -> Scene {
    let (dx, dy) = ((width - scene.width) / 2.0, (height - scene.height) / 2.0);
    Scene { width, height, ..scene.moved(f64::from(dx), f64::from(dy)) }
}

fn png(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>> {
    let failed =
        |e: png::EncodingError| Error::failure(format!("the sprite cannot be written: {e}"));
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(rgba).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use tumen_render::layout::marks::symbol_mark;
    use tumen_render::scene::Color;
    use tumen_render::spec::Symbol;

    use super::*;

    #[test]
    fn pictures_lie_apart_and_sharp_ones_are_twice_as_large() {
        let mut sprite = Sprite::default();
        let symbol = Symbol { size_pt: 9.0, fill: Color::rgb(200, 0, 0), ..Symbol::default() };
        sprite.add("a", symbol_mark(&symbol));
        sprite.add("b", symbol_mark(&symbol));
        let (bytes, table) = sprite.write(2).unwrap();
        let table: serde_json::Value = serde_json::from_str(&table).unwrap();
        assert_eq!(table["a"], json!({"x": 0, "y": 0, "width": 24, "height": 24, "pixelRatio": 2}));
        assert_eq!(table["b"]["x"], 26);
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (50, 24));
        let at = |x: usize, y: usize| &pixels[(y * 50 + x) * 4..][..4];
        assert_eq!(at(12, 12), [200, 0, 0, 255], "the middle of the circle");
        assert_eq!(at(0, 0)[3], 0, "its corner is empty");
        assert_eq!(sprite.write(2).unwrap().0, bytes);
    }
}
