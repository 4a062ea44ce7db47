//! Pages, bookmarks, links and metadata of a document.

use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{BBox, Node, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

use super::tags::Tags;
use super::text::{Fonts, PageText};
use crate::paint::Metadata;
use crate::scene::{Rect, Scene};
use crate::{Error, ErrorKind, Result};

/// A page to be added to a [`PdfDocument`].
#[derive(Clone, Copy, Debug)]
pub struct PdfPage<'a> {
    /// What is on it; its size in pt is the page's.
    pub scene: &'a Scene,
    /// Bookmark; empty for none.
    pub title: &'a str,
    /// Depth of the bookmark, 0 at the top; deeper than one below the bookmark before counts as that.
    pub level: u8,
    /// What is to be seen, for readers who cannot see it; the title if empty.
    pub description: &'a str,
    /// Places on the page that lead to other pages (counted from 0), also to later ones.
    pub links: &'a [(Rect, usize)],
}

impl<'a> PdfPage<'a> {
    /// A page without bookmark and links.
    pub fn new(scene: &'a Scene) -> Self {
        Self { scene, title: "", level: 0, description: "", links: &[] }
    }
}

/// Writes `scene` as a document of one page.
///
/// Letters are text in embedded parts of the fonts, which can be searched and copied; all else is
/// vectors, apart from the scene's own pictures. Colours are sRGB. The same scene gives the same
/// bytes; there is no date. Cost: mostly packing, about 0.1 s per MB of drawing before it.
///
/// # Errors
///
/// [`ErrorKind::Size`] when the page has no area, [`ErrorKind::Font`] when a font cannot be embedded.
pub fn pdf(scene: &Scene, metadata: &Metadata) -> Result<Vec<u8>> {
    let mut document = PdfDocument::new();
    document.add_page(&PdfPage { description: &metadata.description, ..PdfPage::new(scene) })?;
    document.finish(metadata)
}

/// A document that grows page by page, with one set of fonts. Scenes may be dropped once added.
#[derive(Default)]
pub struct PdfDocument {
    document: Document,
    fonts: Fonts,
    bookmarks: Vec<Bookmark>,
    figures: Vec<TagGroup>,
    /// The last page that a link leads to.
    farthest: Option<usize>,
}

struct Bookmark {
    title: String,
    level: u8,
    page: usize,
}

impl PdfDocument {
    /// A document without pages.
    pub fn new() -> Self {
        let settings = SerializeSettings { no_device_cs: true, ..SerializeSettings::default() };
        Self { document: Document::new_with(settings), ..Self::default() }
    }

    /// How many pages there are.
    pub fn page_count(&self) -> usize {
        self.figures.len()
    }

    /// A bookmark to the page that is added next, above that of the page itself: the heading of a
    /// part. `level` as in [`PdfPage::level`].
    pub fn add_bookmark(&mut self, title: &str, level: u8) {
        let page = self.figures.len();
        self.bookmarks.push(Bookmark { title: title.to_owned(), level, page });
    }

