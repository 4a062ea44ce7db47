//! Features that were found, a row each.

use std::io::Write;

use serde::Serialize;
use tumen_geo_core::model::{Feature, Kind};
use tumen_geo_core::query::Hit;

use super::options::Explained;
use super::{json_line, rounded};
use crate::error::Result;
use crate::table::{Table, grouped};

#[derive(Serialize)]
pub(super) struct Row<'a> {
    id: &'a str,
    kind: Option<&'static str>,
    name: &'a str,
    countries: String,
    distance_km: Option<f64>,
    nearest_lon: Option<f64>,
    nearest_lat: Option<f64>,
}

impl<'a> Row<'a> {
    pub(super) fn of(feature: &'a Feature) -> Self {
        Self {
            id: &feature.id,
            kind: feature.kind.map(Kind::name),
            name: feature.name(),
            countries: feature.countries.join(" "),
            distance_km: None,
            nearest_lon: None,
            nearest_lat: None,
        }
    }

    pub(super) fn of_hit(hit: &Hit<'_, &'a Feature>) -> Self {
        Self {
            distance_km: Some(rounded(hit.distance().to_km(), 4)),
            nearest_lon: Some(rounded(hit.nearest.to.lon(), 6)),
            nearest_lat: Some(rounded(hit.nearest.to.lat(), 6)),
            ..Self::of(hit.item)
        }
    }
}

/// Prints the rows, and `explained` below them.
pub(super) fn print<'a>(
    rows: impl Iterator<Item = Row<'a>>,
    json: bool,
    explained: &Explained,
    out: &mut dyn Write,
) -> Result<()> {
    if json {
        for row in rows {
            json_line(out, &row)?;
        }
    } else {
        let mut table = Table::new(&["km", "id", "kind", "name", "countries"]);
        for row in rows {
            table.row([
                row.distance_km.map_or(String::new(), |km| grouped(km, 1)),
                row.id.to_owned(),
                row.kind.unwrap_or("").to_owned(),
                row.name.to_owned(),
                row.countries,
            ]);
        }
        table.write(out)?;
    }
    explained.print(out)?;
    Ok(())
}
