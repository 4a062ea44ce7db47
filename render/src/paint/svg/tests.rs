//! Tests of the SVG painter by the elements it writes; `tests/svg.rs` compares its pixels.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use resvg::usvg::roxmltree::{Document, Node};

use super::*;
use crate::scene::{Cap, Color, Image, Point, Stroke};
use crate::text::testing::book;
use crate::text::{FaceStyle, TextStyle};

const RED: Color = Color::rgb(255, 0, 0);
const EMBEDDED: SvgOptions = SvgOptions { outlined: false };
const OUTLINED: SvgOptions = SvgOptions { outlined: true };

fn scene(items: Vec<Item>) -> Scene {
    Scene { width: 100.0, height: 80.5, background: Color::WHITE, fonts: book().fonts(), items }
}

fn write(items: Vec<Item>, options: SvgOptions) -> String {
    String::from_utf8(svg(&scene(items), &Metadata::default(), options).unwrap()).unwrap()
}

fn runs(text: &str, halo: Option<(Color, f32)>) -> Vec<GlyphRun> {
    book().shape(text, &TextStyle::regular(10.0)).place(20.0, 30.0, Color::BLACK, halo)
}

fn texts(items: Vec<GlyphRun>) -> Vec<Item> {
    items.into_iter().map(Item::Text).collect()
}

fn all<'a>(document: &'a Document<'_>, tag: &str) -> Vec<Node<'a, 'a>> {
    document.descendants().filter(|node| node.tag_name().name() == tag).collect()
}

#[test]
fn the_file_says_size_and_texts() {
    let metadata = Metadata {
        title: "Ports < zones & \"gates\"\u{1}".into(),
        description: "图们江".into(),
        language: "en".into(),
        credits: "Natural Earth".into(),
        provenance: "spec 1a2b".into(),
        software: "tumen".into(),
    };
    let bytes = svg(&scene(vec![]), &metadata, EMBEDDED).unwrap();
    assert_eq!(bytes, svg(&scene(vec![]), &metadata, EMBEDDED).unwrap());
    let text = String::from_utf8(bytes).unwrap();
    let document = Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("width"), Some("100pt"));
    assert_eq!(root.attribute("height"), Some("80.5pt"));
    assert_eq!(root.attribute("viewBox"), Some("0 0 100 80.5"));
    assert_eq!(root.attribute("aria-labelledby"), Some("title desc"));
    let elements: Vec<(&str, &str)> = root
        .descendants()
        .filter(|node| node.first_child().is_some_and(|child| child.is_text()))
        .map(|node| (node.tag_name().name(), node.text().unwrap().trim()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let title = "Ports < zones & \"gates\"";
    let facts = [("title", title), ("description", "图们江"), ("language", "en")];
    assert_eq!(elements[..2], [("title", title), ("desc", "图们江")]);
    assert_eq!(elements[2..5], facts);
    assert_eq!(
        elements[5..],
        [("rights", "Natural Earth"), ("source", "spec 1a2b"), ("CreatorTool", "tumen")]
    );
}

#[test]
fn what_is_empty_is_left_out() {
    let stroke = Stroke { color: RED, width: 2.0, dash: vec![], cap: Cap::Round };
    let items = vec![
        Item::Fill { path: Path::default(), color: RED },
        Item::Stroke { path: Path::default(), stroke },
    ];
    let text = write(items, EMBEDDED);
    for absent in ["title", "desc", "metadata", "style", "defs", "lang", "aria"] {
        assert!(!text.contains(absent), "{absent} in {text}");
    }
    assert_eq!(all(&Document::parse(&text).unwrap(), "path").len(), 1);
    for (width, height) in [(0.0, 10.0), (10.0, -1.0), (f32::NAN, 10.0), (10.0, f32::INFINITY)] {
        let page = Scene { width, height, ..scene(vec![]) };
        let error = svg(&page, &Metadata::default(), EMBEDDED).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Size);
    }
}

