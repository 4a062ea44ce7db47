//! What the legend explains: the blocks of rows for the layers in sight.

use super::key::{Key, KeySort};
use super::swatch::{Sort, Swatch};
use super::words::Words;
use super::{GROUP_PT, Row, SWATCH, TEXT_PT};
use crate::layout::drawing::chart::Charts;
use crate::layout::furniture::numbers::{decimals_for, with_unit, written};
use crate::layout::layers::Layer;
use crate::layout::layers::combine::Part;
use crate::layout::layers::size::Scale;
use crate::layout::setter::Setter;
use crate::spec::{Chart, ChartKind, LocalText, Style, Symbol};
use crate::text::FaceStyle;

/// So many combinations of a layer stand in one column.
const PARTS_TOGETHER: usize = 6;

/// Rows that no column break parts.
pub(super) struct Block {
    pub(super) rows: Vec<Row>,
}

/// Sets the texts of one legend.
struct Writer<'s, 'b> {
    setter: &'s mut Setter<'b>,
    width_pt: f64,
}

impl Writer<'_, '_> {
    fn words(&mut self, text: &LocalText) -> Words {
        Words::new(text, TEXT_PT, FaceStyle::Regular, self.width_pt, self.setter)
    }

    fn heading(&mut self, text: &LocalText, size_pt: f64) -> Row {
        Row::Heading(Words::new(text, size_pt, FaceStyle::Bold, self.width_pt, self.setter))
    }
}

