//! Coordinate systems as well-known text: that of the OGC of 2001 and of Esri's `.prj` files (WKT 1),
//! and ISO 19162 (WKT 2). `proj4wkt` reads the projections; codes, datums and units are looked at here.

use std::io;

use proj4wkt::parser::{Attribute, Processor, parse};

use super::datum::{Datum, DatumShift, named};
use super::given::Given;

/// What a text says of a system.
pub(super) struct Written {
    pub(super) name: String,
    /// Authority and code, when the text ends in one.
    pub(super) code: Option<String>,
    /// It as a PROJ string with the way of its datum to WGS 84, or why there is none; and the shift
    /// in it, if the text itself has none.
    pub(super) definition: Result<(String, Option<DatumShift>), String>,
}

/// Brackets in brackets: more are no coordinate system, and would fill the stack.
const DEEPEST: usize = 32;

/// Whether a text may be well-known text of a system.
pub(super) fn is_wkt(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.contains('[')
}

/// What well-known text says.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read(text: &str) -> Result<Written, String> {
    let text = first_root(text)?;
    let root = parse(text, &Tree).map_err(|_| "its well-known text is broken".to_owned())?;
    let system = root.horizontal();
    Ok(Written {
        name: system.text(0).unwrap_or_default().replace('_', " "),
        code: system.code(),
        definition: definition(text, system),
    })
}

/// The text up to where its first bracket closes; Esri writes a system of heights behind it.
fn first_root(text: &str) -> Result<&str, String> {
    let mut depth = 0_usize;
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth > DEEPEST {
            return Err("its brackets are nested too deeply".to_owned());
        }
        if depth == 0 && text[place + 1..].trim_start().starts_with(",VERTCS[") {
            return Ok(&text[..=place]);
        }
    }
    Ok(text)
}

fn definition(text: &str, system: &Node) -> Result<(String, Option<DatumShift>), String> {
    if !matches!(
        system.keyword,
        "PROJCS"
            | "PROJCRS"
            | "PROJECTEDCRS"
            | "GEOGCS"
            | "GEOGCRS"
            | "GEOGRAPHICCRS"
            | "GEODCRS"
            | "GEODETICCRS"
    ) {
        return Err(format!("'{}' is not a system of positions on the earth", system.keyword));
    }
    // GDAL writes what WKT 1 has no words for, the Mercator of the web first of all.
    let proj4 = system.children("EXTENSION").find(|node| node.text(0) == Some("PROJ4"));
    let mut definition = match proj4.and_then(|node| node.text(1)) {
        Some(proj4) => proj4.to_owned(),
        None => proj4wkt::wkt_to_projstring(text).map_err(|error| error.to_string())?,
    };
    if definition.starts_with("+proj=longlat") && !system.is_in_degrees() {
        return Err("its longitudes and latitudes are not degrees".to_owned());
    }
    let datum = system.datum();
    if datum.is_some_and(|datum| datum.child("TOWGS84").is_some()) {
        return Ok((definition, None));
    }
    let name = datum.and_then(|datum| datum.text(0)).unwrap_or("unknown");
    match named(name) {
        Some(Datum::Elsewhere) => Err(no_way(name)),
        Some(datum) => {
            datum.parameters()?;
            let shift = datum.shift();
            if let Some(shift) = &shift {
                definition = format!("{definition} +towgs84={}", shift.towgs84);
            }
            Ok((definition, shift))
        }
        None => match Given::new(&definition).datum() {
            Ok(()) => Ok((definition, None)),
            Err(_) => Err(no_way(name)),
        },
    }
}

fn no_way(datum: &str) -> String {
    format!("the way from the datum '{datum}' to WGS 84 is not known here")
}

/// A keyword with what stands in its brackets.
#[derive(Debug)]
struct Node<'a> {
    keyword: &'a str,
    /// Texts, numbers and bare words.
    texts: Vec<&'a str>,
    nodes: Vec<Node<'a>>,
}

struct Tree;

impl<'a> Processor<'a> for Tree {
    type Err = io::Error;
    type Output = Node<'a>;

    fn process<I>(&self, keyword: &'a str, _: usize, attributes: I) -> io::Result<Node<'a>>
    where
        I: Iterator<Item = Attribute<'a, Node<'a>>>,
    {
        let mut node = Node { keyword, texts: Vec::new(), nodes: Vec::new() };
        for attribute in attributes {
            match attribute {
                Attribute::Quoted(text) | Attribute::Number(text) | Attribute::Label(text) => {
                    node.texts.push(text);
                }
                Attribute::Keyword(_, child) => node.nodes.push(child),
            }
        }
        Ok(node)
    }
}

impl<'a> Node<'a> {
    fn text(&self, index: usize) -> Option<&'a str> {
        self.texts.get(index).copied()
    }

