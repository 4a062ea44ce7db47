//! `tumen validate`: what is wrong with a file, and the file repaired.

mod repaired;
mod report;

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use tumen_geo_core::EdgeModel;
use tumen_geo_core::raw::RawFeature;
use tumen_geo_core::validity::{FileCheck, Findings, Problem, ProblemKind, repair};

use self::repaired::Repaired;
use self::report::{Report, Tally};
use super::options::told;
use super::progress;
use crate::error::{Error, Result};
use crate::import::{self, Format, Unread};
use crate::prose::count_of;

/// Arguments of `validate`.
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Arguments {
    /// The file: GeoJSON and others, see docs/formats.md.
    file: PathBuf,
    /// One JSON object a line: each problem, and what came of each feature that is repaired.
    #[arg(long)]
    json: bool,
    /// Write the features repaired, as GeoJSON.
    #[arg(long, requires = "out")]
    repair: bool,
    /// The file to write the repaired features to.
    #[arg(short, long, value_name = "FILE", requires = "repair")]
    out: Option<PathBuf>,
    /// The file has the latitude first: swap the numbers of all positions.
    #[arg(long)]
    swap: bool,
    /// Leave out what is only noted, such as parts that reading joins.
    #[arg(long)]
    no_notes: bool,
    /// Only this layer of the file, where it has several.
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// The coordinate system of the file where it says none or a wrong one: a code (EPSG:32652), a
    /// PROJ string or WKT.
    #[arg(long, value_name = "CRS")]
    crs: Option<String>,
}

/// Every problem of a file, and the file repaired if that is asked for.
///
/// # Errors
/// When there are errors in the file; of a repair, when something could not be repaired.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let path = &arguments.file;
    let options = import::Options {
        layer: arguments.layer.clone(),
        crs: arguments.crs.clone(),
        ..import::Options::default()
    };
    let source = import::open(path, &progress::watched(path, 1, options)?)?;
    let notes = source.notes.clone();
    let mut check = FileCheck::new();
    let mut report = Report::new(out, arguments.json, !arguments.no_notes);
    let mut repaired = arguments.out.as_deref().map(Repaired::new).transpose()?;
    let mut of_file = Findings::new();
    if source.format == Format::GeoJson {
        of_file_start(path, &mut of_file)?;
    }
    for (index, unread) in source.enumerate() {
        let unread = match unread {
            Ok(unread) => unread,
            Err(error) => {
                of_file.add(unreadable(&error));
                continue;
            }
        };
        let remarks = remarks(&unread);
        let kept = repaired.is_some().then(|| unread.clone());
        let mut feature = match unread.read() {
            Ok(feature) => feature,
            Err(error) => {
                let mut findings = Findings::new();
                findings.add(unreadable(&error));
                report.feature(&index.to_string(), index, &findings)?;
                if repaired.is_some() {
                    report.left_out(&index.to_string(), index, &[ProblemKind::Unreadable])?;
                }
                continue;
            }
        };
        if arguments.swap {
            swap(&mut feature);
        }
        let name = feature.name();
        let mut findings = check.feature(&feature);
        for remark in remarks {
            if remark.kind != ProblemKind::CrsMember {
                findings.add(remark);
            } else if !of_file.has(remark.kind) {
                // Said of the text around each feature.
                of_file.add(remark);
            }
        }
        report.feature(&name, index, &findings)?;
        if let (Some(repaired), Some(kept)) = (&mut repaired, kept) {
            let edges = feature.edges.unwrap_or(EdgeModel::LonLat);
            let repair = feature.geometry.as_ref().map(|geometry| repair(geometry, edges));
            if let Some(repair) = &repair {
                report.repaired(&name, index, repair)?;
            }
            repaired.feature(feature, &kept, repair, arguments.swap)?;
        }
    }
    for findings in [of_file, check.finish()] {
        report.file(&findings)?;
    }
    let tally = report.finish(&path.display().to_string())?;
    told(&notes.told());
    match repaired {
        None => verdict(&tally),
        Some(repaired) => {
            let to = arguments.out.as_deref().unwrap_or(path);
            let written = repaired.finish()?;
            if !arguments.json {
                writeln!(out, "Wrote {} to {}.", count_of(written, "feature"), to.display())?;
            }
            whole(&tally)
        }
    }
}

fn verdict(tally: &Tally) -> Result<()> {
    if tally.errors == 0 {
        return Ok(());
    }
    let what = format!("there {} in the file", are(tally.errors, "error"));
    Err(Error::failure(what).with_hint("--repair -o FILE writes it with what can be repaired"))
}

fn whole(tally: &Tally) -> Result<()> {
    if tally.left_out == 0 && tally.broken == 0 {
        return Ok(());
    }
    let what = match tally.left_out {
        0 => "the file could not be read to its end".to_owned(),
        count => format!("{} could not be repaired and left out", were(count, "feature")),
    };
    Err(Error::failure(what).with_hint("the report names what is wrong; mend it by hand"))
}

fn are(count: usize, noun: &str) -> String {
    format!("{} {}", if count == 1 { "is" } else { "are" }, count_of(count, noun))
}

fn were(count: usize, noun: &str) -> String {
    format!("{} {}", count_of(count, noun), if count == 1 { "was" } else { "were" })
}

/// The mark of the byte order that a text may begin with.
fn of_file_start(path: &Path, findings: &mut Findings) -> Result<()> {
    let unread = |e: std::io::Error| Error::file("read", path, &e);
    let mut start = Vec::new();
    let file = File::open(path).map_err(unread)?;
    file.take(3).read_to_end(&mut start).map_err(unread)?;
    if start == [0xef, 0xbb, 0xbf] {
        let what = "it begins with a mark of the byte order, which RFC 8259 forbids to write";
        findings.add(Problem::new(ProblemKind::ByteOrderMark, what));
    }
    Ok(())
}

fn remarks(unread: &Unread) -> Vec<Problem> {
    match unread {
        Unread::Text(text, _) => text.remarks(),
        Unread::Raw(_) => Vec::new(),
    }
}

fn unreadable(error: &Error) -> Problem {
    Problem::new(ProblemKind::Unreadable, error.to_string())
}

fn swap(feature: &mut RawFeature) {
    if let Some(geometry) = &mut feature.geometry {
        let swapped = geometry.try_map(&mut |at| {
            (at.x, at.y) = (at.y, at.x);
            Ok::<(), std::convert::Infallible>(())
        });
        let Ok(()) = swapped;
    }
}