#[test]
fn shapes_say_colour_and_pen() {
    let line = Path::line(vec![Point::new(1.0, 2.0), Point::new(4.0, 2.0)]);
    let pen =
        Stroke { color: RED.with_alpha(128), width: 0.5, dash: vec![3.0, 1.5], cap: Cap::Butt };
    let items = vec![
        Item::Fill { path: Path::rect(&Rect::new(0.0, 0.0, 5.0, 6.0)), color: Color::rgb(1, 2, 3) },
        Item::Stroke { path: line, stroke: pen },
    ];
    let text = write(items, EMBEDDED);
    assert!(text.contains("<path fill=\"#010203\" fill-rule=\"evenodd\" d=\"M0 0h5v6h-5z\"/>"));
    let stroke = "<path fill=\"none\" stroke=\"#f00\" stroke-opacity=\".502\" stroke-width=\".5\" \
                  stroke-linejoin=\"round\" stroke-dasharray=\"3 1.5\" d=\"M1 2h3\"/>";
    assert!(text.contains(stroke), "{text}");
}

#[test]
fn equal_clips_are_written_once() {
    let group = |x1| Item::Group {
        clip: Some(Path::rect(&Rect::new(0.0, 0.0, x1, 9.0))),
        opacity: 0.25,
        items: texts(runs("Rajin", None)),
    };
    let text = write(vec![group(9.0), group(8.0), group(9.0)], EMBEDDED);
    let document = Document::parse(&text).unwrap();
    let clips: Vec<_> = all(&document, "clipPath").iter().map(|c| c.attribute("id")).collect();
    assert_eq!(clips, [Some("clip0"), Some("clip1")]);
    let groups = all(&document, "g");
    let used: Vec<_> = groups.iter().map(|g| g.attribute("clip-path").unwrap()).collect();
    assert_eq!(used, ["url(#clip0)", "url(#clip1)", "url(#clip0)"]);
    assert!(groups.iter().all(|g| g.attribute("opacity") == Some(".25")));
}

#[test]
fn text_stays_text_in_reading_order() {
    let mut items = texts(runs("Rajin 나진 <罗津>", Some((Color::WHITE, 1.0))));
    items.extend(texts(runs("Владивосток", None)));
    let text = write(items, EMBEDDED);
    let document = Document::parse(&text).unwrap();
    let (halos, letters): (Vec<_>, Vec<_>) = all(&document, "text")
        .into_iter()
        .partition(|t| t.parent().unwrap().attribute("aria-hidden") == Some("true"));
    let said: String = letters.iter().map(|t| t.text().unwrap()).collect();
    assert_eq!(said, "Rajin 나진 <罗津>Владивосток");
    assert_eq!(halos.len(), letters.len() - 1);
    for t in &letters {
        let places = t.attribute("x").unwrap().split(' ').count();
        assert_eq!(places, t.text().unwrap().chars().count());
        assert!(!t.attribute("y").unwrap().contains(' '));
    }
    let last_halo = halos.iter().map(|t| t.range().end).max().unwrap();
    assert!(letters.iter().all(|t| t.range().start > last_halo));
    assert_eq!(halos[0].attribute("stroke-width"), Some("2"));
    assert!(all(&document, "path").iter().all(|p| p.attribute("aria-label").is_none()));
}

#[test]
fn every_font_shown_is_embedded_by_its_name_and_style() {
    let style = |face| TextStyle { face, ..TextStyle::regular(9.0) };
    let run =
        |text: &str, face| book().shape(text, &style(face)).place(5.0, 9.0, RED, None).remove(0);
    let items = vec![
        run("Rason", FaceStyle::Bold),
        run("Sea of Japan", FaceStyle::Italic),
        run("图们江", FaceStyle::Regular),
    ];
    let text = write(texts(items), EMBEDDED);
    let faces: Vec<&str> =
        text.lines().filter(|l| l.starts_with("@font-face")).map(|l| &l[..70]).collect();
    let face = |family, weight, style| {
        format!("@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};src")
    };
    let wanted = [
        face("Noto Sans", 700, "normal"),
        face("Noto Sans", 400, "italic"),
        face("Noto Sans SC", 400, "normal"),
    ];
    assert_eq!(faces.len(), 3);
    for (face, wanted) in faces.iter().zip(&wanted) {
        assert!(wanted.starts_with(face) || face.starts_with(wanted.as_str()), "{face}");
    }
    assert!(text.contains("font-family=\"'Noto Sans'\" font-size=\"9\" font-weight=\"700\""));
    assert!(text.len() < 20_000, "{}", text.len());
}

