//! GeoParquet 1.1: columns by row groups, geometries as WKB, the box of each beside it.

mod columns;

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::{ColumnPath, Type as Schema, TypePtr};
use geo_types::{Coord, Geometry};
use serde_json::{Value, json};
use tumen_geo_core::geojson::EDGES_VALUE;

use self::columns::{Column, Texts};
use super::field::Type;
use super::layer::{GeometryType, Layer, Row};
use super::wkb;
use crate::error::{Error, Result};

/// OGC:CRS84 as PROJ 9 describes it.
const CRS84: &str = include_str!("crs84.json");

/// A row group ends after so many rows,
const ROWS: usize = 1 << 16;
/// or after so many bytes of geometries.
const BYTES: usize = 1 << 24;

/// Features of a layer as a table with a column of geometries.
///
/// A row group is in memory until it is full, at most 65,536 rows or 16 MiB of geometries.
pub struct Writer<W: Write> {
    out: W,
    /// Writes to `pages`, whose bytes go to `out` after each row group.
    file: SerializedFileWriter<Pages>,
    pages: Pages,
    layer: Layer,
    columns: Vec<Column>,
    shapes: Texts,
    /// West, south, east and north of each row.
    boxes: [Vec<f64>; 4],
    /// Names of the columns of geometries and of boxes.
    names: [String; 2],
    types: BTreeSet<&'static str>,
    extent: Option<[f64; 4]>,
}

impl<W: Write> Writer<W> {
    /// A file of the layer.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W, layer: &Layer) -> Result<Self> {
        let names = ["geometry", "bbox"].map(|name| free(name, layer));
        let pages = Pages::default();
        let schema = schema(layer, &names).map_err(|e| failed(&e))?;
        let properties = Arc::new(properties(&names));
        let file = SerializedFileWriter::new(pages.clone(), schema, properties);
        Ok(Self {
            out,
            file: file.map_err(|e| failed(&e))?,
            pages,
            layer: layer.clone(),
            columns: layer.fields.iter().map(|field| Column::new(field.of)).collect(),
            shapes: Texts::default(),
            boxes: Default::default(),
            names,
            types: BTreeSet::new(),
            extent: None,
        })
    }

    /// Writes the rows that are there as a row group.
    fn group(&mut self) -> Result<()> {
        if self.shapes.count() == 0 {
            return Ok(());
        }
        let mut group = self.file.next_row_group().map_err(|e| failed(&e))?;
        for column in &mut self.columns {
            column.write(&mut group).map_err(|e| failed(&e))?;
        }
        columns::required(&mut group, &mut self.shapes).map_err(|e| failed(&e))?;
        for numbers in &mut self.boxes {
            columns::numbers(&mut group, numbers, None).map_err(|e| failed(&e))?;
            numbers.clear();
        }
        group.close().map_err(|e| failed(&e))?;
        Ok(self.pages.to(&mut self.out)?)
    }

    /// What the file says of its geometries, see <https://geoparquet.org/releases/v1.1.0/>.
    fn metadata(&self) -> Value {
        let [geometry, bbox] = &self.names;
        let covering: serde_json::Map<String, Value> =
            SIDES.map(|side| (side.to_owned(), json!([bbox, side]))).into_iter().collect();
        let crs: Value = serde_json::from_str(CRS84).unwrap_or_default();
        let mut column = json!({
            "encoding": "WKB",
            "geometry_types": self.types,
            "crs": crs,
            "orientation": "counterclockwise",
            "edges": "planar",
            "covering": { "bbox": covering },
        });
        if let Some(extent) = self.extent {
            column["bbox"] = json!(extent);
        }
        json!({ "version": "1.1.0", "primary_column": geometry, "columns": { geometry: column } })
    }

    /// What the format has no place for: the title, what columns mean, and what edges mean.
    fn notes(&self) -> Value {
        let fields = self.layer.fields.iter().filter(|field| !field.about.is_empty());
        let about: serde_json::Map<String, Value> =
            fields.map(|field| (field.name.to_string(), Value::from(&*field.about))).collect();
        json!({
            "name": self.layer.name,
            "title": self.layer.title,
            "edges": EDGES_VALUE,
            "columns": about,
        })
    }
}

