//! Linked Places format (LPF 1.2.2, with the `fclasses` of 1.3): JSON-LD that is GeoJSON too, for
//! historical gazetteers.

use serde_json::{Map, Value, json};
use tumen_geo_core::geojson;
use tumen_geo_core::model::{
    Catalogue, Certainty, EventKind, Feature, Kind, Linked, Precision, Reference, Source, TimeSpan,
    When,
};

use super::Selected;
use crate::bibliography::in_short;
use crate::error::{Error, Result};

/// What an id stands behind where no other base is given: a name, not an address.
pub const BASE: &str = "urn:tumen:";

const CONTEXT: &str = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld";

/// The features as a collection, one to a line; `base` stands before each id to make it a URI.
///
/// Time is in `when.timespans`: a date "by" which a thing was so already is `latest`; one that is
/// "about" is `in`, and the `when` is `less-certain`. Geometries are those of the GeoJSON export;
/// `less-certain` are digitised and schematic ones, `uncertain` conceptual ones. Standard names cite
/// the feature's sources, printed spellings those of them that are texts. Types carry an identifier
/// of the Getty AAT only where the sort of the feature is one of its terms.
///
/// # Errors
/// When a shape is smaller than the last decimal written, 1 cm.
pub fn lpf(selected: &Selected<'_>, base: &str) -> Result<String> {
    let mut text = format!(
        "{{\"type\":\"FeatureCollection\",\"@context\":{},\"features\":[",
        Value::from(CONTEXT)
    );
    for (index, feature) in selected.features.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        let place = Place { feature, catalogue: selected.catalogue, base };
        let value = place.value().map_err(|e| e.within(&format!("feature '{}'", feature.id)))?;
        text.push_str(&value.to_string());
    }
    text.push_str("\n]}\n");
    Ok(text)
}

/// A feature that is being written.
struct Place<'a> {
    feature: &'a Feature,
    catalogue: &'a Catalogue,
    base: &'a str,
}

