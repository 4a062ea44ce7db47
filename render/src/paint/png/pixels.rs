//! Marks as pixels that can be laid over others.

use tiny_skia::Pixmap;

use super::{Canvas, GlyphCache, Painter, too_large};
use crate::Result;
use crate::scene::Scene;

/// Paints the fills and strokes of `scene` on nothing: `width` × `height` pixels from the top, RGBA
/// with straight alpha, with the width of the page as their width. The background is left out.
///
/// Text, pictures and groups come out right on opaque ground only, which there is none here.
///
/// # Errors
/// [`ErrorKind::Size`](crate::ErrorKind::Size) when there would be no pixels, or too many.
pub fn pixels(scene: &Scene, (width, height): (u32, u32)) -> Result<Vec<u8>> {
    let pixmap = Pixmap::new(width, height);
    let pixmap = pixmap.ok_or_else(|| too_large(f64::from(width), f64::from(height)))?;
    let scale = width as f32 / scene.width;
    let mut painter = Painter { scale, glyphs: GlyphCache::new(&scene.fonts, scale) };
    let mut canvas = Canvas { pixmap, x: 0, y: 0 };
    painter.items(&mut canvas, &scene.items);
    let straight = |pixel: &tiny_skia::PremultipliedColorU8| {
        let color = pixel.demultiply();
        [color.red(), color.green(), color.blue(), color.alpha()]
    };
    Ok(canvas.pixmap.pixels().iter().flat_map(straight).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Color, Item, Path, Rect};

    #[test]
    fn what_is_not_painted_is_empty() {
        let half = Path::rect(&Rect::new(0.0, 0.0, 5.0, 10.0));
        let color = Color::rgb(200, 100, 0).with_alpha(128);
        let items = vec![Item::Fill { path: half, color }];
        let background = Color::WHITE;
        let scene = Scene { width: 10.0, height: 10.0, background, fonts: Vec::new(), items };
        let rgba = pixels(&scene, (20, 20)).unwrap();
        let at = |x: usize, y: usize| &rgba[(y * 20 + x) * 4..][..4];
        assert_eq!(at(15, 5), [0, 0, 0, 0]);
        assert_eq!(at(4, 5)[3], 128);
        assert!(at(4, 5).iter().zip([200, 100, 0]).all(|(have, want)| have.abs_diff(want) < 2));
        assert!(pixels(&scene, (0, 5)).is_err());
    }
}
