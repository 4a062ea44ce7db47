//! The features of a layer.

use flatgeobuf::packed_r_tree::NodeItem;
use rusqlite::params;

use super::super::GeometryType;
use super::super::layer::{Layer, Row, Writer};
use super::binary;
use super::index::Index;
use super::names::{Columns, quoted};
use super::{Package, bind, failed};
use crate::error::{Error, Result};

/// A layer in the making.
pub struct Features<'a> {
    package: Held<'a>,
    table: Table,
}

enum Held<'a> {
    /// A package that ends with the layer.
    Own(Package),
    /// A package that more comes into.
    Lent(&'a mut Package),
}

impl Held<'_> {
    fn package(&self) -> &Package {
        match self {
            Self::Own(package) => package,
            Self::Lent(package) => package,
        }
    }
}

struct Table {
    name: String,
    columns: Columns,
    insert: String,
    geometry: GeometryType,
    count: i64,
    index: Index,
    /// A geometry as it is stored.
    bytes: Vec<u8>,
}

impl<'a> Features<'a> {
    pub(super) fn lent(package: &'a mut Package, layer: &Layer) -> Result<Self> {
        let table = Table::new(package, layer)?;
        Ok(Self { package: Held::Lent(package), table })
    }
}

impl Features<'static> {
    pub(super) fn own(mut package: Package, layer: &Layer) -> Result<Self> {
        let table = Table::new(&mut package, layer)?;
        Ok(Self { package: Held::Own(package), table })
    }
}

impl Writer for Features<'_> {
    fn write(&mut self, row: &Row<'_>) -> Result<()> {
        self.table.write(self.package.package(), row)
    }

    fn finish(self: Box<Self>) -> Result<()> {
        self.table.finish(self.package.package())?;
        match self.package {
            Held::Own(package) => package.finish(),
            Held::Lent(_) => Ok(()),
        }
    }
}

impl Table {
    fn new(package: &mut Package, layer: &Layer) -> Result<Self> {
        let name = package.name(&layer.name);
        package.layers.push((layer.name.clone(), name.clone()));
        let columns = Columns::of(&layer.fields);
        let of = layer.geometry.name().to_ascii_uppercase();
        package.run(&format!(
            "CREATE TABLE {} ({} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {} {of}{})",
            quoted(&name),
            quoted(&columns.fid),
            quoted(&columns.geom),
            columns.defined(&layer.fields)
        ))?;
        package.contents(&name, "features", &layer.title)?;
        let sql = "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, ?3, 4326, 0, 0)";
        package.insert(sql, params![name, columns.geom, of])?;
        package.describe(&name, &columns, &layer.fields)?;
        Ok(Self {
            insert: columns.insert(&name, &[&columns.fid, &columns.geom]),
            name,
            columns,
            geometry: layer.geometry,
            count: 0,
            index: Index::default(),
            bytes: Vec::new(),
        })
    }

    fn write(&mut self, package: &Package, row: &Row<'_>) -> Result<()> {
        let geometry = self.geometry.hold(row.geometry()?);
        let here = GeometryType::of(&geometry);
        if self.geometry != GeometryType::Mixed && here != self.geometry {
            return Err(Error::failure(format!(
                "feature '{}' is a {} in a layer of {}",
                row.id(),
                here.name(),
                self.geometry.name()
            )));
        }
        self.count += 1;
        let extent = binary::write(&geometry, &mut self.bytes);
        self.index.add(self.count, &extent);
        let mut insert = package.connection.prepare_cached(&self.insert).map_err(|e| failed(&e))?;
        insert.raw_bind_parameter(1, self.count).map_err(|e| failed(&e))?;
        insert.raw_bind_parameter(2, &*self.bytes).map_err(|e| failed(&e))?;
        bind(&mut insert, 3, row.cells)?;
        insert.raw_execute().map(drop).map_err(|e| failed(&e))
    }

    fn finish(self, package: &Package) -> Result<()> {
        if let Some(extent) = self.index.extent() {
            let sql = "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5
                WHERE table_name = ?1";
            let NodeItem { min_x, min_y, max_x, max_y, .. } = extent;
            package.insert(sql, params![self.name, min_x, min_y, max_x, max_y])?;
        }
        self.index.write(package, &self.name, &self.columns)
    }
}
