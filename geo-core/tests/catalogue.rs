//! Catalogues read from TOML, right and wrong.

use geo_types::{MultiLineString, MultiPolygon, line_string, polygon};
use tumen_geo_core::model::{BaseMap, Catalogue, Cell, Kind, LinkKind, Status, Union};
use tumen_geo_core::{Error, ErrorKind};

/// A base map of one unit and one border.
struct Base;

impl BaseMap for Base {
    fn units(&self, ids: &[String]) -> Option<Union> {
        let square =
            polygon![(x: 130., y: 42.), (x: 131., y: 42.), (x: 131., y: 43.), (x: 130., y: 43.)];
        (ids == ["KP-13"]).then(|| Box::new(|| MultiPolygon(vec![square])) as Union)
    }

    fn border(&self, pair: &str) -> MultiLineString<f64> {
        let line = line_string![(x: 130., y: 42.), (x: 130., y: 42.5), (x: 130., y: 43.)];
        MultiLineString(if pair == "CN-RU" { vec![line] } else { vec![] })
    }

    fn coast(&self) -> MultiLineString<f64> {
        MultiLineString(vec![])
    }

    fn river(&self, _: &str) -> MultiLineString<f64> {
        MultiLineString(vec![])
    }

    fn lake(&self, _: &str) -> MultiPolygon<f64> {
        MultiPolygon(vec![])
    }
}

const SOURCES: &str = r#"
[[source]]
id = "study"
kind = "thesis"
author = "A. Author"
title = "A Title"
year = 1997
"#;

fn read(features: &str) -> Result<Catalogue, Error> {
    Catalogue::from_toml(&[("sources.toml", SOURCES), ("features.toml", features)], &Base)
}

/// A feature with the lines that every feature needs, and `more`.
fn feature(id: &str, geometry: &str, more: &str) -> String {
    format!(
        "[[feature]]\nid = \"{id}\"\nkind = \"place\"\ncertainty = \"surveyed\"\n\
         names = {{ en = \"{id}\" }}\ngeometry = {{ {geometry}, from = \"test\" }}\n{more}\n\
         [[feature.source]]\nid = \"study\"\nlines = \"1\"\n"
    )
}

/// A catalogue of the feature `a` and a claim with `lines`.
fn claim(lines: &str) -> String {
    let claim = "[[claim]]\nid = \"c\"\ntext = \"as printed\"\nsource = \"study\"";
    format!("{}\n{claim}\n{lines}\n", feature("a", "point = [1, 1]", ""))
}

#[test]
fn every_way_to_give_a_shape_is_resolved() {
    let text = [
        feature("a", "point = [130, 42]", ""),
        feature("b", "at = \"a\"", ""),
        feature("c", "point = [130.5, 43]", ""),
        feature("d", "point = [131, 42]", ""),
        feature("triangle", "members = [\"b\", \"c\", \"d\"]", ""),
        feature("unit", "of = [\"KP-13\"]", ""),
        feature("circle", "schematic = { at = [\"a\", \"d\"], area_km2 = 10 }", ""),
        feature("hull", "hull = [\"a\", \"c\", \"d\"]", ""),
        feature("line", "through = [\"a\", \"c\"]", ""),
        feature("border", "border = \"CN-RU\"", ""),
        feature("stretch", "border = \"CN-RU\", from_feature = \"a\", to_feature = \"c\"", ""),
        feature("ring", "ring = [[0, 0], [0, 1], [1, 1], [0, 0]], edges = \"lonlat\"", ""),
    ]
    .concat();
    let catalogue = read(&text).unwrap();
    let dimension = |id: &str| catalogue.get(id).unwrap().shape.dimension();
    assert_eq!(
        ["a", "b", "line", "stretch", "triangle", "hull", "ring"].map(dimension),
        [0, 0, 1, 1, 2, 2, 2]
    );
    assert_eq!(catalogue.get("triangle").unwrap().provenance.members, ["b", "c", "d"]);
    assert_eq!(catalogue.get("b").unwrap().shape, catalogue.get("a").unwrap().shape);
}

