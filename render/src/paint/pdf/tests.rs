//! Tests of the PDF painter by what the file holds.

use std::io::Read;
use std::sync::Arc;

use super::*;
use crate::ErrorKind;
use crate::paint::Metadata;
use crate::scene::{Cap, Color, Image, Point, Stroke, Subpath};
use crate::text::TextStyle;
use crate::text::testing::book;

const RED: Color = Color::rgb(255, 0, 0);

fn scene(items: Vec<Item>) -> Scene {
    Scene { width: 100.0, height: 80.25, background: Color::WHITE, fonts: book().fonts(), items }
}

fn fill(x0: f64, y0: f64, x1: f64, y1: f64, color: Color) -> Item {
    Item::Fill { path: Path::rect(&Rect::new(x0, y0, x1, y1)), color }
}

fn triangle() -> Path {
    Path::ring(vec![Point::new(10.0, 10.0), Point::new(60.0, 10.0), Point::new(10.0, 60.0)])
}

fn label(text: &str, halo: bool) -> GlyphRun {
    let halo = halo.then_some((Color::WHITE, 1.0));
    book().shape(text, &TextStyle::regular(10.0)).place(10.0, 30.0, Color::BLACK, halo).remove(0)
}

fn file(items: Vec<Item>) -> Vec<u8> {
    pdf(&scene(items), &Metadata::default()).unwrap()
}

