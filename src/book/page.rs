//! A page of the book: its size, what is on it, and where it leads.

use tumen_render::scene::{Cap, Color, Item, Path, Point, Rect, Scene, Stroke};
use tumen_render::text::{Align, FaceStyle, FontBook, TextBlock, TextStyle};

/// Text and titles.
pub(super) const INK: Color = Color::rgb(0x26, 0x26, 0x2b);
/// What stands back: labels, numbers, other names.
pub(super) const QUIET: Color = Color::rgb(0x66, 0x66, 0x6e);
/// Text that leads to another page.
pub(super) const LINK: Color = Color::rgb(0x14, 0x50, 0x7a);
/// Fine lines.
pub(super) const RULE: Color = Color::rgb(0xc4, 0xc4, 0xca);

/// Long and short side of A4, pt.
const A4: (f64, f64) = (841.89, 595.28);
/// Paper left free at every edge, pt.
pub(super) const MARGIN: f64 = 42.5;
/// Height of the running foot with the space above it, pt.
const FOOT: f64 = 16.0;
/// Size of the foot's text, pt.
const FOOT_PT: f64 = 7.0;

/// Where a place on a page leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To the contents.
    Contents,
    /// To the first page of an entry, by its place among them.
    Entry(usize),
}

/// A page that is being filled.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// Width, pt.
    pub(super) width: f64,
    /// Height, pt.
    pub(super) height: f64,
    pub(super) items: Vec<Item>,
    pub(super) links: Vec<(Rect, Target)>,
    /// What is to be seen and read.
    pub(super) description: String,
}

impl Page {
    /// An empty upright page.
    pub(super) fn portrait() -> Self {
        Self::of(A4.1, A4.0)
    }

    /// An empty page on its side.
    pub(super) fn landscape() -> Self {
        Self::of(A4.0, A4.1)
    }

    /// A page of the width of an upright one without an end, to find how high its text becomes.
    pub(super) fn endless() -> Self {
        Self::of(A4.1, 1e6)
    }

    fn of(width: f64, height: f64) -> Self {
        let (items, links) = (Vec::new(), Vec::new());
        Self { width, height, items, links, description: String::new() }
    }

    /// Width between the margins, pt.
    pub(super) fn inner_width(&self) -> f64 {
        self.width - 2.0 * MARGIN
    }

    /// Where the foot begins, pt.
    pub(super) fn bottom(&self) -> f64 {
        self.height - MARGIN - FOOT
    }

    /// Sets a map onto the page, in the middle of its width, its top at `top`.
    pub(super) fn set_map(&mut self, map: Scene, top: f64) {
        let left = (self.width - f64::from(map.width)) / 2.0;
        self.items.extend(map.items.into_iter().map(|item| item.moved(left, top)));
    }

    /// A fine line across the page at `y`.
    pub(super) fn rule(&mut self, y: f64) {
        let ends = vec![Point::new(MARGIN, y), Point::new(self.width - MARGIN, y)];
        let stroke = Stroke { color: RULE, width: 0.5, dash: Vec::new(), cap: Cap::Butt };
        self.items.push(Item::Stroke { path: Path::line(ends), stroke });
    }

    /// Sets the running foot: the title at the left, the book and the page's number (from 1) at
    /// the right, leading back to the contents.
    pub(super) fn foot(&mut self, title: &str, number: usize, fonts: &FontBook) {
        let style = TextStyle::regular(FOOT_PT);
        let right = fonts.shape(&format!("Tumen atlas · page {number}"), &style);
        let base = self.height - MARGIN;
        self.rule(base - 10.0);
        let left = self.width - MARGIN - right.width;
        self.items.extend(right.place(left, base, QUIET, None).into_iter().map(Item::Text));
        if number > 1 {
            let place = Rect::new(left, base - FOOT_PT - 1.0, left + right.width, base + 3.0);
            self.links.push((place, Target::Contents));
        }
        let room = self.inner_width() - right.width - 20.0;
        let block = TextBlock::wrap(fonts, title, &style, room, Align::Left);
        if let Some(line) = block.lines.first() {
            self.items.extend(line.place(MARGIN, base, QUIET, None).into_iter().map(Item::Text));
        }
    }

    /// The page as it is painted.
    pub(super) fn scene(self, fonts: &FontBook) -> Scene {
        let size = Point::new(self.width, self.height);
        Scene {
            width: size.x,
            height: size.y,
            background: Color::WHITE,
            fonts: fonts.fonts(),
            items: self.items,
        }
    }
}

/// How a text of the book is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) size_pt: f64,
    pub(super) face: FaceStyle,
    pub(super) color: Color,
    pub(super) lang: Option<&'static str>,
}

impl Look {
    /// Running text.
    pub(super) const TEXT: Self =
        Self { size_pt: 8.2, face: FaceStyle::Regular, color: INK, lang: None };
    /// What names the running text beside it.
    pub(super) const LABEL: Self = Self { color: QUIET, ..Self::TEXT };
    /// Headings of parts.
    pub(super) const HEADING: Self = Self { size_pt: 10.5, face: FaceStyle::Bold, ..Self::TEXT };
    /// Titles of pages.
    pub(super) const TITLE: Self = Self { size_pt: 17.0, face: FaceStyle::Bold, ..Self::TEXT };

    /// The style that text is shaped in.
    pub(super) fn style(&self) -> TextStyle<'static> {
        let Self { size_pt, face, lang, .. } = *self;
        TextStyle { size_pt, face, letter_spacing_pt: 0.0, lang }
    }

    /// From baseline to baseline, pt.
    pub(super) fn leading(&self) -> f64 {
        self.size_pt * 1.32
    }
}
