//! FlatGeobuf 3 with its packed Hilbert R-tree, as GDAL, QGIS and web maps read it.

mod feature;

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use ::flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, calc_extent, hilbert_sort};
use ::flatgeobuf::{
    Column, ColumnArgs, ColumnType, Crs, CrsArgs, GeometryType as Kind, Header, HeaderArgs,
};
use flatbuffers::FlatBufferBuilder;
use tumen_geo_core::geojson::EDGES_VALUE;

use self::feature::Encoder;
use super::field::Type;
use super::layer::{GeometryType, Layer, Row};
use crate::error::{Error, Result};

/// The first bytes: version 3 of the format, patch 0.
const MAGIC: [u8; 8] = *b"fgb\x03fgb\x00";

/// Features of a layer in the order of a Hilbert curve, after an index of their boxes.
///
/// Features are kept in a file without a name until all are there; 80 bytes of memory for each.
pub struct Writer<W: Write> {
    out: W,
    layer: Layer,
    encoder: Encoder,
    kept: BufWriter<File>,
    /// The boxes of the features, each with its place in `starts`.
    boxes: Vec<NodeItem>,
    /// Where features start in what is kept, and where the last one ends.
    starts: Vec<u64>,
    /// Whether all geometries are of the type of the layer.
    uniform: bool,
}

impl<W: Write> Writer<W> {
    /// A file of the layer; features are kept in `folder` until it is finished, that of the system
    /// for such files when there is none.
    ///
    /// # Errors
    /// When nothing can be kept there, and when the layer has more columns than the format can number.
    pub fn new(out: W, layer: &Layer, folder: Option<&Path>) -> Result<Self> {
        if layer.fields.len() > usize::from(u16::MAX) {
            return Err(Error::failure("FlatGeobuf has at most 65,535 columns"));
        }
        let kept = match folder {
            Some(folder) => tempfile::tempfile_in(folder),
            None => tempfile::tempfile(),
        };
        Ok(Self {
            out,
            layer: layer.clone(),
            encoder: Encoder::default(),
            kept: BufWriter::with_capacity(1 << 18, kept.map_err(|e| kept_not(&e))?),
            boxes: Vec::new(),
            starts: vec![0],
            uniform: true,
        })
    }

    /// The header, for features within `extent`.
    fn header(&self, extent: &NodeItem) -> Vec<u8> {
        let mut fbb = FlatBufferBuilder::new();
        let fields = self.layer.fields.iter().enumerate();
        let columns: Vec<_> = fields
            .map(|(index, field)| {
                let args = ColumnArgs {
                    name: Some(fbb.create_string(&field.name)),
                    type_: column_type(field.of),
                    description: some(&mut fbb, &field.about),
                    nullable: index > 0,
                    ..ColumnArgs::default()
                };
                Column::create(&mut fbb, &args)
            })
            .collect();
        let crs = CrsArgs {
            org: Some(fbb.create_string("EPSG")),
            code: 4326,
            name: Some(fbb.create_string("WGS 84")),
            description: Some(fbb.create_string("longitude first, as OGC:CRS84")),
            ..CrsArgs::default()
        };
        let any = !self.boxes.is_empty();
        let metadata = serde_json::json!({ "edges": EDGES_VALUE }).to_string();
        let header = HeaderArgs {
            name: Some(fbb.create_string(&self.layer.name)),
            title: some(&mut fbb, &self.layer.title),
            metadata: Some(fbb.create_string(&metadata)),
            envelope: any.then(|| {
                fbb.create_vector(&[extent.min_x, extent.min_y, extent.max_x, extent.max_y])
            }),
            geometry_type: if self.uniform { kind(self.layer.geometry) } else { Kind::Unknown },
            columns: Some(fbb.create_vector(&columns)),
            features_count: self.boxes.len() as u64,
            index_node_size: if any { PackedRTree::DEFAULT_NODE_SIZE } else { 0 },
            crs: Some(Crs::create(&mut fbb, &crs)),
            ..HeaderArgs::default()
        };
        let header = Header::create(&mut fbb, &header);
        fbb.finish_size_prefixed(header, None);
        fbb.finished_data().to_vec()
    }

    /// Copies the features in the order of their boxes.
    fn features(&mut self) -> Result<()> {
        self.kept.flush().map_err(|e| kept_not(&e))?;
        let kept = self.kept.get_mut();
        let mut bytes = Vec::new();
        for leaf in &self.boxes {
            let place = leaf.offset as usize;
            let size = self.starts[place + 1] - self.starts[place];
            bytes.resize(size as usize, 0);
            kept.seek(SeekFrom::Start(self.starts[place]))
                .and_then(|_| kept.read_exact(&mut bytes))
                .map_err(|e| kept_not(&e))?;
            self.out.write_all(&bytes)?;
        }
        Ok(())
    }
}

impl<W: Write> super::Writer for Writer<W> {
    fn write(&mut self, row: &Row<'_>) -> Result<()> {
        let geometry = self.layer.geometry.hold(row.geometry()?);
        self.uniform &= GeometryType::of(&geometry) == self.layer.geometry;
        let (bytes, mut leaf) = self.encoder.feature(&geometry, row.cells, &self.layer.fields);
        leaf.offset = self.boxes.len() as u64;
        self.kept.write_all(bytes).map_err(|e| kept_not(&e))?;
        let start = self.starts.last().copied().unwrap_or_default();
        self.starts.push(start + bytes.len() as u64);
        self.boxes.push(leaf);
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        let extent = calc_extent(&self.boxes);
        self.out.write_all(&MAGIC)?;
        self.out.write_all(&self.header(&extent))?;
        if !self.boxes.is_empty() {
            hilbert_sort(&mut self.boxes, &extent);
            let mut offset = 0;
            let leaves: Vec<NodeItem> = (self.boxes.iter())
                .map(|leaf| {
                    let place = leaf.offset as usize;
                    let placed = NodeItem { offset, ..leaf.clone() };
                    offset += self.starts[place + 1] - self.starts[place];
                    placed
                })
                .collect();
            let tree = PackedRTree::build(&leaves, &extent, PackedRTree::DEFAULT_NODE_SIZE)
                .map_err(|e| Error::failure(format!("cannot index the features: {e}")))?;
            tree.stream_write(&mut self.out)?;
        }
        self.features()?;
        Ok(self.out.flush()?)
    }
}

/// A text, if there is any.
fn some<'b>(
    fbb: &mut FlatBufferBuilder<'b>,
    text: &str,
) -> Option<flatbuffers::WIPOffset<&'b str>> {
    (!text.is_empty()).then(|| fbb.create_string(text))
}

fn kind(geometry: GeometryType) -> Kind {
    match geometry {
        GeometryType::Point => Kind::Point,
        GeometryType::MultiPoint => Kind::MultiPoint,
        GeometryType::LineString => Kind::LineString,
        GeometryType::MultiLineString => Kind::MultiLineString,
        GeometryType::Polygon => Kind::Polygon,
        GeometryType::MultiPolygon => Kind::MultiPolygon,
        GeometryType::Mixed => Kind::Unknown,
    }
}

/// Days are a column of times, as GDAL has them.
fn column_type(of: Type) -> ColumnType {
    match of {
        Type::Text => ColumnType::String,
        Type::Integer => ColumnType::Long,
        Type::Number => ColumnType::Double,
        Type::Boolean => ColumnType::Bool,
        Type::Date => ColumnType::DateTime,
    }
}

fn kept_not(error: &std::io::Error) -> Error {
    Error::failure(format!("cannot keep features in a file until they are sorted: {error}"))
        .with_hint("make room on the disk")
}
