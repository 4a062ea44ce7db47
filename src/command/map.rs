//! `tumen map`: a preset or a spec, drawn to a file.

use std::io::Write;
use std::path::{Path, PathBuf};

use tumen_render::Explain;

use super::{Input, year};
use crate::error::{Error, Result};
use crate::table::grouped;

/// Arguments of `map`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Preset (small-triangle, tumen-triangles, treda, border-ports) or spec file (TOML).
    #[arg(value_name = "PRESET|FILE")]
    spec: String,
    /// The image to write; PRESET.png in this folder when left out.
    #[arg(short, long, value_name = "FILE.png")]
    out: Option<PathBuf>,
    /// Show what was proposed or in force in this year.
    #[arg(long, value_name = "YEAR", value_parser = year)]
    year: Option<i32>,
    /// Language of the labels, or two: en, zh, ko, ru, en+zh, …
    #[arg(long, value_name = "LANG", value_parser = languages)]
    lang: Option<Languages>,
    /// Width of the image in pixels.
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(200..=20_000))]
    width: Option<u32>,
    /// Pixels per inch: how large the image is on paper.
    #[arg(long, value_parser = clap::value_parser!(u32).range(50..=1200))]
    ppi: Option<u32>,
    #[command(flatten)]
    input: Input,
    /// Say which projection was chosen, and why.
    #[arg(long)]
    explain: bool,
}

#[derive(Clone, Debug)]
struct Languages(Vec<String>);

fn languages(text: &str) -> std::result::Result<Languages, String> {
    const KNOWN: [&str; 6] = ["en", "zh", "ko", "ru", "mn", "ja"];
    let languages: Vec<String> = text.split('+').map(str::to_owned).collect();
    if languages.len() > 2 {
        return Err("a map has one language or two".to_owned());
    }
    match languages.iter().find(|language| !KNOWN.contains(&language.as_str())) {
        Some(other) => Err(format!("no names in '{other}'; languages are {}", KNOWN.join(", "))),
        None => Ok(Languages(languages)),
    }
}

/// Draws the map and says what was drawn.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let (mut spec, folder) = crate::map::spec(&arguments.spec)?;
    spec.year = arguments.year.or(spec.year);
    if let Some(Languages(languages)) = &arguments.lang {
        spec.languages.clone_from(languages);
    }
    spec.page = spec.page.resized(arguments.width, arguments.ppi.map(f64::from))?;
    let path = match &arguments.out {
        Some(path) => path.clone(),
        None => Path::new(&arguments.spec)
            .with_extension("png")
            .file_name()
            .map(PathBuf::from)
            .ok_or_else(|| {
                Error::usage("the map has no name to write it under").with_hint("give -o FILE.png")
            })?,
    };
    let title = crate::map::title(&spec).unwrap_or(&arguments.spec).to_owned();
    let catalogue = arguments.input.catalogue()?;
    let drawing =
        crate::map::draw(spec, catalogue, folder).map_err(|e| e.within(&arguments.spec))?;
    super::write_file(&path, &drawing.png)?;
    for warning in &drawing.warnings {
        eprintln!("warning: {warning}");
    }
    let (width, height) = drawing.size_px;
    writeln!(
        out,
        "Drew {title}: {} ({width} × {height} px, {}).",
        path.display(),
        scale(&drawing.explain),
    )?;
    if arguments.explain {
        explain(&drawing.explain, out)?;
    }
    writeln!(
        out,
        "Try --year 1992, --lang en+zh, another map ({}), or 'tumen near hunchun --kind seaport'.",
        others(&arguments.spec)
    )?;
    Ok(())
}

fn scale(explain: &Explain) -> String {
    format!("1:{} on paper", grouped((explain.scale_denominator / 1e4).round() * 1e4, 0))
}

fn explain(explain: &Explain, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "projection  {} ({})", explain.projection_name, explain.projection)?;
    writeln!(out, "because     {}", explain.reason)?;
    writeln!(out, "scale       off by {:.2} % at most in the map", explain.scale_error * 100.0)?;
    writeln!(out, "areas       off by {:.2} % at most in the map", explain.area_error * 100.0)?;
    writeln!(
        out,
        "edges       within {} pt, {:.0} m on the ground, of where the projection takes them",
        explain.densify_pt, explain.densify_m
    )?;
    let left_out = explain.labels_left_out.len();
    writeln!(out, "labels      {} placed, {left_out} left out", explain.labels_placed)?;
    Ok(())
}

fn others(this: &str) -> String {
    let presets = crate::map::PRESETS.iter().map(|(name, _)| *name).filter(|name| *name != this);
    presets.collect::<Vec<_>>().join(", ")
}
