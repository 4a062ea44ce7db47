//! CSL-JSON, the input of citeproc, Zotero and pandoc; field names of `csl-data.json` in the
//! schema 1.0 of the Citation Style Language.

use serde_json::{Map, Value, json};
use tumen_geo_core::model::{Journal, Source};

use super::{Author, authors};

/// The sources as a list of CSL items, in their order, a member to a line.
///
/// CSL has no field for a licence: it stands in `note`.
pub fn csl_json(sources: &[&Source]) -> String {
    let items: Vec<Value> = sources.iter().map(|source| item(source)).collect();
    format!("{:#}\n", Value::Array(items))
}

fn item(source: &Source) -> Value {
    let kind = match source.kind.as_str() {
        "article" => "article-journal",
        "thesis" => "thesis",
        "book" => "book",
        "dataset" => "dataset",
        "report" => "report",
        "map" => "map",
        _ => "document",
    };
    let mut item = Map::new();
    item.insert("id".to_owned(), json!(source.id));
    item.insert("type".to_owned(), json!(kind));
    let author = |author: Author| match author {
        Author::Person { given, family } => json!({ "family": family, "given": given }),
        Author::Body(name) => json!({ "literal": name }),
    };
    let names: Vec<Value> = authors(source).into_iter().map(author).collect();
    if !names.is_empty() {
        item.insert("author".to_owned(), Value::Array(names));
    }
    if let Some(year) = source.year {
        item.insert("issued".to_owned(), json!({ "date-parts": [[year]] }));
    }
    let licence = match source.licence.as_str() {
        "" => String::new(),
        licence => format!("Licence: {licence}."),
    };
    let note = format!("{licence} {}", source.note);
    let journal = source.journal.as_ref();
    let part = |of: fn(&Journal) -> &str| journal.map_or("", of);
    let publisher = if journal.is_some() { "" } else { &source.publisher };
    for (name, value) in [
        ("title", source.title.as_str()),
        ("container-title", part(|journal| &journal.title)),
        ("volume", part(|journal| &journal.volume)),
        ("issue", part(|journal| &journal.issue)),
        ("page", part(|journal| &journal.pages)),
        ("publisher", publisher),
        ("URL", &source.url),
        ("note", note.trim()),
    ] {
        if !value.is_empty() {
            item.insert(name.to_owned(), json!(value));
        }
    }
    Value::Object(item)
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::*;

    #[test]
    fn an_article_has_the_fields_of_the_schema() {
        let item = item(&article());
        assert_eq!(item["type"], "article-journal");
        assert_eq!(item["author"][0], json!({ "family": "Gray", "given": "Kevin" }));
        assert_eq!(item["issued"]["date-parts"][0][0], 2018);
        assert_eq!(item["page"], "113–132");
        assert_eq!(item["note"], "Costs $5; 5^2 ~ 25 \\ done");
        assert!(item.get("publisher").is_none());
    }
}
