//! The coordinate system that the positions of a file are in.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use geo_types::Coord;

use super::codes::{CodedSystem, authority_and_code, coded};
use super::datum::DatumShift;
use super::given::Given;
use super::opened::Opened;
#[cfg(feature = "proj")]
use super::system::{Operation, Source};
use super::{projjson, wkt};
use crate::error::{Error, ErrorKind, Result};

/// The coordinate system that the positions of a file are in, and the way from it to longitude and
/// latitude on WGS 84.
///
/// Positions are x (easting or longitude) before y (northing or latitude), which is how `GeoJSON`,
/// `GeoPackage`, `FlatGeobuf`, `GeoParquet` and shapefiles store them, also for systems such as `EPSG:4326`
/// whose authority has the latitude first. Heights are left out.
///
/// Cheap to clone and to share between threads. A position costs about a third of a microsecond,
/// nothing where [`is_lonlat`](Self::is_lonlat).
///
/// ```
/// use geo_types::Coord;
/// use tumen_geo_core::projection::System;
/// let utm = System::read("urn:ogc:def:crs:EPSG::32652")?;
/// assert_eq!((utm.name(), utm.code()), ("WGS 84 / UTM zone 52N", Some("EPSG:32652")));
/// let rason = utm.to_lonlat(Coord { x: 607_140.0, y: 4_677_650.0 })?;
/// assert!((rason.x - 130.3).abs() < 0.01 && (rason.y - 42.24).abs() < 0.01);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
#[derive(Clone)]
pub struct System {
    code: Option<String>,
    name: String,
    definition: String,
    shift: Option<DatumShift>,
    way: Way,
}

/// How positions come to WGS 84.
#[derive(Clone)]
enum Way {
    /// They are there.
    Same,
    /// By the mathematics of `proj4rs`.
    PureRust(Arc<Opened>),
    /// By PROJ.
    #[cfg(feature = "proj")]
    Proj(Operation),
}

impl System {
    /// Longitude and latitude on WGS 84, longitude first: `OGC:CRS84`, the system of `GeoJSON`.
    pub fn lonlat() -> Self {
        Self {
            code: Some("OGC:CRS84".to_owned()),
            name: "WGS 84 (CRS84)".to_owned(),
            definition: "+proj=longlat +datum=WGS84 +no_defs".to_owned(),
            shift: None,
            way: Way::Same,
        }
    }

    /// The system that `text` describes: a code (`EPSG:32652`, `urn:ogc:def:crs:EPSG::32652`,
    /// `http://www.opengis.net/def/crs/EPSG/0/32652`, `ESRI:102025`, `OGC:CRS84`), a PROJ string,
    /// well-known text (WKT 1 as in the `.prj` of a shapefile, WKT 2) or PROJJSON.
    ///
    /// A code inside a longer text is taken when it is known. Without one the projection is read from
    /// the text, and the datum must be one that is known by its name or by `TOWGS84`.
    ///
    /// With the feature `proj`, what is not known here is asked of PROJ: its whole database. For
    /// datums with several shifts, that for the middle of the system's area of use holds everywhere.
    ///
    /// # Errors
    /// [`ErrorKind::Projection`] when the system is not known, or has a datum whose way to WGS 84 is
    /// not; the hint names the way out.
    pub fn read(text: &str) -> Result<Self> {
        let text = text.trim();
        Self::known(text).or_else(|lacking| by_proj(text, lacking))
    }

    /// The system, if it is known without PROJ.
    fn known(text: &str) -> Result<Self> {
        if authority_and_code(text).is_some() {
            return Self::coded(coded(text)?);
        }
        if text.starts_with('+') {
            let definition = text.split_whitespace().collect::<Vec<_>>().join(" ");
            Given::new(&definition).datum().map_err(|why| unusable(&definition, &why))?;
            return Self::defined(None, definition.clone(), definition, None);
        }
        let label = shortened(text);
        let written = if text.starts_with('{') {
            projjson::to_wkt(text).and_then(|text| wkt::read(&text))
        } else if wkt::is_wkt(text) {
            wkt::read(text)
        } else {
            return Err(Error::new(
                ErrorKind::Projection,
                format!("'{label}' is not a coordinate system"),
            )
            .with_hint("give a code such as EPSG:32652, a PROJ string, WKT or PROJJSON"));
        };
        let written = written.map_err(|why| unusable(&label, &why))?;
        if let Some(system) = written.code.as_deref().and_then(|code| coded(code).ok()) {
            return Self::coded(system);
        }
        let (definition, shift) =
            written.definition.map_err(|why| unusable(&written.name, &why))?;
        Self::defined(written.code, written.name, definition, shift)
    }

