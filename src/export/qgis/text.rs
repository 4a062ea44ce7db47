//! The texts of the page: title, notes, credits.

use tumen_render::scene::{Color, Rect};
use tumen_render::text::FaceStyle;

use super::layout::{LABEL, color, item};
use crate::export::element::Element;
use crate::export::map::{MapExport, one_line};
use crate::export::style::qml::FAMILIES;

/// Paper left free around everything, pt.
const MARGIN: f64 = 13.0;
/// Height of a line of text as a share of its size.
const LINE: f64 = 1.36;

/// A font as Qt writes it.
pub(super) fn font(size_pt: f64, face: FaceStyle) -> String {
    let weight = if face == FaceStyle::Bold { 75 } else { 50 };
    let italic = u8::from(face == FaceStyle::Italic);
    format!("{},{size_pt},-1,5,{weight},{italic},0,0,0,0", FAMILIES[0])
}

pub(super) fn label(
    name: &str,
    text: &str,
    place: &Rect,
    size_pt: f64,
    face: FaceStyle,
    ink: Color,
) -> Element {
    item(LABEL, name, place)
        .with("labelText", text)
        .with_all(&[
            ("htmlState", "0"),
            ("halign", "1"),
            ("valign", "32"),
            ("marginX", "0"),
            ("marginY", "0"),
            ("background", "false"),
            ("frame", "false"),
        ])
        .child(Element::new("LabelFont").with("description", font(size_pt, face)).with("style", ""))
        .child(color("FontColor", ink))
}

/// Title and subtitle, each language in a line of its own.
pub(super) fn head(map: &MapExport) -> Vec<Element> {
    let (sheet, spec) = (&map.sheet, &map.spec);
    let mut out = Vec::new();
    if !spec.furniture.title {
        return out;
    }
    let texts = [
        ("title", &spec.title, 15.0, FaceStyle::Bold, sheet.theme.ink),
        ("subtitle", &spec.subtitle, 9.0, FaceStyle::Regular, sheet.theme.quiet),
    ];
    let mut y = MARGIN - 4.5;
    for (name, text, size, face, ink) in texts {
        let Some(text) = text else { continue };
        for (at, (_, line)) in text.lines(&spec.languages).into_iter().enumerate() {
            let size = if at == 0 { size } else { size * 0.8 };
            let place = Rect::new(MARGIN, y, sheet.page.0 - MARGIN, y + size * LINE);
            out.push(label(&format!("{name} {}", at + 1), line, &place, size, face, ink));
            y += size * LINE * 0.92;
        }
        y += 2.0;
    }
    out
}

/// Notes, projection and scale, and credits.
pub(super) fn foot(map: &MapExport) -> Option<Element> {
    let (sheet, spec) = (&map.sheet, &map.spec);
    let mut lines: Vec<String> =
        spec.notes.iter().map(|notes| one_line(notes, &spec.languages)).collect();
    if spec.furniture.credits {
        lines.push(sheet.scale_line.clone());
        lines.push(sheet.credits.join(" · "));
    }
    let band = if sheet.graticule.is_some() { 10.5 } else { 0.5 };
    let top = sheet.bottom + band + 2.5;
    let place = Rect::new(MARGIN, top, sheet.page.0 - MARGIN, sheet.page.1 - 2.0);
    let text = lines.join("\n");
    (!text.is_empty())
        .then(|| label("credits", &text, &place, 5.5, FaceStyle::Regular, sheet.theme.quiet))
}
