//! How far long work has come.

use std::path::Path;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::{Error, Result};
use crate::import::Options;

/// A bar for `count` pieces of work, each `done` once: on the standard error if that is a terminal,
/// else nowhere.
pub(super) fn bar(count: usize, done: &str) -> ProgressBar {
    let bar = ProgressBar::new(count as u64);
    if let Ok(style) =
        ProgressStyle::with_template(&format!("{{bar:30}} {{pos}} of {{len}} {done}"))
    {
        bar.set_style(style);
    }
    bar
}

/// The options with a bar that goes on as the file is read, `times` times over.
pub(super) fn watched(path: &Path, times: u64, options: Options) -> Result<Options> {
    let length = path.metadata().map_err(|e| Error::file("read", path, &e))?.len();
    let bar = ProgressBar::new(length * times);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes} read") {
        bar.set_style(style);
    }
    Ok(Options { watch: Some(Arc::new(move |count| bar.inc(count))), ..options })
}
