//! What a map was made from, by hash.

use std::path::PathBuf;

use sha2::{Digest, Sha256};
use tumen_render::spec::MapSpec;

/// The register of the embedded data, which lists the checksum of each file.
const REGISTER: &str = include_str!("../../data/README.md");

/// The spec as it was understood, the embedded data and the user's files by the start of their
/// SHA-256, and the program's version.
pub(super) fn provenance(spec: &MapSpec, files: &[(PathBuf, [u8; 32])]) -> String {
    let sums = REGISTER
        .lines()
        .filter(|line| line.split_once("  ").is_some_and(|(sum, _)| sum.len() == 64));
    let data: String = sums.flat_map(|line| [line, "\n"]).collect();
    let mut text = format!(
        "map spec sha256:{}; embedded data sha256:{}",
        start(&Sha256::digest(format!("{spec:?}"))),
        start(&Sha256::digest(data)),
    );
    for (file, sum) in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        text.push_str(&format!("; {name} sha256:{}", start(sum)));
    }
    text.push_str(concat!("; tumen ", env!("CARGO_PKG_VERSION")));
    text
}

/// The first 16 hexadecimal digits of a checksum.
fn start(sum: &[u8]) -> String {
    sum.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_spec_is_another_provenance() {
        // Expected: `printf a | sha256sum`.
        assert_eq!(start(&Sha256::digest("a")), "ca978112ca1bbdca");
        let of = |year| {
            let spec = MapSpec { year, ..MapSpec::default() };
            provenance(&spec, &[])
        };
        assert_ne!(of(None), of(Some(1992)));
        assert_eq!(of(None), of(None));
    }
}