impl Place<'_> {
    fn value(&self) -> Result<Value> {
        let feature = self.feature;
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| {
            let empty = value.as_array().is_some_and(Vec::is_empty) || value.is_null();
            if !empty {
                members.insert(name.to_owned(), value);
            }
        };
        put("@id", self.uri(&feature.id).into());
        put("type", "Feature".into());
        put("properties", self.properties());
        put("when", when(&feature.span).unwrap_or_default());
        put("names", self.names());
        put("types", types(feature));
        put("geometry", self.geometry()?);
        put("links", matches(feature));
        put("relations", self.relations()?);
        let described = feature.note.iter();
        put("descriptions", described.map(|note| json!({ "value": note, "lang": "en" })).collect());
        Ok(Value::Object(members))
    }

    fn uri(&self, id: &str) -> String {
        format!("{}{id}", self.base)
    }

    fn properties(&self) -> Value {
        let feature = self.feature;
        let mut properties = json!({
            "title": feature.name(),
            "ccodes": feature.countries,
            "fclasses": [class(feature)],
        });
        let (year_from, year_to) = feature.span.years();
        let edtf = feature.span.edtf();
        for (name, value) in [
            ("edtf", Some(edtf).filter(|edtf| !edtf.is_empty()).map(Value::from)),
            ("year_from", year_from.map(Value::from)),
            ("year_to", year_to.map(Value::from)),
        ] {
            if let Some(value) = value {
                properties[name] = value;
            }
        }
        properties
    }

    fn names(&self) -> Value {
        let Feature { names, sources, .. } = self.feature;
        let all = self.citations(sources.iter());
        let texts = self.citations(
            sources
                .iter()
                .filter(|r| self.source(r).is_some_and(|source| source.kind != "dataset")),
        );
        let mut list: Vec<Value> = Vec::new();
        // The title's name stands first, since the first must have a citation.
        let mut standard: Vec<_> = names.by_language.iter().collect();
        standard.sort_by_key(|(code, name)| (name.as_str() != self.feature.name(), *code));
        for (code, name) in standard {
            list.push(json!({ "toponym": name, "lang": code, "citations": all }));
        }
        let more = names.also.iter().map(|name| json!({ "toponym": name }));
        let printed = names.printed.iter();
        let printed = printed.map(|name| json!({ "toponym": name, "citations": texts }));
        for name in more.chain(printed) {
            if list.iter().all(|other| other["toponym"] != name["toponym"]) {
                list.push(name);
            }
        }
        for name in &mut list {
            let none = name["citations"].as_array().is_some_and(Vec::is_empty);
            if let Some(members) = name.as_object_mut().filter(|_| none) {
                members.remove("citations");
            }
        }
        Value::Array(list)
    }

    fn source(&self, reference: &Reference) -> Option<&Source> {
        self.catalogue.sources().iter().find(|source| source.id == reference.source)
    }

    fn citations<'r>(&self, references: impl Iterator<Item = &'r Reference>) -> Value {
        let citation = |reference: &Reference| {
            let source = self.source(reference);
            let short = source.map_or(reference.source.clone(), in_short);
            let lines = match reference.lines.as_str() {
                "" => String::new(),
                lines => format!(", lines {lines}"),
            };
            let mut value = json!({ "label": format!("{short}{lines}") });
            if let Some(year) = source.and_then(|source| source.year) {
                value["year"] = year.into();
            }
            if let Some(source) = source {
                value["@id"] = if source.url.is_empty() {
                    self.uri(&format!("source:{}", source.id)).into()
                } else {
                    source.url.as_str().into()
                };
            }
            value
        };
        references.map(citation).collect()
    }

    fn geometry(&self) -> Result<Value> {
        let text = geojson::geometry(&self.feature.shape)?;
        let mut geometry: Value =
            serde_json::from_str(&text).map_err(|e| Error::failure(e.to_string()))?;
        if let Some(certainty) = self.feature.certainty {
            geometry["certainty"] = match certainty {
                Certainty::Surveyed | Certainty::Administrative => "certain",
                Certainty::Digitised | Certainty::Schematic => "less-certain",
                Certainty::Conceptual => "uncertain",
            }
            .into();
        }
        let from = &self.feature.provenance.from;
        if !from.is_empty() {
            geometry["citations"] = json!([{ "label": from }]);
        }
        Ok(geometry)
    }

    /// Members, counterpart, place and links, as relations of the Getty vocabulary.
    fn relations(&self) -> Result<Value> {
        let feature = self.feature;
        let name = |id: &str| self.catalogue.get(id).map_or(id.to_owned(), |f| f.name().to_owned());
        let relation = |kind: &str, to: &str, label: String| json!({ "relationType": kind, "relationTo": self.uri(to), "label": label });
        let mut relations = Vec::new();
        if let Some(place) = &feature.place {
            let label = format!("belongs to {}", name(place));
            relations.push(relation(RELATED, place, label));
        }
        if let Some(other) = feature.crossing.as_ref().and_then(|c| c.counterpart.as_ref()) {
            let label = format!("faces {} across the border", name(other));
            relations.push(relation(RELATED, other, label));
        }
        // Of other kinds they only lend their positions.
        let (kind, verb) = match feature.kind {
            Some(Kind::GrowthTriangle) => ("gvp:tgn3318_member_is", "has as a member"),
            Some(Kind::Corridor) => (RELATED, "runs by"),
            _ => ("", ""),
        };
        for member in feature.provenance.members.iter().filter(|_| !kind.is_empty()) {
            relations.push(relation(kind, member, format!("{verb} {}", name(member))));
        }
        let linked = self.catalogue.links_of(feature)?;
        // What stands at the feature tells of its own links.
        for one in linked.iter().filter(|one| one.through.id == feature.id) {
            relations.push(self.linked(one));
        }
        Ok(Value::Array(relations))
    }

    fn linked(&self, Linked { link, partner, .. }: &Linked<'_>) -> Value {
        let way = match (link.both_ways, link.from == self.feature.id) {
            (true, _) => "with",
            (false, true) => "to",
            (false, false) => "from",
        };
        let mut value = json!({
            "relationType": RELATED,
            "relationTo": self.uri(&partner.id),
            "label": format!("{} {way} {}", link.kind, partner.name()),
            "citations": self.citations(link.sources.iter()),
        });
        if let Some(when) = when(&link.span) {
            value["when"] = when;
        }
        value
    }
}

const RELATED: &str = "gvp:tgn3000_related_to";

/// The time of a feature or a link; `None` without dates.
fn when(span: &TimeSpan) -> Option<Value> {
    let (first, last) = (span.events().first()?, span.events().last()?);
    let began = [EventKind::Proposed, EventKind::Established, EventKind::Opened];
    let start = if began.contains(&first.what) {
        date(&first.when)
    } else {
        // It was there before the first thing that happened to it.
        json!({ "latest": plain(&first.when) })
    };
    let mut timespan = json!({ "start": start });
    if last.what == EventKind::Abolished {
        timespan["end"] = date(&last.when);
    }
    let about = span.events().iter().any(|event| event.when.precision == Precision::About);
    let label: Vec<String> =
        span.events().iter().map(|event| format!("{} {}", event.what.name(), event.when)).collect();
    Some(json!({
        "timespans": [timespan],
        "label": label.join("; "),
        "certainty": if about { "less-certain" } else { "certain" },
    }))
}

