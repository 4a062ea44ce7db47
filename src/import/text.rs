//! The bytes of a file, unpacked when they are gzip.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Result as IoResult};
use std::path::Path;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::Options;
use crate::error::{Error, Result};

/// The first bytes of gzip (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Opens a file; the bytes read of it are told to who watches.
pub(super) fn open(path: &Path, options: &Options) -> Result<Box<dyn Read + Send>> {
    let unread = |e: std::io::Error| Error::file("read", path, &e);
    let file = File::open(path).map_err(unread)?;
    let mut bytes = BufReader::new(Watched { from: file, watch: options.watch.clone() });
    let gzip = bytes.fill_buf().map_err(unread)?.starts_with(&GZIP);
    Ok(if gzip { Box::new(MultiGzDecoder::new(bytes)) } else { Box::new(bytes) })
}

struct Watched {
    from: File,
    watch: Option<Arc<dyn Fn(u64) + Send + Sync>>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let count = self.from.read(buffer)?;
        if let Some(watch) = &self.watch {
            watch(count as u64);
        }
        Ok(count)
    }
}
