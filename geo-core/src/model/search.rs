//! Searching: features by any spelling of theirs, near misses too.

use super::catalogue::Catalogue;
use super::feature::Feature;
use super::names::{edits, fold};

/// Which of a feature's spellings a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spelling<'a> {
    /// The standard name in a language, by its ISO 639-1 code.
    Name(&'a str),
    /// Another romanisation or a former name.
    Also,
    /// As a source prints it.
    Printed,
    /// As character recognition has damaged it.
    Ocr,
    /// The id.
    Id,
}

impl<'a> Spelling<'a> {
    /// The word used in listings: the code of the language, `also`, `printed`, `ocr` or `id`.
    pub const fn name(self) -> &'a str {
        match self {
            Self::Name(language) => language,
            Self::Also => "also",
            Self::Printed => "printed",
            Self::Ocr => "ocr",
            Self::Id => "id",
        }
    }
}

/// How a spelling answers to a text, the better first. Case, diacritics, spaces and punctuation do
/// not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// They are the same.
    Exact,
    /// The spelling begins with the text.
    Prefix,
    /// The text is one word of the spelling, or several in a row.
    Word,
    /// The spelling contains the text.
    Substring,
    /// The spelling, or a word of it, is so many edits away.
    Fuzzy {
        /// Letters to insert, delete, replace or swap.
        edits: usize,
    },
}

impl Match {
    /// The word used in listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Prefix => "prefix",
            Self::Word => "word",
            Self::Substring => "substring",
            Self::Fuzzy { .. } => "fuzzy",
        }
    }
}

/// A feature that a search found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found<'a> {
    /// The feature.
    pub feature: &'a Feature,
    /// The spelling that answers best; of equal ones a standard name first.
    pub text: &'a str,
    /// Which of its spellings that is.
    pub spelling: Spelling<'a>,
    /// How it answers.
    pub how: Match,
}

impl Catalogue {
    /// The features that answer to `text` by any spelling in any script, each once: exact before
    /// prefix, word, substring and fuzzy matches (fewer edits first), then by rank, then by id.
    ///
    /// A fuzzy match is one edit away for 4 letters or more, two for 6, three for 9. A text without
    /// a letter or digit finds nothing. Cost: an edit distance for each spelling and word, some
    /// milliseconds for the built-in catalogue.
    ///
    /// ```
    /// use tumen_geo_core::model::{Catalogue, Feature, Match};
    /// use tumen_geo_core::{LonLat, Shape};
    /// let port = Shape::point(LonLat::new(131.88, 43.11)?);
    /// let catalogue = Catalogue::new(vec![Feature::own("vvo", "Port of Vladivostok", port)], vec![])?;
    /// assert_eq!(catalogue.search("vladivostok")[0].how, Match::Word);
    /// assert_eq!(catalogue.search("Vladivostk")[0].how, Match::Fuzzy { edits: 1 });
    /// assert!(catalogue.search("Hunchun").is_empty());
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn search(&self, text: &str) -> Vec<Found<'_>> {
        let wanted = fold(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let best = |feature| {
            let answers = spellings(feature).filter_map(|(spelling, text)| {
                Some(Found { feature, text, spelling, how: compare(text, &wanted)? })
            });
            answers.min_by_key(|found| found.how)
        };
        let mut found: Vec<Found> = self.features().iter().filter_map(best).collect();
        found.sort_by_key(|one| (one.how, one.feature.rank, &one.feature.id));
        found
    }
}

/// Every spelling of a feature, standard names first.
fn spellings(feature: &Feature) -> impl Iterator<Item = (Spelling<'_>, &str)> {
    let names = &feature.names;
    let standard = names.by_language.iter().map(|(code, name)| (Spelling::Name(code), name));
    let also = names.also.iter().map(|name| (Spelling::Also, name));
    let printed = names.printed.iter().map(|name| (Spelling::Printed, name));
    let ocr = names.ocr.iter().map(|name| (Spelling::Ocr, name));
    let id = [(Spelling::Id, &feature.id)];
    let others = also.chain(printed).chain(ocr).chain(id);
    standard.chain(others).map(|(spelling, text)| (spelling, text.as_str()))
}

