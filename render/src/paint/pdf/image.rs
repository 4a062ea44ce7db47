//! Pictures laid onto the page.

use std::sync::Arc;

use krilla::geom::{Size, Transform};
use krilla::image::{BitsPerComponent, CustomImage, ImageColorspace};
use krilla::surface::Surface;

use crate::scene::Image;
use crate::{Error, ErrorKind, Result};

/// Places `picture` in its rectangle, its opacity as a soft mask; viewers are asked to smooth it.
pub(super) fn image(surface: &mut Surface<'_>, picture: &Image) -> Result<()> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let rect = picture.rect;
    let size = Size::from_wh(rect.width(), rect.height());
    let pixels = picture.rgba.as_chunks::<4>().0.get(..width * height);
    let (Some(size), Some(pixels)) = (size, pixels.filter(|pixels| !pixels.is_empty())) else {
        return Ok(());
    };
    let placed = krilla::image::Image::from_custom(Pixels::new(picture, pixels), true)
        .map_err(|e| Error::new(ErrorKind::Encoding, format!("a picture cannot be kept: {e}")))?;
    surface.push_transform(&Transform::from_translate(rect.x0, rect.y0));
    surface.draw_image(placed, size);
    surface.pop();
    Ok(())
}

/// Colours and opacity apart, as PDF stores them.
#[derive(Clone, Hash)]
struct Pixels {
    size: (u32, u32),
    rgb: Arc<[u8]>,
    /// `None` if all pixels are opaque.
    opacity: Option<Arc<[u8]>>,
}

impl Pixels {
    fn new(picture: &Image, pixels: &[[u8; 4]]) -> Self {
        let translucent = pixels.iter().any(|pixel| pixel[3] < 255);
        Self {
            size: (picture.width, picture.height),
            rgb: pixels.iter().flat_map(|&[r, g, b, _]| [r, g, b]).collect(),
            opacity: translucent.then(|| pixels.iter().map(|pixel| pixel[3]).collect()),
        }
    }
}

impl CustomImage for Pixels {
    fn color_channel(&self) -> &[u8] {
        &self.rgb
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        self.opacity.as_deref()
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Rgb
    }
}
