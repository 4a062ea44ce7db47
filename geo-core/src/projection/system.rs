//! Coordinate systems that PROJ knows: those of its database, WKT, and every PROJ string.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use proj::{Area, Proj};
use serde_json::Value;

use super::codes::authority_and_code;
use super::datum::{Datum, named};
use super::{PlanePoint, Projection};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::LonLat;

thread_local! {
    /// The opened operations of this thread by their definition: PROJ's objects cannot be shared,
    /// and opening one takes as long as projecting thousands of points.
    static OPENED: RefCell<BTreeMap<Arc<str>, Proj>> = const { RefCell::new(BTreeMap::new()) };
}

/// A plane coordinate system in metres, computed by PROJ.
///
/// Only with the feature `proj`, which links PROJ 9.6.2 or later where `pkg-config` finds it and
/// otherwise compiles it (a C++ compiler, cmake, make, the `sqlite3` command and the headers of
/// `SQLite` are needed). Grids are not downloaded: a datum shift that needs one gives way to the best
/// that does not.
///
/// Where a datum lies hundreds of metres from WGS 84, what is projected comes back to a centimetre.
/// A position costs about 0.3 µs, the first of each thread some milliseconds. PROJ itself writes to
/// the standard error what it does not understand.
pub struct ProjSystem {
    definition: String,
    name: Option<String>,
    lon_0: Option<f64>,
    operation: Operation,
}

impl ProjSystem {
    /// The system that `definition` stands for: a code such as `EPSG:2326` of any authority that
    /// PROJ knows, WKT, PROJJSON, or a PROJ string.
    ///
    /// For some datums PROJ knows several shifts from WGS 84, each for a region. That for `near` is
    /// taken for all positions, so that nothing is torn where two regions meet.
    ///
    /// # Errors
    /// [`ErrorKind::Projection`] when PROJ does not understand the definition, when the system is not
    /// a plane, when its unit is not the metre or its axes point west or south, and when it is not
    /// defined at `near`.
    ///
    /// ```
    /// use tumen_geo_core::{LonLat, projection::{ProjSystem, Projection}};
    /// let central = LonLat::new(114.158, 22.285)?;
    /// let grid = ProjSystem::new("EPSG:2326", central)?;
    /// assert_eq!(grid.name(), Some("Hong Kong 1980 Grid System"));
    /// assert!((grid.forward(central).unwrap().northing - 816_200.0).abs() < 100.0);
    /// # Ok::<(), tumen_geo_core::Error>(())
    /// ```
    pub fn new(definition: &str, near: LonLat) -> Result<Self> {
        let definition = definition.trim();
        let wrong = |why: &str, hint: &str| {
            Error::new(
                ErrorKind::Projection,
                format!("the coordinate system '{definition}' cannot be used: {why}"),
            )
            .with_hint(hint)
        };
        let described = describe(definition).ok_or_else(|| {
            let hint = "give a code such as EPSG:2326, WKT, or a PROJ string with its parameters";
            wrong("PROJ does not know it", hint)
        })?;
        let plane = plane(&described).ok_or_else(|| {
            wrong("it has no plane", "give a projected system; EPSG:4326 is drawn equirectangular")
        })?;
        usable_axes(plane).map_err(|why| {
            wrong(&why, "give its projection as a PROJ string with +units=m and without +axis")
        })?;
        let operation = Operation::at(definition, &described, near).map_err(|why| {
            wrong(&why, "give an extent within its area of use, or another system")
        })?;
        Ok(Self {
            definition: definition.to_owned(),
            name: plane["name"].as_str().filter(|name| *name != "unknown").map(str::to_owned),
            lon_0: central_meridian(plane),
            operation,
        })
    }

    /// Its name in the registry or in its WKT; `None` for a PROJ string.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Its central meridian, degrees; `None` where there is none, or not from Greenwich.
    pub fn central_meridian(&self) -> Option<f64> {
        self.lon_0
    }

    /// The projection together with the datum shift, as a PROJ pipeline from longitude and latitude.
    pub fn operation(&self) -> &str {
        &self.operation.0
    }
}

impl Projection for ProjSystem {
    fn forward(&self, position: LonLat) -> Option<PlanePoint> {
        let (easting, northing) = self.operation.forward(position.lon(), position.lat())?;
        Some(PlanePoint { easting, northing })
    }

    fn inverse(&self, point: PlanePoint) -> Option<LonLat> {
        let (lon, lat) = self.operation.inverse(point.easting, point.northing)?;
        LonLat::new(lon, lat).ok()
    }

