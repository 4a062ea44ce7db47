//! The scale bar: a round length on the ground, as long on the page as it is at the bar's place.

use geo_types::Coord;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::{Angle, Length};

use crate::layout::setter::{Setter, items};
use crate::project::Frame;
use crate::scene::{Cap, Item, Path, Rect, Stroke};
use crate::spec::Theme;
use crate::text::{ShapedText, TextStyle};

/// From this variation of the scale across the map on, the bar says where it is true.
pub(in crate::layout) const VARIES: f64 = 0.01;
/// Height of the bar, pt.
const BAR_PT: f64 = 3.0;
/// Space inside the panel, pt.
const PADDING: f64 = 5.0;
/// Size of the text, pt.
const TEXT_PT: f64 = 6.0;

/// A scale bar for one place of the map.
pub(in crate::layout) struct ScaleBar {
    length: Length,
    segments: u32,
    /// Its length on the page, pt.
    length_pt: f64,
    labels: Vec<ShapedText>,
    remark: Option<ShapedText>,
}

/// Leading digits of round lengths and the segments they fall into.
const ROUND: [(f64, u32); 6] = [(1.0, 2), (2.0, 4), (3.0, 3), (4.0, 4), (6.0, 3), (8.0, 4)];

/// The largest round length up to `most`, and its segments.
fn round_length(most: Length) -> (Length, u32) {
    let power = 10.0_f64.powf(most.to_m().max(1.0).log10().floor());
    let fits = |(digit, _): &&(f64, u32)| digit * power <= most.to_m().max(1.0) * (1.0 + 1e-9);
    let (digit, segments) = ROUND.iter().rev().find(fits).copied().unwrap_or(ROUND[0]);
    (Length::m(digit * power), segments)
}

/// The distance on the page, pt, between the two positions half of `length` to the right and to the
/// left of the page point `at`; `None` beside the earth.
fn page_length(frame: &Frame, at: Coord, length: Length) -> Option<f64> {
    let here = frame.to_lonlat(at)?;
    let right = Geodesic::bearing(here, frame.to_lonlat(Coord { x: at.x + 10.0, y: at.y })?);
    let end = |bearing: Angle| frame.to_page(Geodesic::destination(here, bearing, length * 0.5));
    let d = end(right)? - end(Angle::degrees(right.to_degrees() + 180.0))?;
    Some(d.x.hypot(d.y))
}

impl ScaleBar {
    /// A bar for the place `at` (pt), about a quarter of the map wide at most; `None` beside the
    /// earth.
    pub(in crate::layout) fn new(
        frame: &Frame,
        at: Coord,
        setter: &mut Setter<'_>,
    ) -> Option<Self> {
        let (across, _) = frame.denominators_at(at)?;
        // Beside a round map there is less room.
        let share = if frame.disc().is_some() { 0.16 } else { 0.26 };
        let most_pt = (frame.rect().width() * share).clamp(60.0, 170.0);
        let (length, segments) = round_length(Length::m(most_pt * across * 0.0254 / 72.0));
        let length_pt = page_length(frame, at, length)?;
        let in_km = length.to_m() >= 1000.0;
        let labels = (0..=segments)
            .map(|i| {
                let part = length * (f64::from(i) / f64::from(segments));
                let number = if in_km { part.to_km() } else { part.to_m() };
                let unit = match (i == segments, in_km) {
                    (false, _) => "",
                    (true, true) => " km",
                    (true, false) => " m",
                };
                setter.line(&format!("{number}{unit}"), &TextStyle::regular(TEXT_PT))
            })
            .collect();
        let remark = if frame.distortion().scale > VARIES {
            let lat = frame.to_lonlat(at)?.lat();
            let side = if lat < 0.0 { 'S' } else { 'N' };
            let text = format!("at {:.1}° {side}", lat.abs());
            Some(setter.line(&text, &TextStyle::regular(TEXT_PT - 0.5)))
        } else {
            None
        };
        Some(Self { length, segments, length_pt, labels, remark })
    }

    /// Its length on the ground.
    pub(in crate::layout) fn length(&self) -> Length {
        self.length
    }

    /// Number of its segments.
    pub(in crate::layout) fn segments(&self) -> u32 {
        self.segments
    }

    /// Width and height of its panel, pt.
    pub(in crate::layout) fn size(&self) -> (f64, f64) {
        let sides = self.overhang();
        let remark = self.remark.as_ref().map_or(0.0, |_| TEXT_PT + 1.5);
        (
            self.length_pt + sides.0 + sides.1 + 2.0 * PADDING,
            2.0 * PADDING + TEXT_PT * 0.72 + 2.5 + BAR_PT + remark,
        )
    }

