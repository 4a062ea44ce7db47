//! Where a statement comes from.

/// A work or data set, in full.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Stable id that features refer to.
    pub id: String,
    /// `thesis`, `article`, `dataset`, …
    pub kind: String,
    /// Authors, each `Given Family`, parted by `; `; for a data set its maker as called.
    pub author: String,
    /// Title.
    pub title: String,
    /// Year of publication.
    pub year: Option<i32>,
    /// Publisher or package with its version, or journal with volume, issue and pages.
    pub publisher: String,
    /// The journal part by part, for an article.
    pub journal: Option<Journal>,
    /// Where it can be read.
    pub url: String,
    /// Licence of a data set.
    pub licence: String,
    /// Anything to add.
    pub note: String,
}

/// Where an article stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Journal {
    /// Title of the journal.
    pub title: String,
    /// Volume.
    pub volume: String,
    /// Issue within the volume.
    pub issue: String,
    /// First and last page, `113–132`.
    pub pages: String,
}

impl std::fmt::Display for Journal {
    /// `Journal of Contemporary Asia 48 (1), 113–132`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.title)?;
        if !self.volume.is_empty() {
            write!(f, " {}", self.volume)?;
        }
        if !self.issue.is_empty() {
            write!(f, " ({})", self.issue)?;
        }
        if !self.pages.is_empty() {
            write!(f, ", {}", self.pages)?;
        }
        Ok(())
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