    fn definition(&self) -> &str {
        &self.definition
    }
}

impl fmt::Debug for ProjSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProjSystem").field(&self.definition).finish()
    }
}

/// The system in PROJJSON; `None` when PROJ does not know it.
fn describe(definition: &str) -> Option<Value> {
    // Without the type, a PROJ string is an operation and not a system.
    let typed = if definition.starts_with('+') && !definition.contains("+type=") {
        format!("{definition} +type=crs")
    } else {
        definition.to_owned()
    };
    let json = Proj::new(&typed).ok()?.to_projjson(None, None, None).ok()?;
    serde_json::from_str(&json).ok()
}

/// The projected part of a system in PROJJSON.
fn plane(system: &Value) -> Option<&Value> {
    match system["type"].as_str()? {
        "ProjectedCRS" => Some(system),
        "BoundCRS" => plane(&system["source_crs"]),
        "CompoundCRS" => plane(&system["components"][0]),
        _ => None,
    }
}

/// Whether the axes of a plane are metres to the right and upwards; PROJ itself brings them into
/// this order.
fn usable_axes(plane: &Value) -> std::result::Result<(), String> {
    for axis in plane["coordinate_system"]["axis"].as_array().into_iter().flatten() {
        let unit = &axis["unit"];
        if unit != "metre" {
            let unit = unit["name"].as_str().or(unit.as_str()).unwrap_or("unknown");
            return Err(format!("its unit is '{unit}', not the metre"));
        }
        // About a pole all axes point south or north, each along a meridian.
        let direction = axis["direction"].as_str().unwrap_or("none");
        if !matches!(direction, "east" | "north") && axis.get("meridian").is_none() {
            return Err(format!("one of its axes points {direction}"));
        }
    }
    Ok(())
}

/// The central meridian of a projected system, degrees from Greenwich.
fn central_meridian(plane: &Value) -> Option<f64> {
    let base = &plane["base_crs"];
    let frames = ["datum", "datum_ensemble"];
    if frames.iter().any(|frame| base[frame].get("prime_meridian").is_some()) {
        return None;
    }
    parameter(plane, "Longitude of ")
}

/// The first parameter of a projection whose name begins so, degrees.
fn parameter(plane: &Value, name: &str) -> Option<f64> {
    let parameters = plane["conversion"]["parameters"].as_array()?;
    let found = parameters.iter().find(|parameter| {
        parameter["name"].as_str().is_some_and(|given| given.starts_with(name))
            && parameter["unit"] == "degree"
    })?;
    found["value"].as_f64()
}

/// Datum of a system: its name and its ellipsoid.
fn datum(system: &Value) -> Option<&Value> {
    let horizontal = plane(system).map_or(system, |plane| &plane["base_crs"]);
    let frames = ["datum", "datum_ensemble"];
    frames.iter().map(|frame| &horizontal[*frame]).find(|datum| datum.is_object())
}

/// One operation from longitude and latitude on WGS 84 to a system, as a PROJ pipeline.
#[derive(Clone)]
pub(super) struct Operation(Arc<str>);

impl Operation {
    /// That which PROJ takes at `near` for the system `definition`, `described` in PROJJSON.
    fn at(definition: &str, described: &Value, near: LonLat) -> std::result::Result<Self, String> {
        // Outside the areas of all its shifts PROJ would take any of them; by the area, it does not.
        let edge = |degrees: f64, limit: f64| degrees.clamp(-limit, limit);
        let around = Area::new(
            edge(near.lon() - 0.01, 180.0),
            edge(near.lat() - 0.01, 90.0),
            edge(near.lon() + 0.01, 180.0),
            edge(near.lat() + 0.01, 90.0),
        );
        let candidates = Proj::new_known_crs("OGC:CRS84", definition, Some(around))
            .map_err(|error| error.to_string())?;
        let undefined = || format!("it is not defined at {near}");
        let (x, y) = candidates.convert((near.lon(), near.lat())).map_err(|_| undefined())?;
        if !(x.is_finite() && y.is_finite()) {
            return Err(undefined());
        }
        // What PROJ took for the last position is what it tells about itself.
        let taken = candidates.proj_info();
        let by_name_only = taken.description.is_some_and(|text| text.contains("Ballpark"));
        if by_name_only && !lies_near_wgs84(described) {
            return Err(format!("PROJ knows no way from its datum to WGS 84 at {near}"));
        }
        let operation = taken.definition.ok_or_else(undefined)?;
        Ok(Self(operation.into()))
    }