/// The file as text, its streams of text and drawing unpacked; those of fonts and pixels left out.
fn unpacked(file: &[u8]) -> String {
    let find = |from: usize, what: &[u8]| {
        file[from..].windows(what.len()).position(|w| w == what).map(|at| from + at)
    };
    let mut text = String::new();
    let mut at = 0;
    while let Some(start) = find(at, b"\nstream\n") {
        let end = find(start, b"\nendstream").unwrap();
        text.push_str(&String::from_utf8_lossy(&file[at..start]));
        let body = &file[start + 8..end];
        let mut plain = Vec::new();
        let packed = flate2::read::ZlibDecoder::new(body).read_to_end(&mut plain).is_ok();
        let plain = if packed { &plain } else { body };
        if plain.first().is_some_and(u8::is_ascii_graphic) {
            text.push('\n');
            text.push_str(&String::from_utf8_lossy(plain));
        }
        at = end;
    }
    text + &String::from_utf8_lossy(&file[at..])
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

/// Where an operator of a content stream occurs, in words.
fn places(text: &str, operator: &str) -> Vec<usize> {
    let delimiter = |c: char| c.is_ascii_whitespace() || "[]<>()".contains(c);
    let words = text.split(delimiter).map(|word| word.split('/').next()).enumerate();
    words.filter(|(_, word)| *word == Some(operator)).map(|(i, _)| i).collect()
}

fn operators(text: &str, operator: &str) -> usize {
    places(text, operator).len()
}

#[test]
fn the_file_says_size_language_and_texts_and_no_date() {
    let metadata = Metadata {
        title: "Zones of the Tumen".into(),
        description: "A red rectangle".into(),
        language: "en".into(),
        credits: "© Somebody".into(),
        provenance: "spec 12ab".into(),
        software: "tumen 0.1".into(),
    };
    let write = || pdf(&scene(vec![fill(0.0, 0.0, 50.0, 40.0, RED)]), &metadata).unwrap();
    let bytes = write();
    assert_eq!(bytes, write());
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let text = unpacked(&bytes);
    for part in [
        "/MediaBox[0 0 100 80.25]",
        "/Lang(en)",
        "/Title(Zones of the Tumen)",
        "/Subject(A red rectangle)",
        "/Creator(tumen 0.1)",
        "/S/Figure",
        "/Alt(A red rectangle)",
        "<pdf:Keywords>© Somebody, spec 12ab</pdf:Keywords>",
        "/Count 1",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    for date in ["CreationDate", "ModDate", "CreateDate", "ModifyDate"] {
        assert!(!text.contains(date), "{date}");
    }
}

#[test]
fn pages_without_area_and_files_without_pages_are_refused() {
    for width in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        let error = pdf(&Scene { width, ..scene(vec![]) }, &Metadata::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Size, "{width}");
    }
    let error = PdfDocument::new().finish(&Metadata::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Encoding);
}

#[test]
fn fonts_that_are_none_are_refused_by_name() {
    let font = crate::scene::Font { name: "Nothing".into(), data: Arc::new(vec![1_u8, 2, 3]) };
    let scene = Scene { fonts: vec![font], ..scene(vec![Item::Text(label("A", false))]) };
    let error = pdf(&scene, &Metadata::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Font);
    assert!(error.to_string().contains("Nothing"));
}

#[test]
fn labels_are_text_once_with_their_characters_and_halos_are_paths_below() {
    let items = vec![Item::Text(label("Hunchun", true)), Item::Text(label("珲春", true))];
    let text = unpacked(&file(items));
    assert_eq!((operators(&text, "BT"), operators(&text, "TJ")), (2, 2));
    // Both halos, then both texts.
    let strokes = places(&text, "S");
    assert!(strokes.len() == 2 && strokes[1] < places(&text, "BT")[0]);
    // The tables from glyphs to characters: H, and the first character of the Chinese name.
    for character in ["<0048>", "<73F2>"] {
        assert_eq!(count(&text, character), 1, "{character}");
    }
}

#[test]
fn turned_text_stays_one_line() {
    let mut run = label("Tumen", false);
    let (sin, cos) = 30_f64.to_radians().sin_cos();
    for glyph in &mut run.glyphs {
        glyph.rotation = 30.0;
        let (x, y) = (f64::from(glyph.origin.x) - 10.0, f64::from(glyph.origin.y) - 30.0);
        glyph.origin = Point::new(10.0 + x * cos - y * sin, 30.0 + x * sin + y * cos);
    }
    let text = unpacked(&file(vec![Item::Text(run)]));
    assert_eq!((operators(&text, "BT"), operators(&text, "Tm"), operators(&text, "TJ")), (1, 1, 1));
}

/// A name whose letters are turned one by one, as along a river.
fn curved() -> GlyphRun {
    let mut run = label("Tumen", false);
    for (i, glyph) in run.glyphs.iter_mut().enumerate() {
        glyph.rotation = 10.0 * i as f32;
    }
    run
}

#[test]
fn letters_along_a_curve_are_one_text() {
    let text = unpacked(&file(vec![Item::Text(curved()), Item::Text(label("Hunchun", false))]));
    // One text object for each letter, all of them in a span that says what they show.
    assert_eq!((operators(&text, "BT"), count(&text, "/ActualText(Tumen)")), (6, 1));
    let (begin, end) = (text.find("/ActualText(Tumen)").unwrap(), places(&text, "EMC"));
    assert_eq!((operators(&text, "BDC"), end.len()), (3, 3));
    assert_eq!(operators(&text[begin..text[begin..].find("EMC").unwrap() + begin], "BT"), 5);
    // Letters far apart are one text too, on one line.
    let style = TextStyle { letter_spacing_pt: 4.0, ..TextStyle::regular(10.0) };
    let spaced = book().shape("Japan", &style).place(10.0, 30.0, Color::BLACK, None).remove(0);
    let text = unpacked(&file(vec![Item::Text(spaced)]));
    assert_eq!((operators(&text, "BT"), count(&text, "/ActualText(Japan)")), (1, 1));
    // In a transparency group no span can begin: letters alone.
    let faint = Item::Group { clip: None, opacity: 0.5, items: vec![Item::Text(curved())] };
    let text = unpacked(&file(vec![faint]));
    assert_eq!((operators(&text, "BT"), count(&text, "/ActualText")), (5, 0));
}

#[test]
fn text_with_combined_marks_is_kept_whole() {
    let mut run = label("AB", false);
    run.text = "A\u{301}B".into();
    let text = unpacked(&file(vec![Item::Text(run)]));
    assert_eq!(count(&text, "/ActualText"), 1);
}

#[test]
fn layers_are_made_only_where_the_picture_needs_them() {
    let two = || vec![fill(0.0, 0.0, 60.0, 60.0, RED), fill(0.0, 0.0, 60.0, 60.0, Color::WHITE)];
    let layers = |clip: Option<Path>, opacity, items| {
        let text = unpacked(&file(vec![Item::Group { clip, opacity, items }]));
        let clips = operators(&text, "W*");
        (count(&text, "/S/Transparency"), clips, count(&text, "/ca 0.5"))
    };
    let rect = Path::rect(&Rect::new(10.0, 10.0, 40.0, 30.0));
    assert_eq!(layers(None, 1.0, two()), (0, 0, 0));
    assert_eq!(layers(Some(rect), 1.0, two()), (0, 1, 0));
    assert_eq!(layers(Some(triangle()), 1.0, two()), (1, 1, 0));
    assert_eq!(layers(Some(triangle()), 1.0, vec![two().remove(0)]), (0, 1, 0));
    assert_eq!(layers(Some(triangle()), 0.5, two()), (1, 1, 1));
    assert_eq!(layers(None, 0.5, two()), (1, 0, 1));
}

#[test]
fn colours_keep_their_opacity_and_fills_the_even_odd_rule() {
    let text = unpacked(&file(vec![fill(0.0, 0.0, 50.0, 40.0, RED.with_alpha(51))]));
    assert_eq!((count(&text, "/ca 0.2"), operators(&text, "f*")), (1, 2));
    assert!(text.contains("1 0 0 scn"));
}

#[test]
fn dashes_and_caps_are_kept_and_nonsense_is_solid() {
    let line = |cap, dash: &[f32]| {
        let path = Path::line(vec![Point::new(20.0, 20.0), Point::new(80.0, 20.0)]);
        let stroke = Stroke { color: RED, width: 8.0, dash: dash.to_vec(), cap };
        unpacked(&file(vec![Item::Stroke { path, stroke }]))
    };
    let dashed = line(Cap::Round, &[10.0, 2.5]);
    assert!(dashed.contains("[10 2.5]0 d") && dashed.contains("1 J") && dashed.contains("1 j"));
    for nonsense in [&[0.0, 0.0][..], &[-1.0, 2.0], &[f32::NAN, 1.0]] {
        assert_eq!(operators(&line(Cap::Butt, nonsense), "d"), 0, "{nonsense:?}");
    }
}

#[test]
fn pictures_have_a_soft_mask_only_if_translucent() {
    let masks = |alpha: u8| {
        let rgba = Arc::new([[9, 9, 9, alpha], [0, 0, 0, 255]].concat());
        let rect = Rect::new(10.0, 10.0, 30.0, 20.0);
        let text = unpacked(&file(vec![Item::Image(Image { rect, width: 2, height: 1, rgba })]));
        assert!(text.contains("/Width 2") && text.contains("/Interpolate true"));
        count(&text, "/SMask ")
    };
    assert_eq!((masks(255), masks(128)), (0, 1));
}

#[test]
fn pages_share_fonts_and_have_bookmarks_and_links() {
    let atlas = || {
        let mut document = PdfDocument::new();
        let links = [(Rect::new(0.0, 0.0, 50.0, 10.0), 2)];
        for (title, level) in [("Contents", 0), ("Zones", 0), ("Hunchun", 1), ("Rason", 1)] {
            let scene = scene(vec![Item::Text(label(title, false))]);
            let links = if level == 0 { &links[..] } else { &[] };
            let page = PdfPage { title, level, links, ..PdfPage::new(&scene) };
            document.add_page(&page).unwrap();
        }
        assert_eq!(document.page_count(), 4);
        document.finish(&Metadata::default()).unwrap()
    };
    let bytes = atlas();
    assert_eq!(bytes, atlas());
    let text = unpacked(&bytes);
    assert_eq!((count(&text, "/MediaBox"), count(&text, "/FontFile2")), (4, 1));
    assert_eq!((count(&text, "/Subtype/Link"), count(&text, "/S/Figure")), (2, 4));
    // The outline has two at the top, and one of them has two below; all are open.
    assert_eq!(count(&text, "/Title("), 4);
    assert_eq!((count(&text, "/Count 4"), count(&text, "/Count 2")), (2, 1));
}

#[test]
fn links_to_pages_that_do_not_exist_are_refused() {
    let scene = scene(vec![]);
    let mut document = PdfDocument::new();
    let links = [(Rect::new(0.0, 0.0, 50.0, 10.0), 1)];
    document.add_page(&PdfPage { links: &links, ..PdfPage::new(&scene) }).unwrap();
    let error = document.finish(&Metadata::default()).unwrap_err();
    assert!(error.to_string().contains("page 2"), "{error}");
}

#[test]
fn parts_have_bookmarks_of_their_own() {
    let scene = scene(vec![]);
    let mut document = PdfDocument::new();
    document.add_bookmark("Zones", 0);
    document.add_page(&PdfPage { title: "Hunchun", level: 1, ..PdfPage::new(&scene) }).unwrap();
    let text = unpacked(&document.finish(&Metadata::default()).unwrap());
    assert!(text.contains("/Title(Zones)") && text.contains("/Title(Hunchun)"));
    let mut document = PdfDocument::new();
    document.add_page(&PdfPage::new(&scene)).unwrap();
    document.add_bookmark("Nothing", 0);
    assert!(document.finish(&Metadata::default()).is_err());
}

#[test]
fn what_is_empty_is_skipped() {
    let nothing = Path { subpaths: vec![Subpath { points: vec![], closed: true }] };
    let stroke = Stroke { color: RED, width: 2.0, dash: vec![], cap: Cap::Round };
    let empty =
        Image { rect: Rect::new(0.0, 0.0, 9.0, 9.0), width: 0, height: 0, rgba: Arc::default() };
    let items = vec![
        Item::Fill { path: Path::default(), color: RED },
        Item::Fill { path: nothing.clone(), color: RED },
        Item::Stroke { path: nothing.clone(), stroke },
        Item::Image(empty),
        Item::Group {
            clip: Some(nothing),
            opacity: 0.5,
            items: vec![fill(0.0, 0.0, 90.0, 70.0, RED)],
        },
    ];
    let text = unpacked(&file(items));
    assert_eq!((operators(&text, "f*"), operators(&text, "S")), (1, 0));
}
