//! The R-tree of a layer (annex F.3) and the triggers by which other programs keep it right.

use flatgeobuf::packed_r_tree::{NodeItem, calc_extent, hilbert_sort};
use rusqlite::params;

use super::names::{Columns, quoted};
use super::{Package, failed};
use crate::error::Result;

/// The boxes of a layer, each with the key of its feature.
#[derive(Default)]
pub(super) struct Index(Vec<NodeItem>);

impl Index {
    pub fn add(&mut self, fid: i64, extent: &NodeItem) {
        self.0.push(NodeItem { offset: fid as u64, ..extent.clone() });
    }

    /// The box of all; `None` when there is nothing.
    pub fn extent(&self) -> Option<NodeItem> {
        (!self.0.is_empty()).then(|| calc_extent(&self.0))
    }

    /// Writes the tree. Boxes in the order of a Hilbert curve go into neighbouring nodes.
    pub fn write(mut self, package: &Package, table: &str, columns: &Columns) -> Result<()> {
        let tree = quoted(&format!("rtree_{table}_{}", columns.geom));
        package
            .run(&format!("CREATE VIRTUAL TABLE {tree} USING rtree(id, minx, maxx, miny, maxy)"))?;
        if let Some(extent) = self.extent() {
            hilbert_sort(&mut self.0, &extent);
        }
        let insert = format!("INSERT INTO {tree} VALUES (?1, ?2, ?3, ?4, ?5)");
        let mut insert = package.connection.prepare(&insert).map_err(|e| failed(&e))?;
        for NodeItem { min_x, min_y, max_x, max_y, offset } in self.0 {
            let values = params![offset as i64, min_x, max_x, min_y, max_y];
            insert.execute(values).map_err(|e| failed(&e))?;
        }
        package.run(&triggers(table, columns))?;
        let sql = "INSERT INTO gpkg_extensions VALUES (?1, ?2, 'gpkg_rtree_index',
            'http://www.geopackage.org/spec131/#extension_rtree', 'write-only')";
        package.insert(sql, params![table, columns.geom])
    }
}

/// The triggers of version 1.3: each keeps the tree right after one kind of change.
fn triggers(table: &str, columns: &Columns) -> String {
    let name = |of: &str| quoted(&format!("rtree_{table}_{}_{of}", columns.geom));
    let tree = quoted(&format!("rtree_{table}_{}", columns.geom));
    let (fid, geom) = (quoted(&columns.fid), quoted(&columns.geom));
    let on = quoted(table);
    let full = format!("(NEW.{geom} NOTNULL AND NOT ST_IsEmpty(NEW.{geom}))");
    let empty = format!("(NEW.{geom} ISNULL OR ST_IsEmpty(NEW.{geom}))");
    let (same, other) = (format!("OLD.{fid} = NEW.{fid}"), format!("OLD.{fid} != NEW.{fid}"));
    let put = format!(
        "INSERT OR REPLACE INTO {tree} VALUES (NEW.{fid}, ST_MinX(NEW.{geom}), \
         ST_MaxX(NEW.{geom}), ST_MinY(NEW.{geom}), ST_MaxY(NEW.{geom}));"
    );
    let drop = format!("DELETE FROM {tree} WHERE id = OLD.{fid};");
    let both = format!("DELETE FROM {tree} WHERE id IN (OLD.{fid}, NEW.{fid});");
    [
        ("insert", format!("INSERT ON {on} WHEN {full} BEGIN {put}")),
        ("update1", format!("UPDATE OF {geom} ON {on} WHEN {same} AND {full} BEGIN {put}")),
        ("update2", format!("UPDATE OF {geom} ON {on} WHEN {same} AND {empty} BEGIN {drop}")),
        ("update3", format!("UPDATE ON {on} WHEN {other} AND {full} BEGIN {drop} {put}")),
        ("update4", format!("UPDATE ON {on} WHEN {other} AND {empty} BEGIN {both}")),
        ("delete", format!("DELETE ON {on} WHEN OLD.{geom} NOT NULL BEGIN {drop}")),
    ]
    .map(|(of, rest)| format!("CREATE TRIGGER {} AFTER {rest} END;\n", name(of)))
    .concat()
}
