//! Writing: RFC 7946 to the letter, the same bytes for the same features.

use std::io::Write;

use geo_types::{Geometry, LineString, Polygon};
use serde_json::Value;

use super::number::{push_numbers, push_position};
use super::{EDGES_MEMBER, EDGES_VALUE, GEODESIC, GEODESIC_DENSE};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::{EdgeModel, Shape};
use crate::predicate::plane::{Spans, range_of};
use crate::raw::{Record, exported};

/// A feature to be written.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The id: both a member of the feature and its first property, since not all readers keep
    /// the former.
    pub id: &'a str,
    /// Where it is.
    pub shape: &'a Shape,
    /// The other properties, in this order; one named `id` is left out.
    pub properties: &'a [(String, Value)],
}

impl<'a> From<&'a Record> for Row<'a> {
    fn from(record: &'a Record) -> Self {
        Self { id: &record.id, shape: &record.shape, properties: &record.properties }
    }
}

/// How features stand in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Framing {
    /// A `FeatureCollection`, a feature to a line.
    #[default]
    Collection,
    /// A feature to a line and nothing else, which is known as GeoJSONL or newline-delimited
    /// GeoJSON.
    Lines,
    /// A GeoJSON text sequence (RFC 8142): a record separator before each line.
    Sequence,
}

/// Writes features one after the other, with no more in memory than one of them.
///
/// Exteriors run counter-clockwise, holes clockwise; what crosses ±180° is cut there, and an area
/// over a pole has its ring along ±180° and the pole. Positions have at most 7 decimals (1 cm).
/// A collection and each feature have a `bbox`, whose west is greater than its east where it
/// crosses ±180°; that of a collection comes after the features. Properties are flat: lists of texts
/// and numbers are joined by `"; "`. Edges are short enough to mean the same as geodesics, which the
/// member `edges` says, in sequences of each feature that has any; a feature whose
/// [`edge_model`](Shape::edge_model) is geodesic has one, too.
///
/// What [`Features`](super::Features) makes of it is written to the same bytes again.
///
/// ```
/// use tumen_geo_core::{EdgeModel, geojson::{self, Framing, Writer}};
/// let text = r#"{"type": "Point", "coordinates": [130.60, 42.45]}"#;
/// let mut writer = Writer::new(Vec::new(), Framing::Lines);
/// for record in &geojson::read(text, EdgeModel::LonLat)? {
///     writer.feature(record)?;
/// }
/// assert!(writer.finish()?.ends_with(b",\"properties\":{\"id\":\"0\"}}\n"));
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    to: W,
    framing: Framing,
    /// What is not yet written.
    text: Vec<u8>,
    count: usize,
    /// The box of what was written, unless it stands before the features.
    bounds: Option<Bounds>,
}

impl<W: Write> Writer<W> {
    /// Features written to `to`, in large pieces.
    pub fn new(to: W, framing: Framing) -> Self {
        let bounds = (framing == Framing::Collection).then(Bounds::default);
        Self { to, framing, text: Vec::with_capacity(2 * PIECE), count: 0, bounds }.begun(None)
    }

    /// A collection of features whose box is known.
    fn within(to: W, bbox: Option<[f64; 4]>) -> Self {
        let writer = Self::new(to, Framing::Lines);
        Self { framing: Framing::Collection, ..writer }.begun(bbox)
    }

    fn begun(mut self, bbox: Option<[f64; 4]>) -> Self {
        if self.framing == Framing::Collection {
            self.text.extend_from_slice(b"{\"type\":\"FeatureCollection\",");
            if let Some(bbox) = bbox {
                push_bbox(&mut self.text, bbox);
                self.text.push(b',');
            }
            push_edges(&mut self.text, EDGES_VALUE);
            self.text.extend_from_slice(b"\"features\":[");
        }
        self
    }

