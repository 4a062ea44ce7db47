//! Shaded relief: light on the slopes of a grid of heights, as pixels of the page.

use std::sync::Arc;

use geo_types::Coord;

use super::frame::Frame;
use crate::scene::{Image, Rect};
use crate::spec::Relief;

/// Pixels between the positions that are computed exactly; those between are interpolated.
const COARSE: usize = 12;
/// Length of a degree of latitude, metres, as far as shading needs it.
const METRES_PER_DEGREE: f64 = 111_200.0;

/// Where the light comes from, and how strong the shades are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Light {
    /// Degrees clockwise from north.
    pub azimuth: f64,
    /// Degrees above the horizon.
    pub altitude: f64,
    /// Factor on the heights.
    pub exaggeration: f64,
    /// Opacity of the deepest shade, 0…1.
    pub opacity: f64,
}

/// The relief of the frame at `pixels_per_pt`: black where slopes lie in the shade, white where they
/// face the light, both more or less transparent; flat ground is left as it is.
///
/// B. K. P. Horn, Hill shading and the reflectance map, Proc. IEEE 69 (1981) 14–47: Lambert's law
/// on slopes in metres per metre of ground.
pub(crate) fn shade(frame: &Frame, relief: &Relief, light: &Light, pixels_per_pt: f64) -> Image {
    let rect = frame.rect();
    let width = ((rect.width() * pixels_per_pt).ceil() as usize).clamp(1, 8000);
    let height = ((rect.height() * pixels_per_pt).ceil() as usize).clamp(1, 8000);
    let grid = Grid::new(relief, light);
    let (columns, rows) = (width / COARSE + 2, height / COARSE + 2);
    let cell = |c: usize, r: usize| -> Option<(f64, f64)> {
        let at = Coord {
            x: rect.min().x + (c * COARSE) as f64 / pixels_per_pt,
            y: rect.min().y + (r * COARSE) as f64 / pixels_per_pt,
        };
        let p = frame.to_lonlat(at)?;
        let lon = (p.lon() - relief.west + 180.0).rem_euclid(360.0) - 180.0;
        Some((lon / relief.step_deg, (relief.north - p.lat()) / relief.step_deg))
    };
    let cells: Vec<Option<(f64, f64)>> = (0..rows)
        .flat_map(|r| (0..columns).map(move |c| (c, r)))
        .map(|(c, r)| cell(c, r))
        .collect();

    let mut rgba = vec![0_u8; width * height * 4];
    for (y, row) in rgba.chunks_exact_mut(width * 4).enumerate() {
        let (r, v) = (y / COARSE, (y % COARSE) as f64 / COARSE as f64);
        for (x, pixel) in row.chunks_exact_mut(4).enumerate() {
            let (c, u) = (x / COARSE, (x % COARSE) as f64 / COARSE as f64);
            let corner = |dc: usize, dr: usize| cells[(r + dr) * columns + c + dc];
            let (Some(a), Some(b), Some(d), Some(e)) =
                (corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1))
            else {
                continue;
            };
            let mix = |a: f64, b: f64, d: f64, e: f64| {
                (a + (b - a) * u) * (1.0 - v) + (d + (e - d) * u) * v
            };
            let at = (mix(a.0, b.0, d.0, e.0), mix(a.1, b.1, d.1, e.1));
            let Some(tone) = grid.tone(at.0, at.1) else { continue };
            let alpha = (tone.abs() * light.opacity * 255.0).min(255.0) as u8;
            let grey = if tone > 0.0 { 255 } else { 0 };
            pixel.copy_from_slice(&[grey, grey, grey, alpha]);
        }
    }
    Image {
        rect: Rect::new(
            rect.min().x,
            rect.min().y,
            rect.min().x + width as f64 / pixels_per_pt,
            rect.min().y + height as f64 / pixels_per_pt,
        ),
        width: width as u32,
        height: height as u32,
        rgba: Arc::new(rgba),
    }
}

/// Tones at the nodes of the grid of heights: 0 flat, up to 1 towards the light, down to -1 away.
struct Grid<'a> {
    relief: &'a Relief,
    tones: Vec<f32>,
}

