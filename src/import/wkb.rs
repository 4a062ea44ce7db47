//! Well-known binary: ISO 13249-3 and the extended form of PostGIS.

use geo_types::Coord;
use tumen_geo_core::raw::RawGeometry;

use crate::error::{Error, Result};

/// A geometry as WKB has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wkb {
    /// Where it is; `None` for an empty point.
    pub geometry: Option<RawGeometry>,
    /// Whether it has heights or measures, which are left out.
    pub more: bool,
}

/// Collections within collections.
const DEPTH: u32 = 32;

/// Reads a geometry of either byte order, in two to four dimensions; an SRID in it is passed over.
///
/// Counts are checked against the bytes that are there before memory is taken for them.
///
/// # Errors
/// When the bytes end early, and for curves and surfaces.
pub fn wkb(bytes: &[u8]) -> Result<Wkb> {
    let mut reader = Reader { rest: bytes, more: false };
    let geometry = reader.geometry(DEPTH)?;
    Ok(Wkb { geometry, more: reader.more })
}

struct Reader<'a> {
    rest: &'a [u8],
    more: bool,
}

/// What comes before the content of a geometry.
#[derive(Clone, Copy)]
struct Head {
    little: bool,
    /// 1 to 7, as the OGC numbers them.
    kind: u32,
    /// Bytes of a position.
    stride: usize,
}