    /// Writes a feature.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] for a property that is an object or a list of lists, and when it cannot
    /// be written; [`ErrorKind::Geometry`] for a shape that is smaller than the last decimal.
    pub fn feature<'a>(&mut self, row: impl Into<Row<'a>>) -> Result<()> {
        let Row { id, shape, properties } = row.into();
        self.row(id, shape, properties.iter().map(|(name, value)| (name.as_str(), value)))
    }

    /// As [`feature`](Self::feature), of properties that stand elsewhere.
    ///
    /// # Errors
    /// Those of [`feature`](Self::feature).
    pub fn row<'a>(
        &mut self,
        id: &str,
        shape: &Shape,
        properties: impl IntoIterator<Item = (&'a str, &'a Value)>,
    ) -> Result<()> {
        let before = self.text.len();
        self.text.extend_from_slice(match (self.framing, self.count) {
            (Framing::Collection, 0) => b"\n",
            (Framing::Collection, _) => b",\n",
            (Framing::Lines, _) => b"",
            (Framing::Sequence, _) => b"\x1e",
        });
        if let Err(error) = push_feature(&mut self.text, self.framing, id, shape, properties) {
            self.text.truncate(before);
            return Err(error.within(format!("feature '{id}'")));
        }
        if self.framing != Framing::Collection {
            self.text.push(b'\n');
        }
        self.count += 1;
        if let Some(bounds) = &mut self.bounds {
            bounds.add(shape);
        }
        if self.text.len() >= PIECE {
            self.pass_on()?;
        }
        Ok(())
    }

    fn pass_on(&mut self) -> Result<()> {
        let done = self.to.write_all(&self.text);
        self.text.clear();
        done.map_err(|e| Error::new(ErrorKind::Format, format!("it cannot be written: {e}")))
    }

    /// Writes what comes after the features, and gives back where they were written to.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] when it cannot be written.
    pub fn finish(mut self) -> Result<W> {
        if self.framing == Framing::Collection {
            self.text.extend_from_slice(b"\n]");
            if let Some(bbox) = self.bounds.take().and_then(Bounds::bbox) {
                self.text.push(b',');
                push_bbox(&mut self.text, bbox);
            }
            self.text.extend_from_slice(b"}\n");
        }
        self.pass_on()?;
        let flushed = self.to.flush();
        flushed.map_err(|e| Error::new(ErrorKind::Format, format!("it cannot be written: {e}")))?;
        Ok(self.to)
    }
}

/// Bytes that are written at once.
const PIECE: usize = 1 << 16;

/// Writes a collection as [`Writer`] does, but its `bbox` comes first.
///
/// What [`read`](super::read) makes of it is written to the same bytes again.
///
/// # Errors
/// Those of [`Writer::feature`].
pub fn write<'a, R: Into<Row<'a>>>(rows: impl IntoIterator<Item = R>) -> Result<String> {
    let rows: Vec<Row<'a>> = rows.into_iter().map(Into::into).collect();
    let mut bounds = Bounds::default();
    for row in &rows {
        bounds.add(row.shape);
    }
    let mut writer = Writer::within(Vec::new(), bounds.bbox());
    for row in rows {
        writer.feature(row)?;
    }
    let not_text = |_| Error::new(ErrorKind::Format, "it is not UTF-8 text");
    String::from_utf8(writer.finish()?).map_err(not_text)
}

/// The GeoJSON geometry of a shape, wound, cut and rounded as [`Writer`] does it.
///
/// # Errors
/// [`ErrorKind::Geometry`] for a shape that is smaller than the last decimal.
///
/// ```
/// use tumen_geo_core::{LonLat, Shape, geojson};
/// let rajin = Shape::point(LonLat::new(130.3, 42.25)?);
/// assert_eq!(geojson::geometry(&rajin)?, r#"{"type":"Point","coordinates":[130.3,42.25]}"#);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn geometry(shape: &Shape) -> Result<String> {
    let mut text = Vec::new();
    push_geometry(&mut text, shape)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn push_feature<'a>(
    text: &mut Vec<u8>,
    framing: Framing,
    id: &str,
    shape: &Shape,
    properties: impl IntoIterator<Item = (&'a str, &'a Value)>,
) -> Result<()> {
    text.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
    push_text(text, id);
    text.push(b',');
    let (south, north) = latitudes(shape);
    let (west, east) = range_of(shape);
    push_bbox(text, [west, south, east, north]);
    text.push(b',');
    let geodesic = shape.edge_model() == EdgeModel::Geodesic;
    match (shape.dimension(), framing) {
        (0, _) => {}
        (_, Framing::Collection) if geodesic => push_edges(text, GEODESIC),
        (_, Framing::Collection) => {}
        (_, Framing::Lines | Framing::Sequence) => {
            push_edges(text, if geodesic { GEODESIC_DENSE } else { EDGES_VALUE });
        }
    }
    text.extend_from_slice(b"\"geometry\":");
    push_geometry(text, shape)?;
    text.extend_from_slice(b",\"properties\":{\"id\":");
    push_text(text, id);
    for (name, value) in properties.into_iter().filter(|(name, _)| *name != "id") {
        text.push(b',');
        push_text(text, name);
        text.push(b':');
        push_flat(text, value).map_err(|e| e.within(format!("property '{name}'")))?;
    }
    text.extend_from_slice(b"}}");
    Ok(())
}

