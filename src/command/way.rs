//! The shortest way from one feature to another, as rows tell it.

use serde::Serialize;
use tumen_geo_core::measure::Nearest;

use super::rounded;

/// Two features and the ends of the shortest line between them.
#[derive(Serialize)]
pub(super) struct Way<'a> {
    pub(super) first: &'a str,
    pub(super) second: &'a str,
    pub(super) distance_km: f64,
    first_lon: f64,
    first_lat: f64,
    second_lon: f64,
    second_lat: f64,
}

impl<'a> Way<'a> {
    pub(super) fn of(first: &'a str, second: &'a str, nearest: &Nearest) -> Self {
        Self {
            first,
            second,
            distance_km: rounded(nearest.distance.to_km(), 4),
            first_lon: rounded(nearest.from.lon(), 6),
            first_lat: rounded(nearest.from.lat(), 6),
            second_lon: rounded(nearest.to.lon(), 6),
            second_lat: rounded(nearest.to.lat(), 6),
        }
    }

    /// Both ends, for a table.
    pub(super) fn ends(&self) -> [String; 2] {
        [
            format!("{:.5},{:.5}", self.first_lon, self.first_lat),
            format!("{:.5},{:.5}", self.second_lon, self.second_lat),
        ]
    }
}
