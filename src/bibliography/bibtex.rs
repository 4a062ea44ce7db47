//! BibTeX, in UTF-8, with what TeX reads as commands escaped.

use std::fmt::Write as _;

use tumen_geo_core::model::Source;

use super::{Author, authors};

/// The sources as BibTeX entries, in their order, each with its id as key.
///
/// Articles are `@article`, theses with author and school `@phdthesis`, all else `@misc`, since BibTeX
/// has no type for data sets and refuses a thesis without an author. Titles stand in double braces, so
/// that a style keeps their capitals.
pub fn bibtex(sources: &[&Source]) -> String {
    let mut text = String::new();
    for (index, source) in sources.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        let _ = writeln!(text, "@{}{{{},", kind(source), source.id);
        for (name, value) in fields(source) {
            let _ = writeln!(text, "  {name} = {{{value}}},");
        }
        text.push_str("}\n");
    }
    text
}

fn kind(source: &Source) -> &'static str {
    let whole = !source.author.is_empty() && !source.publisher.is_empty();
    match source.kind.as_str() {
        "article" if source.journal.is_some() => "article",
        "thesis" if whole => "phdthesis",
        "book" if whole => "book",
        _ => "misc",
    }
}

/// Name and escaped value of each field that is not empty.
fn fields(source: &Source) -> Vec<(&'static str, String)> {
    let author = |author: Author| match author {
        Author::Person { given, family } => format!("{}, {}", escaped(family), escaped(given)),
        Author::Body(name) => format!("{{{}}}", escaped(name)),
    };
    let names: Vec<String> = authors(source).into_iter().map(author).collect();
    let title = format!("{{{}}}", escaped(&source.title));
    let year = source.year.map(|year| year.to_string()).unwrap_or_default();
    let mut fields = vec![("author", names.join(" and ")), ("title", title), ("year", year)];
    match (kind(source), &source.journal) {
        ("article", Some(journal)) => {
            fields.push(("journal", escaped(&journal.title)));
            fields.push(("volume", escaped(&journal.volume)));
            fields.push(("number", escaped(&journal.issue)));
            fields.push(("pages", escaped(&journal.pages.replace('–', "--"))));
        }
        ("phdthesis", _) => fields.push(("school", escaped(&source.publisher))),
        ("book", _) => fields.push(("publisher", escaped(&source.publisher))),
        (_, _) if source.publisher.is_empty() => {
            let what = if source.kind == "thesis" { "Thesis" } else { "" };
            fields.push(("howpublished", what.to_owned()));
        }
        (_, _) => fields.push(("howpublished", escaped(&source.publisher))),
    }
    // Styles take an address as it stands.
    fields.push(("url", source.url.clone()));
    let licence = match source.licence.as_str() {
        "" => String::new(),
        licence => format!("Licence: {licence}."),
    };
    let note = [licence, source.note.clone()];
    let note: Vec<&str> = note.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    fields.push(("note", escaped(&note.join(" "))));
    fields.retain(|(_, value)| !value.is_empty());
    fields
}

/// A text in which TeX finds no command; braces stay in pairs, as BibTeX counts them.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => escaped.extend(['\\', c]),
            // BibTeX counts braces whether or not they are escaped.
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '\\' => escaped.push_str("\\textbackslash{}"),
            '\n' => escaped.push(' '),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::*;

    #[test]
    fn an_article_in_full() {
        let expected = "@article{study-b,\n  author = {Gray, Kevin and Lee, Jong-Woon},\n  \
            title = {{Rescaling \\& \\textbraceleft{}other\\textbraceright{} 100\\% tricks\\_of \\#1}},\n  \
            year = {2018},\n  journal = {Asia},\n  volume = {48},\n  number = {1},\n  \
            pages = {113--132},\n  url = {http://example.org/a_b%20c},\n  \
            note = {Costs \\$5; 5\\textasciicircum{}2 \\textasciitilde{} 25 \\textbackslash{} done},\n}\n";
        assert_eq!(bibtex(&[&article()]), expected);
    }

    #[test]
    fn what_lacks_a_required_field_is_misc() {
        let thesis = Source { kind: "thesis".to_owned(), author: String::new(), ..article() };
        assert_eq!(kind(&thesis), "misc");
        let whole = Source { author: "A B".to_owned(), ..thesis };
        assert_eq!(kind(&whole), "phdthesis");
    }
}
