//! Which columns of a table say where a row is.

use super::super::wkt::is_wkt;
use crate::error::{Error, Result};

/// Names of columns of longitudes, the plainest first: what is after `(` and all but letters and
/// digits is left out before they are compared.
const LONGITUDE: &[&str] = &[
    "longitude",
    "lon",
    "lng",
    "long",
    "경도",
    "经度",
    "經度",
    "経度",
    "долгота",
    "уртраг",
    "decimallongitude",
    "pointx",
    "xcoord",
    "easting",
    "x",
];

/// Names of columns of latitudes, each the counterpart of the longitude at its place.
const LATITUDE: &[&str] = &[
    "latitude",
    "lat",
    "lat",
    "lat",
    "위도",
    "纬度",
    "緯度",
    "緯度",
    "широта",
    "өргөрөг",
    "decimallatitude",
    "pointy",
    "ycoord",
    "northing",
    "y",
];

/// Names of columns of geometries.
const GEOMETRY: &[&str] = &["wkt", "geometry", "geom", "thegeom", "wktgeom", "shape", "geography"];

/// Where a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a column of WKT.
    Wkt(usize),
    /// In two columns of numbers.
    LonLat(usize, usize),
}

impl Place {
    /// Guesses the columns from their names, and from the `first` cells of each that is not empty.
    pub(super) fn of(names: &[String], first: &[String]) -> Result<Self> {
        let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
        let at = |wanted: &str| plain.iter().position(|name| name == wanted);
        let is_text = |&place: &usize| first.get(place).is_some_and(|cell| is_wkt(cell));
        let named = GEOMETRY.iter().find_map(|name| at(name));
        if let Some(place) = named.filter(is_text).or_else(|| (0..names.len()).find(is_text)) {
            return Ok(Self::Wkt(place));
        }
        let pair = LONGITUDE.iter().zip(LATITUDE).find_map(|(lon, lat)| Some((at(lon)?, at(lat)?)));
        // A table of no rows tells nothing of what its geometries are.
        let no_rows = first.iter().all(String::is_empty);
        match (pair, named) {
            (Some((lon, lat)), _) => Ok(Self::LonLat(lon, lat)),
            (None, Some(place)) if no_rows => Ok(Self::Wkt(place)),
            (None, Some(place)) => Err(Error::failure(format!(
                "the column '{}' holds no well-known text",
                names[place]
            ))
            .with_hint("write the geometry as text, in PostGIS with ST_AsText(geom)")),
            (None, None) => Err(none(names)),
        }
    }

    /// What was guessed, for people.
    pub(super) fn said(self, names: &[String]) -> String {
        match self {
            Self::Wkt(place) => {
                format!("the geometry is taken from the column '{}' as WKT", names[place])
            }
            Self::LonLat(lon, lat) => format!(
                "the longitude is taken from the column '{}', the latitude from '{}'",
                names[lon], names[lat]
            ),
        }
    }

    /// Whether a column is one of those.
    pub(super) fn has(self, column: usize) -> bool {
        match self {
            Self::Wkt(place) => place == column,
            Self::LonLat(lon, lat) => lon == column || lat == column,
        }
    }
}

fn none(names: &[String]) -> Error {
    let shown: Vec<&str> = names.iter().map(String::as_str).take(12).collect();
    let more = if names.len() > shown.len() { ", …" } else { "" };
    Error::failure("no column says where the rows are").with_hint(format!(
        "name two columns lon and lat, or one of WKT wkt; there are: {}{more}",
        shown.join(", ")
    ))
}

/// A name without what is after a bracket, in lower case, letters and digits only.
fn plain(name: &str) -> String {
    let name = name.split(['(', '[', '（']).next().unwrap_or_default();
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(names: &[&str], first: &[&str]) -> Result<Place> {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        Place::of(&owned(names), &owned(first))
    }

    #[test]
    fn columns_are_known_by_name_in_several_languages() {
        for names in [
            ["id", "LON", "Lat"],
            ["id", "Longitude (deg)", "Latitude (deg)"],
            ["id", "经度", "纬度"],
            ["id", "경도(E)", "위도(N)"],
            ["id", "Долгота", "Широта"],
            ["id", "POINT_X", "POINT_Y"],
            ["id", "x", "y"],
        ] {
            assert_eq!(
                place(&names, &["a", "130", "42"]).unwrap(),
                Place::LonLat(1, 2),
                "{names:?}"
            );
        }
        let both = place(&["x", "y", "lat", "lon"], &["1", "2", "42", "130"]);
        assert_eq!(both.unwrap(), Place::LonLat(3, 2));
    }

    #[test]
    fn wkt_is_known_by_name_or_by_what_it_is() {
        let text = "POINT (130 42)";
        assert_eq!(place(&["id", "the_geom"], &["a", text]).unwrap(), Place::Wkt(1));
        assert_eq!(place(&["where", "lon", "lat"], &[text, "1", "2"]).unwrap(), Place::Wkt(0));
        assert_eq!(place(&["id", "wkt"], &["", ""]).unwrap(), Place::Wkt(1));
        let hex = place(&["id", "geom"], &["a", "0101000020E6100000"]).unwrap_err();
        assert!(hex.hint().unwrap().contains("ST_AsText"));
    }

    #[test]
    fn what_is_not_found_is_said() {
        let error = place(&["id", "lat", "name"], &["a", "42", "b"]).unwrap_err();
        assert!(error.hint().unwrap().contains("id, lat, name"));
    }
}
