//! Coordinate systems by code: those whose definition is known without PROJ's database.
//!
//! One table serves both ends: the systems of maps and those that files are in.

mod series;
mod single;
mod written;

use std::borrow::Cow;

use super::ProjString;
use super::datum::{Datum, DatumShift};
use crate::error::{Error, ErrorKind, Result};

pub(super) use written::authority_and_code;

/// A coordinate system of the EPSG registry, of Esri's list or of the OGC.
#[derive(Clone, Debug, PartialEq)]
pub struct CodedSystem {
    /// Authority and code, as in `EPSG:32652`.
    pub code: String,
    /// Its name in the registry.
    pub name: String,
    /// It as a PROJ string, with the datum shift if it has one; `+proj=longlat` when it is
    /// geographic.
    pub definition: String,
    /// How its datum is brought to WGS 84; `None` for one that is taken for it.
    pub shift: Option<DatumShift>,
}

impl CodedSystem {
    /// Its projection as a PROJ string; a geographic system is drawn equirectangular, in metres on
    /// the equator.
    pub fn projection(&self) -> String {
        match self.definition.strip_prefix(LONLAT) {
            Some(rest) => {
                format!("+proj=eqc +lat_ts=0 +lon_0=0{}", rest.replace(" +no_defs", METRES))
            }
            None => self.definition.clone(),
        }
    }
}

const LONLAT: &str = "+proj=longlat";
const METRES: &str = " +units=m +no_defs";

/// What the tables hold of a system.
struct Known {
    name: Cow<'static, str>,
    /// The projection and its parameters; `None` for a geographic system.
    projection: Option<Cow<'static, str>>,
    datum: Datum,
}

/// The system that a code such as `EPSG:32652` stands for; in capitals or not, also as a URN or URL
/// of the OGC.
///
/// Datums within a metre or two of WGS 84 are taken for it; see [`DatumShift`] for these and others.
///
/// # Errors
/// [`ErrorKind::Projection`] for codes that are not known here, and for systems whose datum has no
/// published way to WGS 84.
///
/// ```
/// let utm = tumen_geo_core::projection::coded("EPSG:32652")?;
/// assert_eq!(utm.name, "WGS 84 / UTM zone 52N");
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn coded(code: &str) -> Result<CodedSystem> {
    let wanted = authority_and_code(code);
    let found = wanted.as_deref().and_then(|wanted| {
        let number = || wanted.strip_prefix("EPSG:")?.parse().ok();
        single::find(wanted).or_else(|| number().and_then(series::find))
    });
    let (Some(wanted), Some(known)) = (wanted, found) else {
        return Err(Error::new(
            ErrorKind::Projection,
            format!("the coordinate system '{}' is not known", code.trim()),
        )
        .with_hint(
            "known are EPSG:4326, 3857, UTM on WGS 84 (32601–32660, 32701–32760), ETRS89, NAD83 and \
             SIRGAS 2000, the plane systems of China (CGCS2000), Russia, Korea and Japan, polar \
             systems and some more; give others as a PROJ string",
        ));
    };
    let parameters = known.datum.parameters().map_err(|why| {
        Error::new(
            ErrorKind::Projection,
            format!("{} ({wanted}) cannot be brought to WGS 84: {why}", known.name),
        )
        .with_hint(
            "bring it to EPSG:4326 with the shift of your region, or give a PROJ string with \
             +towgs84",
        )
    })?;
    let definition = match &known.projection {
        None => format!("{LONLAT} {parameters} +no_defs"),
        Some(rest) if rest.contains("+a=") => format!("+proj={rest}{METRES}"),
        Some(rest) => format!("+proj={rest} {parameters}{METRES}"),
    };
    Ok(CodedSystem {
        code: wanted,
        name: known.name.into_owned(),
        definition,
        shift: known.datum.shift(),
    })
}

/// All codes that [`coded`] knows, some of them to say why it refuses them.
pub fn known_codes() -> impl Iterator<Item = String> {
    let series = series::codes().map(|code| format!("EPSG:{code}"));
    single::codes().map(str::to_owned).chain(series)
}

/// The code of the plane system whose projection is `definition`, word for word as [`coded`] gives it;
/// of several the first. `None` when no known system has it, and for the equidistant cylindrical
/// `EPSG:4087`: it is spherical here and in PROJ before 9.8, ellipsoidal in PROJ since, 25 km apart.
///
/// ```
/// use tumen_geo_core::projection::{code_of, coded};
/// let utm = coded("EPSG:32652")?.definition;
/// assert_eq!(code_of(&utm).as_deref(), Some("EPSG:32652"));
/// assert_eq!(code_of(&coded("EPSG:4087")?.definition), None);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
pub fn code_of(definition: &str) -> Option<String> {
    let is = |code: &String| coded(code).is_ok_and(|system| system.definition == definition);
    known_codes().find(|code| code != "EPSG:4087" && is(code))
}

impl ProjString {
    /// The projection of a coordinate system by its code, see [`coded`]; a geographic system is
    /// drawn equirectangular.
    ///
    /// # Errors
    /// As [`coded`].
    pub fn coded(code: &str) -> Result<Self> {
        Self::new(coded(code)?.projection())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projection::Projection;

    #[test]
    fn every_code_is_a_projection_or_says_why_not() {
        let mut refused = 0;
        for code in known_codes() {
            match ProjString::coded(&code) {
                Ok(_) if code == "EPSG:4087" => {}
                Ok(plane) => {
                    // Some zones of three degrees are those of six; degrees on a shifted datum are
                    // drawn as a plane that has no code.
                    let again = code_of(plane.definition());
                    if coded(&code).unwrap().definition == plane.definition() || again.is_some() {
                        let again = coded(&again.unwrap()).unwrap();
                        assert_eq!(again.definition, plane.definition());
                    }
                }
                Err(error) => {
                    let (text, hint) = (error.to_string(), error.hint().unwrap());
                    assert!(text.contains("Beijing 1954") || text.contains("Xian 1980"), "{text}");
                    assert!(hint.contains("+towgs84"), "{hint}");
                    refused += 1;
                }
            }
        }
        // Per datum 22 zones of 6° and 42 of 3°, and the geographic system.
        assert_eq!(refused, 2 * (22 + 42 + 1));
        assert_eq!(coded("epsg:4512").unwrap().name, "CGCS2000 / Gauss-Kruger CM 135E");
    }

    #[test]
    fn geographic_systems_are_drawn_equirectangular() {
        let system = coded("EPSG:4326").unwrap();
        assert_eq!(system.definition, "+proj=longlat +datum=WGS84 +no_defs");
        assert_eq!(
            system.projection(),
            "+proj=eqc +lat_ts=0 +lon_0=0 +datum=WGS84 +units=m +no_defs"
        );
        let utm = coded("EPSG:32652").unwrap();
        assert_eq!(utm.projection(), utm.definition);
    }

    #[test]
    fn shifts_name_their_operation() {
        let shift = coded("EPSG:28423").unwrap().shift.unwrap();
        assert_eq!((shift.operation, shift.region), ("EPSG:5044", "Russia"));
        assert_eq!(shift.accuracy.to_m(), 3.0);
        assert_eq!(coded("EPSG:4512").unwrap().shift, None);
    }

    #[test]
    fn unknown_codes_are_refused_with_a_way_out() {
        for code in ["EPSG:27700", "EPSG:", "EPSG:32662", "XYZ:3857", "EPSG:-1"] {
            let error = coded(code).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Projection, "{code}");
            assert!(error.hint().unwrap().contains("PROJ string"));
        }
    }
}