impl<W: Write> super::Writer for Writer<W> {
    fn write(&mut self, row: &Row<'_>) -> Result<()> {
        let geometry = self.layer.geometry.hold(row.geometry()?);
        for ((column, cell), field) in
            self.columns.iter_mut().zip(row.cells).zip(&self.layer.fields)
        {
            column.push(cell).map_err(|what| {
                Error::failure(format!("feature '{}': {}: {what}", row.id(), field.name))
            })?;
        }
        self.types.insert(GeometryType::of(&geometry).name());
        self.shapes.push(|bytes| wkb(&geometry, bytes));
        let here = around(&geometry);
        self.extent = Some(self.extent.map_or(here, |before| both(before, here)));
        for (numbers, number) in self.boxes.iter_mut().zip(here) {
            numbers.push(number);
        }
        if self.shapes.count() == ROWS || self.shapes.bytes() >= BYTES {
            self.group()?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.group()?;
        for (key, value) in [("geo", self.metadata()), ("tumen", self.notes())] {
            self.file.append_key_value_metadata(KeyValue::new(key.to_owned(), value.to_string()));
        }
        self.file.finish().map_err(|e| failed(&e))?;
        self.pages.to(&mut self.out)?;
        Ok(self.out.flush()?)
    }
}

const SIDES: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// A name that no field has, in upper or lower case.
fn free(name: &str, layer: &Layer) -> String {
    let mut name = name.to_owned();
    while layer.fields.iter().any(|field| field.name.eq_ignore_ascii_case(&name)) {
        name.push('_');
    }
    name
}

fn schema(layer: &Layer, [geometry, bbox]: &[String; 2]) -> ::parquet::errors::Result<TypePtr> {
    let mut fields = Vec::new();
    for field in &layer.fields {
        let (physical, logical) = match field.of {
            Type::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Type::Integer => (Physical::INT64, None),
            Type::Number => (Physical::DOUBLE, None),
            Type::Boolean => (Physical::BOOLEAN, None),
            Type::Date => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Schema::primitive_type_builder(&field.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        fields.push(Arc::new(field.build()?));
    }
    let required = |name: &str, physical: Physical| {
        let field = Schema::primitive_type_builder(name, physical);
        field.with_repetition(Repetition::REQUIRED).build().map(Arc::new)
    };
    fields.push(required(geometry, Physical::BYTE_ARRAY)?);
    let sides = SIDES.iter().map(|side| required(side, Physical::DOUBLE));
    let sides = sides.collect::<::parquet::errors::Result<_>>()?;
    let group = Schema::group_type_builder(bbox).with_repetition(Repetition::REQUIRED);
    fields.push(Arc::new(group.with_fields(sides).build()?));
    Ok(Arc::new(Schema::group_type_builder("schema").with_fields(fields).build()?))
}

fn properties([geometry, bbox]: &[String; 2]) -> WriterProperties {
    let shapes = ColumnPath::from(geometry.as_str());
    let mut properties = WriterProperties::builder()
        .set_created_by(concat!("tumen ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        // No two geometries are the same, and their least and greatest bytes say nothing.
        .set_column_dictionary_enabled(shapes.clone(), false)
        .set_column_statistics_enabled(shapes, EnabledStatistics::None);
    for side in SIDES {
        let path = ColumnPath::new(vec![bbox.clone(), side.to_owned()]);
        properties = properties.set_column_dictionary_enabled(path, false);
    }
    properties.build()
}

/// West, south, east and north of a geometry that is cut at ±180°.
fn around(geometry: &Geometry) -> [f64; 4] {
    let mut around = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let mut add = |positions: &[Coord]| {
        for at in positions {
            around = both(around, [at.x, at.y, at.x, at.y]);
        }
    };
    match geometry {
        Geometry::Point(point) => add(&[point.0]),
        Geometry::MultiPoint(points) => points.0.iter().for_each(|point| add(&[point.0])),
        Geometry::LineString(line) => add(&line.0),
        Geometry::MultiLineString(lines) => lines.0.iter().for_each(|line| add(&line.0)),
        Geometry::Polygon(area) => add(&area.exterior().0),
        Geometry::MultiPolygon(areas) => {
            areas.0.iter().for_each(|area| add(&area.exterior().0));
        }
        Geometry::GeometryCollection(parts) => {
            return parts.0.iter().map(self::around).fold(around, both);
        }
        Geometry::Line(line) => add(&[line.start, line.end]),
        Geometry::Rect(rect) => add(&[rect.min(), rect.max()]),
        Geometry::Triangle(triangle) => add(&triangle.to_array()),
    }
    around
}

fn both(one: [f64; 4], other: [f64; 4]) -> [f64; 4] {
    [one[0].min(other[0]), one[1].min(other[1]), one[2].max(other[2]), one[3].max(other[3])]
}

/// The bytes of a row group until it is whole: what writes it wants to be sent between threads,
/// which the output need not bear.
#[derive(Clone, Default)]
struct Pages(Arc<Mutex<Vec<u8>>>);

impl Pages {
    /// Moves the bytes to the output.
    fn to(&self, out: &mut impl Write) -> std::io::Result<()> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_all(&bytes)?;
        bytes.clear();
        Ok(())
    }
}

impl Write for Pages {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn failed(error: &::parquet::errors::ParquetError) -> Error {
    Error::failure(format!("cannot write the table: {error}"))
}
