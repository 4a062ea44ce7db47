//! Coordinate systems beyond the known codes and the pure-Rust mathematics: PROJ's, with the feature
//! `proj`.

use tumen_geo_core::Bbox;

use super::choose::Choice;
use crate::error::Result;

/// The system `wanted` by PROJ for a map of `extent`.
///
/// # Errors
/// [`ErrorKind::Projection`](crate::error::ErrorKind::Projection) when PROJ cannot use it.
#[cfg(feature = "proj")]
pub(super) fn by_proj(wanted: &str, extent: &Bbox, _: &tumen_geo_core::Error) -> Result<Choice> {
    use tumen_geo_core::projection::ProjSystem;

    use super::choose::refused;
    use super::describe::{central_meridian, name_of};

    let code = wanted.matches(':').count() == 1 && !wanted.contains(['[', '{', '+']);
    let definition = if code { wanted.to_ascii_uppercase() } else { wanted.to_owned() };
    let middle = extent.center();
    let system = ProjSystem::new(&definition, middle).map_err(|e| refused(&e))?;
    let name = match system.name() {
        Some(name) if code => format!("{name} ({definition})"),
        Some(name) => name.to_owned(),
        None => name_of(&definition),
    };
    let lon_0 = system.central_meridian().or_else(|| central_meridian(&definition));
    Ok(Choice {
        name,
        code: code.then(|| definition.clone()),
        reason: format!("given in the map spec, computed by PROJ as {}", system.operation()),
        lon_0: lon_0.unwrap_or_else(|| middle.lon()),
        projection: Box::new(system),
    })
}

/// As with the feature `proj`, which would know more systems.
///
/// # Errors
/// What was lacking, with the feature as one more way out.
#[cfg(not(feature = "proj"))]
pub(super) fn by_proj(_: &str, _: &Bbox, lacking: &tumen_geo_core::Error) -> Result<Choice> {
    let error = super::choose::refused(lacking);
    let hint = error.hint().map(|hint| format!("{hint}; ")).unwrap_or_default();
    Err(error.with_hint(format!(
        "{hint}built with `--features proj`, this program knows every system that PROJ does"
    )))
}

#[cfg(test)]
mod tests {
    use tumen_geo_core::Bbox;

    use super::super::choose;

    const HONG_KONG: Bbox = Bbox { west: 113.8, south: 22.15, east: 114.5, north: 22.57 };

    #[cfg(feature = "proj")]
    #[test]
    fn what_proj_knows_is_known() {
        let grid = choose(&HONG_KONG, "epsg:2326").unwrap();
        assert_eq!(grid.name, "Hong Kong 1980 Grid System (EPSG:2326)");
        assert_eq!(grid.projection.definition(), "EPSG:2326");
        assert_eq!(grid.code.as_deref(), Some("EPSG:2326"));
        assert!(grid.reason.contains("step proj=tmerc"), "{}", grid.reason);
        assert!((grid.lon_0 - 114.178_556).abs() < 1e-6, "{}", grid.lon_0);
        let given = "+proj=tpeqd +lat_1=22 +lon_1=113 +lat_2=23 +lon_2=115 +datum=WGS84 +units=m";
        assert_eq!(choose(&HONG_KONG, given).unwrap().name, given);
        // What pure Rust can compute stays its own.
        assert!(!choose(&HONG_KONG, "EPSG:32650").unwrap().reason.contains("PROJ"));
    }

    /// Pure Rust computes every projection that a map may ask for as PROJ does, over all of it, to a
    /// millimetre there and back.
    #[cfg(feature = "proj")]
    #[test]
    fn what_is_chosen_is_what_proj_computes() {
        use tumen_geo_core::projection::{PlanePoint, ProjSystem, Projection};
        use tumen_geo_core::{LonLat, measure::Geodesic};

        use super::super::named::NAMES;

        let extents = [
            Bbox { west: 129.5, south: 41.8, east: 131.5, north: 43.2 },
            Bbox { west: 105.0, south: 33.0, east: 150.0, north: 56.0 },
            Bbox { west: 165.0, south: 50.0, east: -165.0, north: 70.0 },
            Bbox { west: -75.0, south: -55.0, east: -53.0, north: -20.0 },
            Bbox { west: -180.0, south: 55.0, east: 180.0, north: 88.0 },
            Bbox { west: -180.0, south: -80.0, east: 180.0, north: 80.0 },
        ];
        let autos = ["auto", "auto areas", "auto shapes", "auto distances"];
        let (mut compared, mut wrong) = (0, Vec::new());
        for extent in &extents {
            for wanted in NAMES.split(", ").chain(autos) {
                // A cone, say, does not suit the world.
                let Ok(chosen) = choose(extent, wanted) else { continue };
                let definition = chosen.projection.definition();
                // Since 9.8 PROJ has another formula for the ellipsoid, not for the sphere.
                let by_proj = if definition.contains("+proj=eqc") {
                    definition.replace("+datum=WGS84", "+R=6378137")
                } else {
                    definition.to_owned()
                };
                let by_proj = ProjSystem::new(&by_proj, extent.center()).unwrap();
                for step in 0..81 {
                    let share = |index: i32| (f64::from(index) + 0.5) / 9.0;
                    let east = extent.west + extent.width_degrees() * share(step % 9);
                    let north = extent.south + (extent.north - extent.south) * share(step / 9);
                    let position = LonLat::wrap(east, north);
                    let Some(plane) = by_proj.forward(position) else { continue };
                    let off = |p: PlanePoint| {
                        (p.easting - plane.easting).hypot(p.northing - plane.northing)
                    };
                    let there = chosen.projection.forward(position).map_or(f64::INFINITY, off);
                    let apart = |a: LonLat, b| Geodesic::distance(a, b).to_m();
                    // Before 9.7 PROJ itself misses the way back from equal areas by 1.6 mm.
                    let back = chosen.projection.inverse(plane).map_or(f64::INFINITY, |back| {
                        let proj = by_proj.inverse(plane).map_or(f64::INFINITY, |p| apart(p, back));
                        proj.min(apart(back, position))
                    });
                    compared += 1;
                    if there.max(back) > 1e-3 {
                        wrong.push(format!("{definition} at {position}: {there} m, back {back} m"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
        assert!(compared > 5000, "{compared}");
    }

    #[cfg(not(feature = "proj"))]
    #[test]
    fn without_proj_the_hint_names_the_feature() {
        for wanted in ["EPSG:2326", "PROJCS[\"Hong Kong 1980 Grid System\"]", "+proj=tpeqd"] {
            let error = choose(&HONG_KONG, wanted).err().unwrap();
            assert!(error.hint().unwrap().contains("--features proj"), "{wanted}");
        }
    }
}
