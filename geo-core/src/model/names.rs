//! The names of a feature in its languages and in the spellings of its sources.

use std::collections::BTreeMap;

/// Names by language, other romanisations, and what the sources print.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// The standard name by ISO 639-1 language (`en`, `zh`, `ko`, `ru`, `mn`, `ja`).
    pub by_language: BTreeMap<String, String>,
    /// Other romanisations and former names.
    pub also: Vec<String>,
    /// The spellings printed in the sources.
    pub printed: Vec<String>,
    /// The same damaged by character recognition, as the copies of the sources have them.
    pub ocr: Vec<String>,
}

impl Names {
    /// The name in `language`, or the English one, or the first there is.
    pub fn get(&self, language: &str) -> &str {
        self.by_language
            .get(language)
            .or_else(|| self.by_language.get("en"))
            .or_else(|| self.by_language.values().next())
            .map_or("", String::as_str)
    }

    /// Every spelling: standard names, then the others.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let others = self.also.iter().chain(&self.printed).chain(&self.ocr);
        self.by_language.values().chain(others).map(String::as_str)
    }

    /// Whether some spelling equals `text`, case, spaces, hyphens and diacritics aside.
    pub fn matches(&self, text: &str) -> bool {
        let wanted = fold(text);
        !wanted.is_empty() && self.all().any(|name| fold(name) == wanted)
    }
}

/// A text without case, diacritics, spaces and punctuation, for comparing spellings.
///
/// ```
/// use tumen_geo_core::model::fold;
/// assert_eq!(fold("Ji'an"), fold("JIAN"));
/// assert_eq!(fold("Sŏnbong"), "sonbong");
/// assert_eq!(fold("图们 江"), "图们江");
/// ```
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(plain).filter(|c| c.is_alphanumeric()).collect()
}

/// The letter without its diacritic, for the Latin letters that romanisations of Chinese, Korean,
/// Japanese, Mongolian and Russian use; `ё` is `е`.
fn plain(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ǎ' => 'a',
        'è'..='ë' | 'ē' | 'ĕ' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ĭ' | 'ǐ' => 'i',
        'ò'..='ö' | 'ō' | 'ŏ' | 'ǒ' => 'o',
        'ù'..='ü' | 'ū' | 'ŭ' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ñ' | 'ń' => 'n',
        'ś' | 'š' => 's',
        'ž' => 'z',
        'ý' | 'ÿ' => 'y',
        'ё' => 'е',
        other => other,
    }
}

/// The number of letters to insert, delete, replace or swap to make one text of the other
/// (optimal string alignment).
pub(super) fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let differ = usize::from(a[i - 1] != b[j - 1]);
                let least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                least.min(rows[i - 1][j - 1] + differ)
            };
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                rows[i][j] = rows[i][j].min(rows[i - 2][j - 2] + 1);
            }
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_count_swaps_once() {
        for (a, b, expected) in [
            ("hunchun", "hunchun", 0),
            ("hunchnu", "hunchun", 1),
            ("", "abc", 3),
            ("rajin", "najin", 1),
        ] {
            assert_eq!(edits(a, b), expected, "{a} {b}");
        }
    }
}
