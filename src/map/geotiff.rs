//! The reference system of a map in the `GeoKey`s of GeoTIFF 1.1 (OGC 19-008r4).

use std::collections::BTreeMap;

use tumen_render::MapPlace;
use tumen_render::paint::{GeoPlace, GeoValue};

use crate::error::{Error, Result};

/// The keys used here, by their names in the standard (section 7).
mod key {
    pub const MODEL_TYPE: u16 = 1024;
    pub const RASTER_TYPE: u16 = 1025;
    pub const CITATION: u16 = 1026;
    pub const GEODETIC_CRS: u16 = 2048;
    pub const GEODETIC_CITATION: u16 = 2049;
    pub const GEODETIC_DATUM: u16 = 2050;
    pub const ANGULAR_UNITS: u16 = 2054;
    pub const ELLIPSOID: u16 = 2056;
    pub const SEMI_MAJOR_AXIS: u16 = 2057;
    pub const SEMI_MINOR_AXIS: u16 = 2058;
    pub const INVERSE_FLATTENING: u16 = 2059;
    pub const PROJECTED_CRS: u16 = 3072;
    pub const PROJECTED_CITATION: u16 = 3073;
    pub const PROJECTION: u16 = 3074;
    pub const METHOD: u16 = 3075;
    pub const LINEAR_UNITS: u16 = 3076;
    pub const STD_PARALLEL_1: u16 = 3078;
    pub const STD_PARALLEL_2: u16 = 3079;
    pub const NAT_ORIGIN_LONG: u16 = 3080;
    pub const NAT_ORIGIN_LAT: u16 = 3081;
    pub const FALSE_EASTING: u16 = 3082;
    pub const FALSE_NORTHING: u16 = 3083;
    pub const FALSE_ORIGIN_LONG: u16 = 3084;
    pub const FALSE_ORIGIN_LAT: u16 = 3085;
    pub const FALSE_ORIGIN_EASTING: u16 = 3086;
    pub const FALSE_ORIGIN_NORTHING: u16 = 3087;
    pub const CENTER_LONG: u16 = 3088;
    pub const CENTER_LAT: u16 = 3089;
    pub const SCALE_AT_NAT_ORIGIN: u16 = 3092;
    pub const STRAIGHT_VERT_POLE_LONG: u16 = 3095;
}

/// The value of a code key whose meaning other keys spell out.
const USER_DEFINED: u16 = 32_767;
/// The model type of projected systems.
const PROJECTED: u16 = 1;
/// A pixel is an area, and the position of its corner that of the picture.
const PIXEL_IS_AREA: u16 = 1;
const METRE: u16 = 9001;
const DEGREE: u16 = 9102;
const WGS_84: u16 = 4326;

/// Where a map lies, for a picture of it with so many pixels per inch.
///
/// # Errors
/// When its projection has no keys.
pub(super) fn geo_place(place: &MapPlace, ppi: f64) -> Result<GeoPlace> {
    Ok(GeoPlace {
        easting: place.easting,
        northing: place.northing,
        metres_per_pixel: place.metres_per_pt * 72.0 / ppi,
        keys: keys(place)?,
    })
}

fn keys(place: &MapPlace) -> Result<BTreeMap<u16, GeoValue>> {
    let epsg = place.code.as_deref().and_then(|code| code.strip_prefix("EPSG:")?.parse().ok());
    let mut keys = Keys::new(&place.name);
    match epsg {
        // Larger numbers are the user's own in GeoTIFF.
        Some(code @ 1024..USER_DEFINED) => keys.short(key::PROJECTED_CRS, code),
        _ => user_defined(&mut keys, place).map_err(|lacking| {
            Error::failure(format!(
                "GeoTIFF has no keys for the projection '{}': {lacking}",
                place.projection
            ))
            .with_hint("write a .png with --world-file, or choose another projection")
        })?,
    }
    Ok(keys.0)
}

