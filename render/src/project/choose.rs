//! Which projection suits an extent and a purpose, and why.

use tumen_geo_core::Bbox;
use tumen_geo_core::projection::{ProjString, Projection, code_of, coded};

use super::describe::{central_meridian, is_azimuthal, name_of};
use super::named::Fitted;
use super::system::by_proj;
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
    /// The code of its plane, such as `EPSG:32652`, where a registry has it.
    pub code: Option<String>,
    /// Why this one.
    pub reason: String,
    /// Its central meridian, degrees.
    pub lon_0: f64,
}

/// What a map is to keep.
#[derive(Clone, Copy, PartialEq)]
enum Purpose {
    Any,
    Areas,
    Shapes,
    Distances,
}

impl Purpose {
    /// The purpose of `auto` or `auto …`; `None` when the projection is given.
    fn of(wanted: &str) -> Option<Self> {
        match wanted {
            "auto" => Some(Self::Any),
            "auto areas" => Some(Self::Areas),
            "auto shapes" => Some(Self::Shapes),
            "auto distances" => Some(Self::Distances),
            _ => None,
        }
    }
}

/// The projection for `extent` that `wanted` asks for, as
/// [`MapSpec::projection`](crate::spec::MapSpec::projection) has it.
///
/// `auto` keeps what a map of that size is read for: shapes and distances in a transverse Mercator
/// up to 6° wide, areas in a Lambert azimuthal equal-area (an Albers for a long belt) for larger
/// regions and round the poles, the Equal Earth for the world. `auto shapes` takes conformal
/// projections, `auto areas` equal-area ones and `auto distances` the azimuthal equidistant, in which
/// distances from the middle are true.
///
/// # Errors
/// [`ErrorKind::Projection`] when there is no such projection, or it cannot be used for the extent.
pub fn choose(extent: &Bbox, wanted: &str) -> Result<Choice> {
    let fitted = Fitted::new(extent);
    let wanted = wanted.trim();
    if let Some(purpose) = Purpose::of(wanted) {
        let (definition, reason) = automatic(extent, &fitted, purpose);
        return choice(&definition, None, reason, extent).map_err(|e| refused(&e));
    }
    if wanted.starts_with('+') {
        let reason = "given in the map spec".to_owned();
        return choice(wanted, None, reason, extent).or_else(|e| by_proj(wanted, extent, &e));
    }
    // Codes have a colon; what is written out, as WKT or PROJJSON, has brackets.
    if wanted.contains([':', '[', '{']) {
        return by_code(extent, wanted).or_else(|e| by_proj(wanted, extent, &e));
    }
    let (definition, reason) = fitted.by_name(wanted)?;
    choice(&definition, None, reason, extent).map_err(|e| refused(&e))
}

/// The system whose code is `wanted`, if it is one of those known without PROJ.
fn by_code(extent: &Bbox, wanted: &str) -> tumen_geo_core::error::Result<Choice> {
    let system = coded(wanted)?;
    let name = format!("{} ({})", system.name, system.code);
    let reason = "given in the map spec by its code".to_owned();
    let mut choice = choice(&system.projection(), Some(name), reason, extent)?;
    // Some planes have several codes; longitude and latitude are none, and what is drawn for
    // EPSG:4087 is not what every program has for it.
    if system.projection() == system.definition && system.code != "EPSG:4087" {
        choice.code = Some(system.code);
    }
    Ok(choice)
}

/// The projection for a disc round the middle of `extent`.
///
/// # Errors
/// As [`choose`]; [`ErrorKind::Projection`] also for projections that are not azimuthal.
pub(crate) fn choose_round(extent: &Bbox, wanted: &str) -> Result<Choice> {
    let fitted = Fitted::new(extent);
    let taken = match Purpose::of(wanted.trim()) {
        None => choose(extent, wanted)?,
        Some(purpose) => {
            let (name, kept) = match purpose {
                Purpose::Any | Purpose::Areas => ("laea", "areas are to be compared"),
                Purpose::Shapes => ("stere", "shapes are kept"),
                Purpose::Distances => ("aeqd", "distances from the middle are true"),
            };
            choice(&fitted.azimuthal(name), None, format!("the map is round: {kept}"), extent)
                .map_err(|e| refused(&e))?
        }
    };
    if is_azimuthal(taken.projection.definition()) {
        return Ok(taken);
    }
    Err(Error::new(
        ErrorKind::Projection,
        format!("a round map cannot be drawn in the projection '{wanted}'"),
    )
    .with_hint("use auto, laea, aeqd, stereographic or orthographic"))
}