impl Reader<'_> {
    fn geometry(&mut self, depth: u32) -> Result<Option<RawGeometry>> {
        let head = self.head()?;
        Ok(Some(match head.kind {
            1 => {
                let Some(at) = self.positions(head, 1)?.pop().filter(|at| !at.x.is_nan()) else {
                    return Ok(None);
                };
                RawGeometry::Point(at)
            }
            2 => RawGeometry::LineString(self.line(head)?),
            3 => RawGeometry::Polygon(self.rings(head)?),
            4 => {
                let points = self.each(head, 1, |reader, part| reader.positions(part, 1))?;
                let there = points.into_iter().flatten().filter(|at| !at.x.is_nan());
                RawGeometry::MultiPoint(there.collect())
            }
            5 => RawGeometry::MultiLineString(self.each(head, 2, Self::line)?),
            6 => RawGeometry::MultiPolygon(self.each(head, 3, Self::rings)?),
            _ => {
                let count = self.count(head, PART)?;
                let depth = depth.checked_sub(1).ok_or_else(|| {
                    Error::failure(format!("WKB: collections lie more than {DEPTH} deep"))
                })?;
                let mut parts = Vec::with_capacity(count);
                for _ in 0..count {
                    parts.extend(self.geometry(depth)?);
                }
                RawGeometry::GeometryCollection(parts)
            }
        }))
    }

    fn head(&mut self) -> Result<Head> {
        let little = match self.take(1)?[0] {
            0 => false,
            1 => true,
            other => return Err(Error::failure(format!("WKB: {other} is no byte order"))),
        };
        let code = self.number(little)?;
        // PostGIS has flags for height, measure and SRID; ISO adds thousands.
        let (z, m, srid) = (code & 1 << 31 != 0, code & 1 << 30 != 0, code & 1 << 29 != 0);
        let plain = code & !(7 << 29);
        let (iso, kind) = (plain / 1000, plain % 1000);
        if !(1..=7).contains(&kind) || iso > 3 {
            return Err(Error::failure(format!("WKB: type {plain} is no point, line or area"))
                .with_hint("turn curves and surfaces into lines and polygons first"));
        }
        if srid {
            self.take(4)?;
        }
        let more = usize::from(z || iso & 1 == 1) + usize::from(m || iso & 2 == 2);
        self.more |= more > 0;
        Ok(Head { little, kind, stride: 8 * (2 + more) })
    }

    /// The parts of a `Multi…`, each with a head of its own and of the type `kind`.
    fn each<T>(
        &mut self,
        head: Head,
        kind: u32,
        read: impl Fn(&mut Self, Head) -> Result<T>,
    ) -> Result<Vec<T>> {
        let count = self.count(head, PART)?;
        let mut parts = Vec::with_capacity(count);
        for _ in 0..count {
            let part = self.head()?;
            if part.kind != kind {
                return Err(Error::failure(format!(
                    "WKB: a part of type {} in a geometry of type {}",
                    part.kind, head.kind
                )));
            }
            parts.push(read(self, part)?);
        }
        Ok(parts)
    }

    fn rings(&mut self, head: Head) -> Result<Vec<Vec<Coord>>> {
        let count = self.count(head, 4)?;
        let mut rings = Vec::with_capacity(count);
        for _ in 0..count {
            rings.push(self.line(head)?);
        }
        Ok(rings)
    }

    fn line(&mut self, head: Head) -> Result<Vec<Coord>> {
        let count = self.count(head, head.stride)?;
        self.positions(head, count)
    }

    fn positions(&mut self, head: Head, count: usize) -> Result<Vec<Coord>> {
        let bytes = self.take(count.saturating_mul(head.stride))?;
        let number = |bytes: [u8; 8]| {
            if head.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) }
        };
        let position = |bytes: &[u8]| match bytes.as_chunks::<8>().0 {
            [x, y, ..] => Coord { x: number(*x), y: number(*y) },
            _ => Coord { x: f64::NAN, y: f64::NAN },
        };
        Ok(bytes.chunks_exact(head.stride).map(position).collect())
    }

    /// A number of things of `least` bytes or more, as many as the bytes that are left can hold.
    fn count(&mut self, head: Head, least: usize) -> Result<usize> {
        let count = self.number(head.little)? as usize;
        if count > self.rest.len() / least {
            return Err(Error::failure(format!(
                "WKB: {count} parts or positions in {} bytes",
                self.rest.len()
            )));
        }
        Ok(count)
    }

    fn number(&mut self, little: bool) -> Result<u32> {
        let bytes = self.take(4)?.try_into().unwrap_or_default();
        Ok(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn take(&mut self, count: usize) -> Result<&[u8]> {
        let (taken, rest) = (self.rest.split_at_checked(count))
            .ok_or_else(|| Error::failure("WKB: the bytes end within the geometry"))?;
        self.rest = rest;
        Ok(taken)
    }
}

/// Bytes of the smallest geometry, a head and a count.
const PART: usize = 9;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export;
    use geo_types::{Geometry, line_string, point, polygon};

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex.chars().map(|c| c.to_digit(16).unwrap() as u8).collect();
        digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
    }

    fn geometries() -> Vec<Geometry> {
        let square = polygon![
            exterior: [(x: 0., y: 0.), (x: 4., y: 0.), (x: 4., y: 4.), (x: 0., y: 0.)],
            interiors: [[(x: 2., y: 1.), (x: 3., y: 2.), (x: 3., y: 1.), (x: 2., y: 1.)]],
        ];
        let line = line_string![(x: 130.3, y: 42.25), (x: 130.6, y: -0.5)];
        vec![
            point!(x: 130.3, y: 42.25).into(),
            geo_types::MultiPoint(vec![point!(x: 1., y: 2.), point!(x: 3., y: 4.)]).into(),
            line.clone().into(),
            geo_types::MultiLineString(vec![line.clone(), line]).into(),
            square.clone().into(),
            geo_types::MultiPolygon(vec![square.clone(), square]).into(),
        ]
    }

    #[test]
    fn what_is_written_is_read() {
        let mut whole = geometries();
        whole.push(Geometry::GeometryCollection(geometries().into()));
        for geometry in whole {
            let mut bytes = Vec::new();
            export::wkb(&geometry, &mut bytes);
            let read = wkb(&bytes).unwrap();
            assert!(!read.more);
            match geometry {
                Geometry::GeometryCollection(parts) => {
                    let RawGeometry::GeometryCollection(read) = read.geometry.unwrap() else {
                        panic!("no collection")
                    };
                    assert_eq!(read.len(), parts.len());
                }
                geometry => assert_eq!(read.geometry.unwrap().to_geometry().unwrap(), geometry),
            }
            for short in 0..bytes.len() {
                assert!(wkb(&bytes[..short]).is_err(), "{short} of {} bytes", bytes.len());
            }
        }
    }

    /// Written by shapely 2 (GEOS): `to_wkb(…, flavor=, byte_order=, include_srid=, hex=True)`.
    #[test]
    fn both_flavours_of_other_dimensions_are_read() {
        let at = Some(RawGeometry::Point(Coord { x: 1., y: 2. }));
        for hex in SHAPELY_POINTS {
            assert_eq!(
                wkb(&bytes(hex)).unwrap(),
                Wkb { geometry: at.clone(), more: true },
                "{hex}"
            );
        }
        let line = Wkb {
            geometry: Some(RawGeometry::MultiLineString(vec![vec![
                Coord { x: 1., y: 2. },
                Coord { x: 4., y: 5. },
            ]])),
            more: true,
        };
        assert_eq!(wkb(&bytes(SHAPELY_LINES)).unwrap(), line);
        let empty = bytes("0101000000000000000000f87f000000000000f87f");
        assert_eq!(wkb(&empty).unwrap(), Wkb { geometry: None, more: false });
    }

    #[test]
    fn forged_counts_and_types_are_refused() {
        for (hex, says) in [
            ("0102000000ffffffff", "4294967295 parts or positions in 0 bytes"),
            ("0106000000ffffff7f0103000000", "parts or positions"),
            ("010a00000000000000", "type 10 is no point, line or area"),
            ("0111000000000000000000f03f0000000000000040", "type 17"),
            ("0104000000010000000102000000000000000000000000000000", "a part of type 2"),
            ("0201000000", "2 is no byte order"),
            ("", "end within"),
        ] {
            let error = wkb(&bytes(hex)).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
        let mut deep = Vec::new();
        for _ in 0..100_000 {
            deep.extend([1, 7, 0, 0, 0, 1, 0, 0, 0]);
        }
        assert!(wkb(&deep).unwrap_err().to_string().contains("32 deep"));
    }

    const SHAPELY_POINTS: &[&str] = &[
        "00000003e93ff000000000000040000000000000004008000000000000",
        "01e9030000000000000000f03f00000000000000400000000000000840",
        "00800000013ff000000000000040000000000000004008000000000000",
        "0101000080000000000000f03f00000000000000400000000000000840",
        "01010000a0e6100000000000000000f03f00000000000000400000000000000840",
    ];
    const SHAPELY_LINES: &str = concat!(
        "00000003ed0000000100000003ea000000023ff0000000000000400000000000000040",
        "08000000000000401000000000000040140000000000004018000000000000",
    );
}
