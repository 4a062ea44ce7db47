//! The layers of a map: their features in sight, sorted into classes, as shapes on the page.

pub(super) mod classes;
pub(super) mod combine;
pub(super) mod inner_point;
pub(super) mod size;

use std::borrow::Cow;
use std::collections::BTreeMap;

use geo::algorithm::{Area, Simplify};
use geo_types::Coord;

use self::classes::{Bounds, ramp};
use self::combine::{Part, Parts};
use self::inner_point::inner_points;
use self::size::{Scale, reach_pt, sized};
use crate::error::{Error, ErrorKind, Result};
use crate::layout::drawing::chart::{Charts, values};
use crate::layout::drawing::draw::{draw, symbols};
use crate::layout::drawing::flow::bulged;
use crate::layout::drawing::path::areas;
use crate::project::{Frame, PageShape};
use crate::scene::{Color, Item, Rect};
use crate::spec::{
    Chart, Classes, LabelStyle, LayerSpec, LocalText, MapData, MapFeature, Proportional, Style,
    Symbol,
};

/// A feature in sight.
pub(super) struct Seen {
    pub(super) feature: MapFeature,
    pub(super) shape: PageShape,
    /// The class of its layer that it is drawn in.
    pub(super) class: usize,
    /// Diameter of its symbol or width of its line where a number decides, pt.
    pub(super) size_pt: Option<f64>,
    /// The values of its chart.
    pub(super) chart: Option<Vec<f64>>,
    /// Whether its ground is filled by the parts of its layer.
    pub(super) parted: bool,
}

/// A way in which features of a layer are drawn.
pub(super) struct Class {
    pub(super) style: Style,
    pub(super) title: Option<LocalText>,
    pub(super) labels: Option<LabelStyle>,
}

/// A layer with what is in sight of it.
pub(super) struct Layer<'a> {
    pub(super) spec: &'a LayerSpec,
    /// The categories in their order or the classes from the lowest, then the layer's own style.
    pub(super) classes: Vec<Class>,
    /// In the order of their ids.
    pub(super) seen: Vec<Seen>,
    /// What bounds the classes of a number.
    pub(super) bounds: Option<Bounds>,
    /// Sizes by a number.
    pub(super) scale: Option<Scale>,
    /// Charts at the features.
    pub(super) charts: Option<Charts>,
    /// The ground of overlapping areas.
    pub(super) parts: Option<Parts>,
}

impl<'a> Layer<'a> {
    /// Loads, projects and sorts the features of a layer.
    pub(super) fn load(
        spec: &'a LayerSpec,
        data: &dyn MapData,
        year: Option<i32>,
        frame: &Frame,
        fine_pt: f64,
    ) -> Result<Self> {
        check(spec).map_err(|e| e.in_layer(&spec.id))?;
        let mut layer = Self {
            spec,
            classes: categories(spec),
            seen: Vec::new(),
            bounds: None,
            scale: None,
            charts: None,
            parts: None,
        };
        if spec.style.relief.is_some() {
            layer.classes.clear();
            return Ok(layer);
        }
        let highest = spec.highest_rank_at(frame.denominator()).unwrap_or(0);
        let reach = |class: &Class| {
            let largest = spec.size.as_ref().map_or(0.0, |size| reach_pt(size, &class.style));
            class.style.reach_pt().max(largest)
        };
        let margin = layer.classes.iter().map(reach).fold(0.0, f64::max) + 2.0;
        let own = layer.classes.len() - 1;
        let mut features =
            data.features(spec, &frame.bbox(), year).map_err(|e| e.in_layer(&spec.id))?;
        features.retain(|feature| feature.rank <= highest);
        let class_of = |feature: &MapFeature| {
            spec.categories.as_ref().and_then(|c| c.index_of(feature)).unwrap_or(own)
        };
        if let Some(wanted) = &spec.combine {
            let all: Vec<_> = features.iter().map(|f| (class_of(f), f)).collect();
            layer.parts = Some(Parts::new(wanted, &all, &layer.classes, frame, fine_pt));
        }
        let parted = layer.parts.as_ref().map(Parts::ids).unwrap_or_default();
        for feature in features {
            let class = class_of(&feature);
            let parted = parted.contains(&feature.id);
            let shape = match layer.classes[class].style.bulge {
                Some(bulge) => bulged(&feature.geometry, bulge, frame, margin),
                None => frame.shape(&feature.geometry, margin, fine_pt),
            };
            if !shape.is_empty() {
                let (size_pt, chart) = (None, None);
                layer.seen.push(Seen { feature, shape, class, size_pt, chart, parted });
            }
        }
        layer.seen.sort_by(|a, b| a.feature.id.cmp(&b.feature.id));
        if let Some(classes) = &spec.classes {
            layer.graduate(classes);
        }
        layer.size();
        layer.chart();
        Ok(layer)
    }

