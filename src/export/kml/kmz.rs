//! KMZ: the document in a zip archive.

use std::io::{self, Write};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::super::layer::{Layer, Row};
use super::{Style, Writer};
use crate::error::{Error, Result};

/// An archive of one document, `doc.kml`, as Google Earth opens it.
pub struct Kmz<'a> {
    document: Writer<Entry<'a>>,
}

impl<'a> Kmz<'a> {
    /// A document of the layer, see [`Writer::new`].
    ///
    /// # Errors
    /// When it cannot be written; a document of more than 4 GiB cannot.
    pub fn new(out: impl Write + 'a, layer: &Layer, styles: Vec<Style>) -> Result<Self> {
        let mut archive = ZipWriter::new_stream(Box::new(out) as Box<dyn Write + 'a>);
        // No clock and no machine, so that the same features give the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .system(System::Unix)
            .unix_permissions(0o644);
        archive.start_file("doc.kml", options).map_err(|e| failed(&e))?;
        Ok(Self { document: Writer::new(Entry(archive), layer, styles)? })
    }
}

impl super::super::Writer for Kmz<'_> {
    fn write(&mut self, row: &Row<'_>) -> Result<()> {
        self.document.write(row)
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.document.end()?;
        let out = self.document.out.0.finish().map_err(|e| failed(&e))?;
        Ok(out.into_inner().flush()?)
    }
}

/// The bytes of the document in the archive, which ends with them.
struct Entry<'a>(ZipWriter<StreamWriter<Box<dyn Write + 'a>>>);

impl Write for Entry<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn failed(error: &zip::result::ZipError) -> Error {
    Error::failure(format!("cannot write the archive: {error}"))
}
