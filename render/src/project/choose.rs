//! Which projection suits an extent, and why.

use tumen_geo_core::Bbox;
use tumen_geo_core::projection::{ProjString, Projection};

use crate::error::{Error, ErrorKind, Result};

/// Extents up to this width in degrees of longitude are drawn in a transverse Mercator.
const NARROW_DEGREES: f64 = 6.0;
/// Extents from this width or height on are drawn as a world map.
const WORLD_DEGREES: (f64, f64) = (150.0, 120.0);

/// A projection, what it is called, and why it was taken.
pub struct Choice {
    /// The projection.
    pub projection: Box<dyn Projection>,
    /// Its name and place for the reader of the map.
    pub name: String,
    /// Why this one.
    pub reason: String,
    /// Its central meridian, degrees.
    pub lon_0: f64,
}

/// The projection for `extent`: that of a PROJ string, or for `auto` one that keeps what a map of
/// that size is read for: shapes and distances in a transverse Mercator up to 6° wide, areas in a
/// Lambert azimuthal equal-area for larger regions, the Equal Earth for the world.
///
/// # Errors
/// [`ErrorKind::Projection`] when `wanted` is not a PROJ string that can be used.
pub fn choose(extent: &Bbox, wanted: &str) -> Result<Choice> {
    let center = extent.center();
    let (width, height) = (extent.width_degrees(), extent.north - extent.south);
    let (definition, name, reason, lon_0) = if wanted != "auto" {
        let lon_0 = parameter(wanted, "lon_0").unwrap_or(center.lon());
        (wanted.to_owned(), name_of(wanted), "given in the map spec".to_owned(), lon_0)
    } else if width >= WORLD_DEGREES.0 || height >= WORLD_DEGREES.1 {
        let lon_0 = if width >= 359.0 { 0.0 } else { center.lon().round() };
        (
            format!("+proj=eqearth +lon_0={lon_0} +datum=WGS84 +units=m +no_defs"),
            format!("Equal Earth, {}", longitude(lon_0)),
            "the extent is a large part of the world: areas stay comparable".to_owned(),
            lon_0,
        )
    } else if width <= NARROW_DEGREES && extent.south.abs().max(extent.north.abs()) < 84.0 {
        let lon_0 = round_to(center.lon(), 0.1);
        (
            format!(
                "+proj=tmerc +lat_0=0 +lon_0={lon_0} +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m \
                 +no_defs"
            ),
            format!("Transverse Mercator, {}", longitude(lon_0)),
            format!(
                "the extent is {width:.1}° wide: about its middle meridian shapes are kept and \
                 lengths nearly so"
            ),
            lon_0,
        )
    } else {
        let (lon_0, lat_0) = (round_to(center.lon(), 0.5), round_to(center.lat(), 0.5));
        (
            format!("+proj=laea +lat_0={lat_0} +lon_0={lon_0} +datum=WGS84 +units=m +no_defs"),
            format!("Lambert azimuthal equal-area, {} {}", latitude(lat_0), longitude(lon_0)),
            format!("the extent is {width:.1}° wide: areas are to be compared"),
            lon_0,
        )
    };
    let projection = ProjString::new(definition).map_err(|e| {
        let error = Error::new(ErrorKind::Projection, e.to_string());
        match e.hint() {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    })?;
    Ok(Choice { projection: Box::new(projection), name, reason, lon_0 })
}

fn round_to(value: f64, step: f64) -> f64 {
    // The second rounding takes away what the product leaves (130.70000000000002).
    ((value / step).round() * step * 1e6).round() / 1e6
}

/// A number after `+name=` in a PROJ string.
fn parameter(definition: &str, name: &str) -> Option<f64> {
    word(definition, name)?.parse().ok()
}

fn word<'a>(definition: &'a str, name: &str) -> Option<&'a str> {
    definition
        .split_whitespace()
        .find_map(|w| w.trim_start_matches('+').strip_prefix(name)?.strip_prefix('='))
}

fn name_of(definition: &str) -> String {
    let name = match word(definition, "proj") {
        Some("tmerc" | "etmerc") => "Transverse Mercator",
        Some("utm") => {
            return format!("UTM zone {}", word(definition, "zone").unwrap_or("?"));
        }
        Some("laea") => "Lambert azimuthal equal-area",
        Some("lcc") => "Lambert conformal conic",
        Some("aea") => "Albers equal-area conic",
        Some("aeqd") => "Azimuthal equidistant",
        Some("eqearth") => "Equal Earth",
        Some("merc") => "Mercator",
        Some("stere") => "Stereographic",
        Some("robin") => "Robinson",
        _ => return definition.to_owned(),
    };
    match parameter(definition, "lon_0") {
        Some(lon_0) => format!("{name}, {}", longitude(lon_0)),
        None => name.to_owned(),
    }
}

/// `130.7°E`, `0°`, `180°`.
pub(crate) fn longitude(degrees: f64) -> String {
    let wrapped = round_to((degrees + 180.0).rem_euclid(360.0) - 180.0, 1e-4);
    match wrapped {
        w if w.abs() < 1e-9 || w.abs() > 180.0 - 1e-9 => format!("{}°", w.abs()),
        w if w > 0.0 => format!("{w}°E"),
        w => format!("{}°W", -w),
    }
}

/// `42.5°N`, `0°`.
pub(crate) fn latitude(degrees: f64) -> String {
    match round_to(degrees, 1e-4) {
        0.0 => "0°".to_owned(),
        d if d > 0.0 => format!("{d}°N"),
        d => format!("{}°S", -d),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bbox(west: f64, south: f64, east: f64, north: f64) -> Bbox {
        Bbox { west, south, east, north }
    }

    #[test]
    fn the_choice_follows_the_width() {
        let delta = choose(&bbox(130.28, 42.25, 130.81, 42.87), "auto").unwrap();
        assert!(delta.projection.definition().contains("+proj=tmerc"), "{}", delta.reason);
        assert_eq!(delta.name, "Transverse Mercator, 130.5°E");
        let east = choose(&bbox(115.0, 41.0, 136.0, 54.0), "auto").unwrap();
        assert_eq!(east.name, "Lambert azimuthal equal-area, 47.5°N 125.5°E");
        let world = choose(&bbox(-180.0, -90.0, 180.0, 90.0), "auto").unwrap();
        assert!(world.projection.definition().contains("eqearth"));
        let fiji = choose(&bbox(177.0, -20.0, -179.0, -16.0), "auto").unwrap();
        assert_eq!(fiji.name, "Transverse Mercator, 179°E");
    }

    #[test]
    fn a_given_projection_is_taken_or_refused() {
        let utm = "+proj=utm +zone=52 +datum=WGS84 +units=m";
        let choice = choose(&bbox(128.0, 42.0, 130.0, 43.0), utm).unwrap();
        assert_eq!(choice.name, "UTM zone 52");
        let error = choose(&bbox(128.0, 42.0, 130.0, 43.0), "+proj=none").err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Projection);
    }

    #[test]
    fn degrees_read_well() {
        assert_eq!(longitude(-190.0), "170°E");
        assert_eq!(longitude(180.0), "180°");
        assert_eq!(latitude(-42.25), "42.25°S");
    }
}
