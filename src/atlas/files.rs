//! The user's files that maps are made from, each read once.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use tumen_geo_core::model::Catalogue;

use crate::error::{Error, Result};
use crate::import::{self, Options};

/// A file, or a layer of it, as it was read.
#[derive(Debug)]
pub(super) struct UserFile {
    pub(super) catalogue: Catalogue,
    notes: Vec<String>,
    sha256: [u8; 32],
}

impl UserFile {
    pub(super) fn read(path: &Path, options: &Options) -> Result<Self> {
        let (catalogue, notes) = import::catalogue(path, options)?;
        Ok(Self { catalogue, notes, sha256: sha256(path)? })
    }
}

/// The files read so far, by path and layer.
#[derive(Debug, Default)]
pub(super) struct Files(Mutex<BTreeMap<(PathBuf, Option<String>), Arc<UserFile>>>);

impl Files {
    /// The layer of the file at `path`, or all of it, read unless it was before.
    pub(super) fn get(&self, path: &Path, layer: Option<&str>) -> Result<Arc<UserFile>> {
        let mut known = self.lock();
        let key = (path.to_path_buf(), layer.map(str::to_owned));
        if let Some(file) = known.get(&key) {
            return Ok(Arc::clone(file));
        }
        let options = Options { layer: key.1.clone(), ..Options::default() };
        let file = Arc::new(UserFile::read(path, &options)?);
        known.insert(key, Arc::clone(&file));
        Ok(file)
    }

    /// Keeps a file that was read elsewhere.
    pub(super) fn insert(&self, path: &Path, file: UserFile) {
        self.lock().insert((path.to_path_buf(), None), Arc::new(file));
    }

    /// The SHA-256 of the file at `path`, as it was when it was read if it was.
    pub(super) fn sha256(&self, path: &Path) -> Result<[u8; 32]> {
        let known = self.lock();
        match known.iter().find(|((known, _), _)| known == path) {
            Some((_, file)) => Ok(file.sha256),
            None => sha256(path),
        }
    }

    /// What there was to say of the reading, by file.
    pub(super) fn notes(&self) -> Vec<String> {
        let told = |((path, _), file): (&(PathBuf, _), &Arc<UserFile>)| {
            let told = file.notes.iter().map(|note| format!("{}: {note}", path.display()));
            told.collect::<Vec<String>>()
        };
        self.lock().iter().flat_map(told).collect()
    }

    fn lock(
        &self,
    ) -> std::sync::MutexGuard<'_, BTreeMap<(PathBuf, Option<String>), Arc<UserFile>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sha256(path: &Path) -> Result<[u8; 32]> {
    let unread = |e: std::io::Error| Error::file("read", path, &e);
    let mut digest = Sha256::new();
    std::io::copy(&mut File::open(path).map_err(unread)?, &mut digest).map_err(unread)?;
    Ok(digest.finalize().into())
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
        assert_eq!(files.get(&path, None).unwrap().catalogue.features().len(), 1);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(files.get(&path, None).unwrap().catalogue.features().len(), 1);
        assert_eq!(files.sha256(&path).unwrap(), before);
        assert!(Files::default().get(&path, None).is_err());
        assert!(Files::default().sha256(&path).is_err());
    }
}
