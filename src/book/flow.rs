//! Text that flows down a page and on to the next.

use std::collections::BTreeMap;

use tumen_render::scene::{Item, Rect};
use tumen_render::text::{Align, FontBook, ShapedText, TextBlock};

use super::page::{LINK, Look, MARGIN, Page, Target};

/// Space between two blocks, pt.
const BETWEEN: f64 = 3.6;
/// Space between the lines of a block that begin anew, pt.
const APART: f64 = 1.2;
/// Space between texts in a row, pt.
const GAP: f64 = 12.0;

/// Pages filled with text from the top; a line that has no room begins the next page.
pub(super) struct Flow<'a> {
    fonts: &'a FontBook,
    pages: Vec<Page>,
    page: Page,
    /// Top of what comes next, pt.
    pub(super) y: f64,
    /// Characters that no font has, with a text that has them.
    missing: BTreeMap<char, String>,
}

impl<'a> Flow<'a> {
    /// A flow that begins on `page` at `top`, pt.
    pub(super) fn new(fonts: &'a FontBook, page: Page, top: f64) -> Self {
        Self { fonts, pages: Vec::new(), page, y: top, missing: BTreeMap::new() }
    }

    /// The page that is being filled.
    pub(super) fn page(&mut self) -> &mut Page {
        &mut self.page
    }

    /// A text over the full width.
    pub(super) fn paragraph(&mut self, text: &str, look: &Look) {
        let width = self.page.inner_width();
        self.lines(text, look, MARGIN, width, None);
        self.y += BETWEEN;
    }

    /// Short texts beside each other, in as many lines as they need.
    pub(super) fn row(&mut self, texts: &[(&str, Look)]) {
        let right = self.page.width - MARGIN;
        let (mut x, mut leading) = (MARGIN, 0.0);
        for (text, look) in texts {
            let shaped = self.fonts.shape(text, &look.style());
            if x > MARGIN && x + shaped.width > right {
                self.y += leading;
                x = MARGIN;
            }
            self.note_missing(&shaped.missing, text);
            self.place(&shaped, x, self.y + look.size_pt, look);
            x += shaped.width + GAP;
            leading = look.leading();
        }
        self.y += leading + if texts.is_empty() { 0.0 } else { BETWEEN };
    }

    /// A label at the left with lines beside it, which may lead somewhere.
    pub(super) fn labelled<'t>(
        &mut self,
        label: &str,
        label_width: f64,
        lines: impl IntoIterator<Item = (&'t str, Option<Target>)>,
    ) {
        let look = Look::TEXT;
        self.need(look.leading());
        let shaped = self.fonts.shape(label, &Look::LABEL.style());
        self.place(&shaped, MARGIN, self.y + look.size_pt, &Look::LABEL);
        let (left, width) = (MARGIN + label_width, self.page.inner_width() - label_width);
        for (text, target) in lines {
            let color = if target.is_some() { LINK } else { look.color };
            self.lines(text, &Look { color, ..look }, left, width, target);
            self.y += APART;
        }
        self.y += BETWEEN - APART;
    }

    /// Begins a page unless there are `height` pt left on this one.
    pub(super) fn need(&mut self, height: f64) {
        if self.y + height > self.page.bottom() {
            let next = Page::portrait();
            self.pages.push(std::mem::replace(&mut self.page, next));
            self.y = MARGIN;
        }
    }

    /// The pages, and a warning for each character that no font has.
    pub(super) fn finish(mut self) -> (Vec<Page>, Vec<String>) {
        self.pages.push(self.page);
        let warn = |(c, text): (char, String)| {
            format!("no font has '{c}' (U+{:04X}) of \"{text}\"", u32::from(c))
        };
        (self.pages, self.missing.into_iter().map(warn).collect())
    }

    /// `text` in lines of at most `width` pt from `left`.
    fn lines(&mut self, text: &str, look: &Look, left: f64, width: f64, target: Option<Target>) {
        let block = TextBlock::wrap(self.fonts, text, &look.style(), width, Align::Left);
        self.note_missing(&block.missing(), text);
        for line in &block.lines {
            self.need(look.leading());
            self.place(line, left, self.y + look.size_pt, look);
            if let Some(target) = target {
                let place = Rect::new(left, self.y, left + line.width, self.y + look.leading());
                self.page.links.push((place, target));
            }
            self.y += look.leading();
        }
    }

    fn note_missing(&mut self, missing: &[char], text: &str) {
        for c in missing {
            self.missing.entry(*c).or_insert_with(|| text.to_owned());
        }
    }

    fn place(&mut self, line: &ShapedText, x: f64, baseline: f64, look: &Look) {
        let runs = line.place(x, baseline, look.color, None);
        self.page.items.extend(runs.into_iter().map(Item::Text));
    }
}
