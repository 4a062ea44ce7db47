//! What a label says, and its lines.

use super::super::layers::Seen;
use super::super::setter::Setter;
use super::lettering::Lettering;
use crate::spec::{LabelPlacement, LabelStyle, SecondLanguage, lines_of};
use crate::text::{Align, TextBlock, TextStyle};

/// The second language is set smaller by this factor.
const SECOND: f64 = 0.92;

/// What the label says: language and text of each line.
pub(super) fn texts(
    seen: &Seen,
    style: &LabelStyle,
    languages: &[String],
) -> Vec<(String, String)> {
    let languages =
        if style.one_language { languages.get(..1).unwrap_or_default() } else { languages };
    let lines: Vec<(String, String)> = if style.field == "name" {
        let lines = lines_of(&seen.feature.names, languages);
        lines.into_iter().map(|(lang, text)| (lang.to_owned(), text.to_owned())).collect()
    } else {
        let lang = languages.first().cloned().unwrap_or_default();
        let value = seen.feature.property(&style.field);
        value.map(|v| (lang, v.to_text())).into_iter().collect()
    };
    let capitals = |text: String| if style.uppercase { text.to_uppercase() } else { text };
    lines
        .into_iter()
        .map(|(lang, text)| (lang, capitals(text)))
        .filter(|(_, text)| !text.trim().is_empty())
        .collect()
}

fn text_style<'a>(style: &LabelStyle, line: usize, lang: &'a str) -> TextStyle<'a> {
    TextStyle {
        size_pt: if line == 0 { style.size_pt } else { style.size_pt * SECOND },
        face: style.face,
        letter_spacing_pt: style.letter_spacing_pt,
        lang: Some(lang),
    }
}

/// The lines as a block: for both languages in one line, or each in its own.
pub(super) fn block(
    lines: &[(String, String)],
    style: &LabelStyle,
    setter: &mut Setter<'_>,
) -> TextBlock {
    let width = style.wrap_pt.unwrap_or(f64::INFINITY);
    if style.placement == LabelPlacement::Line || style.second == SecondLanguage::Beside {
        let text: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
        // The language that decides between fonts, if there is one.
        let tells = |lang: &&str| matches!(*lang, "zh" | "ko" | "ja");
        let mut langs = lines.iter().map(|(lang, _)| lang.as_str());
        let lang = langs.clone().find(tells).or_else(|| langs.next()).unwrap_or("en");
        let set = text_style(style, 0, lang);
        if style.placement == LabelPlacement::Line {
            return TextBlock::stack(vec![setter.line(&text.join("  "), &set)], Align::Left);
        }
        return setter.wrap(&text.join(" "), &set, width, Align::Center);
    }
    let mut shaped = Vec::new();
    for (i, (lang, text)) in lines.iter().enumerate() {
        shaped.extend(setter.wrap(text, &text_style(style, i, lang), width, Align::Center).lines);
    }
    TextBlock::stack(shaped, Align::Center)
}

/// Each language in one line, to be set along a curve.
pub(super) fn letterings(
    lines: &[(String, String)],
    style: &LabelStyle,
    setter: &mut Setter<'_>,
) -> Vec<Lettering> {
    let line = |(i, (lang, text)): (usize, &(String, String))| {
        Lettering::new(&setter.line(text, &text_style(style, i, lang)))
    };
    lines.iter().enumerate().map(line).collect()
}