    /// Sorts the features into classes of a number, each with its colour.
    fn graduate(&mut self, classes: &Classes) {
        let number = |seen: &Seen| seen.feature.property(&classes.property)?.number();
        let numbers: Vec<f64> = self.seen.iter().filter_map(number).collect();
        let Some(bounds) = Bounds::new(classes, &numbers) else { return };
        let own = bounds.count();
        for seen in &mut self.seen {
            seen.class = number(seen).map_or(own, |number| bounds.class_of(number));
        }
        let any = |has: fn(&PageShape) -> bool| self.seen.iter().any(|seen| has(&seen.shape));
        let (areas, lines) = (any(|s| !s.polygons.is_empty()), any(|s| !s.lines.is_empty()));
        let painted = |color: Color| {
            let mut style = self.spec.style.clone();
            if self.spec.size.is_some() && style.symbol.is_some() || !areas && !lines {
                style.symbol = Some(Symbol { fill: color, ..style.symbol.unwrap_or_default() });
            } else if areas {
                style.fill = Some(color);
            } else {
                style.stroke = Some(color);
            }
            style
        };
        let colors = ramp(&classes.ramp, bounds.count());
        let titles = bounds.titles(classes);
        let labels = &self.spec.labels;
        let class = |(title, color)| Class {
            style: painted(color),
            title: Some(title),
            labels: labels.clone(),
        };
        let mut all: Vec<Class> = titles.into_iter().zip(colors).map(class).collect();
        all.push(Class {
            style: self.spec.style.clone(),
            title: Some(no_data()),
            labels: labels.clone(),
        });
        self.classes = all;
        self.bounds = Some(bounds);
    }

    /// Gives the features their sizes; those without a number above 0 are not drawn.
    fn size(&mut self) {
        let Some(size) = &self.spec.size else { return };
        let area = self.classes.iter().any(|class| class.style.symbol.is_some());
        let number = |seen: &Seen| {
            seen.feature.property(&size.property)?.number().filter(|number| *number > 0.0)
        };
        let numbers = self.seen.iter().filter_map(number);
        self.scale = Scale::new(size.largest, size.largest_pt, size.smallest_pt, area, numbers);
        for seen in &mut self.seen {
            let value = number(seen);
            seen.size_pt = self.scale.and_then(|scale| Some(scale.size_pt(value?)));
            if area {
                add_middle(&mut seen.shape);
            }
        }
        self.seen.retain(|seen| seen.size_pt.is_some());
    }

    fn chart(&mut self) {
        let Some(chart) = &self.spec.chart else { return };
        for seen in &mut self.seen {
            seen.chart = values(chart, &seen.feature);
            if seen.chart.is_some() {
                add_middle(&mut seen.shape);
            }
        }
        self.charts = Charts::new(chart, self.seen.iter().filter_map(|seen| seen.chart.as_deref()));
    }

