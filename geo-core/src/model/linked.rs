//! What links a feature with others.

use std::collections::BTreeSet;

use super::catalogue::Catalogue;
use super::feature::Feature;
use super::link::Link;
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::LonLat;
use crate::measure::Geodesic;
use crate::unit::Length;

/// How a link runs, seen from a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// From the feature to the partner.
    Out,
    /// From the partner to the feature.
    In,
    /// Both ways alike.
    Both,
    /// Along the feature, a corridor, from the link's start to its end.
    Along,
}

impl Direction {
    /// The word used in listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::In => "in",
            Self::Both => "both",
            Self::Along => "along",
        }
    }
}

/// A link, seen from a feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linked<'a> {
    /// The link.
    pub link: &'a Link,
    /// The feature that it touches: the one asked for, or one that stands at it. For
    /// [`Direction::Along`] the end where the link starts.
    pub through: &'a Feature,
    /// The feature at the other end.
    pub partner: &'a Feature,
    /// How it runs.
    pub direction: Direction,
}

impl Catalogue {
    /// Where a link to a feature begins: at the feature's place, at its point, else in the middle of
    /// its box.
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`] when the catalogue lacks the place, which one read from TOML does not.
    pub fn stand(&self, feature: &Feature) -> Result<LonLat> {
        let place = match &feature.place {
            Some(id) => self.known(id)?,
            None => feature,
        };
        Ok(match place.shape.points() {
            [point, ..] => LonLat::wrap(point.x(), point.y()),
            [] => place.shape.bbox().center(),
        })
    }

    /// The geodesic distance between the two places where a link's ends stand, whatever way it takes.
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`] when the catalogue lacks an end, which one read from TOML does not.
    pub fn span_of(&self, link: &Link) -> Result<Length> {
        let stand = |id: &str| self.stand(self.known(id)?);
        Ok(Geodesic::distance(stand(&link.from)?, stand(&link.to)?))
    }

    /// The links of a feature and of those that stand at it (its ports and zones: features whose
    /// `place` it is, and theirs in turn), and the links that run along it; by kind, then id, each
    /// once. Cost: one pass over features and links.
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`] when a link mentions a feature that the catalogue lacks, which one
    /// read from TOML does not.
    pub fn links_of<'a>(&'a self, feature: &'a Feature) -> Result<Vec<Linked<'a>>> {
        let here = self.standing_at(feature);
        let mut linked = Vec::new();
        for link in self.links() {
            let (from, to) = (self.known(&link.from)?, self.known(&link.to)?);
            let starts = here.contains(link.from.as_str());
            let ends = here.contains(link.to.as_str());
            let (through, partner, direction) = if starts || ends {
                let direction = match (link.both_ways, starts) {
                    (true, _) => Direction::Both,
                    (false, true) => Direction::Out,
                    (false, false) => Direction::In,
                };
                if starts { (from, to, direction) } else { (to, from, direction) }
            } else if link.along.as_deref() == Some(&feature.id) {
                (from, to, Direction::Along)
            } else {
                continue;
            };
            linked.push(Linked { link, through, partner, direction });
        }
        linked.sort_by_key(|one| (one.link.kind, &one.link.id));
        Ok(linked)
    }

    /// The ids of a feature and of all that stand at it.
    fn standing_at<'a>(&'a self, feature: &'a Feature) -> BTreeSet<&'a str> {
        let mut here = BTreeSet::from([feature.id.as_str()]);
        loop {
            let at_one = |f: &&Feature| f.place.as_deref().is_some_and(|id| here.contains(id));
            let standing = self.features().iter().filter(at_one).map(|f| f.id.as_str());
            let all: BTreeSet<&str> = standing.chain(here.iter().copied()).collect();
            if all.len() == here.len() {
                return here;
            }
            here = all;
        }
    }

    fn known(&self, id: &str) -> Result<&Feature> {
        self.get(id)
            .ok_or_else(|| Error::new(ErrorKind::Unknown, format!("there is no feature '{id}'")))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::model::{BaseMap, Union};
    use geo_types::{MultiLineString, MultiPolygon};

    struct NoBase;

    impl BaseMap for NoBase {
        fn units(&self, _: &[String]) -> Option<Union> {
            None
        }
        fn border(&self, _: &str) -> MultiLineString<f64> {
            MultiLineString(Vec::new())
        }
        fn coast(&self) -> MultiLineString<f64> {
            MultiLineString(Vec::new())
        }
        fn lake(&self, _: &str) -> MultiPolygon<f64> {
            MultiPolygon(Vec::new())
        }
        fn river(&self, _: &str) -> MultiLineString<f64> {
            MultiLineString(Vec::new())
        }
    }

    fn catalogue() -> Catalogue {
        let mut text = String::from("[[source]]\nid = 's'\ntitle = 'S'\n");
        for (id, more) in [
            ("town", "kind = 'place'\ngeometry = { point = [130, 42], from = 'x' }"),
            (
                "port",
                "kind = 'seaport'\nplace = 'town'\ngeometry = { point = [131, 43], from = 'x' }",
            ),
            ("zone", "kind = 'zone'\nplace = 'port'\ngeometry = { at = 'port', from = 'x' }"),
            ("other", "kind = 'place'\ngeometry = { point = [130, 43], from = 'x' }"),
            ("line", "kind = 'corridor'\ngeometry = { through = ['town', 'other'], from = 'x' }"),
        ] {
            let _ = write!(
                text,
                "[[feature]]\nid = '{id}'\n{more}\nnames = {{ en = '{id}' }}\n\
                 certainty = 'surveyed'\nsource = [{{ id = 's' }}]\n"
            );
        }
        for (id, from, to, kind, more) in [
            ("a", "town", "other", "trade", ""),
            ("b", "other", "port", "trade", ""),
            ("c", "other", "zone", "agreement", "both_ways = true"),
            ("d", "other", "line", "rail", "along = 'line'"),
            ("e", "port", "town", "road", "along = 'line'"),
        ] {
            let _ = write!(
                text,
                "[[link]]\nid = '{id}'\nfrom = '{from}'\nto = '{to}'\nkind = '{kind}'\n{more}\n\
                 source = [{{ id = 's' }}]\n"
            );
        }
        Catalogue::from_toml(&[("test.toml", &text)], &NoBase).unwrap()
    }

    #[test]
    fn links_of_what_stands_at_a_feature_are_its_own() {
        let catalogue = catalogue();
        let told = |id: &str| -> Vec<String> {
            let linked = catalogue.links_of(catalogue.get(id).unwrap()).unwrap();
            let words = |one: &Linked| {
                format!(
                    "{} {} {} {}",
                    one.link.id,
                    one.through.id,
                    one.direction.name(),
                    one.partner.id
                )
            };
            linked.iter().map(words).collect()
        };
        assert_eq!(
            told("town"),
            ["a town out other", "b port in other", "c zone both other", "e port out town"]
        );
        assert_eq!(told("port"), ["b port in other", "c zone both other", "e port out town"]);
        assert_eq!(told("line"), ["d line in other", "e port along town"]);
    }

    /// Expected: geographiclib 2.0 from the Python index, `Geodesic.WGS84.Inverse(42, 130, 43, 130)`: 111 083.004 m.
    #[test]
    fn the_span_of_a_link_is_that_of_its_stands() {
        let catalogue = catalogue();
        let link = |id: &str| catalogue.links().iter().find(|link| link.id == id).unwrap();
        let km = |id: &str| catalogue.span_of(link(id)).unwrap().to_km();
        assert!((km("a") - 111.083_004).abs() < 1e-6, "{}", km("a"));
        // The port stands at its town.
        assert!((km("b") - km("a")).abs() < 1e-9);
        assert!(km("e").abs() < 1e-9);
    }
}
