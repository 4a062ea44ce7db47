//! A file that is read from any place in it.

use std::fs::File;
use std::io::{BufReader, Error as IoError, ErrorKind, Read, Result as IoResult, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use super::Options;
use crate::error::{Error, Result};

/// A file whose length is known; the bytes read of it are told to who watches. A clone reads the
/// same file.
#[derive(Clone)]
pub(super) struct Ranges {
    file: Arc<File>,
    length: u64,
    watch: Option<Arc<dyn Fn(u64) + Send + Sync>>,
}

impl Ranges {
    pub(super) fn open(path: &Path, options: &Options) -> Result<Self> {
        let unread = |e: IoError| Error::file("read", path, &e);
        let file = File::open(path).map_err(unread)?;
        let length = file.metadata().map_err(unread)?.len();
        Ok(Self { file: Arc::new(file), length, watch: options.watch.clone() })
    }

    /// Its length in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// So many bytes from `start` on.
    ///
    /// # Errors
    /// When the file ends before, whatever the number: memory is only taken for what is there.
    pub(super) fn bytes(&self, start: u64, count: u64) -> IoResult<Vec<u8>> {
        if start.checked_add(count).is_none_or(|end| end > self.length) {
            return Err(IoError::new(ErrorKind::UnexpectedEof, "it ends early"));
        }
        let mut bytes = vec![0; count as usize];
        self.from(start).read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// The bytes from `start` on.
    pub(super) fn from(&self, start: u64) -> Place {
        Place { ranges: self.clone(), at: start }
    }

    /// The same, `room` bytes at once.
    pub(super) fn buffered(&self, start: u64, room: usize) -> BufReader<Place> {
        BufReader::with_capacity(room, self.from(start))
    }
}

/// A place in a file.
pub(super) struct Place {
    ranges: Ranges,
    at: u64,
}

impl Read for Place {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let mut file = &*self.ranges.file;
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(buffer)?;
        self.at += count as u64;
        if let Some(watch) = &self.ranges.watch {
            watch(count as u64);
        }
        Ok(count)
    }
}

impl Seek for Place {
    fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
        let (from, by) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::End(by) => (self.ranges.length, by),
            SeekFrom::Current(by) => (self.at, by),
        };
        let outside = || IoError::new(ErrorKind::InvalidInput, "a place before the file");
        self.at = from.checked_add_signed(by).ok_or_else(outside)?;
        Ok(self.at)
    }
}
