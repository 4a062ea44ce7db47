//! Coordinate systems by code: those whose definition is known without PROJ's database.

use std::ops::RangeInclusive;

use super::ProjString;
use crate::error::{Error, ErrorKind, Result};

/// A coordinate system of the EPSG registry or of Esri's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedSystem {
    /// Its name in the registry.
    pub name: String,
    /// Its projection as a PROJ string.
    pub definition: String,
}

/// Systems that stand for themselves: authority and code, name, projection and its parameters.
const SINGLE: [(&str, &str, &str); 25] = [
    (LONLAT, "WGS 84 longitude and latitude", "eqc +lat_ts=0 +lon_0=0"),
    ("EPSG:4087", "WGS 84 / World Equidistant Cylindrical", "eqc +lat_ts=0 +lon_0=0"),
    ("EPSG:3857", "WGS 84 / Pseudo-Mercator", WEB_MERCATOR),
    ("EPSG:3395", "WGS 84 / World Mercator", "merc +lon_0=0"),
    ("EPSG:3832", "WGS 84 / PDC Mercator", "merc +lon_0=150"),
    ("EPSG:8857", "WGS 84 / Equal Earth Greenwich", "eqearth +lon_0=0"),
    ("EPSG:3571", "WGS 84 / North Pole LAEA Bering Sea", "laea +lat_0=90 +lon_0=180"),
    ("EPSG:3572", "WGS 84 / North Pole LAEA Alaska", "laea +lat_0=90 +lon_0=-150"),
    ("EPSG:3573", "WGS 84 / North Pole LAEA Canada", "laea +lat_0=90 +lon_0=-100"),
    ("EPSG:3574", "WGS 84 / North Pole LAEA Atlantic", "laea +lat_0=90 +lon_0=-40"),
    ("EPSG:3575", "WGS 84 / North Pole LAEA Europe", "laea +lat_0=90 +lon_0=10"),
    ("EPSG:3576", "WGS 84 / North Pole LAEA Russia", "laea +lat_0=90 +lon_0=90"),
    ("EPSG:6931", "WGS 84 / NSIDC EASE-Grid 2.0 North", "laea +lat_0=90 +lon_0=0"),
    ("EPSG:6932", "WGS 84 / NSIDC EASE-Grid 2.0 South", "laea +lat_0=-90 +lon_0=0"),
    (
        "EPSG:3413",
        "WGS 84 / NSIDC Sea Ice Polar Stereographic North",
        "stere +lat_0=90 +lat_ts=70 +lon_0=-45",
    ),
    ("EPSG:3995", "WGS 84 / Arctic Polar Stereographic", "stere +lat_0=90 +lat_ts=71 +lon_0=0"),
    (
        "EPSG:3031",
        "WGS 84 / Antarctic Polar Stereographic",
        "stere +lat_0=-90 +lat_ts=-71 +lon_0=0",
    ),
    (
        "EPSG:3976",
        "WGS 84 / NSIDC Sea Ice Polar Stereographic South",
        "stere +lat_0=-90 +lat_ts=-70 +lon_0=0",
    ),
    (
        "EPSG:3035",
        "ETRS89-extended / LAEA Europe",
        "laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80",
    ),
    (
        "EPSG:5070",
        "NAD83 / Conus Albers",
        "aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +ellps=GRS80",
    ),
    (
        "EPSG:5179",
        "KGD2002 / Unified CS",
        "tmerc +lat_0=38 +lon_0=127.5 +k=0.9996 +x_0=1000000 +y_0=2000000 +ellps=GRS80",
    ),
    (
        "ESRI:102025",
        "Asia North Albers Equal Area Conic",
        "aea +lat_0=30 +lon_0=95 +lat_1=15 +lat_2=65",
    ),
    ("ESRI:102026", "Asia North Equidistant Conic", "eqdc +lat_0=30 +lon_0=95 +lat_1=15 +lat_2=65"),
    ("ESRI:102012", "Asia Lambert Conformal Conic", "lcc +lat_0=0 +lon_0=105 +lat_1=30 +lat_2=62"),
    ("ESRI:54030", "World Robinson", "robin +lon_0=0"),
];

/// Longitude and latitude, which are no plane until they are drawn as one.
const LONLAT: &str = "EPSG:4326";

/// The Mercator of the web: spherical formulas on ellipsoidal latitudes, so that shapes are not
/// quite kept and lengths are those of the ground nowhere but on the equator.
const WEB_MERCATOR: &str = "merc +lon_0=0 +a=6378137 +b=6378137 +nadgrids=@null +wktext";

/// The system that a code such as `EPSG:32652` stands for; capitals or not.
///
/// Datums within a metre of WGS 84 (ETRS89, CGCS2000, KGD2002, JGD2011, NAD83) are taken for it.
///
/// # Errors
/// [`ErrorKind::Projection`] for codes that are not known here.
///
/// ```
/// let utm = tumen_geo_core::projection::coded("EPSG:32652")?;
/// assert_eq!(utm.name, "WGS 84 / UTM zone 52N");
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn coded(code: &str) -> Result<CodedSystem> {
    let wanted = code.trim().to_ascii_uppercase();
    if let Some((_, name, rest)) = SINGLE.iter().find(|(known, _, _)| *known == wanted) {
        return Ok(CodedSystem { name: (*name).to_owned(), definition: complete(rest) });
    }
    let number = wanted.strip_prefix("EPSG:").and_then(|number| number.parse().ok());
    number.and_then(series).ok_or_else(|| {
        Error::new(ErrorKind::Projection, format!("the coordinate system '{code}' is not known"))
            .with_hint(
                "known are EPSG:4326, 3857, 3395, 32601–32660, 32701–32760, 3035, 3571–3576, 3413, \
                 3031, 8857, 4491–4554, 5179, 5185–5188, 6688–6692 and some more; give others as a \
                 PROJ string",
            )
    })
}

