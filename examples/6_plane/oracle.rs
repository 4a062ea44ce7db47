//! The same numbers by other programs.

use tumen::geo_core::ErrorKind;
use tumen::{Error, Result};

use crate::Chapter;

/// Name, value and program; `oracle.py` wrote it.
const ORACLE: &str = include_str!("oracle.tsv");

pub fn write(chapter: &mut Chapter<'_>) -> Result<()> {
    writeln!(
        chapter.page,
        "\n## The same numbers by other programs\n\n\
         [oracle.py](../examples/6_plane/oracle.py) computes these from the positions that `tumen \
         export` writes, with GeographicLib and PROJ for Python; `tests/examples.rs` fails when a \
         difference exceeds 1e-6 of the number.\n\n\
         | number | here | there | by |\n|---|--:|--:|---|"
    )?;
    for line in ORACLE.lines() {
        let [name, value, program] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(unreadable(line));
        };
        let theirs: f64 = value.parse().map_err(|_| unreadable(line))?;
        let ours = chapter.numbers.get(name).ok_or_else(|| unreadable(line))?;
        // Nine digits: a platform's last bit stays out of sight.
        let decimals = (8.0 - theirs.abs().log10().floor()).max(0.0) as usize;
        writeln!(chapter.page, "| {name} | {ours:.decimals$} | {theirs:.decimals$} | {program} |")?;
    }
    Ok(())
}

fn unreadable(line: &str) -> Error {
    tumen::geo_core::Error::new(ErrorKind::Format, format!("oracle.tsv says '{line}'")).into()
}