#[test]
fn rotated_runs_turn_about_their_first_glyph() {
    let mut run = runs("Tumen", None).remove(0);
    let (sin, cos) = 30_f64.to_radians().sin_cos();
    let straight = run.glyphs.clone();
    for glyph in &mut run.glyphs {
        let d = f64::from(glyph.origin.x - 20.0);
        glyph.origin = Point::new(20.0 + d * cos, 30.0 + d * sin);
    }
    run.glyphs.iter_mut().for_each(|glyph| glyph.rotation = 30.0);
    let text = write(texts(vec![run]), EMBEDDED);
    let document = Document::parse(&text).unwrap();
    let t = all(&document, "text")[0];
    assert_eq!(t.attribute("transform"), Some("rotate(30 20 30)"));
    assert_eq!(t.attribute("y"), Some("30"));
    for (x, glyph) in t.attribute("x").unwrap().split(' ').zip(straight) {
        assert!((x.parse::<f32>().unwrap() - glyph.origin.x).abs() <= 0.011, "{x}");
    }
}

#[test]
fn what_characters_cannot_say_is_outlined_and_named() {
    // A mark that no letter takes in, a glyph that is not the character's own, and none at all.
    let marked = runs("x\u{0304}", None);
    let mut other = runs("Ab", None);
    other[0].glyphs.swap(0, 1);
    let missing = runs("ᠮ", None);
    for (items, label) in [(marked, "x\u{0304}"), (other, "Ab"), (missing, "ᠮ")] {
        let text = write(texts(items), EMBEDDED);
        let document = Document::parse(&text).unwrap();
        let named: Vec<_> =
            all(&document, "path").iter().filter_map(|p| p.attribute("aria-label")).collect();
        assert_eq!(named, [label]);
        assert!(all(&document, "text").is_empty() && all(&document, "style").is_empty());
    }
}

#[test]
fn outlined_text_needs_no_fonts() {
    let text = write(texts(runs("Rajin 나진", Some((Color::WHITE, 1.0)))), OUTLINED);
    let document = Document::parse(&text).unwrap();
    assert!(all(&document, "text").is_empty() && all(&document, "style").is_empty());
    let paths = all(&document, "path");
    let strokes: Vec<_> = paths.iter().filter_map(|p| p.attribute("stroke-width")).collect();
    assert_eq!(strokes, ["2", "2"]);
    let said: String = paths.iter().filter_map(|p| p.attribute("aria-label")).collect();
    assert_eq!(said, "Rajin 나진");
}

#[test]
fn pictures_keep_their_pixels() {
    for alpha in [255, 100] {
        let rgba: Vec<u8> = (0..6_u8).flat_map(|i| [i * 40, 7, 9, alpha]).collect();
        let rect = Rect::new(10.0, 10.0, 40.0, 30.25);
        let picture = Image { rect, width: 3, height: 2, rgba: Arc::new(rgba.clone()) };
        let text = write(vec![Item::Image(picture)], EMBEDDED);
        let document = Document::parse(&text).unwrap();
        let image = all(&document, "image")[0];
        assert_eq!(image.attribute("height"), Some("20.25"));
        assert_eq!(image.attribute("preserveAspectRatio"), Some("none"));
        let href = image.attribute(("http://www.w3.org/1999/xlink", "href")).unwrap();
        let data = href.strip_prefix("data:image/png;base64,").unwrap();
        let bytes = BASE64_STANDARD.decode(data).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let channels = if alpha == 255 { 3 } else { 4 };
        let kept: Vec<u8> = rgba.chunks(4).flat_map(|pixel| pixel[..channels].to_vec()).collect();
        assert_eq!(pixels, kept);
    }
}
