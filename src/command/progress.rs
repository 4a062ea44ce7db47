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
