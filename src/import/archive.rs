//! Zip archives, as far as they are no trap.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{Error, Result};

/// The first bytes of an archive.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// What is unpacked at most, so that a small archive cannot fill the memory.
const LARGEST: u64 = 2 << 30;

/// An archive that is open.
pub(super) struct Archive {
    archive: ZipArchive<BufReader<File>>,
    names: Vec<String>,
}

impl Archive {
    /// Opens an archive.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|e| Error::file("read", path, &e))?;
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(&e))?;
        let names: zip::result::ZipResult<Vec<String>> =
            archive.file_names().map(|name| Ok(name?.into_owned())).collect();
        Ok(Self { names: names.map_err(|e| damaged(&e))?, archive })
    }

    /// The names of the files that end so, in the order of the archive; what the file manager of
    /// macOS adds is left out.
    pub(super) fn of_extension<'a>(&'a self, extension: &'a str) -> impl Iterator<Item = &'a str> {
        self.names.iter().map(String::as_str).filter(move |name| {
            let end = Path::new(name).extension();
            end.is_some_and(|end| end.eq_ignore_ascii_case(extension))
                && !name.starts_with("__MACOSX/")
        })
    }

    /// The bytes of a file.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>> {
        let file = self.archive.by_name(name).map_err(|e| damaged(&e))?;
        let mut bytes = Vec::new();
        let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
        read.map_err(|e| Error::failure(format!("'{name}' in the archive is damaged: {e}")))?;
        if bytes.len() as u64 > LARGEST {
            let large = LARGEST >> 30;
            return Err(Error::failure(format!("'{name}' in the archive is beyond {large} GiB"))
                .with_hint("unpack it and read the file itself"));
        }
        Ok(bytes)
    }
}

fn damaged(error: &ZipError) -> Error {
    let error_text = format!("cannot read the archive: {error}");
    match error {
        ZipError::UnsupportedArchive(_) => {
            Error::failure(error_text).with_hint("unpack it and read the file itself")
        }
        _ => Error::failure(error_text),
    }
}
