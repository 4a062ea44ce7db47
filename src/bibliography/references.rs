//! The sources that a text cites, numbered as they come.

use tumen_geo_core::model::{Catalogue, Reference};

use super::in_full;

/// The sources cited so far, each with the places in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct References {
    cited: Vec<(String, Vec<String>)>,
}

impl References {
    /// `[1, lines 9438–9442]`: a place in a source by the number that it has in the text.
    pub(crate) fn cite(&mut self, reference: &Reference) -> String {
        let known = self.cited.iter().position(|(source, _)| *source == reference.source);
        let at = known.unwrap_or_else(|| {
            self.cited.push((reference.source.clone(), Vec::new()));
            self.cited.len() - 1
        });
        if reference.lines.is_empty() {
            return format!("[{}]", at + 1);
        }
        let places = &mut self.cited[at].1;
        for place in reference.lines.split(", ").map(str::to_owned) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        format!("[{},\u{A0}{}\u{A0}{}]", at + 1, lines(&reference.lines), reference.lines)
    }

    /// Each cited source in full with the lines of it.
    pub(crate) fn bibliography(&self, catalogue: &Catalogue) -> Vec<String> {
        let entry = |(at, (id, places)): (usize, &(String, Vec<String>))| {
            let source = catalogue.sources().iter().find(|source| source.id == *id);
            let mut text = format!("[{}] {}", at + 1, source.map_or(id.clone(), in_full));
            if !places.is_empty() {
                let mut places = places.clone();
                places.sort_by_key(|place| first_number(place));
                let places = places.join(", ");
                let word = if lines(&places) == "line" { "Line" } else { "Lines" };
                text.extend([" ", word, " ", &places, "."]);
            }
            text
        };
        self.cited.iter().enumerate().map(entry).collect()
    }
}

/// The word for places in a text: one line, or several.
fn lines(places: &str) -> &'static str {
    if places.chars().all(|c| c.is_ascii_digit()) { "line" } else { "lines" }
}

fn first_number(place: &str) -> u32 {
    let digits: String = place.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(u32::MAX)
}
