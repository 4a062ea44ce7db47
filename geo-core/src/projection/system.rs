//! Coordinate systems that PROJ knows: those of its database, WKT, and every PROJ string.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use proj::Proj;
use serde_json::Value;

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
    operation: Arc<str>,
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
        let operation = operation(definition, near).map_err(|why| {
            wrong(&why, "give an extent within its area of use, or another system")
        })?;
        Ok(Self {
            definition: definition.to_owned(),
            name: plane["name"].as_str().filter(|name| *name != "unknown").map(str::to_owned),
            lon_0: central_meridian(plane),
            operation: operation.into(),
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
        &self.operation
    }

    /// What `compute` makes of the operation as this thread has opened it.
    fn with_opened<T>(&self, compute: impl FnOnce(&Proj) -> Option<T>) -> Option<T> {
        OPENED.with_borrow_mut(|opened| {
            if let Some(proj) = opened.get(&self.operation) {
                return compute(proj);
            }
            let proj = Proj::new(&self.operation).ok()?;
            compute(opened.entry(Arc::clone(&self.operation)).or_insert(proj))
        })
    }
}

impl Projection for ProjSystem {
    fn forward(&self, position: LonLat) -> Option<PlanePoint> {
        let lonlat = (position.lon(), position.lat());
        let (easting, northing) = self.with_opened(|proj| proj.convert(lonlat).ok())?;
        (easting.is_finite() && northing.is_finite()).then_some(PlanePoint { easting, northing })
    }

    fn inverse(&self, point: PlanePoint) -> Option<LonLat> {
        let plane = (point.easting, point.northing);
        let (lon, lat) = self.with_opened(|proj| proj.project(plane, true).ok())?;
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
    let parameters = plane["conversion"]["parameters"].as_array()?;
    let lon_0 = parameters.iter().find(|parameter| {
        parameter["name"].as_str().is_some_and(|name| name.starts_with("Longitude of "))
            && parameter["unit"] == "degree"
    })?;
    lon_0["value"].as_f64()
}

/// The one operation from longitude and latitude on WGS 84 that PROJ takes at `near`.
fn operation(definition: &str, near: LonLat) -> std::result::Result<String, String> {
    let candidates =
        Proj::new_known_crs("OGC:CRS84", definition, None).map_err(|error| error.to_string())?;
    let undefined = || format!("it is not defined at {near}");
    let (x, y) = candidates.convert((near.lon(), near.lat())).map_err(|_| undefined())?;
    if !(x.is_finite() && y.is_finite()) {
        return Err(undefined());
    }
    // What PROJ took for the last position is what it tells about itself.
    candidates.def().map_err(|error| error.to_string())
}
