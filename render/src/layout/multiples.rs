//! Small multiples: one map for each year on one page, with one title, legend, scale bar and foot.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use geo_types::{Coord, Rect as PlaneRect};

use super::compose::{Composed, Drawn, Explain, draw_map, frame, load, scale_line};
use super::describe::describe;
use super::furniture::{Placed, furniture};
use super::labels::Labels;
use super::layers::{Layer, Seen};
use super::setter::{Setter, items};
use super::sheet::{Sheet, page_rect};
use crate::error::{Error, ErrorKind, Result};
use crate::layout::colour::palette;
use crate::layout::furniture::legend::Legend;
use crate::layout::layers::classes::Bounds;
use crate::project::Frame;
use crate::scene::{Item, Rect, Scene};
use crate::spec::{ClassMethod, Corner, MapData, MapSpec, Multiples, Theme};
use crate::text::{FaceStyle, FontBook, TextStyle};

/// Space between maps, pt.
const GAP: f64 = 9.0;
/// Height of the heading of a map, and size of its text, pt.
const HEADING: f64 = 13.0;
const HEADING_PT: f64 = 10.0;
/// Nothing can be read on maps narrower or lower than this, pt.
const SMALLEST_PT: f64 = 100.0;
/// The legend is laid out for a strip of this height below the maps, pt.
const LEGEND_PT: f64 = 100.0;

/// Where the maps stand.
struct Grid<'a> {
    sheet: &'a Sheet,
    columns: usize,
    rows: usize,
}

impl<'a> Grid<'a> {
    fn new(sheet: &'a Sheet, wanted: &Multiples) -> Self {
        let count = wanted.years.len();
        let square = (1..=count).find(|n| n * n >= count).unwrap_or(1);
        let columns = wanted.columns.unwrap_or(square).clamp(1, count);
        Self { sheet, columns, rows: count.div_ceil(columns) }
    }

    /// The rectangle of the map at a place, of `aspect` height per width, with `under` pt below all.
    fn rect(&self, at: usize, aspect: f64, under: f64) -> Result<PlaneRect> {
        let band = self.sheet.band();
        let all = self.sheet.map_rect(1.0, under);
        let each = |size: f64, count: usize| (size + 2.0 * band + GAP) / count as f64 - GAP;
        let width = each(all.width(), self.columns) - 2.0 * band;
        let height = if self.sheet.is_free() {
            width * Sheet::shown_aspect(aspect)
        } else {
            each(all.height(), self.rows) - 2.0 * band - HEADING
        };
        if width < SMALLEST_PT || height < SMALLEST_PT {
            let what = format!(
                "a map of the small multiples would be {width:.0} × {height:.0} pt, smaller than \
                 {SMALLEST_PT} × {SMALLEST_PT} pt"
            );
            return Err(Error::new(ErrorKind::Size, what)
                .with_hint("take a larger page, fewer columns, or fewer years")
                .at("multiples"));
        }
        let step = Coord { x: width + 2.0 * band + GAP, y: height + 2.0 * band + HEADING + GAP };
        let (row, column) = (at / self.columns, at % self.columns);
        let place = Coord { x: step.x * column as f64, y: step.y * row as f64 + HEADING };
        let corner = all.min() + place;
        Ok(PlaneRect::new(corner, corner + Coord { x: width, y: height }))
    }
}

/// One map.
struct Panel<'a> {
    year: i32,
    frame: Frame,
    layers: Vec<Layer<'a>>,
}

/// All maps with room for `below` pt between them and the foot, and why their projection was chosen.
fn panels<'a>(
    spec: &'a MapSpec,
    wanted: &Multiples,
    data: &dyn MapData,
    grid: &Grid<'_>,
    below: f64,
    theme: &Theme,
    setter: &mut Setter<'_>,
) -> Result<(Vec<Panel<'a>>, String)> {
    let mut all = Vec::new();
    let mut why = String::new();
    for (at, year) in wanted.years.iter().enumerate() {
        let place = |aspect: f64, under: f64| grid.rect(at, aspect, under);
        let (frame, reason) = frame(spec, data, grid.sheet, below, setter, &place)?;
        let layers = load(spec, data, Some(*year), &frame, theme)?;
        why = reason;
        all.push(Panel { year: *year, frame, layers });
    }
    Ok((all, why))
}

