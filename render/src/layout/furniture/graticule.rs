//! Meridians and parallels, the frame of the map and the degrees along it.

use geo_types::{Coord, LineString};

use crate::layout::compose::earth;
use crate::layout::drawing::path::outlines;
use crate::layout::setter::{Setter, items, turned};
use crate::project::{Frame, PageShape};
use crate::scene::{Cap, Item, Path, Rect, Stroke};
use crate::spec::Theme;
use crate::text::TextStyle;

/// Room that the frame with its labels takes around the map, pt.
pub(in crate::layout) const FRAME_PT: f64 = 10.5;
/// Width of the band of alternating pieces, pt.
const BAND_PT: f64 = 2.0;
/// Size of the labels, pt.
const LABEL_PT: f64 = 5.5;
/// Lines are at least this far apart, pt.
const SPACING_PT: f64 = 62.0;
/// Steps between lines, in seconds of arc.
const STEPS: [u32; 18] = [
    10, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 18_000, 36_000, 54_000, 72_000,
    108_000, 162_000,
];

/// More lines than this are not drawn.
const MOST_LINES: f64 = 400.0;

/// A line of the graticule.
struct Line {
    /// Number of steps from zero: neighbours differ by one.
    number: i64,
    /// Whether it is a meridian.
    meridian: bool,
    label: String,
    pieces: Vec<LineString>,
}

/// The graticule of a frame.
pub(in crate::layout) struct Graticule {
    lines: Vec<Line>,
}

/// Steps in seconds of arc at which lines of longitude and of latitude are about
/// [`SPACING_PT`] apart or a little more.
fn steps(frame: &Frame) -> (u32, u32) {
    let rect = frame.rect();
    let bbox = frame.bbox();
    let pick = |degrees_per_pt: f64| {
        let wanted = degrees_per_pt * SPACING_PT * 3600.0;
        STEPS.into_iter().find(|step| f64::from(*step) >= wanted).unwrap_or(162_000)
    };
    // Degrees per pt in the middle, from the scale there; the box is only the way out beside it.
    let middle = frame.to_lonlat(rect.center());
    let (per_x, per_y) = match (middle, frame.denominators_at(rect.center())) {
        (Some(at), Some((x, y))) => {
            let metres = 111_200.0 / (0.0254 / 72.0);
            (x / metres / at.lat().to_radians().cos().max(0.05), y / metres)
        }
        _ => (bbox.width_degrees() / rect.width(), (bbox.north - bbox.south) / rect.height()),
    };
    (pick(per_x), pick(per_y))
}

/// The steps given, in degrees, unless they make too many lines; else those that suit the frame.
fn chosen_steps(frame: &Frame, step: Option<f64>) -> (u32, u32) {
    let bbox = frame.bbox();
    let given = step.map(|degrees| (degrees * 3600.0).round() as u32).filter(|step| {
        let lines = bbox.width_degrees().max(bbox.north - bbox.south) * 3600.0;
        *step > 0 && lines / f64::from(*step) < MOST_LINES
    });
    given.map_or_else(|| steps(frame), |step| (step, step))
}

/// Degrees between the meridians and between the parallels of a graticule.
pub(in crate::layout) fn steps_degrees(frame: &Frame, step: Option<f64>) -> (f64, f64) {
    let (x, y) = chosen_steps(frame, step);
    (f64::from(x) / 3600.0, f64::from(y) / 3600.0)
}

/// `130°30′E`: degrees, and minutes and seconds where the step has them.
fn label(seconds: i64, step: u32, meridian: bool) -> String {
    let seconds =
        if meridian { (seconds + 648_000).rem_euclid(1_296_000) - 648_000 } else { seconds };
    let size = seconds.unsigned_abs();
    let (degrees, minutes, rest) = (size / 3600, size / 60 % 60, size % 60);
    let mut text = if step.is_multiple_of(3600) {
        format!("{degrees}°")
    } else if step.is_multiple_of(60) {
        format!("{degrees}°{minutes:02}′")
    } else {
        format!("{degrees}°{minutes:02}′{rest:02}″")
    };
    if size != 0 && !(meridian && size == 648_000) {
        text.push(match (meridian, seconds > 0) {
            (true, true) => 'E',
            (true, false) => 'W',
            (false, true) => 'N',
            (false, false) => 'S',
        });
    }
    text
}

