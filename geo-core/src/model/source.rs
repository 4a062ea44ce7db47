//! Where a statement comes from.

/// A work or data set, in full.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Stable id that features refer to.
    pub id: String,
    /// `thesis`, `article`, `dataset`, …
    pub kind: String,
    /// Author or publisher.
    pub author: String,
    /// Title.
    pub title: String,
    /// Year of publication.
    pub year: Option<i32>,
    /// Publisher, journal or package with its version.
    pub publisher: String,
    /// Licence of a data set.
    pub licence: String,
    /// Anything to add.
    pub note: String,
}

impl Source {
    /// Author, year, title, publisher, licence, as a bibliography has them.
    pub fn in_full(&self) -> String {
        let year = self.year.map_or(String::new(), |year| format!(" ({year})"));
        let mut text = match self.author.as_str() {
            "" => format!("{}{year}.", self.title),
            author => format!("{author}{year}. {}.", self.title),
        };
        for part in [&self.publisher, &self.licence].into_iter().filter(|part| !part.is_empty()) {
            text.extend([" ", part, "."]);
        }
        text
    }
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Id of the [`Source`].
    pub source: String,
    /// Lines, paragraphs or pages, as the source is numbered.
    pub lines: String,
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.lines.is_empty() {
            return f.write_str(&self.source);
        }
        write!(f, "{} {}", self.source, self.lines)
    }
}