/// Lays out the map that `spec` asks for once for each year.
pub(super) fn compose(
    spec: &MapSpec,
    wanted: &Multiples,
    data: &dyn MapData,
    fonts: &FontBook,
) -> Result<Composed> {
    check(spec, wanted)?;
    let theme = spec.theme()?;
    let mut setter = Setter::new(fonts, &spec.languages);
    let (width, height) = spec.page.size_pt()?;
    let sheet = Sheet::new(spec, (width, height), &mut setter);
    let grid = Grid::new(&sheet, wanted);
    let setter = &mut setter;
    let (first, _) = panels(spec, wanted, data, &grid, 0.0, &theme, setter)?;
    let shared = shared(spec, &first);
    // What all maps show together is explained once; on a page of fixed height it takes its room
    // from the maps.
    let first = match &shared {
        Some(spec) => panels(spec, wanted, data, &grid, 0.0, &theme, setter)?.0,
        None => first,
    };
    let spec = shared.as_ref().unwrap_or(spec);
    let all_layers = together(first);
    let palette = palette::check(&all_layers, &theme, setter.languages);
    let strip = Rect::new(0.0, 0.0, sheet.map_rect(1.0, 0.0).width(), LEGEND_PT);
    let legend = (spec.furniture.legend != Corner::None)
        .then(|| Legend::new(&all_layers, &spec.furniture, &strip, setter))
        .flatten();
    let below = legend.as_ref().map_or(0.0, |legend| legend.size().1 + Sheet::SPACE_BELOW);
    let (panels, reason) = panels(spec, wanted, data, &grid, below, &theme, setter)?;

    let mut out = Vec::new();
    let mut labels = Labels::default();
    let mut sources: Vec<&str> = Vec::new();
    let mut warnings = Vec::new();
    let (mut bar_at, mut bottom) = (None, 0.0_f64);
    for (at, panel) in panels.iter().enumerate() {
        let map = page_rect(&panel.frame.rect());
        let own = furniture_of(spec, at + 1 == panels.len());
        let mut placed: Placed =
            furniture(&own, data, &panel.frame, &panel.layers, &theme, setter)?;
        let drawn: Drawn<'_> =
            draw_map(&own, data, &panel.frame, &panel.layers, &mut placed, &theme, setter);
        out.extend(drawn.items);
        out.extend(heading(panel.year, &map, sheet.band(), &theme, setter));
        labels.add(&drawn.labels, panel.year);
        sources.extend(drawn.sources);
        warnings.append(&mut placed.warnings);
        bar_at = bar_at.or(placed.bar_at);
        bottom = bottom.max(f64::from(map.y1));
    }
    let Some(Panel { frame, .. }) = panels.first() else {
        return Err(no_years());
    };
    sources.sort_unstable();
    sources.dedup();
    let credits = data.credits(&sources);
    let foot = sheet.foot(spec, &scale_line(frame, bar_at), &credits, setter);
    let mut end = bottom;
    if let Some(legend) = &legend {
        let under = Rect { y1: bottom as f32, ..page_rect(&frame.rect()) };
        let (left, top) = sheet.below_map(&under);
        let (wide, high) = legend.size();
        let place = Rect::new(left, top, left + wide, top + high);
        if f64::from(place.x1) > width {
            warnings.push("no room for the legend".to_owned());
        } else {
            out.extend(legend.draw(&place, &theme));
            end += below;
        }
    }
    out.extend(sheet.draw(end, &foot, &theme));
    let mut said: Vec<String> =
        labels.left_out.iter().map(|name| format!("no room for the label {name}")).collect();
    said.append(&mut warnings);
    said.extend(palette.warnings);
    said.extend(setter.warnings());
    let years: Vec<String> = wanted.years.iter().map(ToString::to_string).collect();
    Ok(Composed {
        scene: Scene {
            width: width as f32,
            height: Rect::new(0.0, 0.0, 0.0, sheet.page_height(end, &foot)).y1,
            background: theme.paper,
            fonts: fonts.fonts(),
            items: out,
        },
        warnings: said,
        credits,
        description: format!(
            "{} One map for each of the years {}; this is what they show together.",
            describe(spec, frame, &all_layers),
            years.join(", ")
        ),
        place: None,
        explain: Explain::new(frame, reason, labels, palette.smallest),
    })
}

fn no_years() -> Error {
    Error::new(ErrorKind::Spec, "multiples.years is empty")
        .with_hint("give the years of the maps, years = [1985, 1996]")
        .at("multiples.years")
}

