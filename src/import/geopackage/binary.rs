//! Geometries as the standard stores them (clause 2.1.3): a header, then WKB.

use super::super::{Wkb, wkb};
use crate::error::{Error, Result};

/// Bytes before the box.
const HEAD: usize = 8;
/// Bits of the flags.
const EMPTY: u8 = 1 << 4;
const EXTENDED: u8 = 1 << 5;

/// Reads a geometry; one that says that it is empty is none.
///
/// # Errors
/// When it is no geometry of a GeoPackage, or its WKB is wrong.
pub(super) fn read(bytes: &[u8]) -> Result<Wkb> {
    let [b'G', b'P', version, flags, ..] = *bytes else {
        return Err(Error::failure("the geometry does not begin as one of a GeoPackage"));
    };
    if version != 0 {
        return Err(Error::failure(format!("the geometry is of version {version}, not 0")));
    }
    if flags & EXTENDED != 0 {
        return Err(Error::failure("the geometry is of a kind of its own (an extension)")
            .with_hint("turn it into points, lines or areas first"));
    }
    let numbers = match flags >> 1 & 0b111 {
        0 => 0,
        1 => 4,
        2 | 3 => 6,
        4 => 8,
        other => return Err(Error::failure(format!("a geometry has no box of kind {other}"))),
    };
    let rest = bytes.get(HEAD + 8 * numbers..).ok_or_else(|| {
        Error::failure(format!("the geometry ends within its header, after {} bytes", bytes.len()))
    })?;
    if flags & EMPTY != 0 {
        return Ok(Wkb { geometry: None, more: false });
    }
    wkb(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::Coord;
    use tumen_geo_core::raw::RawGeometry;

    fn bytes(flags: u8, numbers: usize) -> Vec<u8> {
        let mut bytes = vec![b'G', b'P', 0, flags, 0xe6, 0x10, 0, 0];
        bytes.resize(bytes.len() + 8 * numbers, 7);
        bytes.extend([1, 1, 0, 0, 0]);
        bytes.extend(130.5_f64.to_le_bytes());
        bytes.extend(42.25_f64.to_le_bytes());
        bytes
    }

    #[test]
    fn boxes_of_all_kinds_are_passed_over() {
        let point = Some(RawGeometry::Point(Coord { x: 130.5, y: 42.25 }));
        for (kind, numbers) in [(0, 0), (1, 4), (2, 6), (3, 6), (4, 8)] {
            assert_eq!(read(&bytes(1 | kind << 1, numbers)).unwrap().geometry, point);
        }
        assert_eq!(read(&bytes(1 | EMPTY, 0)).unwrap().geometry, None);
    }

    #[test]
    fn what_is_no_geometry_is_refused() {
        let whole = bytes(1 | 4 << 1, 8);
        for length in 0..whole.len() {
            assert!(read(&whole[..length]).is_err(), "{length} bytes");
        }
        for (place, value, says) in [(0, b'X', "begin"), (2, 1, "version 1"), (3, 0x0b, "kind 5")] {
            let mut wrong = whole.clone();
            wrong[place] = value;
            let error = read(&wrong).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
        assert!(read(&bytes(1 | EXTENDED, 0)).is_err());
    }
}
