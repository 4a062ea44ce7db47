//! The ways in which the code of a coordinate system is written.

/// Authority and code, in capitals, of a text that is a code: `EPSG:32652`,
/// `urn:ogc:def:crs:EPSG::32652`, `http://www.opengis.net/def/crs/EPSG/0/32652`, and the older forms
/// of these, capitals or not; `None` for a text that is none.
///
/// A compound of a horizontal and a vertical system, `EPSG:5186+5193`, is its horizontal part.
pub(in super::super) fn authority_and_code(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase();
    let parts: Vec<&str> = if let Some(rest) = text.strip_prefix("URN:") {
        // urn:ogc:def:crs:AUTHORITY:VERSION:CODE; x-ogc before 2007, the version may be lacking.
        let rest = rest.strip_prefix("OGC:").or_else(|| rest.strip_prefix("X-OGC:"))?;
        rest.strip_prefix("DEF:CRS:")?.split(':').collect()
    } else if let Some((_, rest)) = text.split_once("/DEF/CRS/") {
        rest.trim_end_matches('/').split('/').collect()
    } else if let Some((_, rest)) = text.split_once("/GML/SRS/") {
        // http://www.opengis.net/gml/srs/epsg.xml#4326
        rest.split(".XML#").collect()
    } else if let Some(rest) = text.strip_prefix("+INIT=") {
        rest.split_whitespace().next()?.split(':').collect()
    } else {
        text.split(':').collect()
    };
    let (authority, code) = match parts[..] {
        ["CRS84"] => ("OGC", "CRS84"),
        [authority, code] | [authority, _, code] => (authority, code),
        _ => return None,
    };
    let code = code.split('+').next()?;
    let word = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    (word(authority) && word(code)).then(|| format!("{authority}:{code}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_code_is_written_in_many_ways() {
        for text in [
            "EPSG:32652",
            " epsg:32652 ",
            "urn:ogc:def:crs:EPSG::32652",
            "urn:ogc:def:crs:EPSG:6.9:32652",
            "urn:x-ogc:def:crs:EPSG:32652",
            "http://www.opengis.net/def/crs/EPSG/0/32652",
            "https://www.opengis.net/def/crs/epsg/9.9.1/32652/",
            "http://www.opengis.net/gml/srs/epsg.xml#32652",
            "+init=epsg:32652 +type=crs",
        ] {
            assert_eq!(authority_and_code(text).as_deref(), Some("EPSG:32652"), "{text}");
        }
        for text in
            ["OGC:CRS84", "crs84", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84"]
        {
            assert_eq!(authority_and_code(text).as_deref(), Some("OGC:CRS84"), "{text}");
        }
        assert_eq!(authority_and_code("EPSG:5186+5193").as_deref(), Some("EPSG:5186"));
    }

    #[test]
    fn what_is_no_code() {
        for text in
            ["", "WGS 84", "EPSG:", ":4326", "+proj=utm +zone=52", "PROJCS[\"a:b\"]", "1:2:3:4"]
        {
            assert_eq!(authority_and_code(text), None, "{text}");
        }
    }
}