impl Graticule {
    /// The lines that cross `frame`, `step` degrees apart (to a second of arc; unless that makes more
    /// lines than could be told apart) or as suits the frame.
    pub(in crate::layout) fn new(frame: &Frame, step: Option<f64>) -> Self {
        let bbox = frame.bbox();
        let (step_x, step_y) = chosen_steps(frame, step);
        let numbers = |low: f64, high: f64, step: u32| {
            let first = (low * 3600.0 / f64::from(step)).ceil() as i64;
            let last = (high * 3600.0 / f64::from(step)).floor() as i64;
            first..=last
        };
        let (west, east) = (bbox.west, bbox.east_unwrapped());
        let mut lines = Vec::new();
        for number in numbers(west, east, step_x) {
            let seconds = number * i64::from(step_x);
            let lon = seconds as f64 / 3600.0;
            let ends = [Coord { x: lon, y: bbox.south }, Coord { x: lon, y: bbox.north }];
            let label = label(seconds, step_x, true);
            lines.push(Line { number, meridian: true, label, pieces: seen(frame, ends) });
        }
        for number in numbers(bbox.south, bbox.north, step_y) {
            let seconds = number * i64::from(step_y);
            let lat = seconds as f64 / 3600.0;
            let ends = [Coord { x: west, y: lat }, Coord { x: east, y: lat }];
            let label = label(seconds, step_y, false);
            lines.push(Line { number, meridian: false, label, pieces: seen(frame, ends) });
        }
        lines.retain(|line| !line.pieces.is_empty());
        Self { lines }
    }

    /// The lines inside the frame.
    pub(in crate::layout) fn draw(&self, theme: &Theme) -> Vec<Item> {
        let shapes: Vec<PageShape> = self
            .lines
            .iter()
            .map(|line| PageShape { lines: line.pieces.clone(), ..PageShape::default() })
            .collect();
        let path = outlines(&shapes);
        if path.subpaths.is_empty() {
            return Vec::new();
        }
        vec![Item::Stroke { path, stroke: solid(theme.graticule, 0.4) }]
    }

    /// Where lines meet a side of the frame: number, position along it, label; in order. Meridians
    /// count at the top and the bottom, parallels on the left and the right; the other sort where
    /// no two of them meet the side, as round a pole.
    fn crossings(&self, frame: &Frame, side: Side) -> Vec<(i64, f64, &str)> {
        let usual = self.crossings_of(frame, side, side.is_level());
        if usual.len() >= 2 {
            return usual;
        }
        let other = self.crossings_of(frame, side, !side.is_level());
        if other.len() >= 2 { other } else { usual }
    }

    fn crossings_of(&self, frame: &Frame, side: Side, meridians: bool) -> Vec<(i64, f64, &str)> {
        let (low, high) = (frame.rect().min(), frame.rect().max());
        let mut all = Vec::new();
        for line in self.lines.iter().filter(|line| line.meridian == meridians) {
            let ends = line.pieces.iter().flat_map(|piece| [piece.0.first(), piece.0.last()]);
            for end in ends.flatten() {
                let (off, along) = match side {
                    Side::Top => (end.y - low.y, end.x),
                    Side::Bottom => (end.y - high.y, end.x),
                    Side::Left => (end.x - low.x, end.y),
                    Side::Right => (end.x - high.x, end.y),
                };
                if off.abs() < 1e-6 {
                    all.push((line.number, along, line.label.as_str()));
                }
            }
        }
        all.sort_by(|a, b| a.1.total_cmp(&b.1));
        all
    }

