//! What projections and positions are called.

/// The words of a PROJ string after `+name=`.
pub(super) fn word<'a>(definition: &'a str, name: &str) -> Option<&'a str> {
    definition
        .split_whitespace()
        .find_map(|w| w.trim_start_matches('+').strip_prefix(name)?.strip_prefix('='))
}

/// A number after `+name=` in a PROJ string.
pub(super) fn parameter(definition: &str, name: &str) -> Option<f64> {
    word(definition, name)?.parse().ok()
}

/// Whether straight lines through the middle of the projection are great circles in true direction.
pub(super) fn is_azimuthal(definition: &str) -> bool {
    matches!(word(definition, "proj"), Some("laea" | "aeqd" | "stere" | "ortho"))
}

/// The central meridian of a PROJ string, degrees; `None` when it does not say.
pub(super) fn central_meridian(definition: &str) -> Option<f64> {
    let zone = || Some(parameter(definition, "zone")? * 6.0 - 183.0);
    parameter(definition, "lon_0").or_else(zone)
}

/// Name and place of a PROJ string.
pub(super) fn name_of(definition: &str) -> String {
    let name = match word(definition, "proj") {
        Some("tmerc" | "etmerc") => "Transverse Mercator",
        Some("utm") => {
            let side = if definition.contains("+south") { "S" } else { "N" };
            return format!("UTM zone {}{side}", word(definition, "zone").unwrap_or("?"));
        }
        Some("laea") => "Lambert azimuthal equal-area",
        Some("lcc") => "Lambert conformal conic",
        Some("aea") => "Albers equal-area conic",
        Some("aeqd") => "Azimuthal equidistant",
        Some("eqc") => "Equirectangular",
        Some("eqearth") => "Equal Earth",
        Some("merc") if definition.contains("+b=6378137") => "Web Mercator",
        Some("merc") => "Mercator",
        Some("ortho") => "Orthographic",
        Some("stere") => "Stereographic",
        Some("robin") => "Robinson",
        _ => return definition.to_owned(),
    };
    let mut text = name.to_owned();
    if is_azimuthal(definition)
        && let Some(lat_0) = parameter(definition, "lat_0")
    {
        if lat_0.abs() > 89.999 {
            let pole = if lat_0 > 0.0 { "north" } else { "south" };
            return format!("{name}, {pole} pole");
        }
        text = format!("{name}, {}", latitude(lat_0));
    }
    if let (Some(first), Some(second)) =
        (parameter(definition, "lat_1"), parameter(definition, "lat_2"))
    {
        text = format!("{name}, {} and {}", latitude(first), latitude(second));
    }
    match parameter(definition, "lon_0") {
        Some(lon_0) if text == name => format!("{name}, {}", longitude(lon_0)),
        Some(lon_0) => format!("{text} {}", longitude(lon_0)),
        None => text,
    }
}

/// `value` to a multiple of `step`.
pub(super) fn round_to(value: f64, step: f64) -> f64 {
    // The second rounding takes away what the product leaves (130.70000000000002).
    ((value / step).round() * step * 1e6).round() / 1e6
}

/// `130.7°E`, `0°`, `180°`.
pub(super) fn longitude(degrees: f64) -> String {
    let wrapped = round_to((degrees + 180.0).rem_euclid(360.0) - 180.0, 1e-4);
    match wrapped {
        w if w.abs() < 1e-9 || w.abs() > 180.0 - 1e-9 => format!("{}°", w.abs()),
        w if w > 0.0 => format!("{w}°E"),
        w => format!("{}°W", -w),
    }
}

/// `42.5°N`, `0°`.
pub(super) fn latitude(degrees: f64) -> String {
    match round_to(degrees, 1e-4) {
        0.0 => "0°".to_owned(),
        d if d > 0.0 => format!("{d}°N"),
        d => format!("{}°S", -d),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_read_well() {
        assert_eq!(longitude(-190.0), "170°E");
        assert_eq!(longitude(180.0), "180°");
        assert_eq!(latitude(-42.25), "42.25°S");
    }

    #[test]
    fn projections_have_names() {
        let name = |text: &str| name_of(&format!("+proj={text} +datum=WGS84"));
        assert_eq!(name("utm +zone=20 +south"), "UTM zone 20S");
        assert_eq!(
            name("aea +lat_1=20 +lat_2=60 +lon_0=105"),
            "Albers equal-area conic, 20°N and 60°N 105°E"
        );
        assert_eq!(name("laea +lat_0=90 +lon_0=0"), "Lambert azimuthal equal-area, north pole");
        assert_eq!(central_meridian("+proj=utm +zone=52"), Some(129.0));
    }
}