/// The keys of a PROJ string.
///
/// # Errors
/// What has no key, in words.
fn user_defined(keys: &mut Keys, place: &MapPlace) -> std::result::Result<(), String> {
    let mut words = Words::of(&place.projection)?;
    geodetic(keys, &mut words)?;
    keys.short(key::PROJECTED_CRS, USER_DEFINED);
    keys.short(key::PROJECTION, USER_DEFINED);
    keys.text(key::PROJECTED_CITATION, &place.name);
    let method = words.take("proj").unwrap_or_default();
    match method {
        "tmerc" => {
            let scale = words.scale()?;
            keys.transverse_mercator(words.degrees("lat_0")?, words.degrees("lon_0")?, scale);
            keys.false_origin(words.number("x_0", 0.0)?, words.number("y_0", 0.0)?);
        }
        "utm" => {
            let zone = words.number("zone", 0.0)?;
            let north = words.take("south").is_none();
            keys.transverse_mercator(0.0, zone * 6.0 - 183.0, 0.9996);
            keys.false_origin(500_000.0, if north { 0.0 } else { 10_000_000.0 });
        }
        "merc" => {
            keys.method(7);
            keys.natural_origin(0.0, words.degrees("lon_0")?);
            keys.double(key::SCALE_AT_NAT_ORIGIN, words.scale()?);
            keys.false_origin(words.number("x_0", 0.0)?, words.number("y_0", 0.0)?);
        }
        "lcc" => {
            keys.method(8);
            keys.standard_parallels(&mut words)?;
            keys.double(key::FALSE_ORIGIN_LAT, words.degrees("lat_0")?);
            keys.double(key::FALSE_ORIGIN_LONG, words.degrees("lon_0")?);
            keys.double(key::FALSE_ORIGIN_EASTING, words.number("x_0", 0.0)?);
            keys.double(key::FALSE_ORIGIN_NORTHING, words.number("y_0", 0.0)?);
        }
        "aea" | "eqdc" => {
            keys.method(if method == "aea" { 11 } else { 13 });
            keys.standard_parallels(&mut words)?;
            keys.natural_origin(words.degrees("lat_0")?, words.degrees("lon_0")?);
            keys.false_origin(words.number("x_0", 0.0)?, words.number("y_0", 0.0)?);
        }
        "laea" | "aeqd" | "ortho" => {
            keys.method(match method {
                "laea" => 10,
                "aeqd" => 12,
                _ => 21,
            });
            keys.center(words.degrees("lat_0")?, words.degrees("lon_0")?);
            keys.false_origin(words.number("x_0", 0.0)?, words.number("y_0", 0.0)?);
        }
        "stere" => {
            let (lat_0, lon_0) = (words.degrees("lat_0")?, words.degrees("lon_0")?);
            if (lat_0.abs() - 90.0).abs() < 1e-9 {
                keys.method(15);
                // Either the latitude of true scale, or the pole and a factor.
                let (origin, scale) = match words.take("lat_ts") {
                    Some(latitude) => (number("lat_ts", latitude)?, 1.0),
                    None => (lat_0, words.scale()?),
                };
                keys.double(key::NAT_ORIGIN_LAT, origin);
                keys.double(key::STRAIGHT_VERT_POLE_LONG, lon_0);
                keys.double(key::SCALE_AT_NAT_ORIGIN, scale);
            } else {
                keys.method(14);
                keys.center(lat_0, lon_0);
                keys.double(key::SCALE_AT_NAT_ORIGIN, words.scale()?);
            }
            keys.false_origin(words.number("x_0", 0.0)?, words.number("y_0", 0.0)?);
        }
        "eqc" => {
            keys.method(17);
            keys.double(key::STD_PARALLEL_1, words.degrees("lat_ts")?);
            keys.center(words.degrees("lat_0")?, words.degrees("lon_0")?);
            keys.false_origin(words.number("x_0", 0.0)?, words.number("y_0", 0.0)?);
        }
        "robin" => {
            keys.method(23);
            keys.double(key::CENTER_LONG, words.degrees("lon_0")?);
            keys.false_origin(words.number("x_0", 0.0)?, words.number("y_0", 0.0)?);
        }
        "eqearth" => {
            // No number of the standard: Esri's way, which GDAL reads too.
            let wkt = equal_earth(words.degrees("lon_0")?);
            keys.short(key::MODEL_TYPE, USER_DEFINED);
            keys.text(key::PROJECTED_CITATION, &format!("ESRI PE String = {wkt}"));
        }
        other => return Err(format!("the method '{other}' has no number")),
    }
    words.used_up()
}

