//! `tumen sources`: the bibliography.

use std::io::Write;

use tumen_geo_core::model::{Catalogue, Source};

use crate::bibliography::{bibtex, csl_json, in_full, references, sources_of};
use crate::error::Result;
use crate::prose::{columns, wrap};

/// Arguments of `sources`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A source by its id, or a feature: the sources that speak of it. All when left out.
    id: Option<String>,
    /// BibTeX.
    #[arg(long, conflicts_with = "csl_json")]
    bibtex: bool,
    /// CSL-JSON, for Zotero, pandoc and other users of citation styles.
    #[arg(long)]
    csl_json: bool,
}

/// Prints the sources that the arguments choose.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let catalogue = crate::catalogue()?;
    let all = catalogue.sources();
    let sources: Vec<&Source> = match &arguments.id {
        None => all.iter().collect(),
        Some(id) => match all.iter().find(|source| source.id == *id) {
            Some(source) => vec![source],
            None => sources_of(catalogue.find(id)?, &catalogue),
        },
    };
    if arguments.bibtex {
        out.write_all(bibtex(&sources).as_bytes())?;
        return Ok(());
    }
    if arguments.csl_json {
        out.write_all(csl_json(&sources).as_bytes())?;
        return Ok(());
    }
    let columns = columns();
    for source in &sources {
        writeln!(out, "{}", source.id)?;
        wrap(out, "    ", &in_full(source), columns)?;
        for text in [&source.url, &source.note].into_iter().filter(|text| !text.is_empty()) {
            wrap(out, "    ", text, columns)?;
        }
        wrap(out, "    ", &cited_by(source, &catalogue), columns)?;
    }
    writeln!(out, "\n{} sources; --bibtex and --csl-json write them for programs", sources.len())?;
    Ok(())
}

/// How many features, links and series cite a source.
fn cited_by(source: &Source, catalogue: &Catalogue) -> String {
    let cites = |id: &str| id == source.id;
    let features = catalogue.features().iter();
    let features = features.filter(|f| references(f, catalogue).any(|r| cites(&r.source))).count();
    let links = catalogue.links().iter();
    let links = links.filter(|link| link.sources.iter().any(|r| cites(&r.source))).count();
    let series = catalogue.series().iter().filter(|series| cites(&series.source.source)).count();
    format!("[cited by {features} features, {links} links, {series} series]")
}
