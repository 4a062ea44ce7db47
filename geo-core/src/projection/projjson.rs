//! Coordinate systems as PROJJSON, the JSON of PROJ 6.2 and of `GeoParquet`: the same words as ISO
//! 19162, so that it is read as such.

use serde_json::Value;

/// The well-known text of a system in PROJJSON.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn to_wkt(text: &str) -> Result<String, String> {
    let system: Value =
        serde_json::from_str(text).map_err(|error| format!("its PROJJSON is broken: {error}"))?;
    written(&system).ok_or_else(|| {
        let kind = system["type"].as_str().unwrap_or("unknown");
        format!("its PROJJSON, of the type '{kind}', is not that of positions on the earth")
    })
}

fn written(system: &Value) -> Option<String> {
    match system["type"].as_str()? {
        "CompoundCRS" => written(system["components"].get(0)?),
        "GeographicCRS" | "GeodeticCRS" => geographic("GEOGCRS", system),
        "ProjectedCRS" => Some(format!(
            "PROJCRS[{},{},{},{}{}]",
            name(system)?,
            geographic("BASEGEOGCRS", &system["base_crs"])?,
            conversion(&system["conversion"])?,
            axes(&system["coordinate_system"])?,
            id(system)
        )),
        _ => None,
    }
}

fn geographic(keyword: &str, system: &Value) -> Option<String> {
    let datum = ["datum", "datum_ensemble"]
        .iter()
        .map(|key| &system[*key])
        .find(|datum| datum.is_object())?;
    let ellipsoid = &datum["ellipsoid"];
    let (a, rf) = ellipsoid_of(ellipsoid)?;
    let meridian = match &datum["prime_meridian"] {
        Value::Null => String::new(),
        meridian => {
            let (longitude, unit) = measured(&meridian["longitude"])?;
            let unit = unit.or(meridian.get("unit"));
            let unit = angle(unit.unwrap_or(&Value::from("degree")))?;
            format!(",PRIMEM[{},{longitude},{unit}]", name(meridian)?)
        }
    };
    let axes = match &system["coordinate_system"] {
        Value::Null => String::new(),
        axes_of => format!(",{}", axes(axes_of)?),
    };
    let (own, datum, ellipsoid) = (name(system)?, name(datum)?, name(ellipsoid)?);
    let id = id(system);
    Some(format!(
        "{keyword}[{own},DATUM[{datum},ELLIPSOID[{ellipsoid},{a},{rf}]]{meridian}{axes}{id}]"
    ))
}

/// Half the longer axis in metres, and how many times it is the difference to the shorter; 0 for a
/// sphere.
fn ellipsoid_of(ellipsoid: &Value) -> Option<(f64, f64)> {
    let metres = |key: &str| {
        let (value, unit) = measured(&ellipsoid[key])?;
        Some(value * unit.map_or(Some(1.0), factor)?)
    };
    if let Some(radius) = metres("radius") {
        return Some((radius, 0.0));
    }
    let a = metres("semi_major_axis")?;
    let flattening = ellipsoid["inverse_flattening"].as_f64();
    flattening
        .or_else(|| {
            let b = metres("semi_minor_axis")?;
            Some(if a > b { a / (a - b) } else { 0.0 })
        })
        .map(|rf| (a, rf))
}

fn conversion(conversion: &Value) -> Option<String> {
    let method = &conversion["method"];
    let mut text =
        format!("CONVERSION[{},METHOD[{}{}]", name(conversion)?, name(method)?, id(method));
    for parameter in conversion["parameters"].as_array().into_iter().flatten() {
        let (value, unit) = measured(&parameter["value"])?;
        let unit = unit
            .or(parameter.get("unit"))
            .map_or(Some(String::new()), |unit| Some(format!(",{}", any_unit(unit)?)))?;
        let (name, id) = (name(parameter)?, id(parameter));
        text.extend([",PARAMETER[", &name, ",", &value.to_string(), &unit, &id, "]"]);
    }
    text.push(']');
    Some(text)
}

fn axes(system: &Value) -> Option<String> {
    let axes = system["axis"].as_array()?;
    let subtype = system["subtype"].as_str()?;
    let mut text = format!("CS[{subtype},{}]", axes.len());
    for axis in axes {
        let unit = any_unit(&axis["unit"])?;
        let direction = axis["direction"].as_str().filter(|word| is_word(word))?;
        text.extend([",AXIS[", &name(axis)?, ",", direction, ",", &unit, "]"]);
    }
    is_word(subtype).then_some(text)
}

/// A number, and its unit where that is written beside it.
fn measured(value: &Value) -> Option<(f64, Option<&Value>)> {
    match value {
        Value::Object(both) => Some((both.get("value")?.as_f64()?, both.get("unit"))),
        number => Some((number.as_f64()?, None)),
    }
}

fn any_unit(unit: &Value) -> Option<String> {
    match unit["type"].as_str().or(unit.as_str())? {
        "degree" | "AngularUnit" => angle(unit),
        "unity" | "ScaleUnit" => Some(format!("SCALEUNIT[\"unity\",{}]", factor(unit)?)),
        "metre" | "LinearUnit" => Some(format!("LENGTHUNIT[\"metre\",{}]", factor(unit)?)),
        _ => None,
    }
}

fn angle(unit: &Value) -> Option<String> {
    Some(format!("ANGLEUNIT[\"degree\",{}]", factor(unit)?))
}

/// How many metres, radians or ones a unit is.
fn factor(unit: &Value) -> Option<f64> {
    match unit.as_str() {
        Some("metre" | "unity") => Some(1.0),
        Some("degree") => Some(1_f64.to_radians()),
        Some(_) => None,
        None => unit["conversion_factor"].as_f64(),
    }
}

/// A name in quotes.
fn name(of: &Value) -> Option<String> {
    Some(format!("\"{}\"", of["name"].as_str()?.replace('"', "\"\"")))
}

/// `,ID["EPSG",32652]`; nothing where there is none.
fn id(of: &Value) -> String {
    let id = &of["id"];
    let code =
        id["code"].as_str().map(str::to_owned).or(id["code"].as_u64().map(|n| n.to_string()));
    match (id["authority"].as_str(), code) {
        (Some(authority), Some(code)) if is_word(authority) && is_word(&code) => {
            format!(",ID[\"{authority}\",\"{code}\"]")
        }
        _ => String::new(),
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-. ".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_system_is_refused() {
        for text in
            ["{", "[]", "{}", r#"{"type":"VerticalCRS","name":"h"}"#, r#"{"type":"ProjectedCRS"}"#]
        {
            assert!(to_wkt(text).is_err(), "{text}");
        }
    }
}