/// The keys of the ellipsoid and its datum.
fn geodetic(keys: &mut Keys, words: &mut Words<'_>) -> std::result::Result<(), String> {
    let (name, ellipsoid, semi_major, inverse_flattening) =
        match (words.take("datum"), words.take("ellps"), words.take("R")) {
            (Some("WGS84"), None | Some("WGS84"), None) => {
                keys.short(key::GEODETIC_CRS, WGS_84);
                return Ok(());
            }
            (None, Some("WGS84"), None) => ("WGS 84", 7030, 6_378_137.0, Some(298.257_223_563)),
            (None, Some("GRS80"), None) => ("GRS80", 7019, 6_378_137.0, Some(298.257_222_101)),
            (None, None, Some(radius)) => ("sphere", USER_DEFINED, number("R", radius)?, None),
            _ => return Err("its ellipsoid is not WGS 84, GRS 80 or a sphere".to_owned()),
        };
    keys.short(key::GEODETIC_CRS, USER_DEFINED);
    keys.short(key::GEODETIC_DATUM, USER_DEFINED);
    keys.short(key::ELLIPSOID, ellipsoid);
    // The form in which GDAL writes and reads the names of the parts.
    let citation = format!("GCS Name = {name}|Datum = Unknown based on {name}|Primem = Greenwich|");
    keys.0.insert(key::GEODETIC_CITATION, GeoValue::Ascii(citation));
    keys.double(key::SEMI_MAJOR_AXIS, semi_major);
    match inverse_flattening {
        Some(inverse) => keys.double(key::INVERSE_FLATTENING, inverse),
        None => keys.double(key::SEMI_MINOR_AXIS, semi_major),
    }
    Ok(())
}

/// The Equal Earth of a central meridian on WGS 84 in Esri's well-known text.
fn equal_earth(lon_0: f64) -> String {
    format!(
        "PROJCS[\"Equal_Earth\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",\
         SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],\
         UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Equal_Earth\"],\
         PARAMETER[\"False_Easting\",0.0],PARAMETER[\"False_Northing\",0.0],\
         PARAMETER[\"Central_Meridian\",{lon_0:?}],UNIT[\"Meter\",1.0]]"
    )
}

/// Keys and their values.
struct Keys(BTreeMap<u16, GeoValue>);

impl Keys {
    /// What all maps have: pixels that are areas of a plane in metres, and a name.
    fn new(name: &str) -> Self {
        let mut keys = Self(BTreeMap::new());
        keys.short(key::MODEL_TYPE, PROJECTED);
        keys.short(key::RASTER_TYPE, PIXEL_IS_AREA);
        keys.text(key::CITATION, name);
        keys.short(key::ANGULAR_UNITS, DEGREE);
        keys.short(key::LINEAR_UNITS, METRE);
        keys
    }

    fn short(&mut self, key: u16, code: u16) {
        self.0.insert(key, GeoValue::Short(code));
    }

    fn double(&mut self, key: u16, number: f64) {
        self.0.insert(key, GeoValue::Double(number));
    }

    /// A text without what is not ASCII (the sign of degrees) and without `|`, which ends it.
    fn text(&mut self, key: u16, text: &str) {
        let ascii = text.chars().filter(|c| matches!(c, ' '..='~') && *c != '|').collect();
        self.0.insert(key, GeoValue::Ascii(ascii));
    }

    /// The number of the coordinate transformation: GeoTIFF 1.0, section 6.3.3.3.
    fn method(&mut self, number: u16) {
        self.short(key::METHOD, number);
    }

    fn transverse_mercator(&mut self, lat_0: f64, lon_0: f64, scale: f64) {
        self.method(1);
        self.natural_origin(lat_0, lon_0);
        self.double(key::SCALE_AT_NAT_ORIGIN, scale);
    }

    fn natural_origin(&mut self, lat_0: f64, lon_0: f64) {
        self.double(key::NAT_ORIGIN_LAT, lat_0);
        self.double(key::NAT_ORIGIN_LONG, lon_0);
    }

    fn center(&mut self, lat_0: f64, lon_0: f64) {
        self.double(key::CENTER_LAT, lat_0);
        self.double(key::CENTER_LONG, lon_0);
    }

    fn false_origin(&mut self, easting: f64, northing: f64) {
        self.double(key::FALSE_EASTING, easting);
        self.double(key::FALSE_NORTHING, northing);
    }

    fn standard_parallels(&mut self, words: &mut Words<'_>) -> std::result::Result<(), String> {
        for (name, key) in [("lat_1", key::STD_PARALLEL_1), ("lat_2", key::STD_PARALLEL_2)] {
            let latitude = words.take(name).ok_or_else(|| format!("it has no {name}"))?;
            self.double(key, number(name, latitude)?);
        }
        Ok(())
    }
}