fn check(spec: &MapSpec, wanted: &Multiples) -> Result<()> {
    if wanted.years.is_empty() {
        return Err(no_years());
    }
    match spec.layers.iter().find(|layer| layer.combine.is_some()) {
        Some(layer) => {
            Err(Error::new(ErrorKind::Spec, "combine does not go together with multiples")
                .with_hint("areas and shares differ from year to year: draw a map for each")
                .at("combine")
                .in_layer(&layer.id))
        }
        None => Ok(()),
    }
}

/// The spec with the largest values and the bounds of classes that all maps share; `None` when no
/// layer needs them.
fn shared(spec: &MapSpec, panels: &[Panel<'_>]) -> Option<MapSpec> {
    let mut out = spec.clone();
    let mut any = false;
    for layer in &mut out.layers {
        let loaded: Vec<&Layer<'_>> = panels
            .iter()
            .flat_map(|panel| &panel.layers)
            .filter(|other| other.spec.id == layer.id)
            .collect();
        let most = |values: Vec<f64>| values.into_iter().max_by(f64::total_cmp);
        if let Some(size) = layer.size.as_mut().filter(|size| size.largest.is_none()) {
            size.largest = most(loaded.iter().filter_map(|l| Some(l.scale?.largest())).collect());
            any |= size.largest.is_some();
        }
        if let Some(chart) = layer.chart.as_mut().filter(|chart| chart.largest.is_none()) {
            let scales = loaded.iter().filter_map(|l| Some(l.charts.as_ref()?.scale.largest()));
            chart.largest = most(scales.collect());
            any |= chart.largest.is_some();
        }
        if let Some(classes) = layer.classes.as_mut().filter(|c| c.method != ClassMethod::Manual) {
            let number = |seen: &Seen| seen.feature.property(&classes.property)?.number();
            let numbers: Vec<f64> =
                loaded.iter().flat_map(|l| &l.seen).filter_map(number).collect();
            let bounds = Bounds::new(classes, &numbers);
            if let Some(bounds) = bounds.filter(|bounds| bounds.count() > 1) {
                classes.breaks = bounds.between().to_vec();
                classes.method = ClassMethod::Manual;
                classes.count = None;
                any = true;
            }
        }
    }
    any.then_some(out)
}

/// The layers with what is in sight of them in any map, each thing once.
fn together<'a>(panels: Vec<Panel<'a>>) -> Vec<Layer<'a>> {
    let mut all: Vec<Layer<'a>> = Vec::new();
    for layer in panels.into_iter().flat_map(|panel| panel.layers) {
        let Some(known) = all.iter_mut().find(|known| known.spec.id == layer.spec.id) else {
            all.push(layer);
            continue;
        };
        known.scale = known.scale.or(layer.scale);
        known.charts = known.charts.take().or(layer.charts);
        let have: BTreeSet<(String, usize)> =
            known.seen.iter().map(|seen| (seen.feature.id.clone(), seen.class)).collect();
        let new = |seen: &Seen| !have.contains(&(seen.feature.id.clone(), seen.class));
        known.seen.extend(layer.seen.into_iter().filter(new));
    }
    all
}

/// The spec for one map: scale bar, north arrow and locator stand on the last one, the legend on none.
fn furniture_of(spec: &MapSpec, last: bool) -> MapSpec {
    let mut own = spec.clone();
    own.furniture.legend = Corner::None;
    if !last {
        own.furniture.scale_bar = Corner::None;
        own.furniture.north_arrow = Corner::None;
        own.furniture.inset = None;
    }
    own
}

/// The year above a map.
fn heading(
    year: i32,
    map: &Rect,
    band: f64,
    theme: &Theme,
    setter: &mut Setter<'_>,
) -> impl Iterator<Item = Item> + use<> {
    let face = FaceStyle::Bold;
    let style = TextStyle { size_pt: HEADING_PT, face, letter_spacing_pt: 0.0, lang: None };
    let line = setter.line(&year.to_string(), &style);
    let baseline = f64::from(map.y0) - band - 0.3 * HEADING_PT;
    items(line.place(f64::from(map.x0) - band, baseline, theme.ink, None))
}

impl Labels {
    /// Adds those of the map of a year.
    fn add(&mut self, other: &Self, year: i32) {
        self.placed += other.placed;
        self.on_leaders += other.on_leaders;
        let of_year = |name: &String| format!("{name} in {year}");
        self.left_out.extend(other.left_out.iter().map(of_year));
        self.quiet_left_out.extend(other.quiet_left_out.iter().map(of_year));
    }
}
