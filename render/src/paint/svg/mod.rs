//! A scene as an SVG drawing.

mod font;
mod image;
mod path;
mod shape;
mod text;
mod xml;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use self::font::Fonts;
use self::path::{PathData, number};
pub(super) use self::xml::escape;
use super::Metadata;
use crate::scene::{GlyphRun, Item, Path, Rect, Scene};
use crate::{Error, ErrorKind, Result};

/// How an SVG is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SvgOptions {
    /// Whether letters are written as outlines. They look the same in every program, without any
    /// font, but can be neither selected nor searched for, and take more room. Otherwise they are
    /// text, with the fonts in the file, cut down to the characters shown.
    pub outlined: bool,
}

/// Paints `scene` as SVG 1.1 in UTF-8: the page in pt, with coordinates rounded to 1/100 pt. The same
/// scene gives the same bytes everywhere.
///
/// Text is selectable except where a browser could not make the same glyphs from the characters
/// ([`FontSubset::tells`](crate::text::FontSubset::tells)): such runs are outlines that name their
/// characters. A translucent background stays so.
///
/// Cost: in proportion to the points of the paths, about 1 ms per font, and the encoding of pictures.
///
/// # Errors
///
/// [`ErrorKind::Size`] when the page has no area, [`ErrorKind::Encoding`] when a picture on it cannot
/// be encoded.
pub fn svg(scene: &Scene, metadata: &Metadata, options: SvgOptions) -> Result<Vec<u8>> {
    let (width, height) = (scene.width, scene.height);
    if !(width.is_finite() && height.is_finite() && width >= 0.01 && height >= 0.01) {
        let what = format!("a page of {width} × {height} pt cannot be painted");
        return Err(Error::new(ErrorKind::Size, what).with_hint("choose a page with an area"));
    }
    let fonts = if options.outlined {
        Fonts::outlined(&scene.fonts)
    } else {
        Fonts::embedded(&scene.fonts, &scene.items)
    };
    let mut painter = Painter { body: String::new(), fonts, clips: BTreeMap::new() };
    if scene.background.a > 0 {
        let page = Rect { x0: 0.0, y0: 0.0, x1: width, y1: height };
        shape::fill(&mut painter.body, &Path::rect(&page), scene.background);
    }
    painter.items(&scene.items)?;

    let mut out = String::with_capacity(painter.body.len() + 100_000);
    head(&mut out, scene, metadata);
    painter.fonts.style_sheet(&mut out);
    painter.definitions(&mut out);
    out.push_str(&painter.body);
    out.push_str("</svg>\n");
    Ok(out.into_bytes())
}

/// The start of the file: the page and what it says of itself.
fn head(to: &mut String, scene: &Scene, metadata: &Metadata) {
    let Metadata { title, description, language, credits, provenance, software } = metadata;
    let (mut width, mut height) = (String::new(), String::new());
    number(&mut width, f64::from(scene.width));
    number(&mut height, f64::from(scene.height));
    _ = write!(
        to,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         version=\"1.1\" width=\"{width}pt\" height=\"{height}pt\" viewBox=\"0 0 {width} {height}\" \
         text-rendering=\"geometricPrecision\" role=\"img\""
    );
    if !language.is_empty() {
        to.push_str(" xml:lang=\"");
        escape(to, language);
        to.push('"');
    }
    let named = [("title", title), ("desc", description)];
    let named: Vec<&str> = named.iter().filter(|(_, t)| !t.is_empty()).map(|(id, _)| *id).collect();
    if !named.is_empty() {
        _ = write!(to, " aria-labelledby=\"{}\"", named.join(" "));
    }
    to.push_str(">\n");
    xml::element(to, "title id=\"title\"", title);
    xml::element(to, "desc id=\"desc\"", description);
    let facts = [
        ("dc:title", title),
        ("dc:description", description),
        ("dc:language", language),
        ("dc:rights", credits),
        ("dc:source", provenance),
        ("xmp:CreatorTool", software),
    ];
    if facts.iter().any(|(_, text)| !text.is_empty()) {
        to.push_str(
            "<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><rdf:Description rdf:about=\"\">\n",
        );
        for (tag, text) in facts {
            xml::element(to, tag, text);
        }
        to.push_str("</rdf:Description></rdf:RDF></metadata>\n");
    }
}

/// What painting needs besides the scene.
struct Painter<'a> {
    /// What is painted so far.
    body: String,
    fonts: Fonts<'a>,
    /// Numbers of the clips, by their outlines.
    clips: BTreeMap<String, usize>,
}

impl Painter<'_> {
    /// Paints `items`, first at the bottom.
    fn items(&mut self, items: &[Item]) -> Result<()> {
        let mut texts: Vec<&GlyphRun> = Vec::new();
        for item in items {
            if let Item::Text(run) = item {
                texts.push(run);
                continue;
            }
            text::text(&mut self.body, &self.fonts, &texts);
            texts.clear();
            match item {
                Item::Fill { path, color } => shape::fill(&mut self.body, path, *color),
                Item::Stroke { path, stroke } => shape::stroke(&mut self.body, path, stroke),
                Item::Text(_) => {}
                Item::Image(picture) => image::image(&mut self.body, picture)?,
                Item::Group { clip, opacity, items } => {
                    self.group(clip.as_ref(), *opacity, items)?;
                }
            }
        }
        text::text(&mut self.body, &self.fonts, &texts);
        Ok(())
    }

    /// Paints `items` inside `clip`, together with `opacity`.
    fn group(&mut self, clip: Option<&Path>, opacity: f32, items: &[Item]) -> Result<()> {
        self.body.push_str("<g");
        if let Some(path) = clip {
            let count = self.clips.len();
            let number = *self.clips.entry(PathData::of(path).finish()).or_insert(count);
            _ = write!(self.body, " clip-path=\"url(#clip{number})\"");
        }
        shape::opacity(&mut self.body, "opacity", f64::from(opacity));
        self.body.push_str(">\n");
        self.items(items)?;
        self.body.push_str("</g>\n");
        Ok(())
    }

    /// Appends the clips, in the order of their first use.
    fn definitions(&self, to: &mut String) {
        let mut clips: Vec<(usize, &str)> =
            self.clips.iter().map(|(data, number)| (*number, data.as_str())).collect();
        clips.sort_unstable();
        if clips.is_empty() {
            return;
        }
        to.push_str("<defs>\n");
        for (number, data) in clips {
            _ = writeln!(
                to,
                "<clipPath id=\"clip{number}\"><path clip-rule=\"evenodd\" d=\"{data}\"/></clipPath>"
            );
        }
        to.push_str("</defs>\n");
    }
}

#[cfg(test)]
mod tests;
