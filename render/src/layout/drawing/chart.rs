//! Small charts: pies whose area is the sum of their parts, bars side by side.

use geo_types::Coord;

use super::path::point;
use crate::layout::layers::size::Scale;
use crate::scene::{Cap, Color, Item, Path, Point, Rect, Stroke};
use crate::spec::{Chart, ChartKind, MapFeature};

/// Width of a bar unless given, and the space between two, pt.
const BAR_PT: f64 = 3.0;
const BAR_GAP_PT: f64 = 0.4;
/// Width of the lines around sectors and below bars, pt.
const LINE_PT: f64 = 0.4;

/// The charts of a layer: their scale, and the colours of sectors and lines.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Charts {
    pub(in crate::layout) kind: ChartKind,
    pub(in crate::layout) scale: Scale,
    pub(in crate::layout) colors: Vec<Color>,
    /// Around sectors and below bars.
    pub(in crate::layout) edge: Color,
    pub(in crate::layout) line: Color,
    bar_pt: f64,
}

/// The values of a feature, those below 0 as 0; `None` when all are 0.
pub(in crate::layout) fn values(chart: &Chart, feature: &MapFeature) -> Option<Vec<f64>> {
    let value = |name: &str| feature.property(name).and_then(|v| v.number()).unwrap_or(0.0);
    let values: Vec<f64> = chart.parts.iter().map(|p| value(&p.property).max(0.0)).collect();
    values.iter().any(|v| *v > 0.0).then_some(values)
}

impl Charts {
    /// The charts that `chart` asks for with the values of all features; `None` when all are 0.
    pub(in crate::layout) fn new<'a>(
        chart: &Chart,
        all: impl Iterator<Item = &'a [f64]>,
    ) -> Option<Self> {
        let pie = chart.kind == ChartKind::Pie;
        let numbers = all.map(|values| match chart.kind {
            ChartKind::Pie => values.iter().sum(),
            ChartKind::Bars => values.iter().copied().fold(0.0, f64::max),
        });
        Some(Self {
            kind: chart.kind,
            scale: Scale::new(chart.largest, chart.largest_pt, None, pie, numbers)?,
            colors: chart.parts.iter().map(|part| part.color).collect(),
            edge: Color::WHITE,
            line: Color::rgb(0x33, 0x33, 0x38),
            bar_pt: chart.bar_pt.unwrap_or(BAR_PT),
        })
    }

    /// Width and height, pt.
    pub(in crate::layout) fn size(&self, values: &[f64]) -> (f64, f64) {
        match self.kind {
            ChartKind::Pie => {
                let size = self.scale.size_pt(values.iter().sum());
                (size, size)
            }
            ChartKind::Bars => {
                let count = values.len() as f64;
                let width = count * self.bar_pt + (count - 1.0).max(0.0) * BAR_GAP_PT;
                let largest = values.iter().copied().fold(0.0, f64::max);
                (width + 2.0 * BAR_GAP_PT, self.scale.size_pt(largest))
            }
        }
    }

    /// The box of a chart about its place.
    pub(in crate::layout) fn rect(&self, at: Coord, values: &[f64]) -> Rect {
        let (w, h) = self.size(values);
        Rect::new(at.x - w / 2.0, at.y - h / 2.0, at.x + w / 2.0, at.y + h / 2.0)
    }

    /// The items of a chart.
    pub(in crate::layout) fn draw(&self, at: Coord, values: &[f64]) -> Vec<Item> {
        match self.kind {
            ChartKind::Pie => self.pie(at, values),
            ChartKind::Bars => self.bars(at, values),
        }
    }

    /// Sectors from 12 o'clock clockwise.
    fn pie(&self, at: Coord, values: &[f64]) -> Vec<Item> {
        let sum: f64 = values.iter().sum();
        let radius = self.scale.size_pt(sum) / 2.0;
        let on = |turn: f64| {
            let (sin, cos) = (turn * std::f64::consts::TAU).sin_cos();
            point(Coord { x: at.x + radius * sin, y: at.y - radius * cos })
        };
        let circle = Path::circle(point(at), radius as f32);
        let mut items = Vec::new();
        let mut rays = Path::default();
        let mut from = 0.0;
        for (value, color) in values.iter().zip(&self.colors).filter(|(value, _)| **value > 0.0) {
            let share = value / sum;
            if share > 0.9999 {
                items.push(Item::Fill { path: circle.clone(), color: *color });
                break;
            }
            let steps = (share * 72.0).ceil().max(1.0);
            let mut ring = vec![point(at)];
            ring.extend((0..=steps as u32).map(|i| on(from + share * f64::from(i) / steps)));
            items.push(Item::Fill { path: Path::ring(ring), color: *color });
            rays.subpaths.extend(Path::line(vec![point(at), on(from)]).subpaths);
            from += share;
        }
        rays.subpaths.extend(circle.subpaths);
        items.push(line(rays, self.edge));
        items
    }

    /// Bars from the left upon their baseline.
    fn bars(&self, at: Coord, values: &[f64]) -> Vec<Item> {
        let (width, tallest) = self.size(values);
        let (left, bottom) = (at.x - width / 2.0, at.y + tallest / 2.0);
        let mut items = Vec::new();
        for (i, (value, color)) in values.iter().zip(&self.colors).enumerate() {
            let x = left + BAR_GAP_PT + i as f64 * (self.bar_pt + BAR_GAP_PT);
            let height = self.scale.size_pt(*value);
            if height > 0.0 {
                let bar = Rect::new(x, bottom - height, x + self.bar_pt, bottom);
                items.push(Item::Fill { path: Path::rect(&bar), color: *color });
                items.push(line(Path::rect(&bar), self.edge.with_alpha(160)));
            }
        }
        let base = vec![Point::new(left, bottom), Point::new(left + width, bottom)];
        items.push(line(Path::line(base), self.line));
        items
    }
}

