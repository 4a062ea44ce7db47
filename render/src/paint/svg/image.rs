//! Pictures laid onto the page.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use png::{BitDepth, ColorType, Compression, Encoder, SrgbRenderingIntent};

use super::path::number;
use crate::scene::Image;
use crate::{Error, ErrorKind, Result};

/// Writes `picture` stretched to its rectangle, its pixels as a PNG in the file.
pub(super) fn image(to: &mut String, picture: &Image) -> Result<()> {
    let size = picture.width as usize * picture.height as usize * 4;
    if size == 0 || picture.rgba.len() < size {
        return Ok(());
    }
    let bytes = encoded(picture, &picture.rgba[..size]).map_err(|e| {
        Error::new(ErrorKind::Encoding, format!("a picture in the SVG could not be written: {e}"))
    })?;
    let rect = &picture.rect;
    let places =
        [("x", rect.x0), ("y", rect.y0), ("width", rect.width()), ("height", rect.height())];
    to.push_str("<image");
    for (name, value) in places {
        _ = write!(to, " {name}=\"");
        number(to, f64::from(value));
        to.push('"');
    }
    to.push_str(" preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,");
    BASE64_STANDARD.encode_string(bytes, to);
    to.push_str("\"/>\n");
    Ok(())
}

fn encoded(picture: &Image, rgba: &[u8]) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let pixels = rgba.as_chunks::<4>().0;
    let opaque = pixels.iter().all(|pixel| pixel[3] == 255);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, picture.width, picture.height);
    encoder.set_color(if opaque { ColorType::Rgb } else { ColorType::Rgba });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    encoder.set_compression(Compression::Balanced);
    let mut writer = encoder.write_header()?;
    if opaque {
        let rgb: Vec<u8> = pixels.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
        writer.write_image_data(&rgb)?;
    } else {
        writer.write_image_data(rgba)?;
    }
    writer.finish()?;
    Ok(bytes)
}
