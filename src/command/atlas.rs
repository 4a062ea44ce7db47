//! `tumen atlas`: every preset, and a page for each zone and triangle, in one PDF.

use std::io::Write;
use std::path::PathBuf;

use crate::book::{Library, Plan, bind};
use crate::error::{Error, Result};

/// Arguments of `atlas`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file to write, .pdf.
    #[arg(short, long, value_name = "FILE", default_value = "atlas.pdf")]
    out: PathBuf,
    /// Only the pages of these zones and triangles (ids or names), and no presets.
    #[arg(long, value_name = "ID", num_args = 1..)]
    only: Vec<String>,
}

/// Draws the pages and says what was written.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let path = &arguments.out;
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")) {
        return Err(Error::usage(format!("an atlas is not written as '{}'", path.display()))
            .with_hint("end the file name in .pdf"));
    }
    let catalogue = crate::catalogue()?;
    let plan = Plan::new(&catalogue, &arguments.only)?;
    let library = Library::new(&catalogue)?;
    let bar = super::progress::bar(plan.entries().len(), "maps drawn");
    let book = bind(&plan, &library, &|| bar.inc(1));
    bar.finish_and_clear();
    let book = book?;
    super::write_file(path, &book.pdf)?;
    for warning in &book.warnings {
        eprintln!("warning: {warning}");
    }
    let pages = if book.pages == 1 { "page" } else { "pages" };
    let megabytes = book.pdf.len() as f64 / 1e6;
    writeln!(out, "Wrote {}: {} {pages}, {megabytes:.1} MB.", path.display(), book.pages)?;
    Ok(())
}