fn line(path: Path, color: Color) -> Item {
    let stroke = Stroke { color, width: LINE_PT as f32, dash: Vec::new(), cap: Cap::Butt };
    Item::Stroke { path, stroke }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charts(kind: &str) -> Charts {
        let text = format!(
            "kind = '{kind}'\nlargest_pt = 20\n\
             parts = [{{ property = 'a', color = '#112233' }}, {{ property = 'b', color = '#445566' }}]"
        );
        let chart: Chart = toml::from_str(&text).unwrap();
        let all = [vec![75.0, 25.0], vec![25.0, 0.0]];
        Charts::new(&chart, all.iter().map(Vec::as_slice)).unwrap()
    }

    const AT: Coord = Coord { x: 50.0, y: 50.0 };

    #[test]
    fn sectors_start_at_noon_and_cover_their_share() {
        let items = charts("pie").draw(AT, &[75.0, 25.0]);
        let Item::Fill { path, .. } = &items[0] else { panic!() };
        let ring = &path.subpaths[0].points;
        assert_eq!((ring[1].x, ring[1].y), (50.0, 40.0));
        let last = ring[ring.len() - 1];
        assert_eq!((last.x, last.y), (40.0, 50.0), "three quarters end at nine o'clock");
        // A quarter of the sum has half the diameter, and one part is a whole circle.
        let small = charts("pie").draw(AT, &[25.0, 0.0]);
        let Item::Fill { path, .. } = &small[0] else { panic!() };
        assert!((path.bounds().unwrap().width() - 10.0).abs() < 0.05);
        assert_eq!(small.len(), 2);
    }

    #[test]
    fn bars_stand_about_their_place() {
        let charts = charts("bars");
        let items = charts.draw(AT, &[75.0, 37.5]);
        let bounds = |item: &Item| match item {
            Item::Fill { path, .. } => path.bounds().unwrap(),
            _ => panic!(),
        };
        let (first, second) = (bounds(&items[0]), bounds(&items[2]));
        assert_eq!((first.y1, second.y1), (60.0, 60.0));
        assert!((first.height() - 20.0).abs() < 0.01 && (second.height() - 10.0).abs() < 0.01);
        assert!(first.x1 < second.x0);
        assert!(charts.rect(AT, &[75.0, 37.5]).covers(&first));
    }
}