#[test]
fn mistakes_are_placed_by_file_and_feature() {
    let twice = [feature("a", "point = [1, 1]", ""), feature("a", "point = [1, 1]", "")].concat();
    let cases = [
        (feature("a", "point = [42, 130]", ""), "features.toml: feature 'a': the latitude 130"),
        (feature("a", "at = \"b\"", ""), "there is no feature 'b'"),
        (feature("a", "at = \"a\"", ""), "stands at itself"),
        (feature("a", "of = [\"XX-1\"]", ""), "holds all of XX-1"),
        (feature("a", "border = \"CN-XX\"", ""), "no border 'CN-XX'"),
        (feature("a", "point = [1, 1], at = \"a\"", ""), "exactly one shape"),
        (feature("a", "pint = [1, 1]", ""), "features.toml, line"),
        (feature("a", "point = [1, 1]", "colour = 1"), "unknown field `colour`"),
        (feature("a", "ring = [[0,0],[1,1],[1,0],[0,1],[0,0]]", ""), "crosses"),
        (twice, "two features have the id 'a'"),
        (
            feature("a", "point = [1, 1]", "[[feature.span]]\nwhat = \"opened\"\nwhen = \"soon\""),
            "'soon' is not a date",
        ),
        (claim("compute = \"area(a)\"\nvalue = 3\nunit = \"km\""), "cannot be in 'km'"),
        (claim("compute = \"within(a, a)\"\nvalue = 3"), "cannot be in ''"),
        (claim("compute = \"area(b)\""), "claim 'c': there is no feature 'b'"),
        (claim("compute = \"value(s, 1992)\""), "there is no series 's'"),
        (claim("compute = \"aera(a)\""), "nothing computes 'aera'"),
        (claim("value = 3"), "needs 'compute' or 'why'"),
        (claim("why = \"no population in the data\"\nvalue = nan"), "the value is no number"),
        (
            feature("a", "point = [1, 1]", "").replace("id = \"study\"", "id = \"other\""),
            "there is no source 'other'",
        ),
        (
            feature("a", "point = [1, 1]", "border = \"CN-RU\"\ncounterpart = \"a\"")
                .replace("\"place\"", "\"harbour\""),
            "there is no kind 'harbour'",
        ),
        (feature("a", "point = [1, 1]", "").replace("surveyed", "sure"), "no certainty 'sure'"),
    ];
    for (text, expected) in cases {
        let error = read(&text).unwrap_err();
        assert!(error.to_string().contains(expected), "{error} / {expected}");
    }
}

#[test]
fn names_in_any_spelling_find_the_place() {
    let names = r#"names = { en = "Rajin", ko = "라진", zh = "罗津", also = ["Najin"], printed = ["Ranjin"] }"#;
    let text = [
        feature("rajin", "point = [130.3, 42.25]", "").replace("names = { en = \"rajin\" }", names),
        feature("rajin-port", "at = \"rajin\"", "")
            .replace("names = { en = \"rajin-port\" }", names)
            .replace("\"place\"", "\"seaport\""),
    ]
    .concat();
    let catalogue = read(&text).unwrap();
    for spelling in ["rajin", "Rajin", "RAJIN", "라진", "罗津", "najin", "Ranjin"] {
        assert_eq!(catalogue.find(spelling).unwrap().id, "rajin", "{spelling}");
    }
    assert_eq!(catalogue.find("rajin-port").unwrap().kind, Some(Kind::Seaport));
    let error = catalogue.find("rajni").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unknown);
    assert!(error.hint().unwrap().contains("rajin"), "{:?}", error.hint());
    assert_eq!(catalogue.get("rajin").unwrap().span.status(1990), Status::Undated);
}

#[test]
fn counterparts_name_each_other() {
    let port = |id: &str, other: &str| {
        feature(id, "point = [1, 1]", &format!("border = \"CN-RU\"\ncounterpart = \"{other}\""))
            .replace("\"place\"", "\"border-port\"")
    };
    assert!(read(&[port("a", "b"), port("b", "a")].concat()).is_ok());
    let error = read(&[port("a", "b"), port("b", "c"), port("c", "b")].concat()).unwrap_err();
    assert!(error.to_string().contains("does not name it back"), "{error}");
}

/// Two places, and `more` tables.
fn with_places(more: &str) -> Result<Catalogue, Error> {
    read(
        &[
            feature("a", "point = [130, 42]", ""),
            feature("b", "point = [131, 43]", ""),
            more.to_owned(),
        ]
        .concat(),
    )
}

