//! What a file says of its geometries.

use ::parquet::basic::{LogicalType, Type as Physical};
use ::parquet::file::metadata::FileMetaData;
use serde_json::Value;
use tumen_geo_core::EdgeModel;
use tumen_geo_core::geojson::EDGES_VALUE;

use super::super::Notes;
use crate::error::{Error, Result};

/// The column of geometries that is read.
pub(super) struct Geometries {
    /// Its name.
    pub(super) column: String,
    pub(super) encoding: Encoding,
    /// The coordinate system, as PROJJSON or a code; `None` when the file says that nobody knows.
    pub(super) system: Option<String>,
    pub(super) edges: Option<EdgeModel>,
    /// Whether the file says that edges mean the same either way.
    pub(super) densified: bool,
    /// The columns of the boxes of geometries, from the outside in: west, south, east and north.
    pub(super) covering: Option<[Vec<String>; 4]>,
    /// The other columns of geometries, which are left out.
    pub(super) others: Vec<String>,
}

/// How a column holds geometries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Well-known binary.
    Wkb,
    /// Nested lists of positions: a type of `GeoArrow`.
    Native(Native),
}

/// A type of `GeoArrow`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Native {
    Point,
    LineString,
    Polygon,
    MultiPoint,
    MultiLineString,
    MultiPolygon,
}

/// The system of a column that names none.
const CRS84: &str = "OGC:CRS84";

impl Geometries {
    /// The primary column, or the one that is asked for.
    pub(super) fn of(file: &FileMetaData, wanted: Option<&str>, notes: &Notes) -> Result<Self> {
        let entry = |key: &str| {
            let entries = file.key_value_metadata()?;
            entries.iter().find(|entry| entry.key == key)?.value.as_deref()
        };
        let densified = entry("tumen")
            .and_then(|text| serde_json::from_str::<Value>(text).ok())
            .is_some_and(|said| said["edges"] == EDGES_VALUE);
        let mut found = match entry("geo") {
            Some(text) => said(text, wanted, densified)?,
            None => typed(file, wanted)?,
        };
        found.others.sort();
        if !found.others.is_empty() {
            notes.say(format!(
                "geometries are those of column '{}'; other columns of geometries are left out: {}",
                found.column,
                found.others.join(", ")
            ));
        }
        Ok(found)
    }
}

/// By the metadata of `GeoParquet`.
fn said(text: &str, wanted: Option<&str>, densified: bool) -> Result<Geometries> {
    let wrong = |what: &str| Error::failure(format!("damaged metadata of GeoParquet: {what}"));
    let geo: Value = serde_json::from_str(text).map_err(|e| wrong(&e.to_string()))?;
    let columns = geo["columns"].as_object().ok_or_else(|| wrong("no columns"))?;
    let name = wanted.or_else(|| geo["primary_column"].as_str());
    let name = name.ok_or_else(|| wrong("no primary column"))?;
    let column = columns.get(name).ok_or_else(|| no_column(name, columns.keys()))?;
    let encoding = match column["encoding"].as_str().unwrap_or_default() {
        "WKB" => Encoding::Wkb,
        "point" => Encoding::Native(Native::Point),
        "linestring" => Encoding::Native(Native::LineString),
        "polygon" => Encoding::Native(Native::Polygon),
        "multipoint" => Encoding::Native(Native::MultiPoint),
        "multilinestring" => Encoding::Native(Native::MultiLineString),
        "multipolygon" => Encoding::Native(Native::MultiPolygon),
        other => {
            return Err(Error::failure(format!("geometries are encoded as '{other}'"))
                .with_hint("write the file again with WKB, as GDAL and geopandas do"));
        }
    };
    let system = match column.get("crs") {
        None => Some(CRS84.to_owned()),
        Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(projjson) => Some(projjson.to_string()),
    };
    let edges = match column["edges"].as_str() {
        Some("spherical") => Some(EdgeModel::Geodesic),
        Some("planar") => Some(EdgeModel::LonLat),
        _ => None,
    };
    let path = |side: &str| -> Option<Vec<String>> {
        let path = column["covering"]["bbox"][side].as_array()?;
        path.iter().map(|name| Some(name.as_str()?.to_owned())).collect()
    };
    let covering = path("xmin").zip(path("ymin")).zip(path("xmax").zip(path("ymax")));
    Ok(Geometries {
        column: name.to_owned(),
        encoding,
        system,
        edges,
        densified,
        covering: covering.map(|((west, south), (east, north))| [west, south, east, north]),
        others: columns.keys().filter(|other| *other != name).cloned().collect(),
    })
}

/// By the types that Parquet itself has for geometries since its format 2.11.
fn typed(file: &FileMetaData, wanted: Option<&str>) -> Result<Geometries> {
    let mut found = Vec::new();
    for field in file.schema_descr().root_schema().get_fields() {
        let (crs, edges) = match field.get_basic_info().logical_type_ref() {
            Some(LogicalType::Geometry(of)) => (of.crs.clone(), EdgeModel::LonLat),
            Some(LogicalType::Geography(of)) => (of.crs.clone(), EdgeModel::Geodesic),
            _ => continue,
        };
        if field.is_primitive() && field.get_physical_type() == Physical::BYTE_ARRAY {
            found.push((field.name().to_owned(), crs, edges));
        }
    }
    let names: Vec<String> = found.iter().map(|(name, ..)| name.clone()).collect();
    if names.is_empty() {
        return Err(Error::failure("a Parquet file without a column of geometries").with_hint(
            "it needs the metadata of GeoParquet, which geopandas, GDAL and DuckDB write",
        ));
    }
    let place = match wanted {
        Some(wanted) => names.iter().position(|name| name == wanted),
        None => Some(0),
    };
    let place = place.ok_or_else(|| no_column(wanted.unwrap_or_default(), names.iter()))?;
    let (column, crs, edges) = found.swap_remove(place);
    Ok(Geometries {
        encoding: Encoding::Wkb,
        system: Some(crs.unwrap_or_else(|| CRS84.to_owned())),
        edges: Some(edges),
        densified: false,
        covering: None,
        others: names.into_iter().filter(|name| *name != column).collect(),
        column,
    })
}

fn no_column<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> Error {
    let known: Vec<&str> = known.map(String::as_str).collect();
    Error::failure(format!("no column of geometries is called '{name}'"))
        .with_hint(format!("there are: {}", known.join(", ")))
}
