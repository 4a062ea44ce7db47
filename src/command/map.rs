//! `tumen map`: a preset or a spec, drawn to a file.

use std::io::Write;
use std::path::{Path, PathBuf};

use tumen_render::spec::{MapSpec, ThemeChoice};
use tumen_render::{Composed, Explain};

use super::options::{Input, told, year};
use crate::atlas::Atlas;
use crate::error::{Error, Result};
use crate::map::{Drawing, Format};
use crate::table::grouped;

/// Arguments of `map`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
pub struct Arguments {
    /// Preset, or spec file (TOML or JSON); `list` names the presets.
    #[arg(value_name = "PRESET|FILE", default_value = "list")]
    spec: String,
    /// The file to write, .png, .tif (GeoTIFF), .svg or .pdf; PRESET.png in this folder when left out.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print the spec of a preset (or `base`, the base map) to start a map of your own from.
    #[arg(long, conflicts_with = "out")]
    print_spec: bool,
    /// Print the JSON Schema of specs, for editors that check while one writes.
    #[arg(long, conflicts_with_all = ["out", "print_spec"])]
    print_schema: bool,
    /// Colours: print, grey (survives a photocopier), dark, atlas.
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// A further font (TrueType or OpenType) for characters that the built-in ones lack.
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// Write the letters of an SVG as outlines: the same in every program, but no longer text.
    #[arg(long)]
    outlined: bool,
    /// Beside a PNG write its world file (.pgw) and projection (.png.aux.xml) for a GIS.
    #[arg(long)]
    world_file: bool,
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
    if arguments.print_schema {
        return Ok(out.write_all(crate::schema::map_spec()?.as_bytes())?);
    }
    if arguments.spec == "list" {
        return list(out);
    }
    if arguments.print_spec {
        let text = match arguments.spec.as_str() {
            "base" => crate::map::BASE.to_owned(),
            name => crate::map::spec_text(name)?,
        };
        return Ok(out.write_all(text.as_bytes())?);
    }
    let (mut spec, folder) = crate::map::spec(&arguments.spec)?;
    spec.year = arguments.year.or(spec.year);
    if let Some(Languages(languages)) = &arguments.lang {
        spec.languages.clone_from(languages);
    }
    spec.page = spec.page.resized(arguments.width, arguments.ppi.map(f64::from))?;
    if let Some(theme) = &arguments.theme {
        spec.theme = Some(ThemeChoice::Named(theme.clone()));
    }
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
    let format = Format::of(&path)?;
    if arguments.world_file && format != Format::Png {
        return Err(Error::usage("only a PNG has a world file")
            .with_hint("end the file name in .png; a .tif needs none: leave out --world-file"));
    }
    let atlas = match &arguments.input.input {
        None => Atlas::built_in(folder),
        Some(file) => Atlas::of_file(file, &arguments.input.options(), folder)?,
    };
    let fonts = crate::fonts_with(&arguments.font)?;
    let placed = |error: Error| {
        if arguments.theme.is_some() && error.field() == ["theme"] {
            return error.as_usage();
        }
        crate::map::in_spec(error, &arguments.spec)
    };
    let mut drawing = crate::map::draw(&spec, &atlas, &fonts).map_err(placed)?;
    drawing.outlined = arguments.outlined;
    let place = arguments.world_file.then(|| drawing.world_file()).transpose()?;
    super::write_file(&path, &drawing.write(format)?)?;
    if let Some((world, aux)) = place {
        super::write_file(&path.with_extension("pgw"), world.as_bytes())?;
        super::write_file(&path.with_extension("png.aux.xml"), aux.as_bytes())?;
    }
    told(&atlas.notes());
    for warning in &drawing.composed.warnings {
        eprintln!("warning: {warning}");
    }
    writeln!(
        out,
        "Drew {title}: {} ({}, {}).",
        path.display(),
        size(format, &drawing),
        scale(&drawing.composed.explain),
    )?;
    if arguments.explain {
        explain(&drawing.composed, out)?;
    }
    writeln!(
        out,
        "Try --year 1992, --lang en+zh, --theme grey, -o map.pdf, another map ('tumen map list'), or \
         'tumen near hunchun --kind seaport'."
    )?;
    Ok(())
}

/// The presets with their titles.
fn list(out: &mut dyn Write) -> Result<()> {
    for (name, text) in crate::map::PRESETS {
        let spec = MapSpec::from_toml(text)?;
        writeln!(out, "{name:<20} {}", crate::map::title(&spec).unwrap_or_default())?;
    }
    Ok(())
}

fn size(format: Format, drawing: &Drawing) -> String {
    if matches!(format, Format::Png | Format::Tiff) {
        let (width, height) = drawing.size_px();
        return format!("{width} × {height} px");
    }
    let mm = |pt: f32| pt * 25.4 / 72.0;
    let scene = &drawing.composed.scene;
    format!("{:.0} × {:.0} mm", mm(scene.width), mm(scene.height))
}

fn scale(explain: &Explain) -> String {
    format!("1:{} on paper", grouped((explain.scale_denominator / 1e4).round() * 1e4, 0))
}

fn explain(composed: &Composed, out: &mut dyn Write) -> Result<()> {
    let explain = &composed.explain;
    writeln!(out, "shows       {}", composed.description)?;
    writeln!(out, "projection  {} ({})", explain.projection_name, explain.projection)?;
    writeln!(out, "because     {}", explain.reason)?;
    writeln!(out, "scale       off by {:.2} % at most in the map", explain.scale_error * 100.0)?;
    writeln!(out, "areas       off by {:.2} % at most in the map", explain.area_error * 100.0)?;
    writeln!(
        out,
        "edges       within {} pt, {:.0} m on the ground, of where the projection takes them",
        explain.densify_pt, explain.densify_m
    )?;
    if let Some(difference) = explain.colour_difference {
        writeln!(out, "colours     {difference:.1} apart at least (CIEDE2000, any colour vision)")?;
    }
    writeln!(
        out,
        "labels      {} placed, {} of them on leader lines; {} left out, and {} of the base map",
        explain.labels_placed,
        explain.labels_on_leaders,
        explain.labels_left_out.len(),
        explain.labels_quiet_left_out.len(),
    )?;
    for (whose, names) in
        [("left out", &explain.labels_left_out), ("  base map", &explain.labels_quiet_left_out)]
    {
        if !names.is_empty() {
            writeln!(out, "{whose:<11} {}", names.join(", "))?;
        }
    }
    Ok(())
}
