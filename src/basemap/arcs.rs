//! The packed topology of the base map: lines stored once, areas as references to them.
//!
//! `data/README.md` describes the format: magic `TARC`, version 1, a JSON header as in `TopoJSON`,
//! then the arcs as zigzag varint differences of 1e-5 degree, longitude first.

use std::sync::OnceLock;

use geo_types::{Coord, LineString};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Names;

/// A layer of the base map.
#[derive(Debug)]
pub struct Layer {
    /// Areas, lines or points with their properties.
    pub objects: Vec<Object>,
    /// What each line is; empty when the layer says nothing of its lines.
    pub arc_properties: Vec<ArcProperties>,
    /// The lines as they are stored, and unpacked when the first is looked at: of some layers only
    /// the names are asked for.
    packed: &'static [u8],
    arcs: OnceLock<Arcs>,
}

/// The lines that areas share, each once; units of 1e-5 degree, longitude first.
#[derive(Debug, Default)]
struct Arcs {
    positions: Vec<[i32; 2]>,
    /// Where each line ends in the positions, and the next begins.
    ends: Vec<usize>,
}

/// An object of a layer.
#[derive(Debug)]
pub struct Object {
    /// Where it is.
    pub parts: Parts,
    /// What it is.
    pub properties: Properties<'static>,
}

/// How an object is made of arcs: `i` is arc `i`, `!i` the same arc backwards.
#[derive(Debug)]
pub enum Parts {
    /// Polygons of rings of arcs, the exterior first.
    Areas(Vec<Vec<Vec<i32>>>),
    /// Lines of arcs.
    Lines(Vec<Vec<i32>>),
    /// A position, 1e-5 degree.
    Point([i32; 2]),
}

/// The properties that the layers of the base map use.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Properties<'a> {
    /// ISO 3166 code, river id or GeoNames number.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// The whole unit that this one is a part of.
    pub parent: String,
    /// The part of `parent` that this one is a part of in turn.
    pub within: String,
    /// ISO 3166-1 code.
    #[serde(alias = "cc")]
    pub country: String,
    /// Names by language, unread: most are those of places out of sight.
    #[serde(borrow)]
    name: Option<&'a RawValue>,
    /// Importance, 0 first.
    pub rank: u8,
    /// Population.
    pub pop: u32,
    /// A capital of a state or province.
    pub cap: bool,
}

impl Properties<'_> {
    /// Names by language; none when it has none.
    pub fn names(&self) -> Names {
        // A test reads all names of every embedded file.
        self.name.and_then(|text| serde_json::from_str(text.get()).ok()).unwrap_or_default()
    }
}

/// What an arc is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ArcProperties {
    /// `coast`, `border`, `admin`, `curated`, or `edge` where the layer was cut.
    pub k: String,
    /// One side of a border, ISO 3166-1.
    pub a: String,
    /// The other side, later in the alphabet.
    pub b: String,
    /// The river in which it runs.
    pub river: String,
}

#[derive(Deserialize)]
struct Header<'a> {
    #[serde(borrow)]
    objects: Vec<ObjectRecord<'a>>,
    #[serde(default)]
    arcs: Vec<ArcProperties>,
}

#[derive(Deserialize)]
struct ObjectRecord<'a> {
    r#type: &'a str,
    #[serde(borrow)]
    arcs: &'a RawValue,
    #[serde(borrow, default)]
    props: Properties<'a>,
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(u64),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::Text(text) => text,
        Either::Number(number) => number.to_string(),
    })
}

impl Layer {
    /// Unpacks a layer but for its lines; `None` when the bytes are not one.
    pub fn unpack(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(b"TARC\x01")?;
        let length = varint(&mut rest)? as usize;
        let (header, packed) = rest.split_at_checked(length)?;
        let header: Header<'static> = serde_json::from_slice(header).ok()?;
        let objects: Option<Vec<Object>> = header
            .objects
            .into_iter()
            .map(|record| {
                let text = record.arcs.get();
                let parts = match record.r#type {
                    "polygon" => Parts::Areas(serde_json::from_str(text).ok()?),
                    "line" => Parts::Lines(serde_json::from_str(text).ok()?),
                    "point" => Parts::Point(serde_json::from_str(text).ok()?),
                    _ => return None,
                };
                Some(Object { parts, properties: record.props })
            })
            .collect();
        let arc_properties = header.arcs;
        Some(Self { objects: objects?, arc_properties, packed, arcs: OnceLock::new() })
    }

    /// A layer with lines already unpacked.
    #[cfg(test)]
    pub(super) fn of(objects: Vec<Object>, lines: &[Vec<[i32; 2]>]) -> Self {
        let mut arcs = Arcs::default();
        for line in lines {
            arcs.positions.extend(line);
            arcs.ends.push(arcs.positions.len());
        }
        Self { objects, arc_properties: Vec::new(), packed: &[], arcs: OnceLock::from(arcs) }
    }

    /// The line at `index`: units of 1e-5 degree, longitude first.
    pub fn arc(&self, index: usize) -> &[[i32; 2]] {
        // A test unpacks the lines of every embedded file.
        let arcs = self.arcs.get_or_init(|| Arcs::unpack(self.packed).unwrap_or_default());
        let start = index.checked_sub(1).map_or(0, |before| arcs.ends[before]);
        &arcs.positions[start..arcs.ends[index]]
    }

    /// The positions of a chain of arcs, joints once, in degrees.
    pub fn line(&self, references: &[i32]) -> LineString<f64> {
        let lengths = references.iter().map(|&reference| self.arc(arc_index(reference)).len());
        let mut line: Vec<Coord> = Vec::with_capacity(lengths.sum());
        let mut push = |position: &[i32; 2]| {
            let next = degrees(*position);
            if line.last() != Some(&next) {
                line.push(next);
            }
        };
        for &reference in references {
            let arc = self.arc(arc_index(reference));
            if reference < 0 {
                arc.iter().rev().for_each(&mut push);
            } else {
                arc.iter().for_each(&mut push);
            }
        }
        LineString(line)
    }

    /// Where a chain of one arc starts.
    pub fn start(&self, reference: i32) -> [i32; 2] {
        let arc = self.arc(arc_index(reference));
        if reference < 0 { arc[arc.len() - 1] } else { arc[0] }
    }
}