/// The words of a PROJ string, each taken once, so that none is passed over.
struct Words<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Words<'a> {
    fn of(definition: &'a str) -> std::result::Result<Self, String> {
        let mut words = BTreeMap::new();
        for word in definition.split_whitespace() {
            let word = word.strip_prefix('+').ok_or("it is no PROJ string")?;
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            match (name, value) {
                ("no_defs" | "type", _) | ("units", "m") => {}
                _ => _ = words.insert(name, value),
            }
        }
        Ok(Self(words))
    }

    fn take(&mut self, name: &str) -> Option<&'a str> {
        self.0.remove(name)
    }

    fn number(&mut self, name: &str, or: f64) -> std::result::Result<f64, String> {
        self.take(name).map_or(Ok(or), |text| number(name, text))
    }

    /// An angle, which is 0 when it is not given.
    fn degrees(&mut self, name: &str) -> std::result::Result<f64, String> {
        self.number(name, 0.0)
    }

    /// The scale factor under either of its names.
    fn scale(&mut self) -> std::result::Result<f64, String> {
        let old = self.number("k", 1.0)?;
        self.number("k_0", old)
    }

    /// # Errors
    /// The first word that nobody has taken.
    fn used_up(self) -> std::result::Result<(), String> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(format!("'+{name}' has none")),
        }
    }
}

fn number(name: &str, text: &str) -> std::result::Result<f64, String> {
    text.parse().map_err(|_| format!("'+{name}={text}' is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: Option<&str>, projection: &str) -> MapPlace {
        MapPlace {
            name: "Transverse Mercator, 130.5°E".to_owned(),
            projection: projection.to_owned(),
            code: code.map(str::to_owned),
            easting: 0.0,
            northing: 0.0,
            metres_per_pt: 1.0,
        }
    }

    #[test]
    fn a_code_says_it_all_and_a_projection_is_spelt_out() {
        let coded = keys(&place(Some("EPSG:32652"), "")).unwrap();
        assert_eq!(coded[&key::PROJECTED_CRS], GeoValue::Short(32_652));
        assert!(!coded.contains_key(&key::METHOD));
        let tmerc = "+proj=tmerc +lat_0=0 +lon_0=130.5 +k=1 +datum=WGS84 +units=m +no_defs";
        for code in [None, Some("ESRI:54030"), Some("EPSG:104000")] {
            let own = keys(&place(code, tmerc)).unwrap();
            assert_eq!(own[&key::PROJECTED_CRS], GeoValue::Short(USER_DEFINED));
            assert_eq!(own[&key::GEODETIC_CRS], GeoValue::Short(WGS_84));
            assert_eq!(own[&key::NAT_ORIGIN_LONG], GeoValue::Double(130.5));
            let name = GeoValue::Ascii("Transverse Mercator, 130.5E".to_owned());
            assert_eq!(own[&key::PROJECTED_CITATION], name);
        }
    }

    #[test]
    fn no_word_of_a_projection_is_passed_over() {
        for (projection, lacking) in [
            ("+proj=moll +datum=WGS84", "'moll'"),
            ("+proj=merc +lat_ts=40 +datum=WGS84", "'+lat_ts'"),
            ("+proj=stere +lat_0=50 +lat_ts=40 +datum=WGS84", "'+lat_ts'"),
            ("+proj=stere +lat_0=90 +lat_ts=70 +k=0.9 +datum=WGS84", "'+k'"),
            ("+proj=laea +lat_0=50 +ellps=GRS80 +towgs84=1,2,3", "'+towgs84'"),
            ("+proj=laea +lat_0=50 +ellps=krass", "ellipsoid"),
            ("+proj=laea +lat_0=50 +datum=WGS84 +units=ft", "'+units'"),
            ("+proj=lcc +lat_0=50 +lat_1=40 +datum=WGS84", "lat_2"),
            ("+proj=laea +lat_0=north +datum=WGS84", "no number"),
            ("PROJCS[\"x\"]", "no PROJ string"),
        ] {
            let error = keys(&place(None, projection)).unwrap_err();
            assert!(error.to_string().contains(lacking), "{error}");
            assert!(error.hint().unwrap().contains("--world-file"));
        }
    }
}
