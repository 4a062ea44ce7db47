//! Pictures laid onto the page.

use std::collections::VecDeque;
use std::ops::Range;

use tiny_skia::Mask;

use super::{Canvas, scaled};
use crate::scene::Image;

/// Red, green, blue (multiplied by the opacity) and opacity, 0…255.
type Rgba = [f32; 4];

/// Paints `picture` into its rectangle: enlarged by Catmull-Rom splines, reduced by a triangle filter
/// as wide as two pixels of the page; pixel by pixel where both grids agree. Edges within a pixel
/// cover it in part, and so does `mask` (of the canvas's size), if given.
pub(super) fn image(canvas: &mut Canvas, picture: &Image, scale: f32, mask: Option<&Mask>) {
    let (width, height) = (picture.width as usize, picture.height as usize);
    if width == 0 || height == 0 || picture.rgba.len() < width * height * 4 {
        return;
    }
    let mut pixels = picture.rgba.as_chunks::<4>().0.iter();
    // A relief has one tone, which is half the work.
    if pixels.all(|[r, g, b, _]| r == g && g == b) {
        samples::<2>(canvas, picture, scale, mask, &|[tone, _, _, alpha]| [tone, alpha]);
    } else {
        samples::<4>(canvas, picture, scale, mask, &|pixel| pixel);
    }
}

/// Paints `picture` in samples of `N` channels that `of` takes from its colours: all four, or one
/// for all colours and the opacity.
fn samples<const N: usize>(
    canvas: &mut Canvas,
    picture: &Image,
    scale: f32,
    mask: Option<&Mask>,
    of: &dyn Fn(Rgba) -> [f32; N],
) {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let rect = scaled(&picture.rect, scale);
    let x = taps(rect.x0, rect.x1, canvas.x, canvas.pixmap.width(), width);
    let y = taps(rect.y0, rect.y1, canvas.y, canvas.pixmap.height(), height);
    let stride = canvas.pixmap.width() as usize * 4;
    let opaque = picture.rgba.as_chunks::<4>().0.iter().all(|pixel| pixel[3] == 255);

    // Rows of the picture at the page's width, from `first` on.
    let mut rows: VecDeque<Vec<[f32; N]>> = VecDeque::new();
    let mut first = 0;
    let mut sum: Vec<[f32; N]> = Vec::new();
    for across in &y {
        while first < across.start {
            rows.pop_front();
            first += 1;
        }
        while first + rows.len() < across.start + across.weights.len() {
            let row = first + rows.len();
            let row = &picture.rgba[row * width * 4..(row + 1) * width * 4];
            let row: Vec<[f32; N]> =
                row.as_chunks::<4>().0.iter().map(|pixel| of(premultiplied(*pixel))).collect();
            rows.push_back(stretched(&row, &x));
        }
        let Some(offset) = x.first().map(|tap| across.pixel * stride + tap.pixel * 4) else {
            return;
        };
        let seen = mask.map(|mask| &mask.data()[offset / 4..offset / 4 + x.len()]);
        let shown = seen.map_or(0..x.len(), |seen| {
            let covered = |&share: &u8| share > 0;
            let first = seen.iter().position(covered).unwrap_or(seen.len());
            first..seen.iter().rposition(covered).map_or(first, |last| last + 1)
        });
        let to = &mut canvas.pixmap.data_mut()[offset + shown.start * 4..offset + shown.end * 4];
        mix(&mut sum, &rows, &across.weights, shown.clone());
        match seen {
            Some(seen) => lay_masked(to, &sum, &x[shown.clone()], across.coverage, &seen[shown]),
            None => lay(to, &sum, &x, across.coverage, opaque),
        }
    }
}

/// Lays a row of colours over opaque pixels, as far as the picture covers them.
fn lay<const N: usize>(
    to: &mut [u8],
    from: &[[f32; N]],
    taps: &[Tap],
    coverage: f32,
    opaque: bool,
) {
    let pixels = to.as_chunks_mut::<4>().0.iter_mut().zip(from).zip(taps);
    for ((to, from), tap) in pixels {
        let covered = tap.coverage * coverage;
        if opaque && covered >= 1.0 {
            *to = rounded(rgba(from).map(|channel| channel.clamp(0.0, 255.0)));
        } else {
            blend(to, &rgba(from), covered);
        }
    }
}

