//! A QGIS project that shows a map: its layers in a GeoPackage with their styles and names, its
//! projection and extent, and its page as a print layout.

mod credits;
mod furniture;
mod layout;
mod legend;
mod project;
#[cfg(test)]
mod tests;
mod text;
mod tree;

use std::io::Write as _;

use zip::write::SimpleFileOptions;

use super::map::MapExport;
use super::style::Warnings;
use crate::error::{Error, Result};

/// What a project is made with.
#[derive(Clone, Copy, Debug)]
pub struct Project<'a> {
    /// The map whose layers it shows.
    pub map: &'a MapExport,
    /// The file name of the GeoPackage that holds them, in the folder of the project.
    pub data: &'a str,
}

impl Project<'_> {
    /// The project as a `.qgz` file.
    ///
    /// # Errors
    /// When a symbol cannot be drawn.
    pub fn write(&self, warnings: &mut Warnings) -> Result<Vec<u8>> {
        let text = self.text(warnings)?;
        let failed = |e: &dyn std::fmt::Display| {
            Error::failure(format!("the project could not be packed: {e}"))
        };
        let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        // Without a clock: the same project is the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default());
        file.start_file("project.qgs", options).map_err(|e| failed(&e))?;
        file.write_all(text.as_bytes()).map_err(|e| failed(&e))?;
        Ok(file.finish().map_err(|e| failed(&e))?.into_inner())
    }

    /// The project as a `.qgs` file.
    ///
    /// # Errors
    /// When a symbol cannot be drawn.
    pub fn text(&self, warnings: &mut Warnings) -> Result<String> {
        project::project(self, warnings)
    }
}
