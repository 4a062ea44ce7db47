//! The legend: what is in sight, explained by swatches that the map's own code draws.

mod columns;
mod entries;
mod key;
mod swatch;
mod words;

use self::columns::columns;
use self::entries::{Block, blocks};
use self::key::Key;
use self::swatch::{SWATCH, Swatch};
use self::words::Words;
use crate::layout::layers::Layer;
use crate::layout::setter::Setter;
use crate::scene::{Color, Item, Path, Rect};
use crate::spec::{Furniture, Theme};
use crate::text::FaceStyle;

/// Size of the text, of the headings of groups and of the title, pt.
const TEXT_PT: f64 = 6.8;
const GROUP_PT: f64 = 7.2;
const TITLE_PT: f64 = 8.0;
/// Space between one entry and the next, and more of it above a heading, pt.
const ROW_GAP: f64 = 2.8;
const HEADING_GAP: f64 = 3.0;
/// Space inside the panel, and between columns, pt.
const PADDING: f64 = 6.0;
const COLUMN_GAP: f64 = 12.0;
/// Space between swatch and text, and between languages, pt.
const GAP: f64 = 5.0;
/// Texts wider than this are wrapped, pt; on small maps at a share of the map's width.
const TEXT_WIDTH_PT: f64 = 170.0;
const TEXT_SHARE: f64 = 0.45;
/// More columns are tried while the legend is higher than this share of the map.
const HEIGHT_SHARE: f64 = 0.5;
const MOST_COLUMNS: usize = 4;

/// One row of a legend.
enum Row {
    /// Of a group or a layer.
    Heading(Words),
    /// A swatch and what it means.
    Entry(Box<Swatch>, Words),
    /// A part of a chart.
    Part(Color, Words),
    /// What sizes mean.
    Key(Box<Key>),
}

impl Row {
    fn height(&self) -> f64 {
        match self {
            Self::Heading(words) => words.height(),
            Self::Entry(swatch, words) => swatch.size().1.max(words.height()),
            Self::Part(_, words) => SWATCH.1.max(words.height()),
            Self::Key(key) => key.size().1,
        }
    }

    /// Width of the swatch; nothing for rows that have none.
    fn swatch_width(&self) -> f64 {
        match self {
            Self::Entry(swatch, _) => swatch.size().0,
            Self::Part(..) => SWATCH.0,
            Self::Heading(_) | Self::Key(_) => 0.0,
        }
    }

    /// Width with swatches of width `swatch`.
    fn width(&self, swatch: f64) -> f64 {
        match self {
            Self::Heading(words) => words.width(),
            Self::Entry(_, words) | Self::Part(_, words) => swatch + GAP + words.width(),
            Self::Key(key) => key.size().0,
        }
    }
}

/// Rows below each other, with their distances from the top of the column, pt.
struct Column {
    rows: Vec<(f64, Row)>,
    swatch: f64,
    width: f64,
    height: f64,
}

impl Column {
    fn new(blocks: Vec<Block>) -> Self {
        let mut rows: Vec<(f64, Row)> = Vec::new();
        let mut y = 0.0;
        for row in blocks.into_iter().flat_map(|block| block.rows) {
            if let Some((_, above)) = rows.last() {
                y += space(above, &row);
            }
            let height = row.height();
            rows.push((y, row));
            y += height;
        }
        let swatch = rows.iter().map(|(_, row)| row.swatch_width()).fold(0.0, f64::max);
        let width = rows.iter().map(|(_, row)| row.width(swatch)).fold(0.0, f64::max);
        Self { rows, swatch, width, height: y }
    }
}

/// Space between two rows.
fn space(above: &Row, below: &Row) -> f64 {
    let heading = |row: &Row| matches!(row, Row::Heading(_));
    ROW_GAP + if heading(below) && !heading(above) { HEADING_GAP } else { 0.0 }
}

/// A legend, ready to be placed.
pub(in crate::layout) struct Legend {
    title: Option<Words>,
    columns: Vec<Column>,
}

impl Legend {
    /// The legend of what is in sight of `layers`, those on top first, for a `map` of that size;
    /// `None` when there is nothing to explain.
    pub(in crate::layout) fn new(
        layers: &[Layer<'_>],
        wanted: &Furniture,
        map: &Rect,
        setter: &mut Setter<'_>,
    ) -> Option<Self> {
        let room = (f64::from(map.width()), f64::from(map.height()));
        let width = TEXT_WIDTH_PT.min(room.0 * TEXT_SHARE).max(60.0);
        let blocks = blocks(layers, width, setter);
        if blocks.is_empty() {
            return None;
        }
        let title = wanted.legend_title.as_ref();
        let title =
            title.map(|text| Words::new(text, TITLE_PT, FaceStyle::Bold, 2.0 * width, setter));
        let columns = columns(blocks, wanted.legend_columns, room);
        Some(Self { title, columns: columns.into_iter().map(Column::new).collect() })
    }

    /// Height of the title with the space below it, pt.
    fn head(&self) -> f64 {
        self.title.as_ref().map_or(0.0, |title| title.height() + ROW_GAP + HEADING_GAP)
    }

    /// Width and height of the panel, pt.
    pub(in crate::layout) fn size(&self) -> (f64, f64) {
        let gaps = COLUMN_GAP * (self.columns.len() - 1) as f64;
        let widths: f64 = self.columns.iter().map(|column| column.width).sum::<f64>() + gaps;
        let width = self.title.as_ref().map_or(widths, |title| widths.max(title.width()));
        let height = self.columns.iter().map(|column| column.height).fold(0.0, f64::max);
        (2.0 * PADDING + width, 2.0 * PADDING + self.head() + height)
    }

    /// The legend in the panel `place`.
    pub(in crate::layout) fn draw(&self, place: &Rect, theme: &Theme) -> Vec<Item> {
        let mut out = Vec::new();
        let mut left = f64::from(place.x0) + PADDING;
        let mut top = f64::from(place.y0) + PADDING;
        if let Some(title) = &self.title {
            out.extend(title.draw(left, top, theme));
            top += self.head();
        }
        for column in &self.columns {
            for (y, row) in &column.rows {
                out.extend(draw_row(row, (left, top + y), column.swatch, theme));
            }
            left += column.width + COLUMN_GAP;
        }
        out
    }
}

fn draw_row(row: &Row, (left, top): (f64, f64), swatch_width: f64, theme: &Theme) -> Vec<Item> {
    let middle = top + row.height() / 2.0;
    let beside =
        |words: &Words| words.draw(left + swatch_width + GAP, middle - words.height() / 2.0, theme);
    match row {
        Row::Heading(words) => words.draw(left, top, theme),
        Row::Entry(swatch, words) => {
            let mut items = swatch.draw((left + swatch_width / 2.0, middle));
            items.extend(beside(words));
            items
        }
        Row::Part(color, words) => {
            let (x, half) = (left + swatch_width / 2.0, SWATCH.1 / 2.0);
            let rect = Rect::new(x - half, middle - half, x + half, middle + half);
            let mut items = vec![Item::Fill { path: Path::rect(&rect), color: *color }];
            items.extend(beside(words));
            items
        }
        Row::Key(key) => key.draw(left, top, theme),
    }
}
