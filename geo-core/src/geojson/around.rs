//! What a text says of all its features.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::{EDGES_VALUE, fault};
use crate::error::{Error, ErrorKind, Result};

/// What a text says of all its features.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// That their edges were made to mean the same either way.
    pub(super) densified: bool,
    /// The coordinate system of their positions where it is not WGS 84, longitude first.
    pub(super) crs: Option<String>,
    /// That there is a member `crs`.
    pub(super) named: bool,
}

/// The members around the features of a collection.
#[derive(Deserialize)]
pub(super) struct Around {
    #[serde(rename = "type")]
    kind: Option<Value>,
    crs: Option<Value>,
    edges: Option<Value>,
}

impl Around {
    /// The members of an object that begins with `head` and, once a member was left out, ends with
    /// `tail`; that member is in the line `line`.
    pub(super) fn read(head: &[u8], tail: &[u8], line: usize) -> Result<Self> {
        let head = head.trim_ascii();
        let comma = usize::from(head == b"{" && tail.starts_with(b","));
        let text = [head, &tail[comma..]].concat();
        let text = std::str::from_utf8(&text).map_err(|_| fault::not_utf8())?;
        serde_json::from_str(text).map_err(|error| {
            let error = error.to_string();
            let what = error.split(" at line ").next().unwrap_or_default();
            fault::not_json(what).within(format!("the members around line {line}"))
        })
    }

    /// Whether it says that it is something else than a collection.
    pub(super) fn is_something_else(&self) -> bool {
        self.kind.as_ref().is_some_and(|kind| kind != "FeatureCollection")
    }

    /// Whether it says that it is a collection.
    pub(super) fn is_collection(&self) -> bool {
        self.kind.is_some() && !self.is_something_else()
    }

    pub(super) fn said(&self) -> Arc<Said> {
        let densified = self.edges.as_ref().and_then(Value::as_str) == Some(EDGES_VALUE);
        let crs = self.crs.as_ref();
        Arc::new(Said { densified, crs: crs.and_then(foreign), named: crs.is_some() })
    }
}

/// What a `crs` member, from before RFC 7946, names, when it is not what the RFC says.
pub(super) fn foreign(crs: &Value) -> Option<String> {
    if crs.is_null() {
        return None;
    }
    let name = crs.pointer("/properties/name").and_then(Value::as_str).unwrap_or_default();
    let bare = name.to_ascii_uppercase();
    // Those whose authority has the latitude first are written with the longitude first nevertheless.
    let wgs84 = ["CRS84", "CRS84H", "EPSG:4326", "EPSG::4326", "EPSG/0/4326", "WGS84", "WGS 84"];
    if wgs84.iter().any(|known| bare.ends_with(known)) {
        return None;
    }
    Some(if name.is_empty() { crs.to_string() } else { name.to_owned() })
}

/// Refuses positions in another coordinate system.
pub(super) fn refuse(crs: &str) -> Error {
    Error::new(ErrorKind::Format, format!("its coordinate system is {crs}, not WGS 84"))
        .with_hint(CONVERT)
}

/// Refuses a coordinate system that is named once features were read as if in another.
pub(super) fn too_late(crs: &str) -> Error {
    let what = format!("its coordinate system, {crs}, is named only after its features");
    Error::new(ErrorKind::Format, what)
        .with_hint(format!("put the member 'crs' before 'features', or {CONVERT}"))
}

const CONVERT: &str =
    "convert it first: ogr2ogr -t_srs EPSG:4326 -lco RFC7946=YES out.geojson in.geojson";