/// The blocks of all layers in sight: by group in the order of the groups (layers without one
/// first), then points, lines and areas, those on top first.
pub(super) fn blocks(layers: &[Layer<'_>], width_pt: f64, setter: &mut Setter<'_>) -> Vec<Block> {
    let mut writer = Writer { setter, width_pt };
    let mut groups: Vec<Option<&LocalText>> = vec![None];
    let mut found: Vec<(usize, Sort, Block)> = Vec::new();
    for layer in layers.iter().rev().filter(|layer| layer.spec.legend && !layer.seen.is_empty()) {
        let group = layer.spec.group.as_ref();
        let place = groups.iter().position(|known| *known == group).unwrap_or_else(|| {
            groups.push(group);
            groups.len() - 1
        });
        found.extend(of_layer(layer, &mut writer).into_iter().map(|(sort, b)| (place, sort, b)));
    }
    found.sort_by_key(|(group, sort, _)| (*group, *sort));
    let mut last = 0;
    let mut blocks = Vec::new();
    for (group, _, mut block) in found {
        if group != last
            && let Some(text) = groups.get(group).copied().flatten()
        {
            block.rows.insert(0, writer.heading(text, GROUP_PT));
        }
        last = group;
        blocks.push(block);
    }
    blocks
}

fn of_layer(layer: &Layer<'_>, writer: &mut Writer<'_, '_>) -> Vec<(Sort, Block)> {
    let titled = layer.spec.title.is_some();
    if layer.spec.classes.is_some() && !titled {
        return Vec::new();
    }
    let numbers = layer.spec.classes.is_some() || layer.scale.is_some() || layer.charts.is_some();
    let whole = titled && numbers;
    let mut entries = entries(layer, writer);
    let together = layer.parts.is_some() && entries.len() <= PARTS_TOGETHER;
    if together && let Some((sort, _)) = entries.first() {
        let sort = *sort;
        return vec![(sort, Block { rows: entries.into_iter().map(|(_, row)| row).collect() })];
    }
    if !whole {
        let single = |(sort, row)| (sort, Block { rows: vec![row] });
        return entries.into_iter().map(single).collect();
    }
    let mut sort = entries.first().map(|(sort, _)| *sort);
    let mut rows: Vec<Row> = Vec::new();
    if layer.spec.classes.is_some() || layer.spec.categories.is_some() {
        rows.extend(entries.drain(..).map(|(_, row)| row));
    }
    if let (Some(scale), Some(size)) = (&layer.scale, &layer.spec.size) {
        let style = key_style(layer);
        let symbols = style.symbol.is_some();
        sort = Some(if symbols { Sort::Point } else { Sort::Line });
        let values = scale.legend(&size.legend);
        let key = Key {
            sort: if symbols { KeySort::Symbols } else { KeySort::Widths },
            style,
            neutral: layer.classes.len() > 1,
            values: sizes(scale, &values, size.unit.as_ref(), writer),
        };
        rows.push(Row::Key(Box::new(key)));
    }
    if let (Some(charts), Some(chart)) = (&layer.charts, &layer.spec.chart) {
        rows.extend(chart_parts(chart, charts, writer));
        rows.push(reference(chart, charts, writer));
        sort = Some(Sort::Point);
    }
    if let Some(title) = &layer.spec.title {
        rows.insert(0, writer.heading(title, TEXT_PT));
    }
    sort.map(|sort| (sort, Block { rows })).into_iter().collect()
}

/// An entry for each class in sight that has a title; for classes of a number, also those between.
/// Where no category has a title, as where all are named on the map, that of the layer stands for all.
fn entries(layer: &Layer<'_>, writer: &mut Writer<'_, '_>) -> Vec<(Sort, Row)> {
    let all: Vec<_> = layer.seen.iter().map(|seen| &seen.shape).collect();
    let ordered = layer.spec.classes.is_some();
    let own = layer.classes.len() - 1;
    let nameless = own > 0 && layer.classes[..own].iter().all(|class| class.title.is_none());
    let mut found = Vec::new();
    for (index, class) in layer.classes.iter().enumerate() {
        let shapes = layer.unparted(index);
        let of_all = if index < own { ordered } else { nameless && !ordered };
        let shapes = if of_all { &all } else { &shapes };
        // The layer's own style is that of the heading where sizes or categories differ.
        if layer.scale.is_some() && !ordered && index == own && own > 0 {
            continue;
        }
        let mut style = class.style.clone();
        if layer.scale.is_some()
            && let Some(symbol) = &mut style.symbol
        {
            symbol.size_pt = SWATCH.1;
        }
        let sort = match style.symbol {
            Some(_) if layer.scale.is_some() => (!shapes.is_empty()).then_some(Sort::Point),
            _ => Sort::of(&style, shapes),
        };
        if let (Some(sort), Some(title)) = (sort, &class.title) {
            let swatch = Box::new(Swatch::new(sort, &style));
            found.push((sort, Row::Entry(swatch, writer.words(title))));
        }
    }
    found.extend(parts(layer, writer));
    found
}

/// An entry for each combination in sight, with its area and shares; that of ground which one area
/// has for itself shows the outline of it.
fn parts(layer: &Layer<'_>, writer: &mut Writer<'_, '_>) -> Vec<(Sort, Row)> {
    let Some(parts) = &layer.parts else { return Vec::new() };
    let entry = |part: &Part| {
        let outline = parts.only_class(part).map(|class| &layer.classes[class].style);
        let style = outline.map_or_else(
            || part.class.style.clone(),
            |outline| Style {
                stroke: outline.stroke,
                stroke_width_pt: outline.stroke_width_pt,
                stroke_dash: outline.stroke_dash.clone(),
                casing: outline.casing,
                ..part.class.style.clone()
            },
        );
        let words = writer.words(part.class.title.as_ref()?);
        let words = match &part.figures {
            Some(figures) => words.with_note(figures, writer.setter),
            None => words,
        };
        let sort = Sort::of(&style, &[&part.shape])?;
        Some((sort, Row::Entry(Box::new(Swatch::new(sort, &style)), words)))
    };
    parts.listed().filter_map(entry).collect()
}

/// The style in which sizes are shown: the layer's, with an edge so that symbols in each other are seen.
fn key_style(layer: &Layer<'_>) -> Style {
    let mut style = layer.classes[layer.classes.len() - 1].style.clone();
    if let Some(symbol) = layer.classes.iter().find_map(|class| class.style.symbol) {
        let stroke = Some(symbol.stroke.unwrap_or(symbol.fill));
        style = Style {
            symbol: Some(Symbol { stroke, stroke_width_pt: 0.5, ..symbol }),
            ..Style::default()
        };
    }
    // Heads would hide how wide the lines are.
    style.arrow = None;
    style
}

/// Sizes and texts of values, the largest first.
fn sizes(
    scale: &Scale,
    values: &[f64],
    unit: Option<&LocalText>,
    writer: &mut Writer<'_, '_>,
) -> Vec<(f64, Words)> {
    let mut rising = values.to_vec();
    rising.reverse();
    let decimals = decimals_for(&rising);
    let said = |value: &f64| {
        let text = with_unit(&written(*value, decimals), unit);
        (scale.size_pt(*value), writer.words(&text))
    };
    values.iter().map(said).collect()
}

/// The parts of a chart; bars of one colour from the first to the last, as they stand.
fn chart_parts(chart: &Chart, charts: &Charts, writer: &mut Writer<'_, '_>) -> Vec<Row> {
    let name = |i: usize| {
        let part = chart.parts.get(i)?;
        Some(part.title.clone().unwrap_or_else(|| LocalText::Plain(part.property.clone())))
    };
    let one_colour = charts.colors.iter().all(|color| Some(color) == charts.colors.first());
    if one_colour && charts.colors.len() > 1 && chart.kind == ChartKind::Bars {
        let ends = [name(0), name(charts.colors.len() - 1)];
        let languages = writer.setter.languages;
        let texts: Vec<String> = ends
            .iter()
            .flatten()
            .filter_map(|text| text.lines(languages).first().map(|(_, text)| (*text).to_owned()))
            .collect();
        let words = writer.words(&LocalText::Plain(texts.join("–")));
        return charts.colors.first().map(|color| Row::Part(*color, words)).into_iter().collect();
    }
    let all = charts.colors.iter().enumerate();
    all.filter_map(|(i, color)| Some(Row::Part(*color, writer.words(&name(i)?)))).collect()
}

/// What the sizes of charts mean.
fn reference(chart: &Chart, charts: &Charts, writer: &mut Writer<'_, '_>) -> Row {
    let mut values = charts.scale.legend(&[]);
    let sort = match chart.kind {
        ChartKind::Pie => KeySort::Symbols,
        ChartKind::Bars => {
            values.truncate(1);
            KeySort::Bar
        }
    };
    let style = Style { symbol: Some(Symbol::default()), ..Style::default() };
    let values = sizes(&charts.scale, &values, chart.unit.as_ref(), writer);
    Row::Key(Box::new(Key { sort, style, neutral: true, values }))
}
