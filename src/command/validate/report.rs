//! The report of problems and repairs, for people or as JSON lines.

use std::io::Write;

use serde_json::{Value, json};
use tumen_geo_core::Length;
use tumen_geo_core::validity::{Findings, Outcome, Place, Problem, ProblemKind, Repair, Severity};

use crate::command::{json_line, rounded};
use crate::error::Result;
use crate::prose::count_of;

/// What was found in a file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    features: usize,
    pub(super) errors: usize,
    warnings: usize,
    notes: usize,
    /// Features with errors.
    wrong: usize,
    /// Features that were repaired.
    mended: usize,
    /// Features that could not be.
    pub(super) left_out: usize,
    /// Errors of the file and of none of its features.
    pub(super) broken: usize,
    area_before_km2: f64,
    area_after_km2: f64,
    moved: Option<Length>,
}

/// A report that is written as the file is read.
pub(super) struct Report<'a> {
    out: &'a mut dyn Write,
    json: bool,
    notes: bool,
    tally: Tally,
}

impl<'a> Report<'a> {
    pub(super) fn new(out: &'a mut dyn Write, json: bool, notes: bool) -> Self {
        Self { out, json, notes, tally: Tally::default() }
    }

    /// What was found in a feature.
    pub(super) fn feature(&mut self, name: &str, index: usize, findings: &Findings) -> Result<()> {
        self.tally.features += 1;
        self.count(findings);
        self.tally.wrong += usize::from(findings.count(Severity::Error) > 0);
        self.problems(Some((name, index)), findings)
    }

    /// What was found in the file apart from its features.
    pub(super) fn file(&mut self, findings: &Findings) -> Result<()> {
        self.count(findings);
        self.tally.broken += findings.count(Severity::Error);
        self.problems(None, findings)
    }

    fn count(&mut self, findings: &Findings) {
        self.tally.errors += findings.count(Severity::Error);
        self.tally.warnings += findings.count(Severity::Warning);
        self.tally.notes += findings.count(Severity::Note);
    }

    fn problems(&mut self, feature: Option<(&str, usize)>, findings: &Findings) -> Result<()> {
        let told: Vec<&Problem> = (findings.problems().iter())
            .filter(|problem| self.notes || problem.kind.severity() != Severity::Note)
            .collect();
        if told.is_empty() {
            return Ok(());
        }
        if !self.json {
            match feature {
                Some((name, index)) => writeln!(self.out, "feature '{name}' (number {index}):")?,
                None => writeln!(self.out, "the file:")?,
            }
        }
        for problem in told {
            if self.json {
                json_line(self.out, &as_json(feature, problem))?;
                continue;
            }
            let kind = problem.kind;
            let (severity, place) = (kind.severity().name(), place(problem));
            writeln!(self.out, "  {severity}: {}{place} [{kind}]", problem.what)?;
            if kind.severity() != Severity::Note {
                writeln!(self.out, "    repair: {}", kind.remedy())?;
            }
        }
        for (kind, count) in findings.left_out() {
            if self.json {
                let mut more = named(feature);
                more["severity"] = json!(kind.severity().name());
                more["kind"] = json!(kind.name());
                more["more"] = json!(count);
                json_line(self.out, &more)?;
            } else {
                writeln!(self.out, "  and {count} more [{kind}]")?;
            }
        }
        Ok(())
    }

