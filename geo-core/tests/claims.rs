//! Claims computed, and their verdicts.

use geo_types::{MultiLineString, MultiPolygon, line_string};
use tumen_geo_core::check::{Verdict, check};
use tumen_geo_core::model::{BaseMap, Catalogue, Union};

/// A base map of one border along the meridian of 130° E.
struct Base;

impl BaseMap for Base {
    fn units(&self, _: &[String]) -> Option<Union> {
        None
    }

    fn border(&self, pair: &str) -> MultiLineString<f64> {
        let line = line_string![(x: 130., y: 42.), (x: 130., y: 43.), (x: 130., y: 44.)];
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

const FEATURES: [(&str, &str, &str); 7] = [
    ("a", "place", "point = [130, 42]"),
    ("b", "place", "point = [130, 43]"),
    ("c", "place", "point = [131, 42.5]"),
    (
        "west",
        "region",
        "ring = [[129, 42], [130, 42], [130, 44], [129, 44], [129, 42]], edges = \"lonlat\"",
    ),
    (
        "east",
        "region",
        "ring = [[130, 42], [132, 42], [132, 44], [130, 44], [130, 42]], edges = \"lonlat\"",
    ),
    ("triangle", "growth-triangle", "members = [\"a\", \"b\", \"c\"]"),
    ("line", "corridor", "through = [\"a\", \"b\", \"c\"]"),
];

/// Each claim as its expression, what else it says, and the verdict in words.
const CLAIMS: [(&str, &str, &str); 25] = [
    // geographiclib 2.x (PyPI): Geodesic.WGS84.Inverse(42, 130, 43, 130)['s12'] is 111083.0045 m, and
    // 222185.4901 m to 44.
    ("distance(a, b)", "value = 111.083\nunit = \"km\"", "agrees"),
    ("distance(a, b)", "value = 100\nunit = \"km\"", "differs by +11.1 %"),
    ("distance(a, b)", "value = 105\nunit = \"km\"\nabout = \"about\"", "agrees"),
    ("distance(a, b)", "value = 111083\nunit = \"m\"", "agrees"),
    ("distance(a, b)", "about = \"near\"", "fails: 111.1 km is not near"),
    ("distance(a, border:CN-RU)", "about = \"near\"", "holds"),
    (
        "distance(a, coast)",
        "about = \"near\"",
        "cannot be computed: the base map has no line 'coast'",
    ),
    ("length(border:CN-RU)", "value = 222.185\nunit = \"km\"", "agrees"),
    ("along(border:CN-RU, a, b)", "value = 111.083\nunit = \"km\"", "agrees"),
    ("length_in(border:CN-RU, west) / length(border:CN-RU) * 100", "value = 100", "agrees"),
    ("route(a, b, c) / length(line)", "value = 1", "agrees"),
    ("area(triangle) < area(west) < area(east)", "", "holds"),
    ("shared(triangle, east) / area(triangle)", "value = 1.0", "agrees"),
    ("shared(triangle, west)", "value = 0.0\nunit = \"km2\"\nabout = \"near\"", "agrees"),
    (
        "area(a)",
        "value = 1\nunit = \"km2\"",
        "cannot be computed: the sources give the feature no extent",
    ),
    ("count(a, b, c)", "value = 3", "agrees"),
    ("count_in(place, east)", "value = 4", "differs by -25.0 %"),
    ("members(triangle)", "value = 3", "agrees"),
    ("covers(east, a, b, c)", "", "holds"),
    ("covers(west, a, c)", "", "fails: c outside"),
    ("within(triangle, west)", "", "fails: c outside west"),
    ("west_of(c, a)", "", "fails: it lies east of a"),
    ("touches(west, east)", "", "holds"),
    ("disjoint(west, east)", "", "holds"),
    ("1481.2 + 900", "value = 2400", "differs by -0.8 %"),
];

#[test]
fn claims_come_to_their_verdicts() {
    let features = FEATURES.map(|(id, kind, geometry)| {
        format!(
            "[[feature]]\nid = \"{id}\"\nkind = \"{kind}\"\ncertainty = \"surveyed\"\n\
             names = {{ en = \"{id}\" }}\ngeometry = {{ {geometry}, from = \"test\" }}\n\
             [[feature.source]]\nid = \"study\"\n"
        )
    });
    let claims = CLAIMS.iter().enumerate().map(|(index, (compute, more, _))| {
        format!(
            "[[claim]]\nid = \"c{index:02}\"\ntext = \"\"\nsource = \"study\"\n\
             compute = \"{compute}\"\n{more}\n"
        )
    });
    let source = "[[source]]\nid = \"study\"\nkind = \"thesis\"\ntitle = \"T\"\n";
    let text = source.to_owned() + &features.concat() + &claims.collect::<String>();
    let catalogue = Catalogue::from_toml(&[("test.toml", &text)], &Base).unwrap();
    let checked = check(&catalogue, &Base);
    assert_eq!(checked.len(), CLAIMS.len());
    for (one, (compute, more, expected)) in checked.iter().zip(CLAIMS) {
        assert_eq!(one.verdict.describe(), expected, "{compute} {more}: {:?}", one.computed);
        let open = matches!(
            one.verdict,
            Verdict::NotComputable { .. } | Verdict::Holds | Verdict::Fails { .. }
        );
        assert!(open || one.computed.is_some(), "{compute}");
    }
}