    fn coded(system: CodedSystem) -> Result<Self> {
        Self::defined(Some(system.code), system.name, system.definition, system.shift)
    }

    fn defined(
        code: Option<String>,
        name: String,
        definition: String,
        shift: Option<DatumShift>,
    ) -> Result<Self> {
        let way = way(&definition).map_err(|why| unusable(&name, &why))?;
        Ok(Self { code, name, definition, shift, way })
    }

    /// Whether positions are longitude and latitude on WGS 84 already, or on a datum that is taken
    /// for it.
    pub fn is_lonlat(&self) -> bool {
        matches!(self.way, Way::Same)
    }

    /// Its name in the registry; what it was read from where it has none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Authority and code, as in `EPSG:32652`; `None` when it has none.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// It as a PROJ string; what it was read from where PROJ computes it.
    pub fn definition(&self) -> &str {
        &self.definition
    }

    /// The published operation that brings its datum to WGS 84; `None` for a datum that is taken for
    /// it, and for a shift that the text itself gives.
    pub fn shift(&self) -> Option<&DatumShift> {
        self.shift.as_ref()
    }

    /// The longitude (x) and latitude (y) on WGS 84, degrees, of a position in this system.
    ///
    /// The longitude is within a turn of Greenwich; [`LonLat::new`](crate::LonLat::new) wraps it.
    ///
    /// # Errors
    /// [`ErrorKind::Position`] when a number is not finite or the system has no such position.
    pub fn to_lonlat(&self, position: Coord) -> Result<Coord> {
        let lonlat = self.way.lonlat(position.x, position.y);
        lonlat.ok_or_else(|| self.no_position(position))
    }

    fn no_position(&self, Coord { x, y }: Coord) -> Error {
        let error = Error::new(
            ErrorKind::Position,
            format!("the position ({x}, {y}) is nowhere in the coordinate system {self}"),
        );
        if !(x.is_finite() && y.is_finite()) {
            return error.with_hint("a position is two finite numbers");
        }
        error.with_hint(if self.way.lonlat(y, x).is_some() {
            "x (easting or longitude) comes before y: were the two swapped when it was written?"
        } else {
            "is this the coordinate system of the file?"
        })
    }
}

impl Way {
    /// The longitude and latitude of a position.
    fn lonlat(&self, x: f64, y: f64) -> Option<Coord> {
        let (lon, lat) = match self {
            // Whether it is one is asked, with a better hint, where it becomes a `LonLat`.
            Self::Same => return (x.is_finite() && y.is_finite()).then_some(Coord { x, y }),
            Self::PureRust(opened) => opened.inverse(x, y)?,
            #[cfg(feature = "proj")]
            Self::Proj(operation) => operation.inverse(x, y)?,
        };
        (lon.abs() <= 360.0 && lat.abs() <= 90.0).then_some(Coord { x: lon, y: lat })
    }
}

/// How positions of the system `definition` come to WGS 84.
fn way(definition: &str) -> std::result::Result<Way, String> {
    let opened = Opened::new(definition)?;
    if opened.is_geocentric() {
        return Err("positions are those of space, not of the earth's surface".to_owned());
    }
    let given = Given::new(definition);
    if given.is_ambiguous() {
        return Err("it is equidistant cylindrical, which PROJ computes on the ellipsoid since \
                    version 9.8 and before that on a sphere, up to 25 km apart"
            .to_owned());
    }
    let same = opened.is_geographic() && given.is_plain();
    Ok(if same { Way::Same } else { Way::PureRust(Arc::new(opened)) })
}

