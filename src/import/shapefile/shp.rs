//! The geometries of a shapefile (Esri, 1998): `.shp`, found through `.shx` where there is one.

use std::io::SeekFrom;

use geo_types::Coord;
use tumen_geo_core::raw::RawGeometry;

use super::Bytes;
use super::rings::polygons;
use crate::error::{Error, Result};

/// The bytes before the first record, in both files.
const HEADER: usize = 100;

/// What a shapefile starts with.
pub(in super::super) const SHP: [u8; 4] = [0, 0, 0x27, 0x0a];

/// A geometry and what of it is left out.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Shape {
    /// `None` for a null shape.
    pub(super) geometry: Option<RawGeometry>,
    /// What there is to say of it.
    pub(super) notes: Vec<&'static str>,
}

/// The geometries of a file, in the order of its index.
pub(super) struct Shapes {
    bytes: Box<dyn Bytes>,
    /// Where the records start, if that is known.
    starts: Option<std::vec::IntoIter<u64>>,
    /// Where the reader is.
    at: u64,
    end: u64,
}

impl Shapes {
    /// Reads the heads of both files.
    pub(super) fn open(mut bytes: Box<dyn Bytes>, index: Option<&[u8]>) -> Result<Self> {
        let mut head = [0; HEADER];
        bytes.read_exact(&mut head).map_err(|e| cut_off(&e))?;
        if head[..4] != SHP {
            return Err(Error::failure("the .shp does not start as a shapefile does"));
        }
        let end = bytes.seek(SeekFrom::End(0)).map_err(|e| cut_off(&e))?;
        bytes.seek(SeekFrom::Start(HEADER as u64)).map_err(|e| cut_off(&e))?;
        // What stands behind the length that is said is none of it.
        let end = end.min(u64::from(big_endian(&head, 24).unwrap_or(0)) * 2);
        let starts = index.map(|index| {
            let entries = index.get(HEADER..).unwrap_or_default().chunks_exact(8);
            let start = |entry: &[u8]| u64::from(big_endian(entry, 0).unwrap_or(0)) * 2;
            entries.map(start).collect::<Vec<u64>>().into_iter()
        });
        Ok(Self { bytes, starts, at: HEADER as u64, end })
    }

    /// The next geometry, and the bytes it took.
    pub(super) fn next(&mut self) -> Result<Option<(Shape, u64)>> {
        let start = match &mut self.starts {
            Some(starts) => match starts.next() {
                Some(start) => start,
                None => return Ok(None),
            },
            None if self.at >= self.end => return Ok(None),
            None => self.at,
        };
        if start != self.at {
            self.bytes.seek(SeekFrom::Start(start)).map_err(|e| cut_off(&e))?;
        }
        let mut head = [0; 8];
        self.bytes.read_exact(&mut head).map_err(|e| cut_off(&e))?;
        let length = u64::from(big_endian(&head, 4).unwrap_or(0)) * 2;
        self.at = start + 8 + length;
        if self.at > self.end {
            return Err(damaged("a record reaches beyond the end of the file"));
        }
        let mut content = vec![0; length as usize];
        self.bytes.read_exact(&mut content).map_err(|e| cut_off(&e))?;
        let shape =
            shape(&content).ok_or_else(|| damaged("a record is shorter than it says"))??;
        Ok(Some((shape, 8 + length)))
    }
}

/// A record as a geometry; `None` when it is too short.
fn shape(record: &[u8]) -> Option<Result<Shape>> {
    let mut shape = Shape::default();
    let of = little_endian(record, 0)?;
    match of {
        11 | 13 | 15 | 18 => shape.notes.push("heights are left out"),
        21 | 23 | 25 | 28 => shape.notes.push("measures are left out"),
        _ => {}
    }
    shape.geometry = match of {
        0 => None,
        1 | 11 | 21 => Some(RawGeometry::Point(position(record, 4)?)),
        8 | 18 | 28 => Some(RawGeometry::MultiPoint(positions(record, 40, count(record, 36)?)?)),
        3 | 13 | 23 => {
            let mut lines = parts(record)?;
            Some(match lines.len() {
                1 => RawGeometry::LineString(lines.swap_remove(0)),
                _ => RawGeometry::MultiLineString(lines),
            })
        }
        5 | 15 | 25 => {
            let (mut areas, wound) = polygons(parts(record)?);
            if wound {
                shape.notes.push("rings are wound the other way than the standard says");
            }
            Some(match areas.len() {
                1 => RawGeometry::Polygon(areas.swap_remove(0)),
                _ => RawGeometry::MultiPolygon(areas),
            })
        }
        31 => {
            return Some(Err(Error::failure("it is a multipatch, a surface in three dimensions")
                .with_hint("make polygons of its footprint first")));
        }
        other => return Some(Err(damaged(&format!("there is no shape of type {other}")))),
    };
    Some(Ok(shape))
}

/// The parts of a line or polygon.
fn parts(record: &[u8]) -> Option<Vec<Vec<Coord>>> {
    let (parts, points) = (count(record, 36)?, count(record, 40)?);
    let first = 44 + parts.checked_mul(4)?;
    let all = positions(record, first, points)?;
    let start = |part: usize| count(record, 44 + 4 * part);
    (0..parts)
        .map(|part| {
            let end = if part + 1 < parts { start(part + 1)? } else { points };
            Some(all.get(start(part)?..end)?.to_vec())
        })
        .collect()
}

fn positions(record: &[u8], first: usize, count: usize) -> Option<Vec<Coord>> {
    let end = first.checked_add(count.checked_mul(16)?)?;
    record.get(first..end)?.chunks_exact(16).map(|pair| position(pair, 0)).collect()
}

fn position(bytes: &[u8], at: usize) -> Option<Coord> {
    let number = |at: usize| {
        let bytes = bytes.get(at..at + 8)?.try_into().ok()?;
        Some(f64::from_le_bytes(bytes))
    };
    Some(Coord { x: number(at)?, y: number(at + 8)? })
}

fn count(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(little_endian(bytes, at)?).ok()
}

fn little_endian(bytes: &[u8], at: usize) -> Option<i32> {
    Some(i32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn big_endian(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn cut_off(error: &std::io::Error) -> Error {
    damaged(&error.to_string())
}

fn damaged(what: &str) -> Error {
    Error::failure(format!("the .shp is damaged: {what}"))
        .with_hint("was it copied whole, with its .shx?")
}