impl<'a> Grid<'a> {
    fn new(relief: &'a Relief, light: &Light) -> Self {
        let (w, h) = (relief.width, relief.height);
        let (azimuth, altitude) = (light.azimuth.to_radians(), light.altitude.to_radians());
        let toward = (azimuth.sin() * altitude.cos(), azimuth.cos() * altitude.cos());
        let flat = altitude.sin();
        let metres = |c: usize, r: usize| f64::from(relief.metres[r * w + c]);
        let mut tones = Vec::with_capacity(w * h);
        for r in 0..h {
            let lat = (relief.north - r as f64 * relief.step_deg).to_radians();
            let dy = relief.step_deg * METRES_PER_DEGREE;
            let dx = dy * lat.cos().max(0.05);
            for c in 0..w {
                let (c0, c1) = (c.saturating_sub(1), (c + 1).min(w - 1));
                let (r0, r1) = (r.saturating_sub(1), (r + 1).min(h - 1));
                let slope_x = (metres(c1, r) - metres(c0, r)) / (dx * (c1 - c0).max(1) as f64);
                let slope_y = (metres(c, r0) - metres(c, r1)) / (dy * (r1 - r0).max(1) as f64);
                let (sx, sy) = (slope_x * light.exaggeration, slope_y * light.exaggeration);
                let lit = (flat - sx * toward.0 - sy * toward.1) / (1.0 + sx * sx + sy * sy).sqrt();
                let range = if lit > flat { 1.0 - flat } else { flat };
                tones.push(((lit - flat) / range.max(1e-6)).clamp(-1.0, 1.0) as f32);
            }
        }
        Self { relief, tones }
    }

    /// The tone at column `x` and row `y`, between nodes; `None` outside the grid.
    fn tone(&self, x: f64, y: f64) -> Option<f64> {
        let (w, h) = (self.relief.width, self.relief.height);
        if !(x >= 0.0 && y >= 0.0) {
            return None;
        }
        let (c, r) = (x as usize, y as usize);
        if c + 1 >= w || r + 1 >= h {
            return None;
        }
        let (u, v) = (x - c as f64, y - r as f64);
        let at = |c: usize, r: usize| f64::from(self.tones[r * w + c]);
        let top = at(c, r) + (at(c + 1, r) - at(c, r)) * u;
        let bottom = at(c, r + 1) + (at(c + 1, r + 1) - at(c, r + 1)) * u;
        Some(top + (bottom - top) * v)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ridge() -> Relief {
        // A north–south ridge: heights fall by 100 m per step of 0.01° to both sides.
        let (width, height) = (21, 5);
        let row = (0..width).map(|c: i16| 1000 - 100 * (c - 10).abs());
        let metres = (0..height).flat_map(|_| row.clone()).collect();
        Relief { west: 130.0, north: 43.0, step_deg: 0.01, width: 21, height: 5, metres }
    }

    #[test]
    fn slopes_towards_the_light_are_light() {
        let light = Light { azimuth: 315.0, altitude: 45.0, exaggeration: 1.0, opacity: 0.4 };
        let relief = ridge();
        let grid = Grid::new(&relief, &light);
        assert!(grid.tone(5.0, 2.0).unwrap() > 0.05, "west of the ridge");
        assert!(grid.tone(15.0, 2.0).unwrap() < -0.05, "east of the ridge");
        assert!(grid.tone(10.0, 2.0).unwrap().abs() < 0.03, "on the ridge");
        assert_eq!(grid.tone(-0.5, 2.0), None);
        assert_eq!(grid.tone(20.5, 2.0), None);
    }

    #[test]
    fn a_relief_with_too_few_heights_is_no_grid() {
        let light = Light { azimuth: 0.0, altitude: 45.0, exaggeration: 1.0, opacity: 0.4 };
        let flat =
            Relief { west: 0.0, north: 0.0, step_deg: 1.0, width: 1, height: 1, metres: vec![5] };
        assert_eq!(Grid::new(&flat, &light).tone(0.0, 0.0), None);
    }
}