    /// What a repair came to.
    pub(super) fn repaired(&mut self, name: &str, index: usize, repair: &Repair) -> Result<()> {
        match &repair.outcome {
            Outcome::Kept => return Ok(()),
            Outcome::LeftOut(kinds) => return self.left_out(name, index, kinds),
            Outcome::Mended(_) | Outcome::Emptied => {}
        }
        let (before, after) = (repair.area_before.to_km2(), repair.area_after.to_km2());
        self.tally.mended += 1;
        self.tally.area_before_km2 += before;
        self.tally.area_after_km2 += after;
        self.tally.moved =
            self.tally.moved.map_or(Some(repair.moved), |moved| Some(moved.max(repair.moved)));
        if self.json {
            let changes = repair.changes.iter().map(|change| {
                json!({"kind": change.kind.name(), "count": change.count,
                    "what": change.kind.remedy()})
            });
            let mut line = named(Some((name, index)));
            line["outcome"] = json!(match repair.outcome {
                Outcome::Emptied => "emptied",
                _ => "repaired",
            });
            line["changes"] = changes.collect();
            line["area_before_km2"] = json!(rounded(before, 6));
            line["area_after_km2"] = json!(rounded(after, 6));
            line["moved_m"] = json!(rounded(repair.moved.to_m(), 9));
            return json_line(self.out, &line);
        }
        writeln!(self.out, "feature '{name}' (number {index}) repaired:")?;
        for change in &repair.changes {
            let times = match change.count {
                1 => String::new(),
                count => format!(" ({count} times)"),
            };
            writeln!(self.out, "  {}: {}{times}", change.kind, change.kind.remedy())?;
        }
        if before > 0.0 || after > 0.0 {
            writeln!(self.out, "  area: {before:.6} km² before, {after:.6} km² after")?;
        }
        if repair.moved > Length::ZERO {
            writeln!(self.out, "  positions moved by up to {:.1e} m", repair.moved.to_m())?;
        }
        Ok(())
    }

    /// A feature that cannot be repaired.
    pub(super) fn left_out(
        &mut self,
        name: &str,
        index: usize,
        kinds: &[ProblemKind],
    ) -> Result<()> {
        self.tally.left_out += 1;
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        if self.json {
            let mut line = named(Some((name, index)));
            line["outcome"] = json!("left out");
            line["because"] = json!(kinds);
            return json_line(self.out, &line);
        }
        let because = kinds.join(", ");
        writeln!(self.out, "feature '{name}' (number {index}) left out: {because}")?;
        Ok(())
    }

    /// The last line.
    pub(super) fn finish(self, file: &str) -> Result<Tally> {
        let tally = self.tally;
        if self.json {
            return Ok(tally);
        }
        write!(self.out, "{file}: {}", count_of(tally.features, "feature"))?;
        let found = tally.errors + tally.warnings + tally.notes;
        if found == 0 {
            write!(self.out, ", nothing is wrong")?;
        } else {
            write!(
                self.out,
                "; {} (in {}), {}, {}",
                count_of(tally.errors, "error"),
                count_of(tally.wrong, "feature"),
                count_of(tally.warnings, "warning"),
                count_of(tally.notes, "note")
            )?;
        }
        if let Some(moved) = tally.moved {
            write!(
                self.out,
                "; {} repaired, {:.6} km² before, {:.6} km² after, ",
                count_of(tally.mended, "feature"),
                tally.area_before_km2,
                tally.area_after_km2
            )?;
            if moved > Length::ZERO {
                write!(self.out, "positions moved by up to {:.1e} m", moved.to_m())?;
            } else {
                write!(self.out, "no position moved")?;
            }
        }
        writeln!(self.out, ".")?;
        Ok(tally)
    }
}

/// Where a problem is, for people.
fn place(problem: &Problem) -> String {
    let mut text = String::new();
    if problem.place != Place::default() {
        text = format!(", {}", problem.place);
    }
    if let Some(other) = problem.other {
        text = format!("{text}; with {other}");
    }
    if let Some(at) = problem.at {
        text = format!("{text}, at {},{}", at.x, at.y);
    }
    text
}

fn named(feature: Option<(&str, usize)>) -> Value {
    let (name, index) = feature.unzip();
    json!({"feature": name, "index": index})
}

fn as_json(feature: Option<(&str, usize)>, problem: &Problem) -> Value {
    let kind = problem.kind;
    let mut line = named(feature);
    let place = |place: Place| {
        json!({"member": place.member, "part": place.part, "ring": place.ring,
            "position": place.position})
    };
    line["severity"] = json!(kind.severity().name());
    line["kind"] = json!(kind.name());
    line["place"] = place(problem.place);
    line["other"] = problem.other.map_or(Value::Null, place);
    line["lon"] = json!(problem.at.map(|at| at.x));
    line["lat"] = json!(problem.at.map(|at| at.y));
    line["message"] = json!(problem.what);
    line["repair"] = json!(kind.remedy());
    line
}
