//! The first sentences of an entry: what it is, where, since when.

use tumen_geo_core::model::{Catalogue, EventKind, Feature, Kind, Precision, Status, When};

use crate::basemap;
use crate::book::facts;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// One or two sentences: name, kind, place, and what became of it.
///
/// `Rajin is a city in Rason, North Korea.` A date is that of the first event that the sources give.
pub fn lead(feature: &Feature, catalogue: &Catalogue) -> String {
    let noun = noun(feature);
    let article = match noun.as_str() {
        "capital" => "the",
        noun if noun.starts_with(['a', 'e', 'i', 'o', 'u']) => "an",
        _ => "a",
    };
    let mut text = format!("{} is {article} {noun}", feature.name());
    text.push_str(&whereabouts(feature, catalogue));
    text.push('.');
    if let Some(fate) = fate(feature) {
        text.extend([" ", &fate, "."]);
    }
    text
}

/// The finer sort where it says what a thing is, else the kind with it.
fn noun(feature: &Feature) -> String {
    let sub = feature.sub.as_deref().unwrap_or("").replace('-', " ");
    let sub = sub.replace("cross border", "cross-border");
    let with = |kind: &str| match sub.as_str() {
        "" => kind.to_owned(),
        sub if sub.ends_with(kind) => sub.to_owned(),
        sub => format!("{sub} {kind}"),
    };
    match feature.kind {
        Some(Kind::Corridor) => match sub.as_str() {
            "rail" => "railway".to_owned(),
            "fibre" => "fibre-optic cable".to_owned(),
            "air" => "line in the air".to_owned(),
            "telecom" => "telecommunications link".to_owned(),
            "road" | "bridge" | "axis" | "land bridge" => sub,
            _ => with("corridor"),
        },
        Some(Kind::Place | Kind::Region) if !sub.is_empty() => match sub.as_str() {
            "concept" => "region of thought".to_owned(),
            _ => sub,
        },
        Some(Kind::Zone) if sub.ends_with("city") => sub,
        Some(Kind::NaturalFeature) if !sub.is_empty() => sub,
        Some(Kind::BorderSegment) => "stretch of border".to_owned(),
        Some(Kind::BorderPort) => {
            let modes = feature.crossing.iter().flat_map(|crossing| &crossing.modes);
            let modes: Vec<&str> = modes.map(String::as_str).collect();
            format!("{} border port", joined(&modes)).trim_start().to_owned()
        }
        Some(kind) => with(&kind.name().replace('-', " ")),
        None => "feature".to_owned(),
    }
}

fn whereabouts(feature: &Feature, catalogue: &Catalogue) -> String {
    let countries = facts::countries(feature);
    let of_its_own = |name: &&str| name.is_empty() || *name == feature.name();
    let countries: Vec<&str> = countries.split(", ").filter(|name| !of_its_own(name)).collect();
    let members = feature.provenance.members.iter();
    let members: Vec<&str> =
        members.map(|id| catalogue.get(id).map_or(id.as_str(), Feature::name)).collect();
    let all = |names: &[&str], before: &str| match names {
        [] => String::new(),
        names => format!("{before}{}", joined(names)),
    };
    match feature.kind {
        Some(Kind::BorderPort) => {
            let crossing = feature.crossing.as_ref();
            let border = crossing.map_or(String::new(), |crossing| {
                let pair: Vec<String> = crossing.border.split('-').map(country).collect();
                let pair: Vec<&str> = pair.iter().map(String::as_str).collect();
                format!(", on the border of {}", joined(&pair))
            });
            let other = crossing.and_then(|c| catalogue.get(c.counterpart.as_deref()?));
            let opposite = other.map_or(String::new(), |f| format!(", opposite {}", f.name()));
            format!("{}{border}{opposite}", of_unit(feature, &countries))
        }
        Some(Kind::GrowthTriangle) if members.len() > 2 => {
            let mut states = countries;
            states.retain(|state| !members.contains(state));
            format!(" between {}{}", joined(&members), all(&states, ", in "))
        }
        Some(Kind::Place) if feature.sub.as_deref() == Some("capital") => all(&countries, " of "),
        Some(Kind::Corridor) if members.len() > 1 => {
            let (first, last) = (members[0], members[members.len() - 1]);
            format!(" from {first} to {last} ({})", countries.join(", "))
        }
        Some(Kind::BorderSegment) if countries.len() == 2 => {
            format!(" between {}", joined(&countries))
        }
        _ => of_unit(feature, &countries),
    }
}