    /// The style of a feature, at its size.
    pub(super) fn style(&self, seen: &Seen) -> Cow<'_, Style> {
        let style = &self.classes[seen.class].style;
        match seen.size_pt {
            Some(size_pt) => Cow::Owned(sized(style, size_pt)),
            None => Cow::Borrowed(style),
        }
    }

    /// The shapes of a class.
    pub(super) fn shapes(&self, class: usize) -> Vec<&PageShape> {
        self.seen.iter().filter(|seen| seen.class == class).map(|seen| &seen.shape).collect()
    }

    /// The shapes of a class whose ground no parts fill.
    pub(super) fn unparted(&self, class: usize) -> Vec<&PageShape> {
        let of = |seen: &&Seen| seen.class == class && !seen.parted;
        self.seen.iter().filter(of).map(|seen| &seen.shape).collect()
    }

    /// The ways in which areas are filled and named: the classes of those in sight that are not
    /// parted, then the parts that the legend lists.
    pub(super) fn fills_mut(&mut self) -> Vec<&mut Class> {
        let area = |class| self.unparted(class).iter().any(|shape| !shape.polygons.is_empty());
        let filled: Vec<bool> = (0..self.classes.len()).map(area).collect();
        let classes = self.classes.iter_mut().zip(filled).filter(|(_, area)| *area);
        let parts = self.parts.iter_mut().flat_map(Parts::listed_mut);
        classes.map(|(class, _)| class).chain(parts.map(|part| &mut part.class)).collect()
    }

    /// How far the symbol or chart of a feature reaches from its point, pt.
    pub(super) fn radius_pt(&self, seen: &Seen) -> f64 {
        let symbol = self.style(seen).symbol.map_or(0.0, |symbol| symbol.size_pt / 2.0);
        let half = |rect: Rect| f64::from(rect.width().max(rect.height())) / 2.0;
        let chart = self.chart_rect(seen).map_or(0.0, half);
        symbol.max(chart)
    }

    /// The box of a feature's chart.
    pub(super) fn chart_rect(&self, seen: &Seen) -> Option<Rect> {
        let (charts, values) = (self.charts.as_ref()?, seen.chart.as_ref()?);
        seen.shape.points.first().map(|at| charts.rect(*at, values))
    }

    /// The boxes of the symbols of a class, charts apart.
    pub(super) fn symbol_rects(&self, class: usize) -> Vec<Rect> {
        let around = |(at, symbol): (Coord, Symbol)| {
            let r = symbol.size_pt / 2.0;
            Rect::new(at.x - r, at.y - r, at.x + r, at.y + r)
        };
        if self.scale.is_none() {
            let all = symbols(&self.classes[class].style, &self.shapes(class));
            return all.into_iter().map(around).collect();
        }
        let members = self.seen.iter().filter(|seen| seen.class == class);
        members.flat_map(|seen| symbols(&self.style(seen), &[&seen.shape])).map(around).collect()
    }

    /// The items of the layer above those `below` it.
    pub(super) fn draw_over(&self, below: &[Layer<'_>]) -> Vec<Item> {
        let items = self.draw();
        let coverages = below.iter().filter(|layer| self.spec.on_land && layer.spec.coverage);
        let land: Vec<&PageShape> =
            coverages.flat_map(|layer| &layer.seen).map(|seen| &seen.shape).collect();
        if land.is_empty() || items.is_empty() {
            return items;
        }
        let clip = Some(areas(land.into_iter().flat_map(|shape| &shape.polygons)));
        vec![Item::Group { clip, opacity: 1.0, items }]
    }

    /// The items of the layer. The layer's own style lies below its categories, of which the first
    /// is on top; where sizes differ, the larger lies below the smaller. Charts lie above all else.
    fn draw(&self) -> Vec<Item> {
        let mut items: Vec<Item> = if self.scale.is_some() {
            let mut order: Vec<&Seen> = self.seen.iter().collect();
            let size = |seen: &Seen| seen.size_pt.unwrap_or(0.0);
            order.sort_by(|a, b| size(b).total_cmp(&size(a)));
            let one = |seen: &&Seen| draw(&self.style(seen), &[&seen.shape], false);
            order.iter().flat_map(one).collect()
        } else {
            let of = |class: usize| {
                draw(&self.classes[class].style, &self.unparted(class), self.spec.coverage)
            };
            (0..self.classes.len()).rev().flat_map(of).collect()
        };
        items.extend(self.draw_parts());
        items.extend(self.draw_charts());
        items
    }

    /// The parts, each filled on its own, and above them their members without fills.
    fn draw_parts(&self) -> Vec<Item> {
        let Some(parts) = &self.parts else { return Vec::new() };
        let fill = |part: &Part| draw(&part.class.style, &[&part.shape], false);
        let mut items: Vec<Item> = parts.all.iter().flat_map(fill).collect();
        for (index, class) in self.classes.iter().enumerate().rev() {
            let members = self.seen.iter().filter(|seen| seen.class == index && seen.parted);
            let shapes: Vec<&PageShape> = members.map(|seen| &seen.shape).collect();
            let outline = Style { fill: None, hatch: None, ..class.style.clone() };
            items.extend(draw(&outline, &shapes, false));
        }
        items
    }

    fn draw_charts(&self) -> Vec<Item> {
        let Some(charts) = &self.charts else { return Vec::new() };
        let mut order: Vec<(Coord, &[f64])> = self
            .seen
            .iter()
            .filter_map(|seen| Some((*seen.shape.points.first()?, seen.chart.as_deref()?)))
            .collect();
        order.sort_by(|a, b| charts.size(b.1).1.total_cmp(&charts.size(a.1).1));
        order.into_iter().flat_map(|(at, values)| charts.draw(at, values)).collect()
    }
}

/// What no type can forbid.
fn check(spec: &LayerSpec) -> Result<()> {
    if spec.classes.is_some() && spec.categories.is_some() {
        return Err(Error::new(ErrorKind::Spec, "both categories and classes are given")
            .with_hint("colour by one of them, and show the other by `size`")
            .at("classes"));
    }
    combine::check(spec)?;
    spec.classes.iter().try_for_each(Classes::check)?;
    spec.size.iter().try_for_each(Proportional::check)?;
    spec.chart.iter().try_for_each(Chart::check)
}

fn categories(spec: &LayerSpec) -> Vec<Class> {
    let categories = spec.categories.iter().flat_map(|c| &c.values);
    let mut classes: Vec<Class> = categories
        .map(|category| Class {
            style: category.style.over(&spec.style),
            title: category.title.clone(),
            labels: category.labels.clone().or_else(|| spec.labels.clone()),
        })
        .collect();
    classes.push(Class {
        style: spec.style.clone(),
        title: spec.title.clone(),
        labels: spec.labels.clone(),
    });
    classes
}

/// What the legend says of features without a number.
fn no_data() -> LocalText {
    let texts = [("en", "no data"), ("zh", "无数据"), ("ko", "자료 없음"), ("ru", "нет данных")];
    let table: BTreeMap<String, String> =
        texts.iter().map(|(lang, text)| ((*lang).to_owned(), (*text).to_owned())).collect();
    LocalText::ByLanguage(table)
}

/// Gives an area or a line a point in its middle, for a symbol or chart, if it has none.
fn add_middle(shape: &mut PageShape) {
    if !shape.points.is_empty() {
        return;
    }
    let largest =
        shape.polygons.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
    let inner = largest.and_then(|area| inner_points(&area.simplify(1.0), 1).first().copied());
    let middle = || shape.lines.first().and_then(|line| line.0.get(line.0.len() / 2)).copied();
    let point = inner.or_else(middle);
    shape.points.extend(point);
}
