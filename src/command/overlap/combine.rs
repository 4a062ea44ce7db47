//! The ground that features cover, parted by which of them cover it.

use std::io::Write;
use std::path::Path;

use serde_json::Value;
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::model::Feature;

use crate::command::made::{Made, deliver};
use crate::command::options::{Options, timed};
use crate::command::rounded;
use crate::error::Result;

/// Writes the parts.
pub(super) fn run(
    index: &SpatialIndex<&Feature>,
    options: &Options,
    to: Option<&Path>,
    out: &mut dyn Write,
) -> Result<()> {
    let (answer, took) = timed(|| index.combine(|_| true));
    let parts = answer.value.into_iter().map(|part| {
        let ids: Vec<&str> =
            part.members.iter().map(|&member| index.items()[member].id.as_str()).collect();
        let shares: Vec<Value> = part.shares.iter().map(|&s| rounded(s, 6).into()).collect();
        Made {
            id: ids.join("+"),
            properties: vec![
                ("members", ids.clone().into()),
                ("count", ids.len().into()),
                ("area_km2", rounded(part.area.to_km2(), 3).into()),
                ("area_error_km2", rounded(part.error.to_km2(), 3).into()),
                ("shares", shares.into()),
            ],
            shape: part.shape,
        }
    });
    let parts: Vec<Made> = parts.collect();
    let explained = options.explained(&answer.explain, took);
    deliver(&parts, &["area_km2", "area_error_km2", "shares"], to, options.json(), &explained, out)
}
