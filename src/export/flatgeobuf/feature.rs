//! One feature in the bytes of FlatGeobuf.

use ::flatgeobuf::packed_r_tree::NodeItem;
use ::flatgeobuf::{Feature, FeatureArgs, Geometry as Table, GeometryArgs, GeometryType as Kind};
use flatbuffers::{FlatBufferBuilder, WIPOffset};
use geo_types::{Coord, Geometry, LineString, Polygon};
use serde_json::Value;

use super::super::field::{Field, Type};

/// Makes the bytes of features; its room is used again for each.
pub(super) struct Encoder {
    fbb: FlatBufferBuilder<'static>,
    properties: Vec<u8>,
    xy: Vec<f64>,
    ends: Vec<u32>,
    bounds: NodeItem,
}

impl Default for Encoder {
    fn default() -> Self {
        Self {
            fbb: FlatBufferBuilder::with_capacity(1 << 16),
            properties: Vec::new(),
            xy: Vec::new(),
            ends: Vec::new(),
            bounds: NodeItem::create(0),
        }
    }
}

impl Encoder {
    /// The bytes of a feature after those of their number, and its box.
    pub(super) fn feature(
        &mut self,
        geometry: &Geometry,
        cells: &[Value],
        fields: &[Field],
    ) -> (&[u8], NodeItem) {
        self.fbb.reset();
        self.bounds = NodeItem::create(0);
        self.properties.clear();
        for (index, (cell, field)) in cells.iter().zip(fields).enumerate() {
            property(index, cell, field.of, &mut self.properties);
        }
        let properties = self.fbb.create_vector(&self.properties);
        let geometry = self.geometry(geometry);
        let feature = FeatureArgs {
            geometry: Some(geometry),
            properties: Some(properties),
            ..FeatureArgs::default()
        };
        let feature = Feature::create(&mut self.fbb, &feature);
        self.fbb.finish_size_prefixed(feature, None);
        (self.fbb.finished_data(), self.bounds.clone())
    }

    fn geometry(&mut self, geometry: &Geometry) -> WIPOffset<Table<'static>> {
        match geometry {
            Geometry::Point(point) => self.positions(Kind::Point, [point.0]),
            Geometry::MultiPoint(points) => {
                self.positions(Kind::MultiPoint, points.0.iter().map(|point| point.0))
            }
            Geometry::LineString(line) => self.chains(Kind::LineString, [line]),
            Geometry::MultiLineString(lines) => self.chains(Kind::MultiLineString, &lines.0),
            Geometry::Polygon(area) => self.polygon(area),
            Geometry::MultiPolygon(areas) => {
                let parts: Vec<_> = areas.0.iter().map(|area| self.polygon(area)).collect();
                self.parts(Kind::MultiPolygon, &parts)
            }
            Geometry::GeometryCollection(all) => {
                let parts: Vec<_> = all.0.iter().map(|part| self.geometry(part)).collect();
                self.parts(Kind::GeometryCollection, &parts)
            }
            Geometry::Line(line) => self.positions(Kind::LineString, [line.start, line.end]),
            Geometry::Rect(rect) => self.polygon(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.polygon(&triangle.to_polygon()),
        }
    }

    fn polygon(&mut self, area: &Polygon) -> WIPOffset<Table<'static>> {
        self.chains(Kind::Polygon, std::iter::once(area.exterior()).chain(area.interiors()))
    }

    fn parts(
        &mut self,
        type_: Kind,
        parts: &[WIPOffset<Table<'static>>],
    ) -> WIPOffset<Table<'static>> {
        let parts = Some(self.fbb.create_vector(parts));
        Table::create(&mut self.fbb, &GeometryArgs { type_, parts, ..GeometryArgs::default() })
    }

    fn positions(
        &mut self,
        type_: Kind,
        positions: impl IntoIterator<Item = Coord>,
    ) -> WIPOffset<Table<'static>> {
        self.start();
        self.add(positions);
        self.end(type_)
    }

    fn chains<'a>(
        &mut self,
        type_: Kind,
        chains: impl IntoIterator<Item = &'a LineString>,
    ) -> WIPOffset<Table<'static>> {
        self.start();
        for chain in chains {
            self.add(chain.0.iter().copied());
            self.ends.push((self.xy.len() / 2) as u32);
        }
        self.end(type_)
    }

    fn start(&mut self) {
        self.xy.clear();
        self.ends.clear();
    }

    fn add(&mut self, positions: impl IntoIterator<Item = Coord>) {
        let mut bounds = self.bounds.clone();
        for at in positions {
            bounds.expand_xy(at.x, at.y);
            self.xy.extend([at.x, at.y]);
        }
        self.bounds = bounds;
    }

    /// The geometry of the positions since the start; where chains end is only said of several.
    fn end(&mut self, type_: Kind) -> WIPOffset<Table<'static>> {
        let several = self.ends.len() > 1;
        let ends = several.then(|| self.fbb.create_vector(&self.ends));
        let xy = Some(self.fbb.create_vector(&self.xy));
        Table::create(&mut self.fbb, &GeometryArgs { type_, ends, xy, ..GeometryArgs::default() })
    }
}

/// Adds a cell after the number of its column; nulls are left out.
fn property(index: usize, cell: &Value, of: Type, out: &mut Vec<u8>) {
    let mut put = |bytes: &[u8]| {
        out.extend((index as u16).to_le_bytes());
        out.extend(bytes);
    };
    match of {
        Type::Text | Type::Date => {
            if let Some(text) = cell.as_str() {
                put(&(text.len() as u32).to_le_bytes());
                out.extend(text.as_bytes());
            }
        }
        Type::Integer => cell.as_i64().into_iter().for_each(|number| put(&number.to_le_bytes())),
        Type::Number => cell.as_f64().into_iter().for_each(|number| put(&number.to_le_bytes())),
        Type::Boolean => cell.as_bool().into_iter().for_each(|truth| put(&[u8::from(truth)])),
    }
}
