//! What a map was made from, by hash.

use std::path::PathBuf;

use sha2::{Digest, Sha256};
use tumen_render::spec::MapSpec;

/// The register of the embedded data, which lists the checksum of each file.
const REGISTER: &str = include_str!("../../data/README.md");

/// The spec as it was understood, the embedded data and the user's files by the start of their
/// SHA-256, and the program's version.
pub(super) fn provenance(spec: &MapSpec, files: &[(PathBuf, [u8; 32])]) -> String {
    let mut parts = vec![
        format!("map spec sha256:{}", start(&Sha256::digest(format!("{spec:?}")))),
        format!("embedded data sha256:{}", data_hash()),
    ];
    for (file, sum) in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        parts.push(format!("{name} sha256:{}", start(sum)));
    }
    parts.push(concat!("tumen ", env!("CARGO_PKG_VERSION")).to_owned());
    parts.join("; ")
}

/// What a document of several maps was made from, by the provenance of each.
pub(crate) fn provenance_of_all(maps: &[String]) -> String {
    format!(
        "{} maps sha256:{}; embedded data sha256:{}; tumen {}",
        maps.len(),
        start(&Sha256::digest(maps.join("\n"))),
        data_hash(),
        env!("CARGO_PKG_VERSION")
    )
}

/// The start of the SHA-256 of the register's checksums.
fn data_hash() -> String {
    let sums = REGISTER
        .lines()
        .filter(|line| line.split_once("  ").is_some_and(|(sum, _)| sum.len() == 64));
    let data: String = sums.flat_map(|line| [line, "\n"]).collect();
    start(&Sha256::digest(data))
}

/// The first 16 hexadecimal digits of a checksum.
fn start(sum: &[u8]) -> String {
    let first = sum.iter().take(8).fold(0_u64, |n, byte| n << 8 | u64::from(*byte));
    format!("{first:016x}")
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