    /// The neat line, the band of alternating pieces and the labels of the graticule.
    pub(in crate::layout) fn frame(
        &self,
        frame: &Frame,
        theme: &Theme,
        setter: &mut Setter<'_>,
    ) -> Vec<Item> {
        if earth(frame).is_some() {
            let mut out = neat_line(frame, theme, &[0.0]);
            out.extend(self.beside_earth(frame, theme, setter));
            return out;
        }
        let rect = frame.rect();
        let mut out = Vec::new();
        let mut dark = Path::default();
        for side in Side::ALL {
            let crossings = self.crossings(frame, side);
            dark.subpaths.extend(side.band(frame, &crossings).subpaths);
            let mut free_from = f64::NEG_INFINITY;
            for (_, along, label) in &crossings {
                let line = setter.line(label, &TextStyle::regular(LABEL_PT));
                let (start, end) = (along - line.width / 2.0, along + line.width / 2.0);
                let (low, high) = side.range(frame);
                if start < free_from || start < low - 4.0 || end > high + 4.0 {
                    continue;
                }
                free_from = end + 4.0;
                let gap = BAND_PT + 2.2;
                let cap = line.cap_height;
                out.extend(items(match side {
                    Side::Top => line.place(start, rect.min().y - gap, theme.ink, None),
                    Side::Bottom => line.place(start, rect.max().y + gap + cap, theme.ink, None),
                    Side::Left => turned(&line, (rect.min().x - gap, end), -90.0, theme.ink, None),
                    Side::Right => {
                        turned(&line, (rect.max().x + gap + cap, end), -90.0, theme.ink, None)
                    }
                }));
            }
        }
        if !dark.subpaths.is_empty() {
            out.insert(0, Item::Fill { path: dark, color: theme.ink });
        }
        out.extend(neat_line(frame, theme, &[0.0, BAND_PT]));
        out
    }

    /// The labels of a map of the whole earth, where the lines end at its edge; none for discs.
    fn beside_earth(&self, frame: &Frame, theme: &Theme, setter: &mut Setter<'_>) -> Vec<Item> {
        if frame.disc().is_some() || frame.earth_disc().is_some() {
            return Vec::new();
        }
        let mut taken: Vec<Rect> = Vec::new();
        let mut out = Vec::new();
        let (low, high) = (frame.rect().min(), frame.rect().max());
        for line in &self.lines {
            let text = setter.line(&line.label, &TextStyle::regular(LABEL_PT));
            let (w, cap) = (text.width, text.cap_height);
            let points = || line.pieces.iter().flat_map(|piece| &piece.0);
            let by = |key: fn(&Coord) -> f64| {
                let first = points().min_by(|a, b| key(a).total_cmp(&key(b))).copied();
                [first, points().max_by(|a, b| key(a).total_cmp(&key(b))).copied()]
            };
            let ends = if line.meridian { by(|p| p.y) } else { by(|p| p.x) };
            for (end, sign) in ends.into_iter().flatten().zip([-1.0, 1.0]) {
                // Left and right of parallels, above and below meridians.
                let (x, y) = if line.meridian {
                    (end.x - w / 2.0, if sign < 0.0 { end.y - 3.0 } else { end.y + 3.0 + cap })
                } else {
                    (if sign < 0.0 { end.x - 3.0 - w } else { end.x + 3.0 }, end.y + cap / 2.0)
                };
                let place = Rect::new(x, y - cap, x + w, y);
                let on_page = x > low.x - FRAME_PT - 4.0
                    && x + w < high.x + FRAME_PT + 4.0
                    && y - cap > low.y - FRAME_PT
                    && y < high.y + FRAME_PT;
                if on_page && taken.iter().all(|t| !t.overlaps(&place.expanded(1.0))) {
                    out.extend(items(text.place(x, y, theme.ink, None)));
                    taken.push(place);
                }
            }
        }
        out
    }
}

/// The edge of the map: that of the disc or of the earth, or rectangles `distances` pt outside.
pub(in crate::layout) fn neat_line(frame: &Frame, theme: &Theme, distances: &[f64]) -> Vec<Item> {
    if let Some(path) = earth(frame) {
        return vec![Item::Stroke { path, stroke: solid(theme.ink, 0.6) }];
    }
    let (low, high) = (frame.rect().min(), frame.rect().max());
    let around = |d: &f64| {
        let rect = Rect::new(low.x - d, low.y - d, high.x + d, high.y + d);
        Item::Stroke { path: Path::rect(&rect), stroke: solid(theme.ink, 0.5) }
    };
    distances.iter().map(around).collect()
}

