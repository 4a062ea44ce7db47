//! What colour-blind readers see.

use super::space::{linear, to_srgb};
use crate::scene::Color;

/// A way of seeing colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Vision {
    /// With three kinds of cones.
    Normal,
    /// Without those for long waves (1 % of men).
    Protanopia,
    /// Without those for middle waves (1 % of men).
    Deuteranopia,
    /// Without those for short waves (rare).
    Tritanopia,
}

impl Vision {
    /// All of them.
    pub(in crate::layout) const ALL: [Self; 4] =
        [Self::Normal, Self::Protanopia, Self::Deuteranopia, Self::Tritanopia];

    /// Its name in sentences.
    pub(in crate::layout) fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal vision",
            Self::Protanopia => "protanopia",
            Self::Deuteranopia => "deuteranopia",
            Self::Tritanopia => "tritanopia",
        }
    }

    /// What an opaque colour looks like: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A
    /// physiologically-based model for simulation of color vision deficiency, IEEE Transactions on
    /// Visualization and Computer Graphics 15 (2009) 1291–1298, severity 1.0, on linear light.
    pub(in crate::layout) fn sees(self, color: Color) -> Color {
        let matrix: [[f64; 3]; 3] = match self {
            Self::Normal => return color,
            Self::Protanopia => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deuteranopia => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Tritanopia => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        };
        let [r, g, b] = linear(color);
        to_srgb(matrix.map(|row| row[0] * r + row[1] * g + row[2] * b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Oracle: colorspacious 1.1.2, `cspace_convert(rgb, {"name": "sRGB1+CVD", "cvd_type": …,
    /// "severity": 100}, "sRGB1")`, cut to 0…1.
    #[test]
    fn colours_look_as_colorspacious_has_them() {
        let colors = [Color::rgb(179, 32, 58), Color::rgb(42, 95, 168), Color::rgb(77, 160, 60)];
        for (vision, expected) in [
            (Vision::Protanopia, [[77, 73, 58], [59, 101, 171], [164, 146, 49]]),
            (Vision::Deuteranopia, [[114, 104, 54], [36, 90, 167], [153, 139, 68]]),
            (Vision::Tritanopia, [[197, 0, 44], [0, 112, 123], [68, 155, 139]]),
        ] {
            for (color, [r, g, b]) in colors.into_iter().zip(expected) {
                assert_eq!(vision.sees(color), Color::rgb(r, g, b), "{vision:?}");
            }
        }
        assert_eq!(Vision::Normal.sees(colors[0]), colors[0]);
    }
}