fn country(code: &str) -> String {
    basemap::country_names(code).remove("en").unwrap_or_else(|| code.to_owned())
}

/// ` in Rason, North Korea`; nothing when no country is known.
fn of_unit(feature: &Feature, countries: &[&str]) -> String {
    if countries.is_empty() {
        return String::new();
    }
    let unit = feature.admin.as_ref().and_then(|id| basemap::province_names(id).remove("en"));
    match unit.filter(|unit| unit != feature.name()) {
        Some(unit) => format!(" in {unit}, {}", joined(countries)),
        None => format!(" in {}", joined(countries)),
    }
}

/// What became of it: what happened to it when, new names aside.
fn fate(feature: &Feature) -> Option<String> {
    let happened = feature.span.events().iter().filter(|event| event.what != EventKind::Renamed);
    let happened: Vec<String> =
        happened.map(|event| format!("{} {}", event.what.name(), spoken(&event.when))).collect();
    if happened.is_empty() {
        return None;
    }
    let happened: Vec<&str> = happened.iter().map(String::as_str).collect();
    let open = match feature.span.status(i32::MAX) {
        Status::Proposed => "; the sources do not say that it came about",
        Status::Closed => "; the sources do not say that it opened again",
        Status::Undated | Status::NotYet | Status::InForce | Status::Abolished => "",
    };
    Some(format!("It was {}{open}", joined(&happened)))
}

/// A date as a sentence has it: `in December 1991`, `on 28 December 1991`, `about 1993`, `by 1996`.
fn spoken(when: &When) -> String {
    let month = when.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
    let (date, preposition) = match (month, when.day) {
        (Some(month), Some(day)) => (format!("{day} {month} {}", when.year), "on"),
        (Some(month), None) => (format!("{month} {}", when.year), "in"),
        (None, _) => (when.year.to_string(), "in"),
    };
    match when.precision {
        Precision::Exact => format!("{preposition} {date}"),
        Precision::About => format!("about {date}"),
        Precision::By => format!("by {date}"),
    }
}

/// `a, b and c`.
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(id: &str) -> String {
        let catalogue = crate::catalogue().unwrap();
        lead(catalogue.get(id).unwrap(), &catalogue)
    }

    #[test]
    fn leads_are_sentences() {
        assert!(said("rajin").starts_with("Rajin is a "), "{}", said("rajin"));
        assert!(said("rajin").contains("North Korea"), "{}", said("rajin"));
        let zone = said("rajin-sonbong-fetz");
        assert!(zone.contains(" is a free economic zone in "), "{zone}");
        assert!(zone.contains("It was established in December 1991"), "{zone}");
        let triangle = said("small-tumen-triangle");
        assert!(triangle.contains("triangle between "), "{triangle}");
        let port = said("manzhouli-port");
        let start = "Manzhouli is a rail and road border port in Inner Mongolia, China, \
            on the border of China and Russia";
        assert!(port.starts_with(start) && port.contains(", opposite Zabaykalsk. "), "{port}");
        assert!(port.contains("closed in 1969, reopened in 1983 and"), "{port}");
    }

    #[test]
    fn dates_are_spoken() {
        for (written, expected) in [
            ("1991", "in 1991"),
            ("1991-12", "in December 1991"),
            ("1991-12-28", "on 28 December 1991"),
            ("about 1993", "about 1993"),
            ("by 1996", "by 1996"),
        ] {
            assert_eq!(spoken(&written.parse().unwrap()), expected);
        }
        assert_eq!(joined(&["a", "b", "c"]), "a, b and c");
    }
}