fn seen(frame: &Frame, ends: [Coord; 2]) -> Vec<LineString> {
    let steps = 96;
    let line: LineString = (0..=steps)
        .map(|i| ends[0] + (ends[1] - ends[0]) * (f64::from(i) / f64::from(steps)))
        // At a pole itself all meridians meet.
        .map(|at| Coord { x: at.x, y: at.y.clamp(-89.999, 89.999) })
        .collect();
    frame.shape(&line.into(), 0.0, 0.05).lines
}

fn solid(color: crate::scene::Color, width: f32) -> Stroke {
    Stroke { color, width, dash: Vec::new(), cap: Cap::Butt }
}

/// A side of the frame.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Top,
    Bottom,
    Left,
    Right,
}

impl Side {
    const ALL: [Self; 4] = [Self::Top, Self::Bottom, Self::Left, Self::Right];

    fn is_level(self) -> bool {
        matches!(self, Self::Top | Self::Bottom)
    }

    /// Where the side begins and ends, pt.
    fn range(self, frame: &Frame) -> (f64, f64) {
        let (low, high) = (frame.rect().min(), frame.rect().max());
        if self.is_level() { (low.x, high.x) } else { (low.y, high.y) }
    }

    /// The dark pieces of the band: those that begin at an even line (going east or north).
    fn band(self, frame: &Frame, crossings: &[(i64, f64, &str)]) -> Path {
        let (low, high) = (frame.rect().min(), frame.rect().max());
        let (first, last) = self.range(frame);
        let mut ends: Vec<(i64, f64)> = crossings.iter().map(|(n, at, _)| (*n, *at)).collect();
        // Parallels count upwards, the page downwards: a piece has the number of its southern line.
        let first_number = match ends.first() {
            Some((n, _)) if self.is_level() => n - 1,
            Some((n, _)) => *n,
            None => return Path::default(),
        };
        if !self.is_level() {
            for (number, _) in &mut ends {
                *number -= 1;
            }
        }
        ends.insert(0, (first_number, first));
        let next = ends.iter().skip(1).map(|(_, at)| *at).chain([last]);
        let mut path = Path::default();
        for (&(number, from), to) in ends.iter().zip(next) {
            if number.rem_euclid(2) != 0 || to - from < 0.01 {
                continue;
            }
            let rect = match self {
                Self::Top => Rect::new(from, low.y - BAND_PT, to, low.y),
                Self::Bottom => Rect::new(from, high.y, to, high.y + BAND_PT),
                Self::Left => Rect::new(low.x - BAND_PT, from, low.x, to),
                Self::Right => Rect::new(high.x, from, high.x + BAND_PT, to),
            };
            path.subpaths.extend(Path::rect(&rect).subpaths);
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::frame;

    #[test]
    fn labels_say_what_the_step_needs() {
        assert_eq!(label(130 * 3600 + 1800, 1800, true), "130°30′E");
        assert_eq!(label(42 * 3600, 3600, false), "42°N");
        assert_eq!(label(-42 * 3600 - 30, 30, false), "42°00′30″S");
        assert_eq!(label(181 * 3600, 3600, true), "179°W");
        assert_eq!(label(180 * 3600, 3600, true), "180°");
        assert_eq!(label(0, 3600, false), "0°");
    }

    #[test]
    fn steps_follow_the_extent() {
        assert_eq!(steps(&frame([130.0, 42.2, 131.0, 43.0])), (900, 600));
        assert_eq!(steps(&frame([115.0, 41.0, 136.0, 54.0])), (18_000, 18_000));
    }

    #[test]
    fn crossings_are_the_true_places_on_the_frame() {
        let frame = frame([115.0, 41.0, 136.0, 54.0]);
        let graticule = Graticule::new(&frame, None);
        let bottom = graticule.crossings(&frame, Side::Bottom);
        assert!(bottom.len() >= 4);
        for (number, x, label) in bottom {
            let at = frame.to_lonlat(Coord { x, y: frame.rect().max().y }).unwrap();
            assert!((at.lon() - number as f64 * 5.0).abs() < 1e-3, "{label}: {at}");
        }
        let left = graticule.crossings(&frame, Side::Left);
        assert!(left.len() >= 2 && left.windows(2).all(|p| p[0].1 < p[1].1));
    }
}
