//! The user's files that maps are made from, each read once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use tumen_geo_core::model::Catalogue;

use crate::error::{Error, Result};

/// A file as it was read.
#[derive(Debug)]
pub(super) struct UserFile {
    pub(super) catalogue: Catalogue,
    sha256: [u8; 32],
}

impl UserFile {
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::file("read", path, &e))?;
        let sha256 = Sha256::digest(&text).into();
        let catalogue = Catalogue::from_geojson(&text);
        Ok(Self { catalogue: catalogue.map_err(|e| e.within(path.display().to_string()))?, sha256 })
    }
}

/// The files read so far, by path.
#[derive(Debug, Default)]
pub(super) struct Files(Mutex<BTreeMap<PathBuf, Arc<UserFile>>>);

impl Files {
    /// The file at `path`, read unless it was before.
    pub(super) fn get(&self, path: &Path) -> Result<Arc<UserFile>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = known.get(path) {
            return Ok(Arc::clone(file));
        }
        let file = Arc::new(UserFile::read(path)?);
        known.insert(path.to_path_buf(), Arc::clone(&file));
        Ok(file)
    }

    /// Keeps a file that was read elsewhere.
    pub(super) fn insert(&self, path: &Path, file: UserFile) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(path.to_path_buf(), Arc::new(file));
    }

    /// The SHA-256 of the file at `path`, of what was read of it if it was.
    pub(super) fn sha256(&self, path: &Path) -> Result<[u8; 32]> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = known.get(path) {
            return Ok(file.sha256);
        }
        let bytes = std::fs::read(path).map_err(|e| Error::file("read", path, &e))?;
        Ok(Sha256::digest(bytes).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_once() {
        let name = format!("tumen-files-{}.geojson", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, r#"{"type": "Point", "coordinates": [130.6, 42.4]}"#).unwrap();
        let files = Files::default();
        let before = files.sha256(&path).unwrap();
        assert_eq!(files.get(&path).unwrap().catalogue.features().len(), 1);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(files.get(&path).unwrap().catalogue.features().len(), 1);
        assert_eq!(files.sha256(&path).unwrap(), before);
        assert!(Files::default().get(&path).is_err());
        assert!(Files::default().sha256(&path).is_err());
    }
}
