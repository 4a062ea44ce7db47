//! GeoPackage (OGC 12-128r18): layers of features, tables and views alike.
//!
//! The features are read by a thread of their own, since a row of SQLite does not outlive the next.

mod binary;
mod layers;
mod rows;

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use tumen_geo_core::geojson::DENSIFIED;
use tumen_geo_core::raw::RawFeature;

use super::{Notes, Options, Unread};
use crate::error::{Error, Result};
use rows::Reading;

/// Features that go from one thread to the other at once.
const BATCH: usize = 64;

/// The features of the layer that the options name, or of all layers in the order of the file.
///
/// The id of a feature is that of its column `id`, else its key, with the layer before it where
/// several are read.
///
/// # Errors
/// When the file is no GeoPackage or damaged, has no such layer, or a layer is in a coordinate system
/// that is not given or not known.
pub(super) fn features(
    path: &Path,
    options: &Options,
    notes: &Notes,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    let connection = open(path)?;
    let reading = Reading {
        layers: layers::chosen(&connection, options, notes)?,
        bbox: options.bbox,
        densified: is_densified(&connection),
        notes: notes.clone(),
    };
    let size = path.metadata().map_or(0, |file| file.len());
    let watch = options.watch.clone();
    let (sender, receiver) = sync_channel(4);
    let read = move || {
        let told = std::cell::Cell::new(0_u64);
        let tell = |count: u64| {
            told.set(told.get() + count);
            if let Some(watch) = &watch {
                watch(count);
            }
        };
        let mut batch = Batch { sender, features: Vec::new() };
        let done = reading.run(&connection, &|count| tell(count as u64), &mut |f| batch.take(f));
        // What is neither geometry nor text was read as well.
        tell(size.saturating_sub(told.get()));
        batch.end(done);
    };
    let thread = thread::Builder::new().name("geopackage".to_owned()).spawn(read);
    thread.map_err(|e| Error::failure(format!("cannot start a thread: {e}")))?;
    Ok(Features { receiver: Some(receiver), batch: Vec::new().into_iter() })
}

/// From the thread that reads.
enum Message {
    Features(Vec<RawFeature>),
    End(Result<()>),
}

/// Features to be sent.
struct Batch {
    sender: SyncSender<Message>,
    features: Vec<RawFeature>,
}

impl Batch {
    /// Takes a feature; false when nobody wants any more.
    fn take(&mut self, feature: RawFeature) -> bool {
        self.features.push(feature);
        self.features.len() < BATCH || self.send()
    }

    fn send(&mut self) -> bool {
        self.sender.send(Message::Features(std::mem::take(&mut self.features))).is_ok()
    }

    fn end(mut self, done: Result<()>) {
        if self.send() {
            // Nobody has to hear of it.
            let _ = self.sender.send(Message::End(done));
        }
    }
}

/// Features as they are received.
struct Features {
    /// `None` after the end.
    receiver: Option<Receiver<Message>>,
    batch: std::vec::IntoIter<RawFeature>,
}

impl Iterator for Features {
    type Item = Result<Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(feature) = self.batch.next() {
                return Some(Ok(Unread::Raw(Box::new(feature))));
            }
            match self.receiver.as_ref()?.recv() {
                Ok(Message::Features(features)) => self.batch = features.into_iter(),
                Ok(Message::End(done)) => {
                    self.receiver = None;
                    return done.err().map(Err);
                }
                Err(_) => {
                    self.receiver = None;
                    return Some(Err(Error::failure("the reading broke off")));
                }
            }
        }
    }
}

/// Opens a file that may be anybody's: nothing in it is run or changed.
fn open(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| damaged(&e))?;
    connection
        .execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
        .map_err(|e| damaged(&e))?;
    let has = |table: &str| {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE lower(name) = ?1";
        connection.query_row(sql, [table], |row| row.get::<_, i64>(0)).map_err(|e| damaged(&e))
    };
    if has("gpkg_contents")? > 0 && has("gpkg_geometry_columns")? > 0 {
        return Ok(connection);
    }
    let error = Error::failure("the file is a database of SQLite but no GeoPackage with layers");
    Err(error.with_hint(match has("geometry_columns")? {
        0 => "a GeoPackage has a table gpkg_contents; is it the right file?",
        _ => "bring it from SpatiaLite to GeoPackage, as with 'ogr2ogr new.gpkg old.sqlite'",
    }))
}

/// Whether the file says that its edges are short enough, as what is exported does.
fn is_densified(connection: &Connection) -> bool {
    let sql =
        "SELECT count(*) FROM gpkg_metadata m JOIN gpkg_metadata_reference r ON md_file_id = m.id
        WHERE reference_scope = 'geopackage' AND metadata = ?1";
    // A package without metadata has no such table.
    connection.query_row(sql, [DENSIFIED], |row| row.get::<_, i64>(0)).is_ok_and(|count| count > 0)
}

/// A name as SQL takes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn damaged(error: &rusqlite::Error) -> Error {
    let failure = Error::failure(format!("cannot read the GeoPackage: {error}"));
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => failure.with_hint(
            "it is damaged; 'sqlite3 old.gpkg .recover | sqlite3 new.gpkg' saves what there is",
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            failure.with_hint("another program is writing it: close it there first")
        }
        _ => failure,
    }
}