/// A member `edges`, with the comma behind it.
fn push_edges(text: &mut Vec<u8>, value: &str) {
    push_text(text, EDGES_MEMBER);
    text.push(b':');
    push_text(text, value);
    text.push(b',');
}

fn push_text(text: &mut Vec<u8>, value: &str) {
    if value.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        text.push(b'"');
        text.extend_from_slice(value.as_bytes());
        text.push(b'"');
    } else {
        push_value(text, &Value::from(value));
    }
}

fn push_value(text: &mut Vec<u8>, value: &Value) {
    // Neither a text nor a number fails to be written to memory.
    let _ = serde_json::to_writer(text, value);
}

/// A property that a table can hold.
fn push_flat(text: &mut Vec<u8>, value: &Value) -> Result<()> {
    let nested = || {
        Error::new(ErrorKind::Format, "a property must be a text, a number, true, false or null")
            .with_hint("give each part of it a property of its own")
    };
    let plain = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Null => Ok(String::new()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Array(_) | Value::Object(_) => Err(nested()),
    };
    match value {
        Value::Object(_) => return Err(nested()),
        Value::Array(values) => {
            push_text(text, &values.iter().map(plain).collect::<Result<Vec<String>>>()?.join("; "));
        }
        Value::String(value) => push_text(text, value),
        Value::Null | Value::Bool(_) | Value::Number(_) => push_value(text, value),
    }
    Ok(())
}

/// The box of several shapes.
#[derive(Debug)]
struct Bounds {
    spans: Spans,
    south: f64,
    north: f64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { spans: Spans::default(), south: f64::INFINITY, north: f64::NEG_INFINITY }
    }
}

impl Bounds {
    fn add(&mut self, shape: &Shape) {
        let (south, north) = latitudes(shape);
        (self.south, self.north) = (self.south.min(south), self.north.max(north));
        self.spans.add(shape);
    }

    /// West, south, east and north; `None` around nothing.
    fn bbox(self) -> Option<[f64; 4]> {
        let (south, north) = (self.south, self.north);
        let (west, east) = self.spans.range();
        (south <= north).then_some([west, south, east, north])
    }
}

fn latitudes(shape: &Shape) -> (f64, f64) {
    // Latitudes are numbers: the quicker comparison will do.
    let around = |(south, north): (f64, f64), lat: f64| {
        (if lat < south { lat } else { south }, if lat > north { lat } else { north })
    };
    let points = shape.points().iter().map(|point| point.0.y);
    let limits = points.fold((f64::INFINITY, f64::NEG_INFINITY), around);
    shape.chains().fold(limits, |limits, chain| chain.0.iter().map(|at| at.y).fold(limits, around))
}

fn push_bbox(text: &mut Vec<u8>, bbox: [f64; 4]) {
    text.extend_from_slice(b"\"bbox\":");
    push_numbers(text, bbox);
}

fn push_geometry(text: &mut Vec<u8>, shape: &Shape) -> Result<()> {
    let geometry = exported(shape)?;
    let mut kind = |kind: &str| {
        for part in ["{\"type\":\"", kind, "\",\"coordinates\":"] {
            text.extend_from_slice(part.as_bytes());
        }
    };
    match &*geometry {
        Geometry::Point(point) => {
            kind("Point");
            push_position(text, point.0);
        }
        Geometry::MultiPoint(points) => {
            kind("MultiPoint");
            push_list(text, points, |text, point| push_position(text, point.0));
        }
        Geometry::LineString(line) => {
            kind("LineString");
            push_chain(text, line);
        }
        Geometry::MultiLineString(lines) => {
            kind("MultiLineString");
            push_list(text, lines, push_chain);
        }
        Geometry::Polygon(area) => {
            kind("Polygon");
            push_polygon(text, area);
        }
        Geometry::MultiPolygon(areas) => {
            kind("MultiPolygon");
            push_list(text, areas, push_polygon);
        }
        // A shape is none of the others.
        _ => return Ok(()),
    }
    text.push(b'}');
    Ok(())
}

fn push_polygon(text: &mut Vec<u8>, polygon: &Polygon) {
    push_list(text, [polygon.exterior()].into_iter().chain(polygon.interiors()), push_chain);
}

fn push_chain(text: &mut Vec<u8>, line: &LineString) {
    push_list(text, &line.0, |text, at| push_position(text, *at));
}

fn push_list<T>(
    text: &mut Vec<u8>,
    parts: impl IntoIterator<Item = T>,
    push: impl Fn(&mut Vec<u8>, T),
) {
    text.push(b'[');
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        push(text, part);
    }
    text.push(b']');
}
