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

    #[cfg(not(feature = "proj"))]
    #[test]
    fn without_proj_the_hint_names_the_feature() {
        for wanted in ["EPSG:2326", "PROJCS[\"Hong Kong 1980 Grid System\"]", "+proj=tpeqd"] {
            let error = choose(&HONG_KONG, wanted).err().unwrap();
            assert!(error.hint().unwrap().contains("--features proj"), "{wanted}");
        }
    }
}