    /// From degrees on WGS 84 to x and y of the system.
    fn forward(&self, lon: f64, lat: f64) -> Option<(f64, f64)> {
        let found = self.with_opened(|proj| proj.convert((lon, lat)).ok())?;
        (found.0.is_finite() && found.1.is_finite()).then_some(found)
    }

    /// From x and y of the system to degrees on WGS 84.
    pub(super) fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let found = self.with_opened(|proj| proj.project((x, y), true).ok())?;
        (found.0.is_finite() && found.1.is_finite()).then_some(found)
    }

    /// What `compute` makes of the operation as this thread has opened it.
    fn with_opened<T>(&self, compute: impl FnOnce(&Proj) -> Option<T>) -> Option<T> {
        OPENED.with_borrow_mut(|opened| {
            if let Some(proj) = opened.get(&self.0) {
                return compute(proj);
            }
            let proj = Proj::new(&self.0).ok()?;
            compute(opened.entry(Arc::clone(&self.0)).or_insert(proj))
        })
    }
}

/// Whether a datum without a published way to WGS 84 lies near it: CGCS2000, ITRF, a sphere.
fn lies_near_wgs84(system: &Value) -> bool {
    let Some(datum) = datum(system) else { return false };
    let ellipsoid = &datum["ellipsoid"];
    let is = |key: &str, value: f64, within: f64| {
        ellipsoid[key].as_f64().is_some_and(|given| (given - value).abs() < within)
    };
    let same = is("semi_major_axis", 6_378_137.0, 1.0) && is("inverse_flattening", 298.257, 1e-3);
    let elsewhere = datum["name"].as_str().and_then(named).is_some();
    (same && !elsewhere) || ellipsoid["radius"].is_number()
}

/// A system in which positions come, as PROJ knows it.
pub(super) struct Source {
    /// Its name in the registry or in its text.
    pub(super) name: Option<String>,
    /// The way to it.
    pub(super) operation: Operation,
}

impl Source {
    /// The system `definition`, of the earth's plane or of longitudes and latitudes, in any unit.
    ///
    /// Of several datum shifts, that for the middle of its area of use holds everywhere.
    ///
    /// # Errors
    /// Why PROJ cannot use it.
    pub(super) fn new(definition: &str) -> std::result::Result<Self, String> {
        let code = authority_and_code(definition);
        let definition = code.as_deref().unwrap_or(definition);
        let described = describe(definition).ok_or("PROJ does not know it")?;
        let method =
            plane(&described).and_then(|plane| plane["conversion"]["method"]["name"].as_str());
        if method.is_some_and(|name| name == "Equidistant Cylindrical") {
            return Err("versions of PROJ disagree on it".to_owned());
        }
        let name = datum(&described).and_then(|datum| datum["name"].as_str());
        match name.and_then(named) {
            None | Some(Datum::Elsewhere) => {}
            // PROJ knows shifts for parts of China, of which it would take one.
            Some(datum) => _ = datum.parameters()?,
        }
        let mut why = "it has no area of use".to_owned();
        for near in middles(definition, &described) {
            match Operation::at(definition, &described, near) {
                Ok(operation) => {
                    let name = described["name"].as_str().filter(|name| *name != "unknown");
                    return Ok(Self { name: name.map(str::to_owned), operation });
                }
                Err(error) => why = error,
            }
        }
        Err(why)
    }
}

/// The middle of the area of use of a system; places on its central meridian where it tells none.
fn middles(definition: &str, described: &Value) -> Vec<LonLat> {
    let area = Proj::new(definition).ok().and_then(|system| system.area_of_use().ok()?.0);
    if let Some(area) = area {
        let east = if area.east < area.west { area.east + 360.0 } else { area.east };
        return vec![LonLat::wrap(
            f64::midpoint(area.west, east),
            f64::midpoint(area.south, area.north),
        )];
    }
    let Some(plane) = plane(described) else {
        // With the shift in its own text, any place will do.
        let bound = described["type"] == "BoundCRS";
        return if bound { vec![LonLat::wrap(0.0, 45.0)] } else { Vec::new() };
    };
    let Some(lon_0) = central_meridian(plane) else { return Vec::new() };
    let lats = [45.0, 35.0, 55.0, 65.0, 25.0, 15.0, 5.0, -25.0, -35.0, -15.0, -5.0, -45.0];
    let lat_0 = parameter(plane, "Latitude of ");
    lat_0.into_iter().chain(lats).map(|lat| LonLat::wrap(lon_0, lat)).collect()
}