/// Lays a row of colours over opaque pixels, as far as the picture and the mask cover them.
fn lay_masked<const N: usize>(
    to: &mut [u8],
    from: &[[f32; N]],
    taps: &[Tap],
    coverage: f32,
    mask: &[u8],
) {
    let pixels = to.as_chunks_mut::<4>().0.iter_mut().zip(from).zip(taps).zip(mask);
    for (((to, from), tap), &share) in pixels {
        if share > 0 {
            blend(to, &rgba(from), tap.coverage * coverage * f32::from(share) / 255.0);
        }
    }
}

/// All four channels of a sample.
fn rgba<const N: usize>(sample: &[f32; N]) -> Rgba {
    let [tone, alpha] = [sample[0], sample[N - 1]];
    if N == 4 { [tone, sample[1], sample[2], alpha] } else { [tone, tone, tone, alpha] }
}

fn premultiplied(pixel: [u8; 4]) -> Rgba {
    let [r, g, b, a] = pixel.map(f32::from);
    let alpha = a / 255.0;
    [r * alpha, g * alpha, b * alpha, a]
}

/// The sum of the pixels `shown` of `rows`, each with its weight.
fn mix<const N: usize>(
    sum: &mut Vec<[f32; N]>,
    rows: &VecDeque<Vec<[f32; N]>>,
    weights: &[f32],
    shown: Range<usize>,
) {
    sum.resize(shown.len(), [0.0; N]);
    let sum = sum.as_flattened_mut();
    let rows: Vec<(&[f32], f32)> = (rows.iter().zip(weights))
        .map(|(row, weight)| (row[shown.clone()].as_flattened(), *weight))
        .collect();
    // Four rows at once, as many as the spline has, keep the sum in registers.
    let rest = if let [a, b, c, d, rest @ ..] = rows.as_slice() {
        let four = a.0.iter().zip(b.0).zip(c.0).zip(d.0);
        for (to, (((pa, pb), pc), pd)) in sum.iter_mut().zip(four) {
            *to = pa * a.1 + pb * b.1 + pc * c.1 + pd * d.1;
        }
        rest
    } else {
        sum.fill(0.0);
        &rows
    };
    for (row, weight) in rest {
        sum.iter_mut().zip(*row).for_each(|(to, from)| *to += from * weight);
    }
}

/// Which samples of the picture make one pixel of the canvas, along one axis.
struct Tap {
    pixel: usize,
    /// Share of the pixel that the picture covers.
    coverage: f32,
    start: usize,
    /// Of the samples from `start` on; sum 1.
    weights: Vec<f32>,
}

/// The taps of all pixels of a canvas (from `origin`, `count` long) that the span `low`…`high` of the
/// page touches, for `samples` samples over that span. All lengths in pixels.
fn taps(low: f32, high: f32, origin: u32, count: u32, samples: usize) -> Vec<Tap> {
    let (low, high) = (f64::from(low) - f64::from(origin), f64::from(high) - f64::from(origin));
    let step = samples as f64 / (high - low);
    if !step.is_finite() || step <= 0.0 {
        return Vec::new();
    }
    // A quarter of a hundredth of a pixel is what rounding in the scene can do.
    let aligned = (step - 1.0).abs() * (samples as f64) < 0.5 && (low - low.round()).abs() < 0.1;
    let (low, high) =
        if aligned { (low.round(), low.round() + samples as f64) } else { (low, high) };
    let begin = low.floor().max(0.0) as usize;
    let end = high.ceil().clamp(0.0, f64::from(count)) as usize;
    let tap = |pixel: usize| {
        let at = pixel as f64;
        let coverage = (high.min(at + 1.0) - low.max(at)).clamp(0.0, 1.0);
        // The middle of the part of the pixel that is covered, in samples; 0.5 is the first's middle.
        let middle = f64::midpoint(high.min(at + 1.0), low.max(at)) - low;
        let (start, weights) = if aligned {
            (middle as usize, vec![1.0])
        } else {
            filter(middle * step - 0.5, step, samples)
        };
        Tap { pixel, coverage: coverage as f32, start: start.min(samples - 1), weights }
    };
    (begin..end).map(tap).filter(|tap| tap.coverage > 0.0).collect()
}