fn choice(
    definition: &str,
    name: Option<String>,
    reason: String,
    extent: &Bbox,
) -> tumen_geo_core::error::Result<Choice> {
    let projection = ProjString::new(definition)?;
    Ok(Choice {
        name: name.unwrap_or_else(|| name_of(definition)),
        code: code_of(definition),
        reason,
        lon_0: central_meridian(definition).unwrap_or_else(|| extent.center().lon()),
        projection: Box::new(projection),
    })
}

/// A projection that cannot be used, as an error of the map.
pub(super) fn refused(error: &tumen_geo_core::Error) -> Error {
    let refused = Error::new(ErrorKind::Projection, error.to_string());
    match error.hint() {
        Some(hint) => refused.with_hint(hint),
        None => refused,
    }
}

fn automatic(extent: &Bbox, fitted: &Fitted, purpose: Purpose) -> (String, String) {
    let (width, height) = (extent.width_degrees(), extent.north - extent.south);
    let wide = format!("the extent is {width:.1}° wide");
    if fitted.polar().is_some() {
        let (name, kept) = match purpose {
            Purpose::Any | Purpose::Areas => ("laea", "areas are to be compared"),
            Purpose::Shapes => ("stere", "shapes are kept"),
            Purpose::Distances => ("aeqd", "distances from the pole are true"),
        };
        return (fitted.azimuthal(name), format!("the extent lies round a pole: {kept}"));
    }
    if width >= WORLD_DEGREES.0 || height >= WORLD_DEGREES.1 {
        let large = "the extent is a large part of the world";
        return match purpose {
            Purpose::Any | Purpose::Areas => {
                (fitted.world("eqearth"), format!("{large}: areas stay comparable"))
            }
            Purpose::Shapes => (fitted.mercator(), format!("{large}: small shapes are kept")),
            Purpose::Distances => {
                (fitted.azimuthal("aeqd"), format!("{large}: distances from the middle are true"))
            }
        };
    }
    let low = extent.south.abs().max(extent.north.abs()) < 84.0;
    if width <= NARROW_DEGREES && low && purpose != Purpose::Areas {
        let kept = "about its middle meridian shapes are kept and lengths nearly so";
        return (fitted.transverse_mercator(), format!("{wide}: {kept}"));
    }
    let middle = extent.center().lat().to_radians().cos();
    let cone = fitted.suits_cone();
    match purpose {
        Purpose::Any | Purpose::Areas => {
            // A cone is better than a plane only for a long belt.
            if cone
                && width * middle > 2.2 * height
                && let Ok(albers) = fitted.conic("aea")
            {
                return (albers, format!("{wide} and low: areas are to be compared"));
            }
            (fitted.azimuthal("laea"), format!("{wide}: areas are to be compared"))
        }
        Purpose::Shapes => {
            if cone && let Ok(lambert) = fitted.conic("lcc") {
                return (lambert, format!("{wide}: shapes are kept"));
            }
            if low {
                return (fitted.mercator(), format!("{wide}, about the equator: shapes are kept"));
            }
            (fitted.azimuthal("stere"), format!("{wide}: shapes are kept"))
        }
        Purpose::Distances => {
            (fitted.azimuthal("aeqd"), format!("{wide}: distances from the middle are true"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bbox(west: f64, south: f64, east: f64, north: f64) -> Bbox {
        Bbox { west, south, east, north }
    }

    fn name(extent: Bbox, wanted: &str) -> String {
        choose(&extent, wanted).unwrap().name
    }

    #[test]
    fn the_choice_follows_the_width() {
        assert_eq!(
            name(bbox(130.28, 42.25, 130.81, 42.87), "auto"),
            "Transverse Mercator, 130.5°E"
        );
        let east = bbox(115.0, 41.0, 136.0, 54.0);
        assert_eq!(name(east, "auto"), "Lambert azimuthal equal-area, 47.5°N 125.5°E");
        assert_eq!(name(bbox(-180.0, -90.0, 180.0, 90.0), "auto"), "Equal Earth, 0°");
        assert_eq!(name(bbox(177.0, -20.0, -179.0, -16.0), "auto"), "Transverse Mercator, 179°E");
        assert_eq!(
            name(bbox(-180.0, 60.0, 180.0, 90.0), "auto"),
            "Lambert azimuthal equal-area, north pole"
        );
        assert!(name(bbox(20.0, 50.0, 170.0, 65.0), "auto areas").starts_with("Equal Earth"));
        assert!(name(bbox(40.0, 45.0, 110.0, 58.0), "auto").starts_with("Albers"));
    }

    #[test]
    fn the_choice_follows_the_purpose() {
        let region = bbox(105.0, 40.0, 141.0, 56.0);
        assert!(
            name(region, "auto shapes").starts_with("Lambert conformal conic, 42.7°N and 53.3°N")
        );
        assert_eq!(name(region, "auto distances"), "Azimuthal equidistant, 48°N 123°E");
        let narrow = bbox(130.0, 42.0, 131.0, 43.0);
        assert_eq!(name(narrow, "auto areas"), "Lambert azimuthal equal-area, 42.5°N 130.5°E");
        let antarctic = bbox(-180.0, -90.0, 180.0, -60.0);
        assert_eq!(name(antarctic, "auto shapes"), "Stereographic, south pole");
        assert!(name(bbox(95.0, -10.0, 141.0, 10.0), "auto shapes").starts_with("Mercator"));
    }

    #[test]
    fn projections_are_known_by_name_and_code() {
        let tumen = bbox(128.0, 42.0, 130.0, 43.0);
        assert_eq!(name(tumen, "utm"), "UTM zone 52N");
        assert!(choose(&tumen, "utm").unwrap().reason.contains("52T"));
        assert_eq!(name(bbox(-64.0, -20.0, -62.0, -18.0), "utm"), "UTM zone 20S");
        assert_eq!(name(bbox(179.0, -18.0, -179.0, -16.0), "utm"), "UTM zone 1S");
        let standard = "Albers equal-area conic, 42.2°N and 42.8°N 129°E";
        assert_eq!(name(tumen, "albers"), standard);
        assert_eq!(name(tumen, "EPSG:32652"), "WGS 84 / UTM zone 52N (EPSG:32652)");
        for (wanted, code) in [
            ("utm", Some("EPSG:32652")),
            ("mercator", Some("EPSG:3857")),
            ("epsg:4554", Some("EPSG:4554")),
            ("EPSG:4326", None),
            ("laea", None),
        ] {
            assert_eq!(choose(&tumen, wanted).unwrap().code.as_deref(), code, "{wanted}");
        }
        let web = choose(&tumen, "mercator").unwrap();
        assert_eq!(web.name, "Web Mercator, 0°");
        assert!(web.reason.contains("1.36 times too long at 42.5°N"), "{}", web.reason);
        for all in ["tmerc", "laea", "aeqd", "lcc", "equirectangular", "robinson", "orthographic"] {
            choose(&tumen, all).unwrap();
        }
        for wrong in ["utmm", "EPSG:99999", "+proj=none", ""] {
            let error = choose(&tumen, wrong).err().unwrap();
            assert_eq!(error.kind(), ErrorKind::Projection, "{wrong}");
            assert!(error.hint().is_some(), "{wrong}");
        }
        assert!(choose(&bbox(100.0, -10.0, 140.0, 10.0), "albers").is_err());
    }

    #[test]
    fn discs_are_azimuthal() {
        let half = bbox(40.0, -90.0, -140.0, 90.0);
        assert_eq!(choose_round(&half, "orthographic").unwrap().name, "Orthographic, 0° 130°E");
        assert!(choose_round(&half, "auto").unwrap().name.starts_with("Lambert azimuthal"));
        assert!(choose_round(&half, "robinson").is_err());
    }
}
