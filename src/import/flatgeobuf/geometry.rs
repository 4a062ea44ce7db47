//! Geometries of FlatGeobuf.

use ::flatgeobuf::{Geometry, GeometryType as Kind};
use geo_types::Coord;
use tumen_geo_core::raw::RawGeometry;

use super::super::Notes;
use crate::error::{Error, Result};

/// Collections within collections.
const DEPTH: u32 = 32;

/// Reads a geometry of the type that the header says, its own where that is unknown; `None` for a
/// point that is nowhere.
///
/// # Errors
/// For curves and surfaces, and when numbers do not fit together.
pub(super) fn read(table: &Geometry<'_>, kind: Kind, notes: &Notes) -> Result<Option<RawGeometry>> {
    part(table, kind, DEPTH, notes)
}

fn part(
    table: &Geometry<'_>,
    kind: Kind,
    depth: u32,
    notes: &Notes,
) -> Result<Option<RawGeometry>> {
    if table.z().is_some() || table.m().is_some() {
        notes.count("heights and measures are left out");
    }
    let kind = if kind == Kind::Unknown { table.type_() } else { kind };
    Ok(Some(match kind {
        Kind::Point => {
            let at = positions(table)?.into_iter().next();
            return Ok(at.filter(|at| !at.x.is_nan()).map(RawGeometry::Point));
        }
        Kind::MultiPoint => RawGeometry::MultiPoint(positions(table)?),
        Kind::LineString => RawGeometry::LineString(positions(table)?),
        Kind::MultiLineString => RawGeometry::MultiLineString(chains(table)?),
        Kind::Polygon => RawGeometry::Polygon(chains(table)?),
        Kind::MultiPolygon => {
            let parts = table.parts().into_iter().flatten();
            let areas: Result<Vec<_>> = parts.map(|area| chains(&area)).collect();
            RawGeometry::MultiPolygon(areas?)
        }
        Kind::GeometryCollection => {
            let depth = depth
                .checked_sub(1)
                .ok_or_else(|| Error::failure(format!("collections lie more than {DEPTH} deep")))?;
            let mut parts = Vec::new();
            for table in table.parts().into_iter().flatten() {
                parts.extend(part(&table, Kind::Unknown, depth, notes)?);
            }
            RawGeometry::GeometryCollection(parts)
        }
        other => {
            let name = other.variant_name().unwrap_or("unknown");
            return Err(Error::failure(format!("a geometry of type {name}"))
                .with_hint("turn curves and surfaces into lines and polygons first"));
        }
    }))
}

fn positions(table: &Geometry<'_>) -> Result<Vec<Coord>> {
    let bytes = table.xy().map_or(&[][..], |xy| xy.bytes());
    let (positions, rest) = bytes.as_chunks::<16>();
    if !rest.is_empty() {
        return Err(Error::failure("a position without its second number"));
    }
    let number = |bytes: &[u8]| bytes.try_into().map_or(f64::NAN, f64::from_le_bytes);
    let position = |xy: &[u8; 16]| Coord { x: number(&xy[..8]), y: number(&xy[8..]) };
    Ok(positions.iter().map(position).collect())
}

/// Lines or rings; where they end is only said of several.
fn chains(table: &Geometry<'_>) -> Result<Vec<Vec<Coord>>> {
    let positions = positions(table)?;
    let Some(ends) = table.ends().filter(|ends| !ends.is_empty()) else {
        return Ok(if positions.is_empty() { Vec::new() } else { vec![positions] });
    };
    let mut chains = Vec::with_capacity(ends.len());
    let mut start = 0;
    for end in ends {
        let end = end as usize;
        let wrong = || Error::failure(format!("a ring or line that ends at position {end}"));
        let chain = positions.get(start..end).ok_or_else(wrong)?;
        chains.push(chain.to_vec());
        start = end;
    }
    Ok(chains)
}
