//! The coordinate system of a file, and its positions on WGS 84.

use tumen_geo_core::projection::System;
use tumen_geo_core::raw::RawFeature;

use super::Options;
use crate::error::Result;

/// The system that the options name, else the one that the file declares; `None` when neither does.
pub(super) fn system(options: &Options, declared: Option<&str>) -> Result<Option<System>> {
    let named = options.crs.as_deref().or(declared);
    Ok(named.map(System::read).transpose()?)
}

/// Brings the positions of a feature to degrees on WGS 84.
pub(super) fn to_lonlat(feature: &mut RawFeature, system: &System) -> Result<()> {
    if system.is_lonlat() {
        return Ok(());
    }
    let Some(geometry) = &mut feature.geometry else { return Ok(()) };
    let placed = geometry.try_map(&mut |at| {
        *at = system.to_lonlat(*at)?;
        Ok(())
    });
    placed.map_err(|e: tumen_geo_core::Error| {
        e.within(format!("feature '{}'", feature.name())).into()
    })
}
