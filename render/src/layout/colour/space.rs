//! Colour spaces: linear light, Oklab and CIELAB.

use crate::scene::Color;

/// A colour in Oklab: B. Ottosson, A perceptual color space for image processing (2020),
/// <https://bottosson.github.io/posts/oklab>. Equal steps look about equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::layout) struct Oklab {
    /// Lightness, 0 (black) … 1 (white).
    pub(in crate::layout) l: f64,
    /// Green to red.
    pub(in crate::layout) a: f64,
    /// Blue to yellow.
    pub(in crate::layout) b: f64,
}

impl Oklab {
    /// The colour without its opacity.
    pub(in crate::layout) fn of(color: Color) -> Self {
        let [r, g, b] = linear(color);
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        Self {
            l: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            a: 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            b: 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        }
    }

    /// The opaque colour; what no screen can show loses chroma until it can.
    pub(in crate::layout) fn to_color(self) -> Color {
        let mut chroma = 1.0;
        loop {
            let rgb = Self { a: self.a * chroma, b: self.b * chroma, ..self }.to_linear();
            if chroma < 0.02 || rgb.iter().all(|v| (-0.002..=1.002).contains(v)) {
                return to_srgb(rgb);
            }
            chroma -= 0.02;
        }
    }

    fn to_linear(self) -> [f64; 3] {
        let l = (self.l + 0.396_337_777_4 * self.a + 0.215_803_757_3 * self.b).powi(3);
        let m = (self.l - 0.105_561_345_8 * self.a - 0.063_854_172_8 * self.b).powi(3);
        let s = (self.l - 0.089_484_177_5 * self.a - 1.291_485_548_0 * self.b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    }

    /// The colour a share of the way to `other`.
    pub(in crate::layout) fn mix(self, other: Self, share: f64) -> Self {
        let at = |from: f64, to: f64| from + (to - from) * share;
        Self { l: at(self.l, other.l), a: at(self.a, other.a), b: at(self.b, other.b) }
    }
}

/// Red, green and blue as light, 0 … 1 (IEC 61966-2-1).
pub(in crate::layout) fn linear(color: Color) -> [f64; 3] {
    [color.r, color.g, color.b].map(|channel| {
        let v = f64::from(channel) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    })
}

/// The opaque colour of light.
pub(in crate::layout) fn to_srgb(light: [f64; 3]) -> Color {
    let [r, g, b] = light.map(|v| {
        let v = v.clamp(0.0, 1.0);
        let v = if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
        (v * 255.0).round() as u8
    });
    Color::rgb(r, g, b)
}

/// What is seen of `color` on an opaque ground, as painters blend it.
pub(in crate::layout) fn over(color: Color, ground: Color) -> Color {
    let share = f64::from(color.a) / 255.0;
    let mix = |c: u8, g: u8| (f64::from(c) * share + f64::from(g) * (1.0 - share)).round() as u8;
    Color::rgb(mix(color.r, ground.r), mix(color.g, ground.g), mix(color.b, ground.b))
}

/// CIELAB of light for the white point D65 of sRGB (IEC 61966-2-1, CIE 15).
pub(super) fn cielab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let x = (0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b) / 0.950_47;
    let y = 0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b;
    let z = (0.019_333_9 * r + 0.119_192_0 * g + 0.950_304_1 * b) / 1.088_83;
    let [x, y, z] = [x, y, z].map(|t| {
        let limit = 6.0_f64 / 29.0;
        if t > limit.powi(3) { t.cbrt() } else { t / (3.0 * limit * limit) + 4.0 / 29.0 }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Oracle: the table of XYZ and Oklab pairs and the conversion code of Ottosson's page.
    #[test]
    fn oklab_has_its_known_values() {
        let white = Oklab::of(Color::WHITE);
        assert!((white.l - 1.0).abs() < 1e-6 && white.a.abs() < 1e-6 && white.b.abs() < 1e-6);
        let red = Oklab::of(Color::rgb(255, 0, 0));
        for (have, want) in [(red.l, 0.627_955), (red.a, 0.224_863), (red.b, 0.125_846)] {
            assert!((have - want).abs() < 1e-5, "{red:?}");
        }
    }

    #[test]
    fn colours_come_back() {
        for r in [0_u8, 40, 128, 255] {
            for g in [0_u8, 90, 255] {
                for b in [0_u8, 17, 200] {
                    let color = Color::rgb(r, g, b);
                    assert_eq!(Oklab::of(color).to_color(), color);
                }
            }
        }
    }

    /// Oracle: colorspacious, `cspace_convert([r, g, b], "sRGB255", "CIELab")`.
    #[test]
    fn cielab_has_its_known_values() {
        let [l, a, b] = cielab(linear(Color::rgb(179, 32, 58)));
        for (have, want) in [(l, 39.448), (a, 57.751), (b, 23.677)] {
            assert!((have - want).abs() < 0.02, "{l} {a} {b}");
        }
    }

    #[test]
    fn translucent_colours_lie_on_their_ground() {
        let half = Color::rgb(255, 0, 0).with_alpha(128);
        assert_eq!(over(half, Color::WHITE), Color::rgb(255, 127, 127));
    }
}
