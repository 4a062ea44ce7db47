//! FlatGeobuf 3, in its order or by its index.

mod geometry;
mod index;
mod properties;

use std::io::{BufReader, Read};
use std::path::Path;

use ::flatgeobuf::{
    GeometryType as Kind, Header, size_prefixed_root_as_feature, size_prefixed_root_as_header,
};
use serde_json::Value;
use tumen_geo_core::Bbox;
use tumen_geo_core::geojson::EDGES_VALUE;
use tumen_geo_core::raw::RawFeature;

use self::index::Index;
use self::properties::Columns;
use super::lonlat::ToLonLat;
use super::ranges::{Place, Ranges};
use super::window::{planar, touches};
use super::{Notes, Options, Unread};
use crate::error::{Error, Result};

/// The first bytes, before the patch of the version.
pub(super) const MAGIC: [u8; 7] = *b"fgb\x03fgb";

/// A header is not longer, bytes.
const HEADER: u64 = 1 << 26;

/// The features of a file.
pub(super) fn features(
    path: &Path,
    options: &Options,
    notes: &Notes,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    Features::new(&Ranges::open(path, options)?, options, notes)
}

struct Features {
    file: BufReader<Place>,
    /// Where the file is read.
    at: u64,
    /// Where the first feature is, and where the file ends.
    section: [u64; 2],
    wanted: Wanted,
    kind: Kind,
    columns: Columns,
    densified: bool,
    way: ToLonLat,
    /// The box that features are compared with one by one.
    window: Option<Bbox>,
    notes: Notes,
    bytes: Vec<u8>,
}

/// Which features are still to be read.
enum Wanted {
    /// All from the one with this number, to a number that is known or not.
    All(usize, Option<usize>),
    /// Those that the index found: where they are, and their numbers.
    Found(std::vec::IntoIter<(u64, usize)>),
}

impl Features {
    fn new(file: &Ranges, options: &Options, notes: &Notes) -> Result<Self> {
        let damaged = |what: String| Error::failure(format!("a damaged FlatGeobuf file: {what}"));
        let short = |_| damaged("it ends within its header".to_owned());
        let head = file.bytes(0, 12).map_err(short)?;
        let size = u64::from(u32::from_le_bytes([head[8], head[9], head[10], head[11]]));
        if !(8..=HEADER).contains(&size) {
            return Err(damaged(format!("a header of {size} bytes")));
        }
        let head = file.bytes(8, size + 4).map_err(short)?;
        let header = size_prefixed_root_as_header(&head).map_err(|e| damaged(e.to_string()))?;
        let start = 12 + size;
        let count = header.features_count();
        let index = match (count, header.index_node_size()) {
            (0, _) | (_, 0) => None,
            (_, 1) => return Err(damaged("an index with one branch to a node".to_owned())),
            (count, node) => Some(
                Index::new(start, count, node)
                    .filter(|index| index.size() <= file.length().saturating_sub(start))
                    .ok_or_else(|| damaged(format!("an index of {count} features")))?,
            ),
        };
        let first = start + index.as_ref().map_or(0, Index::size);
        let way = ToLonLat::new(system(&header).as_deref(), options, notes)?;
        let count = (count > 0).then_some(count as usize);
        let (wanted, window) = match (&index, options.bbox) {
            (Some(index), Some(bbox)) if way.is_lonlat() => {
                let found = index.search(file, &planar(&bbox));
                (Wanted::Found(found.map_err(|e| damaged(e.to_string()))?.into_iter()), None)
            }
            (_, window) => (Wanted::All(0, count), window),
        };
        // What an index found is seldom side by side.
        let room = if matches!(wanted, Wanted::All(..)) { 1 << 16 } else { 1 << 12 };
        Ok(Self {
            file: file.buffered(first, room),
            at: first,
            section: [first, file.length()],
            wanted,
            kind: header.geometry_type(),
            columns: Columns::of(header.columns()),
            densified: densified(header.metadata()),
            way,
            window,
            notes: notes.clone(),
            bytes: Vec::new(),
        })
    }

    /// Reads the bytes of the feature at a place.
    fn fetch(&mut self, place: u64) -> std::io::Result<()> {
        let [first, end] = self.section;
        let ends = || std::io::Error::other("it ends within a feature");
        let there = first.checked_add(place).filter(|there| *there <= end - 4).ok_or_else(ends)?;
        self.file.seek_relative(there.wrapping_sub(self.at) as i64)?;
        let mut size = [0; 4];
        self.file.read_exact(&mut size)?;
        let count = u64::from(u32::from_le_bytes(size));
        self.at = there + 4;
        if !(8..=end - self.at).contains(&count) {
            return Err(ends());
        }
        self.bytes.clear();
        self.bytes.extend(size);
        self.bytes.resize(count as usize + 4, 0);
        self.file.read_exact(&mut self.bytes[4..])?;
        self.at += count;
        Ok(())
    }

    fn feature(&mut self, place: u64, index: usize) -> Result<RawFeature> {
        let damaged = |what: String| {
            Error::failure(format!("a damaged FlatGeobuf file: feature {index}: {what}"))
        };
        self.fetch(place).map_err(|e| damaged(e.to_string()))?;
        let feature =
            size_prefixed_root_as_feature(&self.bytes).map_err(|e| damaged(e.to_string()))?;
        let geometry = match feature.geometry() {
            Some(table) => geometry::read(&table, self.kind, &self.notes)
                .map_err(|e| e.within(&format!("feature {index}")))?,
            None => None,
        };
        let own = feature.columns().map(|own| Columns::of(Some(own)));
        let columns = own.as_ref().unwrap_or(&self.columns);
        let bytes = feature.properties().map_or(&[][..], |bytes| bytes.bytes());
        let properties = columns.read(bytes, &self.notes).map_err(damaged)?;
        let densified = self.densified;
        self.way.feature(RawFeature {
            index,
            geometry,
            properties,
            densified,
            ..RawFeature::default()
        })
    }
}

impl Iterator for Features {
    type Item = Result<Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (place, index) = match &mut self.wanted {
                Wanted::Found(found) => found.next()?,
                Wanted::All(next, count) => {
                    let over = match *count {
                        Some(count) => *next >= count,
                        None => self.at >= self.section[1],
                    };
                    if over {
                        return None;
                    }
                    *next += 1;
                    (self.at - self.section[0], *next - 1)
                }
            };
            let feature = match self.feature(place, index) {
                Ok(feature) => feature,
                Err(error) => {
                    self.wanted = Wanted::All(0, Some(0));
                    return Some(Err(error));
                }
            };
            if self.window.is_none_or(|window| touches(&feature, &window)) {
                return Some(Ok(Unread::Raw(Box::new(feature))));
            }
        }
    }
}

/// What the header says of the coordinate system: authority and code, else WKT.
fn system(header: &Header<'_>) -> Option<String> {
    let crs = header.crs()?;
    let authority = crs.org().filter(|org| !org.is_empty()).unwrap_or("EPSG");
    let code = match (crs.code(), crs.code_string()) {
        (0, text) => text.filter(|text| !text.is_empty()).map(str::to_owned),
        (code, _) => Some(code.to_string()),
    };
    let wkt = crs.wkt().filter(|wkt| !wkt.is_empty()).map(str::to_owned);
    code.map(|code| format!("{authority}:{code}")).or(wkt)
}

/// Whether the metadata say that edges mean the same either way.
fn densified(metadata: Option<&str>) -> bool {
    let said: Option<Value> = metadata.and_then(|text| serde_json::from_str(text).ok());
    said.is_some_and(|said| said["edges"] == EDGES_VALUE)
}
