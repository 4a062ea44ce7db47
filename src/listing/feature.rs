//! The row of a feature: what listings, JSON lines and exports have in common.

use serde::{Serialize, Serializer};
use serde_json::Value;
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::model::Feature;

use crate::table::grouped;

/// A feature in a listing.
#[derive(Debug)]
pub struct Row<'a> {
    pub id: &'a str,
    pub kind: Option<&'static str>,
    pub sub: Option<&'a str>,
    pub name: &'a str,
    pub name_zh: Option<&'a str>,
    pub name_ko: Option<&'a str>,
    pub name_ru: Option<&'a str>,
    pub countries: String,
    pub status: &'static str,
    pub year_from: Option<i32>,
    pub year_to: Option<i32>,
    pub edtf: String,
    pub area_km2: Option<f64>,
    pub length_km: Option<f64>,
    pub certainty: Option<&'static str>,
    pub source: String,
}

impl<'a> Row<'a> {
    /// The row of a feature, its status at the end of `year` or now.
    pub fn of(feature: &'a Feature, year: Option<i32>) -> Self {
        let name = |language: &str| feature.names.by_language.get(language).map(String::as_str);
        let (year_from, year_to) = feature.span.years();
        let rounded =
            |value: f64, digits: i32| (value * 10f64.powi(digits)).round() / 10f64.powi(digits);
        let dimension = feature.shape.dimension();
        Self {
            id: &feature.id,
            kind: feature.kind.map(tumen_geo_core::model::Kind::name),
            sub: feature.sub.as_deref(),
            name: feature.name(),
            name_zh: name("zh"),
            name_ko: name("ko"),
            name_ru: name("ru"),
            countries: feature.countries.join(" "),
            status: feature.span.status(year.unwrap_or(i32::MAX)).name(),
            year_from,
            year_to,
            edtf: feature.span.edtf(),
            area_km2: (dimension == 2).then(|| rounded(Geodesic::area(&feature.shape).to_km2(), 3)),
            length_km: (dimension == 1)
                .then(|| rounded(Geodesic::length(&feature.shape).to_km(), 3)),
            certainty: feature.certainty.map(tumen_geo_core::model::Certainty::name),
            source: feature.sources.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        }
    }

    /// The flat properties of an export and of a JSON line, in their order.
    pub fn properties(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("id", self.id.into()),
            ("kind", self.kind.into()),
            ("sub", self.sub.into()),
            ("name", self.name.into()),
            ("name_zh", self.name_zh.into()),
            ("name_ko", self.name_ko.into()),
            ("name_ru", self.name_ru.into()),
            ("countries", self.countries.as_str().into()),
            ("status", self.status.into()),
            ("year_from", self.year_from.into()),
            ("year_to", self.year_to.into()),
            ("edtf", self.edtf.as_str().into()),
            ("area_km2", self.area_km2.into()),
            ("length_km", self.length_km.into()),
            ("certainty", self.certainty.into()),
            ("source", self.source.as_str().into()),
        ]
    }

    /// Area or length, for people.
    pub fn size(&self) -> String {
        match (self.area_km2, self.length_km) {
            (Some(area), _) => format!("{} km²", grouped(area, usize::from(area < 100.0))),
            (_, Some(length)) => format!("{} km", grouped(length, usize::from(length < 100.0))),
            (None, None) => String::new(),
        }
    }

    /// First and last year, for people.
    pub fn years(&self) -> String {
        let text = |year: Option<i32>| year.map_or(String::new(), |y| y.to_string());
        match (self.year_from, self.year_to) {
            (None, None) => String::new(),
            (from, to) => format!("{}–{}", text(from), text(to)),
        }
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.properties())
    }
}