/// The samples around position `at` and their weights, for `step` samples per pixel.
fn filter(at: f64, step: f64, samples: usize) -> (usize, Vec<f32>) {
    let (radius, kernel): (f64, fn(f64) -> f64) =
        if step <= 1.0 { (2.0, catmull_rom) } else { (step, |t| 1.0 - t) };
    let unit = if step <= 1.0 { 1.0 } else { step };
    let last = samples as f64 - 1.0;
    let (low, high) = ((at - radius).ceil(), (at + radius).floor());
    let start = low.clamp(0.0, last) as usize;
    let end = high.clamp(0.0, last) as usize;
    // Beyond the edge the picture goes on with its outermost sample.
    let mut weights = vec![0.0; end - start + 1];
    let mut total = 0.0;
    let mut sample = low;
    while sample <= high {
        let weight = kernel((sample - at).abs() / unit);
        weights[sample.clamp(0.0, last) as usize - start] += weight;
        total += weight;
        sample += 1.0;
    }
    (start, weights.iter().map(|weight| (weight / total) as f32).collect())
}

/// The cubic of Catmull and Rom (1974) that passes through the samples, `t` in 0…2.
fn catmull_rom(t: f64) -> f64 {
    if t < 1.0 { (1.5 * t - 2.5) * t * t + 1.0 } else { ((-0.5 * t + 2.5) * t - 4.0) * t + 2.0 }
}

/// A row of the picture at the page's width.
fn stretched<const N: usize>(row: &[[f32; N]], taps: &[Tap]) -> Vec<[f32; N]> {
    let value = |tap: &Tap| {
        let mut sum = [0.0; N];
        for (sample, &weight) in row[tap.start..].iter().zip(&tap.weights) {
            for i in 0..N {
                sum[i] += sample[i] * weight;
            }
        }
        sum
    };
    taps.iter().map(value).collect()
}

/// Lays a colour over an opaque pixel.
fn blend(to: &mut [u8; 4], from: &Rgba, coverage: f32) {
    let alpha = from[3].clamp(0.0, 255.0);
    // Flat ground of a relief is clear, and there is much of it.
    if alpha * coverage < 0.5 {
        return;
    }
    let below = 1.0 - alpha * coverage / 255.0;
    // Splines overshoot; no channel may exceed the opacity.
    let mixed: [f32; 4] =
        std::array::from_fn(|i| f32::from(to[i]) * below + from[i].max(0.0).min(alpha) * coverage);
    *to = rounded(mixed);
    to[3] = 255;
}

/// Numbers from 0 to 255 as bytes. Adding 2²³ leaves the nearest whole number in the low bits, for
/// all four channels in one step, which a cast with its test of the range is not.
fn rounded(channels: Rgba) -> [u8; 4] {
    channels.map(|channel| (channel + 8_388_608.0).to_bits() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_sum_to_one_and_stay_within_the_picture() {
        for (at, step, samples) in [
            (0.0, 0.3, 5),
            (-0.4, 0.3, 5),
            (4.2, 0.9, 5),
            (2.5, 3.7, 40),
            (39.0, 9.0, 40),
            (0.0, 0.1, 1),
        ] {
            let (start, weights) = filter(at, step, samples);
            assert!(start + weights.len() <= samples, "{at} {step}");
            assert!((weights.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn aligned_pictures_keep_their_samples() {
        let taps = taps(10.002, 20.004, 0, 100, 10);
        assert_eq!(taps.len(), 10);
        for (i, tap) in taps.iter().enumerate() {
            assert_eq!((tap.pixel, tap.start, tap.weights.len()), (10 + i, i, 1));
            assert!((tap.coverage - 1.0).abs() < 1e-6);
        }
    }
}