    fn children(&self, keyword: &str) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter(move |node| node.keyword == keyword)
    }

    fn child(&self, keyword: &str) -> Option<&Self> {
        self.children(keyword).next()
    }

    /// The system of the plane or of longitude and latitude in a compound with one of heights.
    fn horizontal(&self) -> &Self {
        match self.keyword {
            "COMPD_CS" | "COMPOUNDCRS" => self.nodes.first().unwrap_or(self),
            _ => self,
        }
    }

    fn code(&self) -> Option<String> {
        let id = self.child("AUTHORITY").or_else(|| self.child("ID"))?;
        Some(format!("{}:{}", id.text(0)?, id.text(1)?))
    }

    /// The datum, or the ensemble of datums, of the system.
    fn datum(&self) -> Option<&Self> {
        const DATUMS: [&str; 4] = ["DATUM", "GEODETICDATUM", "TRF", "ENSEMBLE"];
        self.nodes
            .iter()
            .find_map(|node| if DATUMS.contains(&node.keyword) { Some(node) } else { node.datum() })
    }

    fn is_in_degrees(&self) -> bool {
        let units = ["UNIT", "ANGLEUNIT"];
        let unit =
            |node: &Self| units.iter().find_map(|unit| node.child(unit)?.text(1)?.parse().ok());
        let factor: Option<f64> = unit(self).or_else(|| self.children("AXIS").find_map(unit));
        factor.is_none_or(|factor| (factor.to_degrees() - 1.0).abs() < 1e-9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: &str = r#"PROJCS["Pulkovo_1942_GK_Zone_23",GEOGCS["GCS_Pulkovo_1942",DATUM["D_Pulkovo_1942",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",23500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",135.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;

    fn definition_of(text: &str) -> Result<String, String> {
        Ok(read(text)?.definition?.0)
    }

    #[test]
    fn datums_without_a_shift_get_the_pinned_one() {
        let written = read(ZONE).unwrap();
        assert_eq!(written.name, "Pulkovo 1942 GK Zone 23");
        assert_eq!(written.code, None);
        let (definition, shift) = written.definition.unwrap();
        assert_eq!(shift.unwrap().operation, "EPSG:5044");
        assert!(
            definition.ends_with("+towgs84=23.57,-140.95,-79.8,0,0.35,0.79,-0.22"),
            "{definition}"
        );
        assert!(definition.contains("+lon_0=135"), "{definition}");
        // What the text gives comes first.
        let given = ZONE.replace("298.3]]", "298.3],TOWGS84[25,-141,-78.5,0,0.35,0.736,0]]");
        assert!(definition_of(&given).unwrap().ends_with("+towgs84=25,-141,-78.5,0,0.35,0.736,0"));
    }

    #[test]
    fn datums_that_are_not_known_are_refused() {
        for (datum, why) in [
            ("D_Beijing_1954", "Beijing 1954"),
            ("D_Pulkovo_1942_Adj_1983", "'D_Pulkovo_1942_Adj_1983'"),
        ] {
            let error = definition_of(&ZONE.replace("D_Pulkovo_1942", datum)).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
        // On the ellipsoid of WGS 84, two hundred metres away.
        let vietnam = r#"GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
        assert!(definition_of(vietnam).unwrap_err().contains("'D_Vietnam_2000'"));
        let wgs84 = vietnam.replace("D_Vietnam_2000", "D_WGS_1984");
        assert!(Given::new(&definition_of(&wgs84).unwrap()).is_plain());
        let grads = wgs84.replace("\"Degree\",0.0174532925199433", "\"Grad\",0.01570796326794897");
        assert!(definition_of(&grads).unwrap_err().contains("not degrees"));
    }

    /// GDAL writes the Mercator of the web as an ellipsoidal one with a note.
    #[test]
    fn the_note_of_gdal_comes_before_the_projection() {
        let web = r#"PROJCS["WGS 84 / Pseudo-Mercator",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"]]"#;
        assert!(definition_of(web).unwrap().contains("+b=6378137"));
    }

    #[test]
    fn broken_texts_are_refused() {
        for text in ["PROJCS[", "PROJCS[]", "PROJCS[\"a\"]", "VERT_CS[\"h\"]", "A[1]]"] {
            assert!(read(text).and_then(|written| written.definition).is_err(), "{text}");
        }
        let deep = "A[".repeat(100_000);
        assert!(read(&deep).err().unwrap().contains("too deeply"));
    }
}