impl Arcs {
    /// Unpacks the lines of a layer; `None` when the bytes are none.
    fn unpack(mut rest: &[u8]) -> Option<Self> {
        let count = varint(&mut rest)? as usize;
        // No position takes less than two bytes.
        let mut positions = Vec::with_capacity(rest.len() / 2);
        let mut ends = Vec::with_capacity(count);
        for _ in 0..count {
            let length = varint(&mut rest)? as usize;
            let mut at = [0, 0];
            for _ in 0..length {
                for axis in &mut at {
                    *axis += zigzag(varint(&mut rest)?);
                }
                positions.push(at);
            }
            ends.push(positions.len());
        }
        Some(Self { positions, ends })
    }
}

/// The index of the arc that a reference means.
pub fn arc_index(reference: i32) -> usize {
    (if reference < 0 { !reference } else { reference }) as usize
}

/// Degrees of a packed position.
pub fn degrees([lon, lat]: [i32; 2]) -> Coord {
    Coord { x: f64::from(lon) / 1e5, y: f64::from(lat) / 1e5 }
}

/// Reads an unsigned LEB128 number of at most 32 bits.
fn varint(rest: &mut &[u8]) -> Option<u32> {
    // Most steps between positions are short.
    if let [byte @ 0..0x80, tail @ ..] = *rest {
        *rest = tail;
        return Some(u32::from(*byte));
    }
    let mut value = 0u32;
    for shift in (0..35).step_by(7) {
        let (&byte, tail) = rest.split_first()?;
        *rest = tail;
        value |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn zigzag(value: u32) -> i32 {
    ((value >> 1) as i32) ^ -((value & 1) as i32)
}

#[cfg(test)]
mod tests {
    use super::super::{asia, lakes, places, rail, region, rivers, world};
    use super::*;

    #[test]
    fn a_small_layer_unpacks() {
        let header = br#"{"objects":[{"type":"line","arcs":[[0,-1]],"props":{"id":7}}]}"#;
        let mut bytes = b"TARC\x01".to_vec();
        bytes.push(header.len() as u8);
        bytes.extend(header);
        // one arc of two positions: (1, -1), then (+64, 0)
        bytes.extend([1, 2, 2, 1, 0x80, 0x01, 0]);
        let bytes: &'static [u8] = bytes.leak();
        let layer = Layer::unpack(bytes).unwrap();
        assert_eq!(layer.arc(0), [[1, -1], [65, -1]]);
        assert_eq!(layer.objects[0].properties.id, "7");
        assert_eq!(layer.line(&[0, -1]).0.len(), 3);
        assert_eq!(layer.start(-1), [65, -1]);
        for end in 0..bytes.len() {
            let cut = Layer::unpack(&bytes[..end]).and_then(|layer| Arcs::unpack(layer.packed));
            assert!(cut.is_none(), "cut at {end}");
        }
    }

    #[test]
    fn lines_that_are_referred_to_are_there_and_names_are_names() {
        for layer in [region(), rivers(), lakes(), rail(), places(), asia(), world()] {
            let arcs = Arcs::unpack(layer.packed).unwrap();
            let known = |reference: &i32| arc_index(*reference) < arcs.ends.len();
            assert!(layer.objects.iter().all(|object| match &object.parts {
                Parts::Areas(areas) => areas.iter().flatten().flatten().all(known),
                Parts::Lines(lines) => lines.iter().flatten().all(known),
                Parts::Point(_) => true,
            }));
            let mut names = layer.objects.iter().filter_map(|object| object.properties.name);
            assert!(names.all(|text| serde_json::from_str::<Names>(text.get()).is_ok()));
        }
    }
}
