//! The report of all claims: what the sources say, and what geometries and figures give.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use tumen_geo_core::check::{Checked, Verdict};
use tumen_geo_core::model::{
    About, Catalogue, Certainty, Claim, Computation, Expression, Feature, Type,
};

use crate::bibliography::in_full;
use crate::table::grouped;

/// What the wording of a claim allows, as `tumen_geo_core::check` has it.
pub const TOLERANCES: &str = "'about' allows 10 %, a bare length or area 1 %, a bare count or sum \
     half its last digit, 'near' 10 km, a relation the error of the position.";

/// How many claims came to which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All claims.
    pub claims: usize,
    /// Numbers that agree and relations that hold.
    pub agree: usize,
    /// Numbers that differ and relations that fail.
    pub differ: usize,
    /// Those that nothing can be computed for.
    pub open: usize,
}

impl Tally {
    /// Counts the verdicts.
    pub fn of(checked: &[Checked<'_>]) -> Self {
        let mut tally = Self { claims: checked.len(), ..Self::default() };
        for one in checked {
            *match one.verdict {
                Verdict::Agrees | Verdict::Holds => &mut tally.agree,
                Verdict::Differs { .. } | Verdict::Fails { .. } => &mut tally.differ,
                Verdict::NotComputable { .. } => &mut tally.open,
            } += 1;
        }
        tally
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { claims, agree, differ, open } = self;
        write!(
            f,
            "{claims} claims: {agree} agree or hold, {differ} differ or fail, {open} cannot be \
             computed."
        )
    }
}

/// What a claim is held against, in words.
pub fn computation(claim: &Claim, catalogue: &Catalogue) -> String {
    let name = |id: &str| {
        let titled = |id: &str| catalogue.series().iter().find(|series| series.id == id);
        let feature = catalogue.get(id).map(Feature::name);
        feature.or_else(|| Some(titled(id)?.title.get("en"))).unwrap_or(id).to_owned()
    };
    claim.expression().map_or(String::new(), |expression| expression.describe(&name))
}

/// The claimed number with its unit and wording; empty without a number.
pub fn claimed(checked: &Checked<'_>) -> String {
    let claim = checked.claim;
    let Some(value) = claim.value else { return String::new() };
    let number = number(value, checked.unit);
    match claim.about {
        About::Exactly => number,
        About::About => format!("about {number}"),
        About::LessThan => format!("less than {number}"),
        About::MoreThan => format!("more than {number}"),
        About::Near => format!("near {number}"),
    }
}

/// The computed number with its unit; empty for relations and where there is none.
pub fn computed(checked: &Checked<'_>) -> String {
    checked.computed.map_or(String::new(), |value| number(value, checked.unit))
}

fn number(value: f64, unit: &str) -> String {
    let whole = value.abs() >= 100.0 || value.fract().abs() < 1e-9;
    let decimals = match (whole, value.abs() < 10.0) {
        (true, _) => 0,
        (false, true) => 2,
        (false, false) => 1,
    };
    format!("{} {unit}", grouped(value, decimals)).trim_end().to_owned()
}

/// The claims under headings.
const HEADINGS: [&str; 5] = [
    "Areas",
    "Lengths and distances",
    "Where things lie",
    "Counts, sums and ratios",
    "What cannot be computed",
];

/// The place of the last heading.
const OPEN: usize = 4;

fn heading(checked: &Checked<'_>) -> usize {
    match (checked.claim.expression().map(Expression::gives), &checked.verdict) {
        (None, _) | (_, Verdict::NotComputable { .. }) => OPEN,
        (Some(Type::Number(2)), _) => 0,
        (Some(Type::Number(1)), _) => 1,
        (Some(Type::Relation), _) => 2,
        (Some(Type::Number(_)), _) => 3,
    }
}

/// Writes the report in Markdown: a tally, what contradicts itself side by side, then every claim.
///
/// # Errors
/// Those of the writer.
pub fn markdown(
    out: &mut dyn Write,
    checked: &[Checked<'_>],
    catalogue: &Catalogue,
) -> io::Result<()> {
    writeln!(
        out,
        "# What the sources claim, and what comes out\n\n\
         Every statement of the two studies that can be held against geometry or arithmetic, with \
         the computation and its verdict. {}\n\n\
         Areas and lengths are those of the WGS 84 ellipsoid. {TOLERANCES} The column *drawn* says \
         how well the geometry is known that the claim is held against: a figure computed from a \
         schematic or conceptual shape proves nothing. A claim that the geometry contradicts is \
         shown as printed; no shape was fitted to it.\n\n\
         Remade by `tumen check --markdown > docs/check.md`.",
        Tally::of(checked)
    )?;
    contradictions(out, checked, catalogue)?;
    for (place, title) in HEADINGS.into_iter().enumerate() {
        let rows: Vec<&Checked> = checked.iter().filter(|one| heading(one) == place).collect();
        if rows.is_empty() {
            continue;
        }
        let columns = match place {
            OPEN => "| claim | claimed | why not | source |\n|---|---|---|---|",
            _ => {
                "| claim | computed | claimed | comes out as | verdict | drawn | source |\n\
                 |---|---|---|---|---|---|---|"
            }
        };
        writeln!(out, "\n## {title}\n\n{columns}")?;
        for one in rows {
            row(out, one, catalogue)?;
        }
    }
    writeln!(out, "\n## Sources\n")?;
    for source in catalogue.sources() {
        if checked.iter().any(|one| one.claim.source.source == source.id) {
            writeln!(out, "* **{}**: {}", source.id, in_full(source))?;
        }
    }
    Ok(())
}

fn row(out: &mut dyn Write, checked: &Checked<'_>, catalogue: &Catalogue) -> io::Result<()> {
    let claim = checked.claim;
    let note = claim.note.as_ref().map_or(String::new(), |note| format!(" ({})", cell(note)));
    let quote = format!("<a id=\"{}\"></a>“{}”{note}", claim.id, cell(&claim.text));
    let (claimed, source) = (claimed(checked), place(claim));
    if let Verdict::NotComputable { why } = &checked.verdict {
        return writeln!(out, "| {quote} | {claimed} | {} | {source} |", cell(why));
    }
    let of = cell(&computation(claim, catalogue));
    let verdict = cell(&checked.verdict.describe());
    let drawn = drawn(claim, catalogue);
    let computed = computed(checked);
    writeln!(out, "| {quote} | {of} | {claimed} | {computed} | {verdict} | {drawn} | {source} |")
}

/// Claims of the same thing with different numbers, side by side.
fn contradictions(
    out: &mut dyn Write,
    checked: &[Checked<'_>],
    catalogue: &Catalogue,
) -> io::Result<()> {
    let mut by_computation: BTreeMap<&str, Vec<&Checked>> = BTreeMap::new();
    for one in checked {
        if let (Computation::Of(compute, _), Some(_)) = (&one.claim.computation, one.claim.value) {
            by_computation.entry(compute).or_default().push(one);
        }
    }
    let differs =
        |group: &&Vec<&Checked>| group.iter().any(|one| one.claim.value != group[0].claim.value);
    let groups: Vec<&Vec<&Checked>> = by_computation.values().filter(differs).collect();
    if groups.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n## Where the sources contradict each other\n\n\
         | of | comes out as | claimed | verdict | in the words of the source | source |\n\
         |---|---|---|---|---|---|"
    )?;
    for group in groups {
        for (index, one) in group.iter().enumerate() {
            let (of, comes_out) = match index {
                0 => (cell(&computation(one.claim, catalogue)), computed(one)),
                _ => Default::default(),
            };
            let (verdict, words) = (cell(&one.verdict.describe()), cell(&one.claim.text));
            let (claimed, source) = (claimed(one), place(one.claim));
            writeln!(out, "| {of} | {comes_out} | {claimed} | {verdict} | “{words}” | {source} |")?;
        }
    }
    Ok(())
}

/// How well the shapes are known that a claim is held against: the least of them.
fn drawn(claim: &Claim, catalogue: &Catalogue) -> &'static str {
    let order = |certainty: Certainty| match certainty {
        Certainty::Surveyed => 0,
        Certainty::Administrative => 1,
        Certainty::Digitised => 2,
        Certainty::Schematic => 3,
        Certainty::Conceptual => 4,
    };
    let features = claim.features();
    let known = features.iter().filter_map(|id| catalogue.get(id)?.certainty);
    known.max_by_key(|certainty| order(*certainty)).map_or("", Certainty::name)
}

fn place(claim: &Claim) -> String {
    cell(&claim.source.to_string())
}

/// A text that stays in its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
