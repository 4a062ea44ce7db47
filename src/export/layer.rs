//! Features of one table: what every format is written from.

use std::borrow::Cow;

use geo_types::Geometry;
use serde_json::Value;
use tumen_geo_core::Shape;
use tumen_geo_core::raw::exported;

use super::field::Field;
use crate::error::Result;

/// What is written: a name, columns, and the type of all geometries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its name, such as that of the file.
    pub name: String,
    /// A line for people; may be empty.
    pub title: String,
    /// The columns; the first is `id`, a text that is different in each row.
    pub fields: Vec<Field>,
    /// What the geometries have in common.
    pub geometry: GeometryType,
}

/// The type of the geometries of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeometryType {
    /// A point each.
    Point,
    /// Points.
    MultiPoint,
    /// A line each.
    LineString,
    /// Lines.
    MultiLineString,
    /// An area each.
    Polygon,
    /// Areas.
    MultiPolygon,
    /// Points, lines and areas in one layer.
    Mixed,
}

impl GeometryType {
    /// The type of one geometry, as [`exported`] gives it.
    pub fn of(geometry: &Geometry) -> Self {
        match geometry {
            Geometry::Point(_) => Self::Point,
            Geometry::MultiPoint(_) => Self::MultiPoint,
            Geometry::LineString(_) | Geometry::Line(_) => Self::LineString,
            Geometry::MultiLineString(_) => Self::MultiLineString,
            Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => Self::Polygon,
            Geometry::MultiPolygon(_) => Self::MultiPolygon,
            Geometry::GeometryCollection(_) => Self::Mixed,
        }
    }

    /// The type that holds both, a single geometry being a `Multi…` of one part.
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (one, other) if one.multi() == other.multi() => one.multi(),
            _ => Self::Mixed,
        }
    }

    /// The `Multi…` type of the same dimension.
    pub fn multi(self) -> Self {
        match self {
            Self::Point | Self::MultiPoint => Self::MultiPoint,
            Self::LineString | Self::MultiLineString => Self::MultiLineString,
            Self::Polygon | Self::MultiPolygon => Self::MultiPolygon,
            Self::Mixed => Self::Mixed,
        }
    }

    /// Its name in OGC words; `Geometry` for mixed ones.
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "Point",
            Self::MultiPoint => "MultiPoint",
            Self::LineString => "LineString",
            Self::MultiLineString => "MultiLineString",
            Self::Polygon => "Polygon",
            Self::MultiPolygon => "MultiPolygon",
            Self::Mixed => "Geometry",
        }
    }

    /// A geometry as a layer of this type holds it: a single one made a `Multi…` of one part where
    /// the layer is of those.
    pub fn hold(self, geometry: Cow<'_, Geometry>) -> Cow<'_, Geometry> {
        Cow::Owned(match (self, geometry.as_ref()) {
            (Self::MultiPoint, Geometry::Point(point)) => Geometry::MultiPoint(vec![*point].into()),
            (Self::MultiLineString, Geometry::LineString(line)) => {
                Geometry::MultiLineString(geo_types::MultiLineString(vec![line.clone()]))
            }
            (Self::MultiPolygon, Geometry::Polygon(area)) => {
                Geometry::MultiPolygon(geo_types::MultiPolygon(vec![area.clone()]))
            }
            _ => return geometry,
        })
    }
}

/// A feature to be written.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Where it is.
    pub shape: &'a Shape,
    /// A cell for each field of the layer, the id first: null, or of the type of the field.
    pub cells: &'a [Value],
}

impl Row<'_> {
    /// The id.
    pub fn id(&self) -> &str {
        self.cells.first().and_then(Value::as_str).unwrap_or_default()
    }

    /// Its geometry as every format writes it, see [`exported`].
    ///
    /// # Errors
    /// When the shape is smaller than the last decimal written, 1 cm; the message names the feature.
    pub fn geometry(&self) -> Result<Cow<'_, Geometry>> {
        Ok(exported(self.shape).map_err(|e| e.within(format!("feature '{}'", self.id())))?)
    }
}

/// A file in the making.
pub trait Writer {
    /// Writes a feature.
    ///
    /// # Errors
    /// When the shape is smaller than the last decimal written, or the file cannot be written.
    fn write(&mut self, row: &Row<'_>) -> Result<()>;

    /// Writes what comes after the features.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn finish(self: Box<Self>) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::GeometryType::{LineString, Mixed, MultiLineString, MultiPolygon, Polygon};

    #[test]
    fn types_widen_to_what_holds_both() {
        assert_eq!(Polygon.with(Polygon), Polygon);
        assert_eq!(Polygon.with(MultiPolygon), MultiPolygon);
        assert_eq!(MultiLineString.with(LineString), MultiLineString);
        assert_eq!(Polygon.with(LineString), Mixed);
        assert_eq!(Mixed.with(Polygon), Mixed);
    }
}
