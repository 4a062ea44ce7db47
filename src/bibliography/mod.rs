//! The sources as a bibliography: in full for people, BibTeX and CSL-JSON for programs.

mod bibtex;
mod csl;
mod references;

pub use bibtex::bibtex;
pub use csl::csl_json;
pub(crate) use references::References;

use tumen_geo_core::model::{Catalogue, Feature, Reference, Source};

/// Author, year, title, journal or publisher, licence.
pub fn in_full(source: &Source) -> String {
    let year = source.year.map_or(String::new(), |year| format!(" ({year})"));
    let mut text = match source.author.as_str() {
        "" => format!("{}{year}.", source.title),
        author => format!("{author}{year}. {}.", source.title),
    };
    for part in [&source.publisher, &source.licence].into_iter().filter(|part| !part.is_empty()) {
        text.extend([" ", part, "."]);
    }
    text
}

/// Author and year, as a note cites it: `Gray and Lee 2018`; for a work without author its kind and
/// id, `thesis study-a 1997`.
pub fn in_short(source: &Source) -> String {
    let names: Vec<String> = authors(source)
        .into_iter()
        .map(|author| match author {
            Author::Person { family, .. } => family.to_owned(),
            Author::Body(name) => name.to_owned(),
        })
        .collect();
    let names = if names.is_empty() {
        format!("{} {}", source.kind, source.id)
    } else {
        names.join(" and ")
    };
    source.year.map_or(names.clone(), |year| format!("{names} {year}"))
}

/// The references of a feature: those to itself, of its dates and of its claims, in this order.
pub fn references<'a>(
    feature: &'a Feature,
    catalogue: &'a Catalogue,
) -> impl Iterator<Item = &'a Reference> {
    let dated = feature.span.events().iter().filter_map(|event| event.source.as_ref());
    let claimed = catalogue.claims_of(&feature.id).into_iter().map(|claim| &claim.source);
    feature.sources.iter().chain(dated).chain(claimed)
}

/// The sources that speak of a feature, in the order of the bibliography.
pub fn sources_of<'a>(feature: &Feature, catalogue: &'a Catalogue) -> Vec<&'a Source> {
    let cited = |source: &&Source| references(feature, catalogue).any(|r| r.source == source.id);
    catalogue.sources().iter().filter(cited).collect()
}

/// Who made a work.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Author<'a> {
    Person {
        given: &'a str,
        family: &'a str,
    },
    /// A body, whose name is not to be taken apart.
    Body(&'a str),
}

/// The authors of a source: of a data set a body, of other works persons, whose last word is the
/// family name.
fn authors(source: &Source) -> Vec<Author<'_>> {
    let names = source.author.split(';').map(str::trim).filter(|name| !name.is_empty());
    names
        .map(|name| match name.rsplit_once(' ') {
            Some((given, family)) if source.kind != "dataset" => Author::Person { given, family },
            _ => Author::Body(name),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tumen_geo_core::model::Journal;

    pub(super) fn article() -> Source {
        Source {
            id: "study-b".to_owned(),
            kind: "article".to_owned(),
            author: "Kevin Gray; Jong-Woon Lee".to_owned(),
            title: "Rescaling & {other} 100% tricks_of #1".to_owned(),
            year: Some(2018),
            publisher: "Asia 48 (1), 113–132".to_owned(),
            journal: Some(Journal {
                title: "Asia".to_owned(),
                volume: "48".to_owned(),
                issue: "1".to_owned(),
                pages: "113–132".to_owned(),
            }),
            url: "http://example.org/a_b%20c".to_owned(),
            licence: String::new(),
            note: "Costs $5; 5^2 ~ 25 \\ done".to_owned(),
        }
    }

    #[test]
    fn authors_are_persons_or_bodies() {
        let article = article();
        assert_eq!(in_short(&article), "Gray and Lee 2018");
        assert_eq!(authors(&article)[1], Author::Person { given: "Jong-Woon", family: "Lee" });
        let data = Source {
            kind: "dataset".to_owned(),
            author: "OpenStreetMap contributors".to_owned(),
            year: None,
            ..article
        };
        assert_eq!(in_short(&data), "OpenStreetMap contributors");
        assert_eq!(in_short(&Source { author: String::new(), ..data }), "dataset study-b");
    }
}
