//! The fonts that travel in the file.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::scene::{Font, GlyphRun, Item};
use crate::text::{FontSubset, Outlines, SubsetFont};

/// The fonts of a scene: what is embedded of each, and its outlines for runs that are drawn.
pub(super) struct Fonts<'a> {
    outlines: Vec<Outlines<'a>>,
    wanted: Vec<Option<FontSubset<'a>>>,
    embedded: Vec<Option<SubsetFont>>,
}

impl<'a> Fonts<'a> {
    /// Fonts of which nothing is embedded.
    pub(super) fn outlined(fonts: &'a [Font]) -> Self {
        let outlines = fonts.iter().map(Outlines::new).collect();
        Self { outlines, wanted: Vec::new(), embedded: Vec::new() }
    }

    /// Fonts with an embedded subset for the text of `items`, as far as each can have one.
    pub(super) fn embedded(fonts: &'a [Font], items: &[Item]) -> Self {
        let mut all = Self::outlined(fonts);
        all.wanted = fonts.iter().map(FontSubset::new).collect();
        all.collect(items);
        for wanted in &all.wanted {
            let mut font = wanted.as_ref().and_then(FontSubset::build);
            if let Some(font) = &mut font {
                font.family.retain(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'));
                let same = |other: &SubsetFont| {
                    (&other.family, other.weight, other.italic)
                        == (&font.family, font.weight, font.italic)
                };
                if font.family.is_empty() || all.embedded.iter().flatten().any(same) {
                    _ = write!(font.family, " {}", all.embedded.len());
                }
            }
            all.embedded.push(font);
        }
        all
    }

    fn collect(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Text(run) => {
                    if let Some(wanted) = self.wanted.get_mut(run.font).and_then(Option::as_mut) {
                        wanted.add(run);
                    }
                }
                Item::Group { items, .. } => self.collect(items),
                Item::Fill { .. } | Item::Stroke { .. } | Item::Image(_) => {}
            }
        }
    }

    /// The embedded font that shows `run` as it was shaped, if there is one; else it must be drawn.
    pub(super) fn of(&self, run: &GlyphRun) -> Option<&SubsetFont> {
        let wanted = self.wanted.get(run.font).and_then(Option::as_ref)?;
        self.embedded.get(run.font).and_then(Option::as_ref).filter(|_| wanted.tells(run))
    }

    /// The outlines of a font.
    pub(super) fn outlines(&self, font: usize) -> Option<&Outlines<'a>> {
        self.outlines.get(font)
    }

    /// Appends the style sheet with the embedded fonts.
    ///
    /// They bear the names of the fonts they are cut from: browsers prefer them to the system's fonts
    /// of that name, and programs that take no fonts from files (Illustrator, Inkscape, QGIS) find the
    /// system's, if they are installed.
    pub(super) fn style_sheet(&self, to: &mut String) {
        if self.embedded.iter().all(Option::is_none) {
            return;
        }
        to.push_str("<style>\n");
        for font in self.embedded.iter().flatten() {
            let style = if font.italic { "italic" } else { "normal" };
            _ = write!(
                to,
                "@font-face{{font-family:'{}';font-weight:{};font-style:{style};src:url(data:font/sfnt;base64,",
                font.family, font.weight
            );
            BASE64_STANDARD.encode_string(&font.data, to);
            to.push_str(")}\n");
        }
        to.push_str("</style>\n");
    }
}
