//! Styles of layers, where QGIS looks for them: the table `layer_styles`.

use rusqlite::params;

use super::{NO_CLOCK, Package};
use crate::error::{Error, Result};

/// The default style of a layer.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// The name of the layer, as [`Layer`](super::super::Layer) has it.
    pub layer: &'a str,
    /// The name of the style.
    pub name: &'a str,
    /// A line on it; may be empty.
    pub about: &'a str,
    /// The style for QGIS (QML).
    pub qml: &'a str,
    /// The same as a Styled Layer Descriptor; may be empty.
    pub sld: &'a str,
}

/// The columns are those that QGIS makes.
const TABLE: &str = "
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256),
  f_table_schema TEXT(256),
  f_table_name TEXT(256),
  f_geometry_column TEXT(256),
  styleName TEXT(30),
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT(30),
  ui TEXT(30),
  update_time DATETIME DEFAULT CURRENT_TIMESTAMP
)";

impl Package {
    /// A style that QGIS gives a layer when it opens it.
    ///
    /// # Errors
    /// When there is no such layer, or it cannot be written.
    pub fn style(&mut self, style: &Style<'_>) -> Result<()> {
        let layer = self.layers.iter().find(|(layer, _)| layer == style.layer);
        let (_, table) = layer.ok_or_else(|| {
            Error::failure(format!("the package has no layer '{}' to give a style", style.layer))
        })?;
        let table = table.clone();
        if !self.tables.iter().any(|table| table == STYLES) {
            self.tables.push(STYLES.to_owned());
            self.run(TABLE)?;
            self.contents(STYLES, "attributes", "Styles of the layers, for QGIS")?;
        }
        let sql = "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,
                f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,
                update_time)
            SELECT '', '', table_name, column_name, ?2, ?3, ?4, 1, ?5, '', ?6
            FROM gpkg_geometry_columns WHERE table_name = ?1";
        let Style { name, qml, sld, about, .. } = style;
        self.insert(sql, params![table, name, qml, sld, about, NO_CLOCK])
    }
}

const STYLES: &str = "layer_styles";
