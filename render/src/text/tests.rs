//! Tests of font choice and shaping, with the repository's fonts.

use super::testing::book;
use super::*;
use crate::ErrorKind;
use crate::scene::Color;

const REGULAR: usize = 0;
const BOLD: usize = 1;
const SC: usize = 3;
const KR: usize = 4;

fn style(face: FaceStyle, lang: Option<&str>) -> TextStyle<'_> {
    TextStyle { size_pt: 10.0, face, letter_spacing_pt: 0.0, lang }
}

fn fonts(line: &ShapedText) -> Vec<usize> {
    line.runs.iter().map(|run| run.font).collect()
}

#[test]
fn every_character_of_four_scripts_has_a_glyph() {
    let line = book().shape("Tumen 图们江 두만강 Туманная Владивосток", &TextStyle::regular(10.0));
    assert_eq!(line.missing, []);
    assert!(line.runs.iter().flat_map(|r| &r.glyphs).all(|(id, _, _)| *id != 0));
    let text: String = line.runs.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(text, "Tumen 图们江 두만강 Туманная Владивосток");
    for run in &line.runs {
        assert_eq!(run.glyphs.len(), run.text.chars().count(), "{}", run.text);
    }
    let mut xs = line.runs.iter().flat_map(|r| &r.glyphs).map(|(_, x, _)| *x);
    assert!(xs.clone().zip(xs.by_ref().skip(1)).all(|(a, b)| a < b));
}

#[test]
fn a_script_gets_one_font_and_bold_falls_back_to_what_there_is() {
    let book = book();
    let line = book.shape("Hunchun 珲春", &style(FaceStyle::Bold, Some("zh")));
    assert_eq!(fonts(&line), [BOLD, SC]);
    let line = book.shape("두만강 (Tuman)", &style(FaceStyle::Regular, Some("ko")));
    assert_eq!(fonts(&line), [KR, REGULAR]);
    let line = book.shape("图们江 두만강", &style(FaceStyle::Regular, None));
    assert_eq!(fonts(&line), [SC, REGULAR, KR]);
}

#[test]
fn the_language_decides_between_fonts_that_both_have_a_character() {
    let han = &book().fonts()[SC];
    let face = |name: &str, lang: &str| FontFace {
        name: name.to_owned(),
        data: std::sync::Arc::clone(&han.data),
        style: FaceStyle::Regular,
        languages: vec![lang.to_owned()],
    };
    let book = FontBook::new(vec![face("Chinese", "zh"), face("Japanese", "ja")]).unwrap();
    let font = |text, lang| fonts(&book.shape(text, &style(FaceStyle::Bold, lang)));
    assert_eq!(font("日本海", Some("ja")), [1]);
    assert_eq!(font("日本海", Some("zh-Hans")), [0]);
    assert_eq!(font("日本海", Some("ru")), [0]);
    assert_eq!(font("日本海", None), [0]);
}

#[test]
fn missing_characters_are_reported_in_order() {
    let line = book().shape("Rason \u{1F600} ᠮ ᠮ\u{200B}\u{A0}", &TextStyle::regular(10.0));
    assert_eq!(line.missing, ['ᠮ', '\u{1F600}']);
}

#[test]
fn kerning_tightens_and_letter_spacing_widens_but_not_at_the_end() {
    let book = book();
    let width = |text: &str| book.shape(text, &TextStyle::regular(100.0)).width;
    assert!(width("AV") < width("A") + width("V") - 1.0);
    let mut spaced = TextStyle::regular(10.0);
    spaced.letter_spacing_pt = 2.0;
    let (a, b) = (book.shape("日本", &TextStyle::regular(10.0)), book.shape("日本", &spaced));
    assert!((b.width - a.width - 2.0).abs() < 1e-9);
}

#[test]
fn metrics_are_those_of_the_fonts() {
    // Noto Sans: 714/1000 em capitals; ascent 1069, descent 293 (fontTools: OS/2 and hhea tables).
    let line = book().shape("Hx", &TextStyle::regular(100.0));
    assert!((line.cap_height - 71.4).abs() < 1e-6);
    assert!((line.ascent - 106.9).abs() < 1e-6 && (line.descent - 29.3).abs() < 1e-6);
    assert!((line.ink_top - 71.4).abs() < 0.2 && line.ink_bottom.abs() < 0.2);
    let empty = book().shape("", &TextStyle::regular(10.0));
    assert!(empty.runs.is_empty() && empty.width.abs() < 1e-12);
}

#[test]
fn placing_rounds_to_the_scene() {
    let line = book().shape("Rajin", &TextStyle::regular(7.3));
    let runs = line.place(10.123_456, 20.0, Color::BLACK, Some((Color::WHITE, 1.0)));
    for glyph in runs.iter().flat_map(|r| &r.glyphs) {
        let x = f64::from(glyph.origin.x) * 100.0;
        assert!((x - x.round()).abs() < 1e-3);
    }
    assert_eq!(runs[0].text, "Rajin");
}

#[test]
fn what_is_not_a_font_is_refused_by_name() {
    assert_eq!(FontBook::new(vec![]).unwrap_err().kind(), ErrorKind::Font);
    let bad = FontFace {
        name: "Bad".into(),
        data: std::sync::Arc::new([1, 2, 3]),
        style: FaceStyle::Regular,
        languages: vec![],
    };
    assert!(FontBook::new(vec![bad]).unwrap_err().to_string().contains("font 'Bad'"));
}

#[test]
fn outlines_point_down_the_page() {
    let book = book();
    let line = book.shape("H ", &TextStyle::regular(10.0));
    let fonts = book.fonts();
    let outlines = Outlines::new(&fonts[line.runs[0].font]);
    let segments = outlines.glyph(line.runs[0].glyphs[0].0, 10.0);
    assert!(matches!(segments[0], Segment::Move(_)));
    let highest = segments.iter().fold(0.0_f32, |y, s| match s {
        Segment::Move(p) | Segment::Line(p) | Segment::Quad(_, p) | Segment::Cubic(_, _, p) => {
            y.min(p[1])
        }
        Segment::Close => y,
    });
    assert!((highest + 7.14).abs() < 0.05);
    assert!(outlines.glyph(line.runs[0].glyphs[1].0, 10.0).is_empty());
}
