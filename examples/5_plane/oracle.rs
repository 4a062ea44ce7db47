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
         [oracle.py](../examples/5_plane/oracle.py) computes these from the positions that `tumen \
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
        writeln!(chapter.page, "| {name} | {ours:.6} | {theirs:.6} | {program} |")?;
    }
    Ok(())
}

fn unreadable(line: &str) -> Error {
    tumen::geo_core::Error::new(ErrorKind::Format, format!("oracle.tsv says '{line}'")).into()
}
