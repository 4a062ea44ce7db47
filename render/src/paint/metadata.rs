//! What a file says of itself beside its picture.

/// Texts written into every format, each left out when empty: PNG text fields, tags of a TIFF, SVG
/// `<title>`, `<desc>` and `<metadata>`, the information of a PDF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Title of the map.
    pub title: String,
    /// What is to be seen, for readers who cannot see it.
    pub description: String,
    /// Language of the title and the description, such as `en`.
    pub language: String,
    /// Whose data is shown, with licences.
    pub credits: String,
    /// What the picture was made from: the spec and the data, by hash.
    pub provenance: String,
    /// The program that made it.
    pub software: String,
}