/// A link from `a` with the lines that every link needs, and `more` before its source.
fn link(id: &str, to: &str, more: &str) -> String {
    format!(
        "[[link]]\nid = \"{id}\"\nfrom = \"a\"\nto = \"{to}\"\nkind = \"trade\"\n{more}\n\
         [[link.source]]\nid = \"study\"\nlines = \"1\"\n"
    )
}

/// A series of `a` with the lines that every series needs, and `more`.
fn series(id: &str, more: &str) -> String {
    format!(
        "[[series]]\nid = \"{id}\"\ntitle = {{ en = \"T\" }}\nof = \"a\"\nquantity = \"trade\"\n\
         unit = \"US$ million\"\nsource = \"study\"\nlines = \"2\"\n{more}\n"
    )
}

#[test]
fn links_join_features_and_carry_amounts() {
    let amounts = "amount = [{ value = 60, unit = \"US$ million\", year = 1994 }, \
                   { value = 250, unit = \"US$ million\", year = 1993, about = \"about\" }]";
    let catalogue = with_places(&[link("z", "b", amounts), link("c", "b", "")].concat()).unwrap();
    let ids: Vec<&str> = catalogue.links().iter().map(|link| link.id.as_str()).collect();
    assert_eq!(ids, ["c", "z"]);
    let trade = &catalogue.links()[1];
    assert_eq!((trade.kind, trade.both_ways), (LinkKind::Trade, false));
    assert_eq!(trade.amount(1993).map(|amount| amount.value), Some(250.0));
    assert_eq!(trade.amount(1995), None);
    assert_eq!(trade.amounts[1].year, Some(1994), "amounts stand in order of year");
    for kind in LinkKind::ALL {
        assert_eq!(kind.name().parse::<LinkKind>().unwrap(), kind);
    }
}

#[test]
fn series_give_the_number_of_a_year_or_none() {
    let values = "values = [[1988, 15], [1989, \"lost\"], [1990, \"n/a\"], [1992, 3.5]]";
    let catalogue = with_places(&series("s", values)).unwrap();
    let trade = &catalogue.series()[0];
    let years = [1987, 1988, 1989, 1990, 1991, 1992];
    assert_eq!(
        years.map(|year| trade.value(year)),
        [None, Some(15.0), None, None, None, Some(3.5)]
    );
    assert_eq!(trade.cell(1989), Some(Cell::Lost));
    assert_eq!(trade.cell(1990), Some(Cell::NotGiven));
    assert_eq!(trade.cell(1991), None);
    assert_eq!(trade.values().collect::<Vec<_>>(), [(1988, 15.0), (1992, 3.5)]);
    let undated = with_places(&series("s", "undated = [34, 719]")).unwrap();
    assert!(undated.series()[0].cells().is_empty());
}

#[test]
fn mistakes_in_links_and_series_are_placed() {
    let cases = [
        (link("l", "nowhere", ""), "link 'l': there is no feature 'nowhere'"),
        (link("l", "a", ""), "features.toml: link 'l': the link leads back"),
        (link("l", "b", "along = \"c\""), "there is no feature 'c'"),
        (link("l", "b", "").replace("trade", "barter"), "no kind of link 'barter'"),
        (link("l", "b", "").replace("\"study\"", "\"other\""), "there is no source 'other'"),
        ([link("l", "b", ""), link("l", "b", "")].concat(), "link 'l' stands twice"),
        (link("l", "b", "amount = [{ value = -1, unit = \"t\" }]"), "0 or more"),
        (series("s", ""), "features.toml: series 's': the series is empty"),
        (series("s", "values = [[1990, 1], [1989, 2]]"), "1989 stands after 1990"),
        (series("s", "values = [[1990, 1], [1990, 2]]"), "1990 stands after 1990"),
        (series("s", "values = [[1990, \"guess\"]]"), "'guess' is no value"),
        (series("s", "values = [[90, 1]]"), "the year 90 is out of range"),
        (series("s", "partner = \"c\"\nundated = [1]"), "series 's': there is no feature 'c'"),
        (
            [series("s", "undated = [1]"), series("s", "undated = [1]")].concat(),
            "series 's' stands twice",
        ),
    ];
    for (text, expected) in cases {
        let error = with_places(&text).unwrap_err();
        assert!(error.to_string().contains(expected), "{error} / {expected}");
    }
}
