//! A catalogue in one package.

use super::super::{Selected, Split, catalogue, datapackage, split, tables, write};
use super::Package;
use crate::bibliography::in_full;
use crate::error::Result;

impl Package {
    /// The features that are selected: a layer for each kind, named as the kind with underscores
    /// for hyphens, as the standard advises, and the tables `names`, `links`, `series`, `claims`
    /// and `sources`.
    ///
    /// # Errors
    /// When a shape is smaller than the last decimal written, 1 cm, or it cannot be written.
    pub fn catalogue(&mut self, selected: &Selected<'_>) -> Result<()> {
        for (kind, of_kind) in split(selected, Split::Kind)? {
            let layer = catalogue::layer(&of_kind, &kind.replace('-', "_"), &title(&kind))?;
            write(&of_kind, Box::new(self.layer(&layer)?))?;
        }
        self.table(&tables::names(selected))?;
        self.table(&tables::links(selected)?)?;
        self.table(&tables::series(selected))?;
        self.table(&tables::claims(selected))?;
        self.table(&tables::sources(selected))?;
        self.remark("title", datapackage::TITLE)?;
        self.remark("description", datapackage::ABOUT)?;
        for licence in datapackage::LICENCES {
            self.remark("license", &format!("{} <{}>", licence.title, licence.path))?;
        }
        for source in selected.catalogue.sources() {
            self.remark("source", &in_full(source))?;
        }
        Ok(())
    }
}

/// As `Border ports` for `border-port`.
fn title(kind: &str) -> String {
    let mut title = kind.replace('-', " ");
    title[..1].make_ascii_uppercase();
    title + "s"
}
