//! Text in one language or several.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// A text: one string for all languages, or a table by language (`{ en = "…", zh = "…" }`).
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a text, or texts by language such as { en = \"…\", zh = \"…\" }")]
pub enum LocalText {
    /// The same in every language.
    Plain(String),
    /// By language tag.
    ByLanguage(BTreeMap<String, String>),
}

impl LocalText {
    /// The text in the first of `languages` that it has (then English, then any), and the text in
    /// the second language when there is one and it differs.
    pub fn lines<'a>(&'a self, languages: &'a [String]) -> Vec<(&'a str, &'a str)> {
        match self {
            Self::Plain(text) => {
                vec![(languages.first().map_or("en", String::as_str), text.as_str())]
            }
            Self::ByLanguage(table) => lines_of(table, languages),
        }
    }
}

/// One or two lines `(language, text)` out of a table by language: the first language asked for
/// (or English, or whatever there is), and the second when it is there and differs.
pub(crate) fn lines_of<'a>(
    table: &'a BTreeMap<String, String>,
    languages: &'a [String],
) -> Vec<(&'a str, &'a str)> {
    let mut lines: Vec<(&str, &str)> = Vec::new();
    for language in languages.iter().take(2) {
        if let Some((key, text)) = table.get_key_value(language)
            && lines.iter().all(|(_, seen)| seen != text)
        {
            lines.push((key, text));
        }
    }
    if lines.is_empty() {
        let any = table.get_key_value("en").or_else(|| table.iter().next());
        lines.extend(any.map(|(key, text)| (key.as_str(), text.as_str())));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_language_is_left_out_when_equal_or_missing() {
        let languages = ["en".to_owned(), "zh".to_owned()];
        let table = |pairs: &[(&str, &str)]| {
            LocalText::ByLanguage(
                pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            )
        };
        let both = table(&[("en", "Hunchun"), ("zh", "珲春")]);
        assert_eq!(both.lines(&languages), [("en", "Hunchun"), ("zh", "珲春")]);
        assert_eq!(table(&[("en", "K"), ("zh", "K")]).lines(&languages), [("en", "K")]);
        assert_eq!(table(&[("ru", "Посьет")]).lines(&languages), [("ru", "Посьет")]);
        assert_eq!(LocalText::Plain("A".into()).lines(&languages), [("en", "A")]);
    }
}
