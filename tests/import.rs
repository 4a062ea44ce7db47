//! Files of other programs as they are read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "import/damaged.rs"]
mod damaged;
#[path = "import/documents.rs"]
mod documents;
#[path = "import/gdal.rs"]
mod gdal;
#[path = "import/shapefiles.rs"]
mod shapefiles;
#[path = "import/tables.rs"]
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use tumen::Error;
use tumen::geo_core::raw::{RawFeature, RawGeometry};
use tumen::import::{self, Options};

/// A file beside this test.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

/// A file of a test's own.
fn written(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// The features of a file, and what is said of it.
fn read(path: &Path, options: &Options) -> Result<(Vec<RawFeature>, Vec<String>), Error> {
    let mut source = import::open(path, options)?;
    let mut features = Vec::new();
    for feature in &mut source {
        features.push(feature?.read()?);
    }
    Ok((features, source.notes.told()))
}

/// The same where all is well.
fn all(path: &Path) -> (Vec<RawFeature>, Vec<String>) {
    read(path, &Options::default()).unwrap_or_else(|e| panic!("{e} {:?}", e.hint()))
}

/// The message and hint of a file that is refused.
fn refused(path: &Path) -> (String, String) {
    match read(path, &Options::default()) {
        Ok(_) => panic!("{} is read", path.display()),
        Err(error) => (error.to_string(), error.hint().unwrap_or_default().to_owned()),
    }
}

#[allow(clippy::unnecessary_wraps, reason = "as features have it")]
fn point(lon: f64, lat: f64) -> Option<RawGeometry> {
    Some(RawGeometry::Point(geo_types::Coord { x: lon, y: lat }))
}