    /// How far the first and the last label reach beyond the bar.
    fn overhang(&self) -> (f64, f64) {
        let number = |label: Option<&ShapedText>| label.map_or(0.0, |l| l.width);
        let first = number(self.labels.first()) / 2.0;
        // The last number stands over the end; its unit hangs over.
        (first, number(self.labels.last()) - first)
    }

    /// Every, every second or only the last segment has its number, as there is room.
    fn labelled_every(&self, part: f64) -> usize {
        let widest = self.labels.iter().rev().skip(1).map(|l| l.width).fold(0.0, f64::max) + 3.0;
        let segments = self.segments as usize;
        let fits =
            |every: &usize| part * *every as f64 >= widest && segments.is_multiple_of(*every);
        [1, 2].into_iter().find(fits).unwrap_or(segments)
    }

    /// The bar in the panel `place`.
    pub(in crate::layout) fn draw(&self, place: &Rect, theme: &Theme) -> Vec<Item> {
        let (x0, y0) = (f64::from(place.x0), f64::from(place.y0));
        let left = x0 + PADDING + self.overhang().0;
        let baseline = y0 + PADDING + TEXT_PT * 0.72;
        let top = baseline + 2.5;
        let part = self.length_pt / f64::from(self.segments);
        let mut out = Vec::new();
        let stroke = Stroke { color: theme.ink, width: 0.5, dash: Vec::new(), cap: Cap::Butt };
        for i in 0..self.segments {
            let x = left + part * f64::from(i);
            let path = Path::rect(&Rect::new(x, top, x + part, top + BAR_PT));
            let color = if i % 2 == 0 { theme.ink } else { theme.paper };
            out.push(Item::Fill { path: path.clone(), color });
            out.push(Item::Stroke { path, stroke: stroke.clone() });
        }
        let first = self.overhang().0;
        let every = self.labelled_every(part);
        for (i, label) in self.labels.iter().enumerate().step_by(every) {
            let x = left + part * i as f64;
            let last = i + 1 == self.labels.len();
            let start = if last { x - first } else { x - label.width / 2.0 };
            out.extend(items(label.place(start, baseline, theme.ink, None)));
        }
        if let Some(remark) = &self.remark {
            let x = left + (self.length_pt - remark.width) / 2.0;
            let y = top + BAR_PT + TEXT_PT;
            out.extend(items(remark.place(x, y, theme.quiet, None)));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::frame;
    use crate::text::testing::book;

    #[test]
    fn lengths_are_round() {
        let round = |km: f64| round_length(Length::km(km)).0.to_km().round() as u32;
        assert_eq!([round(9.9), round(25.0), round(599.0), round(100.0)], [8, 20, 400, 100]);
        assert_eq!(round_length(Length::m(450.0)), (Length::m(400.0), 4));
    }

    /// The oracle is the geodesic between the two ends of the drawn bar, taken back to the earth.
    #[test]
    fn the_bar_is_as_long_as_it_says() {
        let book = book();
        for extent in [[130.0, 42.2, 131.0, 43.0], [115.0, 41.0, 136.0, 54.0]] {
            let frame = frame(extent);
            let mut setter = Setter::new(&book, &[]);
            for at in [Coord { x: 100.0, y: 380.0 }, Coord { x: 420.0, y: 60.0 }] {
                let bar = ScaleBar::new(&frame, at, &mut setter).unwrap();
                let end = |side: f64| {
                    let x = at.x + side * bar.length_pt / 2.0;
                    frame.to_lonlat(Coord { x, y: at.y }).unwrap()
                };
                let ground = Geodesic::distance(end(-1.0), end(1.0));
                assert!((ground / bar.length - 1.0).abs() < 2e-4, "{ground:?}");
                assert!((60.0..=131.0).contains(&bar.length_pt), "{}", bar.length_pt);
            }
        }
    }

    #[test]
    fn bars_on_maps_of_varying_scale_say_where_they_are_true() {
        let book = book();
        let mut setter = Setter::new(&book, &[]);
        let at = Coord { x: 100.0, y: 380.0 };
        let small = ScaleBar::new(&frame([130.0, 42.2, 131.0, 43.0]), at, &mut setter).unwrap();
        assert!(small.remark.is_none());
        let large = ScaleBar::new(&frame([100.0, 20.0, 150.0, 60.0]), at, &mut setter).unwrap();
        assert!(large.remark.is_some());
    }
}
