//! The members of a GeoJSON text as they stand there, read in one pass without a tree of values.

use std::fmt;

use geo_types::Coord;
use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// A text: a collection, a feature or a geometry, each with the members of its type.
#[derive(Deserialize)]
pub(super) struct Document {
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) features: Option<Vec<FeatureMembers>>,
    pub(super) id: Option<Value>,
    pub(super) properties: Option<Map<String, Value>>,
    pub(super) geometry: Option<GeometryMembers>,
    pub(super) coordinates: Option<Coordinates>,
    pub(super) crs: Option<Value>,
    pub(super) edges: Option<Value>,
}

/// What a text or a geometry is.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(super) enum Kind {
    FeatureCollection,
    Feature,
    Point,
    MultiPoint,
    LineString,
    MultiLineString,
    Polygon,
    MultiPolygon,
    GeometryCollection,
}

/// A member of a collection.
#[derive(Deserialize)]
pub(super) struct FeatureMembers {
    /// Read only so that what is no feature is refused.
    #[serde(rename = "type")]
    _kind: FeatureKind,
    pub(super) id: Option<Value>,
    pub(super) properties: Option<Map<String, Value>>,
    pub(super) geometry: Option<GeometryMembers>,
}

#[derive(Deserialize)]
enum FeatureKind {
    Feature,
}

impl FeatureMembers {
    /// The feature that a text consists of.
    pub(super) fn new(
        id: Option<Value>,
        properties: Option<Map<String, Value>>,
        geometry: Option<GeometryMembers>,
    ) -> Self {
        Self { _kind: FeatureKind::Feature, id, properties, geometry }
    }
}

/// A geometry.
#[derive(Deserialize)]
pub(super) struct GeometryMembers {
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) coordinates: Option<Coordinates>,
}

/// Positions, nested as deep as they stand in the text; further numbers of a position (height,
/// measure) are left out.
#[derive(Debug, PartialEq)]
pub(super) enum Coordinates {
    /// An empty list.
    Empty,
    Position(Coord),
    Line(Vec<Coord>),
    Lines(Vec<Vec<Coord>>),
    Areas(Vec<Vec<Vec<Coord>>>),
}

impl<'de> Deserialize<'de> for Coordinates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(AnyDepth)? {
            Element::Nested(coordinates) => Ok(coordinates),
            Element::Number(_) => Err(D::Error::custom("coordinates are a list, not a number")),
        }
    }
}

/// What a list of coordinates may hold.
enum Element {
    Number(f64),
    Nested(Coordinates),
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyDepth)
    }
}

/// The first element of a list tells what the others are.
struct AnyDepth;

impl<'de> Visitor<'de> for AnyDepth {
    type Value = Element;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a list of coordinates")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Element, E> {
        Ok(Element::Number(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Element, E> {
        Ok(Element::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Element, E> {
        Ok(Element::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Element, A::Error> {
        let Some(first) = list.next_element::<Element>()? else {
            return Ok(Element::Nested(Coordinates::Empty));
        };
        Ok(Element::Nested(match first {
            Element::Number(x) => Coordinates::Position(position_from(x, &mut list)?),
            Element::Nested(Coordinates::Position(first)) => {
                let rest = rest(&mut list, first, |Position(at)| at)?;
                Coordinates::Line(rest)
            }
            Element::Nested(Coordinates::Empty) => {
                Coordinates::Lines(rest(&mut list, Vec::new(), |Line(line)| line)?)
            }
            Element::Nested(Coordinates::Line(first)) => {
                Coordinates::Lines(rest(&mut list, first, |Line(line)| line)?)
            }
            Element::Nested(Coordinates::Lines(first)) => {
                let lines = |area: Vec<Line>| area.into_iter().map(|Line(line)| line).collect();
                Coordinates::Areas(rest(&mut list, first, lines)?)
            }
            Element::Nested(Coordinates::Areas(_)) => {
                return Err(A::Error::custom("the coordinates are nested too deep"));
            }
        }))
    }
}

/// The list whose first element was read.
fn rest<'de, A: SeqAccess<'de>, T: Deserialize<'de>, U>(
    list: &mut A,
    first: U,
    inner: impl Fn(T) -> U,
) -> Result<Vec<U>, A::Error> {
    let mut all = vec![first];
    while let Some(element) = list.next_element::<T>()? {
        all.push(inner(element));
    }
    Ok(all)
}

/// The position whose first number was read.
fn position_from<'de, A: SeqAccess<'de>>(x: f64, list: &mut A) -> Result<Coord, A::Error> {
    let Some(y) = list.next_element::<f64>()? else {
        return Err(A::Error::custom("a position needs two numbers, this one has 1"));
    };
    while list.next_element::<f64>()?.is_some() {}
    Ok(Coord { x, y })
}

/// A position where nothing else may stand.
struct Position(Coord);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numbers;
        impl<'de> Visitor<'de> for Numbers {
            type Value = Position;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a position: [longitude, latitude]")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Position, A::Error> {
                let Some(x) = list.next_element::<f64>()? else {
                    return Err(A::Error::custom("a position needs two numbers, this one has 0"));
                };
                position_from(x, &mut list).map(Position)
            }
        }
        deserializer.deserialize_seq(Numbers)
    }
}

/// A line or ring where nothing else may stand.
struct Line(Vec<Coord>);

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Positions;
        impl<'de> Visitor<'de> for Positions {
            type Value = Line;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of positions")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Line, A::Error> {
                match list.next_element::<Position>()? {
                    Some(Position(first)) => Ok(Line(rest(&mut list, first, |Position(at)| at)?)),
                    None => Ok(Line(Vec::new())),
                }
            }
        }
        deserializer.deserialize_seq(Positions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_of_every_depth() {
        let of = |text: &str| serde_json::from_str::<Coordinates>(text);
        let at = |x: f64, y: f64| Coord { x, y };
        assert_eq!(of("[130.5, 42, 9]").unwrap(), Coordinates::Position(at(130.5, 42.0)));
        assert_eq!(
            of("[[1, 2], [3e0, -4, 5]]").unwrap(),
            Coordinates::Line(vec![at(1.0, 2.0), at(3.0, -4.0)])
        );
        let Coordinates::Areas(areas) = of("[[[[1, 2]], [[3, 4]]], [[[5, 6], [7, 8]]]]").unwrap()
        else {
            panic!("an area")
        };
        assert_eq!((areas.len(), areas[0].len(), areas[1][0].len()), (2, 2, 2));
        assert_eq!(of("[]").unwrap(), Coordinates::Empty);
        assert_eq!(
            of("[[], [[1, 2]]]").unwrap(),
            Coordinates::Lines(vec![vec![], vec![at(1., 2.)]])
        );
        for wrong in ["[1]", "[[1, 2], [3]]", "[[1, 2], 3]", "7", "[[[[[1, 2]]]]]", "[null, 2]"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}
