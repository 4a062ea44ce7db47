//! The R-tree of a layer (annex F.3) and the triggers by which other programs keep it right.

use rusqlite::params;

use super::binary::Extent;
use super::names::{Columns, quoted};
use super::{Package, failed};
use crate::error::Result;

/// The boxes of a layer.
#[derive(Default)]
pub(super) struct Index(Vec<Entry>);

struct Entry {
    fid: i64,
    /// West, east, south, north, rounded outwards as the R-tree keeps them.
    bounds: [f32; 4],
}

impl Index {
    pub fn add(&mut self, fid: i64, extent: Extent) {
        let bounds =
            [below(extent.west), above(extent.east), below(extent.south), above(extent.north)];
        self.0.push(Entry { fid, bounds });
    }

    /// Writes the tree.
    pub fn write(mut self, package: &Package, table: &str, columns: &Columns) -> Result<()> {
        let tree = quoted(&format!("rtree_{table}_{}", columns.geom));
        package
            .run(&format!("CREATE VIRTUAL TABLE {tree} USING rtree(id, minx, maxx, miny, maxy)"))?;
        self.0.sort_by_cached_key(|entry| (place(entry), entry.fid));
        let insert = format!("INSERT INTO {tree} VALUES (?1, ?2, ?3, ?4, ?5)");
        let mut insert = package.connection.prepare(&insert).map_err(|e| failed(&e))?;
        for Entry { fid, bounds: [west, east, south, north] } in self.0 {
            insert.execute(params![fid, west, east, south, north]).map_err(|e| failed(&e))?;
        }
        package.run(&triggers(table, columns))?;
        let sql = "INSERT INTO gpkg_extensions VALUES (?1, ?2, 'gpkg_rtree_index',
            'http://www.geopackage.org/spec131/#extension_rtree', 'write-only')";
        package.insert(sql, params![table, columns.geom])
    }
}

/// Where the middle of a box is along a curve that keeps neighbours together (Morton 1966): 32 bits
/// each of longitude and latitude, taken in turn.
fn place(entry: &Entry) -> u64 {
    let [west, east, south, north] = entry.bounds.map(f64::from);
    let bits = |middle: f64, most: f64| {
        let share = ((middle + most) / (2.0 * most)).clamp(0.0, 1.0);
        (share * f64::from(u32::MAX)) as u32
    };
    let (x, y) = (bits(f64::midpoint(west, east), 180.0), bits(f64::midpoint(south, north), 90.0));
    spread(x) << 1 | spread(y)
}

/// A zero before each bit.
fn spread(bits: u32) -> u64 {
    let mut spread = u64::from(bits);
    for (by, mask) in [
        (16, 0x0000_ffff_0000_ffff),
        (8, 0x00ff_00ff_00ff_00ff),
        (4, 0x0f0f_0f0f_0f0f_0f0f),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        spread = (spread | spread << by) & mask;
    }
    spread
}

/// The nearest number of single precision that is not above.
fn below(value: f64) -> f32 {
    let near = value as f32;
    if f64::from(near) > value { near.next_down() } else { near }
}

/// The nearest number of single precision that is not below.
fn above(value: f64) -> f32 {
    let near = value as f32;
    if f64::from(near) < value { near.next_up() } else { near }
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
