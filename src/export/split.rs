//! Features in several files or layers, by what they are.

use std::collections::BTreeMap;

use tumen_geo_core::model::Kind;
use tumen_geo_core::raw::exported;

use super::Selected;
use super::layer::GeometryType;
use crate::error::Result;

/// What a selection is parted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// The kind of feature; those without one are `feature`.
    Kind,
    /// Points, lines and areas, for programs that take one type of geometry at a time.
    Geometry,
}

/// The parts of a selection with their names, such as `zone`, or `polygon`; empty ones are left
/// out. Kinds are in their own order, geometries by dimension.
///
/// # Errors
/// When a shape is smaller than the last decimal written, 1 cm.
pub fn split<'a>(selected: &Selected<'a>, by: Split) -> Result<Vec<(String, Selected<'a>)>> {
    let mut parts: BTreeMap<usize, (&'static str, Selected<'a>)> = BTreeMap::new();
    for &feature in &selected.features {
        let (place, name) = match by {
            Split::Kind => {
                let place = Kind::ALL.iter().position(|kind| Some(*kind) == feature.kind);
                (place.unwrap_or(Kind::ALL.len()), feature.kind.map_or("feature", Kind::name))
            }
            Split::Geometry => {
                let geometry = exported(&feature.shape);
                let geometry =
                    geometry.map_err(|e| e.within(format!("feature '{}'", feature.id)))?;
                match GeometryType::of(&geometry).multi() {
                    GeometryType::MultiPoint => (0, "point"),
                    GeometryType::MultiLineString => (1, "line"),
                    _ => (2, "polygon"),
                }
            }
        };
        let empty = || (name, Selected { features: Vec::new(), ..selected.clone() });
        parts.entry(place).or_insert_with(empty).1.features.push(feature);
    }
    Ok(parts.into_values().map(|(name, part)| (name.to_owned(), part)).collect())
}