/// The system by PROJ.
///
/// # Errors
/// What was lacking, if PROJ knows no better.
#[cfg(feature = "proj")]
fn by_proj(text: &str, lacking: Error) -> Result<System> {
    // PROJ looks for names too, and takes one that is nearly so.
    let code = authority_and_code(text);
    if code.is_none() && !text.starts_with(['+', '{']) && !wkt::is_wkt(text) {
        return Err(lacking);
    }
    let Ok(Source { name, operation }) = Source::new(text) else { return Err(lacking) };
    Ok(System {
        code,
        name: name.unwrap_or_else(|| shortened(text)),
        definition: text.to_owned(),
        shift: None,
        way: Way::Proj(operation),
    })
}

/// As with the feature `proj`, which would know more systems.
///
/// # Errors
/// What was lacking, with the feature as one more way out.
#[cfg(not(feature = "proj"))]
fn by_proj(_: &str, lacking: Error) -> Result<System> {
    let hint = lacking.hint().map(|hint| format!("{hint}; ")).unwrap_or_default();
    Err(lacking.with_hint(format!(
        "{hint}built with the feature `proj`, every system that PROJ knows is read"
    )))
}

/// A system that is understood but of no use.
fn unusable(name: &str, why: &str) -> Error {
    Error::new(
        ErrorKind::Projection,
        format!("the coordinate system '{name}' cannot be used: {why}"),
    )
    .with_hint(
        "bring the file to EPSG:4326, as with 'ogr2ogr -t_srs EPSG:4326 new.gpkg old.shp', or \
             give a PROJ string with +towgs84",
    )
}

/// As much of a text as a message holds.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

impl Default for System {
    /// As [`System::lonlat`].
    fn default() -> Self {
        Self::lonlat()
    }
}

impl FromStr for System {
    type Err = Error;

    /// As [`System::read`].
    fn from_str(text: &str) -> Result<Self> {
        Self::read(text)
    }
}

impl fmt::Display for System {
    /// Name and code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{} ({code})", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl fmt::Debug for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("System").field(&self.name).field(&self.definition).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn datums_within_a_metre_are_the_same() {
        for text in
            ["EPSG:4326", "epsg:4979", "EPSG:4490", "EPSG:4258", "EPSG:4737", "EPSG:6668", "CRS84"]
        {
            let system: System = text.parse().unwrap();
            assert!(system.is_lonlat(), "{text}");
            assert_eq!(system.to_lonlat(at(190.0, 42.0)).unwrap(), at(190.0, 42.0));
        }
        assert!(System::default().is_lonlat());
        assert!(!System::read("EPSG:4284").unwrap().is_lonlat());
        assert!(!System::read("EPSG:32652").unwrap().is_lonlat());
    }

    #[test]
    fn what_cannot_be_used_says_why_and_what_to_do() {
        for (text, why) in [
            ("EPSG:4214", "Beijing 1954"),
            ("EPSG:2385", "Xian 1980"),
            ("EPSG:99999", "is not known"),
            ("+proj=utm +zone=52 +ellps=krass", "its datum is not given"),
            ("+proj=geocent +datum=WGS84", "of space"),
            ("+proj=nonsense", "cannot be used"),
            ("WGS 84", "is not a coordinate system"),
            ("", "is not a coordinate system"),
        ] {
            let error = System::read(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Projection, "{text}");
            assert!(error.to_string().contains(why), "{text}: {error}");
            assert!(error.hint().is_some(), "{text}");
        }
    }

    #[test]
    fn swapped_positions_get_a_hint() {
        let pulkovo = System::read("EPSG:4284").unwrap();
        let error = pulkovo.to_lonlat(at(42.4, 130.6)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Position);
        assert!(error.to_string().contains("Pulkovo 1942 (EPSG:4284)"), "{error}");
        assert!(error.hint().unwrap().contains("swapped"), "{error}");
        let pole = System::read("EPSG:3995").unwrap();
        assert!(pole.to_lonlat(at(f64::NAN, 0.0)).is_err());
    }

    #[test]
    fn systems_are_shared_between_threads() {
        fn shared<T: Send + Sync + Clone>() {}
        shared::<System>();
    }
}