fn date(when: &When) -> Value {
    match when.precision {
        Precision::Exact | Precision::About => json!({ "in": plain(when) }),
        Precision::By => json!({ "latest": plain(when) }),
    }
}

fn plain(when: &When) -> String {
    When { precision: Precision::Exact, ..*when }.to_string()
}

/// The GeoNames class of a feature.
fn class(feature: &Feature) -> &'static str {
    match (feature.kind, feature.sub.as_deref().unwrap_or("")) {
        (_, "river" | "lake" | "river-mouth" | "strait" | "sea" | "ocean" | "basin" | "coast") => {
            "H"
        }
        (_, "island" | "islands" | "mountain" | "peninsula" | "delta") => "T",
        (
            Some(Kind::Region),
            "autonomous-oblast" | "country" | "krai" | "oblast" | "prefecture" | "province"
            | "state",
        ) => "A",
        (Some(Kind::BorderPort | Kind::Seaport), _) => "S",
        (Some(Kind::Corridor), _) => "R",
        (Some(Kind::Place), _) => "P",
        _ => "L",
    }
}

/// The kind and the finer sort; identifiers are of the list of AAT terms that the World Historical
/// Gazetteer takes (feature-types-AAT_20230609.tsv of the format's repository).
fn types(feature: &Feature) -> Value {
    let known = |label: &str| match label {
        "city" => Some("aat:300008389"),
        "town" => Some("aat:300008375"),
        "village" => Some("aat:300008372"),
        "province" => Some("aat:300000774"),
        "country" => Some("aat:300387506"),
        "region" => Some("aat:300182722"),
        "river" => Some("aat:300008707"),
        "lake" => Some("aat:300008680"),
        "island" => Some("aat:300008791"),
        "rail" => Some("aat:300008591"),
        "road" => Some("aat:300008217"),
        "seaport" => Some("aat:300120599"),
        _ => None,
    };
    let kind = feature.kind.map(Kind::name);
    let labels = feature.sub.as_deref().into_iter().chain(kind);
    labels
        .map(|label| {
            let mut value = json!({ "label": label.replace('-', " ") });
            if let Some(identifier) = known(label) {
                value["identifier"] = identifier.into();
            }
            value
        })
        .collect()
}

/// The same thing in GeoNames and Wikidata.
fn matches(feature: &Feature) -> Value {
    let link = |(key, id): (&String, &String)| {
        let identifier = match key.as_str() {
            "geonames" => format!("https://www.geonames.org/{id}/"),
            "wikidata" => format!("http://www.wikidata.org/entity/{id}"),
            _ => return None,
        };
        Some(json!({ "type": "closeMatch", "identifier": identifier }))
    };
    feature.links.iter().filter_map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tumen_geo_core::model::Event;

    fn time(events: &[(&str, &str)]) -> Value {
        let event = |(what, when): &(&str, &str)| Event {
            what: what.parse().unwrap(),
            when: when.parse().unwrap(),
            source: None,
            note: None,
        };
        when(&TimeSpan::new(events.iter().map(event).collect()).unwrap()).unwrap()
    }

    #[test]
    fn time_is_in_timespans() {
        let exact = time(&[("established", "1991-12"), ("abolished", "by 1994")]);
        assert_eq!(
            exact["timespans"][0],
            json!({ "start": { "in": "1991-12" }, "end": { "latest": "1994" } })
        );
        assert_eq!(exact["certainty"], "certain");
        let before = time(&[("closed", "about 1969"), ("reopened", "1983")]);
        assert_eq!(before["timespans"][0], json!({ "start": { "latest": "1969" } }));
        assert_eq!(before["certainty"], "less-certain");
        assert!(when(&TimeSpan::default()).is_none());
    }

    /// The format asks for a time or a citation with a year.
    #[test]
    fn every_feature_has_a_time_or_a_dated_citation() {
        let catalogue = crate::catalogue().unwrap();
        let features = catalogue.features().iter().collect();
        let selected = Selected { catalogue: &catalogue, features, year: None };
        let value: Value = serde_json::from_str(&lpf(&selected, BASE).unwrap()).unwrap();
        let undated: Vec<&Value> = value["features"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|feature| {
                let cited = feature["names"][0]["citations"].as_array();
                feature.get("when").is_none()
                    && !cited.is_some_and(|all| all.iter().any(|one| one.get("year").is_some()))
            })
            .map(|feature| &feature["@id"])
            .collect();
        assert!(undated.is_empty(), "{undated:?}");
    }
}
