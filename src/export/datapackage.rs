//! A Frictionless data package (version 1): the tables, the GeoJSON, and what they mean.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tumen_geo_core::model::Source;

use super::csv::WKT;
use super::field::{Type, field};
use super::{File, Format, Selected, Split, catalogue, sheet, split, tables, text};
use crate::bibliography::in_full;
use crate::error::Result;

/// The files of a package: `features.csv`, `links.csv`, `series.csv`, `sources.csv`, a GeoJSON for
/// each kind, and `datapackage.json` with the schema of each table, checksums, licences and sources.
///
/// Links and series of features that are not selected are left out, so that all keys lead somewhere.
///
/// # Errors
/// When a shape is smaller than the last decimal written, 1 cm.
pub fn datapackage(selected: &Selected<'_>) -> Result<Vec<File>> {
    let sheets = [
        tables::links(selected)?,
        tables::series(selected),
        tables::claims(selected),
        tables::sources(selected),
    ];
    let mut resources = Vec::new();
    let mut files = Vec::new();
    let title = "Ports, zones, triangles, regions and places";
    let layer = catalogue::layer(selected, "features", title)?;
    let file = File { name: "features.csv".to_owned(), text: text(selected, Format::Csv, &layer)? };
    let mut fields = layer.fields;
    fields.push(field(WKT, Type::Text, "Geometry as WKT: degrees on WGS 84, longitude first"));
    resources.push(table(&file, "features", title, sheet::schema(&fields, &["id"], &[])));
    files.push(file);
    for sheet in sheets {
        let file = File { name: format!("{}.csv", sheet.name), text: sheet.csv()? };
        resources.push(table(&file, sheet.name, sheet.title, sheet.schema()));
        files.push(file);
    }
    for (kind, of_kind) in split(selected, Split::Kind)? {
        let layer = catalogue::layer(&of_kind, &kind, "")?;
        let name = format!("{kind}.geojson");
        let file = File { name, text: text(&of_kind, Format::Geojson, &layer)? };
        let title = format!("Features of kind {kind} as GeoJSON (RFC 7946)");
        let mut resource = resource(&file, &format!("geojson-{kind}"), &title);
        resource["profile"] = "data-resource".into();
        resource["mediatype"] = "application/geo+json".into();
        resource["format"] = "geojson".into();
        resources.push(resource);
        files.push(file);
    }
    let licences = LICENCES
        .iter()
        .map(|Licence { name, title, path }| json!({ "name": name, "title": title, "path": path }));
    let package = json!({
        "profile": "data-package",
        "name": "tumen",
        "title": TITLE,
        "description": ABOUT,
        "version": env!("CARGO_PKG_VERSION"),
        "licenses": licences.collect::<Vec<Value>>(),
        "sources": selected.catalogue.sources().iter().map(source).collect::<Vec<Value>>(),
        "contributors": [{ "title": "The Tumen developers", "role": "author" }],
        "resources": resources,
    });
    files.push(File { name: "datapackage.json".to_owned(), text: format!("{package:#}\n") });
    Ok(files)
}

fn table(file: &File, name: &str, title: &str, schema: Value) -> Value {
    let mut resource = resource(file, name, title);
    resource["profile"] = "tabular-data-resource".into();
    resource["mediatype"] = "text/csv".into();
    resource["format"] = "csv".into();
    resource["dialect"] = json!({ "lineTerminator": "\r\n" });
    resource["schema"] = schema;
    resource
}

/// What an export of the catalogue is.
pub(super) const TITLE: &str = "Border ports, special zones and growth triangles of Northeast Asia";
pub(super) const ABOUT: &str = "Features, links, figures by year and claims with their sources, \
    exported by tumen. Geometries are degrees on WGS 84, longitude first. What was computed rather \
    than read (areas, lengths, distances) is of the WGS 84 ellipsoid.";

/// A licence and where it can be read.
pub(super) struct Licence {
    name: &'static str,
    /// Of what, and whose.
    pub title: &'static str,
    pub path: &'static str,
}

/// Outlines are cut from OpenStreetMap's, positions from GeoNames.
pub(super) const LICENCES: [Licence; 3] = [
    Licence {
        name: "ODbL-1.0",
        title: "Open Data Commons Open Database License 1.0: borders and coasts, \
            © OpenStreetMap contributors",
        path: "https://opendatacommons.org/licenses/odbl/1-0/",
    },
    Licence {
        name: "CC-BY-4.0",
        title: "Creative Commons Attribution 4.0: positions of places, GeoNames",
        path: "https://creativecommons.org/licenses/by/4.0/",
    },
    Licence {
        name: "MIT",
        title: "MIT or Apache-2.0: what was typed for this catalogue",
        path: "https://opensource.org/license/mit",
    },
];

fn source(source: &Source) -> Value {
    let mut value = json!({ "title": in_full(source) });
    if !source.url.is_empty() {
        value["path"] = source.url.as_str().into();
    }
    value
}

fn resource(file: &File, name: &str, title: &str) -> Value {
    let digest = Sha256::digest(file.text.as_bytes());
    json!({
        "name": name,
        "path": file.name,
        "title": title,
        "encoding": "utf-8",
        "bytes": file.text.len(),
        "hash": format!("sha256:{digest:x}"),
    })
}