/// How a spelling answers to a folded text.
fn compare(spelling: &str, wanted: &str) -> Option<Match> {
    let folded = fold(spelling);
    if folded == wanted {
        return Some(Match::Exact);
    }
    if folded.starts_with(wanted) {
        return Some(Match::Prefix);
    }
    let parts = spelling.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).map(fold);
    let words: Vec<String> = parts.filter(|word| !word.is_empty()).collect();
    if (0..words.len()).any(|start| is_run(&words[start..], wanted)) {
        return Some(Match::Word);
    }
    if folded.contains(wanted) {
        return Some(Match::Substring);
    }
    let letters = wanted.chars().count();
    let most = forgiven(letters);
    let texts = words.iter().chain([&folded]);
    // A word of up to three letters is no misspelling of anything.
    let like = texts.filter(|text| {
        let count = text.chars().count();
        forgiven(count) > 0 && count.abs_diff(letters) <= most
    });
    let least = like.map(|text| edits(text, wanted)).min()?;
    (least <= most).then_some(Match::Fuzzy { edits: least })
}

/// Whether the first of the words make up a text.
fn is_run(words: &[String], wanted: &str) -> bool {
    let mut rest = wanted;
    for word in words {
        match rest.strip_prefix(word.as_str()) {
            Some("") => return true,
            Some(after) => rest = after,
            None => return false,
        }
    }
    false
}

/// Marks that stand within a word: apostrophes of romanisations, combining diacritics.
fn is_mark(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '\u{300}'..='\u{36f}')
}

/// How many edits a text of so many letters may be away: short ones are too like each other, and a
/// name of two Han characters would be like half of the map.
const fn forgiven(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=5 => 1,
        6..=8 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{LonLat, Shape};

    /// Id, rank, names by language, printed spellings.
    type Named<'a> = (&'a str, u8, &'a [(&'a str, &'a str)], &'a [&'a str]);

    fn catalogue(features: &[Named<'_>]) -> Catalogue {
        let features = features.iter().map(|(id, rank, names, printed)| {
            let shape = Shape::point(LonLat::new(130.0, 42.0).unwrap());
            let mut feature = Feature::own(*id, "", shape);
            feature.rank = *rank;
            feature.names.by_language =
                names.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect();
            feature.names.printed = printed.iter().map(|name| (*name).to_owned()).collect();
            feature
        });
        Catalogue::new(features.collect(), Vec::new()).unwrap()
    }

    fn ids<'a>(catalogue: &'a Catalogue, text: &str) -> Vec<&'a str> {
        catalogue.search(text).into_iter().map(|found| found.feature.id.as_str()).collect()
    }

    #[test]
    fn better_matches_come_first_then_rank_then_id() {
        let catalogue = catalogue(&[
            ("b-exact", 3, &[("en", "Tumen")], &[]),
            ("a-exact", 3, &[("en", "Tŭmen")], &[]),
            ("c-exact", 1, &[("en", "TUMEN")], &[]),
            ("prefix", 1, &[("en", "Tumenjiang")], &[]),
            ("word", 1, &[("en", "Greater Tumen")], &[]),
            ("substring", 1, &[("en", "Altumena")], &[]),
            ("fuzzy", 1, &[("en", "Tumin")], &[]),
            ("none", 1, &[("en", "Amur")], &[]),
        ]);
        let expected = ["c-exact", "a-exact", "b-exact", "prefix", "word", "substring", "fuzzy"];
        assert_eq!(ids(&catalogue, "tumen"), expected);
    }

    #[test]
    fn the_spelling_and_the_way_are_told() {
        let catalogue = catalogue(&[(
            "rajin",
            1,
            &[("en", "Rajin"), ("ko", "라진"), ("zh", "罗津")],
            &["Najin", "Ranjin"],
        )]);
        let told = |text: &str| {
            let found = catalogue.search(text)[0];
            (found.text, found.spelling.name(), found.how)
        };
        assert_eq!(told("najin"), ("Najin", "printed", Match::Exact));
        assert_eq!(told("罗津"), ("罗津", "zh", Match::Exact));
        assert_eq!(told("라"), ("라진", "ko", Match::Prefix));
        assert_eq!(told("Rajinn"), ("Rajin", "en", Match::Fuzzy { edits: 1 }));
        assert!(catalogue.search("罗马").is_empty(), "short texts are not forgiven");
        assert!(catalogue.search(" -!").is_empty());
    }

    #[test]
    fn words_in_a_row_are_found_and_apostrophes_do_not_part_them() {
        let catalogue = catalogue(&[
            ("triangle", 2, &[("en", "The small Tumen triangle")], &[]),
            ("p-1", 2, &[("en", "Port of Ji'an")], &[]),
        ]);
        let how = |text: &str| catalogue.search(text)[0].how;
        assert_eq!(how("small tumen"), Match::Word);
        assert_eq!(how("Jian"), Match::Word);
        assert_eq!(how("alltum"), Match::Substring);
        assert_eq!(how("trinagle"), Match::Fuzzy { edits: 1 });
    }
}