    /// Paints a page after the others.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Size`] when the page has no area, [`ErrorKind::Font`] when a font cannot be
    /// embedded; the document is not to be used any more then.
    pub fn add_page(&mut self, page: &PdfPage<'_>) -> Result<()> {
        let scene = page.scene;
        let number = self.figures.len();
        if !page.title.is_empty() {
            self.add_bookmark(page.title, page.level);
        }
        let settings = PageSettings::from_wh(scene.width, scene.height).ok_or_else(|| {
            let what = format!("a page of {} × {} pt cannot be painted", scene.width, scene.height);
            Error::new(ErrorKind::Size, what)
        })?;
        let description = if page.description.is_empty() { page.title } else { page.description };
        let alternative = (!description.is_empty()).then(|| description.to_owned());
        let paper = krilla::geom::Rect::from_xywh(0.0, 0.0, scene.width, scene.height);
        let mut figure = TagGroup::new(
            Tag::Figure(alternative).with_bbox(paper.map(|rect| BBox::new(number, rect))),
        );

        let mut sheet = self.document.start_page_with(settings);
        let mut surface = sheet.surface();
        // The whole map is one figure: its labels in painting order tell nothing when read aloud.
        let tags = Tags::new(&mut surface);
        let mut text = PageText::new(&mut self.fonts, &scene.fonts, tags);
        let painted = super::page(&mut surface, scene, &mut text);
        for stretch in text.tags.finish(&mut surface) {
            figure.push(stretch);
        }
        surface.finish();
        for (rect, target) in page.links {
            let place = krilla::geom::Rect::from_ltrb(rect.x0, rect.y0, rect.x1, rect.y1);
            let Some(place) = place else { continue };
            let target_page = Target::Destination(top_of(*target).into());
            let link = LinkAnnotation::new(place, target_page);
            let annotation = Annotation::new_link(link, Some(format!("page {}", target + 1)));
            let id = sheet.add_tagged_annotation(annotation);
            figure.push(TagGroup::with_children(Tag::Link, vec![Node::from(id)]));
            self.farthest = self.farthest.max(Some(*target));
        }
        sheet.finish();
        self.figures.push(figure);
        painted
    }

    /// The bytes of the file, with `metadata` of the whole document.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encoding`] when there is no page or a link or bookmark leads to a page that does
    /// not exist,
    /// [`ErrorKind::Font`] when a font cannot be embedded.
    pub fn finish(mut self, metadata: &Metadata) -> Result<Vec<u8>> {
        let count = self.figures.len();
        if count == 0 {
            return Err(Error::new(ErrorKind::Encoding, "a PDF needs a page"));
        }
        let marked = self.bookmarks.iter().map(|bookmark| bookmark.page).max();
        if let Some(page) = self.farthest.max(marked).filter(|page| *page >= count) {
            let what =
                format!("a link or bookmark leads to page {}, and the PDF has {count}", page + 1);
            return Err(Error::new(ErrorKind::Encoding, what));
        }
        if !self.bookmarks.is_empty() {
            let mut outline = Outline::new();
            for node in nodes(&self.bookmarks) {
                outline.push_child(node);
            }
            self.document.set_outline(outline);
        }
        let language = (!metadata.language.is_empty()).then(|| metadata.language.clone());
        let mut tree = TagTree::new().with_lang(language);
        for figure in self.figures {
            tree.push(figure);
        }
        self.document.set_tag_tree(tree);
        self.document.set_metadata(information(metadata));
        self.document.finish().map_err(|e| {
            let kind = match e {
                krilla::error::KrillaError::Font(..) => ErrorKind::Font,
                _ => ErrorKind::Encoding,
            };
            Error::new(kind, format!("the PDF could not be written: {e}"))
        })
    }
}

/// The description is the subject; credits and provenance, for which a PDF has no field, are
/// keywords.
fn information(metadata: &Metadata) -> krilla::metadata::Metadata {
    let further = [&metadata.credits, &metadata.provenance];
    let information = krilla::metadata::Metadata::new()
        .title(metadata.title.clone())
        .description(metadata.description.clone())
        .keywords(further.into_iter().filter(|text| !text.is_empty()).cloned().collect())
        .creator(metadata.software.clone())
        .producer(metadata.software.clone());
    if metadata.language.is_empty() {
        information
    } else {
        information.language(metadata.language.clone())
    }
}

fn top_of(page: usize) -> XyzDestination {
    XyzDestination::new(page, Point::from_xy(0.0, 0.0))
}

/// Bookmarks in page order as a forest by their levels.
fn nodes(bookmarks: &[Bookmark]) -> Vec<OutlineNode> {
    let mut nodes = Vec::new();
    let mut rest = bookmarks;
    while let Some((first, after)) = rest.split_first() {
        let below = after.iter().take_while(|next| next.level > first.level).count();
        let mut node = OutlineNode::new(first.title.clone(), top_of(first.page)).with_open(true);
        for child in self::nodes(&after[..below]) {
            node.push_child(child);
        }
        nodes.push(node);
        rest = &after[below..];
    }
    nodes
}
