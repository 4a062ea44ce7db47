//! Files that are long in the writing.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A file that takes its name when it is whole: what was there stays until then, and when the work
/// fails; it may even be what is read.
pub(super) struct Unfinished {
    pub(super) file: File,
    written: PathBuf,
    to: PathBuf,
}

impl Unfinished {
    pub(super) fn new(to: &Path) -> Result<Self> {
        // Through a link to the file; what is no file, such as a device, is written as it is.
        let to = to.canonicalize().unwrap_or_else(|_| to.to_owned());
        let mut written = to.clone();
        if to.metadata().map_or(true, |there| there.is_file()) {
            let name = to.file_name().unwrap_or_default().to_string_lossy();
            written.set_file_name(format!("{name}.{}.part", std::process::id()));
        }
        let file = File::create(&written).map_err(|e| Error::file("write", &to, &e))?;
        Ok(Self { file, written, to })
    }

    /// Where it is written until then.
    pub(super) fn path(&self) -> &Path {
        &self.written
    }

    pub(super) fn finish(self) -> Result<()> {
        if self.written == self.to {
            return Ok(());
        }
        std::fs::rename(&self.written, &self.to).map_err(|e| Error::file("write", &self.to, &e))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if self.written != self.to {
            // Gone already when it was finished.
            let _ = std::fs::remove_file(&self.written);
        }
    }
}
