//! The members of a GeoJSON object as they stand there, read without a tree of values.

use serde_json::Value;

use super::coordinates::Coordinates;
use super::cursor::{Cursor, Scanned};
use super::properties::Properties;

/// How deep collections of geometries may hold one another.
const DEEPEST: u8 = 64;

/// A feature or a geometry, with the members of both.
#[derive(Default)]
pub(super) struct Members {
    pub(super) id: Option<Value>,
    pub(super) properties: Option<Properties>,
    pub(super) geometry: Option<GeometryMembers>,
    pub(super) edges: Option<Value>,
    /// Those of a geometry, and the type.
    pub(super) own: GeometryMembers,
    /// Whether a position had more than two numbers.
    pub(super) heights: bool,
}

/// A geometry.
#[derive(Default)]
pub(super) struct GeometryMembers {
    pub(super) kind: Option<Kind>,
    pub(super) coordinates: Option<Coordinates>,
    pub(super) geometries: Option<Vec<GeometryMembers>>,
}

/// What a text or a geometry is.
#[derive(Clone, Copy, Debug, PartialEq)]
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

impl Kind {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "FeatureCollection" => Self::FeatureCollection,
            "Feature" => Self::Feature,
            "Point" => Self::Point,
            "MultiPoint" => Self::MultiPoint,
            "LineString" => Self::LineString,
            "MultiLineString" => Self::MultiLineString,
            "Polygon" => Self::Polygon,
            "MultiPolygon" => Self::MultiPolygon,
            "GeometryCollection" => Self::GeometryCollection,
            _ => return None,
        })
    }
}

impl Members {
    /// The members of the object that a text consists of.
    pub(super) fn read(text: &str) -> Scanned<Self> {
        let mut members = Self::default();
        let mut cursor = Cursor::new(text);
        cursor.object(|cursor, name| {
            match name {
                "id" => members.id = Some(cursor.value()?),
                "properties" => members.properties = cursor.value()?,
                "geometry" => members.geometry = cursor.geometry(DEEPEST)?,
                "edges" => members.edges = Some(cursor.value()?),
                _ => members.own.member(cursor, name, DEEPEST)?,
            }
            Ok(())
        })?;
        cursor.end()?;
        members.heights = cursor.heights;
        Ok(members)
    }
}

impl GeometryMembers {
    /// Reads a member of a geometry, which may hold others as `deep` as that.
    fn member(&mut self, cursor: &mut Cursor<'_>, name: &str, deep: u8) -> Scanned<()> {
        match name {
            "type" => {
                let name = cursor.string()?;
                let kind =
                    Kind::named(&name).ok_or_else(|| format!("'{name}' is no type of it"))?;
                self.kind = Some(kind);
            }
            "coordinates" => self.coordinates = Some(cursor.coordinates()?),
            "geometries" => self.geometries = Some(cursor.geometries(deep)?),
            _ => cursor.skip()?,
        }
        Ok(())
    }
}

impl Cursor<'_> {
    /// A geometry, or null.
    fn geometry(&mut self, deep: u8) -> Scanned<Option<GeometryMembers>> {
        if self.peek() == b'n' {
            return self.value::<()>().map(|()| None);
        }
        let mut members = GeometryMembers::default();
        self.object(|cursor, name| members.member(cursor, name, deep))?;
        Ok(Some(members))
    }

    fn geometries(&mut self, deep: u8) -> Scanned<Vec<GeometryMembers>> {
        let Some(deep) = deep.checked_sub(1) else {
            return Err("its geometries hold one another too deep".into());
        };
        if !self.steps_over(b'[') {
            return Err("geometries are a list".into());
        }
        let mut all = Vec::new();
        if self.steps_over(b']') {
            return Ok(all);
        }
        loop {
            all.push(self.geometry(deep)?.ok_or("a geometry is expected")?);
            if !self.goes_on(b']')? {
                return Ok(all);
            }
        }
    }
}
