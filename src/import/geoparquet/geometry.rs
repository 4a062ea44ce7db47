//! Geometries of a cell.

use ::parquet::record::Field;
use geo_types::Coord;
use tumen_geo_core::raw::RawGeometry;

use super::super::{Notes, Wkb, wkb};
use super::metadata::{Encoding, Native};
use crate::error::{Error, Result};

/// Reads a geometry; `None` for a point that is nowhere.
pub(super) fn read(
    field: &Field,
    encoding: Encoding,
    notes: &Notes,
) -> Result<Option<RawGeometry>> {
    let mut more = false;
    let geometry = match (encoding, field) {
        (Encoding::Wkb, Field::Bytes(bytes)) => {
            let read: Wkb = wkb(bytes.data())?;
            more = read.more;
            read.geometry
        }
        (Encoding::Wkb, _) => return Err(Error::failure("its geometry is not of bytes")),
        (Encoding::Native(native), field) => nested(field, native, &mut more),
    };
    if more {
        notes.count("heights and measures are left out");
    }
    Ok(geometry)
}

/// Positions in lists; what is of another form has none.
fn nested(field: &Field, native: Native, more: &mut bool) -> Option<RawGeometry> {
    let line = |field: &Field, more: &mut bool| each(field, |field| position(field, more));
    Some(match native {
        Native::Point => RawGeometry::Point(position(field, more).filter(|at| !at.x.is_nan())?),
        Native::LineString => RawGeometry::LineString(line(field, more)),
        Native::MultiPoint => RawGeometry::MultiPoint(line(field, more)),
        Native::Polygon => RawGeometry::Polygon(each(field, |field| Some(line(field, more)))),
        Native::MultiLineString => {
            RawGeometry::MultiLineString(each(field, |field| Some(line(field, more))))
        }
        Native::MultiPolygon => RawGeometry::MultiPolygon(each(field, |field| {
            Some(each(field, |field| Some(line(field, more))))
        })),
    })
}

fn each<T>(field: &Field, mut read: impl FnMut(&Field) -> Option<T>) -> Vec<T> {
    match field {
        Field::ListInternal(list) => list.elements().iter().filter_map(&mut read).collect(),
        _ => Vec::new(),
    }
}

fn position(field: &Field, more: &mut bool) -> Option<Coord> {
    let Field::Group(row) = field else { return None };
    let (mut x, mut y) = (None, None);
    for (name, field) in row.get_column_iter() {
        let Field::Double(number) = field else { continue };
        match name.as_str() {
            "x" => x = Some(*number),
            "y" => y = Some(*number),
            _ => *more = true,
        }
    }
    Some(Coord { x: x?, y: y? })
}