/// The code of the system whose projection is `definition`, word for word as [`coded`] gives it; of
/// several the first. `None` when no known system has it.
///
/// ```
/// use tumen_geo_core::projection::{code_of, coded};
/// let utm = coded("EPSG:32652")?.definition;
/// assert_eq!(code_of(&utm).as_deref(), Some("EPSG:32652"));
/// // Degrees drawn as a plane are that plane.
/// assert_eq!(code_of(&coded("EPSG:4326")?.definition).as_deref(), Some("EPSG:4087"));
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn code_of(definition: &str) -> Option<String> {
    let single =
        SINGLE.iter().find(|(code, _, rest)| *code != LONLAT && complete(rest) == definition);
    if let Some((code, _, _)) = single {
        return Some((*code).to_owned());
    }
    let is = |code: &u32| series(*code).is_some_and(|system| system.definition == definition);
    SERIES.into_iter().flatten().find(is).map(|code| format!("EPSG:{code}"))
}

/// The codes of the systems that come in zones.
const SERIES: [RangeInclusive<u32>; 5] =
    [32601..=32660, 32701..=32760, 4491..=4554, 5185..=5188, 6688..=6692];

/// The systems that come in zones.
fn series(code: u32) -> Option<CodedSystem> {
    let system =
        |name: String, rest: String| Some(CodedSystem { name, definition: complete(&rest) });
    let gauss = |lon_0: u32, x_0: u32| {
        format!("tmerc +lat_0=0 +lon_0={lon_0} +k=1 +x_0={x_0} +ellps=GRS80")
    };
    match code {
        32601..=32660 => {
            let zone = code - 32600;
            system(format!("WGS 84 / UTM zone {zone}N"), format!("utm +zone={zone}"))
        }
        32701..=32760 => {
            let zone = code - 32700;
            system(format!("WGS 84 / UTM zone {zone}S"), format!("utm +zone={zone} +south"))
        }
        6688..=6692 => {
            let zone = code - 6688 + 51;
            system(format!("JGD2011 / UTM zone {zone}N"), format!("utm +zone={zone} +ellps=GRS80"))
        }
        4491..=4501 => {
            let zone = code - 4491 + 13;
            let name = format!("CGCS2000 / Gauss-Kruger zone {zone}");
            system(name, gauss(zone * 6 - 3, zone * 1_000_000 + 500_000))
        }
        4502..=4512 => {
            let lon_0 = (code - 4502) * 6 + 75;
            system(format!("CGCS2000 / Gauss-Kruger CM {lon_0}E"), gauss(lon_0, 500_000))
        }
        4513..=4533 => {
            let zone = code - 4513 + 25;
            let name = format!("CGCS2000 / 3-degree Gauss-Kruger zone {zone}");
            system(name, gauss(zone * 3, zone * 1_000_000 + 500_000))
        }
        4534..=4554 => {
            let lon_0 = (code - 4534) * 3 + 75;
            system(format!("CGCS2000 / 3-degree Gauss-Kruger CM {lon_0}E"), gauss(lon_0, 500_000))
        }
        5185..=5188 => {
            let belt = ["West", "Central", "East", "East Sea"][(code - 5185) as usize];
            let lon_0 = (code - 5185) * 2 + 125;
            let rest =
                format!("tmerc +lat_0=38 +lon_0={lon_0} +k=1 +x_0=200000 +y_0=600000 +ellps=GRS80");
            system(format!("KGD2002 / {belt} Belt 2010"), rest)
        }
        _ => None,
    }
}

/// A whole PROJ string, on WGS 84 unless it names an ellipsoid.
fn complete(rest: &str) -> String {
    let named = rest.contains("+ellps") || rest.contains("+a=");
    let datum = if named { "" } else { " +datum=WGS84" };
    format!("+proj={rest}{datum} +units=m +no_defs")
}

impl ProjString {
    /// The projection of a coordinate system by its code, see [`coded`].
    ///
    /// # Errors
    /// As [`coded`].
    pub fn coded(code: &str) -> Result<Self> {
        Self::new(coded(code)?.definition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_a_projection() {
        let codes = SERIES.into_iter().flatten().map(|code| format!("EPSG:{code}"));
        for code in codes.chain(SINGLE.iter().map(|(code, _, _)| (*code).to_owned())) {
            ProjString::coded(&code).unwrap();
            // Some zones of CGCS2000 of three degrees are those of six.
            let definition = coded(&code).unwrap().definition;
            assert_eq!(coded(&code_of(&definition).unwrap()).unwrap().definition, definition);
        }
        assert_eq!(code_of("+proj=utm +zone=52"), None);
        assert_eq!(coded("epsg:4512").unwrap().name, "CGCS2000 / Gauss-Kruger CM 135E");
    }

    #[test]
    fn unknown_codes_are_refused_with_a_way_out() {
        for code in ["EPSG:2180", "EPSG:", "EPSG:32661", "XYZ:3857", "EPSG:-1"] {
            let error = coded(code).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Projection, "{code}");
            assert!(error.hint().unwrap().contains("PROJ string"));
        }
    }
}
