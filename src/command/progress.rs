//! How far long work has come.

use indicatif::{ProgressBar, ProgressStyle};

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

/// A bar for a file of so many bytes, as [`bar`].
pub(super) fn bytes(length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes} read") {
        bar.set_style(style);
    }
    bar
}
