//! The layers of a package and how each is read.

use rusqlite::{Connection, OptionalExtension};

use super::super::lonlat::ToLonLat;
use super::super::{Notes, Options};
use super::damaged;
use crate::error::{Error, Result};

/// A layer that is read.
pub(super) struct Layer {
    pub name: String,
    /// The column of the geometry.
    pub geometry: String,
    pub way: ToLonLat,
    /// The column of the key, where there is one.
    pub key: Option<String>,
    pub columns: Vec<Column>,
    /// The table of its R-tree.
    pub index: Option<String>,
}

/// A column that is a property.
pub(super) struct Column {
    pub name: String,
    /// Whether its numbers mean true and false.
    pub boolean: bool,
}

/// A layer as the package lists it.
struct Listed {
    name: String,
    geometry: String,
    srs: i64,
}

/// The layer that the options name, else all.
pub(super) fn chosen(
    connection: &Connection,
    options: &Options,
    notes: &Notes,
) -> Result<Vec<Layer>> {
    let listed = listed(connection)?;
    let names: Vec<&str> = listed.iter().map(|layer| &*layer.name).collect();
    let told = names.join(", ");
    if names.is_empty() {
        return Err(Error::failure("the GeoPackage has no layer with geometries"));
    }
    let all = listed.iter();
    let taken: Vec<&Listed> = match &options.layer {
        None => all.collect(),
        Some(name) => {
            let exact = names.contains(&&**name);
            let same = |layer: &&Listed| {
                if exact { layer.name == *name } else { layer.name.eq_ignore_ascii_case(name) }
            };
            all.filter(same).collect()
        }
    };
    if let (Some(name), []) = (&options.layer, &taken[..]) {
        return Err(Error::usage(format!("the GeoPackage has no layer '{name}'"))
            .with_hint(format!("its layers are {told}")));
    }
    if taken.len() > 1 {
        notes.say(format!("the layers {told} are read one after the other, named in 'layer'"));
    }
    let others = others(connection)?;
    if !others.is_empty() {
        notes.say(format!("tables without geometries are not read: {}", others.join(", ")));
    }
    let read = |layer| read(connection, layer, options, notes);
    taken.into_iter().map(|layer| read(layer).map_err(|e| e.within(&place(&layer.name)))).collect()
}

/// As messages name a layer.
pub(super) fn place(layer: &str) -> String {
    format!("layer '{layer}'")
}

fn listed(connection: &Connection) -> Result<Vec<Listed>> {
    let sql = "SELECT c.table_name, g.column_name, g.srs_id
        FROM gpkg_contents c JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name)
        WHERE c.data_type = 'features' ORDER BY c.rowid";
    let mut statement = connection.prepare(sql).map_err(|e| damaged(&e))?;
    let layers = statement.query_map([], |row| {
        Ok(Listed { name: row.get(0)?, geometry: row.get(1)?, srs: row.get(2)? })
    });
    layers.and_then(Iterator::collect).map_err(|e| damaged(&e))
}

/// The tables that are no layers; styles are of no interest.
fn others(connection: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT table_name FROM gpkg_contents
        WHERE data_type <> 'features' AND table_name <> 'layer_styles' ORDER BY rowid";
    let mut statement = connection.prepare(sql).map_err(|e| damaged(&e))?;
    let names = statement.query_map([], |row| row.get(0));
    names.and_then(Iterator::collect).map_err(|e| damaged(&e))
}

fn read(
    connection: &Connection,
    layer: &Listed,
    options: &Options,
    notes: &Notes,
) -> Result<Layer> {
    let said = system(connection, layer.srs)?;
    let way = ToLonLat::new(said.as_deref(), options, notes)?;
    let sql = "SELECT name, upper(type), pk FROM pragma_table_xinfo(?1) WHERE hidden <> 1";
    let mut statement = connection.prepare(sql).map_err(|e| damaged(&e))?;
    let columns = statement.query_map([&layer.name], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
    });
    let columns: rusqlite::Result<Vec<_>> = columns.and_then(Iterator::collect);
    let columns = columns.map_err(|e| damaged(&e))?;
    let mut keys = columns.iter().filter(|(_, _, key)| *key > 0);
    let key = match (keys.next(), keys.next()) {
        (Some((name, of, _)), None) if of == "INTEGER" => Some(name),
        // Views have no keys; this is the name that they are usually left with.
        (None, None) => columns.iter().map(|(n, _, _)| n).find(|n| n.eq_ignore_ascii_case("fid")),
        _ => None,
    };
    let key = key.cloned();
    let is_property =
        |name: &String| Some(name) != key.as_ref() && !name.eq_ignore_ascii_case(&layer.geometry);
    let mut properties = Vec::new();
    for (name, of, _) in columns.into_iter().filter(|(name, _, _)| is_property(name)) {
        if of.starts_with("BLOB") {
            notes.say("columns of bytes are left out");
        } else {
            properties.push(Column { name, boolean: of == "BOOLEAN" });
        }
    }
    Ok(Layer {
        name: layer.name.clone(),
        geometry: layer.geometry.clone(),
        way,
        index: index(connection, layer)?.filter(|_| key.is_some()),
        key,
        columns: properties,
    })
}

/// The R-tree of a layer, if it has one and is no view.
fn index(connection: &Connection, layer: &Listed) -> Result<Option<String>> {
    let sql = "SELECT tree.name FROM sqlite_schema tree, sqlite_schema layer
        WHERE lower(tree.name) = lower('rtree_' || ?1 || '_' || ?2) AND tree.type = 'table'
        AND lower(layer.name) = lower(?1) AND layer.type = 'table'";
    let found = connection.query_row(sql, [&layer.name, &layer.geometry], |row| row.get(0));
    found.optional().map_err(|e| damaged(&e))
}

/// What the package says of the coordinate system with an id; nothing where it says that it is not
/// known.
fn system(connection: &Connection, srs: i64) -> Result<Option<String>> {
    let sql = "SELECT organization, organization_coordsys_id, definition
        FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
    let found = connection.query_row(sql, [srs], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
    });
    let found = found.optional().map_err(|e| damaged(&e))?;
    Ok(found.and_then(|(organization, code, definition)| {
        match (definition.trim(), &*organization.to_ascii_uppercase()) {
            ("" | "undefined", _) => None,
            // What such a code means is told by the authority, not by the definition.
            (_, authority @ ("EPSG" | "ESRI")) => Some(format!("{authority}:{code}")),
            _ => Some(wkt_2(connection, srs).unwrap_or(definition)),
        }
    }))
}

/// The definition in WKT 2 that the extension `gpkg_crs_wkt` adds.
fn wkt_2(connection: &Connection, srs: i64) -> Option<String> {
    // Without the extension there is no such column; in quotes it would be a text.
    let sql = "SELECT definition_12_063 FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
    let found: String = connection.query_row(sql, [srs], |row| row.get(0)).ok()?;
    Some(found).filter(|text| text.contains('['))
}
